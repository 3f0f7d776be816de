"""What an exhibit lets visitors hear: a chime before it begins anew, and the loss, lower and lower as it is learned."""

from collections.abc import Callable
from typing import Protocol

from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

CHIME = ((660.0, 0.5), (880.0, 0.9))  # hertz, and seconds that it takes to die away
LOW, OCTAVES = 220.0, 2.0  # hertz of a loss of 0, and octaves above it, of that of the first epoch and of more
STEPS = 12  # tones an octave, so that there are no more than a piano has in as many
SHORT = 0.16  # seconds of a tone of the loss
APART = 0.1  # seconds from one to the next at least: faster epochs are passed over


class Player(Protocol):
    """What can sound."""

    def play(self, hertz: float, seconds: float) -> None:
        """Let a tone begin."""
        ...


class Sounds:
    """Told how the run stands; `loss`: whether it is heard. Nothing is, while `heard` says so."""

    def __init__(self, player: Player, *, loss: bool, heard: Callable[[], bool] = lambda: True) -> None:
        self._player, self._loss, self._heard = player, loss, heard
        self._epoch, self._first, self._waited = 0, 0.0, APART

    def warn(self) -> None:
        """Somebody who is still there has to touch it."""
        for hertz, seconds in CHIME if self._heard() else ():
            self._player.play(hertz, seconds)

    def hear(self, run: Snapshot, seconds: float) -> None:
        """`seconds` have passed since the last time."""
        self._waited += seconds
        if not self._loss or run.status is not Status.TRAINING or run.loss is None or run.epoch == self._epoch:
            return
        if run.epoch < self._epoch or not self._first:
            self._first = run.loss
        self._epoch = run.epoch
        if self._waited >= APART and self._heard():
            self._waited = 0.0
            self._player.play(pitch(run.loss, self._first), SHORT)


def pitch(loss: float, first: float) -> float:
    """Hertz of a loss, as a share of that of the first epoch."""
    share = min(max(loss / first, 0.0), 1.0) if first > 0 else 0.0
    return float(LOW * 2 ** (round(STEPS * OCTAVES * share) / STEPS))
