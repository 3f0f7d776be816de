"""How far runs of the same settings and other seeds lie apart, epoch by epoch."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Range = tuple[Column, Column]  # the least and the most after each epoch, float64 [epochs] each


@dataclass(frozen=True, eq=False)
class Spread:
    """Of `count` runs; accuracies in percent. What one of them has no more does not count any more."""

    count: int
    loss: Range
    accuracy: Range


def spread_of(losses: Sequence[Column], accuracies: Sequence[Column]) -> Spread:
    """Of one column a run, at least one."""
    return Spread(len(losses), _range(losses), _range(accuracies))


def _range(columns: Sequence[Column]) -> Range:
    longest = max(map(len, columns))
    table = np.full((len(columns), longest), np.nan)
    for row, column in enumerate(columns):
        table[row, : len(column)] = column
    return np.fmin.reduce(table), np.fmax.reduce(table)
