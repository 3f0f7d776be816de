"""The visualizer's own verbs: they do what they say to a real one without a window, and say why they cannot."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.scripting.words import VerbError
from scenes.stage import Stage
from scenes.training.snapshot import Snapshot
from simulation_server.backend import Backend


@pytest.fixture(scope="module")
def server() -> Iterator[Backend]:
    """A backend that keeps running."""
    with Backend(seed=7) as backend:
        yield backend


@pytest.fixture
def played(server: Backend, rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Stage, Any]]:
    """A visualizer without a window, and its pilot."""
    server.misbehave("healthy")
    with rehearsed(tmp_path, server=server) as made:
        yield made


@pytest.fixture
def pilot(played: tuple[Stage, Any]) -> Any:
    return played[1]


@pytest.fixture
def stage(played: tuple[Stage, Any]) -> Stage:
    return played[0]


def now(stage: Stage) -> Snapshot:
    return stage.controller.now


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learning_rate", "0.037"),
        ("batch_size", "256"),
        ("epochs", "199"),
        ("speed", "25"),
        ("dataset", "circle"),
        ("dataset", "curve"),
        ("theme", "light"),
    ],
)
def test_a_control_is_set_exactly_and_no_time_passes(pilot: Any, stage: Stage, name: str, value: str) -> None:
    pilot.set(name, value)
    assert stage.app.clock.count == 0
    pilot.expect(f"controls.{name}.value", value)
    pilot.run("1ticks")
    pilot.expect(f"controls.{name}.value", value)


def test_a_data_set_is_trained_on_once_it_is_chosen(pilot: Any) -> None:
    pilot.set("source", "simulated")
    pilot.expect("controls.dataset.value", "curve")
    pilot.dataset("digits")
    pilot.expect("parameters.dataset", "digits")
    pilot.expect("parameters.source", "trained")


def test_what_is_set_is_what_the_next_run_is_asked_for(pilot: Any) -> None:
    pilot.set("epochs", "6")
    pilot.set("speed", "20")
    pilot.press("start")
    pilot.until("complete")
    pilot.expect("epochs", "6")


@pytest.mark.parametrize("name", ["learning_rate", "batch_size", "epochs", "dataset", "source"])
def test_what_a_run_was_asked_for_is_locked_until_it_ends(pilot: Any, name: str) -> None:
    value = {"learning_rate": "0.5", "batch_size": "16", "epochs": "5", "dataset": "circle", "source": "simulated"}
    pilot.press("start")
    with pytest.raises(VerbError, match=f"the control '{name}' is locked while the status is 'loading'"):
        pilot.set(name, value[name])
    pilot.set("speed", "20")
    pilot.set("theme", "light")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("learning_rate", "0.0375", "learning_rate 0.0375 is not one of 0.001 to 1 in steps of 0.001"),
        ("learning_rate", "1.001", "learning_rate 1.001 is not one of"),
        ("learning_rate", "much", "'much' is not a number"),
        ("epochs", "4", "epochs 4 is not one of 5 to 200 in steps of 1"),
        ("speed", "2.5", "speed 2.5 is not one of 1 to 500 in steps of 1"),
        ("speed", "501", "speed 501 is not one of 1 to 500 in steps of 1"),
        ("batch_size", "33", "'33' is no value for 'batch_size'; known are: 16, 32, 64, 128, 256"),
        ("dataset", "spirl", "'spirl' is no value for 'dataset', did you mean 'spiral'?"),
        ("theme", "blue", "'blue' is no value for 'theme'; known are: dark, light"),
        ("start", "1", "there is no value to set for 'start': it is pressed, not set"),
        ("epoch", "7", "there is no value to set for 'epoch', did you mean 'epochs'?"),
    ],
)
def test_a_value_that_the_control_has_not_is_refused(pilot: Any, name: str, value: str, why: str) -> None:
    with pytest.raises(VerbError) as caught:
        pilot.set(name, value)
    assert why in str(caught.value)


def test_time_passes_until_so_many_more_epochs_have_been_shown(pilot: Any, stage: Stage) -> None:
    pilot.press("start")
    pilot.run("3epochs")
    assert now(stage).epoch == 3
    pilot.wait("1epoch")
    pilot.run("6epochs")
    assert now(stage).epoch == 10


def test_epochs_that_will_never_be_shown_are_not_waited_for(pilot: Any, stage: Stage) -> None:
    with pytest.raises(VerbError, match="no epoch will be shown while the status is 'idle'"):
        pilot.run("3epochs")
    pilot.set("epochs", "5")
    pilot.press("start")
    pilot.run("4epochs")
    with pytest.raises(VerbError, match="the status is 'complete' after 1 of 3 epochs"):
        pilot.run("3epochs")


def test_an_expression_is_waited_for(pilot: Any, stage: Stage) -> None:
    pilot.press("start")
    pilot.until("epoch", ">=", "7")
    assert now(stage).epoch == 7
    pilot.until("epoch>=8", within="1s")
    pilot.until("progress", ">=", "0.2")
    assert now(stage).epoch == 10
    with pytest.raises(VerbError, match=r"loss is 0\.\d+, not < 0, after 90ticks"):
        pilot.until("loss", "<", "0", within="90ticks")


def test_words_are_looked_for_where_they_can_be_seen(pilot: Any) -> None:
    pilot.expect("text", "Learning rate")
    pilot.press("start")
    pilot.until("text", "Pause", within="2s")
    with pytest.raises(VerbError, match="the screen does not say 'Paus now'"):
        pilot.expect("text", "Paus now")


def test_expectations_of_a_status_are_guessed(pilot: Any) -> None:
    for verb in (pilot.until, lambda word: pilot.expect("status", word)):
        with pytest.raises(VerbError, match="there is no status 'trainig', did you mean 'training'"):
            verb("trainig")


def test_the_help_has_its_place_before_it_is_drawn(pilot: Any, stage: Stage) -> None:
    pilot.key("f1")
    before = stage.app.scenes.top.describe()["panels"]["help"]
    pilot.shot("help")
    assert before == stage.app.scenes.top.describe()["panels"]["help"]


def test_a_shot_tells_the_mark_that_was_passed(pilot: Any, tmp_path: Path) -> None:
    pilot.shot("before")
    pilot.run("5ticks")
    pilot.mark("the beginning")
    pilot.shot("after")
    before, after = (json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in ("before", "after"))
    assert "mark" not in before and after["mark"] == "the beginning"
    assert pilot.marks == [("the beginning", 5)]
    pilot.expect("mark", "the beginning")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 81])
def test_a_mark_has_a_name(pilot: Any, name: str) -> None:
    with pytest.raises(VerbError, match="a mark is a name of 1 to 80 characters"):
        pilot.mark(name)
