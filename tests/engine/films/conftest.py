"""An app without OpenGL whose picture says at which tick it was drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class Painter:
    """App and renderer in one: a dark slope on which a bright box moves two pixels a tick."""

    def __init__(self, size: tuple[int, int] = (96, 64)) -> None:
        self.size = size
        self.ticks = self.drawn = 0
        self.renderer = self

    def draw(self) -> None:
        self.drawn = self.ticks

    def pixels(self) -> Pixels:
        return self.picture(self.drawn)

    def picture(self, tick: int) -> Pixels:
        """What tick number `tick` looks like."""
        width, height = self.size
        rows, columns = np.mgrid[:height, :width]
        picture = np.stack([columns // 4, rows // 4, 20 + columns // 8], axis=2).astype(np.uint8)
        left = 2 * tick % (width - 16)
        picture[16:32, left : left + 16] = (230, 90, 40)
        return picture


class Kept:
    """An encoder that keeps what it gets, and how it was opened."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.opened: list[tuple[Any, ...]] = []
        self.closed = 0

    def __call__(self, *how: Any) -> Kept:
        self.opened.append(how)
        return self

    def write(self, pixels: Pixels) -> None:
        self.frames.append(pixels.tobytes())

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(scope="session")
def painter() -> Any:
    """Makes one, of a size."""
    return Painter


@pytest.fixture(scope="session")
def kept() -> Any:
    """Makes one."""
    return Kept
