"""The rows of a table: those that can be cut into the usual number of cells, a few thousand cells at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .table_cells import Cutter, cutter, usual_width, without_last_mark
from .table_problems import CsvError, Problem, nothing_usable
from .table_text import COMMENT, TableText

CELLS_AT_ONCE = 50_000  # to keep all cells of a file would take 20 times the file
MOST_AT_ONCE = 5_000  # rows


@dataclass(frozen=True)
class Piece:
    """Some rows that follow each other: the place of the first, and their columns.

    closely: one of the cells may be written as 1_000, so that they must be looked at one by one.
    """

    first: int
    columns: list[tuple[str, ...]]
    closely: bool

    @property
    def count(self) -> int:
        """How many rows these are."""
        return len(self.columns[0])


@dataclass(frozen=True)
class TableRows:
    """The lines of a table that have `width` cells, with their numbers in the file, and the problems of all others.

    before: the stripped cells of what stands before them and may be the names of the columns, by line: a first line
    that has another number of cells, or a comment that has as many as they.
    """

    cutter: Cutter
    width: int
    numbers: list[int]
    lines: list[str]
    problems: list[Problem]
    before: dict[int, list[str]]

    def pieces(self, first: int) -> Iterator[Piece]:
        """Yield all rows from the `first` on."""
        size = max(1, min(MOST_AT_ONCE, CELLS_AT_ONCE // self.width))
        for start in range(first, len(self.lines), size):
            lines = self.lines[start : start + size]
            columns = list(zip(*self.cutter.rows(lines), strict=True))
            yield Piece(start, columns, any("_" in line for line in lines))


def table_rows(text: TableText) -> TableRows:
    """Return the rows, the first line among them if it has as many cells. CsvError if none can be cut."""
    if not text.lines:
        raise CsvError(nothing_usable([Problem(text.comments[-1][0], "it is a comment, as all lines are")]))
    cut = cutter(text)
    lines = without_last_mark(text.lines, cut.separator)
    widths, problems = list[int](), list[Problem]()
    for number, line in zip(text.numbers, lines, strict=True):
        try:
            widths.append(cut.width(line))
        except ValueError as wrong:
            widths.append(0)
            problems.append(Problem(number, str(wrong)))
    counted = Counter(width for width in widths if width)
    if not counted:
        raise CsvError(nothing_usable(problems))
    width = usual_width(counted)
    sound = [place for place, each in enumerate(widths) if each == width]
    problems += [
        Problem(text.numbers[place], f"it has {each} columns instead of {width}")
        for place, each in enumerate(widths)
        if each not in (0, width)
    ]
    before = _comment(text, cut, width)
    if widths[0] not in (0, 1, width):
        before[text.numbers[0]] = _stripped(cut, lines[0])
    if len(sound) == len(lines):
        return TableRows(cut, width, list(text.numbers), lines, problems, before)
    return TableRows(cut, width, [text.numbers[k] for k in sound], [lines[k] for k in sound], problems, before)


def _stripped(cut: Cutter, line: str) -> list[str]:
    return [cell.strip() for cell in cut.cut(line)]


def _comment(text: TableText, cut: Cutter, width: int) -> dict[int, list[str]]:
    """Return the last comment before the rows, if it has as many cells as they; the mark of a comment may be one."""
    if not text.comments:
        return {}
    number, line = text.comments[-1]
    for words in (line, line.strip().removeprefix(COMMENT)):
        try:
            cells = _stripped(cut, words)
        except ValueError:
            continue
        if len(cells) == width:
            return {number: [cells[0].removeprefix(COMMENT).strip() or cells[0], *cells[1:]]}
    return {}
