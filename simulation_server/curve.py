"""The simulated training run: a decay curve with noise. Trains nothing, reads no clock, draws no fresh randomness."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

FIRST_LOSS = 0.92  # where the loss starts before noise
LEAST_LOSS = 0.005  # the loss never falls below this
LOSS_NOISE = 0.06  # peak to peak at t = 0
FIRST_ACCURACY = 48.0  # percent
ACCURACY_GAIN = 49.0  # percent, reached as t grows without bound
ACCURACY_NOISE = 3.0  # percent, peak to peak at the start
ACCURACY_BOUNDS = (30.0, 99.5)  # percent
SMALLEST_BATCH = 16
LOSS_DECIMALS = 4
ACCURACY_DECIMALS = 2

_MANTISSA_BITS = 53  # of a float64
_ULP = np.float64(2.0**-_MANTISSA_BITS)


@dataclass(frozen=True, slots=True)
class Curve:
    """One simulated run: loss (4 decimals) and accuracy (percent, 2 decimals), both of shape (epochs,)."""

    loss: Column
    accuracy: Column


def decay_curve(epochs: int, *, learning_rate: float, batch_size: int, seed: int | None) -> Curve:
    """Return the curve of the web app's backend for these parameters; the same seed gives the same numbers.

    `seed` None leaves the noise out. Epoch i uses the same two random numbers however many epochs follow.
    The caller has validated the parameters.
    """
    smooth_loss, loss_fades, smooth_accuracy, accuracy_fades = _smooth(epochs, learning_rate, batch_size)
    loss_noise, accuracy_noise = _noise(epochs, seed)
    loss = smooth_loss + loss_noise * LOSS_NOISE * loss_fades
    accuracy = smooth_accuracy + accuracy_noise * ACCURACY_NOISE * accuracy_fades
    return Curve(
        loss=_rounded(np.maximum(LEAST_LOSS, loss), LOSS_DECIMALS),
        accuracy=_rounded(np.clip(accuracy, *ACCURACY_BOUNDS), ACCURACY_DECIMALS),
    )


@lru_cache(maxsize=64)  # the same few parameters come again and again, each time with other noise
def _smooth(epochs: int, learning_rate: float, batch_size: int) -> tuple[Column, Column, Column, Column]:
    """Loss and accuracy without noise, each with how its noise fades: float64 [epochs], not to be changed."""
    progress = np.arange(1, epochs + 1) / epochs
    t = progress * _convergence_rate(learning_rate) * _batch_penalty(batch_size)
    smooth_accuracy = FIRST_ACCURACY + ACCURACY_GAIN * (1 - np.exp(-1.2 * t))
    return FIRST_LOSS * np.exp(-t), np.exp(-0.5 * t), smooth_accuracy, np.exp(-progress)


def _convergence_rate(learning_rate: float) -> float:
    """Return how far one whole run gets: 2.5 for a rate of nothing, 5.5 for a rate of one."""
    return 2.5 + 3 * math.log10(1000 * learning_rate + 1) / math.log10(1001)


def _batch_penalty(batch_size: int) -> float:
    """Return the factor by which batches above the smallest one slow a run down."""
    return 1 - (batch_size - SMALLEST_BATCH) / 1200


def _noise(epochs: int, seed: int | None) -> tuple[Column, Column]:
    """Return two columns of uniform noise in [-0.5, 0.5), for the loss and for the accuracy."""
    if seed is None:
        return np.zeros(epochs), np.zeros(epochs)
    # The raw stream, because numpy promises to keep it: the methods of Generator may change between releases.
    raw = np.random.PCG64(seed).random_raw(2 * epochs)
    uniform = (raw >> np.uint64(64 - _MANTISSA_BITS)).astype(np.float64) * _ULP - 0.5
    return uniform[0::2], uniform[1::2]


def _rounded(values: Column, decimals: int) -> Column:
    """Round halves up, as JavaScript's toFixed does; numpy's own rounding goes to the even neighbour."""
    scale = 10.0**decimals
    rounded: Column = np.floor(values * scale + 0.5) / scale
    return rounded
