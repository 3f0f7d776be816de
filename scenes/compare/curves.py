"""Two charts with a curve for each run: what is shared is drawn once, and a ring stands where something was turned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.flat.overlay import Item
from engine.input import Event, FocusLost, Move, Point, Press, Release
from scenes.kit.axis import Axis, axis
from scenes.kit.curves import band, curve, dashed, ribbon
from scenes.kit.drawing import BODY, DIGITS, STILL, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.run_colours import pattern, run_colour
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.theme import mixed, unit
from scenes.kit.words import say
from scenes.training.controller import TrainingController

from .chart_axes import ChartAxes, Track, chart_axes, timed
from .companions import Companion
from .layout import CHIPS_WIDE
from .view import View

LEFT, RIGHT, TOP, BELOW = 48, 18, 38, 28  # units around a plot
LINE, BROUGHT_OUT = 2.0, 3.6  # units wide, a curve, and the one that is brought out
MEASURED = 0.35  # the same of what was measured, behind what is smoothed
FAR = 64  # units from one figure below a plot to the next at least
SPREAD = 0.16  # opacity of what lies between the seeds of a median
FAINT = 0.28  # share of its ink that a curve keeps while another one is brought out
NEAR = 14  # units from a curve within which it is pointed at
TICK = 10.5  # units, of the figures of the axes
RING = 4.2  # units, where something was turned
Column = NDArray[np.float64]


@dataclass
class _Made:
    """What a chart shows of one moment, and what that depends on."""

    key: object
    axes: ChartAxes = field(default_factory=lambda: ChartAxes(axis(1.0), (), ()))
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
        if self._view.table:
            return False
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
        if self._view.table:
            drawing.overlay.remove(self.name)
            return
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
        if self._view.table:
            return ()
        told = self._view.companions(moment.run, moment.theme.language)
        key = self._key(drawing, moment, told)
        if self._next is None or self._next.key != key:
            self._next = self._make(drawing, self._plot(drawing.layout), told, key)
        return self._next.items

    def _key(self, drawing: Drawing, moment: Moment, told: tuple[Companion, ...]) -> object:
        """All that curves and words depend on."""
        runs = tuple((id(each.run), each.number, each.head) for each in told)
        return drawing.layout, moment.theme.key, runs, self._view.out, self._view.drawn

    def _plot(self, page: Layout) -> Rect:
        rect, px = page.panels[self.name], page.px
        wide, high = rect.w - px(LEFT) - px(RIGHT), rect.h - px(TOP) - px(BELOW)
        return Rect(rect.x + px(LEFT), rect.y + px(TOP), max(1, wide), max(1, high))

    def _look(self, at: Point, plot: Rect, moment: Moment) -> bool:
        told, share = self._view.companions(moment.run, moment.theme.language), (at[0] - plot.x) / plot.w
        played = next((k for k, each in enumerate(told) if each.played), None)
        if played is None:
            return False
        track = self._axes(told, plot, moment.page.px(FAR)).tracks[played]
        return self._controller.look(min(track.epoch_at(share), moment.run.head))

    def _nearest(self, at: Point, plot: Rect, moment: Moment) -> int | None:
        """The run whose curve passes closest below or above this point."""
        told = self._view.companions(moment.run, moment.theme.language)
        found, share = list[tuple[float, int]](), (at[0] - plot.x) / plot.w
        axes = self._axes(told, plot, moment.page.px(FAR))
        for each, track in zip(told, axes.tracks, strict=True):
            first = max(0, min(each.fork, len(track.drawn)) - 1)
            if len(track.drawn) and track.across[first] <= share <= track.across[-1] + NEAR / plot.w:
                value = np.interp(share, track.across, track.drawn)
                high = float(axes.upright.share(value)) * plot.h
                found.append((abs(plot.bottom - high - at[1]), each.number))
        away, number = min(found, default=(np.inf, 0))
        return number if away <= moment.page.px(NEAR) else None

    def _make(self, drawing: Drawing, plot: Rect, told: tuple[Companion, ...], key: object) -> _Made:
        view, made = self._view, _Made(key)
        made.axes = self._axes(told, plot, drawing.px(FAR))
        pairs = zip(told, made.axes.tracks, strict=True)
        for each, track in zip(told, made.axes.tracks, strict=True):
            made.strips += self._spread(drawing, plot, each, track, made.axes.upright)
        for each, track in sorted(pairs, key=lambda pair: pair[0].number == view.out):
            made.strips += self._curve(drawing, plot, each, track, made.axes.upright)
        made.grid = _grid(drawing, plot, made.axes.upright)
        made.items = self._words(drawing, plot, made.axes)
        return made

    def _axes(self, told: tuple[Companion, ...], plot: Rect, far: int) -> ChartAxes:
        """What the curves lie on; figures below stand `far` pixels apart at least."""
        view, columns = self._view, [self._column(each)[: each.head] for each in told]
        return chart_axes(
            told,
            columns,
            ceiling=self._ceiling,
            log=view.log and self._ceiling is None,
            smooth=view.smooth,
            by_seconds=view.by_seconds and timed(told),
            most=max(2, min(7, plot.w // far)),
        )

    def _spread(
        self, drawing: Drawing, plot: Rect, each: Companion, track: Track, scale: Axis
    ) -> list[NDArray[np.float32]]:
        """How far runs with other seeds lie from this one, their median, as far as it has been played."""
        spread, count = each.run.spread, len(track.drawn)
        if spread is None or count < 2 or self._view.out not in (None, each.number):
            return []
        least, most = (ends[:count] for ends in (spread.accuracy if self._ceiling else spread.loss))
        step = max(1, -(-count // max(1, plot.w)))  # of more epochs than pixels the extremes of each
        places = np.arange(0, count, step)
        x = plot.x + track.across[places] * plot.w
        low, high = np.minimum.reduceat(least, places), np.maximum.reduceat(most, places)
        lower, upper = (np.column_stack([x, plot.bottom - scale.share(ends) * plot.h]) for ends in (low, high))
        return [band(lower, upper, run_colour(drawing.theme, each.number), SPREAD)]

    def _curve(
        self, drawing: Drawing, plot: Rect, each: Companion, track: Track, scale: Axis
    ) -> list[NDArray[np.float32]]:
        """A run's line from where it parts from another one: what is shared is drawn once, by that one."""
        count = len(track.drawn)
        first = max(0, min(each.fork, count) - 1)
        if count - first < 2:
            return []
        left = plot.x + track.across[first] * plot.w - 1e-6

        def line(values: Column) -> Column:
            even = None if not self._view.by_seconds else track.across
            points = curve(scale.share(values), self._epochs(track), plot, 1.0, across=even)
            there: Column = points[points[:, 0] >= left]
            return there

        out = self._view.out
        ink = run_colour(drawing.theme, each.number)
        ink = mixed(drawing.theme.panel, ink, FAINT) if out not in (None, each.number) else ink
        half = (BROUGHT_OUT if out == each.number else LINE) / 2 * drawing.layout.scale
        behind = []
        if track.drawn is not track.measured:
            behind = [ribbon(line(track.measured), half / 2, mixed(drawing.theme.panel, ink, MEASURED))]
        dashes = pattern(each.number)
        if dashes is None:
            return [*behind, ribbon(line(track.drawn), half, ink)]
        dash, gap = (part * drawing.layout.scale for part in dashes)
        return [*behind, dashed(line(track.drawn), half, ink, dash=dash, gap=gap)]

    def _epochs(self, track: Track) -> int:
        """So many epochs the plot is wide, where they stand evenly."""
        return 1 + round(1 / track.across[1]) if len(track.across) > 1 and track.across[1] > 0 else 2

    def _marks(self, drawing: Drawing, plot: Rect, told: tuple[Companion, ...], moment: Moment) -> None:
        """Where each run stands now, and where it was turned."""
        axes, wide = self._made.axes, max(1, drawing.px(1))

        def place(epoch: int, track: Track) -> Point:
            x = plot.x + track.across[epoch - 1] * plot.w
            return x, plot.bottom - float(axes.upright.share(track.drawn[epoch - 1])) * plot.h

        for each, track in zip(told, axes.tracks, strict=True):
            ink, count = run_colour(drawing.theme, each.number), len(track.drawn)
            if each.played and 0 < moment.run.epoch <= count:
                x = plot.x + track.across[moment.run.epoch - 1] * plot.w
                drawing.shape((round(x) - wide / 2, plot.y, wide, plot.h), drawing.theme.muted, alpha=0.6, radius=0)
            for change in each.run.parameters.changes:
                if each.fork <= change.after_epoch <= count:  # what came before is the other one's
                    at, r = place(change.after_epoch, track), RING * drawing.layout.scale
                    bounds = (at[0] - r, at[1] - r, 2 * r, 2 * r)
                    drawing.shape(bounds, drawing.theme.panel, radius=RING, line=ink, line_width=1.8)
            if 0 < each.epoch <= count:
                drawing.disc(place(each.epoch, track), 3.4, ink)

    def _words(self, drawing: Drawing, plot: Rect, axes: ChartAxes) -> list[Item]:
        px, rect, muted = drawing.px, drawing.layout.panels[self.name], drawing.theme.muted
        at = (rect.x + px(16), rect.y + px(25))
        title = drawing.text(say(f"compare.chart.{self.name}"), at, size=15, face=TITLE)
        items: list[Item] = [title]
        beside = at[0] + drawing.overlay.fonts.width(title.text, TITLE, title.size) + px(8)
        means = drawing.text(say("compare.unseen"), (beside, at[1]), size=12, face=BODY, colour=muted)
        chips = 0 if self._ceiling else px(CHIPS_WIDE)
        if drawing.width(means) <= rect.right - px(12) - chips - beside:  # half a sentence says nothing
            items.append(means)
        for tick in axes.upright.ticks:
            text = axes.upright.label(tick) + ("%" if self._ceiling else "")
            y = plot.bottom - float(axes.upright.share(tick)) * plot.h + px(3.5)
            items.append(drawing.text(text, (plot.x - px(7), y), size=TICK, face=DIGITS, colour=muted, align="right"))
        for share, text in axes.marks:
            below = (plot.x + share * plot.w, plot.bottom + px(17))
            items.append(drawing.text(text, below, size=TICK, face=DIGITS, colour=muted, align="middle"))
        return items


def _grid(drawing: Drawing, plot: Rect, scale: Axis) -> NDArray[np.float32]:
    colour, alpha = drawing.theme.grid
    y = np.round(plot.bottom - scale.share(np.array(scale.ticks)) * plot.h) + 0.5
    count = len(y)
    ends = np.column_stack([np.full(count, plot.x), y, np.full(count, plot.right), y])
    style = np.tile((1.0, 0.0, 3.0 * drawing.layout.scale, 0.0), (count, 1))
    style[0, 2] = 0.0  # the ground is a whole line
    tint = np.tile((*unit(colour), alpha), (count, 1))
    return np.column_stack([ends, tint, style, np.tile(STILL, (count, 1))]).astype(np.float32)
