"""The rows of the list: of each kept run its curve in small, what it is called and what differs, what it came to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kept.index import RUNNING, UNREADABLE, Run
from scenes.kit.control_drawing import focus_ring
from scenes.kit.control_set import ControlSet
from scenes.kit.curves import ribbon
from scenes.kit.drawing import BODY, FIGURES, STRONG, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_colours import run_colour
from scenes.kit.run_words import percent
from scenes.kit.words import say
from scenes.training.controller import TrainingController

from .layout import BUTTON, MOST_ROWS, PAD, pin_of, row_of, rows_of
from .shelf import Shelf

MARK, CURVE, RESULT = 26, 108, 200  # units wide: whether it is chosen, its curve, what it came to
NARROW_CURVE, NARROW_RESULT = 56, 84
STROKE = 1.8  # units
KEPT = 256  # strokes that are remembered, while the list moves
NAME_SIZE, SMALL, LARGE = 14, 12, 17  # units high


class Rows(Part):
    """As many as have room. What is written is made again where the list, the place or the look is another one."""

    def __init__(self, shelf: Shelf, controls: ControlSet, controller: TrainingController) -> None:
        self._shelf, self._controls, self._controller = shelf, controls, controller
        self._strokes: dict[object, NDArray[np.float32]] = {}  # of curves, by all that each depends on

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part: a row is chosen, or not any more; a pin stays or goes."""
        rows = {row_of(place): partial(self._choose, place) for place in range(MOST_ROWS)}
        return rows | {pin_of(place): partial(self._pin, place) for place in range(MOST_ROWS)}

    def _choose(self, place: int) -> None:
        self._shelf.choose(self._shelf.top + place)

    def _pin(self, place: int) -> None:
        self._shelf.pin(self._shelf.top + place)

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        there = min(rows_of(moment.page), len(self._shelf.found) - self._shelf.top)
        for place in range(MOST_ROWS):
            for name in (row_of(place), pin_of(place)):
                self._controls.ui.show(name, visible=place < there, enabled=place < there)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        shelf, page = self._shelf, drawing.layout
        rows = rows_of(page)
        shown = shelf.found[shelf.top : shelf.top + rows]
        for place, run in enumerate(shown):
            self._row(drawing, page.panels[row_of(place)], place, run)
        for place in range(len(shown), rows):
            drawing.overlay.remove(row_of(place))
        self._nothing(drawing, page.panels["list"], empty=not shown)

    def _nothing(self, drawing: Drawing, rect: Rect, *, empty: bool) -> None:
        """Why the list is empty, if it is."""
        if not empty:
            drawing.overlay.remove("list")
            return
        key = "runs.nowhere" if self._shelf.folder is None else "runs.nothing" if self._shelf.runs else "runs.none"
        drawing.words("list", rect, key, lambda: drawing.notes(rect, [say(key)]))

    def _row(self, drawing: Drawing, rect: Rect, place: int, run: Run) -> None:
        shelf, theme, px = self._shelf, drawing.theme, drawing.px
        name, number = row_of(place), self._controller.numbers.get(run.id, run.number)
        chosen, spoken_of = run.id in shelf.chosen, shelf.top + place == shelf.current
        focus_ring(drawing, self._controls, name, rect, radius=16)
        if spoken_of:
            drawing.shape(rect.bounds, theme.accent, alpha=0.0, radius=16, line=theme.accent, line_width=1.6)
        ink = theme.accent if number is None else run_colour(theme, number)
        at = (rect.x + px(PAD + MARK / 2), rect.middle[1])
        drawing.disc(at, 9, ink, alpha=1.0 if chosen else 0.0, line=ink, line_width=1.8)
        self._curve(drawing, rect, run)
        key = run, chosen, number
        drawing.words(name, rect, key, lambda: self._words(drawing, rect, place, run, chosen=chosen))

    def _curve(self, drawing: Drawing, rect: Rect, run: Run) -> None:
        """Its loss from first to last epoch, from zero to its highest."""
        if len(run.curve) < 2:
            return
        key = rect, run.id, run.epochs, drawing.theme.key, drawing.layout.scale
        if key not in self._strokes:
            if len(self._strokes) >= KEPT:
                self._strokes.clear()
            self._strokes[key] = self._stroke(drawing, rect, run)
        drawing.strips.append(self._strokes[key])

    def _stroke(self, drawing: Drawing, rect: Rect, run: Run) -> NDArray[np.float32]:
        px = drawing.px
        wide = px(CURVE if drawing.layout.wide else NARROW_CURVE)
        left, top, high = rect.x + px(PAD + MARK + 10), rect.y + px(11), rect.h - px(22)
        values = np.array(run.curve)
        x = left + np.linspace(0.0, 1.0, len(values)) * wide
        y = top + high * (1 - values / max(float(values.max()), 1e-9))
        return ribbon(np.column_stack([x, y]), STROKE / 2 * drawing.layout.scale, drawing.theme.loss)

    def _words(self, drawing: Drawing, rect: Rect, place: int, run: Run, *, chosen: bool) -> list[Item]:
        px, theme, wide = drawing.px, drawing.theme, drawing.layout.wide
        left = rect.x + px(PAD + MARK + 10 + (CURVE if wide else NARROW_CURVE) + 14)
        right = rect.right - px(BUTTON + 12)
        room = right - px(RESULT if wide else NARROW_RESULT) - left
        upper, lower = rect.y + px(25), rect.y + px(44)
        differs = " ".join(f"{name}={text}" for name, text in run.special.items())
        data = run.dataset or run.title or say("runs.figures")
        first, second = (run.name, run.line) if run.name else (data, differs or say("runs.usual"))
        items: list[Item] = [
            drawing.fitted(drawing.text(first, (left, upper), size=NAME_SIZE, face=STRONG), room),
            drawing.fitted(drawing.text(second, (left, lower), size=SMALL, face=BODY, colour=theme.muted), room),
        ]
        items += self._result(drawing, run, right, upper, lower)
        pin = drawing.layout.slots[pin_of(place)].middle
        items.append(drawing.icon("pin", pin, size=16, colour=theme.accent if run.pinned else theme.muted))
        if chosen:
            number = self._controller.numbers.get(run.id, run.number)
            ground = theme.accent if number is None else run_colour(theme, number)
            ink = max(((0, 0, 0), (255, 255, 255)), key=lambda each: _apart(each, ground))
            items.append(drawing.icon("check", (rect.x + px(PAD + MARK / 2), rect.middle[1]), size=13, colour=ink))
        return items

    def _result(self, drawing: Drawing, run: Run, right: int, upper: int, lower: int) -> list[Item]:
        """What it came to on what it has not seen, and how long it was; of a run that ended otherwise, how."""
        theme, wide = drawing.theme, drawing.layout.wide
        room = drawing.px(RESULT if wide else NARROW_RESULT)
        if run.status in (RUNNING, UNREADABLE):
            word = say(f"runs.{run.status}")
            return [drawing.fitted(drawing.text(word, (right, upper), size=SMALL, align="right"), room)]
        value = run.accuracy if run.unseen is None else run.unseen
        items: list[Item] = []
        if value is not None:
            figure = drawing.text(percent(value), (right, upper), size=LARGE, face=FIGURES, align="right")
            items.append(drawing.fitted(figure, room))
            rest = room - drawing.width(figure) - drawing.px(8)
            means = drawing.text(say("chart.unseen"), (right - room + rest, upper), size=SMALL, colour=theme.muted)
            if run.unseen is not None and drawing.width(means) <= rest:
                items.append(replace(means, align="right"))
        if run.status == "diverged":
            ink, word = theme.danger, say("label.diverged")
        else:
            of = say("so_far.of" if run.planned else "so_far", epoch=run.epochs, epochs=run.planned)
            ink, word = theme.muted, f"{run.began[:10]} · {say('compare.epoch', so_far=of)}" if wide else of
        ended = drawing.text(word, (right, lower), size=SMALL, colour=ink, align="right")
        return [*items, drawing.fitted(ended, room)]

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        shelf = self._shelf
        return {"rows": lambda: [run.id for run in shelf.found[shelf.top : shelf.top + rows_of(moment.page)]]}


def _apart(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return abs(sum(one) - sum(other))
