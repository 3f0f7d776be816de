"""A network in small: its neurons in columns, its strongest links between them. Geometry alone, in numpy."""

import numpy as np
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from scenes.kit.drawing import STILL
from scenes.kit.places import Rect
from scenes.kit.theme import Theme, unit
from scenes.training.epoch import State

MOST_NEURONS = 16  # of a layer
FAINTEST, THINNEST, THICKEST = 0.12, 0.5, 2.4  # opacity of the weakest link; units wide
RADIUS = 3.2  # units, of a neuron
Rows = NDArray[np.float32]
Points = NDArray[np.float64]


def places(shape: tuple[int, ...], inner: Rect) -> list[Points]:
    """Where the neurons of each layer stand, pixels: float64 [neurons, 2]; of a large layer the first ones."""
    columns = []
    for layer, neurons in enumerate(shape):
        count = min(neurons, MOST_NEURONS)
        x = inner.x + inner.w * (layer + 0.5) / len(shape)
        y = inner.y + inner.h * (np.arange(count) + 0.5) / count
        columns.append(np.column_stack([np.full(count, x), y]))
    return columns


def strengths(state: State, other: State | None) -> list[NDArray[np.float64]]:
    """What the links of each layer are drawn by: weights, or how far they are apart from those of `other`; signed."""
    own = [weights[:MOST_NEURONS, :MOST_NEURONS].astype(np.float64) for weights in state.weights]
    if other is None:
        return own
    theirs = [weights[:MOST_NEURONS, :MOST_NEURONS] for weights in other.weights]
    return [mine - their for mine, their in zip(own, theirs, strict=True)]


def comparable(state: State, other: State) -> bool:
    """Whether the two networks have the same shape, so that their weights can be told apart."""
    return [each.shape for each in state.weights] == [each.shape for each in other.weights]


def link_rows(
    columns: list[Points], values: list[NDArray[np.float64]], theme: Theme, scale: float, ink: Colour | None, most: int
) -> Rows:
    """Strokes for the `most` strongest links, float32 [links, 16]: by sign in the theme's inks, or all in `ink`."""
    parts = []
    for before, after, weights in zip(columns, columns[1:], values, strict=False):
        largest = float(np.abs(weights).max()) if weights.size else 0.0
        if largest <= 0:
            continue
        share = (np.abs(weights) / largest).ravel()
        signs, (rows, cols) = weights.ravel() >= 0, np.indices(weights.shape)
        keep = np.argsort(-share, kind="stable")[: most // max(1, len(values))]
        ends = np.column_stack([before[rows.ravel()[keep]], after[cols.ravel()[keep]]])
        tints = np.array([unit(ink or theme.negative), unit(ink or theme.positive)])[signs[keep].astype(int)]
        alpha = FAINTEST + (1 - FAINTEST) * share[keep, None]
        width = (THINNEST + (THICKEST - THINNEST) * share[keep, None]) * scale
        style = np.column_stack([width, np.zeros((len(keep), 3))])
        parts.append(np.column_stack([ends, tints, alpha, style, np.tile(STILL, (len(keep), 1))])[::-1])
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros((0, 16), dtype=np.float32)


def neuron_rows(columns: list[Points], theme: Theme, scale: float) -> Rows:
    """A disc for each neuron, float32 [neurons, 24], as Drawing.shape_rows has them, in the inks of the layers."""
    parts = []
    for layer, points in enumerate(columns):
        ink = theme.layers[0 if layer == 0 else 3 if layer == len(columns) - 1 else 1 + (layer - 1) % 2]
        apart = points[1, 1] - points[0, 1] if len(points) > 1 else np.inf
        radius = min(RADIUS * scale, apart / 3)
        tint = (*unit(ink), 1.0)
        looks = (radius, radius, *tint, *tint, *unit(ink), 0.0, radius, 0.0, 0.0, 0.0, *STILL)
        parts.append(np.column_stack([points, np.tile(looks, (len(points), 1))]))
    return np.concatenate(parts).astype(np.float32)
