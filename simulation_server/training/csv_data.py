"""Reads a person's own table into a data set, naming every row and column it cannot use. Opens no file itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .activations import Array
from .datasets import CSV, Dataset
from .points import Labels
from .table_classes import classes_of, simplest
from .table_columns import CODED, LEFT_OUT, Column
from .table_matrix import class_words
from .table_plan import TablePlan, table_plan
from .table_problems import CsvError, Problem, UnknownColumn, nothing_usable
from .table_questions import about_classes
from .table_row_numbers import without_row_numbers
from .table_rows import TableRows, table_rows
from .table_text import MOST_ROWS, table_text

__all__ = ["MOST_FEATURES", "MOST_ROWS", "Column", "CsvError", "CsvFile", "Problem", "UnknownColumn", "read_csv"]

MOST_QUESTIONS = 20  # about a file; the first ones matter most
MOST_FEATURES = 64  # inputs of the network, each coded word among them


@dataclass(frozen=True, eq=False)
class CsvFile:
    """A file as read: the rows that can be used as a data set, and the problems of all others, in file order.

    `columns` says what became of each column of the file, in its order; `questions` are sentences that ask whether what
    was read is what was meant.
    """

    dataset: Dataset
    problems: tuple[Problem, ...]
    columns: tuple[Column, ...]
    questions: tuple[str, ...]


def read_csv(content: bytes | str, *, class_column: str | None = None) -> CsvFile:
    """Return the usable rows of a table; the class is the last column, or the one that is named.

    Separated by commas, semicolons, tabs, strokes or blanks; bytes are UTF-8, with or without its mark. Numbers have a
    decimal point or a decimal comma, as their column shows; thousands may be grouped. Each word of a column becomes an
    input of its own, TRUE and FALSE one together. What counts the rows, or has nearly another word in each, is left
    out. The usual number of cells decides how many columns the file has. Lines are read one by one: a quoted cell
    cannot go on in the next line. CsvError if no two classes, no pair of rows or nothing to learn from is left, or what
    a row is cannot be told; UnknownColumn if no column has the name that `class_column` is.
    """
    rows = table_rows(table_text(content))
    plan = table_plan(rows, class_column)
    _check_width(plan)
    table, words, spoiled = _read(rows, plan)
    problems = sorted((*plan.problems, *spoiled), key=lambda problem: problem.line)
    if not words:
        raise CsvError(nothing_usable(problems))
    style, name = plan.styles[plan.target], plan.columns[plan.target].name
    labels, classes = _labels(words, style, name, last=plan.target == rows.width - 1)
    checked = without_row_numbers(plan.columns, plan.unnamed, table, len(words) + len(problems))
    features = tuple(feature for column in checked.columns for feature in column.features)
    if not features:
        raise CsvError(_no_input(checked.columns))
    table = table if all(checked.kept) else table[:, checked.kept]
    questions = (*about_classes(name, classes, style), *checked.questions, *plan.questions)[:MOST_QUESTIONS]
    return CsvFile(Dataset(CSV, table, table, labels, features, classes), tuple(problems), checked.columns, questions)


def _check_width(plan: TablePlan) -> None:
    width = sum(column.inputs for column in plan.columns)
    if width > MOST_FEATURES:
        coded = any(column.became == CODED for column in plan.columns)
        what = "inputs, each coded word being one" if coded else "numeric columns"
        raise CsvError(f"The rows have {width} {what}. Keep at most {MOST_FEATURES} of them.")


def _read(rows: TableRows, plan: TablePlan) -> tuple[Array, list[str], list[Problem]]:
    """Return the inputs (rows, inputs) and the class of each row that can be used, and the problems of the others."""
    inputs = plan.inputs
    table = np.empty((len(rows.lines) - plan.first, sum(each.column.inputs for each in inputs)))
    words, problems = list[str](), list[Problem]()
    for piece in rows.pieces(plan.first):
        wrong = dict[int, str]()  # of a row with several mistakes, the first one is told
        parts = [each.values(piece, wrong.setdefault) for each in inputs]
        classes = class_words(piece.columns[plan.target], plan.gaps[plan.target], wrong.setdefault)
        sound = [row for row in range(piece.count) if row not in wrong] if wrong else slice(None)
        values = np.concatenate(parts, axis=1)[sound] if parts else np.empty((piece.count - len(wrong), 0))
        table[len(words) : len(words) + len(values)] = values
        words += [classes[row] for row in sound] if isinstance(sound, list) else classes
        problems += [Problem(rows.numbers[piece.first + row], why) for row, why in wrong.items()]
    return table[: len(words)], words, problems


def _labels(words: Sequence[str], style: str, name: str, *, last: bool) -> tuple[Labels, tuple[str, ...]]:
    """Return the label of each row, and the classes that they index."""
    counts = Counter(words)
    called = simplest(list(counts), style)
    together = Counter[str]()
    for word, count in counts.items():
        together[called[word]] += count
    classes = classes_of(together, style, name, last=last)
    index = {label: position for position, label in enumerate(classes)}
    label_of = {word: index[called[word]] for word in counts}
    return np.array([label_of[word] for word in words], dtype=np.int64), classes


def _no_input(columns: Sequence[Column]) -> str:
    """Return the sentence about a table of which no column can be learned from."""
    why = "; ".join(f"{column.name!r}: {column.reason}" for column in columns[:3] if column.became == LEFT_OUT)
    return f"No column is left to learn from ({why}). Give at least one column of numbers, or of a few words."
