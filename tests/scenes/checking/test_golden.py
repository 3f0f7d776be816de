"""The folder of goldens: what is wrong with one is a line that names it, and nothing is written unasked."""

from __future__ import annotations

import json
from os import truncate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from scenes.checking.golden import FINGERPRINTS, GoldenError, Goldens

if TYPE_CHECKING:
    from conftest import Draw


def test_what_was_accepted_is_read_again(tmp_path: Path, drawn: Draw, here: dict[str, str]) -> None:
    shot = drawn("one")
    Goldens(tmp_path / "golden").accept(shot)
    golden = Goldens(tmp_path / "golden").shot("one")
    assert (golden.told, golden.drawn_by, golden.files) == (shot.told, here, shot.files)
    assert np.array_equal(golden.pixels, shot.pixels)


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (lambda folder: (folder / "one.png").unlink(), r"no golden one\.png$"),
        (lambda folder: (folder / "one.json").unlink(), r"there is no golden one\.json$"),
        (lambda folder: truncate(folder / "one.png", 100), r"one\.png is no picture"),
        (lambda folder: truncate(folder / "one.png", 0), r"one\.png is no picture"),
        (lambda folder: (folder / "one.json").write_text("{"), r"one\.json is damaged"),
        (lambda folder: (folder / "one.json").write_text("[]"), r"one\.json is damaged"),
        (lambda folder: (folder / FINGERPRINTS).write_text('{"one": 3}'), r"fingerprints\.json is damaged"),
        (lambda folder: (folder / FINGERPRINTS).unlink(), r"fingerprints\.json does not say what drew the golden one"),
    ],
)  # fmt: skip
def test_a_spoiled_golden_is_one_line(tmp_path: Path, drawn: Draw, harm: object, line: str) -> None:
    Goldens(tmp_path).accept(drawn("one"))
    assert callable(harm)
    harm(tmp_path)
    with pytest.raises(GoldenError, match=line) as told:
        Goldens(tmp_path).shot("one")
    assert "\n" not in str(told.value)


def test_half_a_picture_is_no_golden(tmp_path: Path, drawn: Draw) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (120, 200, 3)).astype(np.uint8)
    Goldens(tmp_path).accept(drawn("one", pixels=noise))
    whole = (tmp_path / "one.png").read_bytes()
    (tmp_path / "one.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GoldenError, match=r"one\.png"):
        Goldens(tmp_path).shot("one")


def test_files_that_belong_to_no_shot_are_named(tmp_path: Path, drawn: Draw) -> None:
    goldens = Goldens(tmp_path / "golden")
    assert goldens.orphans(["one"]) == []
    goldens.accept(drawn("one"))
    (goldens.folder / "two.png").touch()
    (goldens.folder / "notes.txt").touch()
    assert goldens.orphans(["one"]) == ["notes.txt", "two.png"]


def test_what_is_the_same_already_is_not_written(tmp_path: Path, drawn: Draw) -> None:
    shot, goldens = drawn("one"), tmp_path / "goldens"
    Goldens(goldens).accept(shot)
    for path in goldens.iterdir():
        path.chmod(0o444)
    before = {path.name: path.stat().st_mtime_ns for path in goldens.iterdir()}
    Goldens(goldens).accept(shot)
    assert {path.name: path.stat().st_mtime_ns for path in goldens.iterdir()} == before


def test_each_golden_keeps_the_fingerprint_of_what_drew_it(tmp_path: Path, drawn: Draw, here: dict[str, str]) -> None:
    Goldens(tmp_path).accept(drawn("one"))
    Goldens(tmp_path).accept(drawn("two", by={**here, "gl": "4.6"}))
    known = json.loads((tmp_path / FINGERPRINTS).read_text())
    assert (known["one"]["gl"], known["two"]["gl"]) == ("4.5", "4.6")
