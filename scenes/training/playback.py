"""A cursor over a run that advances on ticks: every epoch is shown once, in order, at any speed."""

from engine.clock import TICKS_PER_SECOND

from .arrivals import Arrivals
from .parameters import FILE
from .run import TrainingRun

INTERVALS = (1, 500)  # milliseconds an epoch: up to 1,000 epochs a second
INTERVAL = 200  # milliseconds an epoch, to begin with
INTERVAL_STEP, FINE_INTERVAL_STEP = 10, 1  # on the control's track; the fine one below 10 ms, and for what is typed
MOST_EPOCHS = 17  # a tick, at the fastest
_TICK = 1000  # a tick, in 1/60 ms: whole numbers, so that no rounding adds up
_SPEEDS = ((50, "turbo"), (150, "fast"), (300, "normal"))  # the seed's four labels


def speed_label(interval: int) -> str:
    """What `interval` milliseconds an epoch are called: turbo, fast, normal or slow."""
    return next((label for most, label in _SPEEDS if interval <= most), "slow")


class Playback:
    """Shows epoch 1 on the first tick and each next one after `interval` milliseconds of ticks.

    `epoch` is the last one played, 0 before the first; it begins with the last of those that the run recalls. It never
    goes back; below 17 milliseconds an epoch a tick passes several, each one an event, and shows the last of them.
    While somebody looks back, `looked_at` is the epoch that is shown, else None; ticks lead it on to `epoch`, where the
    playback goes on.
    """

    def __init__(self, run: TrainingRun, *, interval: int = INTERVAL) -> None:
        self.run = run
        self.epoch = run.recalled
        self.interval = interval
        self.looked_at: int | None = None
        self._again = 0  # the epoch that is due while it plays again; the one shown is the nearest that is kept
        self._debt = 0  # in 1/60 ms
        self._started = False
        self._arrivals = Arrivals(run)

    @property
    def finished(self) -> bool:
        """Whether every epoch of the run has been shown; one that diverged has fewer than were asked for."""
        return self.run.ended and self.epoch == self.run.available

    @property
    def shown(self) -> int:
        """The epoch on the screen: one that is looked at again, or the last one played; 0 before the first."""
        return self.looked_at or self.epoch

    def look(self, epoch: int) -> None:
        """Show `epoch` again, held within those that have been played; the last one ends looking back.

        Where its state is kept no more, the nearest epoch that is kept is shown instead, all of it.
        """
        self._debt = 0  # it is shown for as long as any other
        self._show_again(epoch)

    def _show_again(self, epoch: int) -> None:
        self._again = min(max(1, epoch), self.epoch)
        found = self.run.look(self._again)
        self.looked_at = found if found < self.epoch else None

    def look_beside(self, steps: int) -> None:
        """Look `steps` epochs on, or back where they are negative, from the one that is shown: of those kept."""
        self.look(self.run.beside(self.shown, steps))

    def tick(self) -> list[str]:
        """Let one tick pass. A "tick" for each epoch shown, and "tick_last" one interval after the last one."""
        self._arrivals.tick()
        events: list[str] = []
        due = self.interval * TICKS_PER_SECOND
        self._debt = min(self._debt, due) + (_TICK if self._started else due)  # waited at a slower speed: one, no burst
        self._started = True
        if self.looked_at is not None:
            self._play_again(due)
            return []
        while self._debt >= self.interval * TICKS_PER_SECOND and len(events) < MOST_EPOCHS:
            if self.finished:
                events.append("tick_last")
                break
            if self.epoch == self.run.available:  # the stream is slower than the playback: wait, lose nothing
                self._debt = self.interval * TICKS_PER_SECOND
                break
            self._debt -= self.interval * TICKS_PER_SECOND
            self.epoch += 1
            events.append("tick")
        self.run.shown = self.epoch
        return events

    def _play_again(self, due: int) -> None:
        """Lead what is shown on towards the last epoch played, as fast as that was."""
        passed = min(MOST_EPOCHS, self._debt // due)
        self._debt -= passed * due
        if passed:
            self._show_again(self._again + passed)

    @property
    def upcoming(self) -> int:
        """The epoch that is shown next, if playing goes on and nothing is passed over; it may not have come yet."""
        if self.looked_at is None:
            return self.epoch + 1
        return min(self.run.nearest(min(self._again + 1, self.epoch)), self.epoch)

    def skip_to(self, epoch: int) -> bool:
        """Have shown everything up to `epoch`, or to the end of a run that has ended before; False if it is not there.

        Whoever opens a moment wants that one, not the way to it.
        """
        if self.run.available < epoch and not self.run.ended:
            return False
        self.epoch = max(self.epoch, min(epoch, self.run.available))
        self.run.shown = self.epoch
        self._started, self._debt = True, 0
        return True

    def step(self) -> bool:
        """Show the next epoch at once, whatever the interval; False if it is not there yet."""
        if self.epoch == self.run.available:
            return False
        self.epoch += 1
        self.run.shown = self.epoch
        self._debt = 0
        return True

    @property
    def eta(self) -> float | None:
        """Seconds that the rest will take: at this speed, or as the stream comes, where that is slower.

        None before the first epoch is there and while no end is known, when nobody can know. A file waits for the
        playback, not the other way round: how fast it has been read says nothing.
        """
        if not self.run.available or self.run.epochs is None:
            return None
        own = (self.run.epochs - self.epoch) * self.interval / 1000
        return own if self.run.source == FILE else max(own, self._arrivals.rest)
