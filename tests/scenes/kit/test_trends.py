"""A trend is told of what is more than noise, since which epoch, and in which unit."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from scenes.kit.trends import (
    ACCURACY,
    BETTER,
    LEAST_ACCURACY,
    LOSS,
    POINTS,
    STEADY,
    UNSEEN_ACCURACY,
    UNSEEN_LOSS,
    WORSE,
    Trend,
    changed,
    scatter,
    trend,
)
from scenes.training.epoch import Epoch
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun

RUNS = 4000


def run_of(loss: list[float], accuracy: list[float], *, unseen: bool = False) -> TrainingRun:
    run = TrainingRun(Parameters(epochs=200))
    for number, (one, other) in enumerate(zip(loss, accuracy, strict=True), start=1):
        run.append(Epoch(number, one, other, *((2 * one, other / 2) if unseen else ())))
    return run


def found(values: np.ndarray) -> float:
    """The share of runs, float64 [runs, epochs], that are said to change."""
    told = (changed(each) for each in values)
    return float(np.mean([abs(change) > limit for change, _, limit in told]))


@pytest.mark.parametrize("epochs", [4, 5, 6, 8, 10, 60])
def test_noise_is_taken_for_a_change_in_less_than_one_of_twenty(epochs: int) -> None:
    noise = np.random.default_rng(7).normal(0.5, 0.02, (RUNS, epochs))
    assert 0.0 < found(noise) < 0.05


@pytest.mark.parametrize(("epochs", "slope"), [(6, 1.5), (8, 1.0), (10, 0.7), (60, 0.7)])
def test_a_slope_as_large_as_its_noise_is_found(epochs: int, slope: float) -> None:
    noise = np.random.default_rng(7).normal(0.0, 1.0, (RUNS, epochs))
    assert found(noise - slope * np.arange(epochs)) > 0.9


@pytest.mark.parametrize("epochs", range(4, 30))
def test_a_slope_without_noise_is_found_however_small(epochs: int) -> None:
    change, _, limit = changed(1e-3 * np.arange(epochs, dtype=float))
    assert change == pytest.approx(1e-3 * min(5, epochs // 2)) and limit < 1e-12


def test_the_means_of_five_epochs_decide_and_the_change_between_two_epochs_is_told() -> None:
    values = [90.0] * 20 + [50, 51, 50, 51, 50, 53, 54, 53, 54, 53]
    told = trend(run_of([0.5] * 30, values), ACCURACY, 30)
    assert told and (told.direction, told.since, told.unit) == (BETTER, 25, POINTS)
    assert told.change == pytest.approx(53 - 50), "as the chart has it, from epoch 25 to epoch 30"


def test_a_change_that_the_two_epochs_themselves_deny_is_steady() -> None:
    values = [50, 50, 50, 50, 58, 56, 56, 56, 56, 56]
    told = trend(run_of([0.5] * 10, values), ACCURACY, 10)
    assert told and told.direction == STEADY
    rising = trend(run_of([0.5] * 10, [*values[:4], 50, *values[5:]]), ACCURACY, 10)
    assert rising and rising.direction == BETTER and rising.change == pytest.approx(6)


def test_scatter_is_that_of_noise_whatever_its_slope() -> None:
    noise = np.random.default_rng(7).normal(0.0, 2.0, 20_000)
    assert scatter(noise) == pytest.approx(2.0, rel=0.02)
    assert scatter(noise + 3.0 * np.arange(20_000)) == pytest.approx(2.0, rel=0.02)


@pytest.mark.parametrize(
    ("figure", "direction", "unit"),
    [(LOSS, BETTER, ""), (ACCURACY, BETTER, POINTS), (UNSEEN_LOSS, BETTER, ""), (UNSEEN_ACCURACY, BETTER, POINTS)],
)
def test_a_falling_loss_is_better_and_so_is_a_rising_accuracy(figure: str, direction: str, unit: str) -> None:
    steps = np.arange(12)
    forth = trend(run_of(list(2 - 0.1 * steps), list(50 + steps), unseen=True), figure, 12)
    back = trend(run_of(list(0.1 + 0.1 * steps), list(80 - steps), unseen=True), figure, 12)
    assert forth and (forth.direction, forth.unit) == (direction, unit)
    assert back and (back.direction, back.change) == (WORSE, pytest.approx(-forth.change))


def test_of_fewer_than_four_epochs_the_last_is_compared_with_the_first() -> None:
    run = run_of([0.9, 0.95, 0.7, 0.6], [50, 60, 60, 60])
    assert trend(run, LOSS, 1) is None
    assert trend(run, LOSS, 2) == Trend(WORSE, pytest.approx(0.05), 1)
    assert trend(run, LOSS, 3) == Trend(BETTER, pytest.approx(-0.2), 1)
    four = trend(run, LOSS, 4)
    assert four and four.since == 2


@pytest.mark.parametrize(("step", "direction"), [(0.9, STEADY), (1.1, BETTER)])
def test_what_does_not_move_the_last_digit_that_is_shown_is_steady(step: float, direction: str) -> None:
    """A slope without noise, whose windows lie five steps apart."""
    values = list(50 + step * LEAST_ACCURACY / 5 * np.arange(10))
    told = trend(run_of([0.5] * 10, values), ACCURACY, 10)
    assert told and told.direction == direction and told.real == (direction != STEADY)


def test_two_standard_errors_and_no_less_make_a_change() -> None:
    """Of ten values there is more: the quantile of Student's t, of 5.9 degrees of freedom."""
    values = np.array([1.0, -1.0] * 5)
    _, since, limit = changed(values)
    assert since == 5 and 2.4 < limit / (scatter(values) * sqrt(2 / 5)) < 2.6


def test_looking_back_tells_the_same_as_then() -> None:
    noise = np.random.default_rng(7).normal(0.5, 0.05, 40)
    then = [trend(run_of(list(noise[:epoch]), [50.0] * epoch), LOSS, epoch) for epoch in range(1, 41)]
    run = run_of(list(noise), [50.0] * 40)
    assert [trend(run, LOSS, epoch) for epoch in range(1, 41)] == then


def test_a_run_without_unseen_figures_has_no_trend_of_them_and_no_run_has_none() -> None:
    assert trend(run_of([0.5, 0.4], [50, 60]), UNSEEN_LOSS, 2) is None
    assert trend(None, LOSS, 2) is None
