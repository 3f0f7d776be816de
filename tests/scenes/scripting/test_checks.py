"""Every line's names and values are looked at before the first is played, and a failure tells what the screen says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.scripting.script import ScriptError, checked, play
from scenes.dashboard.controls import RunControls
from scenes.kit.choices import CHOICES
from scenes.kit.control_set import ControlSet
from scenes.scripting.checks import CHECKS, CONTROLS, STATUSES
from scenes.scripting.verbs import VERBS


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("press dataset spirl", "'spirl' is no value for 'dataset', did you mean 'spiral'?"),
        ("press strat", "there is no control 'strat', did you mean 'start'?"),
        ("dataset digit", "did you mean 'digits'?"),
        ("set learning_rate 2", "learning_rate 2 is not one of 0.001 to 1"),
        ("set batch_size 33", "'33' is no value for 'batch_size'"),
        ("set learnig_rate 0.1", "did you mean 'learning_rate'?"),
        ("set start 1", "there is no value to set for 'start'"),
        ("click speed 900", "speed 900 is not one of"),
        ("point 10", "'10' needs a second number"),
        ("until trainig", "there is no status 'trainig', did you mean 'training'?"),
        ("until training within=5", "'5' is not a duration"),
        ("expect status = done", "there is no status 'done'"),
        ("run soon", "'soon' is not a duration"),
        ("wait 2h", "'2h' is not a duration"),
        ("key hyper", "there is no key 'hyper'"),
        ("theme drak", "did you mean 'dark'?"),
        ("motion none", "there is no motion 'none'"),
    ],
)
def test_a_line_that_cannot_be_right_is_named_before_anything_is_played(tmp_path: Path, line: str, told: str) -> None:
    script = tmp_path / "tour.script"
    script.write_text(f"run 1s\n{line}\n", encoding="utf-8")
    with pytest.raises(ScriptError) as why:
        checked(script, VERBS, CHECKS)
    assert str(why.value).startswith("tour.script:2: ") and told in str(why.value)


def test_scripts_that_come_along_pass(tmp_path: Path) -> None:
    folder = Path(__file__).parents[3]
    for script in [*(folder / "assets/scripts").glob("*.script"), *(folder / "tests/scripts").glob("*.script")]:
        assert checked(script, VERBS, CHECKS)


def test_what_is_known_beforehand_is_what_the_screen_has(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        controls = stage.first.find(ControlSet)
        assert isinstance(controls, RunControls)
        stage.show("compare")
        beside = stage.scene.find(ControlSet)
        assert beside and beside is not controls
        stage.show("runs")
        kept = stage.scene.find(ControlSet)
        assert kept and set(CONTROLS) == {*controls.names, *beside.names, *kept.names}
        stage.show("dashboard")
        assert tuple(pilot.pilot.screen.statuses) == STATUSES
        pilot.press("dataset", "xor")
        pilot.expect("controls.dataset.value", "exclusive-or")
        pilot.set("dataset", "gauss")
        pilot.expect("controls.dataset.value", "gaussians")
    assert "curve" in CHOICES["dataset"]


def test_a_script_that_fails_names_the_cause_that_the_screen_shows(rehearsed: Any, tmp_path: Path) -> None:
    script = tmp_path / "tour.script"
    script.write_text("server refused\npress start\nuntil training within=9s\n", encoding="utf-8")
    with rehearsed(tmp_path) as (_, pilot), pytest.raises(ScriptError) as why:
        play(script, VERBS, pilot.pilot, cause=pilot.pilot.cause)
    assert "the status is still 'error'" in str(why.value)
    assert "the screen says: The training server cannot be reached." in str(why.value)
