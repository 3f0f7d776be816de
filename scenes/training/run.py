"""One training run: a stream of epochs that may or may not be complete yet. What is in it has been checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from .parameters import Parameters

Column = NDArray[np.float64]


class UnusableRun(ValueError):
    """The answer is not a training run; the message names the epoch and the field."""


class _Row(msgspec.Struct):
    epoch: int
    loss: Annotated[float, msgspec.Meta(ge=0)]
    accuracy: Annotated[float, msgspec.Meta(ge=0, le=100)]


class _Answer(msgspec.Struct):
    success: bool
    data: list[_Row]


@dataclass(frozen=True)
class Epoch:
    """One epoch's figures: loss, and accuracy in percent."""

    number: int
    loss: float
    accuracy: float


class TrainingRun:
    """Columns that grow at their end and never change before it.

    `loss` and `accuracy` (percent) are read-only views, float64 [available]; row i belongs to epoch i + 1.
    The classic answer, a whole array, is a stream that has already ended.
    """

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self.epochs = parameters.epochs
        self.available = 0
        self._loss = np.zeros(parameters.epochs)
        self._accuracy = np.zeros(parameters.epochs)
        self._best = np.zeros(parameters.epochs)

    @classmethod
    def from_json(cls, body: bytes, parameters: Parameters) -> TrainingRun:
        """Read a whole answer. Raises UnusableRun if anything in it is not as promised: all of it is used, or none."""
        try:
            answer = msgspec.json.decode(body, type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
            raise UnusableRun(str(why)) from None
        if not answer.success:
            raise UnusableRun("`success` is false")
        run = cls(parameters)
        for row in answer.data:
            run.append(Epoch(row.epoch, row.loss, row.accuracy))
        if not run.ended:
            raise UnusableRun(f"{run.available} epochs were sent, {run.epochs} were asked for")
        return run

    def append(self, epoch: Epoch) -> None:
        """Take the next epoch. Raises UnusableRun if it is not the next one, one too many, or not a number."""
        if epoch.number != self.available + 1 or self.ended:
            raise UnusableRun(f"epoch {epoch.number} came where epoch {self.available + 1} of {self.epochs} was due")
        if not np.isfinite((epoch.loss, epoch.accuracy)).all():
            raise UnusableRun(f"epoch {epoch.number} has a loss or an accuracy that is not a finite number")
        best = self._best[self.available - 1] if self.available else 0.0
        self._loss[self.available] = epoch.loss
        self._accuracy[self.available] = epoch.accuracy
        self._best[self.available] = max(best, epoch.accuracy)
        self.available += 1

    @property
    def ended(self) -> bool:
        """Whether every epoch that was asked for is there."""
        return self.available == self.epochs

    @property
    def loss(self) -> Column:
        """float64 [available], read-only."""
        return self._view(self._loss)

    @property
    def accuracy(self) -> Column:
        """float64 [available], percent, read-only."""
        return self._view(self._accuracy)

    def at(self, epoch: int) -> Epoch:
        """The figures of `epoch`, counted from 1. Raises IndexError if it is not there yet."""
        if not 1 <= epoch <= self.available:
            raise IndexError(f"epoch {epoch} of {self.available}")
        return Epoch(epoch, float(self._loss[epoch - 1]), float(self._accuracy[epoch - 1]))

    def best_accuracy(self, epoch: int) -> float:
        """The highest accuracy up to `epoch`, percent. Raises IndexError if it is not there yet."""
        if not 1 <= epoch <= self.available:
            raise IndexError(f"epoch {epoch} of {self.available}")
        return float(self._best[epoch - 1])

    def _view(self, column: Column) -> Column:
        view = column[: self.available]
        view.flags.writeable = False
        return view
