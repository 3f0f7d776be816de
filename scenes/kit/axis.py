"""Axes on round numbers: linear from zero, logarithmic in decades, and epochs. No pixels."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

LOWEST = 1e-6  # the least that a logarithmic axis shows; zero has no place on it
MANY = 1e6  # from here on figures are told by their power of ten
SHORTEST = 50  # epochs of an axis whose end nobody knows
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """A vertical axis from `bottom` to `top` with round `ticks`."""

    top: float
    ticks: tuple[float, ...]
    digits: int
    bottom: float = 0.0
    log: bool = False

    def label(self, tick: float) -> str:
        """The tick in as many digits as the step needs; in decades, in as few as it has."""
        return f"{tick:g}" if self.log or self.top >= MANY else f"{tick:.{self.digits}f}"

    def share(self, values: Values | float) -> Values:
        """Where values stand, 0 at the bottom to 1 at the top, and no farther."""
        height = np.asarray(values, dtype=np.float64)
        if self.log:
            low, high = log10(self.bottom), log10(self.top)
            height = (np.log10(np.maximum(height, LOWEST)) - low) / (high - low)
        else:
            height = (height - self.bottom) / (self.top - self.bottom)
        return np.clip(height, 0.0, 1.0)


def axis(highest: float, *, most: int = 5) -> Axis:
    """An axis from 0 on round numbers (1, 2, 2.5 or 5 times a power of ten) that holds `highest`."""
    highest = max(highest, 1e-6)
    rough = highest / most
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    count = max(1, ceil(highest / step - 1e-9))
    digits = max(0, -floor(log10(step)) + (1 if abs(step / 10 ** floor(log10(step)) - 2.5) < 1e-6 else 0))
    return Axis(step * count, tuple(step * k for k in range(count + 1)), digits)


def log_axis(lowest: float, highest: float, *, most: int = 5) -> Axis:
    """An axis in whole decades from `lowest` to `highest`; what is not above zero stands at its foot."""
    low, high = (floor(log10(max(lowest, LOWEST)) + 1e-9), ceil(log10(max(highest, LOWEST)) - 1e-9))
    high = max(high, low + 1)
    step = -(-(high - low) // most)
    ticks = tuple(10.0**k for k in range(low, high + 1, step))
    return Axis(10.0**high, ticks, 0, bottom=10.0**low, log=True)


def epoch_ticks(epochs: int, *, most: int) -> list[int]:
    """Round epoch numbers from 1 to `epochs`, each once, both ends among them."""
    step = next((s for s in _steps() if epochs / s <= most), epochs)
    inner = [k for k in range(step, epochs, step) if k > step * 0.5 and epochs - k >= step * 0.6]
    return sorted({1, *[k for k in inner if k >= 1 + step * 0.5], epochs})


def round_end(epochs: int) -> int:
    """Where an axis ends that has to hold `epochs` and more to come: at 1, 2 or 5 times a power of ten, from 50 on."""
    power = 10 ** max(1, len(str(max(1, epochs))) - 1)
    return next(end for end in (SHORTEST, power, 2 * power, 5 * power, 10 * power) if end >= max(epochs, SHORTEST))


def _steps() -> tuple[int, ...]:
    return (1, 2, 5, 10, 20, 25, *(m * 10**k for k in range(1, 6) for m in (5, 10, 20, 25)))
