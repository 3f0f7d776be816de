"""What to ask about a table that could be read, but may not mean what was read: sentences for whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .table_classes import alike, numbers_among
from .table_numbers import number
from .table_problems import shown

MANY_CLASSES = 20
MANY_NUMBERS = 10  # different numbers; more of them are rather an amount than a kind


def about_classes(name: str, classes: Sequence[str], style: str) -> Iterator[str]:
    """Yield what to ask about the class."""
    values = numbers_among(classes, style)
    fractions = any(not value.is_integer() for value in values)
    if len(values) == len(classes) and (len(values) > MANY_NUMBERS or fractions):
        yield (
            f"{shown(name)} has {len(classes)} different numbers. Is it an amount rather than a kind? Each number "
            "is learned as a kind of its own; ranges, such as low and high, may be what you mean."
        )
    elif len(classes) > MANY_CLASSES:
        yield (
            f"{shown(name)} has {len(classes)} different answers. Is it what the network should tell? With so many of "
            "them it sees few rows of each; another column can be named as the class."
        )
    if same := alike(classes):
        yield f"Are {shown(same[0])} and {shown(same[1])} the same class? They are told apart; write both alike if so."


def about_identifier(name: str) -> str:
    """Return what to ask about a column that has another whole number in each row, always rising."""
    return (
        f"Is {shown(name)} the number of a row or of a person? It has another whole number in each row. Nothing about "
        "new rows can be learned from that; leave the column out if so."
    )


def about_row_numbers(name: str) -> str:
    """Return what to ask about a column with a name that counts the rows."""
    return f"Does {shown(name)} only count the rows? It was left out for that; if it says more, shuffle the rows."


def about_code(name: str, word: str) -> str:
    """Return what to ask where NA was taken for a code."""
    return (
        f"Is {shown(word)} a code in {shown(name)}, such as Namibia's? It was read as one; leave the cell empty if not."
    )


def about_marks(name: str, example: str, style: str) -> str:
    """Return what to ask where a number may have a fraction or grouped thousands; `style` is how it was read."""
    value = number(example, style)
    return f"Is {example} in {shown(name)} the number {value:g}? It was read as that; write it without a mark if not."


def about_number_code(name: str, example: str) -> str:
    """Return what to ask about numbers that begin with a zero, as codes do."""
    return f"Is {example} in {shown(name)} a code, as of a post office? It was read as an amount; leave it out if so."


def about_names(cells: Sequence[str]) -> str:
    """Return what to ask where numbers were taken for names."""
    first = ", ".join(cells[:4])
    return f"Does the first line name the columns ({first} …)? If it is a row, put a line of names above it."


def about_first_row(cells: Sequence[str]) -> str:
    """Return what to ask where numbers that may be names were taken for a row."""
    first = ", ".join(cell.strip() for cell in cells[:4])
    return f"Is the first line ({first} …) a row? It was read as one; if it names the columns, write names there."


def about_gaps(name: str, lost: int, rows: int) -> str:
    """Return what to ask about a column whose cells cost many rows."""
    return f"Is {shown(name)} needed? In {lost:,} of {rows:,} rows it has no value, and they are left out for that."
