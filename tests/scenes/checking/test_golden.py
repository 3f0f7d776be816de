"""The folder of goldens: what is wrong with one is a line that names it, and nothing is written unasked."""

from __future__ import annotations

import json
from os import truncate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scenes.checking.check import verdict
from scenes.checking.golden import FINGERPRINTS, GoldenError, Goldens, homeless

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
        (lambda folder: (folder / "one.json").write_text('{"status": "\\ud800"}'), r"one\.json is damaged"),
        (lambda folder: (folder / FINGERPRINTS).write_text('{"one": {"gl": 4.5}}'), r"fingerprints\.json is damaged"),
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


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"texts": [{}]}, "texts[0]"),
        ({"texts": 3}, "texts"),
        ({"texts": [{"text": "1", "panel": "field", "rect": None, "pixels": 9}]}, "texts[0].rect"),
        ({"texts": [{"text": 1, "panel": "field", "rect": [0, 0, 9, 9], "pixels": 9}]}, "texts[0].text"),
        ({"controls": None}, "controls"),
        ({"controls": {"start": 3}}, "controls[...]"),
        ({"counts": {"links": "x"}}, "counts[...]"),
        ({"panels": {"field": [1, 2]}}, "panels[...]"),
        ({"text_layer": []}, "text_layer"),
    ],
)  # fmt: skip
def test_a_golden_of_another_shape_is_damaged_and_says_where(
    tmp_path: Path, drawn: Draw, told: dict[str, object], place: str
) -> None:
    Goldens(tmp_path).accept(drawn("one"))
    (tmp_path / "one.json").write_text(json.dumps(told))
    with pytest.raises(GoldenError) as why:
        Goldens(tmp_path).shot("one")
    assert str(why.value) == f"the golden one.json is damaged at {place}: restore it, or accept the shot anew"


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)
KEYS = st.sampled_from(["counts", "texts", "controls", "panels", "text_layer", "loss", "parameters", "status"])


@given(changed=st.dictionaries(KEYS, ANY), by=st.sampled_from(["any", "another"]))
@example(changed={"loss": 10**400}, by="another")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_a_golden_says_is_a_verdict(
    tmp_path: Path, drawn: Draw, here: dict[str, str], changed: dict[str, object], by: str
) -> None:
    Goldens(tmp_path).accept(drawn("one", by={**here, "cpu": by}))
    told = {**json.loads((tmp_path / "one.json").read_text()), **changed}
    (tmp_path / "one.json").write_text(json.dumps(told))
    seen = drawn("one")
    problems = verdict(Goldens(tmp_path), seen).problems
    assert problems or told == seen.told or by == "another"
    assert all(line.encode() for line in problems)


def test_a_golden_nested_without_end_is_damaged(tmp_path: Path, drawn: Draw) -> None:
    Goldens(tmp_path).accept(drawn("one"))
    for depth in (*range(100, 1000, 100), 100_000):
        (tmp_path / "one.json").write_text('{"status": ' + "[" * depth + "]" * depth + "}")
        assert len(verdict(Goldens(tmp_path), drawn("one")).problems) >= 1


def test_a_disk_that_is_full_leaves_every_golden_as_it_was(tmp_path: Path, drawn: Draw, full_disk: Any) -> None:
    goldens = Goldens(tmp_path / "golden")
    goldens.accept(drawn("one"))
    before = {path.name: path.read_bytes() for path in goldens.folder.iterdir()}
    changed = drawn("one", pixels=np.zeros((60, 60, 3), np.uint8), status="x" * 5000)
    with full_disk(4000), pytest.raises(OSError) as why:
        goldens.accept(changed)
    assert (why.value.filename, why.value.strerror) == (str(goldens.folder / "one.json"), "File too large")
    assert {path.name: path.read_bytes() for path in goldens.folder.iterdir()} == before


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


def test_a_name_whose_letters_were_taken_apart_is_the_same_name(tmp_path: Path, drawn: Draw) -> None:
    """macOS and some version controls write é as e and an accent."""
    whole, apart = "caf\u00e9", "cafe\u0301"
    Goldens(tmp_path / "golden" / apart).accept(drawn(apart))
    (tmp_path / f"{whole}.script").touch()
    goldens = Goldens(tmp_path / "golden" / apart)
    assert goldens.orphans([whole]) == []
    assert homeless(tmp_path / "golden") == []
    assert goldens.shot(whole).drawn_by == drawn(whole).drawn_by
    goldens.accept(drawn(whole))
    assert sorted(path.suffix for path in goldens.folder.iterdir()) == [".json", ".json", ".png"]  # none twice


def test_goldens_whose_script_is_gone_are_named(tmp_path: Path, drawn: Draw) -> None:
    assert homeless(tmp_path / "golden") == []
    for name in ("own", "old", "deep/er", "played"):
        Goldens(tmp_path / "golden" / name).accept(drawn("one"))
    (tmp_path / "golden" / "notes").mkdir()
    (tmp_path / "golden" / "notes.txt").touch()
    (tmp_path / "own.txt").touch()
    assert homeless(tmp_path / "golden") == ["old", "played"]  # `played` is a folder beside it, and no script


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
