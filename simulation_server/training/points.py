"""The two-dimensional point clouds, drawn from a generator, and the features a network may see of them.

Every cloud lies in about -6..6 on both axes (TensorFlow Playground's square), has two classes of equal size,
and takes `noise` as a fraction from 0 to 0.5.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .activations import Array

Labels = NDArray[np.int64]
Cloud = tuple[Array, Labels]

RADIUS = 5.0  # units from the centre to the outermost point, before noise
SPIRAL_TURNS = 1.75  # from the centre to the end of an arm
SPIRAL_NOISE = 1.0  # units a point may move for each unit of noise
CLOUD_NOISE = 3.0  # the same for circle and exclusive-or, whose classes lie further apart
XOR_GAP = 0.3  # units kept free on both sides of the axes
GAUSSIAN_CENTRE = 2.0  # units; the clouds sit at (2, 2) and (-2, -2)
GAUSSIAN_DEVIATION = (0.7, 2.0)  # units, without noise and with noise 0.5

FEATURES: dict[str, Callable[[Array, Array], Array]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x²": lambda x, y: x * x,
    "y²": lambda x, y: y * y,
    "xy": lambda x, y: x * y,
    "sin x": lambda x, y: np.sin(x),
    "sin y": lambda x, y: np.sin(y),
}
DEFAULT_FEATURES = ("x", "y", "x²", "y²")
CLASSES = ("A", "B")


def circle(generator: np.random.Generator, *, count: int, noise: float) -> Cloud:
    """Return a disc (class 0) inside a ring (class 1): points (count, 2) and labels (count,)."""
    labels = _alternating(count)
    inner, outer = np.where(labels, 0.7, 0.0) * RADIUS, np.where(labels, 1.0, 0.5) * RADIUS
    radius = generator.uniform(inner, outer)
    angle = generator.uniform(0.0, 2.0 * np.pi, count)
    return _polar(radius, angle) + _shift(generator, count, reach=CLOUD_NOISE * noise), labels


def exclusive_or(generator: np.random.Generator, *, count: int, noise: float) -> Cloud:
    """Return four squares, opposite ones of one class: class 0 where x and y have the same sign."""
    labels = _alternating(count)
    sizes = generator.uniform(XOR_GAP, RADIUS, (count, 2))
    side = generator.choice((-1.0, 1.0), count)
    signs = np.column_stack([side, np.where(labels, -side, side)])
    return sizes * signs + _shift(generator, count, reach=CLOUD_NOISE * noise), labels


def gaussians(generator: np.random.Generator, *, count: int, noise: float) -> Cloud:
    """Return two normal clouds around (2, 2) and (-2, -2); noise widens them until they overlap."""
    labels = _alternating(count)
    narrow, wide = GAUSSIAN_DEVIATION
    centres = np.where(labels, -GAUSSIAN_CENTRE, GAUSSIAN_CENTRE)[:, None]
    deviation = narrow + (wide - narrow) * 2.0 * noise
    return centres + generator.normal(0.0, deviation, (count, 2)), labels


def spiral(generator: np.random.Generator, *, count: int, noise: float) -> Cloud:
    """Return two interleaved spiral arms, the second half a turn behind the first."""
    labels = _alternating(count)
    along = np.arange(count) // 2 / max(1, (count - 1) // 2)
    angle = 2.0 * np.pi * SPIRAL_TURNS * along + np.pi * labels
    return _polar(RADIUS * along, angle) + _shift(generator, count, reach=SPIRAL_NOISE * noise), labels


CLOUDS = {"circle": circle, "exclusive-or": exclusive_or, "gaussians": gaussians, "spiral": spiral}


def seen(points: Array, features: tuple[str, ...]) -> Array:
    """Return the named features of points (rows, 2) as (rows, features), unscaled."""
    x, y = points[:, 0], points[:, 1]
    return np.column_stack([FEATURES[name](x, y) for name in features])


def _alternating(count: int) -> Labels:
    return np.arange(count, dtype=np.int64) % 2


def _polar(radius: Array, angle: Array) -> Array:
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def _shift(generator: np.random.Generator, count: int, *, reach: float) -> Array:
    return generator.uniform(-reach, reach, (count, 2))
