"""The file of one run: written line by line, packed once it is whole, mended where its writer was killed."""

import gzip
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from engine.files import placed, sweep

from .file_lock import hold
from .place import PACKED, PLAIN, id_of

PIECE = 1024 * 1024  # bytes that are packed at once
LEVEL = 6  # of gzip; 9 takes twice the time for a hundredth less
SHORTEST = 2  # lines of a run that is worth keeping: a header and an epoch

Create = Callable[[Path], BinaryIO]


def create(path: Path) -> BinaryIO:
    """A new file without a buffer, so that what is written is out of this process at once. Raises OSError."""
    return open(path, "xb", buffering=0)


class RunFile:
    """The file that a run is written to, in `folder`: `ID.ndjson`, then `ID.ndjson.gz`.

    Each line is one write: a process that is killed leaves whole lines, and at most a part of the last one behind.
    Raises FileExistsError where there is a run of that id, OSError.
    """

    def __init__(self, folder: Path, run: str, *, create: Create = create) -> None:
        self.run = run
        self.path = folder / f"{run}{PLAIN}"
        self.size = 0  # bytes of whole lines
        self.lines = 0
        self._file = create(self.path)
        ours = hold(self._file, unknown=True)
        if not ours or not self._in_place():  # one that mends what was killed came between, and took it for such
            self._file.close()
            raise FileExistsError(f"{run} was taken")
        if self.path.with_name(f"{run}{PACKED}").exists():  # asked once the name is ours: nobody can take it now
            self._file.close()
            self.path.unlink(missing_ok=True)
            raise FileExistsError(f"{run} is there")

    def line(self, line: bytes) -> None:
        """Write it, with a line feed. Raises OSError; then the file is as before, as far as the disk lets it be."""
        left = memoryview(line.strip() + b"\n")
        length = len(left)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError:
            with suppress(OSError):
                self._file.truncate(self.size)
            raise
        self.size += length
        self.lines += 1

    def finish(self) -> Path | None:
        """Pack what there is; the path of it, None where there is no epoch to keep. Raises OSError."""
        try:
            target = packed(self.path) if self.lines >= SHORTEST else None
        finally:
            self.leave()  # before it goes: Windows takes nothing away that is open
        self.path.unlink(missing_ok=True)
        return target

    def leave(self) -> None:
        """Let it lie as it is."""
        with suppress(OSError):
            self._file.close()

    def drop(self) -> None:
        """Take it away, as far as that can be."""
        self.leave()
        with suppress(OSError):
            self.path.unlink()

    def _in_place(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False


def packed(path: Path) -> Path:
    """Put what is in the plain file in place as a packed one, which is on the disk by then. Raises OSError."""
    target = path.with_name(path.name.removesuffix(PLAIN) + PACKED)
    with placed(target) as begun, path.open("rb") as plain, begun.open("wb") as file:
        with gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packing:
            shutil.copyfileobj(plain, packing, PIECE)
        file.flush()
        os.fsync(file.fileno())
    return target


def mended(path: Path) -> bool:
    """Take care of a plain file whose writer was killed: cut off what is no whole line, and pack it.

    Whether that was done: not where it is still being written. What holds no epoch goes. Raises OSError.
    """
    with path.open("r+b") as file:
        if not hold(file, unknown=False):
            return False
        target = path.with_name(path.name.removesuffix(PLAIN) + PACKED)
        sweep(target)
        if target.exists():  # killed between the two steps of packing
            path.unlink(missing_ok=True)
            return True
        whole, lines = _whole_lines(file)
        file.truncate(whole)
        if lines >= SHORTEST:
            packed(path)
        path.unlink(missing_ok=True)
    return True


def mend(folder: Path) -> None:
    """Pack what killed processes have left in the folder, as far as that can be."""
    with suppress(OSError):
        for path in sorted(folder.glob(f"*{PLAIN}")):
            if id_of(path.name):
                with suppress(OSError):
                    mended(path)


def _whole_lines(file: BinaryIO) -> tuple[int, int]:
    """The bytes and the number of the lines that end in a line feed."""
    whole = lines = seen = 0
    while piece := file.read(PIECE):
        if count := piece.count(b"\n"):
            lines += count
            whole = seen + piece.rindex(b"\n") + 1
        seen += len(piece)
    return whole, lines
