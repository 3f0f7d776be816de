"""A picture that somebody draws by hand, as the pictures are that a network has learned from.

As of the handwritten digits of UCI (Alpaydin & Kaynak 1998): what is drawn is scaled and put in the middle, drawn with
a pen of even width on a grid four times as fine, and each pixel is the share of its 4 by 4 parts that are inked.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .epoch import Floats

FINER = 4  # parts a side of a pixel
PEN = 0.095  # of the side, half the width of the pen: as wide as in those pictures
FILLED = 1.0  # of the side, that the larger side of what is drawn takes
LEAST = 0.02  # of the box that is drawn in: what is smaller is a dot, and is not made larger
SMOOTH = 1.0  # parts over which the edge of the pen fades

Stroke = Sequence[tuple[float, float]]  # points from 0 to 1: from the left, and from the top


def picture(strokes: Sequence[Stroke], side: int) -> Floats:
    """What is drawn as `side` by `side` pixels from 0 to 1, row by row from the top: float32 [side * side]."""
    drawn = [np.array(stroke, dtype=np.float64) for stroke in strokes if len(stroke)]
    if not drawn:
        return np.zeros(side * side, dtype=np.float32)
    every = np.concatenate(drawn)
    low, high = every.min(axis=0), every.max(axis=0)
    size = float((high - low).max())
    scale = (FILLED - 2 * PEN) / size if size > LEAST else 1.0
    fine = side * FINER
    line = (np.arange(fine) + 0.5) / fine
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    away = np.full(len(grid), np.inf)
    for stroke in drawn:
        away = np.minimum(away, _away(grid, (stroke - (low + high) / 2) * scale + 0.5))
    inked = np.clip((PEN - away) * fine / SMOOTH + 0.5, 0.0, 1.0)
    blocks = inked.reshape(side, FINER, side, FINER).mean(axis=(1, 3))
    pixels: Floats = blocks.ravel().astype(np.float32)
    return pixels


def _away(points: NDArray[np.float64], stroke: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each of `points` [points, 2] is from the nearest part of a stroke [corners, 2]."""
    if len(stroke) == 1:
        away: NDArray[np.float64] = np.hypot(*(points - stroke[0]).T)
        return away
    begin, way = stroke[:-1, None], np.diff(stroke, axis=0)[:, None]
    length = np.maximum(np.square(way).sum(axis=2), 1e-18)
    along = np.clip(((points - begin) * way).sum(axis=2) / length, 0.0, 1.0)
    nearest: NDArray[np.float64] = np.square(points - begin - along[..., None] * way).sum(axis=2).min(axis=0)
    return np.sqrt(nearest)
