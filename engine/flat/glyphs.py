"""Which font has a letter: our own faces first, then those of the system; what nobody has gets a stand-in.

Texts are cut into pieces of one font and one direction, which stand in the order in which they are read.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pygame

from . import system_fonts

PROBE = 16  # pixels at which a font is asked whether it has a letter
NOWHERE = "\ufffe"  # no character, so no font has it: it shows the sign for what is missing
SCRIPTS = {"ARABIC": "Arab", "HEBREW": "Hebr", "SYRIAC": "Syrc", "DEVANAGARI": "Deva", "BENGALI": "Beng"}
SCRIPTS |= {"GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda"}
SCRIPTS |= {"MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr"}
RIGHT_TO_LEFT = ("R", "AL")
_RUNS = re.compile(r"[ -~]+|[^ -~]")  # what all our faces have, at a time; of the rest each letter by itself


@dataclass(frozen=True)
class Piece:
    """A part of a text. `path`: the system's font that has it, None for our own face; `script` as ISO 15924 has it."""

    text: str
    path: Path | None = None
    script: str = ""
    rtl: bool = False


def pieces(text: str, face: pygame.Font) -> list[Piece]:
    """`text` from the left to the right, as it is drawn: what `face` has not comes from another font, or as its number.

    Control characters become blanks.
    """
    if text.isascii() and text.isprintable():
        return [Piece(text)]
    found = list(_joined(_each(text, face)))
    base = next((unicodedata.bidirectional(letter) for letter in text if _strong(letter)), "L")
    return found[::-1] if base in RIGHT_TO_LEFT else found


def known(letter: str, face: pygame.Font) -> bool:
    """Whether `face` or any other font has it; control characters are blanks, which all have."""
    return letter.isascii() or not letter.isprintable() or has(face, letter) or font_with(letter) is not None


def stand_in(letter: str) -> str:
    """What stands for a letter that no font has: its number in Unicode, so that no two look alike."""
    return f"[{ord(letter):04X}]"


def _each(text: str, face: pygame.Font) -> Iterator[Piece]:
    before = Piece("")
    for letter in _RUNS.findall(text):
        if letter.isascii() and letter.isprintable():
            before = Piece(letter)
        elif not letter.isprintable() and not joins(letter):
            before = Piece(" ")
        elif joins(letter):  # belongs to the letter before it, whoever draws that
            if not before.text or before.text.startswith("["):
                continue
            before = Piece(letter, before.path, before.script, before.rtl)
        elif has(face, letter):
            before = Piece(letter)
        else:
            path = font_with(letter)
            rtl = path is not None and unicodedata.bidirectional(letter) in RIGHT_TO_LEFT
            before = Piece(letter, path, _script(letter), rtl) if path else Piece(stand_in(letter))
        yield before


def _joined(each: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in each:
        if last and (last.path, last.script, last.rtl) == (piece.path, piece.script, piece.rtl):
            last = Piece(last.text + piece.text, last.path, last.script, last.rtl)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


@lru_cache(maxsize=4096)
def has(face: pygame.Font, letter: str) -> bool:
    """Whether a font has this letter: it leaves ink, and other ink than the sign for what is missing."""
    told, missing = face.metrics(letter)[0], face.metrics(NOWHERE)[0]
    return told is not None and (letter.isspace() or any(told[:4])) and told != missing


@cache
def font_with(letter: str) -> Path | None:
    """The first of the system's fonts that has this letter, and draws it; None where there is none."""
    for path in system_fonts.with_letter(letter):
        face = _probe(path)
        if face is not None and has(face, letter):
            return path
    return None


@cache
def _probe(path: Path) -> pygame.Font | None:
    try:
        return pygame.Font(path, PROBE)
    except (pygame.error, OSError, RuntimeError):  # a font that SDL cannot use
        return None


def _script(letter: str) -> str:
    return SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "")


def joins(letter: str) -> bool:
    """Whether it is drawn together with what comes before it: accents, joiners, variants."""
    return (
        bool(unicodedata.combining(letter)) or unicodedata.category(letter) in ("Mn", "Me", "Mc") or letter == "\u200d"
    )


def _strong(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("L", *RIGHT_TO_LEFT)
