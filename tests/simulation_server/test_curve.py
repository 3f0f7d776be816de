"""The decay curve against a second, plain implementation, and its properties."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation_server.curve import decay_curve
from simulation_server.schema import BATCH_SIZES

EPOCHS = st.integers(1, 200)
RATES = st.floats(0, 1, exclude_min=True)
BATCHES = st.sampled_from(BATCH_SIZES)
SEEDS = st.integers(0, 2**63 - 1)


def plain_row(i, *, epochs, learning_rate, batch_size, u, v):
    """One row by the letter of the contract, in plain Python; u and v are the noise in [-0.5, 0.5)."""
    p = (i + 1) / epochs
    t = p * (2.5 + 3 * math.log10(1000 * learning_rate + 1) / math.log10(1001)) * (1 - (batch_size - 16) / 1200)
    loss = max(0.005, 0.92 * math.exp(-t) + u * 0.06 * math.exp(-t / 2))
    accuracy = min(99.5, max(30, 48 + 49 * (1 - math.exp(-1.2 * t)) + v * 3 * math.exp(-p)))
    return math.floor(loss * 1e4 + 0.5) / 1e4, math.floor(accuracy * 100 + 0.5) / 100


@given(EPOCHS, RATES, BATCHES, SEEDS)
def test_every_row_is_what_the_formula_says(epochs, learning_rate, batch_size, seed):
    noise = np.random.Generator(np.random.PCG64(seed)).random(2 * epochs) - 0.5
    curve = decay_curve(epochs, learning_rate=learning_rate, batch_size=batch_size, seed=seed)
    for i in range(epochs):
        expected = plain_row(
            i, epochs=epochs, learning_rate=learning_rate, batch_size=batch_size, u=noise[2 * i], v=noise[2 * i + 1]
        )
        assert (curve.loss[i], curve.accuracy[i]) == expected


@given(EPOCHS, RATES, BATCHES, SEEDS)
def test_every_value_is_finite_and_within_bounds(epochs, learning_rate, batch_size, seed):
    curve = decay_curve(epochs, learning_rate=learning_rate, batch_size=batch_size, seed=seed)
    assert curve.loss.shape == curve.accuracy.shape == (epochs,)
    assert np.isfinite(curve.loss).all() and np.isfinite(curve.accuracy).all()
    assert curve.loss.min() >= 0.005 and curve.loss.max() <= 0.95
    assert curve.accuracy.min() >= 30 and curve.accuracy.max() <= 99.5


@given(EPOCHS, RATES, BATCHES)
def test_without_noise_the_loss_never_rises_and_the_accuracy_never_falls(epochs, learning_rate, batch_size):
    curve = decay_curve(epochs, learning_rate=learning_rate, batch_size=batch_size, seed=None)
    assert (np.diff(curve.loss) <= 0).all()
    assert (np.diff(curve.accuracy) >= 0).all()


@given(EPOCHS, SEEDS)
def test_the_same_seed_gives_the_same_curve(epochs, seed):
    first, second = (decay_curve(epochs, learning_rate=0.01, batch_size=32, seed=seed) for _ in range(2))
    assert first.loss.tobytes() == second.loss.tobytes() and first.accuracy.tobytes() == second.accuracy.tobytes()


def test_different_seeds_give_different_curves():
    curves = {decay_curve(50, learning_rate=0.01, batch_size=32, seed=seed).loss.tobytes() for seed in range(100)}
    assert len(curves) == 100


def test_the_noise_free_ends_are_those_measured_on_the_web_app():
    ends = {
        rate: decay_curve(50, learning_rate=rate, batch_size=32, seed=None).loss[-1] for rate in (0.001, 0.01, 0.1, 1)
    }
    assert {rate: round(float(loss), 3) for rate, loss in ends.items()} == {
        0.001: 0.058,
        0.01: 0.028,
        0.1: 0.011,
        1: 0.005,
    }
    assert {decay_curve(n, learning_rate=0.01, batch_size=32, seed=None).loss[-1] for n in (1, 5, 50, 200)} == {0.0279}
