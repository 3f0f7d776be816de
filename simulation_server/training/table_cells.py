"""Cuts lines into cells: finds what separates them, and how many there usually are."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from .table_numbers import POINT, STYLES, is_missing, number
from .table_problems import CsvError
from .table_text import DAMAGED, TableText

BLANKS = " "  # runs of them, or of tabs among them
SEPARATORS = ("\t", ";", "|", ",", BLANKS)  # of two that fit equally well, the first one separates
MOST_LINES = 0.5  # as a share: that many have to have as many cells as each other
MOST_COLUMNS = 256
QUOTED = re.compile('"[^"]*"')
LOOKED_AT = 100  # lines, to find what separates


class Cutter:
    """Cuts the lines of one file, whose cells `separator` divides; quotes keep it together with what is beside it."""

    def __init__(self, separator: str, *, quotes: bool, damaged: bool = False) -> None:
        self.separator = separator
        self.commas = separator != "," or quotes  # whether a cell may hold a comma at all
        self.plain = not quotes and not damaged  # whether a line can be cut without looking at it
        self._damaged = damaged

    def cut(self, line: str) -> list[str]:
        """Return the cells of a line, not stripped. ValueError, in words, if it is no text or its quotes are broken."""
        if self._damaged and not line.isascii() and DAMAGED.search(line):
            raise ValueError("it is not UTF-8 text")
        if '"' not in line:
            return line.split() if self.separator == BLANKS else line.split(self.separator)
        if self.separator == BLANKS:
            line = line.replace("\t", " ").strip(" ")
        try:
            return next(csv.reader([line], delimiter=self.separator, strict=True, skipinitialspace=True))
        except csv.Error:
            raise ValueError("its quotes do not match") from None

    def width(self, line: str) -> int:
        """Return how many cells a line has; ValueError as in `cut`."""
        if self.plain and self.separator != BLANKS:
            return line.count(self.separator) + 1
        return len(self.cut(line))

    def rows(self, lines: Sequence[str]) -> list[list[str]]:
        """Return the cells of lines that `width` has counted before."""
        if self.plain and self.separator != BLANKS:
            separator = self.separator
            return [line.split(separator) for line in lines]
        return [self.cut(line) for line in lines]


def cutter(text: TableText) -> Cutter:
    """Return what cuts the lines of this text. CsvError where commas and blanks divide it equally well."""
    quotes = any('"' in line for line in text.lines)
    if text.separator:
        return Cutter(text.separator, quotes=quotes, damaged=text.damaged)
    sample = text.lines[:LOOKED_AT]
    fits = {mark: _fit(sample, Cutter(mark, quotes=quotes, damaged=text.damaged)) for mark in SEPARATORS}
    fitting = [mark for mark in SEPARATORS if fits[mark].share >= MOST_LINES and (mark != BLANKS or fits[mark].clean)]
    clean = [mark for mark in fitting if fits[mark].clean and mark in "\t;|"]
    best = max(clean or fitting, key=lambda mark: fits[mark].numbers, default=",")
    if best == "," and BLANKS in fitting and fits[BLANKS].numbers == fits[best].numbers > 0:
        raise CsvError(
            f"It cannot be told whether commas or blanks separate the cells: line {text.numbers[0]} is {sample[0]!r}. "
            "Separate them by semicolons."
        )
    return Cutter(best, quotes=quotes, damaged=text.damaged)


def usual_width(widths: Counter[int]) -> int:
    """Return the number of cells that most lines have. CsvError if it is one, or too many."""
    width = widths.most_common(1)[0][0]
    if width < 2:
        raise CsvError("The rows have one column. Give numbers first and the class last, with commas between.")
    if width > MOST_COLUMNS:
        raise CsvError(f"The rows have {width:,} columns. Keep at most {MOST_COLUMNS} of them.")
    return width


def without_last_mark(lines: list[str], separator: str) -> list[str]:
    """Return the lines without a separator that ends all of them, as some programs write it; else as they are.

    The first line, if it is a header, may do without it.
    """
    if separator == BLANKS:
        return lines
    while len(lines) > 1 and all(line.rstrip(" ").endswith(separator) for line in lines[1:]):
        first, second = lines[0].rstrip(" "), lines[1].rstrip(" ")
        if not first.endswith(separator) and first.count(separator) != second.count(separator) - 1:
            break
        lines = [first.removesuffix(separator), *(line.rstrip(" ")[:-1] for line in lines[1:])]
    return lines


@dataclass(frozen=True)
class _Fit:
    """How a separator divides lines: the share of equally wide ones, numbers in a row, and whether most
    rows have no other separator in a cell but the comma of a number."""

    share: float
    numbers: float
    clean: bool


def _fit(lines: Sequence[str], cutter: Cutter) -> _Fit:
    """Return how a separator divides these lines, the first of which may be a header."""
    rows = dict[str, list[str]]()
    for line in lines:
        with suppress(ValueError):
            rows[line] = cutter.cut(line)
    widths = Counter(len(rows[line]) for line in lines if line in rows)
    width = widths.most_common(1)[0][0] if widths else 1
    if width < 2:
        return _Fit(0.0, 0.0, False)
    usual = [line for line in lines[1:] or lines if line in rows and len(rows[line]) == width]
    numbers = sum(_is_number(cell.strip(), cutter) for line in usual for cell in rows[line])
    unclean = sum(not _is_clean(QUOTED.sub("", line), cutter) for line in usual)
    return _Fit(widths[width] / len(lines), numbers / max(1, len(usual)), unclean <= (1 - MOST_LINES) * len(usual))


def _is_clean(line: str, cutter: Cutter) -> bool:
    """Whether no other separator is left in the cells of a line without its quoted ones, but the comma of a number."""
    try:
        cells = cutter.cut(line)
    except ValueError:
        return False
    others = [mark for mark in "\t;," if mark != cutter.separator]
    return not any(mark in cell and not _is_number(cell.strip(), cutter) for cell in cells for mark in others)


def _is_number(cell: str, cutter: Cutter) -> bool:
    return not is_missing(cell) and any(
        number(cell, style) is not None for style in (STYLES if cutter.commas else (POINT,))
    )
