"""What went wrong, what to do next, and a code for the staff: slides in over the field."""

from collections.abc import Iterator

from engine.flat.fonts import Colour, Fonts
from engine.flat.overlay import Item, Overlay
from engine.motion import ease_out
from engine.scene import Entries
from scenes.kit.drawing import BODY, DIGITS, STRONG, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import diverged, so_far
from scenes.kit.theme import mixed
from scenes.kit.words import say, say_or
from scenes.training.parameters import FILE
from scenes.training.snapshot import Snapshot

SLIDING = 0.3  # seconds
SLIDE = 10  # units above its place that a notice comes from
BELOW = 14  # units of room below the last line
GREW, ROSE = "the numbers grew past all bounds", "the loss rose to "  # as simulation_server/training/trainer.py says it
MOST = 5  # lines that each part may take at most: a server may be quoted with as many words as it likes


class Notice(Part):
    """What happened, what to do next, and a code for the staff; slides in over the field."""

    def __init__(self, fonts: Fonts) -> None:
        self._measures = Overlay(fonts, (1, 1))  # of words that are only measured
        self._age = 0.0  # seconds that there has been something to say

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        self._age = self._age + dt if moment.run.error or diverged(moment.run) else 0.0

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        shown = ease_out(self._age / SLIDING)
        draw_notice(drawing, drawing.layout.panels["error"], moment.run, shown)

    def describe(self, moment: Moment) -> Entries:
        """See Part: its place goes with its words."""
        if moment.run.error is None and not diverged(moment.run):
            return {}
        return {"panels": lambda: {"error": list(self._place(moment).bounds)}}

    def _place(self, moment: Moment) -> Rect:
        drawing = Drawing(moment.page, moment.theme, self._measures, 0.0)
        return place_of(drawing, moment.page.panels["error"], moment.run)


def draw_notice(drawing: Drawing, rect: Rect, run: Snapshot, shown: float) -> None:
    """What there is to say, sliding in as `shown` goes from 0 to 1; nothing where there is nothing."""
    notice = _notice(drawing, run)
    if notice is None or shown <= 0:
        drawing.overlay.remove("error")
        return
    px, theme, tone = drawing.px, drawing.theme, notice[0]
    rect = place_of(drawing, rect, run)
    top = rect.y - round((1 - shown) * px(SLIDE))
    ground = mixed(theme.panel, tone, 0.16)
    drawing.shape(
        (rect.x, top, rect.w, rect.h),
        ground,
        alpha=shown,
        radius=14,
        line=tone,
        line_width=1.2,
        line_alpha=0.7 * shown,
    )
    words: list[Item] = [drawing.icon("triangle-alert", (rect.x + px(30), top + px(34)), size=24, colour=tone)]
    for text, (size, face), down in _lines(drawing, rect, notice[1]):
        ink, at = theme.text if face == STRONG else theme.muted, (rect.x + px(56), top + down)
        words.append(drawing.text(text, at, size=size, face=face, colour=ink, alpha=shown))
    over = bool(drawing.layout.strip)  # of a page that has been scrolled
    drawing.write("error", Rect(rect.x, top, rect.w, rect.h) if over else _room(drawing, rect), words, front=over)


def place_of(drawing: Drawing, rect: Rect, snapshot: Snapshot) -> Rect:
    """`rect`, as high as the words need; it is the place of no words, too."""
    notice = _notice(drawing, snapshot)
    lowest = max((down for *_, down in _lines(drawing, rect, notice[1])), default=0) if notice else 0
    return Rect(rect.x, rect.y, rect.w, max(rect.h, lowest + drawing.px(BELOW)))


def _room(drawing: Drawing, rect: Rect) -> Rect:
    """Where its words may stand, also while it slides."""
    above = drawing.px(SLIDE + 2)
    return Rect(rect.x, rect.y - above, rect.w, rect.h + above)


def _lines(drawing: Drawing, rect: Rect, texts: tuple[str, str, str]) -> Iterator[tuple[str, tuple[float, str], int]]:
    """Each line with its look and its baseline, pixels below the notice's top."""
    px, base = drawing.px, drawing.px(28)
    bottom = drawing.layout.size[1] if drawing.layout.strip else drawing.layout.field.bottom
    most = max(2, min(MOST, (bottom - rect.y) // px(16) - 5))  # a low field has room for few
    for text, (size, face) in zip(texts, ((13.0, STRONG), (12.5, BODY), (11.0, DIGITS)), strict=True):
        parts = drawing.wrapped(text, rect.w - px(72), size=size, face=face)
        if len(parts) > most:
            parts[most - 1 :] = [f"{parts[most - 1][:-1].rstrip()}…"]
        for part in parts:
            yield part, (size, face), base
            base += px(16)
        base += px(5)


def _notice(drawing: Drawing, snapshot: Snapshot) -> tuple[Colour, tuple[str, str, str]] | None:
    theme, error = drawing.theme, snapshot.error
    if error:
        sentence = say_or(f"error.{error.kind}", error.sentence, **error.facts)
        hint = say_or(f"way_on.{error.way_on}", error.hint, **error.facts)
        return theme.danger, (sentence, hint, say("notice.code", code=error.code))
    if diverged(snapshot) and snapshot.ending:
        what, _, _ = snapshot.ending.reason.partition(": ")
        hint = say("notice.recorded" if snapshot.source == FILE else "notice.rate")
        return theme.warn, (_sentence(what), hint, say("notice.epoch", so_far=so_far(snapshot)))
    return None


def _sentence(reason: str) -> str:
    """How a run diverged: in the words of the table where the reason is one of our own trainer's."""
    if reason == GREW:
        return say("notice.grew")
    if reason.startswith(ROSE):
        return say("notice.rose", loss=reason.removeprefix(ROSE))
    return f"{reason[:1].upper()}{reason[1:]}."
