"""One training run: a stream of epochs that may or may not be complete yet. What is in it has been checked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .epoch import Ending, Epoch, Network, UnusableRun
from .kept_states import KEEPS, KeptStates
from .parameters import FILE, Parameters, RunParameters
from .spread import Spread

LONGEST = 2_000_000  # epochs; the figures of all are kept, 64 bytes each
FIRST = 256  # epochs that there is room for at first; then twice as many, and so on

# rows of the table of figures: those of an epoch, then the best up to it; of the lowest loss the negative, so that all
# three never fall, and the epoch that one is from is found without looking at every one; at last the seconds up to it
LOSS, ACCURACY, UNSEEN_LOSS, UNSEEN_ACCURACY, BEST, BEST_UNSEEN, LOWEST_UNSEEN, SECONDS = range(8)
ROWS = 8

Column = NDArray[np.float64]


class TrainingRun:
    """Columns that grow at their end and never change before it, and the states that `keeps` bytes have room for.

    `loss`, `accuracy` (percent), `validation_loss` and `validation_accuracy` are read-only views, float64 [available];
    row i belongs to epoch i + 1. A run with a `network` has the network's state after every epoch, until older ones are
    thinned. `epochs` is None as long as no end is known.
    """

    def __init__(
        self,
        parameters: Parameters | RunParameters,
        network: Network | None = None,
        *,
        keeps: int = KEEPS,
        longest: int = LONGEST,
    ) -> None:
        self.parameters = parameters
        self.network = network
        self.epochs = parameters.epochs
        self.available = 0
        self.recalled = 0  # of these, how many have been shown before this run came here
        self.ending: Ending | None = None
        self.spread: Spread | None = None  # of runs with other seeds, of which it is the median
        self.called = ""  # by a person
        self.kept_as = ""  # the id under which it is kept; empty: it is not
        self._columns = np.zeros((ROWS, min(FIRST, self.epochs or FIRST)))
        self._validated = network is not None  # whether there are figures of unseen rows
        self._timed = True  # whether every epoch has told how long it took
        self._states = KeptStates(keeps)
        self._longest = longest
        self._shown = 0

    def append(self, epoch: Epoch) -> None:
        """Take the next epoch. Raises UnusableRun if it is not the next one, one too many, or not a number."""
        if epoch.number != self.available + 1 or self.ended:
            of = "" if self.epochs is None else f" of {self.epochs}"
            raise UnusableRun(f"epoch {epoch.number} came where epoch {self.available + 1}{of} was due")
        if epoch.number > self._longest:
            raise UnusableRun(f"it has more than {self._longest:,} epochs")
        unseen = (epoch.validation_loss, epoch.validation_accuracy)
        if self.network and (epoch.state is None or None in unseen):
            raise UnusableRun(f"epoch {epoch.number} of a trained run has no state")
        self._validated = None not in unseen if not self.available else self._validated
        if self._validated != (None not in unseen):
            raise UnusableRun(f"epoch {epoch.number}: validation figures are in every epoch or in none")
        figures = (epoch.loss, epoch.accuracy, *(value or 0.0 for value in unseen))
        if not np.isfinite(figures).all():
            raise UnusableRun(f"epoch {epoch.number} has a loss or an accuracy that is not a finite number")
        self._grow()
        best = (figures[1], figures[3], -figures[2])
        if self.available:
            best = tuple(map(max, best, self._columns[BEST:SECONDS, self.available - 1]))
        spent = self._columns[SECONDS, self.available - 1] if self.available else 0.0
        self._timed = self._timed and epoch.seconds is not None
        self._columns[:, self.available] = (*figures, *best, spent + (epoch.seconds or 0.0))
        self.available += 1
        if self.network and epoch.state:
            self._states.add(epoch.number, epoch.state)

    def recall(self, loss: Column, accuracy: Column) -> None:
        """Have these epochs, float64 [epochs] each, as if all of them had been shown before any other came."""
        assert not self.available and not self.network and len(loss) == len(accuracy) <= self._longest
        self._validated = self._timed = False
        self.available = self.recalled = len(loss)
        self._columns = np.zeros((ROWS, max(FIRST, self.available)))
        best = np.maximum.accumulate(accuracy)
        for row, column in ((LOSS, loss), (ACCURACY, accuracy), (BEST, best)):
            self._columns[row, : self.available] = column
        self.shown = self.available

    def end(self, ending: Ending) -> None:
        """No epoch follows. Raises UnusableRun if the stream says that it is complete and it is not."""
        if ending.status == "complete" and self.epochs not in (None, self.available):
            raise UnusableRun(f"{self.available} epochs were sent, {self.epochs} were asked for")
        if not self.available:
            raise UnusableRun("the run ended before its first epoch")
        if ending.status == "complete":
            self.epochs = self.available  # known now; of what stopped early nobody knows how long it would have been
        self.ending = ending

    @property
    def shown(self) -> int:
        """The last epoch that has been played; a source that is far ahead of it may wait."""
        return self._shown

    @shown.setter
    def shown(self, epoch: int) -> None:
        self._shown = epoch
        self._states.show(epoch)

    @property
    def source(self) -> str:
        """Where its numbers come from: trained, simulated or file."""
        return FILE if self.parameters.source == FILE else "trained" if self.network else "simulated"

    @property
    def kept_every(self) -> int:
        """1 while every epoch that has been shown can be looked at again, 4 if every fourth can."""
        return self._states.every

    @property
    def ended(self) -> bool:
        """Whether no epoch follows."""
        return self.ending is not None or self.available == self.epochs

    @property
    def loss(self) -> Column:
        """float64 [available], read-only."""
        return self._view(LOSS)

    @property
    def accuracy(self) -> Column:
        """float64 [available], percent, read-only."""
        return self._view(ACCURACY)

    @property
    def validation_loss(self) -> Column:
        """float64 [available], read-only; empty for a run without figures of unseen rows."""
        return self._view(UNSEEN_LOSS) if self._validated else self._view(UNSEEN_LOSS)[:0]

    @property
    def validation_accuracy(self) -> Column:
        """float64 [available], percent, read-only; empty for a run without figures of unseen rows."""
        return self._view(UNSEEN_ACCURACY) if self._validated else self._view(UNSEEN_ACCURACY)[:0]

    @property
    def seconds(self) -> Column:
        """Seconds up to the end of each epoch, float64 [available], read-only; empty where not every epoch tells."""
        return self._view(SECONDS) if self._timed else self._view(SECONDS)[:0]

    def at(self, epoch: int) -> Epoch:
        """The figures of `epoch`, counted from 1, and its state if it is kept. IndexError if it is not there yet."""
        loss, accuracy, validation_loss, validation_accuracy = map(float, self._columns[:BEST, self._row(epoch)])
        if not self._validated:
            return Epoch(epoch, loss, accuracy)
        return Epoch(epoch, loss, accuracy, validation_loss, validation_accuracy, self._states.get(epoch))

    def look(self, epoch: int) -> int:
        """The epoch to show where `epoch` is to be looked at: the nearest that is kept. It stays kept meanwhile."""
        found = self.nearest(epoch)
        self._states.looked_at = found if found < self._shown else 0
        return found

    def nearest(self, epoch: int) -> int:
        """The epoch whose state is kept, and nearest to `epoch`."""
        return self._states.nearest(epoch) if self.network else epoch

    def beside(self, epoch: int, steps: int) -> int:
        """The epoch that is `steps` kept ones after `epoch`, or before it where they are negative."""
        return self._states.beside(epoch, steps) if self.network else min(self.shown, max(1, epoch + steps))

    def best_accuracy(self, epoch: int) -> float:
        """The highest accuracy up to `epoch`, percent. Raises IndexError if it is not there yet."""
        return self.best_seen(epoch)[1]

    def best_seen(self, epoch: int) -> tuple[int, float]:
        """The first epoch up to `epoch` with the highest accuracy, and that, percent. IndexError as above."""
        return self._record(BEST, epoch)

    def best_unseen(self, epoch: int) -> tuple[int, float] | None:
        """The same of the rows kept aside; None for a run without figures of them. IndexError as above."""
        return self._record(BEST_UNSEEN, epoch) if self._validated else None

    def lowest_unseen(self, epoch: int) -> tuple[int, float] | None:
        """The first epoch up to `epoch` with the lowest loss on them, and that; None and IndexError as above."""
        first, highest = self._record(LOWEST_UNSEEN, epoch)
        return (first, -highest) if self._validated else None

    def _record(self, column: int, epoch: int) -> tuple[int, float]:
        """The first epoch with the highest value up to `epoch` of a column that never falls, and that value."""
        row = self._row(epoch)
        highest = self._columns[column, row]
        return int(np.searchsorted(self._columns[column, : row + 1], highest)) + 1, float(highest)

    def _row(self, epoch: int) -> int:
        if not 1 <= epoch <= self.available:
            raise IndexError(f"epoch {epoch} of {self.available}")
        return epoch - 1

    def _grow(self) -> None:
        """Have room for one more: twice as much as before where there is none. Views of before keep the old columns."""
        room = self._columns.shape[1]
        if self.available == room:
            self._columns = np.concatenate([self._columns, np.zeros((ROWS, room))], axis=1)

    def _view(self, column: int) -> Column:
        view = self._columns[column, : self.available]
        view.flags.writeable = False
        return view
