"""How much is drawn and how often, so that a slow machine keeps its rate. Told what frames take, it reads no clock."""

from collections import deque
from dataclasses import dataclass

from .clock import TICK, TICKS_PER_SECOND

CHOICES = ("auto", "full")  # adapt, or draw everything, however slowly
SECOND = TICKS_PER_SECOND  # ticks for which frames have to be late
IN_TIME = 20  # one of so many frames may be late: 95 of 100 come in time
BEGINNING, SETTLING = 120, 20  # frames that are not counted, at the start and after a change
TRIAL = 600  # ticks in time before more is tried, at first; twice as many after each trial that failed
LONGEST_TRIAL = 32 * TRIAL
ROOM = 0.7  # of its time that a frame may take, to try what takes a little more


@dataclass(frozen=True)
class Level:
    """`effects`: whether light glows around things. `every`: ticks from one frame to the next."""

    name: str
    effects: bool
    every: int


LEVELS = (
    Level("full", effects=True, every=1),
    Level("no glow", effects=False, every=1),
    Level("30 frames a second", effects=False, every=2),
    Level("20 frames a second", effects=False, every=3),
)


class Quality:
    """Steps down when frames are late for a second, and up again once there is room; ever slower if that was wrong.

    Unless it `adapts`, everything is drawn in every frame: pictures are the same on every machine.
    """

    def __init__(self) -> None:
        self.adapts = False
        self._level = 0
        self._wait = TRIAL
        self._trial = self._in_time = self._late = 0  # ticks: of a trial, since the last change, of being late
        self._settling = BEGINNING
        self._taken: deque[float] = deque()

    @property
    def level(self) -> Level:
        """What is drawn now."""
        return LEVELS[self._level]

    def told(self, seconds: float) -> None:
        """A frame has taken so long, without waiting for the screen."""
        if not self.adapts:
            return
        if self._settling:
            self._settling -= 1
            return
        every = self.level.every
        self._taken.append(seconds)
        self._in_time += every
        if len(self._taken) * every <= SECOND:
            return
        self._taken.popleft()
        self._late = self._late + every if self.slowest > TICK * every else 0
        if self._late >= SECOND:  # a burst of late frames is seen for less than a second
            if self._in_time < self._trial:
                self._wait = min(LONGEST_TRIAL, 2 * self._wait)
            elif self._in_time > self._wait:  # it had gone well for long: something else has come
                self._wait = TRIAL
            self._step(1 if self._level + 1 < len(LEVELS) else 0)
        elif self._level and self._in_time >= self._wait and self._fits(LEVELS[self._level - 1]):
            self._step(-1)
            self._trial = TRIAL  # ticks in which a step down means that it was too early

    @property
    def slowest(self) -> float:
        """What 95 of 100 frames of the last second took at most; seconds."""
        return sorted(self._taken)[-len(self._taken) // IN_TIME - 1] if self._taken else 0.0

    def _fits(self, level: Level) -> bool:
        """Whether frames have room for the little more that `level` takes."""
        return self.slowest <= ROOM * TICK * level.every

    def _step(self, by: int) -> None:
        self._level += by
        self._taken.clear()
        self._in_time = self._late = self._trial = 0
        self._settling = SETTLING
