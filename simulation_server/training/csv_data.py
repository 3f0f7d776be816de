"""Reads a person's own CSV file into a data set, naming every row it cannot use. Opens no file itself."""

from __future__ import annotations

import csv
import math
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .datasets import CSV, Dataset

MOST_ROWS = 100_000
MOST_FEATURES = 64
MOST_CLASSES = 64
LARGEST_NUMBER = 1e15  # squares of larger ones, summed over a file, lose the digits that tell rows apart
DELIMITERS = ",;\t"
LONGEST_CLASS = 60  # characters; longer ones would be cut on the screen, where two might then look alike
SHOWN = 40  # characters of a cell that a message repeats

Row = tuple[int, str]  # line number, counted from 1, and the line


class CsvError(ValueError):
    """The file as a whole cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """One row that was left out: its line in the file, counted from 1, and the reason in words."""

    line: int
    reason: str


@dataclass(frozen=True, eq=False)
class CsvFile:
    """A file as read: the rows that can be used as a data set, and the problems of all others, in file order."""

    dataset: Dataset
    problems: tuple[Problem, ...]


def read_csv(content: bytes) -> CsvFile:
    """Return the usable rows of a file: numeric columns, the last column the class (numbers or words).

    Separated by commas, semicolons or tabs; UTF-8, with or without its mark. A first line whose cells, but for the
    last, are all words is the header. The usual number of cells decides how many columns the file has. Lines are
    read one by one: a quoted cell cannot go on in the next line. Numbers are plain (1, -2.5, 1e-3), with a decimal
    point, or a decimal comma where semicolons separate. CsvError if no two classes or no pair of rows is left.
    """
    filled = _filled(content)
    delimiter = _delimiter([line for _, line in filled])
    rows, width, problems = _sound(filled, delimiter)
    header = _header(_cells(rows[0][1], delimiter), width)
    values, words = array("d"), list[str]()
    for number, line in rows[1:] if header else rows:
        cells = _cells(line, delimiter)  # cut a second time, since to keep all cells would take 20 times the file
        try:
            numbers, word = _numbers(cells, width), _class_word(cells)
        except ValueError as wrong:
            problems.append(Problem(number, str(wrong)))
        else:
            values.extend(numbers)
            words.append(word)
    problems.sort(key=lambda problem: problem.line)
    names = header or [f"column {number}" for number in range(1, width)]
    return CsvFile(_dataset(values, words, names, problems), tuple(problems))


def _filled(content: bytes) -> list[Row]:
    """Return the lines that hold anything."""
    # Bytes that are not UTF-8 become lone surrogates, which the check of each cell finds: one bad line stays one.
    lines = content.decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not filled:
        raise CsvError("The file is empty. Give it one row per line, numbers first and the class last.")
    if len(filled) > MOST_ROWS + 1:
        raise CsvError(f"The file has {len(filled):,} rows. Keep at most {MOST_ROWS:,} of them.")
    return filled


def _sound(filled: Sequence[Row], delimiter: str) -> tuple[list[Row], int, list[Problem]]:
    """Return the lines that can be cut into cells, their usual number of cells, and the other lines."""
    rows, widths, problems = list[Row](), Counter[int](), list[Problem]()
    for number, line in filled:
        try:
            widths[len(_cells(line, delimiter))] += 1
        except ValueError as wrong:
            problems.append(Problem(number, str(wrong)))
        else:
            rows.append((number, line))
    if not rows:
        raise CsvError(_nothing_usable(problems))
    return rows, _usual_width(widths), problems


def _delimiter(lines: Sequence[str]) -> str:
    counts = Counter({mark: sum(mark in line for line in lines[:100]) for mark in DELIMITERS})
    if counts[";"] >= counts[","] and counts[";"]:
        del counts[","]  # where every line has semicolons, commas are decimal
    return counts.most_common(1)[0][0]


def _cells(line: str, delimiter: str) -> list[str]:
    """Return the stripped cells of a line. ValueError, in words, if it is not text or its quotes are broken."""
    if not line.isascii() and any("\udc80" <= letter <= "\udcff" for letter in line):
        raise ValueError("it is not UTF-8 text")
    if '"' not in line:
        cells = line.split(delimiter)
    else:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True, skipinitialspace=True))
        except csv.Error:
            raise ValueError("its quotes do not match") from None
    if delimiter == ";":
        cells = [cell.replace(",", ".") for cell in cells[:-1]] + cells[-1:]
    return [cell.strip() for cell in cells]


def _usual_width(widths: Counter[int]) -> int:
    width = widths.most_common(1)[0][0]
    if width < 2:
        raise CsvError("The rows have one column. Give numbers first and the class last, with commas between.")
    if width > MOST_FEATURES + 1:
        raise CsvError(f"The rows have {width - 1} numeric columns. Keep at most {MOST_FEATURES} of them.")
    return width


def _header(cells: list[str], width: int) -> list[str]:
    """Return the names of the numeric columns, or nothing if the first row is data (or a damaged row of data)."""
    if len(cells) != width or any(_is_number(cell) for cell in cells[:-1]):
        return []
    return [cell[:SHOWN] or f"column {number}" for number, cell in enumerate(cells[:-1], start=1)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _numbers(cells: list[str], width: int) -> list[float]:
    if len(cells) != width:
        raise ValueError(f"it has {len(cells)} columns instead of {width}")
    return [_number(cell, column) for column, cell in enumerate(cells[:-1], start=1)]


def _number(cell: str, column: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if "_" in cell or math.isnan(value):  # float() takes 1_000, which no other program writes
        raise ValueError(f"column {column} is {_shown(cell)}, not a number")
    if abs(value) > LARGEST_NUMBER:
        raise ValueError(f"column {column} is {_shown(cell)}, larger than {LARGEST_NUMBER:g}")
    return value


def _class_word(cells: list[str]) -> str:
    if not cells[-1]:
        raise ValueError("its class is missing")
    if len(cells[-1]) > LONGEST_CLASS:
        raise ValueError(f"its class has {len(cells[-1]):,} characters; at most {LONGEST_CLASS} can be shown")
    return cells[-1]


def _shown(cell: str) -> str:
    return "empty" if not cell else repr(cell if len(cell) <= SHOWN else cell[:SHOWN] + "…")


def _dataset(values: array[float], words: list[str], names: Sequence[str], problems: Sequence[Problem]) -> Dataset:
    counts = Counter(words)
    if not counts:
        raise CsvError(_nothing_usable(problems))
    if len(counts) < 2:
        raise CsvError(f"All usable rows have the class {_shown(words[0])}. Give rows of at least two classes.")
    if len(counts) > MOST_CLASSES:
        raise CsvError(f"The last column has {len(counts):,} different classes. Keep at most {MOST_CLASSES}.")
    if max(counts.values()) < 2:
        raise CsvError("No class has two rows, so none is left to check with. Give each class several rows.")
    classes = sorted(counts, key=_class_order)
    index = {word: label for label, word in enumerate(classes)}
    table = np.array(values).reshape(len(words), len(names))
    labels = np.array([index[word] for word in words], dtype=np.int64)
    return Dataset(CSV, table, table, labels, tuple(names), tuple(classes))


def _class_order(word: str) -> tuple[bool, float, str]:
    """Numbers first, by value, then words by their letters."""
    value = float(word) if _is_number(word) else math.nan
    return (math.isnan(value), 0.0 if math.isnan(value) else value, word)


def _nothing_usable(problems: Sequence[Problem]) -> str:
    first = problems[0] if problems else Problem(1, "there is nothing but a header")
    return f"No row can be used; the first problem is in line {first.line}: {first.reason}."
