"""The verb `check`: words in, lines and a report out. Exit code 0 if all is as the goldens, 1 if anything differed."""

import argparse
from collections.abc import Callable
from pathlib import Path

from scenes.cli.settings import DESIGN
from scenes.stage import hidden_window
from scenes.training.table_file import own_rows

from . import report
from .atomic import replace_all
from .check import PictureOptions, ServerFor, Sheet, accept, add_homeless, check
from .request import refuse
from .summary import told

Say = Callable[[str], None]


def run(arguments: argparse.Namespace, *, server: ServerFor, say: Say = print) -> int:
    """Check, then accept and report as asked. Raises ValueError, WindowError or GraphicsError.

    A shot that differed fails the check even when it has just been accepted: an option that was forgotten in a build
    must not let everything pass for ever.
    """
    refuse(arguments)
    sheets = _checked(arguments, server)
    if not arguments.golden:
        add_homeless(sheets)
    refused = accept(sheets, arguments.accept or [], force=arguments.force)
    for line in (line for sheet in sheets for line in told(sheet)):
        say(line)
    for line in refused:
        say(line)
    reported = not arguments.report or _write(arguments.report, report.page(sheets, options(arguments)), say)
    return int(not reported or any(sheet.failed for sheet in sheets))


def options(arguments: argparse.Namespace) -> list[str]:
    """The words that make a check like this one again, without scripts and without what it writes."""
    given = {
        "--golden": arguments.golden,
        "--theme": arguments.theme,
        "--scale": arguments.scale,
        "--csv": arguments.csv,
        "--class": arguments.class_column,
    }
    size = arguments.size and f"{arguments.size[0]}x{arguments.size[1]}"
    return [str(word) for pair in {**given, "--size": size}.items() if pair[1] for word in pair]


def _checked(arguments: argparse.Namespace, server: ServerFor) -> list[Sheet]:
    options = PictureOptions(
        size=arguments.size or DESIGN,
        theme=arguments.theme or "dark",
        scale=arguments.scale or 1.0,
        csv=own_rows(arguments.csv),
        class_column=arguments.class_column or "",
    )
    window = hidden_window()
    try:
        return [
            check(script, golden=arguments.golden, server=server, window=window, options=options)
            for script in arguments.scripts
        ]
    finally:
        window.close()


def _write(path: Path, page: str, say: Say) -> bool:
    """Whether the page could be written. It is said either way: the verdicts stand."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_all({path: page.encode()})
    except OSError as why:
        say(f"The report {path} cannot be written ({why.strerror}).")
        return False
    say(f"The report is {path}.")
    return True
