"""A trained run from a real backend: it comes epoch by epoch, is checked line by line, and is the whole truth."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.worker import Cancellation
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.run import Ending, Epoch, TrainingRun, UnusableRun
from scenes.training.sources.http import HttpSource
from scenes.training.sources.protocol import read_header, read_line
from scenes.training.sources.run_stream import RunStream
from simulation_server.backend import Backend
from simulation_server.faults import Fault
from simulation_server.training.parameters import Parameters as Asked
from simulation_server.training.protocol import epoch_line, header_line
from simulation_server.training.trainer import prepare, train

Followed = Callable[..., TrainingRun]
TRAINED = Parameters(source="trained", learning_rate=0.1, epochs=5)
MODES = (
    "nan",
    "out-of-order",
    "missing-epochs",
    "duplicate-epochs",
    "wrong-types",
    "infinity",
    "broken",
    "cut:2",
    "reset",
)


def lines(**asked: Any) -> list[bytes]:
    """What the trainer says of a run, as the backend would send it."""
    parameters = Asked(epochs=3, points=40, **asked)
    data = prepare(parameters)
    epochs = list(train(parameters, data))
    sent = [header_line(parameters, data), *(epoch_line(epoch, milliseconds=1.0) for epoch in epochs)]
    return [line.rstrip(b"\n") for line in sent]


def test_a_trained_run_is_what_the_trainer_computed(new_client: Callable[..., HttpSource], followed: Followed) -> None:
    run = followed(new_client(), replace(TRAINED, seed=3))
    asked = Asked(dataset="spiral", learning_rate=0.1, epochs=5, batch_size=32, seed=3)
    truth = list(train(asked, prepare(asked)))
    assert run.network and run.network.shape == (4, 6, 5, 2)
    for epoch in truth:
        state = run.at(epoch.number).state
        assert state
        for drawn, computed in zip(state.weights, epoch.state.weights, strict=True):
            np.testing.assert_array_equal(drawn, computed)
        for drawn, computed in zip(state.activations, epoch.state.activations, strict=True):
            np.testing.assert_array_equal(drawn, computed)
    assert run.ending == Ending("complete", "all epochs are trained")


def test_the_run_is_there_before_its_epochs(new_client: Callable[..., HttpSource], followed: Followed) -> None:
    said: list[Any] = []
    followed(new_client(), TRAINED, said.append)
    assert isinstance(said[0], TrainingRun)
    assert [value.number for value in said[1:]] == [1, 2, 3, 4, 5]


def test_divergence_is_an_ending_with_a_reason(new_client: Callable[..., HttpSource], followed: Followed) -> None:
    run = followed(new_client(), Parameters(source="trained", learning_rate=1.0, epochs=50, seed=1))
    assert run.ending and run.ending.status == "diverged" and run.available < 50
    assert run.ending and "too high" in run.ending.reason
    assert np.isfinite(run.loss).all()


@pytest.mark.parametrize("mode", MODES)
def test_a_stream_that_misbehaves_is_an_error_and_never_another_run(
    backend: Backend, mode: str, new_client: Callable[..., HttpSource]
) -> None:
    backend.fault = Fault.parse(mode)
    said: list[Any] = []
    with pytest.raises(RunError) as error:
        new_client(waits=()).run(TRAINED, Cancellation(), said.append)
    assert error.value.sentence and error.value.code
    begun = [value for value in said if isinstance(value, TrainingRun)]
    assert len(begun) <= 1, "a run that was shown must not begin anew"


def test_a_run_that_stalls_is_given_up_after_the_deadline(
    backend: Backend, new_client: Callable[..., HttpSource], deadline_after: Callable[[Callable[[int], bool]], None]
) -> None:
    backend.fault = Fault.parse("stall:2")
    said: list[Any] = []
    deadline_after(lambda _: len(said) == 3)
    with pytest.raises(RunError, match="stopped in the middle"):
        new_client().run(TRAINED, Cancellation(), said.append)
    assert [value.number for value in said[1:]] == [1, 2]


def test_stop_in_the_middle_ends_the_stream_at_once(backend: Backend, new_client: Callable[..., HttpSource]) -> None:
    backend.fault = Fault.parse("stall:1")
    cancellation, second = Cancellation(), threading.Event()
    errors: list[RunError] = []

    def report(value: Any) -> None:
        if isinstance(value, Epoch):
            second.set()

    def run() -> None:
        try:
            new_client().run(TRAINED, cancellation, report)
        except RunError as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert second.wait(300)
    cancellation.cancel()
    thread.join(300)
    assert not thread.is_alive()
    assert [error.code for error in errors] == ["stopped"]


@pytest.mark.parametrize("dataset", ["circle", "digits"])
def test_a_header_tells_the_network(dataset: str) -> None:
    network = read_header(lines(dataset=dataset)[0]).network
    assert network
    assert network.flat == (dataset == "circle")
    assert len(network.features) == network.shape[0] and len(network.classes) == network.shape[-1]
    assert len(network.samples) == len(network.labels) == len(network.training)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_line_or_unusable(noise: bytes) -> None:
    said: list[Any] = []
    stream = RunStream(said.append, trained=True)
    with pytest.raises(UnusableRun):
        stream.line(noise)
    assert not said


@given(st.data())
def test_a_line_with_any_field_spoiled_is_unusable_or_unharmed(data: st.DataObject) -> None:
    header, first, *_ = LINES
    told = msgspec.json.decode(data.draw(st.sampled_from([header, first])))
    key = data.draw(st.sampled_from(sorted(told)))
    told[key] = data.draw(st.none() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just([]))
    spoiled = msgspec.json.encode(told)
    try:
        read_header(spoiled) if "shape" in told else read_line(spoiled, NETWORK)
    except UnusableRun as why:
        assert str(why)


def test_an_epoch_of_another_shape_is_named() -> None:
    other = lines(dataset="circle", layers=(3,))[1]
    with pytest.raises(UnusableRun, match="weights of epoch 1"):
        read_line(other, NETWORK)


def test_weights_that_are_not_finite_are_named() -> None:
    told = msgspec.json.decode(LINES[1])
    told["biases"] = base64.b64encode(np.full(13, np.nan, "<f4").tobytes()).decode()
    with pytest.raises(UnusableRun, match="biases of epoch 1: not all are finite"):
        read_line(msgspec.json.encode(told), NETWORK)


@pytest.mark.parametrize(
    ("source", "told"), [("made-up", "is 'made-up'"), ("simulated", "is 'simulated'"), (None, "is not told")]
)
def test_a_run_that_does_not_say_that_it_was_trained_is_not_called_so(source: str | None, told: str) -> None:
    header = msgspec.json.decode(LINES[0]) | {"source": source}
    stream = RunStream(lambda value: None, trained=True)
    with pytest.raises(UnusableRun, match=told):
        stream.line(msgspec.json.encode({key: value for key, value in header.items() if value is not None}))
    assert stream.run is None


def test_what_a_header_says_of_its_run_is_what_the_run_is_whatever_was_asked_for() -> None:
    header = msgspec.json.decode(LINES[0])
    header["parameters"] |= {"learningRate": 0.7, "batchSize": 5, "epochs": 3}
    header["dataset"] = "their own rings"
    said: list[Any] = []
    RunStream(said.append, trained=True).line(msgspec.json.encode(header))
    lab = {"layers": (6, 5), "activation": "tanh", "features": ("x", "y", "x²", "y²"), "points": 40, "noise": 0.1}
    how = {"split": 0.8, "loss": "cross-entropy", "momentum": 0.9, "l1": 0.0, "l2": 0.0, "seed": 0}
    assert asdict(said[0].parameters) == asdict(RunParameters(0.7, 5, 3, "trained", "their own rings")) | lab | how
    assert said[0].source == "trained"


LINES = lines(dataset="circle")
NETWORK = read_header(LINES[0]).network
