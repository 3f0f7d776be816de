"""The classes of a table: which words are one class, their order, and whether there can be that many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from .table_numbers import number
from .table_problems import CsvError, shown

MOST_CLASSES = 64
MOST_DIGITS = 15  # that are kept apart
_EXPONENT = re.compile("[eE].*")
_CODE = re.compile(r"[+-]?0\d+")  # 007 is a code: no other spelling of 7


def simplest(words: Sequence[str], style: str) -> dict[str, str]:
    """Return the class of each word: all spellings of one number, such as 0, 0.0 and 0e0, are called by the simplest.

    Numbers of more digits than a computer keeps apart are words, and where one word is a code, such as 007, all are.
    """
    if any(map(_CODE.fullmatch, words)):
        return {word: word for word in words}
    values = {word: number(word, style) for word in words if _digits(word) <= MOST_DIGITS}
    chosen = dict[float, str]()
    for word, value in values.items():
        if value is not None:
            plain = (word, str(int(value))) if abs(value) < 10**MOST_DIGITS and value.is_integer() else (word,)
            chosen[value] = min(chosen.get(value, word), *plain, key=lambda spelling: (len(spelling), spelling))
    return {word: word if (value := values.get(word)) is None else chosen[value] for word in words}


def _digits(word: str) -> int:
    """How many digits of a number count."""
    return len(_EXPONENT.sub("", word).replace(".", "").replace(",", "").strip("+-0"))


def classes_of(counts: Mapping[str, int], style: str, name: str, last: bool) -> tuple[str, ...]:
    """Return the classes in order: numbers by value, then words by their letters.

    counts: rows of each class; name: of its column; last: whether that is the last one. CsvError if there cannot be
    that many classes, or none of them has two rows.
    """
    if len(counts) < 2:
        only = next(iter(counts))
        raise CsvError(f"All usable rows have the class {shown(only)}. Give rows of at least two classes.")
    if len(counts) > MOST_CLASSES:
        where = "The last column" if last else f"The column {shown(name)}"
        raise CsvError(
            f"{where} has {len(counts):,} different classes. Keep at most {MOST_CLASSES}{_advice(counts, style)}."
        )
    if max(counts.values()) < 2:
        raise CsvError("No class has two rows, so none is left to check with. Give each class several rows.")
    return tuple(sorted(counts, key=lambda word: _order(word, style)))


def numbers_among(words: Sequence[str], style: str) -> list[float]:
    """Return the values of those classes that are numbers."""
    return [value for word in words if (value := number(word, style)) is not None]


def _order(word: str, style: str) -> tuple[bool, float, str]:
    value = number(word, style)
    return (value is None, 0.0 if value is None else value, word)


def _advice(counts: Mapping[str, int], style: str) -> str:
    if len(numbers_among(list(counts), style)) == len(counts):
        return ": make ranges of these numbers, such as low and high, or name another column as the class"
    return ", or name another column as the class"


def alike(words: Sequence[str]) -> list[str]:
    """Return the classes that differ from another one in nothing but capitals."""
    folded = Counter(word.casefold() for word in words)
    return [word for word in words if folded[word.casefold()] > 1]
