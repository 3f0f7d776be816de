"""What a table cannot give: a row that is left out, or a whole file that is refused, each in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 40  # characters of a cell or of a name that a message repeats
MOST_NAMED = 20  # columns that a message lists


class CsvError(ValueError):
    """The file as a whole cannot be used; the message says why and what to do."""


class UnknownColumn(CsvError):
    """The column that was named as the class is none of the file; the message lists those that there are."""


@dataclass(frozen=True)
class Problem:
    """One row that was left out: its line in the file, counted from 1, and the reason in words."""

    line: int
    reason: str


def shown(cell: str) -> str:
    """Return a cell as a message repeats it: in quotes and cut, or "empty"."""
    return "empty" if not cell else repr(cell if len(cell) <= SHOWN else cell[:SHOWN] + "…")


def listed(names: Sequence[str]) -> str:
    """Return names as a message lists them: the first of them, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def nothing_usable(problems: Sequence[Problem]) -> str:
    """Return the sentence about a file without a usable row; it names the first problem."""
    first = problems[0] if problems else Problem(1, "there is nothing but a header")
    return f"No row can be used; the first problem is in line {first.line}: {first.reason}."
