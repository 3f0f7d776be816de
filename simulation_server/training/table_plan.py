"""How a table is to be read, before any of its numbers is: its header, the class, what becomes of each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .table_columns import (
    CLASS,
    CODED,
    LEFT_OUT,
    NUMBER,
    Column,
    class_position,
    column_of,
    gap_words,
    style_of,
)
from .table_header import column_names, counts_up, has_numbers, is_header, without_name
from .table_matrix import Input
from .table_numbers import COMMA, POINT
from .table_problems import CsvError, Problem
from .table_questions import about_code, about_first_row, about_gaps, about_marks, about_names, about_number_code
from .table_rows import TableRows
from .table_survey import Survey

COUNTED = 100  # rows, to tell the numbers that R gives to them from others
DEAR = 0.1  # of the rows: a column that costs more of them is asked about


@dataclass(frozen=True)
class TablePlan:
    """How each column is read: what becomes of it, the style of its numbers, the spellings of a missing value that are
    values there, and whether nobody named it.

    target: the position of the class; first: the place of the first row below the header; problems: of the lines that
    are no rows; questions: what to ask about it.
    """

    columns: tuple[Column, ...]
    styles: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    unnamed: tuple[bool, ...]
    target: int
    first: int
    problems: tuple[Problem, ...]
    questions: tuple[str, ...]

    @property
    def inputs(self) -> list[Input]:
        """The columns that are learned from."""
        return [
            Input(position, column, self.styles[position])
            for position, column in enumerate(self.columns)
            if column.became in (NUMBER, CODED)
        ]


def table_plan(rows: TableRows, class_column: str | None) -> TablePlan:
    """Look at every cell once, and return how the table is read. UnknownColumn if no column has that name."""
    raw = rows.cutter.cut(rows.lines[0])
    surveys = [Survey(cell, commas=rows.cutter.commas) for cell in raw]
    for piece in rows.pieces(1):
        for survey, column in zip(surveys, piece.columns, strict=True):
            survey.look(column, closely=piece.closely)
    line, head = _head(rows, [cell.strip() for cell in raw], surveys)
    first = int(line == rows.numbers[0])
    questions = [about_names(head)] if counts_up(head) else []
    if not line and counts_up(raw) and not surveys[-1].again:
        questions.append(about_first_row(raw))
    if not first:
        for survey, cell in zip(surveys, raw, strict=True):
            survey.look((cell,), closely=True)
    names = column_names(head, rows.width)
    target = class_position(names, class_column)
    told = [style_of(survey, surveys, rows.cutter.separator) for survey in surveys]
    columns = [
        Column(name, CLASS) if position == target else column_of(name, surveys[position], told[position][1])
        for position, name in enumerate(names)
    ]
    for each, survey, (style, _) in zip(columns, surveys, told, strict=True):
        questions += _about_cells(each, survey, style, len(rows.lines) - first)
    return TablePlan(
        columns=tuple(columns),
        styles=tuple(style for style, _ in told),
        gaps=tuple(map(gap_words, surveys)),
        unnamed=tuple(map(without_name, head or [""] * rows.width)),
        target=target,
        first=first,
        problems=tuple(problem for problem in rows.problems if problem.line != line),
        questions=tuple(questions),
    )


def _head(rows: TableRows, cells: list[str], surveys: Sequence[Survey]) -> tuple[int, list[str]]:
    """Return the number of the line that names the columns, 0 if none does, and its stripped cells."""
    if is_header(cells, surveys, [survey.again for survey in surveys], rows.lines.count(rows.lines[0]) - 1):
        return rows.numbers[0], cells
    numeric = any(survey.numbers for survey in surveys)
    for number, before in rows.before.items():
        if not numeric or has_numbers(before):
            continue
        if len(before) == rows.width:
            if is_header(before, surveys, [0] * rows.width, 0):
                return number, before
        elif len(before) == rows.width - 1 and _names_rows(rows, surveys[0]):
            return number, ["", *before]
        else:
            raise CsvError(
                f"Line {number} names {len(before)} columns, and the rows have {rows.width} cells. Name each of them, "
                "and put a number that has a comma in quotes where commas separate."
            )
    return 0, []


def _names_rows(rows: TableRows, survey: Survey) -> bool:
    """Whether the first column holds names of the rows, as R writes them: words, or the numbers from 1 on.

    Between commas they are quoted; else it may be a number with a comma in it that makes one cell too many.
    """
    if rows.cutter.separator == "," and not all(line.startswith('"') for line in rows.lines):
        return False
    if survey.words > survey.numbers:
        return True
    first = [rows.cutter.cut(line)[0].strip() for line in rows.lines[:COUNTED]]
    return first == [str(number) for number in range(1, len(first) + 1)]


def _about_cells(column: Column, survey: Survey, style: str, rows: int) -> Iterator[str]:
    """Yield what to ask about the cells of a column that is used."""
    if column.became == LEFT_OUT:
        return
    for word in gap_words(survey) if column.became != NUMBER else ():
        yield about_code(column.name, word)
    if column.became == NUMBER and survey.unclear and not survey.told[POINT] and not survey.told[COMMA]:
        yield about_marks(column.name, survey.unclear, style)
    if column.became == NUMBER and survey.code:
        yield about_number_code(column.name, survey.code)
    lost = (
        survey.missing
        - sum(survey.gaps[word] for word in gap_words(survey))
        + (survey.words if column.became == NUMBER else 0)
    )
    if column.became != CLASS and lost > DEAR * rows:
        yield about_gaps(column.name, lost, rows)
