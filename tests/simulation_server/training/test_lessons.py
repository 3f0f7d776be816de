"""What the lessons claim is so for many seeds, not for the one that is shown."""

from typing import Any

import numpy as np
import pytest

from simulation_server.training.parameters import Parameters
from simulation_server.training.points import FEATURES
from simulation_server.training.trainer import Epoch, train

PLACES = ("x", "y")


def last(**asked: Any) -> Epoch:
    """The last epoch of a run with a learning rate that suits it."""
    *_, epoch = train(Parameters(**{"learning_rate": 0.1, "features": PLACES, **asked}))
    return epoch


def unseen(seeds: int, **asked: Any) -> list[float]:
    """The accuracy on unseen rows, for so many seeds, in percent."""
    return [last(seed=seed, **asked).validation_accuracy for seed in range(seeds)]


def test_exclusive_or_stays_at_chance_without_a_hidden_layer() -> None:
    found = unseen(20, dataset="exclusive-or", layers=())
    assert 45 <= np.mean(found) <= 57 and max(found) < 70


def test_exclusive_or_is_learned_from_four_hidden_neurons_on() -> None:
    learned = {
        neurons: sum(found >= 95 for found in unseen(20, dataset="exclusive-or", layers=(neurons,), epochs=100))
        for neurons in (2, 3, 4)
    }
    assert learned == {2: 0, 3: 10, 4: 19}


def test_a_circle_needs_three_hidden_neurons() -> None:
    assert max(unseen(8, dataset="circle", layers=(2,), epochs=100, noise=0.0)) < 95
    assert min(unseen(8, dataset="circle", layers=(3,), epochs=100, noise=0.0)) >= 95


@pytest.mark.parametrize("layers", [(8,), (8, 8)])
def test_linear_neurons_cannot_learn_the_circle_however_many_layers(layers: tuple[int, ...]) -> None:
    assert np.mean(unseen(8, dataset="circle", layers=layers, activation="linear")) < 60
    assert min(unseen(8, dataset="circle", layers=layers, activation="tanh")) >= 90


def test_squares_of_places_make_a_circle_a_matter_of_one_layer() -> None:
    assert min(unseen(8, dataset="circle", layers=(), features=("x²", "y²"))) >= 98


def test_a_network_too_large_for_noisy_rows_learns_by_heart_and_l2_closes_most_of_the_gap() -> None:
    """The gap is that of the loss, which says how sure it is of what is wrong; over twelve seeds."""
    asked: dict[str, Any] = {"dataset": "gaussians", "points": 40, "noise": 0.5, "layers": (8, 8), "split": 0.5}
    asked |= {"epochs": 200, "features": tuple(FEATURES)}
    plain = [last(seed=seed, **asked) for seed in range(12)]
    tamed = [last(seed=seed, l2=0.03, **asked) for seed in range(12)]
    assert np.mean([epoch.accuracy for epoch in plain]) > 99
    gap, rest = (np.mean([epoch.validation_loss - epoch.loss for epoch in epochs]) for epochs in (plain, tamed))
    assert gap > 0.4 and rest < 0.4 * gap
    assert np.mean([epoch.validation_accuracy for epoch in tamed]) > np.mean(
        [epoch.validation_accuracy for epoch in plain]
    )
