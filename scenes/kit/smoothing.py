"""Exponential smoothing, so that a noisy curve shows where it goes."""

import numpy as np
from numpy.typing import NDArray

WEIGHT = 0.6  # of what came before; TensorBoard's default
TAPS = 40  # epochs after which what came before counts less than 1e-8


def smoothed_over(
    values: NDArray[np.float64], places: NDArray[np.float64], weight: float = WEIGHT
) -> NDArray[np.float64]:
    """The same for values that stand at rising `places`, float64 [count]: what is far away counts little.

    How far is measured by their mean distance, so that on even places it is `smoothed`, up to rounding.
    """
    if len(values) < 2 or places[-1] <= places[0]:
        return values
    apart = (len(values) - 1) / (places[-1] - places[0])
    total, weights = values.copy(), np.ones(len(values))
    for tap in range(1, min(TAPS, len(values))):
        share = weight ** ((places[tap:] - places[:-tap]) * apart)
        total[tap:] += share * values[:-tap]
        weights[tap:] += share
    return total / weights


def smoothed(values: NDArray[np.float64], weight: float = WEIGHT) -> NDArray[np.float64]:
    """The exponential moving average, float64 [count], without the pull towards zero at its start (Kingma 2015)."""
    if not len(values):
        return values
    kernel = weight ** np.arange(TAPS)
    total = np.convolve(values, kernel)[: len(values)]
    weights = np.cumsum(kernel)[np.minimum(np.arange(len(values)), TAPS - 1)]
    return np.asarray(total / weights)
