"""What visitors do with an exhibit, as far as a day report counts it: when somebody comes, stays, sees a run's end."""

from collections.abc import Callable
from typing import Protocol

from scenes.training.lifecycle import Status


class Counted(Protocol):
    """Where it is counted."""

    def completed(self) -> None:
        """A run of a visitor's has come to its end."""
        ...

    def visited(self, seconds: float, language: str) -> None:
        """Somebody has been there for so long."""
        ...


class Visits:
    """Told how things stand, tick by tick. A stay ends with the last touch, not with the patience after it."""

    def __init__(self, report: Counted, language: Callable[[], str]) -> None:
        self._report, self._language = report, language
        self._since = 0.0  # seconds that somebody has been there
        self._last = 0.0  # the same, at the last touch
        self._there = False
        self._spoken = ""  # by whoever is there: once nobody is, it is the first language again
        self._status: Status | None = None

    def look(self, seconds: float, *, away: bool, idle: float, status: Status) -> None:
        """`seconds` have passed; `idle` of them, and maybe more, without a touch."""
        if not away:
            self._spoken = self._language()
            self._since = self._since + seconds if self._there else 0.0
            self._last = max(self._last, self._since - idle)
            if status is Status.COMPLETE and self._status is not Status.COMPLETE:
                self._report.completed()
        elif self._there:
            self._report.visited(max(0.0, self._last), self._spoken)
            self._since = self._last = 0.0
        self._there, self._status = not away, status
