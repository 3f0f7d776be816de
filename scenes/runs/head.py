"""Above the list what is looked for, and the way back; below it what can be done with the runs that are meant."""

from collections.abc import Callable, Mapping

from engine.flat.overlay import Item
from scenes.kit.control_drawing import quiet_button
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, STRONG, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.words import counted, say

from .layout import ACTS, PAD, rows_of
from .shelf import NAME, SEARCH, Shelf

SIZES = (13, 12, 11, 10)  # units high, of words on buttons
CARET = "|"


class Head(Part):
    """How many there are, and a field for words that they have; a name is typed in the same field."""

    def __init__(self, shelf: Shelf, controls: ControlSet) -> None:
        self._shelf, self._controls = shelf, controls

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        return {"search": self._shelf.begin_search, "back": self._shelf.back}

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        shelf, rect, theme = self._shelf, drawing.layout.panels["head"], drawing.theme
        for name in ("search", "back"):
            quiet_button(drawing, self._controls, name, moment.blend)
        if shelf.typing:
            field = drawing.layout.slots["search"].bounds
            drawing.shape(field, theme.accent, alpha=0.0, radius=10, line=theme.accent, line_width=2.0)
        drawing.words("head", rect, shelf.version, lambda: self._words(drawing, rect))

    def _words(self, drawing: Drawing, rect: Rect) -> list[Item]:
        px, theme, shelf, slots = drawing.px, drawing.theme, self._shelf, drawing.layout.slots
        field, back = slots["search"], slots["back"]
        left = rect.x + px(PAD)
        room = (field.x if field.y < back.bottom else back.x) - left - px(10)
        if shelf.search:
            told = say("runs.found", found=len(shelf.found), count=len(shelf.runs))
        else:
            told = counted("runs.count", len(shelf.runs))
        if shelf.chosen:
            told += " · " + say("runs.chosen", count=len(shelf.chosen))
        title = drawing.text(say("runs"), (left, rect.y + px(26)), size=18, face=TITLE, colour=theme.accent)
        below = drawing.text(told, (left, rect.y + px(46)), size=13, face=BODY, colour=theme.muted)
        items: list[Item] = [drawing.fitted(title, room), drawing.fitted(below, room)]
        at = (back.middle[0], back.middle[1] + px(4.5))
        items.append(drawing.said("compare.back", at, back.w - px(8), sizes=SIZES, face=STRONG, align="middle"))
        return [*items, *self._field(drawing, field)]

    def _field(self, drawing: Drawing, field: Rect) -> list[Item]:
        """What is typed, with its end in sight, or what the field is for."""
        px, theme, shelf = drawing.px, drawing.theme, self._shelf
        left, base = field.x + px(34), field.middle[1] + px(4.5)
        icon = drawing.icon("search", (field.x + px(18), field.middle[1]), size=15, colour=theme.muted)
        room = field.right - left - px(10)
        typed = shelf.name if shelf.typing == NAME else shelf.search
        if not typed and shelf.typing != SEARCH:
            key = "runs.naming" if shelf.typing == NAME else "runs.search"
            return [icon, drawing.said(key, (left, base), room, sizes=SIZES, colour=theme.muted)]
        text = drawing.text(typed + (CARET if shelf.typing else ""), (left, base), size=13)
        while len(text.text) > 1 and drawing.width(text) > room:
            typed = typed[1:]
            text = drawing.text(typed + CARET, (left, base), size=13)
        return [icon, text]


class Foot(Part):
    """Open, lay beside each other, name, remove; and the list's own pages."""

    def __init__(self, shelf: Shelf, controls: ControlSet) -> None:
        self._shelf, self._controls = shelf, controls
        self._can: tuple[bool, ...] = ()

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        shelf = self._shelf
        acts = (shelf.open, shelf.lay_beside, shelf.begin_name, shelf.remove, shelf.page_up, shelf.page_down)
        return dict(zip(ACTS, acts, strict=True))

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        shelf, rows = self._shelf, rows_of(moment.page)
        there = bool(shelf.meant) and not shelf.loading
        self._can = (
            *(there, there and len(shelf.meant) > 1, bool(shelf.spoken_of), there),
            *(shelf.top > 0, shelf.top + rows < len(shelf.found)),
        )
        for name, can in zip(ACTS, self._can, strict=True):
            self._controls.ui.show(name, visible=True, enabled=can)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        for name in ACTS:
            quiet_button(drawing, self._controls, name, moment.blend)
        key = self._shelf.version, self._can
        drawing.words("foot", drawing.layout.panels["foot"], key, lambda: self._words(drawing))

    def _words(self, drawing: Drawing) -> list[Item]:
        px, theme, shelf, items = drawing.px, drawing.theme, self._shelf, list[Item]()
        for name, can in zip(ACTS, self._can or (False,) * len(ACTS), strict=True):
            slot = drawing.layout.slots[name]
            key = "runs.loading" if name == "open_run" and shelf.loading else f"runs.{name}"
            ink = theme.text if can else theme.muted
            at = (slot.middle[0], slot.middle[1] + px(4.5))
            fields = {"count": len(shelf.meant)}
            items.append(
                drawing.said(
                    key, at, slot.w - px(8), sizes=SIZES, face=STRONG, colour=ink, align="middle", fields=fields
                )
            )
        return items
