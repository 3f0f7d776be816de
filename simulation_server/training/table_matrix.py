"""Turns the columns of a table into numbers, a piece at a time, and says of each row that cannot be used why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .activations import Array
from .table_columns import CODED, TRUTH, Column
from .table_numbers import LARGEST_NUMBER, POINT, SPELLED, digits_of, is_missing, number
from .table_problems import shown
from .table_rows import Piece

LONGEST_CLASS = 60  # characters; longer ones would be cut on the screen, where two might then look alike

Complain = Callable[[int, str], object]  # the place of a row in its piece, and what is wrong with it


@dataclass(frozen=True)
class Input:
    """A column that is learned from: its position among the cells, and the style of its numbers."""

    position: int
    column: Column
    style: str = POINT

    def values(self, piece: Piece, complain: Complain) -> Array:
        """Return the inputs (rows, inputs) that its cells make; what is complained of is not a number there."""
        cells = piece.columns[self.position]
        if self.column.became == CODED:
            return self._coded(cells, complain)
        quick = None if piece.closely else self._with_gaps(cells, complain)
        if quick is None:
            quick = np.array([self._number(cell.strip(), row, complain) for row, cell in enumerate(cells)])
        return quick[:, None]

    def _with_gaps(self, cells: Sequence[str], complain: Complain) -> Array | None:
        """Return all numbers at once, whichever are missing, or None if any needs a closer look."""
        quick = self._quick(cells)
        if quick is None:
            quick = self._quick(["0" if cell in SPELLED else cell for cell in cells])
            for row, cell in enumerate(cells) if quick is not None else ():
                if cell in SPELLED:
                    self._number(cell, row, complain)
        return quick

    def _quick(self, cells: Sequence[str]) -> Array | None:
        """Return all numbers at once, or None if any is missing, too large, or not written as most are."""
        plain = _floats(cells) if self.style == POINT else None
        values = _floats(digits_of("\n".join(cells), self.style)) if plain is None else plain
        if values is None or not np.abs(values).max() <= LARGEST_NUMBER:
            return None
        return values

    def _number(self, cell: str, row: int, complain: Complain) -> float:
        value = None if is_missing(cell) else number(cell, self.style)
        if value is None:
            complain(row, f"column {self.position + 1} is {shown(cell)}, not a number")
        elif abs(value) > LARGEST_NUMBER:
            complain(row, f"column {self.position + 1} is {shown(cell)}, larger than {LARGEST_NUMBER:g}")
        else:
            return value
        return np.nan

    def _coded(self, cells: Sequence[str], complain: Complain) -> Array:
        """Return a 1 for the word of each row among zeros, or the one number that stands for TRUE and FALSE."""
        truth = self.column.words == TRUTH and self.column.inputs == 1
        order = {word: label for label, word in enumerate(self.column.words)}
        labels = np.zeros(len(cells), dtype=np.int64)
        for row, padded in enumerate(cells):
            cell = padded.strip()
            label = order.get(cell.upper() if truth else cell)
            if label is None:
                complain(row, self._unread(cell))
            else:
                labels[row] = label
        return labels[:, None].astype(float) if truth else np.eye(len(order))[labels]

    def _unread(self, cell: str) -> str:
        where = f"column {self.position + 1} is {shown(cell)}"
        return f"{where}, not a value" if is_missing(cell) else f"{where}, none of the words of that column"


def _floats(cells: Sequence[str] | None) -> Array | None:
    try:
        return None if cells is None else np.array(list(map(float, cells)))
    except ValueError:
        return None


def class_words(cells: Sequence[str], gaps: tuple[str, ...], complain: Complain) -> list[str]:
    """Return the class of each row, in words; what is complained of is empty there."""
    known = dict[str, str]()
    words = list[str]()
    for row, padded in enumerate(cells):
        word = known.get(padded)
        if word is None:
            word = padded.strip()
            wrong = "" if word in gaps else _wrong_class(word)
            if wrong:
                complain(row, wrong)
                words.append("")
                continue
            known[padded] = word
        words.append(word)
    return words


def _wrong_class(word: str) -> str:
    if is_missing(word):
        return "its class is missing"
    if len(word) > LONGEST_CLASS:
        return f"its class has {len(word):,} characters; at most {LONGEST_CLASS} can be shown"
    return ""
