"""The verb `kiosk`: what an operator types, and what the supervisor starts in its turn."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import platformdirs

from engine.resources import ROOT
from scenes.exhibit.rehearsed import rehearse_apart
from scenes.stage import TITLE

from .counters import Counters
from .exhibit import COUNTERS
from .kiosk_file import KioskFile, example, minutes_of, read
from .log_file import LogFile
from .supervisor import Supervisor

LOG = "supervisor.log"


def folder_of(told: KioskFile) -> Path:
    """Where log, counters and day reports go."""
    return Path(told["folder"] or Path(platformdirs.user_data_dir(TITLE, appauthor=False)) / "kiosk")


def print_example() -> None:
    """A file with every key."""
    print(example(), end="")


def supervise(path: Path | None, say: Callable[[str], object]) -> int:
    """Check everything, then keep the exhibit on the screen; the exit code.

    Raises KioskFileError, a ValueError, or ScriptError for what cannot be.
    """
    told = read(path) if path else KioskFile()
    rehearse_apart(told.script, url="", csv=None, scene=told.scene)
    folder = folder_of(told)
    log = LogFile(folder / LOG, datetime.now)

    def heard(line: str) -> None:
        log.say(line)
        say(line)

    restart = told["limits.restart_at"]
    command = [sys.executable, "-P", "-m", "scenes", "kiosk", *([str(path)] if path else []), "--exhibit"]
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    supervisor = Supervisor(
        command,
        counters=Counters(folder / COUNTERS, heard),
        say=heard,
        memory=round(told["limits.memory"]),
        restart_at=minutes_of(restart) if restart else None,
    )
    try:
        return supervisor.run()
    finally:
        log.close()


def exhibit(path: Path | None, *, safe: bool) -> int:
    """The process that the supervisor starts; its exit code."""
    from .exhibit import show

    told = read(path) if path else KioskFile()
    return show(told, folder_of(told), safe=safe)
