"""Runs of any size that nobody has trained: what measurements of growth are made on."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from engine.worker import Cancellation, Report
from scenes.training.epoch import Ending, Epoch, Network, State
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.run import TrainingRun

SEED = 7
WALK = 0.05  # of a deviation, that a weight changes an epoch
SAMPLES = 8


class MadeSource:
    """Gives runs of a network of these `layers`, or without one, figures alone, with `recalled` epochs shown before.

    See Source. Each has `epochs` more to be shown, and no end.
    """

    takes_parameters = False
    seed: int | None = SEED

    def __init__(self, layers: Sequence[int] = (), *, recalled: int = 0, epochs: int = 24) -> None:
        self._layers, self._recalled, self._epochs = tuple(layers), recalled, epochs

    def run(self, _: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        """See Source."""
        random = np.random.default_rng(SEED)
        network = _network(self._layers) if self._layers else None
        run = TrainingRun(RunParameters(), network, longest=self._recalled + self._epochs)
        if self._recalled:
            run.recall(_falling(self._recalled, random), 100 * (1 - _falling(self._recalled, random) / 2))
        report(run)
        weights = [random.normal(size=pair).astype(np.float32) for pair in pairwise(self._layers)]
        for number in range(self._recalled + 1, self._recalled + self._epochs + 1):
            if cancellation.cancelled:
                break
            loss, right = random.uniform(0.1, 0.2), random.uniform(80.0, 99.0)
            if network is None:
                report(Epoch(number, loss, right))
                continue
            weights = [each + WALK * random.normal(size=each.shape).astype(np.float32) for each in weights]
            report(Epoch(number, loss, right, loss, right, _state(self._layers, weights, random)))
        return Ending("cancelled", "nobody trained it")

    def preview(self, _: Parameters) -> None:
        """See Source: nobody knows before."""

    def refusal(self, _: Parameters) -> str:
        """See Source: nobody asks for anything."""
        return ""

    def close(self) -> None:
        """See Source: nothing is held."""


def _network(layers: tuple[int, ...]) -> Network:
    first, last = layers[0], layers[-1]
    return Network(
        shape=layers,
        dataset="csv",
        features=tuple(f"column {k}" for k in range(first)),
        classes=tuple(f"class {k}" for k in range(last)),
        offset=np.zeros(first, dtype=np.float32),
        scale=np.ones(first, dtype=np.float32),
        activation="tanh",
        samples=np.zeros((SAMPLES, first), dtype=np.float32),
        labels=np.zeros(SAMPLES, dtype=np.uint8),
        training=np.ones(SAMPLES, dtype=np.uint8),
    )


def _state(layers: tuple[int, ...], weights: list[np.ndarray], random: np.random.Generator) -> State:
    return State(
        weights=tuple(weights),
        biases=tuple(np.zeros(count, dtype=np.float32) for count in layers[1:]),
        activations=tuple(random.uniform(0, 1, count).astype(np.float32) for count in layers),
        gradient_norms=random.uniform(0.1, 1, len(weights)).astype(np.float32),
        confusion=np.ones((layers[-1], layers[-1]), dtype=np.float32),
    )


def _falling(count: int, random: np.random.Generator) -> np.ndarray:
    """A loss from 1.2 to 0.2, with noise on it: float64 [count]."""
    return 0.2 + np.exp(-5 * np.arange(count) / count) + np.abs(random.normal(0, 0.05, count))
