"""The two losses: how wrong a batch of answers is, and in which direction it would be less wrong.

`scores` are the raw sums of the output layer and `targets` the wanted answers, one 1 per sample; both are
(classes, samples), a column per sample. A value is the mean over the samples, so that batches of different size can
be compared.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .activations import Array


class Loss(NamedTuple):
    """One loss: `answers` turns scores into what is shown, `value` into one number, `gradient` into d value / d scores.

    Scores, targets, answers and gradient are all (classes, samples); the value is a float.
    """

    name: str
    answers: Callable[[Array], Array]
    value: Callable[[Array, Array], float]
    gradient: Callable[[Array, Array], Array]


def softmax(scores: Array) -> Array:
    """Return probabilities, each column summing to 1; its largest score is taken off first, against overflow."""
    powers: Array = scores - np.maximum.reduce(scores, axis=0)
    np.exp(powers, out=powers)
    powers /= np.add.reduce(powers, axis=0)
    return powers


def cross_entropy(scores: Array, targets: Array) -> float:
    """Return -log of the probability given to the right class, in nats, averaged over the samples."""
    shifted = scores - np.maximum.reduce(scores, axis=0)
    log_totals = np.log(np.add.reduce(np.exp(shifted), axis=0))
    return float((np.add.reduce(log_totals) - np.vdot(shifted, targets)) / scores.shape[1])


def cross_entropy_gradient(scores: Array, targets: Array) -> Array:
    """Return (probability - target) / samples (Bishop 2006, equation 4.109)."""
    error = softmax(scores)
    error -= targets
    error /= scores.shape[1]
    return error


def mean_squared_error(scores: Array, targets: Array) -> float:
    """Return the mean of (score - target)² over samples and classes."""
    return float(np.square(scores - targets).mean())


def mean_squared_error_gradient(scores: Array, targets: Array) -> Array:
    """Return 2 (score - target) / (samples · classes)."""
    return (scores - targets) * (2.0 / scores.size)


def as_they_are(scores: Array) -> Array:
    """Return the scores: with squared error the output layer is linear."""
    return scores


LOSSES = {
    loss.name: loss
    for loss in (
        Loss("cross-entropy", softmax, cross_entropy, cross_entropy_gradient),
        Loss("mean-squared-error", as_they_are, mean_squared_error, mean_squared_error_gradient),
    )
}
