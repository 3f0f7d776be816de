"""Looks at every cell of a column once, and counts: numbers, words and missing values, and how numbers are written."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from .table_numbers import COMMA, POINT, SPELLED, digits_of, evidence, is_missing

MOST_WORDS = 1000  # different words that are kept of a column; one with more is no column of words
_TOLD = {
    COMMA: re.compile(r"\d\.\d{3}[.,]\d|^[ +-]*(?:0|\d{4,})?,\d|,(?:\d{1,2}|\d{4,})(?:[eE ]|$)", re.MULTILINE),
    POINT: re.compile(r"\d,\d{3}[.,]\d|^[ +-]*(?:0|\d{4,})?\.\d|\.(?:\d{1,2}|\d{4,})(?:[eE ]|$)", re.MULTILINE),
}
_UNCLEAR = re.compile(r"^[ +-]*([1-9]\d{0,2}[.,]\d{3}) *$", re.MULTILINE)
_CODE = re.compile(r" *0\d+ *$")
LOOKED_AT = 200  # cells of a piece, for codes
ODD_ONES = 0.05  # of the numbers of a column that may be written in the other style; they cost their rows


def _how_many(cells: Sequence[str] | None) -> int:
    """Return how many cells there are, if float() takes them all for finite numbers, else 0."""
    if cells is None:
        return 0
    try:
        return len(cells) if math.isfinite(sum(map(float, cells))) else 0  # nan says that there is no value
    except ValueError:
        return 0


class Survey:
    """What the cells of one column are. `commas`: whether a cell of this file may hold a comma.

    numbers, words, missing: how many cells are that. told: how many numbers can only be read with a decimal point, and
    how many only with a comma (of many at once, one tells for all). unclear: an example of a number that can be read
    in both ways, which mean something else; code: one of a number that begins with a zero. vocabulary: the words, and
    how often each; numbers beside words, too. gaps: how a missing value is written, and how often. again: how often the
    cell of the first line comes again.
    """

    def __init__(self, first: str, *, commas: bool) -> None:
        self.numbers = self.words = self.missing = self.again = 0
        self.told = {POINT: 0, COMMA: 0}
        self.unclear = self.code = ""
        self.vocabulary = Counter[str]()
        self.gaps = Counter[str]()
        self._first, self._commas = first, commas

    def look(self, column: Sequence[str], *, closely: bool) -> None:
        """Count these cells, which need not be stripped; `closely`: among them may be 1_000, which is no number."""
        self.again += column.count(self._first)
        if not self.code:
            self.code = next((cell.strip() for cell in column[:LOOKED_AT] if _CODE.match(cell)), "")
        if closely:
            self._closely(column)
        elif not self._quickly(column):
            present = [cell for cell in column if cell not in SPELLED]
            if len(present) == len(column) or not self._quickly(present):
                self._closely(column)
            else:
                self._closely([cell for cell in column if cell in SPELLED])

    @property
    def many(self) -> bool:
        """Whether there are more different words than are kept."""
        return len(self.vocabulary) > MOST_WORDS

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles that its numbers tell: none, one, or both where neither is rare enough to be a mistake."""
        rare = ODD_ONES * sum(self.told.values())
        return tuple(style for style, count in self.told.items() if count > rare)

    def _quickly(self, column: Sequence[str]) -> bool:
        """Count these cells if all of them are numbers, which they are in one style at least."""
        if (count := _how_many(column)) and not self._commas:
            self.numbers += count
            return True
        joined = "\n".join(column) if self._commas else ""
        if count:
            styles: tuple[str, ...] = (POINT,) if "." in joined else ()
        else:
            styles = tuple(style for style in (COMMA, POINT) if "," in joined and _how_many(digits_of(joined, style)))
        self.numbers += len(column) if count or styles else 0
        for style in styles:
            self._tell(style, len(column), joined)
        return bool(count or styles)

    def _tell(self, style: str, count: int, joined: str) -> None:
        """Note what these numbers, all of which can be read in that style, tell of it."""
        if not self.told[style] and _TOLD[style].search(joined):
            self.told[style] = count
        if not self.unclear and (found := _UNCLEAR.search(joined)):
            self.unclear = found[1]

    def _closely(self, column: Sequence[str]) -> None:
        for padded, count in Counter(column).items():
            cell = padded.strip()
            if is_missing(cell):
                self.missing += count
                self.gaps[cell] += count
                continue
            numeric, style = evidence(cell)
            if style == "unclear":
                self.unclear = self.unclear or cell
            elif style:
                self.told[style] += count
            self.numbers += count if numeric else 0
            self.words += 0 if numeric else count
            if not self.many or cell in self.vocabulary:
                self.vocabulary[cell] += count
