"""Exponential smoothing, so that a noisy curve shows where it goes."""

import numpy as np
from numpy.typing import NDArray

WEIGHT = 0.6  # of what came before; TensorBoard's default
TAPS = 40  # epochs after which what came before counts less than 1e-8


def smoothed(values: NDArray[np.float64], weight: float = WEIGHT) -> NDArray[np.float64]:
    """The exponential moving average, float64 [count], without the pull towards zero at its start (Kingma 2015)."""
    if not len(values):
        return values
    kernel = weight ** np.arange(TAPS)
    total = np.convolve(values, kernel)[: len(values)]
    weights = np.cumsum(kernel)[np.minimum(np.arange(len(values)), TAPS - 1)]
    return np.asarray(total / weights)
