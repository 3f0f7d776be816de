"""What the default experiment teaches inside the slider's range, over several seeds (0 is the default)."""

from collections.abc import Callable, Iterator

import pytest

from simulation_server.training.trainer import COMPLETE, DIVERGED, Epoch, Outcome

History = Callable[..., tuple[list[Epoch], Outcome]]
Rates = dict[float, tuple[list[Epoch], Outcome]]

CHANCE = 50.0  # percent, with two classes


@pytest.fixture(scope="module", params=[(0, 32), (0, 16), (1, 32), (2, 32), (4, 32)], ids=str)
def rates(history: History, request: pytest.FixtureRequest) -> Iterator[Rates]:
    """The default spiral, 50 epochs, for one seed and batch size at four rates."""
    seed, batch = request.param
    yield {rate: history(seed=seed, batch_size=batch, learning_rate=rate) for rate in (0.001, 0.01, 0.1, 1.0)}


def accuracy(rates: Rates, rate: float) -> float:
    return rates[rate][0][-1].accuracy


def test_the_lowest_rate_is_visibly_worse_than_the_next(rates: Rates) -> None:
    assert accuracy(rates, 0.001) < accuracy(rates, 0.01) - 10.0


def test_a_tenth_is_best(rates: Rates) -> None:
    assert accuracy(rates, 0.1) > 95.0
    assert accuracy(rates, 0.1) == max(accuracy(rates, rate) for rate in rates)
    assert rates[0.1][0][-1].validation_accuracy > 90.0


def test_a_rate_of_one_diverges_or_stays_near_chance(rates: Rates) -> None:
    epochs, outcome = rates[1.0]
    assert outcome.status == DIVERGED or epochs[-1].accuracy < CHANCE + 25.0
    assert accuracy(rates, 1.0) < accuracy(rates, 0.1) - 10.0
    assert all(rates[rate][1].status == COMPLETE for rate in (0.001, 0.01, 0.1))


def test_one_epoch_is_visibly_worse_than_fifty(rates: Rates) -> None:
    first, last = rates[0.1][0][0], rates[0.1][0][-1]
    assert first.accuracy < last.accuracy - 25.0
    assert first.loss > 4.0 * last.loss


def test_noise_makes_the_spiral_harder(history: History) -> None:
    clean, noisy = (history(learning_rate=0.1, noise=noise)[0][-1] for noise in (0.0, 0.5))
    assert noisy.loss > 2.0 * clean.loss


@pytest.mark.parametrize("dataset", ["circle", "exclusive-or", "gaussians"])
def test_the_easy_clouds_are_learned(history: History, dataset: str) -> None:
    assert history(dataset=dataset, learning_rate=0.03)[0][-1].validation_accuracy > 95.0


def test_digits_reach_ninety_five_percent_on_rows_never_learned_from(history: History) -> None:
    epochs, outcome = history(dataset="digits", learning_rate=0.1)
    assert outcome.status == COMPLETE
    assert epochs[-1].validation_accuracy >= 95.0
