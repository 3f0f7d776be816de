"""Two charts with a curve for each run: what is shared is drawn once, and a ring stands where something was turned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.flat.overlay import Item
from engine.input import Event, FocusLost, Move, Point, Press, Release
from engine.scene import Entries
from scenes.kit.axis import Axis, axis, epoch_ticks
from scenes.kit.curves import curve, dashed, ribbon
from scenes.kit.drawing import BODY, DIGITS, STILL, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.run_colours import pattern, run_colour
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.theme import mixed, unit
from scenes.kit.words import say
from scenes.training.controller import TrainingController

from .companions import Companion
from .view import View

LEFT, RIGHT, TOP, BELOW = 48, 18, 38, 28  # units around a plot
LINE, BROUGHT_OUT = 2.0, 3.6  # units wide, a curve, and the one that is brought out
FAINT = 0.28  # share of its ink that a curve keeps while another one is brought out
NEAR = 14  # units from a curve within which it is pointed at
TICK = 10.5  # units, of the figures of the axes
RING = 4.2  # units, where something was turned
Column = NDArray[np.float64]


@dataclass
class _Made:
    """What a chart shows of one moment, and what that depends on."""

    key: object
    axis: Axis = field(default_factory=lambda: axis(1.0))
    grid: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 16), dtype=np.float32))
    strips: list[NDArray[np.float32]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class Curves(Part):
    """One chart: `name` is its panel, `column` gives a run's values, `ceiling` the top where it is always the same."""

    def __init__(
        self,
        name: str,
        view: View,
        controller: TrainingController,
        column: Callable[[Companion], Column],
        *,
        ceiling: float | None,
    ) -> None:
        self.name = name
        self._view, self._controller, self._column, self._ceiling = view, controller, column, ceiling
        self._held = False
        self._made = _Made(None)
        self._next: _Made | None = None  # that of the next epoch
        self._marked = ShapeCache()

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: a press leads all runs to that epoch; the curve under the pointer is brought out."""
        match event:
            case Press(at) if (plot := self._plot(moment.page)).holds(at):
                self._held = True
                return self._look(at, plot, moment)
            case Move(at, held=True) if self._held:
                return self._look(at, self._plot(moment.page), moment)
            case Move(at) if (plot := self._plot(moment.page)).holds(at):
                self._view.pointed = self._nearest(at, plot, moment)
            case Release() | FocusLost():
                self._held = False
        return False

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        told = self._view.companions(moment.run, moment.theme.language)
        key, plot = self._key(drawing, moment, told), self._plot(drawing.layout)
        if key != self._made.key:
            ready = self._next is not None and self._next.key == key
            self._made = self._next if self._next and ready else self._make(drawing, plot, told, key)
        drawing.ribbons.append(self._made.grid)
        drawing.strips += self._made.strips
        drawing.write(self.name, drawing.layout.panels[self.name], self._made.items)
        marks = self._made.key, tuple(each.epoch for each in told), moment.run.epoch
        self._marked.draw(drawing, marks, lambda: self._marks(drawing, plot, told, moment))

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        told = self._view.companions(moment.run, moment.theme.language)
        key = self._key(drawing, moment, told)
        if self._next is None or self._next.key != key:
            self._next = self._make(drawing, self._plot(drawing.layout), told, key)
        return self._next.items

    def _key(self, drawing: Drawing, moment: Moment, told: tuple[Companion, ...]) -> object:
        """All that curves and words depend on."""
        return drawing.layout, moment.theme.key, tuple((id(e.run), e.number, e.head) for e in told), self._view.out

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"panels": lambda: {self.name: list(moment.page.panels[self.name].bounds)}}

    def _plot(self, page: Layout) -> Rect:
        rect, px = page.panels[self.name], page.px
        wide, high = rect.w - px(LEFT) - px(RIGHT), rect.h - px(TOP) - px(BELOW)
        return Rect(rect.x + px(LEFT), rect.y + px(TOP), max(1, wide), max(1, high))

    def _look(self, at: Point, plot: Rect, moment: Moment) -> bool:
        last = _last(self._view.companions(moment.run, moment.theme.language))
        share = min(1.0, max(0.0, (at[0] - plot.x) / plot.w))
        return self._controller.look(min(1 + round(share * (last - 1)), moment.run.head))

    def _nearest(self, at: Point, plot: Rect, moment: Moment) -> int | None:
        """The run whose curve passes closest below or above this point."""
        told = self._view.companions(moment.run, moment.theme.language)
        last, found = _last(told), list[tuple[float, int]]()
        epoch = 1 + (at[0] - plot.x) / plot.w * (last - 1)
        for each in told:
            values = self._column(each)[: each.head]
            if len(values) and each.fork <= epoch <= len(values) + 0.5:
                value = np.interp(epoch, np.arange(1, len(values) + 1), values)
                found.append((abs(plot.bottom - float(self._made.axis.share(value)) * plot.h - at[1]), each.number))
        away, number = min(found, default=(np.inf, 0))
        return number if away <= moment.page.px(NEAR) else None

    def _make(self, drawing: Drawing, plot: Rect, told: tuple[Companion, ...], key: object) -> _Made:
        columns = [self._column(each)[: each.head] for each in told]
        highest = max((float(values.max()) for values in columns if len(values)), default=1.0)
        made = _Made(key, axis(self._ceiling or max(highest, 1e-3), most=4))
        order = sorted(zip(told, columns, strict=True), key=lambda pair: pair[0].number == self._view.out)
        for each, values in order:
            made.strips += self._curve(drawing, plot, each, values, _last(told), made.axis)
        made.grid = _grid(drawing, plot, made.axis)
        made.items = self._words(drawing, plot, _last(told), made.axis)
        return made

    def _curve(
        self, drawing: Drawing, plot: Rect, each: Companion, values: Column, last: int, scale: Axis
    ) -> list[NDArray[np.float32]]:
        first = max(0, min(each.fork, len(values)) - 1)  # what is shared is drawn once, up to where they part
        if len(values) - first < 2:
            return []
        points = curve(scale.share(values), last, plot, 1.0)
        points = points[points[:, 0] >= plot.x + first / max(1, last - 1) * plot.w - 1e-6]
        out = self._view.out
        ink = run_colour(drawing.theme, each.number)
        ink = mixed(drawing.theme.panel, ink, FAINT) if out not in (None, each.number) else ink
        half = (BROUGHT_OUT if out == each.number else LINE) / 2 * drawing.layout.scale
        dashes = pattern(each.number)
        if dashes is None:
            return [ribbon(points, half, ink)]
        dash, gap = (part * drawing.layout.scale for part in dashes)
        return [dashed(points, half, ink, dash=dash, gap=gap)]

    def _marks(self, drawing: Drawing, plot: Rect, told: tuple[Companion, ...], moment: Moment) -> None:
        """Where each run stands now, and where it was turned."""
        last = _last(told)

        def place(epoch: int, values: Column) -> Point:
            x = plot.x + (epoch - 1) / max(1, last - 1) * plot.w
            return x, plot.bottom - float(self._made.axis.share(values[epoch - 1])) * plot.h

        if moment.run.epoch:
            x, wide = plot.x + (moment.run.epoch - 1) / max(1, last - 1) * plot.w, max(1, drawing.px(1))
            drawing.shape((round(x) - wide / 2, plot.y, wide, plot.h), drawing.theme.muted, alpha=0.6, radius=0)
        for each in told:
            values, ink = self._column(each)[: each.head], run_colour(drawing.theme, each.number)
            for change in each.run.parameters.changes:
                if each.fork <= change.after_epoch <= len(values):  # what came before is the other one's
                    at, r = place(change.after_epoch, values), RING * drawing.layout.scale
                    bounds = (at[0] - r, at[1] - r, 2 * r, 2 * r)
                    drawing.shape(bounds, drawing.theme.panel, radius=RING, line=ink, line_width=1.8)
            if 0 < each.epoch <= len(values):
                drawing.disc(place(each.epoch, values), 3.4, ink)

    def _words(self, drawing: Drawing, plot: Rect, last: int, scale: Axis) -> list[Item]:
        px, rect, muted = drawing.px, drawing.layout.panels[self.name], drawing.theme.muted
        at = (rect.x + px(16), rect.y + px(25))
        title = drawing.text(say(f"compare.chart.{self.name}"), at, size=15, face=TITLE)
        items: list[Item] = [title]
        beside = at[0] + drawing.overlay.fonts.width(title.text, TITLE, title.size) + px(8)
        means = drawing.text(say("compare.unseen"), (beside, at[1]), size=12, face=BODY, colour=muted)
        items.append(drawing.fitted(means, rect.right - px(12) - beside))
        for tick in scale.ticks:
            text = scale.label(tick) + ("%" if self._ceiling else "")
            y = plot.bottom - float(scale.share(tick)) * plot.h + px(3.5)
            items.append(drawing.text(text, (plot.x - px(7), y), size=TICK, face=DIGITS, colour=muted, align="right"))
        for epoch in epoch_ticks(last, most=max(2, min(7, plot.w // px(64)))):
            x = plot.x + (epoch - 1) / max(1, last - 1) * plot.w
            below = (x, plot.bottom + px(17))
            items.append(drawing.text(f"{epoch:,}", below, size=TICK, face=DIGITS, colour=muted, align="middle"))
        return items


def _last(told: tuple[Companion, ...]) -> int:
    """The epoch at the right end."""
    return max((each.run.epochs or each.head for each in told), default=1) or 1


def _grid(drawing: Drawing, plot: Rect, scale: Axis) -> NDArray[np.float32]:
    colour, alpha = drawing.theme.grid
    y = np.round(plot.bottom - scale.share(np.array(scale.ticks)) * plot.h) + 0.5
    count = len(y)
    ends = np.column_stack([np.full(count, plot.x), y, np.full(count, plot.right), y])
    style = np.tile((1.0, 0.0, 3.0 * drawing.layout.scale, 0.0), (count, 1))
    style[0, 2] = 0.0  # the ground is a whole line
    tint = np.tile((*unit(colour), alpha), (count, 1))
    return np.column_stack([ends, tint, style, np.tile(STILL, (count, 1))]).astype(np.float32)
