"""What can be done with a finished run, at the right of its sentence: play it again, or train another future."""

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.control_drawing import CELL_GROW, CELL_SHRINK, focus_ring, scaled
from scenes.kit.drawing import STRONG, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.words import say

from .control_slots import AGAIN_TOP
from .controls import RunControls

BUTTONS = ("compare", "replay")
ICON, SIZE, APART, HIGH = 13, 12, 6, 24  # units: the icon, the words, between them; the button


class ReplayButton(Part):
    """Plays on from the epoch that is looked at, or from the first. Beside it: runs beside each other."""

    def __init__(self, controls: RunControls) -> None:
        self._controls = controls
        self._cache = ShapeCache()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part: its shape; its words stand in the line of the progress, `replay_words`."""
        if "replay" in moment.run.can:
            self._cache.draw(drawing, self._controls.key(moment), lambda: self._draw(drawing, moment.blend))

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        if "replay" not in moment.run.can:
            return {}
        return {"panels": lambda: {"replay": list(moment.page.slots["replay"].bounds)}}

    def _draw(self, drawing: Drawing, blend: float) -> None:
        for name in BUTTONS:
            theme, look, place = drawing.theme, self._controls.reaction(name, blend), button(drawing.layout, name)
            focus_ring(drawing, self._controls, name, place, radius=9)
            bounds = scaled(place, 1 + CELL_GROW * look.hover - CELL_SHRINK * look.press)
            drawing.shape(bounds, theme.track[0], alpha=drawing.ground(1 + 0.6 * look.hover), radius=9)


def button(page: Layout, name: str = "replay") -> Rect:
    """Where it is drawn, pixels: in the line of the state, though a finger may hit more than that."""
    slot, high = page.slots[name], page.px(HIGH)
    return Rect(slot.x, page.panels["progress"].y + page.px(AGAIN_TOP) - high // 2, slot.w, high)


def replay_words(drawing: Drawing, *, looks_back: bool) -> list[Item]:
    """What stands on the buttons: whether it begins anew, or plays on from where somebody looks."""
    px, ink, place = drawing.px, drawing.theme.text, button(drawing.layout)
    text = say("replay.on" if looks_back else "replay")
    wide = drawing.overlay.fonts.width(text, STRONG, px(SIZE)) + px(ICON + APART)
    left, middle = place.middle[0] - wide / 2, place.middle[1]
    return [
        drawing.icon("git-branch", button(drawing.layout, "compare").middle, size=ICON + 2, colour=ink),
        drawing.icon("play", (left + px(ICON) / 2, middle), size=ICON, colour=ink),
        drawing.text(text, (left + px(ICON + APART), middle + px(4)), size=SIZE, face=STRONG, colour=ink),
    ]
