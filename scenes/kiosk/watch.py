"""When an exhibit has to be started again, and how: the supervisor's decisions, as a function of time alone."""

from collections import deque
from dataclasses import dataclass, field

FROZEN = 10.0  # seconds without a beat, once there has been one, after which it is taken for frozen
SLOW_START = 45.0  # seconds that the first beat may take: a bare machine compiles shaders
BACK_OFF = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before the next start, after so many crashes in a row
HEALTHY = 20.0  # seconds that it has to live, for the next crash to be a first one
CRASHES, WINDOW = 5, 300.0  # so many within so many seconds, and the safe scene is shown
STOOD = 5.0  # seconds between two looks, from which the machine stood still: asleep, or a guest that was paused
SAFE_FOR = 600.0  # seconds after which the whole exhibit is tried again


@dataclass
class Watch:
    """One exhibit, seen from outside. Times are seconds of a clock that never goes back."""

    started: float = 0.0
    beat: float | None = None  # when the last one came
    safe_since: float | None = None
    _crashes: deque[float] = field(default_factory=deque)
    _row: int = 0  # crashes in a row
    _look: float | None = None  # when it was last looked at

    def begin(self, now: float) -> None:
        """It is started."""
        self.started, self.beat, self._look = now, None, now

    def heard(self, now: float) -> None:
        """It has beaten."""
        self.beat = now

    def looked(self, now: float) -> None:
        """It is looked at, as it is several times a second. While nobody could look, it could not beat either."""
        stood = 0.0 if self._look is None else now - self._look
        if stood > STOOD:
            self.started += stood
            if self.beat is not None:
                self.beat += stood
        self._look = now

    def frozen(self, now: float) -> bool:
        """Whether it shows nothing that lives any more."""
        if self.beat is None:
            return now - self.started > SLOW_START
        return now - self.beat > FROZEN

    def crashed(self, now: float) -> float:
        """It has ended by itself, or was ended since it was frozen: how many seconds to wait before the next start."""
        self._row = 1 if now - self.started > HEALTHY else self._row + 1
        self._crashes.append(now)
        while now - self._crashes[0] > WINDOW:
            self._crashes.popleft()
        if len(self._crashes) >= CRASHES and self.safe_since is None:
            self.safe_since = now
            self._crashes.clear()
        return BACK_OFF[min(self._row, len(BACK_OFF)) - 1]

    def ended(self) -> None:
        """It was ended in order, to be started again."""
        self._row = 0

    @property
    def safe(self) -> bool:
        """Whether the safe scene is to be shown."""
        return self.safe_since is not None

    def tries_again(self, now: float) -> bool:
        """Whether the safe scene has been there for long enough; then it is over."""
        if self.safe_since is None or now - self.safe_since < SAFE_FOR:
            return False
        self.safe_since = None
        self._row = 0
        return True
