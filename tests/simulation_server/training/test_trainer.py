"""What a run yields: the same every time, always finite, with its end in words."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation_server.training.activations import ACTIVATIONS
from simulation_server.training.datasets import SHIPPED
from simulation_server.training.losses import LOSSES
from simulation_server.training.parameters import Parameters
from simulation_server.training.points import FEATURES
from simulation_server.training.trainer import COMPLETE, DIVERGED, Epoch, Outcome, network_shape, prepare, train

History = Callable[..., tuple[list[Epoch], Outcome]]


def numbers(epoch: Epoch) -> list[Any]:
    """All numbers of an epoch as bytes or floats, to be compared bit by bit."""
    state = epoch.state
    single = (*state.weights, *state.biases, *state.activations, state.gradient_norms)
    plain = [epoch.loss, epoch.accuracy, epoch.validation_loss, epoch.validation_accuracy, epoch.learning_rate]
    return [epoch.number, *plain, *(array.tobytes() for array in single), epoch.confusion.tobytes()]


def assert_finite(epoch: Epoch) -> None:
    state = epoch.state
    for array in (*state.weights, *state.biases, *state.activations, state.gradient_norms):
        assert np.isfinite(array).all()
    assert np.isfinite([epoch.loss, epoch.accuracy, epoch.validation_loss, epoch.validation_accuracy]).all()


@pytest.mark.parametrize("dataset", SHIPPED)
def test_equal_parameters_give_a_bit_identical_history(history: History, dataset: str) -> None:
    once, again = (history(dataset=dataset, epochs=3, seed=11)[0] for _ in range(2))
    assert list(map(numbers, once)) == list(map(numbers, again))


def test_another_seed_gives_another_history(history: History) -> None:
    assert numbers(history(epochs=1, seed=1)[0][0]) != numbers(history(epochs=1, seed=2)[0][0])


def test_layers_do_not_change_the_data() -> None:
    wide, narrow = (prepare(Parameters(layers=layers)) for layers in ((64,) * 8, ()))
    np.testing.assert_array_equal(wide.training.inputs, narrow.training.inputs)


def test_a_complete_run_has_all_its_epochs_numbered_from_one(history: History) -> None:
    epochs, outcome = history(dataset="circle", epochs=5)
    assert [epoch.number for epoch in epochs] == [1, 2, 3, 4, 5]
    assert (outcome.status, outcome.epochs) == (COMPLETE, 5)


@pytest.mark.parametrize(("dataset", "shape"), [("spiral", (4, 6, 5, 2)), ("digits", (64, 32, 16, 10))])
def test_the_state_has_the_default_shape_of_the_data_set(
    history: History, dataset: str, shape: tuple[int, ...]
) -> None:
    parameters = Parameters(dataset=dataset)
    assert network_shape(parameters, prepare(parameters)) == shape
    state = history(dataset=dataset, epochs=1)[0][0].state
    assert tuple(weights.shape for weights in state.weights) == tuple(pairwise(shape))
    assert tuple(len(means) for means in state.activations) == shape
    assert state.activations[-1].sum() == pytest.approx(1.0, abs=1e-5)
    assert len(state.gradient_norms) == len(shape) - 1


def test_the_confusion_counts_every_validation_row_once(history: History) -> None:
    epoch = history(dataset="digits", epochs=1)[0][0]
    truths = prepare(Parameters(dataset="digits")).validation.labels
    np.testing.assert_array_equal(epoch.confusion.sum(axis=1), np.bincount(truths))
    assert epoch.validation_accuracy == pytest.approx(100.0 * np.trace(epoch.confusion) / epoch.confusion.sum())


def test_a_rate_too_high_ends_as_diverged_with_the_reason_in_words(history: History) -> None:
    epochs, outcome = history(learning_rate=1.0)
    assert outcome.status == DIVERGED
    assert outcome.epochs == len(epochs) == epochs[-1].number < 50
    assert outcome.reason.startswith(f"the loss rose to {epochs[-1].loss:.3g}")
    assert outcome.reason.endswith(f" at epoch {outcome.epochs}: the learning rate 1 is too high for this data")


def test_a_run_that_overflows_ends_with_the_last_finite_values(history: History) -> None:
    asked = {"activation": "linear", "loss": "mean-squared-error", "layers": (64, 64, 64), "learning_rate": 1.0}
    epochs, outcome = history(**asked)
    assert (outcome.status, outcome.epochs, len(epochs)) == (DIVERGED, 1, 1)
    assert "grew past all bounds at epoch 1" in outcome.reason
    assert_finite(epochs[-1])


@settings(max_examples=60, deadline=None)
@given(
    asked=st.fixed_dictionaries(
        {
            "dataset": st.sampled_from(("circle", "exclusive-or", "gaussians", "spiral")),
            "features": st.lists(st.sampled_from(list(FEATURES)), min_size=1, unique=True).map(tuple),
            "points": st.integers(10, 60),
            "noise": st.floats(0.0, 0.5),
            "layers": st.none() | st.lists(st.integers(1, 64), max_size=8).map(tuple),
            "activation": st.sampled_from(list(ACTIVATIONS)),
            "loss": st.sampled_from(list(LOSSES)),
            "learning_rate": st.floats(0.0, 1.0, exclude_min=True),
            "batch_size": st.sampled_from((16, 32, 64, 128, 256)),
            "epochs": st.integers(1, 4),
            "momentum": st.floats(0.0, 0.99),
            "l1": st.floats(0.0, 0.1),
            "l2": st.floats(0.0, 0.1),
            "split": st.floats(0.5, 0.9),
            "seed": st.integers(0, 2**32 - 1),
        }
    )
)
def test_whatever_is_asked_only_finite_numbers_come_out_and_no_warning(history: History, asked: dict[str, Any]) -> None:
    epochs, outcome = history(**asked)
    assert outcome.epochs == len(epochs) >= 1
    for epoch in epochs:
        assert_finite(epoch)


def test_closing_the_generator_ends_the_run() -> None:
    run = train(Parameters(epochs=200))
    next(run)
    run.close()
    assert list(run) == []


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"epochs": 201}, "epochs"),
        ({"learning_rate": 0.0}, "learningRate"),
        ({"layers": (65,)}, "layers"),
        ({"layers": (1,) * 9}, "layers"),
        ({"momentum": 1.0}, "momentum"),
        ({"noise": float("nan")}, "noise"),
    ],
)
def test_a_parameter_out_of_bounds_is_named(asked: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        prepare(Parameters(**asked))


@pytest.mark.parametrize("field", ["dataset", "activation", "loss"])
def test_an_unknown_name_is_refused_with_the_choices(field: str) -> None:
    with pytest.raises(ValueError, match=f"{field} must be one of .*, not 'nothing'"):
        msgspec.convert({field: "nothing"}, Parameters)


def test_features_must_differ_and_exist() -> None:
    for features in ((), ("x", "x"), ("z",)):
        with pytest.raises(ValueError, match="features"):
            Parameters(features=features)


def test_a_csv_run_without_a_table_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="dataset csv needs rows"):
        prepare(Parameters(dataset="csv"))


@pytest.mark.parametrize(("dataset", "row"), [("colours", (0.2, 0.5, 0.7, 1.0)), ("spiral", (1.5, -2.0, 0.0))])
def test_own_rows_are_learned_and_change_nothing_about_the_others(dataset: str, row: tuple[float, ...]) -> None:
    plain = prepare(Parameters(dataset=dataset, seed=3))
    more = prepare(Parameters(dataset=dataset, seed=3, rows=(row, row)))
    count = len(plain.dataset.labels)
    assert more.dataset.values[-2:].tolist() == [list(row[:-1])] * 2
    assert more.dataset.labels[-2:].tolist() == [int(row[-1])] * 2
    assert (more.dataset.values[:count] == plain.dataset.values).all()
    assert (more.validation_rows == plain.validation_rows).all()
    assert more.training_rows.tolist() == [*plain.training_rows.tolist(), count, count + 1]
    first, second = (next(train(Parameters(dataset=dataset, seed=3, rows=rows, epochs=1))) for rows in ((row,), ()))
    assert first.loss != second.loss


@pytest.mark.parametrize(
    ("dataset", "row"),
    [("colours", (0.2, 0.5, 1.0)), ("spiral", (1.0, 2.0, 2.0)), ("digits", (1.0, 1.0)), ("circle", (7.0, 0.0, 1.0))],
)
def test_a_row_that_is_none_of_those_data_is_refused(dataset: str, row: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="rows must be a list"):
        Parameters(dataset=dataset, rows=(row,))
