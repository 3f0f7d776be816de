"""Numbers as people write them: with a decimal point or a decimal comma, thousands grouped or not. Knows no columns."""

from __future__ import annotations

import math
import re

POINT, COMMA = STYLES = ("point", "comma")  # what stands before the fraction
LARGEST_NUMBER = 1e15  # squares of larger ones, summed over a file, lose the digits that tell rows apart
MISSING = frozenset({"", "na", "n/a", "#n/a", "<na>", "nan", "?", "null", "-"})  # casefolded: there is no value
SPELLED = frozenset(form for word in MISSING for form in (word, word.upper(), "NaN", "Null"))  # as they mostly are

_GROUPED = {
    POINT: re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?"),
    COMMA: re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?"),
}
_ALL_GROUPED = {
    POINT: re.compile(r"(?: *[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)? *\n)*+"),
    COMMA: re.compile(r"(?: *[+-]?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)? *\n)*+"),
}
MINUS = "−"  # as it is set in print
_BEGINS = re.compile(r"[-−+.,\d]|[iI][nN][fF]")  # how every number begins
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}([ \u00a0\u202f'’]\d{3})+([.,]\d*)?")  # 1 540,5 or 1'540.5
_BARE_COMMA = re.compile(r",(?!\d)")  # one that ends a cell separates it from something, and is no decimal comma
_SPACES = re.compile("[ \u00a0\u202f'’]")


def is_missing(cell: str) -> bool:
    """Tell whether a stripped cell says that there is no value."""
    return len(cell) <= 4 and cell.casefold() in MISSING


def digits_of(joined: str, style: str) -> list[str] | None:
    """Return cells that are joined by line feeds as float() takes them, or None if any of them needs a closer look."""
    grouping = "," if style == POINT else "."
    if grouping in joined:
        if not _ALL_GROUPED[style].fullmatch(joined + "\n"):
            return None
        joined = joined.replace(grouping, "")
    if style == POINT:
        return joined.split("\n")
    if ",\n" in joined or joined.endswith(","):
        return None
    return joined.replace(",", ".").split("\n")


def number(cell: str, style: str) -> float | None:
    """Return the number that a stripped cell is in that style, or None; it may be infinite, but is never nan.

    `1.540` is 1.54 with a decimal point and 1540 with a decimal comma; 1_000, which no other program writes, is none.
    """
    cell = cell.replace(MINUS, "-", 1) if cell.startswith(MINUS) else cell
    if _SPACED.fullmatch(cell):
        cell = _SPACES.sub("", cell)
    grouping, decimal = (",", ".") if style == POINT else (".", ",")
    if grouping in cell:
        if not _GROUPED[style].fullmatch(cell):
            return None
        cell = cell.replace(grouping, "")
    if decimal == "," and _BARE_COMMA.search(cell):
        return None
    try:
        value = float(cell if decimal == "." else cell.replace(",", "."))
    except ValueError:
        return None
    return None if math.isnan(value) or "_" in cell else value


def evidence(cell: str) -> tuple[bool, str]:
    """Return whether a stripped cell is a number, and in which style: point, comma, or "" where it is the same in both.

    "unclear" is a number in both styles, but another one: 1.540 or 1,540.
    """
    if not _BEGINS.match(cell):
        return False, ""
    point, comma = number(cell, POINT), number(cell, COMMA)
    if point is None and comma is None:
        return False, ""
    if point == comma:
        return True, ""
    return True, "unclear" if None not in (point, comma) else COMMA if point is None else POINT
