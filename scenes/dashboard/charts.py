"""The charts of loss and accuracy: axes, grid, words. What is made is kept until the data change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from engine.flat.overlay import Item, Text
from engine.motion import ease_out
from engine.scene import Entries
from scenes.kit.axis import Axis, axis, epoch_ticks, log_axis, round_end
from scenes.kit.curves import area, curve, dashed, long_curve, ribbon
from scenes.kit.drawing import DIGITS, STILL, STRONG, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.run_words import loss_figure
from scenes.kit.series import Series
from scenes.kit.theme import mixed, unit
from scenes.kit.words import counted, say
from scenes.training.lifecycle import Status
from scenes.training.run import Column, TrainingRun
from scenes.training.snapshot import Snapshot

from . import skeleton
from .control_slots import PAD
from .layout import AXIS

LINE, THIN = 2.5, 1.5  # units, of the line of what is learned from, and of what is unseen
TICK = 10.5  # units, of the figures of the axes
TOP, BELOW = 34, 8  # units above and below a plot within its place
TITLE_LINE = 24  # units from the top of a chart to the baseline of its title
LABELS = 38  # units that those of the upright one take at the left, with the space beside them
ENDS = 52  # units at the right in which the lines are named
NAMES, NAME = (11, 10, 9), 12  # units: size of these names, and how far apart they are at least
DASH, GAP = 4.0, 3.0  # units, of the line of what is unseen
APART, CLOSE = 12, 5  # units between two figures of the lower one, usually and at least
TURNED = 4.2  # units, the radius of the ring where something was turned
GROW = 0.4  # seconds that the first point takes
MANY_TICKS = 90  # units of a plot's height from which it has room for more ticks

Rows = NDArray[np.float32]


@dataclass
class View:
    """How both charts are looked at, beside what they show."""

    log: bool = False  # whether the loss stands on a logarithmic axis
    smooth: bool = False  # whether curves are smoothed; what was measured stays visible
    cursor: int | None = None  # the epoch under the pointer

    def toggle_log(self) -> None:
        """The loss on a logarithmic axis, and back."""
        self.log = not self.log

    def toggle_smooth(self) -> None:
        """Smooth curves, and back."""
        self.smooth = not self.smooth


@dataclass
class _Made:
    """What a chart shows of one moment, and what that depends on."""

    key: object
    plot: Rect
    epochs: int
    axis: Axis
    grid: Rows = field(default_factory=lambda: np.zeros((0, 16), dtype=np.float32))
    strips: list[Rows] = field(default_factory=list)
    words: list[Item] = field(default_factory=list)
    named: list[Item] = field(default_factory=list)  # the words, and at the ends of two lines their names

    def points(self, series: Series, column: Column) -> NDArray[np.float64]:
        """A column as a curve in the plot: float64 [points, 2], pixels."""
        found = long_curve(column, series, self.axis.share, self.epochs, self.plot)
        return curve(self.axis.share(column), self.epochs, self.plot, 1.0) if found is None else found


class Chart(Part):
    """One panel. Keeps what it made until the epoch, the run, the place or the theme changes."""

    def __init__(self, name: str, view: View, *, plain: bool = False, ceiling: float | None, suffix: str) -> None:
        self.name = name
        self._view = view
        self._key_of = f"chart.{name.removesuffix('_chart')}"  # of the field's word for what it shows
        self._plain = plain  # whether it is told in plain ones, too
        self._switched = ceiling is None  # whether the switches stand beside the title
        self._ceiling = ceiling
        self._suffix = suffix
        self._made = _Made(None, Rect(0, 0, 1, 1), 1, axis(1.0))
        self._next: _Made | None = None  # that of the next epoch, made before it is shown
        self._ruled: tuple[object, Rows, list[Item]] | None = None  # grid, figures of the axes; what they depend on
        self._known: tuple[TrainingRun | None, tuple[Series, Series]] | None = None  # columns of that run
        self._age = GROW  # seconds since the first value came

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part: the first point grows, all later ones are simply there."""
        self._age = self._age + dt if moment.run.head else GROW if moment.still else 0.0

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        snapshot, view, rect = moment.run, self._view, drawing.layout.panels[self.name]
        if snapshot.status is Status.LOADING:
            skeleton.chart(drawing, plot_of(drawing.layout, rect, snapshot))
        key = self._key(drawing, snapshot)
        if key != self._made.key:
            ready = self._next is not None and self._next.key == key
            self._made = self._next if self._next and ready else self._make(drawing, snapshot, key)
        made = self._made
        drawing.ribbons.append(made.grid)
        drawing.strips += made.strips
        values, unseen = self._values(snapshot)
        cursor = view.cursor if view.cursor is not None and view.cursor <= len(values) else None
        drawing.write(self.name, rect, self._reading(drawing, made, cursor, values, unseen) if cursor else made.named)
        self._turns(drawing, snapshot, values)
        self._point(drawing, snapshot, cursor, values)

    def _turns(self, drawing: Drawing, snapshot: Snapshot, values: Column) -> None:
        """A ring on the line wherever something was turned in the middle of the run."""
        run, made, r = snapshot.run, self._made, TURNED * drawing.layout.scale
        for change in run.parameters.changes if run else ():
            if change.after_epoch <= len(values):
                x = made.plot.x + (change.after_epoch - 1) / max(1, made.epochs - 1) * made.plot.w
                y = made.plot.bottom - float(made.axis.share(values[change.after_epoch - 1])) * made.plot.h
                bounds, ink = (x - r, y - r, 2 * r, 2 * r), drawing.theme.text
                drawing.shape(bounds, drawing.theme.panel, radius=TURNED, line=ink, line_width=1.8)

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        key = self._key(drawing, moment.run)
        if self._next is None or self._next.key != key:
            self._next = self._make(drawing, moment.run, key)
        return self._next.named

    def _key(self, drawing: Drawing, snapshot: Snapshot) -> object:
        """All that curves, axes and words depend on."""
        rect, view = drawing.layout.panels[self.name], self._view
        plot, shown = plot_of(drawing.layout, rect, snapshot), len(self._values(snapshot)[0])
        log = view.log and self._ceiling is None
        look = drawing.theme.key, drawing.layout.scale, log, view.smooth
        return rect, plot, snapshot.run, shown, last_of(snapshot), look

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        bounds = list(moment.page.panels[self.name].bounds)
        return {"panels": lambda: {self.name: bounds}}

    def _point(self, drawing: Drawing, snapshot: Snapshot, cursor: int | None, values: Column) -> None:
        """The latest value, or the one that is looked at, or the one that the pointer reads."""
        shown = cursor or snapshot.epoch
        if not 0 < shown <= len(values):
            return
        made, plot = self._made, self._made.plot
        x = plot.x + (shown - 1) / max(1, made.epochs - 1) * plot.w
        y = plot.bottom - float(made.axis.share(values[shown - 1])) * plot.h
        if cursor or snapshot.replay:
            wide = max(1, drawing.px(1))
            drawing.shape((round(x) - wide / 2, plot.y, wide, plot.h), drawing.theme.muted, alpha=0.7, radius=0)
        size = ease_out(self._age / GROW)
        drawing.disc((x, y), 3.6 * size, self._colour(drawing), glow=6.0 * size)
        drawing.disc((x, y), 1.6 * size, (255, 255, 255))

    def _reading(self, drawing: Drawing, made: _Made, cursor: int, values: Column, unseen: Column) -> list[Item]:
        """What the epoch under the pointer has, beside the title, where it covers no curve; in the inks of the lines.

        The epoch stands where else is told how many there are: once for both charts.
        """
        px, rect = drawing.px, drawing.layout.panels[self.name]
        base, width = rect.y + px(TITLE_LINE), drawing.overlay.fonts.width
        left = rect.x + px(PAD) + width(say(self._key_of), TITLE, px(15)) + px(8)
        title, *others = made.named
        beside = [item for item in others if not (isinstance(item, Text) and item.at[1] == base)]
        right = drawing.layout.slots["log_axis"].x - px(CLOSE)
        if not self._switched:
            told = say("chart.epoch", epoch=cursor)
            right = rect.right - px(PAD)
            beside.append(drawing.text(told, (right, base), size=12, face=STRONG, align="right"))
            right -= width(told, STRONG, px(12)) + px(CLOSE)
        known = self._told(values[cursor - 1])
        new = self._told(unseen[cursor - 1]) if len(unseen) else ""
        for many, size in ((True, 12), (True, 10.5), (False, 12), (False, 10.5)):
            gap, new_too = px(8), bool(new) and many
            wide = width(known, DIGITS, px(size)) + (gap + width(new, DIGITS, px(size)) if new_too else 0)
            if left + wide > right:
                continue
            beside.append(drawing.text(known, (left, base), size=size, face=DIGITS, colour=self._colour(drawing)))
            if new_too:
                beside.append(
                    drawing.text(new, (left + wide - width(new, DIGITS, px(size)), base), size=size, face=DIGITS)
                )
            break
        return [title, *beside]

    def _told(self, value: float) -> str:
        return loss_figure(value).strip() if self._ceiling is None else f"{value:.2f}%"

    def _make(self, drawing: Drawing, snapshot: Snapshot, key: object) -> _Made:
        """The curves, axes and words of one moment."""
        rect, (values, unseen) = drawing.layout.panels[self.name], self._values(snapshot)
        smooth, log = self._view.smooth, self._view.log and self._ceiling is None
        made = _Made(key, plot_of(drawing.layout, rect, snapshot), last_of(snapshot), axis(1.0))
        made.axis = self._scaled(snapshot, most=4 if made.plot.h > drawing.px(MANY_TICKS) else 2, log=log)
        ruled = rect, made.plot, made.axis, made.epochs, drawing.theme.key, drawing.layout.scale
        if self._ruled is None or ruled != self._ruled[0]:  # as long as the axes stay, no epoch changes these
            grid = self._grid_rows(drawing, made.plot, made.axis)
            self._ruled = ruled, grid, self._ticks(drawing, rect, made.plot, made.axis, made.epochs)
        _, made.grid, ticked = self._ruled
        made.words = made.named = self._labels(drawing, rect, len(values)) + ticked
        ends: list[float] = []  # of both lines
        for series, measured, seen in zip(self._series(snapshot), (values, unseen), (True, False), strict=True):
            shown, column = series.smooth(measured) if smooth else (series, measured)
            ends += column[-1:].tolist()
            if len(column) > 1:
                points, below = made.points(shown, column), made.points(series, measured) if smooth else None
                made.strips += [area(points, made.plot, self._colour(drawing))] if seen else []
                made.strips += self._line(drawing, made, below, points, len(column), seen=seen)
        if len(unseen):
            made.named = made.words + self._ends(drawing, made, *ends)
        return made

    def _series(self, snapshot: Snapshot) -> tuple[Series, Series]:
        """Those of both columns of the run that is shown."""
        if self._known is None or self._known[0] is not snapshot.run:
            self._known = snapshot.run, (Series(), Series())
        return self._known[1]

    def _scaled(self, snapshot: Snapshot, *, most: int, log: bool) -> Axis:
        columns = zip(self._series(snapshot), self._values(snapshot), strict=True)
        spans = [series.span(column) for series, column in columns if len(column)]
        if log and spans:
            return log_axis(min(low for low, _ in spans), max(high for _, high in spans), most=most)
        highest = max(1e-3, *(high for _, high in spans)) if spans else 1.0
        return axis(self._ceiling or highest, most=most)

    def _line(
        self,
        drawing: Drawing,
        made: _Made,
        measured: NDArray[np.float64] | None,
        points: NDArray[np.float64],
        count: int,
        *,
        seen: bool,
    ) -> list[Rows]:
        """A curve of `count` values, before it what was `measured` where that is another; of unseen rows dashed.

        But not where dashes would be dust.
        """
        scale, ink = drawing.layout.scale, self._colour(drawing) if seen else drawing.theme.text
        half = (LINE if seen else THIN) / 2 * scale
        faint = mixed(drawing.theme.panel, ink, 0.35 if seen else 0.2)
        below = [] if measured is None else [ribbon(measured, half / 2, faint)]
        if seen or count > made.plot.w:
            return [*below, ribbon(points, half, ink)]
        return [*below, dashed(points, half, ink, dash=DASH * scale, gap=GAP * scale)]

    def _ends(self, drawing: Drawing, made: _Made, known: float, new: float) -> list[Item]:
        """The names of both lines at the height of their ends, right of the grid, a line apart where they would touch.

        There no line of the grid crosses them, and they do not wander while the run grows.
        """
        px, plot = drawing.px, made.plot
        seen, unseen = (plot.bottom - float(made.axis.share(value)) * plot.h for value in (known, new))
        middle, apart = (seen + unseen) / 2, max(px(NAME), abs(seen - unseen))
        middle = min(max(middle, plot.y + apart / 2), plot.bottom - apart / 2)
        above = -1 if seen < unseen or (seen == unseen and self._ceiling is None) else 1
        return [
            drawing.said(
                key,
                (plot.right + px(10), middle + side * above * apart / 2 + px(4)),
                px(ENDS - 10 + PAD / 2),
                sizes=NAMES,
                face=STRONG,
                colour=ink,
            )
            for key, side, ink in (
                ("chart.seen", 1, self._colour(drawing)),
                ("chart.unseen", -1, drawing.theme.text),
            )
        ]

    def _grid_rows(self, drawing: Drawing, plot: Rect, scale: Axis) -> NDArray[np.float32]:
        colour, alpha = drawing.theme.grid
        y = plot.bottom - scale.share(np.array(scale.ticks)) * plot.h
        y = np.round(y) + 0.5
        count = len(y)
        ends = np.column_stack([np.full(count, plot.x), y, np.full(count, plot.right), y])
        tint = np.tile((*unit(colour), alpha), (count, 1))
        style = np.tile((1.0, 0.0, 3.0 * drawing.layout.scale, 0.0), (count, 1))
        style[0, 2] = 0.0  # the ground is a whole line
        return np.column_stack([ends, tint, style, np.tile(STILL, (count, 1))]).astype(np.float32)

    def _labels(self, drawing: Drawing, rect: Rect, recorded: int) -> list[Item]:
        """The title, what it means, and how much there is."""
        px, muted = drawing.px, drawing.theme.muted
        at = (rect.x + px(PAD), rect.y + px(TITLE_LINE))
        title = drawing.text(say(self._key_of), at, size=15, face=TITLE)
        beside = at[0] + drawing.width(title) + px(8)
        room = (drawing.layout.slots["log_axis"].x if self._switched else rect.right - px(PAD)) - px(CLOSE) - beside
        words: list[Item] = [title]
        if not self._switched:  # once for both charts
            end = (rect.right - px(PAD), at[1])
            told = drawing.text(counted("chart.recorded", recorded), end, size=12, colour=muted, align="right")
            if not recorded:
                told = drawing.said("chart.nothing", end, room, sizes=(12,), colour=muted, align="right")
            words.append(told)
            room -= drawing.width(told) + px(CLOSE)
        plain = drawing.text(say(f"{self._key_of}.plain"), (beside, at[1]), size=12, colour=muted)
        return [*words, plain] if self._plain and drawing.width(plain) <= room else words

    def _ticks(self, drawing: Drawing, rect: Rect, plot: Rect, scale: Axis, epochs: int) -> list[Item]:
        """The figures of both axes, none of them outside the panel's padding."""
        px, words = drawing.px, list[Item]()

        def add(text: str, middle: float, base: float) -> None:
            ink = drawing.theme.muted
            words.append(drawing.text(text, (middle, base), size=TICK, face=DIGITS, colour=ink, align="middle"))

        def half(text: str) -> float:
            return drawing.overlay.fonts.width(text, DIGITS, px(TICK)) / 2

        for tick in scale.ticks:
            text = scale.label(tick) + self._suffix
            middle = max(rect.x + px(PAD) + half(text), plot.x - px(6) - half(text))
            add(text, middle, plot.bottom - float(scale.share(tick)) * plot.h + px(3.5))
        if self._switched:  # the epochs stand below the lower chart: one axis for both
            return words
        room = int(plot.w / (2 * half(f"{epochs:,}") + px(APART)))  # long numbers have room for few
        last = rect.right - px(PAD) - 2 * half(f"{epochs:,}")  # where the last one begins at the latest

        def place(epoch: int) -> float:
            return plot.x + (epoch - 1) / max(1, epochs - 1) * plot.w

        def fits(epoch: int) -> bool:
            return epoch in (1, epochs) or place(epoch) + half(f"{epoch:,}") + px(CLOSE) <= last

        most = max(2, min(room, 5 if plot.w < px(300) else 8))
        while most > 1 and not all(map(fits, epoch_ticks(epochs, most=most))):
            most -= 1  # fewer, but as far apart from each other
        for epoch in filter(fits, epoch_ticks(epochs, most=most)):
            text = f"{epoch:,}"
            add(text, min(place(epoch), rect.right - px(PAD) - half(text)), plot.bottom + px(16))
        return words

    def _values(self, snapshot: Snapshot) -> tuple[Column, Column]:
        """What the network learned from, and what it has not seen: float64 [played] each, the latter maybe empty."""
        run, played = snapshot.run, snapshot.head
        if run is None:
            return np.zeros(0), np.zeros(0)
        if self.name == "loss_chart":
            return run.loss[:played], run.validation_loss[:played]
        return run.accuracy[:played], run.validation_accuracy[:played]

    def _colour(self, drawing: Drawing) -> Colour:
        return drawing.theme.loss if self.name == "loss_chart" else drawing.theme.accuracy


def plot_of(layout: Layout, rect: Rect, snapshot: Snapshot) -> Rect:
    """Where the curves of a chart in `rect` go; where there are two, their names have room beside their ends."""
    run = snapshot.run
    named = len(run.validation_loss) > 0 if run and snapshot.head else snapshot.source == "trained"
    return _plot(layout.scale, rect, named, rect == layout.panels["accuracy_chart"])


@lru_cache(maxsize=8)  # two charts, in the sizes of a moment
def _plot(scale: float, rect: Rect, named: bool, axis: bool) -> Rect:
    units = (PAD + LABELS, TOP, PAD + (ENDS if named else 0), BELOW + (AXIS if axis else 0))
    left, top, right, bottom = (round(each * scale) for each in units)
    return Rect(rect.x + left, rect.y + top, rect.w - left - right, max(round(20 * scale), rect.h - top - bottom))


def last_of(snapshot: Snapshot) -> int:
    """The epoch at the right end of the charts: the run's last, or a round one while no end is known."""
    if snapshot.epochs is None:
        return snapshot.head if snapshot.ending else round_end(snapshot.head)
    return snapshot.epochs or snapshot.parameters.epochs or round_end(0)
