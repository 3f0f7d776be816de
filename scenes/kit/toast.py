"""A short message at the foot of field or window that goes away by itself: what a key has changed, say."""

from dataclasses import replace

from engine.flat.overlay import Item
from engine.motion import ease_out
from engine.scene import Entries

from .drawing import Drawing
from .part import Moment, Part
from .places import Layout, Rect

SHOWN = 4.0  # seconds
FADE = 0.25  # seconds
HIGH = 34  # units
SIZES = (13, 12, 11)  # units high, of its words: the largest that has room


def room_of(page: Layout) -> Rect:
    """What a message stands at the foot of: the field that can be seen, or the window once that is scrolled away."""
    field, height = page.field, page.size[1]
    bottom = min(field.bottom, height)
    away = bottom - page.px(HIGH + 12) < page.strip
    return (
        Rect(field.x, page.strip, field.w, height - page.strip)
        if away
        else Rect(field.x, field.y, field.w, bottom - field.y)
    )


class Toast:
    """The latest message, and how long it has been shown."""

    def __init__(self) -> None:
        self.text = ""
        self._left = 0.0
        self._age = 0.0

    def say(self, text: str, *, seconds: float = SHOWN) -> None:
        """Show `text` instead of what was shown."""
        self.text, self._left, self._age = text, seconds, 0.0

    def clear(self) -> None:
        """Show nothing."""
        self.text = ""

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self._age += dt
        self._left -= dt
        if self._left <= 0:
            self.text = ""

    @property
    def shown(self) -> float:
        """How far it is there, 0 to 1."""
        return ease_out(min(self._age, self._left) / FADE) if self._left < FADE else ease_out(self._age / FADE)


class ToastLine(Part):
    """The message, in the middle of the field's foot."""

    def __init__(self, toast: Toast) -> None:
        self._toast = toast

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        toast = self._toast
        if not toast.text:
            drawing.overlay.remove("toast")
            return
        px, theme, field = drawing.px, drawing.theme, drawing.layout.field
        shown = toast.shown
        text = drawing.largest([toast.text], (0, 0), field.w - px(48), sizes=SIZES)
        wide = drawing.width(text) + px(32)
        room = room_of(drawing.layout)
        place = Rect(round(room.middle[0] - wide / 2), room.bottom - px(HIGH + 12), wide, px(HIGH))
        drawing.shape(
            place.bounds,
            theme.panel,
            alpha=0.92 * shown,
            radius=HIGH / 2,
            line=theme.muted,
            line_width=1.0,
            line_alpha=0.4 * shown,
        )
        at = (place.middle[0], place.middle[1] + px(4.5))
        words: list[Item] = [replace(text, at=at, align="middle", alpha=shown)]
        drawing.write("toast", place, words, front=True)

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"panels": lambda: {"toast": list(room_of(moment.page).bounds)}}
