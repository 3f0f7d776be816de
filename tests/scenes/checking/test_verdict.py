"""Two gates, two layers: what fails, by which gate, where, and in which words."""

from __future__ import annotations

from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine.comparison import Pixels, fingerprint
from engine.resources import ASSETS
from scenes.checking.check import Sheet
from scenes.checking.golden import Goldens
from scenes.checking.summary import told
from scenes.checking.verdict import BY_HASH, BY_TILES, Verdict, judge

if TYPE_CHECKING:
    from conftest import Draw


def grey(**dots: int) -> Pixels:
    """A grey picture; `dots` are brighter levels of 12x12 pixels in the card, the progress panel or the field."""
    picture = np.full((120, 200, 3), 90, np.uint8)
    for name, (x, y) in {"card": (20, 20), "progress": (60, 102), "field": (120, 60)}.items():
        picture[y : y + 12, x : x + 12] += np.uint8(dots.get(name, 0))
    return picture


def test_the_same_bytes_pass_the_first_gate(drawn: Draw) -> None:
    verdict = judge(drawn("one"), drawn("one"))
    assert (verdict.problems, verdict.gate, verdict.ratio) == ((), BY_HASH, 0.0)


def test_a_faint_change_fails_where_the_same_driver_drew_and_passes_elsewhere(
    drawn: Draw, here: dict[str, str]
) -> None:
    golden, faint = drawn("one", pixels=grey()), grey()
    faint[60, 150] += 1
    same, elsewhere = (
        judge(golden, drawn("one", pixels=faint)),
        judge(golden, drawn("one", pixels=faint, by={**here, "renderer": "softpipe"})),
    )
    assert same.problems[0].startswith("1 pixels differ, though the same driver drew them: 16 px 0.00 of 2")
    assert same.problems[1] == "the text layer is the same: what OpenGL draws has changed"
    assert (elsewhere.problems, elsewhere.gate) == ((), BY_TILES)


@pytest.mark.parametrize("key", fingerprint({"renderer": "llvmpipe", "version": "4.5"}, ASSETS))
def test_the_first_gate_is_for_those_who_share_each_part_of_the_fingerprint(drawn: Draw, key: str) -> None:
    here = fingerprint({"renderer": "llvmpipe", "version": "4.5"}, ASSETS)
    faint = grey()
    faint[60, 150] += 1
    golden = drawn("one", pixels=grey(), by=here)
    assert judge(golden, drawn("one", pixels=faint, by=here)).problems
    for by in ({**here, key: "another"}, {name: value for name, value in here.items() if name != key}):
        verdict = judge(golden, drawn("one", pixels=faint, by=by))
        assert (verdict.gate, verdict.problems) == (BY_TILES, ())


def test_a_verdict_says_by_which_gate_it_passed(drawn: Draw, here: dict[str, str]) -> None:
    elsewhere = {**here, "renderer": "softpipe"}
    pictures = [grey(), grey(field=1)]
    same, alike = (judge(drawn("one", pixels=grey(), by=elsewhere), drawn("one", pixels=each)) for each in pictures)
    exact = judge(drawn("one"), drawn("one"))
    assert [verdict.passed_by for verdict in (exact, same, alike)] == [
        "the same bytes",
        "tile means 0.00 of 2 levels",
        "tile means 0.25 of 2 levels",
    ]


@pytest.mark.parametrize(
    ("drivers", "line"),
    [
        (["llvmpipe", "llvmpipe"], "2 shots as the goldens (the same bytes)"),
        (["softpipe", "softpipe"], "2 shots as the goldens (tile means 0.25 of 2 levels at most)"),
        (["llvmpipe", "softpipe"], "2 shots as the goldens (1 the same bytes, 1 tile means 0.25 of 2 levels at most)"),
    ],
)
def test_the_sheet_says_by_which_gate_all_passed(
    tmp_path: Path, drawn: Draw, here: dict[str, str], drivers: list[str], line: str
) -> None:
    sheet = Sheet(tmp_path / "own.script", Goldens(tmp_path))
    for driver, dot in zip(drivers, (0, 1), strict=True):
        golden = drawn("one", pixels=grey(), by={**here, "renderer": driver})
        sheet.verdicts.append(judge(golden, drawn("one", pixels=grey(field=dot if driver == "softpipe" else 0))))
    assert list(told(sheet)) == [f"own.script: {line}"]


@pytest.mark.parametrize(
    ("dot", "place"), [("card", "the loss card"), ("progress", "the progress panel"), ("field", "the field")]
)
def test_a_real_change_fails_both_gates_and_is_told_with_its_place(
    drawn: Draw, here: dict[str, str], dot: str, place: str
) -> None:
    golden = drawn("one", pixels=grey())
    for by in (here, {**here, "renderer": "softpipe"}):
        verdict = judge(golden, drawn("one", pixels=grey(**{dot: 60}), by=by))
        assert verdict.problems[0].endswith(f"most in {place}")
        assert verdict.ratio > 5


def test_words_come_before_pixels(drawn: Draw) -> None:
    verdict = judge(drawn("one", pixels=grey()), drawn("one", pixels=grey(field=50), loss=0.124))
    assert verdict.problems[0] == "loss: 0.1234 -> 0.124"
    assert verdict.problems[1].startswith("144 pixels differ")


def test_a_failure_says_which_layer_changed(drawn: Draw) -> None:
    golden = drawn("one", pixels=grey())
    text = judge(golden, drawn("one", pixels=grey(card=40), text_layer="b" * 64)).problems
    assert (text[0], text[-1]) == ("the text layer has changed", "outside the panels, nothing has changed")
    both = judge(golden, drawn("one", pixels=grey(card=40, field=9), text_layer="b" * 64)).problems
    assert both[-1].startswith("outside the panels, too: ")


def test_the_text_layer_is_exact_on_every_driver_of_one_processor(drawn: Draw, here: dict[str, str]) -> None:
    golden = drawn("one")
    driver = drawn("one", by={**here, "renderer": "softpipe", "gl": "3.3"}, text_layer="b" * 64)
    assert judge(golden, driver).problems == ("the text layer has changed",)
    freetype = drawn("one", by={**here, "freetype": "2.14"}, text_layer="b" * 64)
    assert judge(golden, freetype).problems == ()


def test_another_size_is_told_and_no_figure_is_made_up(drawn: Draw) -> None:
    verdict = judge(drawn("one"), drawn("one", pixels=np.zeros((60, 100, 3), np.uint8)))
    assert verdict.problems == ("the golden is 200x120, the shot 100x60: the sizes must be equal",)
    assert (verdict.figures, verdict.ratio) == ({}, inf)


def test_a_long_list_of_changes_is_cut(drawn: Draw) -> None:
    many = {f"value_{k}": k for k in range(20)}
    problems = judge(drawn("one"), drawn("one", **many)).problems
    assert (len(problems), problems[-1]) == (7, "and 14 changes more")


def test_a_verdict_without_golden_is_the_worst(drawn: Draw) -> None:
    assert Verdict("one", drawn("one"), None, ("there is no golden one.png",)).ratio == inf


def test_a_place_is_named_by_the_panel_itself_and_never_by_what_floats_over_the_field(drawn: Draw) -> None:
    rect = [16, 16, 64, 48]
    panels = {"toast": [0, 0, 200, 120], "card_loss.tooltip": rect, "card_loss": rect}
    golden = drawn("one", pixels=grey(), panels=panels)
    for dot, place in (("card", "the loss card"), ("field", "the field")):
        verdict = judge(golden, drawn("one", pixels=grey(**{dot: 60}), panels=panels))
        assert verdict.problems[0].endswith(f"most in {place}")
