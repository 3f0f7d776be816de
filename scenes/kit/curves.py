"""Series to geometry: smooth curves, strokes and the areas under them, in numpy alone."""

from collections.abc import Callable
from math import ceil

import numpy as np
from numpy.typing import NDArray

from engine.flat.fonts import Colour

from .distinct import distinct
from .places import Rect
from .series import Series
from .theme import unit

FILL = 0.30  # opacity of an area at the top of its plot
FLAT = 0.5  # pixels between the extremes of a column, below which they are one point
SAMPLE = 1.5  # pixels between the points of a drawn curve
FINE = 4  # stretches of values in a column of pixels at least: none is drawn a quarter of a pixel beside its place

Points = NDArray[np.float64]  # [count, 2]


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
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
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


def curve(
    values: NDArray[np.float64], epochs: int, plot: Rect, top: float, *, across: NDArray[np.float64] | None = None
) -> Points:
    """The series in pixels: [count, 2]. Smooth where there is room, each column's extremes where there is not.

    Values stand an epoch apart, or where `across` says, as rising shares of the plot's width.
    """
    count = len(values)
    x = plot.x + (np.arange(count) / max(1, epochs - 1) if across is None else across) * plot.w
    y = plot.bottom - values / top * plot.h
    if count < 2:
        return np.stack([x, y], axis=1)
    if count <= plot.w and across is not None:
        return np.stack([x, y], axis=1)
    if count <= plot.w:
        pieces = max(1, ceil((x[1] - x[0]) / SAMPLE))  # between two epochs, so that no sample all but hits one
        at = np.append((x[:-1, None] + (x[1] - x[0]) * np.arange(pieces) / pieces).ravel(), x[-1])
        return np.stack([at, monotone(x, y, at)], axis=1)
    starts = np.flatnonzero(np.diff(np.floor(x), prepend=-1.0))
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    return _columns(x[starts], y[starts], y[np.append(starts[1:], count) - 1], low, high)


def long_curve(
    column: Points, series: Series, share: Callable[[Points], Points], epochs: int, plot: Rect
) -> Points | None:
    """`curve` of `share` of a column that has many values a pixel, found from the extremes that `series` keeps.

    `share`, which never falls, says where a value stands, 0 to 1. None where `curve` itself is as quick.
    """
    count, apart = len(column), plot.w / max(1, epochs - 1)
    size = series.stretch(min(count, 1 / (apart * FINE))) if plot.w > 0 else 1
    if size == 1 or count <= plot.w:
        return None
    lowest, highest = series.extremes(column, size)
    step = np.float64(size * apart)  # pixels
    columns = np.arange(plot.x, plot.x + (len(lowest) - 1) * step)
    starts = np.ceil((columns - plot.x) / step).astype(np.int64)
    x: Points = plot.x + starts * step
    first, last = starts * size, np.minimum(np.append(starts[1:] * size, count), count) - 1

    def height(values: Points) -> Points:
        return plot.bottom - share(values) * plot.h

    low, high = np.minimum.reduceat(lowest, starts), np.maximum.reduceat(highest, starts)
    return _columns(x, height(column[first]), height(column[last]), height(high), height(low))


def _columns(x: Points, first: Points, last: Points, low: Points, high: Points) -> Points:
    """The extremes of each column of pixels, in the order in which its values fall or rise; each at its first value."""
    falls = first > last  # towards the top: the lower end comes first
    points = np.stack(
        [np.repeat(x, 2), np.column_stack([np.where(falls, high, low), np.where(falls, low, high)]).ravel()], axis=1
    )
    both = np.ones(len(points), dtype=bool)
    both[1:-1:2] = (high - low)[:-1] >= FLAT  # else the stroke would turn on the spot
    return points[both]


def ribbon(points: Points, half_width: float, colour: Colour) -> NDArray[np.float32]:
    """A stroke along `points`: float32 [6 * (count - 1), 8] triangles for the strip pipeline.

    Where it turns by more than a right angle both pieces end square: rails that were joined there would cross, and
    leave a gap. It never leaves the box of its neighbours by more than `half_width`.
    """
    way = np.diff(points, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    normal = np.stack([-way[:, 1], way[:, 0]], axis=1)
    joined = np.concatenate([normal[:1], normal[:-1] + normal[1:], normal[-1:]])
    joined /= np.maximum(np.hypot(joined[:, 0], joined[:, 1]), 1e-9)[:, None]
    square = np.concatenate([normal[:1], normal])
    miter = 1 / np.maximum((joined * square).sum(axis=1), 0.45)
    reach = half_width + 1.0
    offset = joined * (miter * reach)[:, None]
    sharp = np.concatenate([[False], (normal[:-1] * normal[1:]).sum(axis=1) < 0, [False]])[:, None]
    before, after = np.concatenate([points[:1], points[:-1]]), np.concatenate([points[1:], points[-1:]])
    low = np.minimum(np.minimum(before, after), points) - reach
    high = np.maximum(np.maximum(before, after), points) + reach
    ink = np.tile((*unit(colour), 1.0), (len(way), 1))

    def corner(end: slice, sign: float) -> NDArray[np.float64]:
        """A corner of every piece: on one side of its beginning, or of its end."""
        aside = np.where(sharp[end], normal * reach, offset[end])
        edge = np.tile((sign * reach, half_width), (len(way), 1))
        return np.column_stack([np.clip(points[end] + sign * aside, low[end], high[end]), ink, edge])

    begin, end = slice(None, -1), slice(1, None)
    return _quads(corner(begin, -1.0), corner(begin, 1.0), corner(end, -1.0), corner(end, 1.0))


def dashed(points: Points, half_width: float, colour: Colour, *, dash: float, gap: float) -> NDArray[np.float32]:
    """A stroke along `points` that is drawn for `dash` pixels of its way and left out for `gap`, again and again."""
    way = np.append(0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T)))
    turn = np.arange(0.0, way[-1], dash + gap)
    cuts = distinct(np.minimum(np.concatenate([way, turn, turn + dash]).round(3), way[-1]))  # none all but the same
    along = np.column_stack([np.interp(cuts, way, points[:, axis]) for axis in (0, 1)])
    drawn = (cuts[:-1] + cuts[1:]) / 2 % (dash + gap) < dash
    rows: NDArray[np.float32] = ribbon(along, half_width, colour).reshape(-1, 6, 8)[drawn].reshape(-1, 8)
    return rows


def band(lower: Points, upper: Points, colour: Colour, alpha: float) -> NDArray[np.float32]:
    """What lies between two lines that stand at the same places across: float32 [6 * (count - 1), 8]."""
    look = np.tile((*unit(colour), alpha, 0.0, 0.0), (len(lower), 1))
    low, high = np.column_stack([lower, look]), np.column_stack([upper, look])
    return _quads(high[:-1], low[:-1], high[1:], low[1:])


def area(points: Points, plot: Rect, colour: Colour) -> NDArray[np.float32]:
    """What lies under `points`, fading to nothing at the ground of `plot`: float32 [6 * (count - 1), 8]."""
    count = len(points)
    share = np.clip((plot.bottom - points[:, 1]) / max(1, plot.h), 0, 1)
    rgb, none = np.tile(unit(colour), (count, 1)), np.zeros((count, 2))
    upper = np.column_stack([points, rgb, FILL * share, none])
    ground = np.column_stack([points[:, 0], np.full(count, float(plot.bottom))])
    lower = np.column_stack([ground, rgb, np.zeros(count), none])
    return _quads(upper[:-1], lower[:-1], upper[1:], lower[1:])


def _quads(*corners: NDArray[np.float64]) -> NDArray[np.float32]:
    """Two triangles each, of four corners: first and second at the beginning, first and second at the end."""
    first, second, third, fourth = corners
    return (
        np.stack([first, second, third, third, second, fourth], axis=1).reshape(-1, first.shape[1]).astype(np.float32)
    )
