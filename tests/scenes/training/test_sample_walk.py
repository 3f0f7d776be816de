"""Every number of a walk computes again: forward and loss to 1e-6, gradients by finite differences, the update."""

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
from scenes.training.neuron import LARGEST, SLOPES
from scenes.training.sample_walk import BACKWARD, FORWARD, LOSS, SAMPLE, UPDATE, least_known, walked

LOSSES = ("cross-entropy", "mean-squared-error")
STEP = 1e-4
KINK = 0.02  # a sum of relu that is nearer to 0 may cross it within a step


def made(shape: tuple[int, ...], activation: str, seed: int, size: float = 0.8) -> tuple[Network, State]:
    random = np.random.default_rng(seed)
    network = Network(
        shape=shape,
        dataset="csv",
        features=tuple(f"f{n}" for n in range(shape[0])),
        classes=tuple(f"c{n}" for n in range(shape[-1])),
        offset=random.normal(0, 1, shape[0]).astype(np.float32),
        scale=random.uniform(0.5, 2, shape[0]).astype(np.float32),
        activation=activation,
        samples=random.normal(0, 1, (9, shape[0])).astype(np.float32),
        labels=random.integers(0, shape[-1], 9).astype(np.uint8),
        training=np.array([k % 3 > 0 for k in range(9)], np.uint8),
    )
    weights = tuple(random.normal(0, size, pair).astype(np.float32) for pair in pairwise(shape))
    biases = tuple(random.normal(0, 0.3, count).astype(np.float32) for count in shape[1:])
    none = tuple(np.zeros(count, np.float32) for count in shape)
    return network, State(weights, biases, none, np.zeros(len(weights), np.float32), np.zeros((2, 2), np.float32))


def by_hand(network: Network, state: State, row: Any, label: int, loss: str) -> tuple[list[Any], float]:
    """Outputs of each layer and the loss, number by number, in Python's own floats."""
    outputs = [[float(v) for v in (row - network.offset) / network.scale]]
    bend = {
        "tanh": np.tanh,
        "relu": lambda z: max(z, 0.0),
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "linear": lambda z: z,
    }[network.activation]
    sums: list[float] = []
    for weights, biases in zip(state.weights, state.biases, strict=True):
        sums = [
            sum(float(weights[i, j]) * outputs[-1][i] for i in range(len(weights))) + float(biases[j])
            for j in range(len(biases))
        ]
        outputs.append([float(bend(z)) for z in sums])
    powers = [np.exp(z - max(sums)) for z in sums]
    outputs[-1] = [float(power / sum(powers)) for power in powers]
    if loss == "mean-squared-error":
        return outputs, sum((z - (k == label)) ** 2 for k, z in enumerate(sums)) / len(sums)
    return outputs, -float(np.log(outputs[-1][label]))


CASES = {
    "hidden": st.lists(st.integers(1, 5), max_size=3),
    "ends": st.tuples(st.integers(1, 4), st.integers(2, 4)),
    "activation": st.sampled_from(list(SLOPES)),
    "loss": st.sampled_from(LOSSES),
    "seed": st.integers(0, 10_000),
}


@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_forward_loss_and_update_compute_again(
    hidden: list[int], ends: tuple[int, int], activation: str, loss: str, seed: int
) -> None:
    network, state = made((ends[0], *hidden, ends[1]), activation, seed)
    row, label = network.samples[0], int(network.labels[0])
    walk = walked(network, state, row, label, loss=loss, rate=0.05)
    outputs, expected = by_hand(network, state, row, label, loss)
    for layer, values in enumerate(outputs):
        assert [walk.output((layer, k)) for k in range(len(values))] == pytest.approx(values, rel=1e-6, abs=1e-6)
    assert walk.loss == pytest.approx(expected, rel=1e-6, abs=1e-6)
    for layer in range(1, len(network.shape)):
        for index in range(network.shape[layer]):
            terms = walk.terms((layer, index))
            total = sum(term.product for term in terms) + float(state.biases[layer - 1][index])
            assert total == pytest.approx(float(walk.sent.sums[layer - 1][index, 0]), abs=1e-9)
            for term in terms:
                assert term.gradient == pytest.approx(term.delta * term.output, abs=1e-12)
                assert term.after == pytest.approx(term.weight - 0.05 * term.gradient, abs=1e-12)
    after = [np.asarray(each, dtype=np.float32) for each in walk.updated.weights]
    moved = replace(
        state, weights=tuple(after), biases=tuple(np.asarray(each, dtype=np.float32) for each in walk.updated.biases)
    )
    assert walk.loss_after == pytest.approx(by_hand(network, moved, row, label, loss)[1], rel=1e-4, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_gradients_equal_finite_differences(
    hidden: list[int], ends: tuple[int, int], activation: str, loss: str, seed: int
) -> None:
    network, state = made((ends[0], *hidden, ends[1]), activation, seed)
    row, label = network.samples[1], int(network.labels[1])
    walk = walked(network, state, row, label, loss=loss, rate=0.05)
    if activation == "relu":
        assume(all(np.abs(sums).min() > KINK for sums in walk.sent.sums[:-1]))
    random = np.random.default_rng(seed)
    for k, weights in enumerate(state.weights):
        i, j = (int(random.integers(count)) for count in weights.shape)
        ends_ = []
        for side in (-1, 1):
            other = [each.astype(np.float64) for each in state.weights]
            other[k][i, j] += side * STEP
            ends_.append(by_hand(network, replace(state, weights=tuple(other)), row, label, loss)[1])
        assert walk.term(i, (k + 1, j)).gradient == pytest.approx(
            (ends_[1] - ends_[0]) / (2 * STEP), rel=1e-4, abs=1e-6
        )
    for layer in range(1, len(network.shape) - 1):
        place = layer, 0
        assert walk.delta(place) == pytest.approx(walk.comes_back(place) * walk.slope(place), abs=1e-12)


def test_the_way_goes_forward_to_the_loss_back_and_to_the_update() -> None:
    network, state = made((2, 3, 4, 2), "tanh", 1)
    walk = walked(network, state, network.samples[0], 1, loss=LOSSES[0], rate=0.1)
    told = [(step.kind, step.layer) for step in walk.steps]
    there = [(FORWARD, 1), (FORWARD, 2), (FORWARD, 3)]
    back = [(BACKWARD, 3), (BACKWARD, 2), (BACKWARD, 1)]
    assert told == [(SAMPLE, 0), *there, (LOSS, 3), *back, (UPDATE, 0)]
    unknown = walked(network, state, network.samples[0], 1, loss=LOSSES[0])
    assert UPDATE not in [step.kind for step in unknown.steps]  # nobody knows how far a step goes
    assert [abs(term.after - term.weight) for term in walk.moved()] == sorted(
        (abs(term.after - term.weight) for term in walk.moved()), reverse=True
    )


def test_the_sample_that_is_known_least_is_an_unseen_one() -> None:
    network, state = made((3, 4, 3), "tanh", 5)
    shares = answers(network, state, what_is_given(network, network.samples))
    own = shares[network.labels, np.arange(len(network.samples))]
    unseen = np.flatnonzero(network.training == 0)
    assert least_known(network, state) == unseen[np.argmin(own[unseen])]
    every = replace(network, training=np.ones(len(own), np.uint8))
    assert least_known(every, state) == int(np.argmin(own))


@pytest.mark.parametrize("loss", LOSSES)
def test_no_number_is_infinite_however_large_the_weights(loss: str) -> None:
    network, state = made((3, 4, 4, 2), "linear", 5, size=1e37)
    walk = walked(network, state, network.samples[0], 0, loss=loss, rate=1.0)
    for arrays in (walk.learned.weights, walk.learned.deltas, walk.updated.weights, walk.after.outputs):
        assert all(np.isfinite(each).all() and np.abs(each).max() <= LARGEST for each in arrays)
    assert np.isfinite([walk.loss, walk.loss_after]).all()
