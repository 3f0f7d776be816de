"""Whether anybody is there: the seconds since a person last did something. A trembling table does not count."""

from math import hypot

from .input import Event, FocusLost, Move, Quit, Resize

TREMBLE = 24.0  # pixels that the pointer may wander without anybody moving it
CALM = 12.0  # pixels of that which are forgotten in a second


class Idle:
    """`seconds` since somebody pressed, typed, scrolled or moved the pointer."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._wandered = 0.0
        self._found = False  # whether the pointer has been seen: the first move only tells where it is

    def hear(self, event: Event) -> bool:
        """Whether a person did this; then the count begins anew."""
        if isinstance(event, Resize | FocusLost | Quit):
            return False
        if isinstance(event, Move) and not event.held:
            found, self._found = self._found, True
            self._wandered += hypot(*event.by) if found else 0.0
            if self._wandered < TREMBLE:
                return False
        self.seconds = self._wandered = 0.0
        return True

    def tick(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        self.seconds += dt
        self._wandered = max(0.0, self._wandered - CALM * dt)
