"""The verb `check`: words in, lines and a report out. Exit code 0 if all is as the goldens, 1 if anything differed."""

import argparse
from collections.abc import Callable
from pathlib import Path

from scenes.own_rows import own_rows
from scenes.settings import DESIGN
from scenes.stage import hidden_window

from . import report
from .check import Looks, ServerFor, Sheet, accept, check
from .summary import told

Say = Callable[[str], None]


def run(arguments: argparse.Namespace, *, server: ServerFor, say: Say = print) -> int:
    """Check, then accept and report as asked. Raises ValueError, WindowError or GraphicsError.

    A shot that differed fails the check even when it has just been accepted: an option that was forgotten in a build
    must not let everything pass for ever.
    """
    if arguments.golden and arguments.golden.exists() and not arguments.golden.is_dir():
        raise ValueError(f"--golden {arguments.golden} is no folder")
    if arguments.force and not arguments.accept:
        raise ValueError("--force goes with --accept: it lets a golden be replaced that another driver drew")
    sheets = _checked(arguments, server)
    refused = _accepted(sheets, arguments)
    for line in (line for sheet in sheets for line in told(sheet)):
        say(line)
    for line in refused:
        say(line)
    if arguments.report:
        _write(arguments.report, report.page(sheets, options(arguments)))
        say(f"The report is {arguments.report}.")
    return int(any(sheet.failed for sheet in sheets))


def options(arguments: argparse.Namespace) -> list[str]:
    """The words that make a check like this one again, without scripts and without what it writes."""
    given = {
        "--golden": arguments.golden,
        "--theme": arguments.theme,
        "--scale": arguments.scale,
        "--csv": arguments.csv,
    }
    size = arguments.size and f"{arguments.size[0]}x{arguments.size[1]}"
    return [str(word) for pair in {**given, "--size": size}.items() if pair[1] for word in pair]


def _checked(arguments: argparse.Namespace, server: ServerFor) -> list[Sheet]:
    looks = Looks(
        size=arguments.size or DESIGN,
        theme=arguments.theme or "dark",
        scale=arguments.scale or 1.0,
        csv=own_rows(arguments.csv),
    )
    window = hidden_window()
    try:
        return [
            check(script, golden=arguments.golden, server=server, window=window, looks=looks)
            for script in arguments.scripts
        ]
    finally:
        window.close()


def _accepted(sheets: list[Sheet], arguments: argparse.Namespace) -> list[str]:
    try:
        return accept(sheets, arguments.accept or [], force=arguments.force)
    except OSError as why:
        raise ValueError(f"the golden {why.filename} cannot be written ({why.strerror})") from None


def _write(path: Path, page: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as why:
        raise ValueError(f"the report {path} cannot be written ({why.strerror})") from None
