"""Tells a header from a row. Reads no cell but those of the first line; the surveys know the lines below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .table_numbers import COMMA, POINT, is_missing, number
from .table_problems import SHOWN
from .table_survey import Survey

YEARS = (1800, 2200)
UNNAMED = "Unnamed: "  # how pandas calls a column without a name, with its number behind


def is_header(cells: Sequence[str], surveys: Sequence[Survey], again: Sequence[int], copies: int) -> bool:
    """Tell whether a line above all others names the columns.

    cells: its stripped cells; surveys: of the lines below; again: how often each cell comes again in its column below;
    copies: how many of the lines below are the same one. It does if it has words above numbers, and none of its other
    words comes again below; or if all of it are words that never come again; or if its numbers count up, as years do,
    and nothing of it comes again.
    """
    numeric = [survey.numbers > 0 and survey.numbers >= survey.words for survey in surveys]
    values = [_value(cell) for cell in cells]
    worded = [not is_missing(cell) and value is None for cell, value in zip(cells, values, strict=True)]
    inputs = range(len(cells) - 1)
    if all(values[each] is None for each in inputs):
        above = any(worded[each] and numeric[each] for each in range(len(cells)))
        if above:
            return not any(worded[k] and not numeric[k] and again[k] > copies for k in range(len(cells)))
        return any(worded) and not any(worded[k] and again[k] for k in range(len(cells)))
    return not any(again) and counts_up(cells)


def counts_up(cells: Sequence[str]) -> bool:
    """Tell whether the numbers among these cells are years, or count from 0 or 1, each one more than the last."""
    values = [value for value in map(_value, cells) if value is not None]
    steps = {after - before for before, after in pairwise(values)}
    if len(steps) != 1 or not all(value.is_integer() for value in values):
        return False
    years = all(YEARS[0] <= value <= YEARS[1] for value in values)
    return (years and min(steps) > 0) or (steps == {1.0} and values[0] in (0, 1) and len(values) > 2)


def has_numbers(cells: Sequence[str]) -> bool:
    """Tell whether any of these stripped cells is a number."""
    return any(_value(cell) is not None for cell in cells)


def column_names(cells: Sequence[str], width: int) -> list[str]:
    """Return the names of all columns: those of the header, if there is one, cut; else their numbers."""
    cells = cells or [""] * width
    return [cell[:SHOWN] or f"column {number}" for number, cell in enumerate(cells, start=1)]


def without_name(cell: str) -> bool:
    """Tell whether a cell of a header is no name of anybody's."""
    return not cell or cell.startswith(UNNAMED)


def _value(cell: str) -> float | None:
    return number(cell, POINT) if number(cell, POINT) is not None else number(cell, COMMA)
