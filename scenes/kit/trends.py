"""Where a figure is going: pure functions of a run's column up to an epoch. Noise is told as steady.

The means of the last five epochs and of the five before them are compared. What they differ by is a change where it is
more than their noise would make it: beyond two standard errors of that difference, of the scatter from one epoch to the
next. What is told is what anybody can read off the chart, the figure now less that of five epochs before; where the two
go different ways it is steady. Reads the last ten epochs and no more, however long the run is.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from scenes.training.run import TrainingRun

Column = NDArray[np.float64]

WINDOW = 5  # epochs whose mean is compared with that of as many before
FEWEST = 4  # epochs from which there are two windows; with fewer, the last one is compared with the first
ERRORS = 2.0  # standard errors that a change exceeds
LEAST_LOSS, LEAST_ACCURACY = 0.00005, 0.05  # half of the last digit that a card shows
BETTER, WORSE, STEADY = "better", "worse", "steady"
POINTS = "points"  # of a hundred: the unit of a change of an accuracy; that of a loss has none
LOSS, ACCURACY, UNSEEN_LOSS, UNSEEN_ACCURACY = "loss", "accuracy", "validation_loss", "validation_accuracy"


@dataclass(frozen=True)
class Trend:
    """`change` of a figure, in its own unit, since epoch `since`, and what that means; without one it is steady."""

    direction: str
    change: float
    since: int
    unit: str = ""

    @property
    def real(self) -> bool:
        """Whether it is more than noise."""
        return self.direction != STEADY


def trend(run: TrainingRun | None, figure: str, epoch: int) -> Trend | None:
    """The trend of a column of `run` at `epoch`; None before its second epoch, and where the run has no such figures.

    `figure` is LOSS, ACCURACY, UNSEEN_LOSS or UNSEEN_ACCURACY.
    """
    values: Column = np.zeros(0) if run is None else getattr(run, figure)[:epoch]
    if len(values) < max(2, epoch):
        return None
    of_loss = figure in (LOSS, UNSEEN_LOSS)
    least = LEAST_LOSS if of_loss else LEAST_ACCURACY
    shift, since, limit = changed(values, least=least)
    change = float(values[-1] - values[since - 1])
    good = (change < 0) == of_loss
    real = abs(shift) > limit and abs(change) > least and (change < 0) == (shift < 0)
    return Trend((BETTER if good else WORSE) if real else STEADY, change, since, "" if of_loss else POINTS)


def changed(values: Column, *, least: float = 0.0, window: int = WINDOW) -> tuple[float, int, float]:
    """How far the mean of float64 [epochs >= 2] has moved, since which epoch, and what noise and `least` might do."""
    count = len(values)
    if count < FEWEST:
        return float(values[-1] - values[0]), 1, least
    size = min(window, count // 2)
    last = values[count - 2 * size :]
    change = float(last[size:].mean() - last[:size].mean())
    return change, count - size, max(least, errors(len(last)) * scatter(last) * sqrt(2 / size))


def scatter(values: Column) -> float:
    """The standard deviation of float64 [epochs >= 3] about a straight slope, from the differences of successive ones.

    Half their mean square (von Neumann et al. 1941, The mean square successive difference), their own mean taken off.
    """
    steps = np.diff(values)
    count = len(steps)
    return float(np.sqrt(((steps - steps.mean()) ** 2).sum() / (2 * (count - 1 / count))))


def errors(count: int) -> float:
    """ERRORS, or more where only `count` values say how large an error is, so that noise deceives no more often.

    The quantile of Student's t (Abramowitz and Stegun 26.7.5), with the degrees of freedom that so many successive
    differences are worth, 2 (count - 1)² / (3 count - 4), less a third for the slope that is taken off them.
    """
    z, free = ERRORS, 2 * (count - 1) ** 2 / (3 * count - 4) - 1 / 3
    return (
        z
        + (z**3 + z) / (4 * free)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )
