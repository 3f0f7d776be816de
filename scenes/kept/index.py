"""What all kept runs say in short, so that a thousand of them are listed without being read.

The files are the truth. Each row knows how its files looked when they were read; what has changed since is read anew,
so that the index can be missing, old, damaged or in use: then it takes longer, and nothing else.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import msgspec

from engine.files import placed, sweep

from .contents import Files, contents
from .label import label_path, read_label
from .place import began

FILE = "index.sqlite"
PATIENCE = 1.0  # seconds that another process may hold it; then we do without
RUNNING, UNREADABLE = "running", "unreadable"  # the status of a run that is being written, and of what is no run

JSON = ("parameters", "special", "curve")
COLUMNS = (
    *(
        "id",
        "stamp",
        "name",
        "note",
        "pinned",
        "number",
        "source",
        "dataset",
        "title",
        "parameters",
        "special",
        "status",
    ),
    *("reason", "epochs", "planned", "loss", "accuracy", "unseen", "best_unseen", "best_epoch", "seconds", "curve"),
    "bytes",
)
SCHEMA = f"CREATE TABLE runs (id TEXT PRIMARY KEY, {', '.join(COLUMNS[1:])})"  # of another version: not ours
INSERT = f"INSERT OR REPLACE INTO runs VALUES ({', '.join('?' * len(COLUMNS))})"


class Run(msgspec.Struct, frozen=True):
    """One kept run. `began` local time; `bytes` on the disk; all else as in Summary and Label."""

    id: str
    began: str
    name: str
    note: str
    pinned: bool
    number: int | None
    source: str
    dataset: str
    title: str
    parameters: dict[str, Any]
    special: dict[str, str]
    status: str
    reason: str
    epochs: int
    planned: int | None
    loss: float | None
    accuracy: float | None
    unseen: float | None
    best_unseen: float | None
    best_epoch: int | None
    seconds: float | None
    curve: tuple[float, ...]
    bytes: int

    @property
    def line(self) -> str:
        """Its settings as one line, such as `spiral layers=8,8`: the data, and what differs from the default."""
        data = self.dataset or self.title or "figures alone"
        return " ".join([data, *(f"{name}={text}" for name, text in self.special.items())])


class Index:
    """The index of the runs in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE

    def runs(self) -> list[Run]:
        """All of them, newest first. Raises OSError where the folder cannot be read."""
        found = contents(self.folder)
        if not found:
            return []
        try:
            return self._refreshed(found)
        except sqlite3.OperationalError:  # in use for too long, on a full disk, or where nobody may write
            return _apart(found)
        except (sqlite3.DatabaseError, msgspec.MsgspecError, TypeError, ValueError):  # damaged
            return self.rebuild()

    def rebuild(self) -> list[Run]:
        """Make it anew from the files alone; all of them, newest first. Raises OSError as above."""
        found = contents(self.folder)
        if not found and not self.path.exists():
            return []
        sweep(self.path)
        try:
            with placed(self.path) as begun:
                with suppress(FileNotFoundError):
                    begun.unlink()  # of a program that was killed, and had our number
                with closing(sqlite3.connect(begun, isolation_level=None)) as made:
                    runs = _read_anew(made, found)
                with suppress(FileNotFoundError):
                    Path(f"{self.path}-journal").unlink()  # it belongs to what is replaced
            return runs
        except (OSError, sqlite3.Error):
            return _apart(found)

    def _refreshed(self, found: dict[str, Files]) -> list[Run]:
        with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as known:
            (fine,) = known.execute("PRAGMA quick_check(1)").fetchone()
            if fine != "ok":
                raise sqlite3.DatabaseError(fine)
            made = known.execute("SELECT sql FROM sqlite_master WHERE name = 'runs'").fetchone()
            if made and made[0] != SCHEMA:
                raise sqlite3.DatabaseError("it is of another version")
            rows = dict(known.execute("SELECT id, stamp FROM runs")) if made else {}
            if rows != {run: files.stamp for run, files in found.items()}:
                return _read_anew(known, found)
            return _rows(known)


def _read_anew(known: sqlite3.Connection, found: dict[str, Files]) -> list[Run]:
    """Bring the table to what lies in the folder, and give all of it. Raises sqlite3.Error."""
    known.execute("BEGIN IMMEDIATE")
    if not known.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone():
        known.execute(SCHEMA)
    rows: dict[str, str] = dict(known.execute("SELECT id, stamp FROM runs"))
    known.executemany("DELETE FROM runs WHERE id = ?", [(run,) for run in rows if run not in found])
    known.executemany(INSERT, _read(files for run, files in found.items() if rows.get(run) != files.stamp))
    known.execute("COMMIT")
    return _rows(known)


def _apart(found: dict[str, Files]) -> list[Run]:
    """All of them, read from their files, and kept nowhere."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        return _read_anew(made, found)


def _read(files: Iterable[Files]) -> list[tuple[Any, ...]]:
    """A row for each run, as far as it can be read."""
    from .summary import Summary, summarized  # what needs numpy: where nothing is new, nobody waits for it

    rows = []
    for each in files:
        label = read_label(label_path(each.path.parent, each.run))
        try:
            told = summarized(each.path)
        except OSError as why:  # it has gone since, or may not be read
            told = Summary(reason=why.strerror or "")
        values = {**msgspec.structs.asdict(told), **msgspec.structs.asdict(label)}
        values |= {name: msgspec.json.encode(values[name]).decode() for name in JSON}
        values |= {"id": each.run, "stamp": each.stamp, "bytes": each.size, "pinned": int(label.pinned)}
        values |= {"status": RUNNING, "stamp": ""} if each.being_written else {}  # asked again each time
        rows.append(tuple(values[name] for name in COLUMNS))
    return rows


def _rows(known: sqlite3.Connection) -> list[Run]:
    """Raises msgspec.MsgspecError or TypeError for what this program has not written."""
    runs = []
    for row in known.execute(f"SELECT {', '.join(COLUMNS)} FROM runs ORDER BY id DESC"):
        values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        del values["stamp"]
        values |= {name: msgspec.json.decode(values[name]) for name in JSON}
        values |= {"pinned": bool(values["pinned"]), "began": began(values["id"])}
        runs.append(msgspec.convert(values, Run))
    return runs
