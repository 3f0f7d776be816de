"""Cuts a picture that is larger than a target may be into parts that are drawn one after the other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARGIN = 128  # pixels around a part, drawn and thrown away: blur and bloom look farther than where they are
GRID = 32  # pixels of the coarsest blur's texel: parts begin on whole ones, so that all blur alike

Size = tuple[int, int]  # width, height in pixels
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Part:
    """A rectangle of a picture. Places are pixels of the whole, from its top left."""

    whole: Size
    at: tuple[int, int]
    size: Size  # with margins
    kept: tuple[int, int, int, int]  # left, top, right, bottom without them

    @classmethod
    def all(cls, size: Size) -> "Part":
        """The whole picture in one part."""
        return cls(size, (0, 0), size, (0, 0, *size))

    @property
    def window(self) -> tuple[float, float, float, float]:
        """Its share of the whole, width and height, and where it begins, from the bottom left; 1, 1, 0, 0 for all."""
        (width, height), below = self.whole, self.whole[1] - self.at[1] - self.size[1]
        return self.size[0] / width, self.size[1] / height, self.at[0] / width, below / height

    def projection(self, matrix: Matrix) -> Matrix:
        """The whole picture's projection, float32 [4, 4] for row vectors, off its centre so that it shows this part."""
        if self.size == self.whole:
            return matrix
        scale = np.diag([self.whole[0] / self.size[0], self.whole[1] / self.size[1], 1.0, 1.0])
        scale[3, 0] = (self.whole[0] - 2 * self.at[0] - self.size[0]) / self.size[0]
        scale[3, 1] = (self.size[1] - self.whole[1] + 2 * self.at[1]) / self.size[1]
        return (matrix.astype(np.float64) @ scale).astype(np.float32)


def parts(size: Size, limit: int) -> list[Part]:
    """The parts of a picture of `size`, none with a side above `limit`; one where it fits."""
    width, height = size
    across = _spans(width, limit)
    down = [
        (height - end, height - begin, height - stop, height - start)
        for begin, end, start, stop in _spans(height, limit)
    ]
    return [
        Part(size, (left, top), (right - left, bottom - top), (x0, y0, x1, y1))
        for top, bottom, y0, y1 in down
        for left, right, x0, x1 in across
    ]


def _spans(length: int, limit: int) -> list[tuple[int, int, int, int]]:
    """Begin and end of each span with its margins, then without."""
    if length <= limit:
        return [(0, length, 0, length)]
    core = (limit - 2 * MARGIN) // GRID * GRID
    starts = range(0, length, core)
    ends = [min(length, start + core) for start in starts]
    return [(max(0, a - MARGIN), min(length, b + MARGIN), a, b) for a, b in zip(starts, ends, strict=True)]
