"""What a check refuses before anything is played: contradictions, and files that it must not overwrite."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from .check import home

PAGES = (".html", ".htm")
MARK = b"<!doctype html>\n<!-- A report of the AI Training Visualizer. -->\n"  # how every report begins


def refuse(arguments: argparse.Namespace) -> None:
    """Raises ValueError that says which words of a check cannot be done, and what to do."""
    if arguments.golden and arguments.golden.exists() and not arguments.golden.is_dir():
        raise ValueError(f"--golden {arguments.golden} is no folder")
    if arguments.force and not arguments.accept:
        raise ValueError("--force goes with --accept: it lets a golden be replaced that another driver drew")
    if arguments.report:
        _refuse_report(arguments.report, [*arguments.scripts, *([arguments.csv] if arguments.csv else [])])
    _refuse_shared(arguments.scripts, arguments.golden)


def _refuse_report(report: Path, inputs: Sequence[Path]) -> None:
    """A report may be a new file, an empty one, or one in the place of an older report."""
    if report.suffix.lower() not in PAGES:
        raise ValueError(f"--report {report} must be a name that ends in {' or '.join(PAGES)}")
    if os.path.realpath(report) in map(os.path.realpath, inputs):
        raise ValueError(f"--report {report} would overwrite what is read: name another file")
    try:
        beginning = _beginning(report)
    except OSError as why:
        raise ValueError(f"the report {report} cannot be written ({why.strerror})") from None
    if beginning not in (b"", MARK):
        raise ValueError(f"--report {report} is a file that no check has written: name another, or delete it")


def _beginning(report: Path) -> bytes:
    """The first bytes of what is there, empty if nothing is. Raises OSError where nothing can ever be."""
    try:
        if report.exists() and not report.is_file():
            raise OSError(0, "it is no plain file")
        with report.open("rb") as file:
            return file.read(len(MARK))
    except FileNotFoundError:
        return b""


def _refuse_shared(scripts: Sequence[Path], golden: Path | None) -> None:
    """Two scripts with one folder of goldens would take each other's shots for their own."""
    homes: dict[str, Path] = {}
    for script in scripts:
        folder = home(script, golden)
        other = homes.get(os.path.realpath(folder))
        if other == script:
            raise ValueError(f"{script} is named twice")
        if other:
            text = f"{other} and {script} would share the goldens in {folder}"
            raise ValueError(f"{text}: rename one, or check each with a --golden of its own")
        homes[os.path.realpath(folder)] = script
