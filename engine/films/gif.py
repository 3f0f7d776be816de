"""An animated GIF: 255 colours a frame, chosen from what has changed, and one that lets the last frame through."""

import io
import struct
from pathlib import Path

import numpy as np

from .animation import Change, Changes, Growing, pillow, steps
from .encoder import FilmError, Pixels, Size

FASTEST = 50  # frames a second: browsers take a delay below 2 hundredths for 10
COLOURS = 255
_THROUGH = 255  # index of the colour that is none
_FOREVER = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"


class GifFilm:
    """Plays for ever. Times are in hundredths of a second."""

    def __init__(self, out: Path, size: Size, fps: int) -> None:
        if fps > FASTEST:
            raise FilmError(f"A .gif shows at most {FASTEST} frames a second: use --fps 30, or a .webp")
        self._image, self._fps, self._count, self._changes = pillow(), fps, 0, Changes()
        self._file = Growing(out, b"GIF89a" + struct.pack("<HHBBB", *size, 0x70, 0, 0) + _FOREVER, tail=b";")

    def write(self, pixels: Pixels) -> None:
        """See Encoder."""
        change = self._changes.next(pixels)
        delay = steps(self._count, self._fps, 100)
        control = b"!\xf9\x04" + struct.pack("<BHB", 0x05, delay, _THROUGH) + b"\0"  # leave; one colour is none
        self._file.add(control + self._still(change))
        self._count += 1

    def close(self) -> None:
        """See Encoder."""
        self._file.close()

    def _still(self, change: Change) -> bytes:
        """The image block: place, its own 256 colours, and the compressed rows as Pillow packs them."""
        image = self._image
        whole = image.fromarray(change.pixels)
        few = whole.quantize(COLOURS, method=image.Quantize.MEDIANCUT)
        indexed = np.where(change.counts, np.asarray(whole.quantize(palette=few)), _THROUGH).astype(np.uint8)
        height, width = indexed.shape
        palette = bytes(few.getpalette() or ())[: COLOURS * 3].ljust(768, b"\0")
        place = b"," + struct.pack("<HHHHB", change.left, change.top, width, height, 0x87)
        packed = image.fromarray(indexed)
        packed.putpalette(palette)
        kept = io.BytesIO()
        packed.save(kept, "GIF", optimize=False, interlace=False)
        return place + palette + _rows(kept.getvalue())


def _rows(gif: bytes) -> bytes:
    """The compressed rows of the one image in `gif`."""
    at = 13 + (3 << (gif[10] & 7) + 1 if gif[10] & 0x80 else 0)
    while gif[at] == 0x21:  # an extension
        at = _after_blocks(gif, at + 2)
    flags = gif[at + 9]
    begin = at + 10 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    return gif[begin : _after_blocks(gif, begin + 1)]


def _after_blocks(gif: bytes, at: int) -> int:
    while gif[at]:
        at += gif[at] + 1
    return at + 1
