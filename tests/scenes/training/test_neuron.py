"""Every number of a neuron's card computes again: gradients by finite differences, for every activation and loss."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenes.training.epoch import Network, State
from scenes.training.inference import answers
from scenes.training.inference import given as what_is_given
from scenes.training.neuron import SLOPES, examined, figures, gradients, learned_from, loss_of, passed, silenced

LOSSES = ("cross-entropy", "mean-squared-error")
STEP = 1e-4
KINK = 0.02  # a sum of relu that is nearer to 0 may cross it within a step


def made(shape: tuple[int, ...], activation: str, seed: int, rows: int = 12) -> tuple[Network, State]:
    random = np.random.default_rng(seed)
    samples = random.normal(0, 1, (rows, shape[0])).astype(np.float32)
    network = Network(
        shape=shape,
        dataset="csv",
        features=tuple(f"f{n}" for n in range(shape[0])),
        classes=tuple(f"c{n}" for n in range(shape[-1])),
        offset=np.zeros(shape[0], np.float32),
        scale=np.ones(shape[0], np.float32),
        activation=activation,
        samples=samples,
        labels=random.integers(0, shape[-1], rows).astype(np.uint8),
        training=np.array([k % 3 > 0 for k in range(rows)], np.uint8),
    )
    weights = tuple(random.normal(0, 0.8, pair).astype(np.float32) for pair in pairwise(shape))
    biases = tuple(random.normal(0, 0.3, count).astype(np.float32) for count in shape[1:])
    none = tuple(np.zeros(count, np.float32) for count in shape)
    norms = np.zeros(len(weights), np.float32)
    return network, State(weights, biases, none, norms, np.zeros((shape[-1], shape[-1]), np.float32))


def loss_with(network: Network, state: State, layer: int, at: tuple[int, int], step: float, loss: str) -> float:
    """The mean loss where one weight is another one."""
    weights: list[Any] = [each.astype(np.float64) for each in state.weights]
    weights[layer][at] += step
    chosen = learned_from(network)
    sent = passed(network, replace(state, weights=tuple(weights)), network.samples[chosen])
    return loss_of(network, sent, network.labels[chosen], loss)


@settings(max_examples=60, deadline=None)
@given(
    hidden=st.lists(st.integers(1, 5), max_size=4),
    ends=st.tuples(st.integers(1, 4), st.integers(2, 4)),
    activation=st.sampled_from(list(SLOPES)),
    loss=st.sampled_from(LOSSES),
    seed=st.integers(0, 10_000),
)
def test_gradients_of_every_weight_into_a_neuron_equal_finite_differences(
    hidden: list[int], ends: tuple[int, int], activation: str, loss: str, seed: int
) -> None:
    network, state = made((ends[0], *hidden, ends[1]), activation, seed)
    sent, _ = examined(network, state, loss)
    if activation == "relu":
        assume(all(np.abs(sums).min() > KINK for sums in sent.sums[:-1]))
    random = np.random.default_rng(seed)
    layer = int(random.integers(1, len(network.shape)))
    index = int(random.integers(network.shape[layer]))
    told = figures(network, state, (layer, index), loss=loss)
    for source in range(network.shape[layer - 1]):
        ends_ = [loss_with(network, state, layer - 1, (source, index), side * STEP, loss) for side in (-1, 1)]
        expected = (ends_[1] - ends_[0]) / (2 * STEP)
        assert told.gradients[source] == pytest.approx(expected, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("activation", list(SLOPES))
@pytest.mark.parametrize("loss", LOSSES)
def test_a_gradient_is_delta_times_what_came_in(activation: str, loss: str) -> None:
    network, state = made((3, 4, 2), activation, 5)
    sent, learned = examined(network, state, loss)
    for k, delta in enumerate(learned.deltas):
        for source in range(network.shape[k]):
            for index in range(network.shape[k + 1]):
                assert learned.weights[k][source, index] == pytest.approx(
                    sum(d * a for d, a in zip(delta[index], sent.outputs[k][source], strict=True)), abs=1e-12
                )


@pytest.mark.parametrize("activation", list(SLOPES))
def test_what_passes_through_is_what_the_map_is_made_of(activation: str) -> None:
    network, state = made((3, 4, 3, 2), activation, 8)
    sent = passed(network, state, network.samples.astype(np.float64))
    np.testing.assert_allclose(
        sent.outputs[-1], answers(network, state, what_is_given(network, network.samples)), atol=1e-5
    )


def test_sums_shares_and_the_last_step_compute_again() -> None:
    network, state = made((3, 4, 2), "tanh", 1)
    before = replace(state, weights=tuple(weights * np.float32(0.9) for weights in state.weights))
    told = figures(network, state, (1, 2), loss="cross-entropy", before=before)
    rows = network.samples[learned_from(network)].astype(np.float64)
    weights, bias = state.weights[0][:, 2].astype(np.float64), float(state.biases[0][2])
    np.testing.assert_allclose(told.sums, rows @ weights + bias, atol=1e-6)
    np.testing.assert_allclose(told.outputs, np.tanh(told.sums))
    shares = np.abs(rows * weights).mean(axis=0)
    np.testing.assert_allclose(told.shares, shares / shares.sum())
    assert told.update == pytest.approx(0.1, rel=1e-5)
    assert figures(network, state, (1, 2), loss="cross-entropy").update is None
    assert told.rows == int(network.training.sum()) == len(rows)


def test_an_input_is_told_by_what_it_is_given() -> None:
    network, state = made((3, 4, 2), "tanh", 1)
    told = figures(network, state, (0, 1), loss="cross-entropy")
    np.testing.assert_allclose(told.outputs, network.samples[learned_from(network)][:, 1])
    assert told.bias is None and len(told.weights) == 0 and not told.dead


def test_a_neuron_that_gives_nothing_is_dead_and_one_at_its_end_is_saturated() -> None:
    network, state = made((3, 4, 2), "relu", 1)
    state.biases[0][0] = -1000.0
    told = figures(network, state, (1, 0), loss="cross-entropy")
    assert told.dead and told.saturated == 1.0 and not told.gradients.any()
    assert not figures(network, state, (1, 1), loss="cross-entropy").dead
    for activation in ("tanh", "sigmoid"):
        network, state = made((3, 4, 2), activation, 1)
        state.biases[0][0], state.biases[0][1] = 1000.0, 0.0
        assert figures(network, state, (1, 0), loss="cross-entropy").saturated == 1.0
        assert figures(network, state, (1, 1), loss="cross-entropy").saturated < 1.0
        assert not figures(network, state, (1, 0), loss="cross-entropy").dead


def test_a_silenced_neuron_reaches_nobody_and_the_state_itself_stays() -> None:
    network, state = made((3, 4, 2), "tanh", 2)
    quiet = silenced(state, frozenset({(1, 2)}))
    rows = network.samples.astype(np.float64)
    sent = passed(network, state, rows)
    hidden = sent.outputs[1].copy()
    hidden[2] = 0.0
    expected = state.weights[1].T.astype(np.float64) @ hidden + state.biases[1][:, None]
    np.testing.assert_allclose(passed(network, quiet, rows).sums[1], expected)
    assert state.weights[1][2].any() and quiet.activations[1][2] == 0
    answer = silenced(state, frozenset({(2, 0)}))
    assert not passed(network, answer, rows).sums[1][0].any()


def test_weights_that_have_grown_past_all_bounds_still_give_finite_figures() -> None:
    network, state = made((3, 4, 2), "linear", 2)
    for weights in state.weights:
        weights *= np.float32(1e30)
    for loss in LOSSES:
        sent = passed(network, state, network.samples.astype(np.float64))
        assert all(np.isfinite(values).all() for values in (*sent.sums, *sent.outputs))
        learned = gradients(network, state, sent, network.labels, loss)
        assert all(np.isfinite(values).all() for values in (*learned.weights, *learned.biases))
