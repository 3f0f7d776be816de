"""Where runs are kept, and what each is called: by the moment it began, so that names sort as time goes."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import platformdirs

OWNER = "AI Training Visualizer"  # whose data folder it is
FOLDER = "runs"
PLAIN, PACKED = ".ndjson", ".ndjson.gz"  # while it is written, and once it is whole
SIGNS = "23456789bcdfghjkmnpqrstvwxz"  # of a suffix: none is taken for another, and they make no words
SUFFIX = 4  # signs
ID = re.compile(rf"\d{{8}}-\d{{6}}-[{SIGNS}]{{{SUFFIX}}}", re.ASCII)

Chance = Callable[[], float]  # 0 up to 1


def usual_folder() -> Path:
    """In the folder that the system keeps for a user's data; it need not be there yet."""
    return Path(platformdirs.user_data_dir(OWNER, appauthor=False)) / FOLDER


def kept_id(path: Path) -> str:
    """The id of the run in that file, if it is one that is kept for this user; else nothing."""
    return id_of(path.name) if path.resolve().parent == usual_folder().resolve() else ""


def new_id(now: datetime, chance: Chance) -> str:
    """What a run that begins `now` is called, such as 20260127-184434-k3f7."""
    return f"{now:%Y%m%d-%H%M%S}-" + "".join(SIGNS[int(chance() * len(SIGNS))] for _ in range(SUFFIX))


def began(run: str) -> str:
    """When the run of that id began, local time, such as 2026-01-27 18:44:34."""
    day, time, _ = run.split("-")
    return f"{day[:4]}-{day[4:6]}-{day[6:]} {time[:2]}:{time[2:4]}:{time[4:]}"


def id_of(name: str) -> str:
    """The id of the run that a file of that name holds; empty if it is none of ours, which is then left alone."""
    for suffix in (PACKED, PLAIN):
        if name.endswith(suffix) and ID.fullmatch(run := name.removesuffix(suffix)):
            return run
    return ""
