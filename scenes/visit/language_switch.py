"""The row of languages over the field: each is called as its speakers call it. Only while something is asked."""

from collections.abc import Callable, Mapping
from functools import partial

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.appearance import Appearance
from scenes.kit.control_drawing import GROW, SHRINK, focus_ring, scaled
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, STRONG, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.words import LANGUAGES, OWN_NAMES

from .layout import slot_of
from .steps import Step, Steps

ASKED = (Step.DATA, Step.RATE, Step.START)  # later there is nothing to read but what moves
SIZE, EDGE = 15, 6  # units: how high it is written, and how far from the edges of its button at least


class LanguageSwitch(Part):
    """One button for each language that there is."""

    def __init__(self, steps: Steps, controls: ControlSet, appearance: Appearance) -> None:
        self._steps, self._controls, self._appearance = steps, controls, appearance

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        return {slot_of(code): partial(self._choose, code) for code in LANGUAGES}

    def _choose(self, code: str) -> None:
        self._appearance.choose(language=code)

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        asked = self._steps.step in ASKED
        for code in LANGUAGES:
            self._controls.ui.show(slot_of(code), visible=asked, enabled=asked)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        theme, asked = drawing.theme, self._steps.step in ASKED
        for code in LANGUAGES if asked else ():
            name = slot_of(code)
            place, look = drawing.layout.slots[name], self._controls.reaction(name, moment.blend)
            focus_ring(drawing, self._controls, name, place, radius=12)
            bounds = scaled(place, 1 + GROW * look.hover - SHRINK * look.press)
            chosen = code == self._appearance.language
            edge = 1.5 if chosen else 0.0
            drawing.shape(bounds, theme.panel, alpha=0.92, radius=12, line=theme.accent, line_width=edge)
        row = drawing.layout.slots["language"]
        key = self._appearance.language, asked
        drawing.words("languages", row, key, lambda: self._names(drawing) if asked else [])

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        row = list(moment.page.slots["language"].bounds)
        return {
            "language": lambda: self._appearance.language,
            "panels": lambda: {"languages": row} if self._steps.step in ASKED else {},
        }

    def _names(self, drawing: Drawing) -> list[Item]:
        px, places = drawing.px, [(code, drawing.layout.slots[slot_of(code)]) for code in LANGUAGES]
        width = drawing.overlay.fonts.width
        whole = all(width(OWN_NAMES[code], STRONG, px(SIZE)) <= place.w - 2 * px(EDGE) for code, place in places)
        items: list[Item] = []
        for code, place in places:
            chosen = code == self._appearance.language
            ink, face = (drawing.theme.accent, STRONG) if chosen else (drawing.theme.text, BODY)
            at = place.middle[0], place.middle[1] + px(SIZE / 3)
            says = OWN_NAMES[code] if whole else code.upper()
            items.append(drawing.text(says, at, size=SIZE, face=face, colour=ink, align="middle"))
        return items
