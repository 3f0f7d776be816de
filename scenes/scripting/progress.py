"""How far a film is: a bar that is drawn over on a terminal, elsewhere a line at each tenth, if that is not often."""

from collections.abc import Callable
from typing import Self, TextIO

BAR = 24  # characters
REDRAWN = 0.1  # seconds between two drawings of the bar
TENTHS, SELDOM = 10, 5.0  # lines; seconds between two of them


class Progress:
    """Tells of `total` frames as they are made: how many a second, and how long the rest will take."""

    def __init__(self, title: str, total: int, *, stream: TextIO, clock: Callable[[], float]) -> None:
        self._title, self._total, self._stream, self._clock = title, total, stream, clock
        self._bar = stream.isatty()
        self._began = clock()
        self._drawn = self._began
        self._told = self._done = 0  # tenths; frames

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away, and say what there is: also after Ctrl+C, when it is less than was planned."""
        took = clocked(self._clock() - self._began)
        self._say("\r\033[K" if self._bar else "")
        self._say(f"viz: {self._title}: {self._done} of {self._total} frames, in {took}\n" if self._done else "")

    def at(self, done: int) -> None:
        """`done` frames are made."""
        self._done, now = done, self._clock()
        share = min(1.0, done / self._total)
        if self._bar and now - self._drawn >= REDRAWN:
            self._drawn, filled = now, round(BAR * share)
            self._say(f"\r\033[K[{'#' * filled}{'.' * (BAR - filled)}] {self._words(now)}")
        elif not self._bar and now - self._drawn >= SELDOM and int(TENTHS * share) > self._told:
            self._drawn, self._told = now, int(TENTHS * share)
            self._say(f"viz: {self._title}: {self._words(now)}\n")

    def _words(self, now: float) -> str:
        rate = self._done / max(now - self._began, 1e-9)
        left = max(0, self._total - self._done) / rate if rate else 0.0
        return f"{self._done}/{self._total} frames, {rate:.0f} fps, {clocked(left)} left"

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def clocked(seconds: float) -> str:
    """Minutes and seconds: 1:05."""
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"
