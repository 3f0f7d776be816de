"""The sentence that leads a visitor, the large buttons, and the one that leads back."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.control_drawing import GROW, SHRINK, focus_ring, scaled
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, STRONG, TITLE, Drawing
from scenes.kit.findings import sentences
from scenes.kit.part import Moment, Part
from scenes.kit.words import say

from .brand import Brand
from .layout import MOST, PAD
from .steps import Choice, Step, Steps

LARGE, WORDS = 30, 17  # units high: what is asked, and what that means
NAME, MEANS = 22, 14  # units high, on a button
LEAST = 14  # units high, of what is asked where there is no room
SMALL, MOST_LINES = 13, 2  # units high, of what it means where that needs two lines
MAIN = ("start", "again")  # choices that are the way on
BAR = 16  # units high, of how far a run has come


class Prompt(Part):
    """Asks one thing at a time."""

    def __init__(self, steps: Steps, controls: ControlSet, brand: Brand) -> None:
        self._steps, self._controls, self._brand = steps, controls, brand

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        choose = {f"choice.{k + 1}": partial(self._choose, f"choice.{k + 1}") for k in range(MOST)}
        return {**choose, "back": self._steps.back}

    def _choose(self, slot: str) -> None:
        shown = slots_of(self._steps.choices)
        if slot in shown:
            self._steps.choose(shown.index(slot))

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        self._steps.tick(moment.run, dt)
        shown = slots_of(self._steps.choices)
        for k in range(MOST):
            there = f"choice.{k + 1}" in shown
            self._controls.ui.show(f"choice.{k + 1}", visible=there, enabled=there)
        back = self._steps.step is not Step.DATA
        self._controls.ui.show("back", visible=back, enabled=back)

    def begin_anew(self) -> None:
        """See Part."""
        self._steps.begin_anew()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        steps, page = self._steps, drawing.layout
        asked, means = self._asked(moment)
        choices = steps.choices
        for name, choice in zip(slots_of(choices), choices, strict=True):
            self._button(drawing, choice, name, moment.blend)
        if steps.step is Step.LEARNING:
            self._progress(drawing, moment)
        if steps.step is not Step.DATA:
            place, look = page.slots["back"], self._controls.reaction("back", moment.blend)
            focus_ring(drawing, self._controls, "back", place, radius=12)
            bounds = scaled(place, 1 + GROW * look.hover - SHRINK * look.press)
            drawing.shape(bounds, drawing.theme.track[0], alpha=drawing.ground(0.9), radius=12)
        key = asked, means, steps.step, self._brand.place(page)
        drawing.words("prompt", page.panels["prompt"], key, lambda: self._words(drawing, asked, means))
        drawing.words("choices", page.panels["choices"], steps.step, lambda: self._on_buttons(drawing, choices))

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {
            "visit": lambda: {"step": self._steps.step.value, "data": self._steps.dataset, "rate": self._steps.rate},
            "panels": lambda: {"choices": list(moment.page.panels["choices"].bounds)},
            "asked": lambda: self._aloud(moment),
        }

    def _aloud(self, moment: Moment) -> list[str]:
        """What is asked and what can be answered, for whoever listens; not what changes each epoch."""
        asked, means = self._asked(moment)
        told = [asked] if self._steps.step is Step.LEARNING else [asked, means[0]]
        return told + [say(f"visit.{choice.name}") for choice in self._steps.choices]

    def _asked(self, moment: Moment) -> tuple[str, tuple[str, ...]]:
        """What is asked, and what that means, in words for more or less room."""
        steps = self._steps
        if steps.step is Step.LEARNING:
            return say("visit.learning"), sentences(moment.run)
        if steps.step is Step.OWN:
            return say(f"visit.own.{steps.dataset}"), (say("visit.own.means"),)
        if steps.step is Step.START:
            return say("visit.start.asked"), sentences(moment.run)
        return say(f"visit.{steps.step.value}"), (say(f"visit.{steps.step.value}.means"),)

    def _words(self, drawing: Drawing, asked: str, forms: tuple[str, ...]) -> list[Item]:
        px, theme, rect = drawing.px, drawing.theme, drawing.layout.panels["prompt"]
        left, back = rect.x + px(PAD), drawing.layout.slots["back"]
        shown = self._steps.step is not Step.DATA
        brand = self._brand.place(drawing.layout)
        room = (brand.x if brand else back.x if shown else rect.right) - left - px(PAD)
        size = fitting(drawing, asked, TITLE, room, (LARGE, LEAST))
        width, small = drawing.overlay.fonts.width, SMALL
        wrapped = [drawing.wrapped(form, room, size=SMALL, face=BODY) for form in forms]
        lines = next((each for each in wrapped if len(each) <= MOST_LINES), wrapped[-1])[:MOST_LINES]
        if width(forms[0], BODY, px(WORDS)) <= room:
            lines, small = [forms[0]], WORDS
        high = px(size + 8) + px(small + 5) * len(lines)
        y = round(rect.middle[1] - high / 2) + px(size)
        question = drawing.text(asked, (left, y), size=size, face=TITLE, colour=theme.accent)
        items: list[Item] = [drawing.fitted(question, room)]
        for k, line in enumerate(lines):
            word = drawing.text(line, (left, y + px(8) + px(small + 5) * (k + 1) - px(4)), size=small, face=BODY)
            items.append(drawing.fitted(word, room))
        if shown:
            at = (back.middle[0], back.middle[1] + px(5))
            items.append(drawing.text(say("visit.back"), at, size=15, face=STRONG, align="middle"))
        return items

    def _progress(self, drawing: Drawing, moment: Moment) -> None:
        """How far the run has come, as a bar in the place of the buttons."""
        theme, rect, px = drawing.theme, drawing.layout.panels["choices"], drawing.px
        place = (rect.x + px(PAD), rect.middle[1] - px(BAR / 2), rect.w - 2 * px(PAD), px(BAR))
        drawing.shape(place, theme.track[0], alpha=theme.track[1], radius=BAR / 2)
        share = max(moment.run.progress, 0.01)
        filled = (place[0], place[1], max(float(px(BAR)), place[2] * share), place[3])
        drawing.shape(filled, theme.accent_start, second=theme.accent_end, radius=BAR / 2)

    def _button(self, drawing: Drawing, choice: Choice, name: str, blend: float) -> None:
        theme = drawing.theme
        place, look = drawing.layout.slots[name], self._controls.reaction(name, blend)
        focus_ring(drawing, self._controls, name, place, radius=18)
        bounds = scaled(place, 1 + GROW * look.hover - SHRINK * look.press)
        if choice.name in MAIN:
            drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=18)
        else:
            drawing.shape(bounds, theme.panel, alpha=0.92, radius=18, line=theme.accent, line_width=1.5, line_alpha=0.6)

    def _on_buttons(self, drawing: Drawing, choices: tuple[Choice, ...]) -> list[Item]:
        px, theme, items = drawing.px, drawing.theme, list[Item]()
        for slot, choice in zip(slots_of(choices), choices, strict=True):
            place, main = drawing.layout.slots[slot], choice.name in MAIN
            room, (x, middle), ink = place.w - px(16), place.middle, theme.on_accent if main else theme.text
            name, means = say(f"visit.{choice.name}"), say(f"visit.{choice.name}.means")
            size = fitting(drawing, name, TITLE, room, (NAME, MEANS))
            told = drawing.overlay.fonts.width(means, BODY, px(MEANS)) <= room
            y = middle - px(2) if told else middle + px(size / 3)
            items.append(drawing.text(name, (x, y), size=size, face=TITLE, colour=ink, align="middle"))
            if told:
                muted = ink if main else theme.muted
                items.append(drawing.text(means, (x, middle + px(24)), size=MEANS, colour=muted, align="middle"))
        return items


def fitting(drawing: Drawing, text: str, face: str, room: float, sizes: tuple[int, int]) -> int:
    """The largest of these sizes, units, at which `text` fits into `room` pixels; the smaller one if none does."""
    width = drawing.overlay.fonts.width
    return next(
        (size for size in range(sizes[0], sizes[1], -1) if width(text, face, drawing.px(size)) <= room), sizes[1]
    )


def slots_of(choices: Sequence[Choice]) -> list[str]:
    """Where so many buttons stand: a single one in the middle."""
    return ["choice.2"] if len(choices) == 1 else [f"choice.{k + 1}" for k in range(len(choices))]
