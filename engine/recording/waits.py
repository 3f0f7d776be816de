"""The time between two lines of a recording, and how a script waits for as much."""

from dataclasses import dataclass, field
from math import ceil

from engine.clock import TICKS_PER_SECOND
from engine.scripting.words import LONGEST

LONGEST_WAIT = int(LONGEST) * TICKS_PER_SECOND  # ticks of one line
UNTIL_WAITS = 30.0  # seconds that `until` waits where nothing else is said


@dataclass
class Gap:
    """Which statuses came, what the figure was last, the ticks since the last of these, and all ticks."""

    untils: list[str] = field(default_factory=list)
    figure: int | None = None
    since: int = 0
    total: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing lies between the two lines."""
        return self.since == 0 and not self.untils and self.figure is None

    def lines(self, figure: str) -> list[str]:
        """The waits, in words; `figure` is what a script calls it."""
        within = patience(self.total)
        told = [f"until {status}{within}" for status in self.untils]
        told += [] if self.figure is None else [f"until {figure} >= {self.figure}{within}"]
        return told + waits(self.since)


@dataclass
class Brief:
    """Lines said while a status lasted that a script leaves by itself after `limit` ticks, however long it was live.

    An act comes before its tick: the last one may end the status in the tick in which it would have ended by itself.

    Where the visitor took more time, the waits are shortened, so that the lines still come before it ends.
    """

    limit: int
    entries: list[tuple[int, str, int]] = field(default_factory=list)  # ticks waited, the line, the ticks it takes

    def full(self, ticks: int) -> bool:
        """Whether so many more ticks leave none over."""
        return sum(wait + taken for wait, _, taken in self.entries) + ticks >= self.limit - 1

    def lines(self, rest: int = 0) -> list[str]:
        """The lines with their waits; `rest` ticks have passed since the last one."""
        left = self.limit - sum(ticks for _, _, ticks in self.entries) - (rest > 0)
        asked = [wait for wait, _, _ in self.entries] + [rest] * (rest > 0)
        given = asked if sum(asked) <= left else _shortened(asked, max(0, left))
        told: list[str] = []
        for wait, (_, line, _) in zip(given, self.entries, strict=False):
            told += [*waits(wait), line]
        return told + (waits(given[-1]) if rest else [])


def patience(ticks: int) -> str:
    """An option that lets `until` wait twice as long as it took, if that is longer than it waits anyway."""
    seconds = min(LONGEST, 2 * ceil(ticks / TICKS_PER_SECOND))
    return f" within={seconds:g}s" if seconds > UNTIL_WAITS else ""


def waits(ticks: int) -> list[str]:
    """Lines that let so many ticks pass."""
    full, rest = divmod(ticks, LONGEST_WAIT)
    return [f"wait {LONGEST_WAIT}ticks"] * full + ([f"wait {rest}ticks"] if rest else [])


def _shortened(asked: list[int], left: int) -> list[int]:
    """So much of each wait that they are `left` together at most."""
    given = []
    for index, wait in enumerate(asked):
        given.append(min(wait, left // (len(asked) - index)))
        left -= given[-1]
    return given
