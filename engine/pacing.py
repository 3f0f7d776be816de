"""Which frames of a window are worth drawing: none that would look like the last one, few while all moves slowly."""

from .clock import MOST_TICKS, TICKS_PER_SECOND

ALERT = TICKS_PER_SECOND  # ticks after an event in which every frame is looked at
STILL = 30  # frames in a row that looked like the one before, after which it is only looked now and then
LOOK = 10  # ticks from one such look to the next: what begins to move by itself is seen that late at most
UNSEEN, UNCHANGED = 12, 2  # ticks that pass at once while hidden, and at rest: waking costs, too
CALM = 2  # ticks from one frame to the next while all moves slowly


class Pacing:
    """Told what happens, it says when to look whether the picture has changed. Counts ticks, reads no clock."""

    def __init__(self) -> None:
        self._same = 0  # frames in a row that looked like the one before
        self._alert = self._last = 0  # ticks: until when somebody is active; of the last look

    def heard(self, now: int) -> None:
        """Something has happened in the window at tick `now`: what comes of it is to be seen at once."""
        self._same, self._alert = 0, now + ALERT

    def due(self, now: int, *, calm: bool, every: int = 1) -> bool:
        """Whether to look at tick `now`; `calm`: nothing moves so fast that every frame of it can be told.

        `every`: ticks from one frame to the next that this machine can draw.
        """
        if self._same >= STILL:
            return now - self._last >= LOOK
        apart = max(every, CALM) if calm and now >= self._alert else every
        return apart == 1 or now - self._last >= apart

    def rest(self, *, hidden: bool) -> int:
        """Ticks that may pass at once where nothing new is to be shown: none is dropped, and a key is seen in time."""
        return UNSEEN if hidden else UNCHANGED if self._same >= STILL else 1

    def most(self, *, hidden: bool) -> int:
        """Ticks that may come at once before it is a hitch."""
        return MOST_TICKS + UNSEEN * hidden

    def looked(self, now: int, *, changed: bool) -> None:
        """At tick `now` the picture was another one than before, or the same."""
        self._last, self._same = now, 0 if changed else self._same + 1
