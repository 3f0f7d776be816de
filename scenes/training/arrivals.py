"""How fast a stream of epochs comes, so that what remains can be told honestly. Knows no clock but ticks."""

from engine.clock import TICKS_PER_SECOND

from .run import TrainingRun

NEWEST = 0.2  # the share of the newest epoch in the measured pace: it follows a change within about five


class Arrivals:
    """Measures the ticks from one epoch's arrival to the next one's, the later ones counting for more."""

    def __init__(self, run: TrainingRun) -> None:
        self._run = run
        self._seen = run.available
        self._since = 0  # ticks since the last arrival
        self._pace: float | None = None  # ticks an epoch; None until two have come

    def tick(self) -> None:
        """Let one tick pass."""
        self._since += 1
        if new := self._run.available - self._seen:
            if self._seen:
                self._pace = self._with(self._since / new, new)
            self._seen, self._since = self._run.available, 0

    @property
    def rest(self) -> float:
        """Seconds until the last epoch will be there; an arrival that is late counts as if it came now.

        0 also while no end is known.
        """
        if self._run.ended or self._run.epochs is None:
            return 0.0
        pace = self._pace or 0.0
        if self._since > pace:
            pace = self._with(self._since, 1)
        return (self._run.epochs - self._run.available) * pace / TICKS_PER_SECOND

    def _with(self, ticks: float, epochs: int) -> float:
        """The pace, if `epochs` more had come in so many ticks each."""
        if self._pace is None:
            return ticks
        return self._pace + (ticks - self._pace) * (1 - (1 - NEWEST) ** epochs)
