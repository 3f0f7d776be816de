"""A run that is read from a file with the lines of docs/protocol.md, packed by gzip or not."""

import errno
import stat
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.retry import Wait, wait_or_cancel
from engine.worker import Cancellation, Report
from scenes.training.epoch import CUT, Ending, UnusableRun
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters

from .line_reader import LineReader, reading
from .plain import plain
from .run_stream import RunStream

AHEAD = 512  # epochs that are read before they are played, at most: thirty ticks at the fastest
AHEAD_BYTES = 32 * 1024 * 1024  # of lines that are read before they are played, unless there are fewer than LEAST_AHEAD
LEAST_AHEAD = 4  # epochs
POLL = 0.05  # seconds until it is asked again how far the playback is


class FileSource:
    """Reads `path` anew for each run; see Source. It is never read as a whole, and never far ahead of the playback.

    What is wrong with it is told once everything before it has been played, so that nothing is lost to the visitor.
    """

    def __init__(self, path: Path, *, wait: Wait = wait_or_cancel, ahead: int = AHEAD) -> None:
        self.takes_parameters = False
        self._path = path
        self._wait = wait
        self._ahead = ahead

    def run(self, _: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        """See Source."""
        through = _Reading(self._path.name, report, cancellation, self._wait, self._ahead)
        try:
            with reading(opened(self._path)) as file:
                return through.whole(file)
        except UnusableRun as why:
            through.played()
            raise self._bad(through, why) from why
        except OSError as why:
            through.played()
            raise unreadable(self._path, why) from why

    def preview(self, _: Parameters) -> None:
        """See Source: what is in the file is told by its run."""

    def refusal(self, _: Parameters) -> str:
        """See Source: it is not asked for anything."""
        return ""

    def close(self) -> None:
        """See Source: nothing is held between two runs."""

    def _bad(self, through: "_Reading", why: UnusableRun) -> RunError:
        name, told = plain(self._path.name), plain(str(why))
        sentence, hint = f"{name} is not a recorded run.", "docs/protocol.md says what its lines hold."
        kind = "from_line" if through.begun else "not_a_run"
        if through.begun:
            sentence = f"{name} cannot be used from line {through.line:,} on."
        if through.shown:
            hint = "All before it has been shown. Mend that line, or open the file again once it is written."
        hint, facts = f"{told[:1].upper()}{told[1:]}. {hint}", {"name": name, "line": through.line}
        return RunError(sentence, hint=hint, code="file", kind=kind, facts=facts)


class _Reading:
    """One pass through the file."""

    def __init__(self, name: str, report: Report, cancellation: Cancellation, wait: Wait, ahead: int) -> None:
        self._lines_read: LineReader | None = None
        self._stream = RunStream(report, name=plain(name))
        self._cancellation = cancellation
        self._wait = wait
        self._most, self._ahead = ahead, ahead

    @property
    def line(self) -> int:
        """The number of the line that is read now; 0 before the first."""
        return self._lines_read.number if self._lines_read else 0

    @property
    def begun(self) -> bool:
        """Whether there was a header."""
        return self._stream.run is not None

    @property
    def shown(self) -> bool:
        """Whether there was an epoch."""
        return self._stream.count > 0

    def whole(self, file: BinaryIO) -> Ending:
        """Raises UnusableRun at the first line that cannot be used, RunError once it is cancelled."""
        for line in self._lines(file):
            self._stream.line(line)
            self._ahead = max(LEAST_AHEAD, min(self._most, AHEAD_BYTES // max(1, len(line))))
            self._wait_for(self._ahead)
        return self._stream.ending or self._cut()

    def played(self) -> None:
        """Wait until all that has been read has been played. Raises RunError once it is cancelled."""
        self._wait_for(0)

    def _lines(self, file: BinaryIO) -> Iterator[bytes]:
        """Each line without its end; empty ones are passed over."""
        lines = LineReader(file)
        self._lines_read = lines
        for line in lines:
            self._check_wanted()  # a packed file of nothing but line feeds has no end within a visitor's patience
            if lines.number == 1:
                line = line.removeprefix(BOM_UTF8)  # some editors begin with a byte order mark
            if line.strip():
                yield self._finished(line)

    def _finished(self, line: bytes) -> bytes:
        """Raises UnusableRun for a last line that was never finished."""
        if not line.endswith((b"\n", b"}")) and self._stream.run:
            raise UnusableRun("the file is cut off in this line")
        return line.strip()

    def _cut(self) -> Ending:
        """The end of a file that has no end line: it just stops, unless all epochs that it promised are there."""
        run, count = self._stream.run, self._stream.count
        if run is None:
            raise UnusableRun("the file is empty")
        if not count:
            raise UnusableRun("the file ends before the first epoch")
        if run.parameters.epochs == count:
            return Ending("complete", "all epochs are in the file")
        return Ending(CUT, "the file ends without saying how the run ended")

    def _wait_for(self, ahead: int) -> None:
        """Wait until at most `ahead` epochs have not been played yet. Raises RunError once it is cancelled."""
        run = self._stream.run
        while run and self._stream.count - run.shown > ahead and not self._cancellation.cancelled:
            self._wait(POLL, self._cancellation)
        self._check_wanted()

    def _check_wanted(self) -> None:
        if self._cancellation.cancelled:
            raise RunError("Stopped.", hint="", code="stopped")


def unreadable(path: Path, why: OSError) -> RunError:
    """Why a file cannot be opened or read, in words."""
    name = plain(path.resolve().name) or plain(str(path))
    told = {
        errno.ENOENT: (f"There is no file {name}.", "Check its name and folder.", "missing", "name"),
        errno.EISDIR: (f"{name} is a folder.", "Name the file in it that holds the run.", "folder", "inside"),
        errno.EACCES: (
            f"{name} may not be read.",
            "Check whom it belongs to and its permissions.",
            "forbidden",
            "permissions",
        ),
    }
    other = (
        f"{name} cannot be read: {why.strerror or 'it gave no reason'}.",
        "Check the disk that it lies on.",
        "",
        "",
    )
    sentence, hint, kind, way_on = told.get(why.errno or 0, other)
    return RunError(sentence, hint=hint, code="file", kind=kind, way_on=way_on, facts={"name": name})


def opened(path: Path) -> Path:
    """`path`, if there is a file that may be read. Raises RunError: before a window is opened for nothing.

    What is no plain file cannot be played a second time, and may keep who opens it waiting for ever.
    """
    try:
        kind = path.stat().st_mode
        if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
            path.open("rb").close()  # a folder says here that it is one
            return path
    except OSError as why:
        raise unreadable(path, why) from why
    hint = "Save what it gives into a file, and open that."
    raise RunError(f"{plain(path.name)} is no plain file.", hint=hint, code="file")
