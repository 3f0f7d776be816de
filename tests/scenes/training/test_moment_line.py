"""A line brings back the moment that it was written of, and nothing else is taken for one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import TICK
from scenes.training.lifecycle import Status
from scenes.training.moment_line import Looked, MomentLine, NotALine, line_of, read_line
from scenes.training.parameter_words import changed, text_of, value_of
from scenes.training.parameters import (
    ACTIVATIONS,
    BATCH_SIZES,
    BOUNDS,
    CHOSEN,
    DATASETS,
    FEATURES,
    LARGEST_SEED,
    LOSSES,
    OWN,
    USUAL_LAYERS,
    Parameters,
    RunParameters,
    matters,
)
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot
from simulation_server.training import datasets as server_data
from simulation_server.training import parameters as server

TRAINED = Parameters(source="trained")
rates = st.integers(1, 1000).map(lambda n: n / 1000)
bounded = {name: st.floats(low, high, allow_subnormal=False) for name, (low, high) in BOUNDS.items()}
asked = st.builds(
    Parameters,
    source=st.just("trained"),
    dataset=st.sampled_from(DATASETS),
    learning_rate=rates,
    batch_size=st.sampled_from(BATCH_SIZES),
    epochs=st.integers(1, 200),
    layers=st.none() | st.lists(st.integers(1, 64), max_size=8).map(tuple),
    activation=st.sampled_from(ACTIVATIONS),
    features=st.lists(st.sampled_from(FEATURES), min_size=1, unique=True).map(tuple),
    loss=st.sampled_from(LOSSES),
    seed=st.integers(0, LARGEST_SEED),
    **{name: value.map(lambda x: round(x, 9)) for name, value in bounded.items() if name != "points"},
    points=st.integers(10, 2000),
)


@given(parameters=asked, share=st.floats(0, 1))
def test_what_is_written_is_read_again(parameters: Parameters, share: float) -> None:
    line = MomentLine(parameters, round(share * parameters.epochs), (0.5, -0.25, 4.0))
    read = read_line(str(line))
    unwritten = {name: getattr(TRAINED, name) for name in CHOSEN if not matters(name, parameters.dataset)}
    line = replace(line, parameters=replace(parameters, **unwritten))  # what makes no difference is not written
    assert read == line
    assert str(read) == str(line)


@given(parameters=asked)
def test_each_setting_is_read_as_it_is_written(parameters: Parameters) -> None:
    words = {name: text_of(name, getattr(parameters, name)) for name in CHOSEN}
    assert {name: value_of(name, text) for name, text in words.items()} == {
        name: getattr(parameters, name) for name in CHOSEN
    }
    assert changed(Parameters(), words) == parameters


def test_what_is_usual_is_left_out_and_the_example_of_the_docs_is_written_so() -> None:
    parameters = replace(TRAINED, layers=(8, 8), activation="relu", learning_rate=0.03, noise=0.2, seed=7)
    assert str(MomentLine(TRAINED)) == "spiral"
    assert (
        str(MomentLine(parameters, 31))
        == "spiral learning_rate=0.03 layers=8,8 activation=relu noise=0.2 seed=7 epoch=31"
    )
    assert str(MomentLine(Parameters(learning_rate=0.5, seed=3))) == "curve learning_rate=0.5 seed=3"


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("xor layers= features=x,y", {"dataset": "exclusive-or", "layers": (), "features": ("x", "y")}),
        ("spiral layers=none", {"layers": ()}),
        ("spiral layers=usual", {}),
        ("  gauss\tfeatures=x2,y^2,sinx,sin_y\n", {"dataset": "gaussians", "features": ("x²", "y²", "sin x", "sin y")}),
        ("curve epochs=9", {"source": "simulated", "epochs": 9}),
    ],
)
def test_short_words_are_read_too(text: str, parameters: dict[str, Any]) -> None:
    assert read_line(text).parameters == replace(TRAINED, **parameters)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1 to 1000 characters"),
        ("x" * 1001, "1 to 1000 characters"),
        ("spirl", "did you mean 'spiral'"),
        ("csv layers=8", "--csv"),
        ("spiral layres=8", "did you mean 'layers'"),
        ("spiral 8,8", "is no setting"),
        ("spiral layers=8,8 layers=9", "told twice"),
        ("spiral layers=0", "1 to 64 neurons"),
        ("spiral layers=8,,8", "not neurons per hidden layer"),
        ("spiral layers=1,1,1,1,1,1,1,1,1", "at most 8"),
        ("spiral features=", "features"),
        ("spiral features=x,x", "none twice"),
        ("spiral learning_rate=nan", "not a number"),
        ("spiral learning_rate=1e999", "not a number"),
        ("spiral learning_rate=2", "not within"),
        ("spiral batch_size=33", "not one of"),
        ("spiral seed=-1", "whole number"),
        ("spiral seed=9223372036854775808", "2^63"),
        ("spiral epoch=51", "beyond the last one, 50"),
        ("spiral epoch=²", "whole number"),
        ("spiral camera=1,2", "yaw,pitch,distance"),
        ("spiral camera=1,2,inf", "yaw,pitch,distance"),
        ("spiral source=trained", "is no setting"),
    ],
)
def test_what_is_no_line_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(NotALine) as why:
        read_line(text)
    assert told in str(why.value)


@given(st.text(max_size=80))
def test_any_text_is_a_line_or_is_refused(text: str) -> None:
    try:
        assert read_line(read_line(text).__str__())
    except NotALine as why:
        assert str(why)


def test_a_trained_runs_own_parameters_make_the_line_and_usual_layers_stay_usual() -> None:
    run = {name: getattr(TRAINED, name) for name in CHOSEN} | {"layers": (6, 5), "seed": 4}
    now = Snapshot(Status.PAUSED, RunParameters(**run), 200, epoch=12)
    line = line_of(now, (0.0, 0.0, 5.0))
    assert line == MomentLine(replace(TRAINED, seed=4), 12, (0.0, 0.0, 5.0))


def test_what_nobody_can_bring_back_has_no_line() -> None:
    for told in (RunParameters(), RunParameters(0.1, 33, 500, "trained", "mine"), replace(TRAINED, dataset=OWN)):
        assert line_of(Snapshot(Status.PAUSED, told, 200), (0.0, 0.0, 5.0)) is None


def test_bounds_and_defaults_are_those_of_the_backend() -> None:
    theirs = server.Parameters()
    for name in (
        *BOUNDS,
        "learning_rate",
        "batch_size",
        "epochs",
        "dataset",
        "layers",
        "activation",
        "features",
        "loss",
    ):
        assert getattr(Parameters(), name) == getattr(theirs, name), name
    assert server.BOUNDS == BOUNDS
    assert (server.MOST_LAYERS, server.LARGEST_SEED) == (8, LARGEST_SEED)
    assert Parameters(dataset="digits").hidden == USUAL_LAYERS["digits"] == server_data.DIGITS_HIDDEN_LAYERS
    assert Parameters().hidden == server_data.HIDDEN_LAYERS


@pytest.mark.parametrize("epoch", [1, 3, 5])
@pytest.mark.parametrize("status", ["idle", "loading", "training", "paused", "complete", "error"])
def test_a_moment_opens_from_any_state_at_its_epoch_and_rests_there(session: Any, status: str, epoch: int) -> None:
    controller = session.lead_to(status).controller
    assert controller.open(replace(Parameters(), epochs=5, layers=(3,)), epoch)
    session.worker.finish()
    for _ in range(3):
        now = controller.tick(TICK)
    assert (now.status, now.epoch) == (Status.COMPLETE if epoch == 5 else Status.PAUSED, epoch)
    assert now.parameters.layers == (3,)


def test_a_moment_without_an_epoch_is_chosen_and_not_trained(session: Any) -> None:
    controller = session.lead_to("complete").controller
    assert controller.open(replace(Parameters(), epochs=9), 0)
    assert controller.tick(TICK).status is Status.IDLE and controller.chosen.epochs == 9


def test_a_moment_that_is_not_there_yet_is_waited_for_and_stop_gives_it_up(session: Any, new_run: Any) -> None:
    controller = session.controller
    controller.open(Parameters(epochs=5), 3)
    session.worker.say("report", run := TrainingRun(Parameters(epochs=5)))
    for _ in range(60):
        assert controller.tick(TICK).epoch == 0
    assert run.shown == 0
    controller.stop()
    assert controller.start()
    session.worker.finish()
    assert controller.tick(TICK).status is Status.TRAINING


def test_choices_are_taken_back_one_by_one_and_made_again(session: Any) -> None:
    controller = session.controller
    first = controller.chosen
    for changes in ({"learning_rate": 0.1}, {"layers": (3,)}, {"layers": (3, 3)}):
        controller.set_parameters(**changes)
        for _ in range(61):
            controller.tick(TICK)
    last = controller.chosen
    assert controller.take_back() and controller.chosen.layers == (3,)
    assert controller.take_back() and controller.chosen.layers is None
    assert controller.take_back() and controller.chosen == first
    assert not controller.take_back()
    assert all(controller.do_again() for _ in range(3)) and controller.chosen == last
    assert not controller.do_again()


def test_one_turn_of_a_knob_is_taken_back_as_one(session: Any) -> None:
    controller = session.controller
    for noise in (0.2, 0.3, 0.4):
        controller.set_parameters(noise=noise)
        controller.tick(TICK)
    controller.set_parameters(points=100)
    assert controller.take_back() and controller.chosen.noise == 0.4
    assert controller.take_back() and controller.chosen == Parameters()


def test_a_new_choice_forgets_what_could_be_done_again(session: Any) -> None:
    controller = session.controller
    controller.set_parameters(noise=0.2)
    controller.take_back()
    controller.set_parameters(points=100)
    assert not controller.do_again()


def test_stop_and_choices_are_taken_back_in_the_order_in_which_they_were_made(session: Any) -> None:
    controller = session.lead_to("paused").controller
    controller.stop()
    controller.set_parameters(noise=0.2)
    assert controller.take_back() and controller.chosen.noise == 0.1 and controller.refresh().run is None
    assert controller.take_back() and controller.refresh().status is Status.PAUSED
    assert not controller.take_back(), "while a run is on, nothing can be chosen"


def test_the_next_visitor_takes_nothing_back(session: Any) -> None:
    controller = session.lead_to("paused").controller
    controller.stop()
    controller.set_parameters(noise=0.2)
    controller.begin_anew()
    assert not controller.take_back() and not controller.do_again()


def test_own_rows_are_written_and_read_again_and_asked_of_the_backend() -> None:
    rows = ((0.2, 0.53, 0.7, 1.0), (0.9, 0.95, 1.0, 0.0))
    line = MomentLine(replace(TRAINED, dataset="colours", rows=rows, seed=3), 7)
    assert "rows=0.2,0.53,0.7,1;0.9,0.95,1,0" in str(line)
    assert read_line(str(line)) == line
    for wrong in ("1,2", "1,2,2", "a,b,1", "9,9,1"):
        with pytest.raises(NotALine, match="rows"):
            read_line(f"spiral rows={wrong}")


@pytest.mark.parametrize(
    ("looked", "words"),
    [
        (Looked((1, 2)), "neuron=1.3"),
        (Looked((2, 0), 4), "neuron=2.1.5"),
        (Looked(sample=11, step=3), "sample=12.4"),
        (Looked((2, 1), sample=0, step=2), "neuron=2.2 sample=1.3"),
    ],
)
def test_what_is_looked_at_is_written_and_read_again(looked: Looked, words: str) -> None:
    line = MomentLine(TRAINED, 7, looked=looked)
    assert words in str(line) and read_line(str(line)) == line


@pytest.mark.parametrize("word", ["neuron=1", "neuron=1.0", "neuron=1.2.3.4", "neuron=a.1", "sample=3", "sample=0.1"])
def test_what_cannot_be_looked_at_is_named(word: str) -> None:
    with pytest.raises(NotALine, match=word.partition("=")[0]):
        read_line(f"spiral epoch=3 {word}")


def test_a_line_brings_back_a_card_and_a_walk_at_its_step(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.open("spiral", "learning_rate=0.1", "epochs=9", "seed=7", "epoch=5")
        pilot.until("paused", within="60s")
        seen = []
        for act in (
            lambda: pilot.neuron("1", "3", link="2"),
            lambda: pilot.walk("12", step="3", neuron="2"),
            lambda: pilot.walk("12", step="6"),
        ):
            act()
            seen.append({name: stage.first.entries()[name]() for name in ("line", "neuron", "walk")})
        for told in seen:
            pilot.open(*told["line"].split(" "))
            pilot.until("paused", within="60s")
            pilot.tick()
            again = {name: stage.first.entries()[name]() for name in ("neuron", "walk")}
            assert again == {name: told[name] for name in ("neuron", "walk")}
        pilot.open("circle", "epochs=9", "epoch=5", "neuron=7.1", "sample=9999.1")
        pilot.until("paused", within="60s")
        pilot.tick()
        assert stage.first.entries()["neuron"]() is None and stage.first.entries()["walk"]() is None
