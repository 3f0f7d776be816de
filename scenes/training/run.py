"""One training run: a stream of epochs that may or may not be complete yet. What is in it has been checked."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from .epoch import Ending, Epoch, Network, State, UnusableRun
from .parameters import Parameters

Column = NDArray[np.float64]

__all__ = ["Ending", "Epoch", "Network", "State", "TrainingRun", "UnusableRun"]


class _Row(msgspec.Struct):
    epoch: int
    loss: Annotated[float, msgspec.Meta(ge=0)]
    accuracy: Annotated[float, msgspec.Meta(ge=0, le=100)]


class _Answer(msgspec.Struct):
    success: bool
    data: list[_Row]


class TrainingRun:
    """Columns that grow at their end and never change before it.

    `loss`, `accuracy` (percent), `validation_loss` and `validation_accuracy` are read-only views, float64 [available];
    row i belongs to epoch i + 1. The classic answer, a whole array, is a stream that has already ended. A trained run
    has a `network`, and remembers the network's state after every epoch.
    """

    def __init__(self, parameters: Parameters, network: Network | None = None) -> None:
        self.parameters = parameters
        self.network = network
        self.epochs = parameters.epochs
        self.available = 0
        self.ending: Ending | None = None
        self._columns = np.zeros((5, parameters.epochs))  # loss, accuracy, their validation, best accuracy
        self._states: list[State] = []

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
        if self.network:
            if epoch.state is None or epoch.validation_loss is None or epoch.validation_accuracy is None:
                raise UnusableRun(f"epoch {epoch.number} of a trained run has no state")
            self._columns[2:4, self.available] = epoch.validation_loss, epoch.validation_accuracy
            self._states.append(epoch.state)
        best = self._columns[4, self.available - 1] if self.available else 0.0
        self._columns[[0, 1, 4], self.available] = epoch.loss, epoch.accuracy, max(best, epoch.accuracy)
        self.available += 1

    def end(self, ending: Ending) -> None:
        """No epoch follows. Raises UnusableRun if the stream says that it is complete and it is not."""
        if ending.status == "complete" and self.available != self.epochs:
            raise UnusableRun(f"{self.available} epochs were sent, {self.epochs} were asked for")
        if not self.available:
            raise UnusableRun("the run ended before its first epoch")
        self.ending = ending

    @property
    def ended(self) -> bool:
        """Whether no epoch follows."""
        return self.ending is not None or self.available == self.epochs

    @property
    def diverged(self) -> bool:
        """Whether it ended because its numbers grew past all bounds."""
        return self.ending is not None and self.ending.status == "diverged"

    @property
    def loss(self) -> Column:
        """float64 [available], read-only."""
        return self._view(0)

    @property
    def accuracy(self) -> Column:
        """float64 [available], percent, read-only."""
        return self._view(1)

    @property
    def validation_loss(self) -> Column:
        """float64 [available], read-only; empty for a simulated run."""
        return self._view(2) if self.network else self._view(2)[:0]

    @property
    def validation_accuracy(self) -> Column:
        """float64 [available], percent, read-only; empty for a simulated run."""
        return self._view(3) if self.network else self._view(3)[:0]

    def at(self, epoch: int) -> Epoch:
        """The figures of `epoch`, counted from 1. Raises IndexError if it is not there yet."""
        row = self._row(epoch)
        loss, accuracy, validation_loss, validation_accuracy, _ = map(float, self._columns[:, row])
        if not self.network:
            return Epoch(epoch, loss, accuracy)
        return Epoch(epoch, loss, accuracy, validation_loss, validation_accuracy, self._states[row])

    def state(self, epoch: int) -> State | None:
        """The network after `epoch`, None for a simulated run. Raises IndexError if it is not there yet."""
        row = self._row(epoch)
        return self._states[row] if self.network else None

    def best_accuracy(self, epoch: int) -> float:
        """The highest accuracy up to `epoch`, percent. Raises IndexError if it is not there yet."""
        return float(self._columns[4, self._row(epoch)])

    def _row(self, epoch: int) -> int:
        if not 1 <= epoch <= self.available:
            raise IndexError(f"epoch {epoch} of {self.available}")
        return epoch - 1

    def _view(self, column: int) -> Column:
        view = self._columns[column, : self.available]
        view.flags.writeable = False
        return view
