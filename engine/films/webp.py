"""An animated WebP: each frame is a still of what has changed, laid over the last one (RFC 9649)."""

import io
import struct
from pathlib import Path

import numpy as np

from .animation import Change, Changes, Growing, pillow, steps
from .encoder import FilmError, Pixels, Size

QUALITY = 82  # of 100: below it, blocks beside those left out show
LARGEST = 16383  # pixels of a side
_ANIMATED, _ALPHA = 0x02, 0x10  # flags of VP8X


class WebpFilm:
    """Plays for ever. Times are in milliseconds."""

    def __init__(self, out: Path, size: Size, fps: int) -> None:
        if max(size) > LARGEST:
            raise FilmError(f"A .webp has sides of at most {LARGEST} pixels: use a smaller --size")
        self._image, self._fps, self._count, self._changes = pillow(), fps, 0, Changes()
        canvas = bytes((_ANIMATED | _ALPHA, 0, 0, 0)) + _three(size[0] - 1) + _three(size[1] - 1)
        head = b"RIFF\0\0\0\0WEBP" + _chunk(b"VP8X", canvas) + _chunk(b"ANIM", bytes(6))
        self._file = Growing(out, head, length=(4, 8))

    def write(self, pixels: Pixels) -> None:
        """See Encoder."""
        change = self._changes.next(pixels)
        height, width = change.counts.shape
        place = _three(change.left // 2) + _three(change.top // 2) + _three(width - 1) + _three(height - 1)
        shown = _three(steps(self._count, self._fps, 1000)) + b"\0"  # flags: blend over, leave
        self._file.add(_chunk(b"ANMF", place + shown + self._still(change)))
        self._count += 1

    def close(self) -> None:
        """See Encoder."""
        self._file.close()

    def _still(self, change: Change) -> bytes:
        """The chunks of a still picture that is transparent where nothing has changed."""
        alpha = change.counts.astype(np.uint8)[:, :, None] * np.uint8(255)
        kept = io.BytesIO()
        picture = self._image.fromarray(np.concatenate([change.pixels, alpha], axis=2))
        picture.save(kept, "WEBP", quality=QUALITY, method=4)
        chunks, at, data = b"", 12, kept.getvalue()
        while at < len(data):
            end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
            end += end % 2
            if data[at : at + 4] in (b"ALPH", b"VP8 ", b"VP8L"):
                chunks += data[at:end]
            at = end
        return chunks


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
