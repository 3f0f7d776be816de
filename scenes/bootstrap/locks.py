"""Which lock file a command needs: what writes films, or figures, is fetched by the first one that wants it."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

RUNTIME_LOCK, DEVELOPMENT_LOCK = "requirements.lock", "requirements-dev.lock"
CAPTURE_LOCK, VIDEO_LOCK = "requirements-capture.lock", "requirements-video.lock"
FIGURES_LOCK = "requirements-figures.lock"
FIGURES = (".svg", ".pdf", ".png")  # kinds of files that a chart is written as
DEEPEST = 8  # scripts that include each other
LOCKS = (RUNTIME_LOCK, CAPTURE_LOCK, VIDEO_LOCK, FIGURES_LOCK, DEVELOPMENT_LOCK)  # each holds all of those before it


def lock_for(arguments: argparse.Namespace, root: str) -> str:
    """The smallest lock with all that the command imports."""
    from shutil import which

    if arguments.verb == "test":
        return DEVELOPMENT_LOCK
    if arguments.verb == "runs" and arguments.act == "export" and arguments.to.suffix.lower() in FIGURES:
        return FIGURES_LOCK
    kinds = {arguments.out.suffix.lower()} if arguments.verb == "film" else set()
    if arguments.verb == "play" and arguments.script:  # a recording has none yet
        kinds = _asked_for(arguments.script, Path(root, "assets", "scripts", arguments.script.name))
    if ".mp4" in kinds:
        from engine.films.h264 import writes_h264

        found = which("ffmpeg")
        if not found or not writes_h264(found):
            return VIDEO_LOCK
    return CAPTURE_LOCK if kinds & {".webp", ".gif"} else RUNTIME_LOCK


def _asked_for(script: Path, bundled: Path) -> set[str]:
    """The kinds of the films in a script, and in those that it includes."""
    names = _films(script if script.is_file() else bundled, DEEPEST)
    return {Path(name).suffix.lower() or ".mp4" for name in names if not name.endswith("/")}


def _films(script: Path, deep: int) -> list[str]:
    """Their names. What is wrong with a script is for the program to say."""
    try:
        text = script.read_text(encoding="utf-8-sig")
        asked = [line for line in text.splitlines() if line.split()[:1] in (["film"], ["include"])]
        lines = [line for line in (shlex.split(each, comments=True) for each in asked) if len(line) > 1]
    except (OSError, ValueError):
        return []
    included = [script.parent / name for verb, name, *_ in lines if verb == "include" and deep]
    films = [name for verb, name, *_ in lines if verb == "film"]
    return films + [name for each in included for name in _films(each, deep - 1)]
