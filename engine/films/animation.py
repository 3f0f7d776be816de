"""What .webp and .gif share: Pillow makes the parts, and only what has changed since the last frame is kept.

The containers are written here, frame by frame: Pillow itself would hold a whole film in memory before it writes one.
"""

import errno
import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from engine.files import beside, sweep

from .encoder import FilmError, Pixels

BLOCK = 16  # pixels of a side: a macroblock of WebP, whose edges stay clean only if it is left out whole
FAINT = 2  # levels of 255 that a pixel may differ from what is shown before its block is sent again
MISSING = (
    "A .webp or .gif needs Pillow, and it is not here: install the extra ai-training-visualizer[capture] "
    "(python3 viz.py film does so by itself), or write a folder of pictures"
)


@dataclass(frozen=True)
class Change:
    """The part of a frame to be sent: its place, its pixels, and which of them count. Sides are 1 pixel at least."""

    left: int
    top: int
    pixels: Pixels
    counts: NDArray[np.bool_]  # [height, width]


class Changes:
    """Compares each frame with what is on the screen, which it remembers."""

    def __init__(self) -> None:
        self._shown: Pixels | None = None

    def next(self, pixels: Pixels) -> Change:
        """What must be sent so that `pixels` is shown. A frame that changes nothing still has one block, uncounted."""
        if self._shown is None:
            self._shown = pixels.copy()
            return Change(0, 0, pixels, np.ones(pixels.shape[:2], dtype=np.bool_))
        changed = _blocks((np.maximum(pixels, self._shown) - np.minimum(pixels, self._shown)).max(axis=2) > FAINT)
        self._shown[changed] = pixels[changed]
        rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
        top, bottom = (rows[0], rows[-1] + 1) if len(rows) else (0, min(BLOCK, len(pixels)))
        left, right = (columns[0], columns[-1] + 1) if len(columns) else (0, min(BLOCK, pixels.shape[1]))
        part = slice(top, bottom), slice(left, right)
        return Change(int(left), int(top), pixels[part], changed[part])


def pillow() -> ModuleType:
    """Pillow's Image module. Raises FilmError where it is not installed."""
    try:
        import PIL.Image
    except ImportError:
        raise FilmError(MISSING) from None
    module: ModuleType = PIL.Image
    return module


class Growing:
    """A file that can be played after each part that was added, whatever happens then: a full disk, or the end.

    `tail` is what such a file ends with; `length` is where it says how long it is, and from where on that counts.
    """

    def __init__(self, out: Path, head: bytes, *, tail: bytes = b"", length: tuple[int, int] | None = None) -> None:
        self._out, self._tail, self._length, self._end = out, tail, length, 0
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            sweep(out)
            if out.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            self._begun = beside(out)
            self._file = self._begun.open("wb", buffering=0)
        except OSError as why:
            raise FilmError(f"{out} cannot be written ({why.strerror}): name another file") from None
        self.add(head)

    def add(self, part: bytes) -> None:
        """Write one more part. Raises FilmError; the file then ends with the part before."""
        try:
            self._write(self._end, part + self._tail)
            self._tell_length(self._end + len(part) + len(self._tail))
        except OSError as why:
            with suppress(OSError):
                self._file.truncate(self._end)
                self._write(self._end, self._tail)
                self._tell_length(self._end + len(self._tail))
            raise FilmError(f"{self._out} cannot be written ({why.strerror}): free some room") from None
        self._end += len(part)

    def close(self) -> None:
        """Add nothing more: the file is whole, and gets its name. Raises FilmError."""
        if self._file.closed:
            return
        try:
            self._file.close()
            os.replace(self._begun, self._out)
        except OSError as why:
            raise FilmError(f"{self._out} cannot be written ({why.strerror}): name another file") from None

    def _write(self, at: int, data: bytes) -> None:
        self._file.seek(at)
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _tell_length(self, whole: int) -> None:
        if self._length:
            self._write(self._length[0], struct.pack("<I", whole - self._length[1]))


def steps(frame: int, fps: int, per_second: int) -> int:
    """How long frame number `frame`, from 0, is shown, in whole units of which `per_second` make a second.

    The rounding does not add up: frame n begins within half a unit of its time.
    """
    return round((frame + 1) * per_second / fps) - round(frame * per_second / fps)


def _blocks(changed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`changed` [height, width], widened to whole blocks."""
    height, width = changed.shape
    whole = np.zeros((-(-height // BLOCK) * BLOCK, -(-width // BLOCK) * BLOCK), dtype=np.bool_)
    whole[:height, :width] = changed
    blocks = whole.reshape(whole.shape[0] // BLOCK, BLOCK, -1, BLOCK).any(axis=(1, 3))
    return blocks.repeat(BLOCK, axis=0).repeat(BLOCK, axis=1)[:height, :width]
