"""Reads a visitor's own rows as text, in whatever encoding they are; what is in them is the backend's to judge."""

import codecs
import re
from pathlib import Path

LARGEST = 7 * 1024**2  # bytes; the backend takes 8 MB in all
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
LATIN = "cp1252"  # what Windows writes in the west of Europe; Latin-1, and in 27 places more
LOOKED_AT = 4096  # bytes, to see UTF-16 without a mark
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls
NO_TEXT = "\x00"  # what no text holds
REPLACED = "\ufffd"  # stands for a byte that is no text; the backend leaves out its line


def own_rows(path: Path | None) -> str:
    """The text of the file at `path`, or nothing without one. Raises ValueError that names the file."""
    if path is None:
        return ""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"{path} is larger than {LARGEST // 1024**2} MB: send fewer rows")
        content = path.read_bytes()
    except OSError as why:
        raise ValueError(f"{path}: {why.strerror}") from None
    if content.startswith(WORKBOOKS):
        raise ValueError(f"{path} is a workbook: save its table as CSV, and give that")
    try:
        text = decoded(content)
    except UnicodeDecodeError:
        text = NO_TEXT
    if NO_TEXT in text:
        raise ValueError(f"{path} is not a text file: save the table as CSV, in UTF-8")
    if len(text) > LARGEST // 2 and len(text.encode()) > LARGEST:
        raise ValueError(f"{path} is larger than {LARGEST // 1024**2} MB in UTF-8: send fewer rows")
    return text


def decoded(content: bytes) -> str:
    """The text of a file: UTF-16 or UTF-8 by their marks or by their bytes, else Windows-1252, which holds Latin-1.

    In UTF-8 a byte that is no text becomes U+FFFD, unless more of them are bad than letters beyond ASCII are good.
    Raises UnicodeDecodeError for UTF-16 that is damaged.
    """
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace" if encoding == "utf-8" else "strict")
    if encoding := _without_mark(content):
        return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    bad = text.count(REPLACED) - content.count(REPLACED.encode())
    good = len(re.findall("[^\x00-\x7f\ufffd]", text))
    return text if bad <= good else content.decode(LATIN, errors="replace")


def _without_mark(content: bytes) -> str:
    """The kind of UTF-16 of which every other byte is 0, as far as the text is Western; empty if it is none."""
    begun = content[:LOOKED_AT]
    for encoding, empty, full in (("utf-16-le", begun[1::2], begun[::2]), ("utf-16-be", begun[::2], begun[1::2])):
        if len(begun) > 3 and 2 * empty.count(0) > len(empty) and not full.count(0):
            return encoding
    return ""
