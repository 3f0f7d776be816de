"""Loss and accuracy over epochs: series to ribbons and areas, in numpy. Geometry is made when data changes."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

from engine.overlay import Item
from engine.text import Colour
from scenes.theme import unit
from scenes.training.controller import Snapshot
from scenes.training.run import TrainingRun

from .drawing import DIGITS, STILL, TITLE, Drawing
from .layout import Rect

LINE = 2.5  # units
FILL = 0.30  # opacity at the top
SAMPLE = 1.5  # pixels between the points of a drawn curve

Points = NDArray[np.float64]  # [count, 2]


@dataclass(frozen=True)
class Axis:
    """A vertical axis from 0 to `top` with round `ticks`."""

    top: float
    ticks: tuple[float, ...]
    digits: int

    def label(self, tick: float) -> str:
        """The tick in as many digits as the step needs."""
        return f"{tick:.{self.digits}f}"


def axis(highest: float, *, most: int = 5) -> Axis:
    """An axis from 0 on round numbers (1, 2, 2.5 or 5 times a power of ten) that holds `highest`."""
    highest = max(highest, 1e-6)
    rough = highest / most
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    count = max(1, ceil(highest / step - 1e-9))
    digits = max(0, -floor(log10(step)) + (1 if abs(step / 10 ** floor(log10(step)) - 2.5) < 1e-6 else 0))
    return Axis(step * count, tuple(step * k for k in range(count + 1)), digits)


def epoch_ticks(epochs: int, *, most: int) -> list[int]:
    """Round epoch numbers from 1 to `epochs`, each once, both ends among them."""
    steps = (1, 2, 5, 10, 20, 25, 50, 100)
    step = next((s for s in steps if epochs / s <= most), epochs)
    inner = [k for k in range(step, epochs, step) if k > step * 0.5 and epochs - k >= step * 0.6]
    return sorted({1, *[k for k in inner if k >= 1 + step * 0.5], epochs})


def monotone(x: Points, y: Points, at: Points) -> Points:
    """A smooth curve through (x, y) that never overshoots the data, at `at` (Fritsch and Carlson 1980)."""
    if len(x) < 3:
        return np.interp(at, x, y)
    width = np.diff(x)
    slope = np.diff(y) / width
    tangent = np.empty(len(x))
    tangent[0], tangent[-1] = slope[0], slope[-1]
    weight = (2 * width[1:] + width[:-1], width[1:] + 2 * width[:-1])
    same = slope[:-1] * slope[1:] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (weight[0] + weight[1]) / (weight[0] / slope[:-1] + weight[1] / slope[1:])
    tangent[1:-1] = np.where(same, mean, 0.0)
    k = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    h, t = width[k], (at - x[k]) / width[k]
    return (
        y[k] * (1 + 2 * t) * (1 - t) ** 2
        + tangent[k] * h * t * (1 - t) ** 2
        + y[k + 1] * t * t * (3 - 2 * t)
        + tangent[k + 1] * h * t * t * (t - 1)
    )


def curve(values: NDArray[np.float64], epochs: int, plot: Rect, top: float) -> Points:
    """The series in pixels: [count, 2]. Smooth where there is room, each column's extremes where there is not."""
    count = len(values)
    x = plot.x + np.arange(count) / max(1, epochs - 1) * plot.w
    y = plot.bottom - values / top * plot.h
    if count < 2:
        return np.stack([x, y], axis=1)
    if count <= plot.w:
        at = np.linspace(x[0], x[-1], max(2, ceil((x[-1] - x[0]) / SAMPLE) + 1))
        return np.stack([at, monotone(x, y, at)], axis=1)
    starts = np.flatnonzero(np.diff(np.floor(x), prepend=-1.0))
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    return np.stack([np.repeat(x[starts], 2), np.column_stack([low, high]).ravel()], axis=1)


def ribbon(points: Points, half_width: float, colour: Colour) -> NDArray[np.float32]:
    """A stroke along `points`: float32 [6 * (count - 1), 8] triangles for the strip pipeline."""
    way = np.diff(points, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    normal = np.stack([-way[:, 1], way[:, 0]], axis=1)
    joined = np.concatenate([normal[:1], normal[:-1] + normal[1:], normal[-1:]])
    joined /= np.maximum(np.hypot(joined[:, 0], joined[:, 1]), 1e-9)[:, None]
    square = np.concatenate([normal[:1], normal])
    miter = 1 / np.maximum((joined * square).sum(axis=1), 0.45)
    reach = half_width + 1.0
    offset = joined * (miter * reach)[:, None]
    ink = np.tile((*unit(colour), 1.0), (len(points), 1))

    def side(sign: float) -> NDArray[np.float64]:
        edge = np.tile((sign * reach, half_width), (len(points), 1))
        return np.column_stack([points + sign * offset, ink, edge])

    return _triangles(side(-1.0), side(1.0))


def area(points: Points, plot: Rect, colour: Colour) -> NDArray[np.float32]:
    """What lies under `points`, fading to nothing at the ground of `plot`: float32 [6 * (count - 1), 8]."""
    count = len(points)
    share = np.clip((plot.bottom - points[:, 1]) / max(1, plot.h), 0, 1)
    rgb, none = np.tile(unit(colour), (count, 1)), np.zeros((count, 2))
    upper = np.column_stack([points, rgb, FILL * share, none])
    ground = np.column_stack([points[:, 0], np.full(count, float(plot.bottom))])
    lower = np.column_stack([ground, rgb, np.zeros(count), none])
    return _triangles(upper, lower)


class Chart:
    """One panel. Keeps what it made until the epoch, the run, the place or the theme changes."""

    def __init__(self, name: str, title: str, *, ceiling: float | None, suffix: str) -> None:
        self.name = name
        self._title = title
        self._ceiling = ceiling
        self._suffix = suffix
        self._key: object = None
        self._grid = np.zeros((0, 16), dtype=np.float32)
        self._strips: list[NDArray[np.float32]] = []
        self._words: list[Item] = []
        self._last: tuple[float, float] = (0.0, 0.0)  # pixels, of the latest value

    def draw(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> None:
        """Add this chart to the drawing."""
        values = self._values(snapshot.run)[: snapshot.epoch] if snapshot.run else np.zeros(0)
        epochs = snapshot.epochs or snapshot.parameters.epochs
        key = (rect, id(snapshot.run), len(values), epochs, drawing.theme.name, drawing.layout.scale)
        if key != self._key:
            self._key = key
            self._make(drawing, rect, values, epochs)
        drawing.ribbons.append(self._grid)
        drawing.strips += self._strips
        if len(values):
            x, y = self._last
            drawing.disc((x, y), 3.6, self._colour(drawing), glow=6.0)
            drawing.disc((x, y), 1.6, (255, 255, 255))
        drawing.write(self.name, rect, self._words)

    def _make(self, drawing: Drawing, rect: Rect, values: NDArray[np.float64], epochs: int) -> None:
        px = drawing.px
        left, top, right, bottom = px(44), px(48), px(18), px(30)
        plot = Rect(rect.x + left, rect.y + top, rect.w - left - right, max(px(20), rect.h - top - bottom))
        scale = axis(self._ceiling or (float(values.max()) if len(values) else 1.0), most=4 if plot.h > px(90) else 2)
        self._grid = self._grid_rows(drawing, plot, scale)
        self._words = self._labels(drawing, rect, plot, scale, len(values), epochs)
        self._strips = []
        if len(values):
            points = curve(values, epochs, plot, scale.top)
            self._last = (float(points[-1, 0]), float(plot.bottom - values[-1] / scale.top * plot.h))
            if len(points) > 1:
                colour = self._colour(drawing)
                self._strips = [
                    area(points, plot, colour),
                    ribbon(points, LINE / 2 * drawing.layout.scale, colour),
                ]

    def _grid_rows(self, drawing: Drawing, plot: Rect, scale: Axis) -> NDArray[np.float32]:
        colour, alpha = drawing.theme.grid
        y = plot.bottom - np.array(scale.ticks) / scale.top * plot.h
        y = np.round(y) + 0.5
        count = len(y)
        ends = np.column_stack([np.full(count, plot.x), y, np.full(count, plot.right), y])
        tint = np.tile((*unit(colour), alpha), (count, 1))
        style = np.tile((1.0, 0.0, 3.0 * drawing.layout.scale, 0.0), (count, 1))
        style[0, 2] = 0.0  # the ground is a whole line
        return np.column_stack([ends, tint, style, np.tile(STILL, (count, 1))]).astype(np.float32)

    def _labels(self, drawing: Drawing, rect: Rect, plot: Rect, scale: Axis, recorded: int, epochs: int) -> list[Item]:
        px, muted = drawing.px, drawing.theme.muted
        told = f"{recorded} epoch{'' if recorded == 1 else 's'} recorded" if recorded else "No data yet"
        words: list[Item] = [
            drawing.text(self._title, (rect.x + px(16), rect.y + px(30)), size=15, face=TITLE),
            drawing.text(told, (rect.right - px(16), rect.y + px(30)), size=12, colour=muted, align="right"),
        ]
        for tick in scale.ticks:
            at = (plot.x - px(8), plot.bottom - tick / scale.top * plot.h + px(3.5))
            text = scale.label(tick) + self._suffix
            words.append(drawing.text(text, at, size=10.5, face=DIGITS, colour=muted, align="right"))
        for epoch in epoch_ticks(epochs, most=5 if plot.w < px(300) else 8):
            at = (plot.x + (epoch - 1) / max(1, epochs - 1) * plot.w, plot.bottom + px(16))
            words.append(drawing.text(str(epoch), at, size=10.5, face=DIGITS, colour=muted, align="middle"))
        return words

    def _values(self, run: TrainingRun) -> NDArray[np.float64]:
        return run.loss if self.name == "loss_chart" else run.accuracy

    def _colour(self, drawing: Drawing) -> Colour:
        return drawing.theme.loss if self.name == "loss_chart" else drawing.theme.accuracy


def _triangles(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float32]:
    """Two rails of vertices to the triangles between them."""
    quads = np.stack([one[:-1], other[:-1], one[1:], one[1:], other[:-1], other[1:]], axis=1)
    return quads.reshape(-1, one.shape[1]).astype(np.float32)
