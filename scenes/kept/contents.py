"""What lies in the folder: the files of each run, with their sizes, from one look at it."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .file_lock import held
from .label import SUFFIX, label_path
from .place import ID, PLAIN, id_of


@dataclass(frozen=True)
class Files:
    """The files of one run. `size` in bytes of the run's own; `stamp` is another one once any of them has changed."""

    run: str
    path: Path
    size: int
    stamp: str

    @property
    def plain(self) -> bool:
        """Whether it is not packed: still being written, or its writer was killed."""
        return self.path.suffix == PLAIN

    @property
    def being_written(self) -> bool:
        """Whether a process is writing it at this moment."""
        if not self.plain:
            return False
        try:
            with self.path.open("rb") as file:
                return held(file)
        except OSError:
            return False

    def remove(self) -> None:
        """Take the run away with all that is written on it. Raises OSError."""
        self.path.unlink(missing_ok=True)
        self.path.with_name(self.run + PLAIN).unlink(missing_ok=True)
        label_path(self.path.parent, self.run).unlink(missing_ok=True)


def contents(folder: Path) -> dict[str, Files]:
    """The runs in it by their ids, oldest first; none where there is no such folder. Raises OSError."""
    found: dict[str, tuple[str, os.stat_result]] = {}
    labels: dict[str, str] = {}
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            run = id_of(entry.name)
            with suppress(FileNotFoundError):  # it has gone since
                if run and not (run in found and entry.name.endswith(PLAIN)):  # of two, the packed one
                    found[run] = entry.name, entry.stat()
                elif ID.fullmatch(labelled := entry.name.removesuffix(SUFFIX)):
                    labels[labelled] = _stamp(entry.stat())
    return {
        run: Files(run, folder / name, told.st_size, f"{name} {_stamp(told)} {labels.get(run, '')}")
        for run, (name, told) in sorted(found.items())
    }


def _stamp(told: os.stat_result) -> str:
    return f"{told.st_size}.{told.st_mtime_ns}"
