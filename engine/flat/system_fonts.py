"""The system's fonts, and which of them have a letter: read from their tables of letters, 30 to 45 ms for 300 fonts.

To open each font for each letter took as long for a single one. Knows no pygame, so any thread may look.
"""

import os
import struct
import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDERS = {
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": (os.environ.get("WINDIR", "C:/Windows") + "/Fonts",),
}
KINDS = (".ttf", ".otf", ".ttc")
FIRST = (
    *("notosans", "notonaskh", "notokufi", "dejavusans", "wqy", "droidsansfallback", "pingfang", "hiragino"),
    *("msyh", "msgothic", "malgun", "nirmala", "segoeui", "arialuni", "unifont", "freesans", "notoemoji"),
)
LAST = (
    "bold",
    "italic",
    "oblique",
    "condensed",
    "mono",
    "light",
    "black",
    "thin",
    "serif",
)  # better another of its kind
MOST_FONTS = 1000  # that are looked into for a letter
LARGEST = 4 * 1024 * 1024  # bytes of a table of letters that is read: those of all scripts have 0.3 MB
LETTERS = 0x110000  # of Unicode
NONE = 0xFFFF  # the number of no font
COLLECTION = b"ttcf"  # several fonts in one file, of which the first is looked at
SPANS, GROUPS = 4, 12  # kinds of a table: of 16 and of 32 bits a letter (OpenType 1.9, cmap)
UNICODE, WINDOWS = 0, 3  # platforms whose tables are of Unicode

Spans = tuple[NDArray[np.unsignedinteger], NDArray[np.unsignedinteger]]

NOTHING: Spans = (np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint32))
_lock = threading.Lock()


def with_letter(letter: str) -> Iterator[Path]:
    """The fonts whose tables have this letter; all after the first are looked for anew: few need another."""
    number = int(_first()[ord(letter)])
    if number == NONE:
        return
    yield files()[number]
    for path in files()[number + 1 :]:
        starts, ends = spans(path) or NOTHING
        if ((starts <= ord(letter)) & (ord(letter) <= ends)).any():
            yield path


def look_ahead() -> threading.Thread:
    """Read the tables on a thread of their own: the frame that needs the first letter does not wait for it."""
    thread = threading.Thread(target=_first, name="fonts", daemon=True)
    thread.start()
    return thread


@cache
def files() -> list[Path]:
    """The fonts of this system, those first that have the most letters."""
    platform = next((name for name in FOLDERS if sys.platform.startswith(name)), "linux")
    found: list[Path] = []
    for folder in FOLDERS[platform]:
        for place, _, names in os.walk(Path(folder).expanduser()):
            found += [
                Path(place, name) for name in names if name.lower().endswith(KINDS) and "color" not in name.lower()
            ]

    def rank(path: Path) -> tuple[int, int, str]:
        name = path.stem.lower().replace("-", "").replace(" ", "")
        wanted = next((place for place, first in enumerate(FIRST) if name.startswith(first)), len(FIRST))
        return wanted, sum(word in name for word in LAST), name

    return sorted(found, key=rank)[:MOST_FONTS]


def spans(path: Path) -> Spans | None:
    """From which letter to which a font has them: two arrays of equal length; None if the file tells none."""
    try:
        table = _table(path)
        places = struct.iter_unpack(">HHI", table[4 : 4 + 8 * int.from_bytes(table[2:4], "big")])
        kinds = [(int.from_bytes(table[at : at + 2], "big"), at) for of, _, at in places if of in (UNICODE, WINDOWS)]
        kind, at = max(each for each in kinds if each[0] in (SPANS, GROUPS))
        if kind == GROUPS:
            groups = np.frombuffer(table, ">u4", 3 * int.from_bytes(table[at + 12 : at + 16], "big"), at + 16)
            return groups[0::3], groups[1::3]
        count = int.from_bytes(table[at + 6 : at + 8], "big") // 2
        return np.frombuffer(table, ">u2", count, at + 16 + 2 * count), np.frombuffer(table, ">u2", count, at + 14)
    except (OSError, ValueError, struct.error):  # a file that is no font, or is cut
        return None


@cache
def _read() -> NDArray[np.uint16]:
    """The number of the first font that has it, or NONE, for each letter: uint16 [LETTERS]."""
    first = np.full(LETTERS, NONE, dtype=np.uint16)
    for number, path in reversed(list(enumerate(files()))):
        starts, ends = spans(path) or NOTHING
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            first[start : end + 1] = number
    return first


def _first() -> NDArray[np.uint16]:
    with _lock:  # whoever comes while another thread reads waits for that
        return _read()


def _table(path: Path) -> bytes:
    """The table of letters of a font's file. Raises OSError, ValueError or struct.error where there is none."""
    with path.open("rb") as file:
        head = file.read(16)
        if head[:4] == COLLECTION:
            file.seek(int.from_bytes(head[12:16], "big"))
            head = file.read(16)
            file.seek(-4, os.SEEK_CUR)
        else:
            file.seek(12)
        rows = struct.iter_unpack(">4s4xII", file.read(16 * int.from_bytes(head[4:6], "big")))
        at, long = next(((at, long) for tag, at, long in rows if tag == b"cmap"), (0, 0))
        if not 0 < long <= LARGEST:
            raise ValueError("no table of letters")
        file.seek(at)
        if len(table := file.read(long)) < long:
            raise ValueError("a file that is cut")
        return table
