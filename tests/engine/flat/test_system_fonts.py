"""Which font of the system has a letter: read from its table of letters, as the font itself draws it; or not at all."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from engine.flat import glyphs, system_fonts

OURS = sorted(Path("assets/fonts").glob("*.ttf"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A system whose fonts all lie here."""
    monkeypatch.setattr(system_fonts, "FOLDERS", dict.fromkeys(system_fonts.FOLDERS, (str(tmp_path),)))
    caches = (system_fonts.files, system_fonts._read, glyphs.font_with)
    for each in caches:
        each.cache_clear()
    yield tmp_path
    for each in caches:
        each.cache_clear()


def font(table: bytes, *, number: int = 0) -> bytes:
    """A file with nothing but a table of letters; in a collection behind `number` others, if there are any."""
    begin = 12 + 4 * number if number else 0
    head = b"ttcf" + struct.pack(f">HHI{number}I", 1, 0, number, *[begin] * number) if number else b""
    return head + struct.pack(">IHHHH4sIII", 0x10000, 1, 0, 0, 0, b"cmap", 0, begin + 28, len(table)) + table


def spans(*each: tuple[int, int], platform: int = 3) -> bytes:
    """A table of 16 bits a letter."""
    count = len(each)
    ends, starts = (struct.pack(f">{count}H", *(pair[side] for pair in each)) for side in (1, 0))
    body = struct.pack(">HHHH6x", 4, 0, 0, 2 * count) + ends + bytes(2) + starts + bytes(4 * count)
    return struct.pack(">HHHHI", 0, 1, platform, 1, 12) + body


def groups(*each: tuple[int, int]) -> bytes:
    """A table of 32 bits a letter, behind one of 16 bits that knows less."""
    body = struct.pack(">HHIII", 12, 0, 0, 0, len(each)) + b"".join(struct.pack(">III", *pair, 1) for pair in each)
    less = spans((0x41, 0x42))[12:]
    return struct.pack(">HHHHIHHI", 0, 2, 0, 3, 20, 3, 10, 20 + len(less)) + less + body


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_the_tables_of_our_own_faces_name_the_letters_that_they_draw(path: Path) -> None:
    pygame.font.init()
    face = pygame.Font(path, 40)
    starts, ends = system_fonts.spans(path) or system_fonts.NOTHING
    told = {letter for start, end in zip(starts.tolist(), ends.tolist(), strict=True) for letter in range(start, end)}
    told |= set(ends.tolist())
    shown = [number for number in range(0x21, 0x2200) if chr(number).isprintable() and not glyphs.joins(chr(number))]
    drawn = {number for number in shown if glyphs.has(face, chr(number))}
    assert len(drawn) > 90
    assert told.intersection(shown) == drawn


@pytest.mark.parametrize("number", [0, 1, 3])
@pytest.mark.parametrize(
    ("table", "has", "lacks"), [(spans((0x3B1, 0x3B9)), "αι", "κ"), (groups((0x1F300, 0x1F5FF)), "🌀🗿", "🦊AB")]
)
def test_both_kinds_of_table_are_read_also_in_a_collection(
    folder: Path, table: bytes, has: str, lacks: str, number: int
) -> None:
    (folder / "one.ttc").write_bytes(font(table, number=number))
    assert [list(system_fonts.with_letter(letter)) for letter in has] == [[folder / "one.ttc"]] * len(has)
    assert not any(list(system_fonts.with_letter(letter)) for letter in lacks)


def test_the_font_with_the_most_letters_comes_first_and_the_others_after_it(folder: Path) -> None:
    for name in ("Zed.ttf", "NotoSans-Bold.otf", "NotoSans-Regular.ttf", "Noto-COLOR.ttf", "readme.txt"):
        (folder / name).write_bytes(font(spans((0x3B1, 0x3B9))))
    found = [path.name for path in system_fonts.with_letter("α")]
    assert found == ["NotoSans-Regular.ttf", "NotoSans-Bold.otf", "Zed.ttf"]


def test_a_font_that_cannot_be_used_leaves_the_letter_to_the_next(folder: Path) -> None:
    pygame.font.init()
    ours = OURS[0].read_bytes()
    (folder / "NotoSans.ttf").write_bytes(font(spans((0xC0, 0xFF))))  # knows the letter, and has no picture of it
    (folder / "other.ttf").write_bytes(ours)
    assert glyphs.font_with("é") == folder / "other.ttf"
    assert glyphs.font_with("螺") is None


def test_a_file_that_is_no_font_or_is_cut_anywhere_says_nothing(tmp_path: Path) -> None:
    whole = font(groups((0x1F300, 0x1F5FF)), number=1)
    path = tmp_path / "cut.ttf"
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert system_fonts.spans(path) is None
    random = np.random.default_rng(7)
    for _ in range(300):
        broken = bytearray(whole)
        for at in random.integers(0, len(whole), size=3):
            broken[at] = random.integers(0, 256)
        path.write_bytes(broken)
        found = system_fonts.spans(path)
        assert found is None or len(found[0]) == len(found[1])
    assert system_fonts.spans(tmp_path / "none.ttf") is None
    (tmp_path / "folder.ttf").mkdir()
    assert system_fonts.spans(tmp_path / "folder.ttf") is None


def test_it_is_read_ahead_on_a_thread_of_its_own(folder: Path) -> None:
    (folder / "one.ttf").write_bytes(font(spans((0x3B1, 0x3B9))))
    system_fonts.look_ahead().join()
    (folder / "one.ttf").unlink()
    assert next(system_fonts.with_letter("α")) == folder / "one.ttf"
