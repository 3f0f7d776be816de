"""A log that cannot fill the disk, and that nothing can break: lines of a sensible length in a few files.

The file is opened for each line and closed again, so that a stick which was pulled out, or a folder that was cleared,
is found as it is.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock

LONGEST = 2000  # characters of a line, with its time
FOLDED = timedelta(minutes=10)  # after which repeats are counted out though no other line came
# What would draw over other lines or pretend to be one, and halves of characters, which no file can hold.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class LogFile:
    """Writes lines into `path`, each with the time that `now` gives. May be used from several threads.

    No file grows beyond `largest` bytes, unless one line alone is longer. A full one becomes `NAME.1`, that one
    `NAME.2`, and of those `kept` stay. The folder is made if it is missing now, but not later. Raises ValueError where
    `largest` is below 1 or `kept` below 0; no failure of the disk raises.
    """

    def __init__(self, path: Path, now: Callable[[], datetime], *, largest: int = 1_000_000, kept: int = 5) -> None:
        if largest < 1 or kept < 0:
            raise ValueError(f"A log of {largest} bytes with {kept} old ones is none: take 1 or more, and 0 or more")
        self._path, self._now, self._largest, self._kept = path, now, largest, kept
        self._lock = RLock()  # a signal may say something while a line is being written by the same thread
        self._last: str | None = None  # the line that was written last, without its time
        self._repeats = 0  # how often it came since
        self._told = datetime.min  # when it was written, or its repeats were
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)

    def say(self, line: str) -> bool:
        """Write `line`, or count it where it is the one before again. False if it could not be written."""
        text = _plain(line)
        with self._lock:
            now = self._now()
            if text != self._last:
                return self._write(now, *self._counted(), text, last=text)
            self._repeats += 1
            if abs(now - self._told) < FOLDED:  # abs: the clock may have been set back
                return True
            return self._write(now, *self._counted(), last=text)

    def close(self) -> None:
        """Write how often the last line came again. Nothing else is open: what is said later is still written."""
        with self._lock:
            if self._repeats:
                self._write(self._now(), *self._counted(), last=None)

    def _counted(self) -> list[str]:
        if not self._repeats:
            return []
        return [f"(the line before came {self._repeats} time{'s' if self._repeats > 1 else ''} more)"]

    def _write(self, now: datetime, *lines: str, last: str | None) -> bool:
        """Write `lines`; only if that went well, `last` is the line that may come again, with no repeats so far."""
        stamped = (f"{now:%Y-%m-%d %H:%M:%S} {line}" for line in lines)
        data = "".join(f"{_cut(line)}\n" for line in stamped).encode()
        try:
            written = self._append(data)
        except OSError:
            return False
        if written:
            self._last, self._repeats, self._told = last, 0, now
        return written

    def _append(self, data: bytes) -> bool:
        """Add `data` to the file whole, or leave the file as it is and return False. Raises OSError."""
        size = self._size()
        if size and size + len(data) >= self._largest:  # not only above: a lost line end may have to be added
            self._move_on()
        with self._path.open("a+b", buffering=0) as file:
            before = file.seek(0, os.SEEK_END)
            if before:
                file.seek(before - 1)
                if file.read(1) != b"\n":  # the power failed in the middle of a line
                    data = b"\n" + data
            try:
                whole = file.write(data) == len(data)
            except OSError:
                whole = False
            if not whole:
                file.truncate(before)  # half a line would be glued to the next one
            return whole

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def _move_on(self) -> None:
        """Make each old file one older, from the oldest on, and the file the first of them. Raises OSError."""
        for old in self._path.parent.iterdir():
            found = re.fullmatch(rf"{re.escape(self._path.name)}\.([1-9][0-9]{{0,5}})", old.name)
            if found and int(found[1]) >= self._kept:
                old.unlink()
        if self._kept == 0:
            self._path.unlink()
            return
        for number in range(self._kept - 1, 0, -1):
            with suppress(FileNotFoundError):
                os.replace(self._old(number), self._old(number + 1))
        os.replace(self._path, self._old(1))

    def _old(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")


def _plain(line: str) -> str:
    """`line` with all that is no character to be seen as \\x0a or \\u2028, and no longer than a line may be."""
    return _cut(UNSEEN.sub(lambda found: _escaped(ord(found[0])), line[: LONGEST + 1]))


def _escaped(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
