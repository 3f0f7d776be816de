"""Finds the columns that only number the rows: nothing about new rows can be learned from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from .activations import Array
from .table_columns import NUMBER, Column
from .table_questions import about_identifier, about_row_numbers

FEWEST_COUNTED = 5  # rows that a column must count to be told from numbers that happen to rise
FEWEST_RISING = 20  # rows in which whole numbers rise before they are asked about
IDENTIFIER = re.compile(r"(?i:(?:^|[\W_])(?:id|idx|index|key|no|nr|row|uid)$)|(?<=[a-z])I[dD]$")  # names of such
COUNTS = "it counts the rows, and nothing about new rows can be learned from that"


@dataclass(frozen=True)
class Checked:
    """The columns of a table as they are after that check, which inputs (a bool each) stay, and what to ask."""

    columns: tuple[Column, ...]
    kept: list[bool]
    questions: list[str]


def without_row_numbers(columns: tuple[Column, ...], unnamed: tuple[bool, ...], table: Array, rows: int) -> Checked:
    """Leave out the columns that count up by one from 0 or 1 through the rows of a file, as R and pandas write them.

    One that is called an identifier need not be in order. table (usable rows, inputs): what the columns make; unnamed:
    a bool for each column; rows: how many the file has.
    """
    checked, kept, questions, at = list[Column](), list[bool](), list[str](), 0
    for column, nameless in zip(columns, unnamed, strict=True):
        values = table[:, at : at + column.inputs]
        at += column.inputs
        if column.became != NUMBER or not _numbers_rows(values[:, 0], column.name):
            checked.append(column)
            kept += [True] * column.inputs
        elif _counts(values[:, 0], rows):
            checked.append(column.left_out(COUNTS))
            kept += [False]
            questions += [] if nameless else [about_row_numbers(column.name)]
        else:
            checked.append(column)
            kept += [True]
            questions += [about_identifier(column.name)] if len(values) >= FEWEST_RISING else []
    return Checked(tuple(checked), kept, questions)


def _numbers_rows(values: Array, name: str) -> bool:
    """Whether these are whole numbers that rise, or, in a column that is called so, another one in each row."""
    if len(values) < FEWEST_COUNTED:
        return False
    in_order = values if not IDENTIFIER.search(name) else np.sort(values)
    return bool((in_order[1:] > in_order[:-1]).all() and (values == np.floor(values)).all())


def _counts(values: Array, rows: int) -> bool:
    """Whether these whole numbers, each another one, are places among `rows`, some of which were left out."""
    least, most = values.min(), values.max()
    return bool(0 <= least <= 1 + rows - len(values) and most <= rows and most - least < rows)
