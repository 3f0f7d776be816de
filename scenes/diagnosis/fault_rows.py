"""Plays rows of the fault catalogue off screen, one after the other, and prints what each has shown."""

import json
import shutil
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from engine.window import Window
from scenes import stage

from .rows.catalogue import named
from .rows.ground import Ground
from .rows.row import Fails, NotHere, Row

HOLDS, FAILS, NOT_HERE = "holds", "fails", "not here"
NARROWEST = 40  # characters that what was seen has room for, at least


@dataclass(frozen=True)
class Played:
    """What a row has shown: `verdict` is one of holds, fails, not here; `seen` says what was seen, or why not here."""

    name: str
    fault: str
    injected: str
    verdict: str
    seen: str
    seconds: float


def rows(names: Sequence[str] = (), *, as_json: bool = False, listed: bool = False) -> int:
    """Play those rows, all where none is named, and print a table; 1 if one fails, else 0.

    `listed` only names them. Raises ValueError for a name that there is not.
    """
    wanted = named(names)
    if listed:
        for row in wanted:
            print(f"{row.name:<4} {row.fault}: {row.injected}")
        return 0
    told = []
    with _ground() as fresh:
        for row in wanted:
            told.append(played := play(row, fresh))
            if not as_json:
                print(line(played), flush=True)
    if as_json:
        print(json.dumps([asdict(each) for each in told], indent=1))
    else:
        print(summary(told))
    return 1 if any(each.verdict == FAILS for each in told) else 0


def play(row: Row, fresh: Callable[[], Ground]) -> Played:
    """Bring one row about on a `fresh` ground. Whatever it raises is a row that fails."""
    begun = time.monotonic()
    try:
        verdict, seen = HOLDS, row.play(fresh())
    except Fails as why:
        verdict, seen = FAILS, str(why)
    except NotHere as why:
        verdict, seen = NOT_HERE, str(why)
    except Exception as why:
        verdict, seen = FAILS, f"raised {type(why).__name__}: {why}"
    return Played(row.name, row.fault, row.injected, verdict, seen, round(time.monotonic() - begun, 2))


def line(played: Played) -> str:
    """The lines of a table that tell of one row."""
    head = f"{played.name:<4} {played.verdict:<9} {played.seconds:6.1f} s  "
    room = max(NARROWEST, shutil.get_terminal_size((120, 24)).columns - len(head))
    first = played.fault if played.verdict == NOT_HERE else f"{played.fault} ({played.injected})"
    words = [
        *textwrap.wrap(first, room),
        *textwrap.wrap(played.seen, room - 2, initial_indent="", break_on_hyphens=False),
    ]
    lines = [head + words[0], *(" " * len(head) + each for each in words[1:])]
    return "\n".join(lines)


def summary(told: Sequence[Played]) -> str:
    """How many rows hold, fail, and are not here; which fail."""
    counts = {verdict: [each.name for each in told if each.verdict == verdict] for verdict in (HOLDS, FAILS, NOT_HERE)}
    words = f"{len(told)} rows: {len(counts[HOLDS])} hold, {len(counts[FAILS])} fail, {len(counts[NOT_HERE])} not here"
    fails = f"; these fail: {', '.join(counts[FAILS])}" if counts[FAILS] else ""
    return f"{words}{fails}; {sum(each.seconds for each in told):.0f} s"


@contextmanager
def _ground() -> Iterator[Callable[[], Ground]]:
    """Makes grounds with a folder of their own, and one hidden window, opened by the first row that needs it."""
    opened: list[Window] = []

    @cache
    def window() -> Window:
        opened.append(stage.hidden_window())
        return opened[0]

    with tempfile.TemporaryDirectory(prefix="viz-faults-", ignore_cleanup_errors=True) as folder:
        try:
            yield lambda: Ground(Path(tempfile.mkdtemp(dir=folder)), window)
        finally:
            for each in opened:
                each.close()
