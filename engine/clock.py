"""Turns real nanoseconds into whole ticks. Reads no clock: time is given to it."""

TICKS_PER_SECOND = 60
TICK = 1 / TICKS_PER_SECOND  # seconds
MOST_TICKS = 5  # a frame; what a hitch leaves over is dropped, so that no burst follows it
FRAME_RATES = (10, 12, 15, 20, 30, 60)  # frames a second that fall on ticks
NANOSECONDS = 1_000_000_000  # a second


class FixedClock:
    """Counts ticks of 1/60 s exactly, in integers: no drift after weeks.

    `count` is the number of ticks so far, `dropped` the ticks that were given up after hitches.
    """

    def __init__(self) -> None:
        self.count = 0
        self.dropped = 0
        self._debt = 0  # nanoseconds times 60, below one tick between calls

    def ticks(self, elapsed: int, *, most: int = MOST_TICKS) -> int:
        """Ticks due after `elapsed` more nanoseconds, at most so many. A clock that goes back counts as 0."""
        due, self._debt = divmod(self._debt + max(0, elapsed) * TICKS_PER_SECOND, NANOSECONDS)
        run = min(due, most)
        self.dropped += due - run
        self.count += run
        return run

    @property
    def blend(self) -> float:
        """How far the present lies between the last tick and the next, 0 to 1."""
        return self._debt / NANOSECONDS

    @property
    def now(self) -> float:
        """Seconds of simulated time, between ticks too."""
        return (self.count + self.blend) * TICK
