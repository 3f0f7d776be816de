"""The lines of a file, one at a time, packed by gzip or not: never the whole file, never a line without end."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from scenes.training.epoch import UnusableRun

LONGEST_LINE = 32 * 1024 * 1024  # bytes; the largest network that can be shown has lines of 12 MB
PACKED = b"\x1f\x8b"  # what every gzip begins with, and no line of JSON


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The bytes of the lines in `path`, unpacked as they are read where it is packed. Raises OSError."""
    with path.open("rb") as file:
        packed = file.read(len(PACKED)) == PACKED
        file.seek(0)
        if not packed:
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield cast(BinaryIO, unpacked)


class LineReader:
    """Gives each line with its end, empty ones too; `number` is that of the last one that was looked at, from 1.

    Raises UnusableRun for a line beyond LONGEST_LINE bytes and for a packed file that is damaged or cut off, at the
    line in which that is: all before it have been given. Raises OSError.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.number = 0
        self._file = file

    def __iter__(self) -> "LineReader":
        return self

    def __next__(self) -> bytes:
        self.number += 1
        try:
            line = self._file.readline(LONGEST_LINE)
        except EOFError:
            raise UnusableRun("the packed file is cut off in this line") from None
        except (gzip.BadGzipFile, zlib.error):
            raise UnusableRun("the packed file is damaged in this line") from None
        if not line:
            self.number -= 1
            raise StopIteration
        if len(line) == LONGEST_LINE:
            raise UnusableRun(f"it is longer than {LONGEST_LINE // 1024**2} MB")
        return line
