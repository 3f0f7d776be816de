"""Colours and animals: labelled by their rules, the same for the same seed, and learned."""

from __future__ import annotations

import csv
from collections.abc import Callable
from statistics import mean

import numpy as np
import pytest

from simulation_server.training.everyday import (
    ANIMALS_FILE,
    animals,
    colours,
    contrast_with_black,
    contrast_with_white,
)
from simulation_server.training.parameters import Parameters
from simulation_server.training.split import Split
from simulation_server.training.trainer import Epoch, Outcome, prepare

History = Callable[..., tuple[list[Epoch], Outcome]]


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("colour", "white", "black"),
    [
        ((0, 0, 0), 21.0, 1.0),
        ((255, 255, 255), 1.0, 21.0),
        ((255, 0, 0), 4.0, 5.25),
        ((0, 0, 255), 8.59, 2.44),
        ((0, 128, 0), 5.14, 4.09),
        ((119, 119, 119), 4.48, 4.69),
    ],
)
def test_the_contrasts_are_those_that_are_published(colour: tuple[int, int, int], white: float, black: float) -> None:
    values = np.array([colour]) / 255
    assert contrast_with_white(values)[0] == pytest.approx(white, abs=0.01)
    assert contrast_with_black(values)[0] == pytest.approx(black, abs=0.01)


def test_without_noise_a_colour_has_the_text_with_more_contrast() -> None:
    dataset = colours(generator=generator(), count=2000)
    assert dataset.values.shape == (2000, 3) and dataset.values.min() >= 0.0 and dataset.values.max() <= 1.0
    white = contrast_with_white(dataset.values) > contrast_with_black(dataset.values)
    assert [dataset.classes[label] for label in dataset.labels] == [f"{'white' if w else 'black'} text" for w in white]
    assert 0.25 < white.mean() < 0.75


def test_noise_turns_that_share_of_the_colours_on_which_neither_text_is_much_better() -> None:
    clear, noisy = (colours(generator=generator(), count=2000, noise=noise) for noise in (0.0, 0.3))
    np.testing.assert_array_equal(clear.values, noisy.values)
    turned = clear.labels != noisy.labels
    ratio = contrast_with_white(clear.values) / contrast_with_black(clear.values)
    near = (ratio < 1.5) & (ratio > 1 / 1.5)
    assert not turned[~near].any()
    assert turned[near].mean() == pytest.approx(0.3, abs=0.05)


def test_the_seed_of_a_run_draws_its_colours() -> None:
    one, same, other = (prepare(Parameters(dataset="colours", seed=seed, points=50)).dataset for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.values, same.values)
    assert not np.array_equal(one.values, other.values)


def test_the_animals_are_what_the_table_says() -> None:
    dataset = animals()
    with ANIMALS_FILE.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert len({row["animal"] for row in rows}) == len(rows) == len(dataset.labels) == 76
    assert [dataset.classes[label] for label in dataset.labels] == [row["to a mouse"] for row in rows]
    np.testing.assert_allclose(10.0 ** dataset.values[:, 0], [float(row["weight in kg"]) for row in rows])
    assert set(dataset.values[:, 1:].ravel()) == {0.0, 1.0}
    assert np.bincount(dataset.labels).min() >= 30
    eaters = {row["animal"] for row in rows if row["eats meat"] == "1"}
    assert {row["animal"] for row in rows if row["to a mouse"] == "dangerous"} <= eaters
    assert {row["animal"] for row in rows if row["hunts at night"] == "1"} <= eaters


def last_of(history: History, dataset: str, seed: int) -> float:
    epochs, outcome = history(dataset=dataset, learning_rate=0.1, seed=seed)
    assert outcome.epochs == 50
    return epochs[-1].validation_accuracy


@pytest.mark.parametrize("seed", range(4))
def test_colours_that_were_not_seen_are_told_right(history: History, seed: int) -> None:
    assert last_of(history, "colours", seed) > 85.0


def test_animals_that_were_not_seen_are_told_right(history: History) -> None:
    assert mean(last_of(history, "animals", seed) for seed in range(8)) > 80.0


@pytest.mark.parametrize(("dataset", "columns"), [("colours", 3), ("animals", 6)])
def test_a_network_sees_each_fact_by_name(dataset: str, columns: int) -> None:
    data: Split = prepare(Parameters(dataset=dataset))
    assert len(data.dataset.features) == data.training.inputs.shape[0] == columns
    assert len(data.dataset.classes) == 2
