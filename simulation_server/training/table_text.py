"""The text of a table as lines: decoded, numbered, without what stands before the rows. Cuts nothing into cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .table_problems import CsvError

MOST_ROWS = 100_000
DAMAGED = re.compile("[\ufffd\ud800-\udfff]")  # what stands for a byte that is no text, and half a letter
DECLARED = re.compile(r'"?sep=(.)"?', re.IGNORECASE)  # how a spreadsheet is told what separates the cells
COMMENT = "#"


@dataclass(frozen=True)
class TableText:
    """The lines that hold anything: `numbers` in the file, counted from 1, and `lines`, of the same length.

    `separator` is what a first line `sep=;` says, else empty; `comments` are the lines that began with # before all
    others; `damaged` tells whether any line holds something that is no text.
    """

    numbers: Sequence[int]
    lines: list[str]
    separator: str
    comments: tuple[tuple[int, str], ...]
    damaged: bool


def table_text(content: bytes | str) -> TableText:
    """Return the lines of a file; bytes are UTF-8, with or without its mark. CsvError if there are none, or too many.

    A byte that is not UTF-8 becomes U+FFFD, so that whoever cuts the lines can leave out that line alone.
    """
    text = content if isinstance(content, str) else content.decode("utf-8", errors="replace")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbers: Sequence[int] = range(1, len(lines) + 1)
    if not all(map(str.strip, lines)):
        numbers = [number for number, line in enumerate(lines, start=1) if line.strip()]
        lines = [line for line in lines if line.strip()]
    first, separator, comments = 0, "", list[tuple[int, str]]()
    if lines and (declared := DECLARED.fullmatch(lines[0].strip(" "))):
        first, separator = 1, declared[1]
    while first < len(lines) and lines[first].lstrip().startswith(COMMENT):
        comments.append((numbers[first], lines[first]))
        first += 1
    numbers, lines = numbers[first:], lines[first:]
    if not lines and not comments:
        raise CsvError("The file is empty. Give it one row per line, numbers first and the class last.")
    if len(lines) > MOST_ROWS + 1:
        raise CsvError(f"The file has {len(lines):,} rows. Keep at most {MOST_ROWS:,} of them.")
    return TableText(numbers, lines, separator, tuple(comments), not text.isascii() and bool(DAMAGED.search(text)))
