"""What every kind of film file offers, and the one error of making films."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # [height, width, 3], from the top row
Size = tuple[int, int]  # width, height in pixels


class FilmError(Exception):
    """A film cannot be made; the message says why, and what to do."""


class Encoder(Protocol):
    """A film being written. What was written before `close` can be played after it, however few frames that are."""

    def write(self, pixels: Pixels) -> None:
        """Add a frame of the size that the film was opened with. Raises FilmError."""
        ...

    def close(self) -> None:
        """Make the file playable. Raises FilmError."""
        ...


Open = Callable[[Path, Size, int], Encoder]  # file or folder, size, frames a second; raises FilmError
