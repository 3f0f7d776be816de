"""The network is the visitor's: every setting by hand, by key and by script, seen before anything is trained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.png import note_of
from engine.scripting.words import VerbError
from scenes.cli.opening import what_is_meant
from scenes.dashboard.control_slots import GRIDS, TAB_OF, TABS
from scenes.dashboard.controls import MANY, NEXT, SPREAD
from scenes.kit.choices import RANGES
from scenes.training.moment_line import MomentLine, read_line
from scenes.training.parameters import CHOSEN


class HeldClipboard:
    """What a desktop's clipboard would hold; `there` False: there is none."""

    def __init__(self) -> None:
        self.held, self.there = "", True

    def put(self, text: str) -> bool:
        if self.there:
            self.held = text
        return self.there

    def text(self) -> str:
        return self.held


def test_every_parameter_has_its_place_on_a_tab() -> None:
    assert set(CHOSEN) - {"source", "rows"} <= set(TAB_OF)  # rows are chosen on the card of a walk
    assert all(name in RANGES or name in GRIDS for name in TAB_OF)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("layers", "8,8,4", (8, 8, 4)),
        ("layers", "none", ()),
        ("activation", "relu", "relu"),
        ("loss", "mean-squared-error", "mean-squared-error"),
        ("momentum", "0.5", 0.5),
        ("l1", "0.001", 0.001),
        ("l2", "0.05", 0.05),
        ("features", "x,y,sinx", ("x", "y", "sin x")),
        ("points", "100", 100),
        ("noise", "0.35", 0.35),
        ("split", "0.65", 0.65),
        ("seed", "123456789", 123456789),
    ],
)
def test_what_a_script_sets_is_what_the_next_run_has(
    rehearsed: Any, tmp_path: Path, name: str, text: str, value: object
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.set(name, text)
        assert getattr(stage.controller.chosen, name) == value
        pilot.run("3ticks")
        pilot.press("start")
        pilot.until("training", within="60s")
        told = getattr(stage.controller.now.parameters, name)
        assert told == value
        assert stage.controller.now.following == {}


@pytest.mark.parametrize("tab", list(TABS))
def test_the_settings_of_one_tab_are_there_at_a_time(rehearsed: Any, tmp_path: Path, tab: str) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("settings", tab)
        pilot.tick()
        controls = stage.first.entries()["controls"]()
        assert {name for name in TAB_OF if controls[name]["visible"]} == {
            name for name, where in TAB_OF.items() if where == tab
        }
        assert controls["settings"]["value"] == tab
        hidden = next(name for name, where in TAB_OF.items() if where != tab)
        with pytest.raises(VerbError, match="cannot be used now"):
            pilot.press(hidden)


def test_layers_are_added_and_taken_away_by_hand_and_seen_before_anything_is_trained(
    rehearsed: Any, tmp_path: Path
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("settings", "network")

        def shape() -> list[int]:
            pilot.tick()
            pilot.tick()
            told: list[int] = stage.first.entries()["shape"]()
            return told

        assert shape() == [4, 6, 5, 2]
        pilot.press("layers", "add")
        assert shape() == [4, 6, 6, 5, 2]
        pilot.press("layers", "next")
        pilot.set("neurons", "9")
        assert shape() == [4, 6, 6, 9, 2]
        pilot.press("layers", "previous")
        pilot.press("layers", "remove")
        assert shape() == [4, 6, 9, 2]
        pilot.press("layers", "remove")
        pilot.press("layers", "remove")
        assert shape() == [4, 2]
        with pytest.raises(VerbError, match="'layers remove' cannot be used now"):
            pilot.press("layers", "remove")
        for _ in range(8):
            pilot.press("layers", "add")
        assert shape() == [4, *[4] * 8, 2]
        with pytest.raises(VerbError, match="'layers add' cannot be used now"):
            pilot.press("layers", "add")
        pilot.key("ctrl+z")
        assert len(shape()) == 9
        pilot.key("ctrl+y")
        assert len(shape()) == 10


def test_features_are_pressed_in_and_out_and_the_last_one_stays(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("settings", "data")
        pilot.press("features", "sin_x")
        assert stage.controller.chosen.features == ("x", "y", "x²", "y²", "sin x")
        for name in ("x", "y2", "x²", "sinx", "y"):
            pilot.press("features", name)
        assert stage.controller.chosen.features == ("y",)


def test_the_dice_show_every_seed_once_before_one_comes_again(rehearsed: Any, tmp_path: Path) -> None:
    seeds, seed = set(), 0
    for _ in range(MANY):
        seeds.add(seed := (seed * SPREAD + NEXT) % MANY)
    assert len(seeds) == MANY
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("settings", "data")
        before = stage.controller.now.network
        pilot.press("new_seed")
        pilot.tick()
        pilot.tick()
        after = stage.controller.now.network
        assert stage.controller.chosen.seed == (7 * SPREAD + NEXT) % MANY
        assert before and after and not np.array_equal(before.samples, after.samples)


def test_what_makes_no_difference_cannot_be_turned(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("settings", "data")

        def open_ones() -> set[str]:
            pilot.tick()
            controls = stage.first.entries()["controls"]()
            return {name for name in TAB_OF if controls[name]["enabled"]}

        assert open_ones() == {"features", "points", "noise", "split", "seed", "new_seed"}
        pilot.set("dataset", "digits")
        assert open_ones() == {"split", "seed", "new_seed"}
        pilot.set("dataset", "curve")
        assert open_ones() == set()


def test_a_moment_is_copied_and_pasted(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        held = HeldClipboard()
        _lines(stage)._clipboard = held
        pilot.open(*["circle", "layers=3", "learning_rate=0.1", "epochs=9", "seed=5", "epoch=4", "camera=0.5,0.2,4"])
        pilot.until("paused", within="60s")
        state, camera = stage.controller.now.state, stage.first.entries()["camera"]()
        pilot.press("copy")
        copied = read_line(held.held)
        assert (copied.parameters.dataset, copied.parameters.layers, copied.epoch) == ("circle", (3,), 4)
        pilot.press("stop")
        pilot.set("dataset", "spiral")
        pilot.key("ctrl+v")
        pilot.until("paused", within="60s")
        again = stage.controller.now
        assert again.epoch == 4 and again.state is not state
        for one, other in zip(again.state.weights, state.weights, strict=True):
            np.testing.assert_array_equal(one, other)
        seen = stage.first.entries()["camera"]()
        assert seen == pytest.approx(camera, abs=0.02)  # it has swayed on meanwhile
        held.held = "a shopping list"
        pilot.key("ctrl+v")
        assert "'a' is no data set" in stage.context.toast.text
        held.there = False
        pilot.key("ctrl+c")
        assert stage.context.toast.text == "There is no clipboard here"


def _lines(stage: Any) -> Any:
    """What the copy switch belongs to."""
    return stage.first._controls.ui.controls["copy"].press.__self__


def test_a_picture_carries_the_line_of_its_moment(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.set("features", "x,y,x²")
        pilot.run("2ticks")
        pilot.shot("one")
        told = stage.first.entries()["line"]()
    note = note_of((tmp_path / "one.png").read_bytes()).decode("latin-1")
    assert note == f"AI Training Visualizer: {told}"
    assert what_is_meant([str(tmp_path / "one.png")]) == read_line(told)


def test_what_open_is_given_is_a_file_a_picture_or_a_line(tmp_path: Path) -> None:
    assert what_is_meant(["run.ndjson"]) == Path("run.ndjson")
    line = what_is_meant(["spiral", "layers=8,8", "epoch=3"])
    assert isinstance(line, MomentLine) and line.epoch == 3
    assert what_is_meant(["circle"]) == read_line("circle")
    (tmp_path / "other.png").write_bytes(b"GIF")
    for words, told in (
        ([str(tmp_path / "none.png")], "No such file"),
        ([str(tmp_path / "other.png")], "it is no PNG"),
        (["spiral", "layres=8"], "did you mean 'layers'"),
    ):
        with pytest.raises(ValueError, match=told):
            what_is_meant(words)
