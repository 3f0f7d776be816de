"""A column of a run as charts draw it: its extremes and its smooth form, made of what is new in it alone.

A chart of ten million epochs is as quick as one of a hundred: nothing looks at all of them again.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .smoothing import TAPS, smoothed

STEP = 8  # values that one extreme stands for, and extremes that one of the next level stands for
FIRST = 64  # values that there is room for at first; then twice as many, and so on
WHOLE = 4096  # values up to which all of them are smoothed again

Column = NDArray[np.float64]


class Growing:
    """A column that grows at its end, in constant time a value."""

    def __init__(self) -> None:
        self.count = 0
        self._room = np.zeros(FIRST)

    @property
    def values(self) -> Column:
        """float64 [count]."""
        return self._room[: self.count]

    def extend(self, values: Column) -> None:
        """Have these behind the others."""
        count = self.count + len(values)
        if count > len(self._room):
            room = np.zeros(max(count, 2 * len(self._room)))
            room[: self.count] = self.values
            self._room = room
        self._room[self.count : count] = values
        self.count = count


class Series:
    """The values of a column that grows at its end and never changes before it.

    Every call is given the column as it is now, or as it was earlier: float64 [count].
    """

    def __init__(self) -> None:
        self._low: list[Growing] = []  # of every 8 values, of every 64, and so on
        self._high: list[Growing] = []
        self._smooth = Growing()
        self._smoothed: Series | None = None

    def span(self, column: Column) -> tuple[float, float]:
        """The lowest and the highest of all values, of which there is one at least."""
        size = self.stretch(len(column))
        low, high = self.extremes(column, size)
        return float(low.min()), float(high.max())

    def stretch(self, most: float) -> int:
        """The largest number of values, at most `most`, whose extremes are kept."""
        size = 1
        while size * STEP <= most:
            size *= STEP
        return size

    def extremes(self, column: Column, size: int) -> tuple[Column, Column]:
        """The lowest and highest of each stretch of `size` values, the last of which may be shorter.

        `size` comes from `stretch`, and there are as many values at least.
        """
        if size == 1:
            return column, column
        self._follow(column)
        level, whole = next(k for k in range(64) if STEP ** (k + 1) == size), len(column) // size
        low, high = self._low[level].values[:whole], self._high[level].values[:whole]
        if whole * size == len(column):
            return low, high
        rest = self._rest(column, whole * size, level)
        return np.append(low, rest[0]), np.append(high, rest[1])

    def smooth(self, column: Column) -> tuple["Series", Column]:
        """The column smoothed, float64 [count], as a series of its own."""
        self._smoothed = self._smoothed or Series()
        if len(column) <= WHOLE:
            return self._smoothed, smoothed(column)
        known = self._smooth.count
        if known < len(column):
            begin = max(0, known - TAPS)  # what came earlier counts for nothing
            self._smooth.extend(smoothed(column[begin:])[known - begin :])
        return self._smoothed, self._smooth.values[: len(column)]

    def _rest(self, column: Column, at: int, level: int) -> tuple[float, float]:
        """The extremes from `at` on, where fewer values are left than one of that `level` stands for."""
        lows, highs = [], []
        for k in reversed(range(level)):
            size = STEP ** (k + 1)
            end = len(column) // size
            lows.append(self._low[k].values[at // size : end])
            highs.append(self._high[k].values[at // size : end])
            at = end * size
        lows.append(column[at:])
        highs.append(column[at:])
        return float(np.concatenate(lows).min()), float(np.concatenate(highs).max())

    def _follow(self, column: Column) -> None:
        """Take what is new into the extremes."""
        for kept, take in ((self._low, np.minimum), (self._high, np.maximum)):
            source = column
            for level in self._levels(kept, len(column)):
                new = source[level.count * STEP : len(source) // STEP * STEP]
                if not len(new):
                    break
                level.extend(take.reduce(new.reshape(-1, STEP), axis=1))
                source = level.values

    def _levels(self, kept: list[Growing], count: int) -> Iterator[Growing]:
        for place in range(64):
            count //= STEP
            if not count:
                return
            if place == len(kept):
                kept.append(Growing())
            yield kept[place]
