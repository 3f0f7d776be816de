"""Words in any script: from another font where there is one, else a number of their own; cut in few measurements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from engine.flat import glyphs, system_fonts
from engine.flat.fonts import Fonts
from engine.flat.glyphs import NOWHERE, Piece, has, pieces, stand_in
from engine.flat.overlay import Overlay, Text

FACE, OTHER, SIZE, RED = "Inter-Medium", "JetBrainsMono-Medium", 24, (255, 0, 0)
HEBREW, ARABIC, CHINESE, HINDI, FOX = "שלום", "سلام", "螺旋", "सर्पिल", "🦊"


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system without a font."""
    glyphs.font_with.cache_clear()
    monkeypatch.setattr(system_fonts, "with_letter", lambda letter: iter(()))
    yield
    glyphs.font_with.cache_clear()


def picture(fonts: Fonts, text: str) -> np.ndarray:
    return pygame.surfarray.pixels_alpha(fonts.run(text, FACE, SIZE, RED)).copy()


@pytest.mark.parametrize("text", [CHINESE, HINDI[0], FOX, HEBREW, "字"])
def test_what_no_font_has_is_told_by_its_number_in_the_picture_and_in_the_description(
    fonts: Fonts, alone: None, text: str
) -> None:
    number = "".join(map(stand_in, text))
    assert (picture(fonts, f"é{text}é") == picture(fonts, f"é{number}é")).all()
    overlay = Overlay(fonts, (900, 60))
    overlay.put("p", (0, 0, 900, 60), [Text(f"A {text}", (5, 40), FACE, SIZE, RED)])
    (told,) = overlay.describe()
    assert (told["text"], told["shown"]) == (f"A {text}", f"A {number}")


def test_two_names_that_no_font_has_do_not_look_alike(fonts: Fonts, alone: None) -> None:
    one, other = picture(fonts, "螺旋"), picture(fonts, "环形")
    assert one.shape != other.shape or (one != other).any()


def test_what_our_own_faces_have_needs_nothing_else(fonts: Fonts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_fonts, "with_letter", lambda letter: pytest.fail("the system was asked"))
    face = fonts.face(FACE, SIZE)
    for text in ("plain", "x² – é × ≈ → α Ω", "a\nb"):
        assert [piece.path for piece in pieces(text, face)] == [None]
    assert not has(face, NOWHERE) and has(face, "é")


def test_another_font_draws_what_ours_has_not_and_right_to_left_is_read_so(
    fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = Path("system.ttf")
    monkeypatch.setattr(glyphs, "font_with", lambda letter: system)
    face = fonts.face(FACE, SIZE)
    assert pieces(f"ab {CHINESE}!", face) == [Piece("ab "), Piece(CHINESE, system), Piece("!")]
    assert pieces(f"ab {HEBREW}", face) == [Piece("ab "), Piece(HEBREW, system, "Hebr", rtl=True)]
    told = pieces(f"{ARABIC} {HEBREW} 12", face)
    assert [piece.text for piece in told] == [" 12", HEBREW, " ", ARABIC]
    assert [piece.script for piece in told] == ["", "Hebr", "", "Arab"]
    assert pieces(HINDI, face) == [Piece(HINDI, system, "Deva")], "marks stay with their letter"


def test_accents_belong_to_their_letter_and_joiners_alone_are_nothing(fonts: Fonts, alone: None) -> None:
    face = fonts.face(FACE, SIZE)
    assert "".join(piece.text for piece in pieces("\u200d\u0301", face)) == ""
    assert [piece.text for piece in pieces("e\u0301", face)] == ["e\u0301"]


@pytest.mark.parametrize("text", ["Donaudampfschiff" * 200, FOX * 500, "Z" + "\u0301" * 400, "ab " * 900, ""])
def test_a_text_of_any_length_is_cut_where_it_fits_in_a_few_measurements(
    fonts: Fonts, alone: None, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []
    whole = Fonts._measured
    monkeypatch.setattr(
        Fonts, "_measured", lambda self, *given: (measured.append(len(given[0])), whole(self, *given))[1]
    )
    count = fonts.cut(text, FACE, SIZE, 200)
    assert len(measured) <= 13
    assert fonts.width(text[:count], FACE, SIZE) <= 200
    assert count == len(text) or fonts.width(text[: count + 1], FACE, SIZE) > 200
