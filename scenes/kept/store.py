"""Keeps runs as they stream, in a folder with a cap. Whatever the disk does, no run is harmed by being kept."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from scenes.training.sources.keeping import end_line

from .contents import contents
from .index import Index
from .label import label_path, read_label
from .place import Chance, new_id
from .run_file import SHORTEST, Create, RunFile, create, mend

CAP = 2 * 1024**3  # bytes of all runs
TRIES = 16  # ids, where another process begins a run in the same second
STOPPED = "stopped before its last epoch"

Say = Callable[[str], object]


class Full(OSError):
    """The folder is full of runs that somebody wants to have."""


class _Kind(msgspec.Struct):
    type: str = ""


class Store:
    """Makes a keeper for each run (`keeper` is a Keep) that writes it into `folder`, which is made where it is missing.

    At most `cap` bytes are kept: the oldest runs go first, never one with a name, a note or a pin. `say` is told in a
    sentence what cannot be kept. Time and chance are given: each id is made of them.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], datetime],
        chance: Chance,
        say: Say,
        cap: int = CAP,
        create: Create = create,
    ) -> None:
        self.folder = folder
        self.say = say
        self._now, self._chance, self._create = now, chance, create
        self._cap = cap
        self._used = 0  # bytes, since the folder was last looked at
        self._told = False  # that old runs go
        self._mended = False

    def keeper(self) -> "KeptRun":
        """One for the run that comes next."""
        return KeptRun(self)

    def begin(self) -> RunFile:
        """The file of a new run. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._mended:
            self._mended = True
            mend(self.folder)
        self._make_room("")
        for _ in range(TRIES):
            with suppress(FileExistsError):
                return RunFile(self.folder, new_id(self._now(), self._chance), create=self._create)
        raise OSError("no name for it is free")

    def take(self, size: int, run: str) -> None:
        """So many bytes more of that run are about to be written. Raises Full where there is no room for them."""
        self._used += size
        if self._used > self._cap:
            self._make_room(run, size)

    def finished(self) -> None:
        """Let the index know of a new run, so that nobody has to wait for it later."""
        with suppress(OSError):
            Index(self.folder).runs()

    def _make_room(self, run: str, size: int = 0) -> None:
        """Take away old runs but that one, as many as have to go before `size` bytes fit. Raises Full."""
        found = contents(self.folder)
        self._used = sum(files.size for files in found.values()) + size
        if self._used <= self._cap:
            return
        for files in found.values():
            wanted = read_label(label_path(self.folder, files.run)).wanted
            if files.run != run and not wanted and not files.being_written:
                files.remove()
                self._used -= files.size
                self._tell()
            if self._used <= self._cap:
                return
        raise Full(f"the kept runs fill their {in_bytes(self._cap)}, and all of them are wanted")

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self.say(
                f"The kept runs have filled their {in_bytes(self._cap)}: the oldest go, but those with a name, a note "
                "or a pin (python3 viz.py runs)."
            )


class KeptRun:
    """Writes one run; see Keeper."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.run = ""  # its id, once it has a line
        self._file: RunFile | None = None  # none before the first line
        self._last = b""
        self._given_up = False

    def line(self, line: bytes) -> None:
        """See Keeper."""
        if self._given_up:
            return
        try:
            self._file = self._file or self._store.begin()
            self.run = self._file.run
            self._store.take(len(line) + 1, self.run)
            self._file.line(line)
            self._last = line
        except Exception as why:  # whatever it is: the run goes on
            self._give_up(why)

    def close(self, *, stopped: bool) -> None:
        """See Keeper."""
        file, self._file = self._file, None
        if self._given_up or file is None:
            return
        try:
            if stopped and file.lines >= SHORTEST and not _is_end(self._last):
                file.line(end_line("cancelled", STOPPED, file.lines - 1))
            if file.finish():
                self._store.finished()
        except Exception as why:  # what is written lies there, and is packed another time
            self._complain("was not packed", why)

    def _give_up(self, why: Exception) -> None:
        """Keep no more of it. What is there stays, if it is more than a header."""
        self._given_up = True
        file, self._file = self._file, None
        begun = file is not None and file.lines >= SHORTEST
        if file and begun:
            file.leave()
        elif file:
            file.drop()
        self._complain(f"is kept up to epoch {file.lines - 1} only" if file and begun else "is not kept", why)

    def _complain(self, what: str, why: Exception) -> None:
        told = (why.strerror if isinstance(why, OSError) else "") or f"{why}" or type(why).__name__
        self._store.say(f"This run {what}: {told}. It goes on all the same.")


def in_bytes(size: float) -> str:
    """A size in words, such as 1.2 MB."""
    units = ["bytes", "KB", "MB"]
    while units and size >= 1000:
        size /= 1024
        units.pop(0)
    return f"{size:.0f} {units[0]}" if units and (size >= 100 or units[0] == "bytes") else _few(size, units)


def _few(size: float, units: list[str]) -> str:
    return f"{size:.1f}".removesuffix(".0") + f" {units[0] if units else 'GB'}"


def _is_end(line: bytes) -> bool:
    return msgspec.json.decode(line, type=_Kind).type == "end"
