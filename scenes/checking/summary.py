"""What a check says in a terminal: a line a script, and under it what differs."""

import shlex
from collections.abc import Iterator, Sequence

from engine.resources import ROOT

from .check import Sheet
from .verdict import BY_HASH, Verdict

INDENT = "  "


def told(sheet: Sheet) -> Iterator[str]:
    """The lines for one script."""
    differing = [verdict for verdict in sheet.verdicts if verdict.problems]
    count = f"{len(sheet.verdicts)} shot{'' if len(sheet.verdicts) == 1 else 's'}"
    state = f"{len(differing)} of {count} failed" if differing else f"{count} as the goldens ({_gates(sheet)})"
    yield f"{sheet.script.name}: {state if sheet.verdicts else 'nothing was compared'}"
    yield from (INDENT + line for line in sheet.lines)
    for verdict in differing:
        yield from _problems(verdict, accepted=verdict.name in sheet.accepted)
    rest = [name for name in sheet.accepted if name not in {verdict.name for verdict in differing}]
    yield from (f"{INDENT}{name}: accepted, though it passed" for name in rest)


def command(*words: object) -> str:
    """What to type to run this program with `words`, quoted for a shell."""
    program = "python3 viz.py" if (ROOT / "viz.py").is_file() else "training-visualizer"
    return f"{program} {shlex.join(map(str, words))}"


def accept_command(sheet: Sheet, names: Sequence[str], words: Sequence[str]) -> str:
    """What accepts the shots called `names`; `words` are the options that the check was given."""
    return command("check", sheet.script, *words, "--accept", *names)


def _gates(sheet: Sheet) -> str:
    """By which gate the shots passed, and how near to its limit."""
    exact = [verdict for verdict in sheet.verdicts if verdict.gate == BY_HASH]
    others = [verdict for verdict in sheet.verdicts if verdict.gate != BY_HASH]
    if not others:
        return "the same bytes"
    alike = f"{max(others, key=lambda each: each.ratio).passed_by} at most"
    return f"{len(exact)} the same bytes, {len(others)} {alike}" if exact else alike


def _problems(verdict: Verdict, *, accepted: bool) -> Iterator[str]:
    yield from (f"{INDENT}{verdict.name}: {problem}" for problem in verdict.problems)
    if accepted:
        yield f"{INDENT}{verdict.name}: accepted: look at it, then check again"
