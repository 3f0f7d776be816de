"""A bound on how much goes on at once. Keeps no queue: who soon finds no place free must be told to come back."""

from __future__ import annotations

import threading
from contextlib import ExitStack

GRACE = 0.25  # seconds; a place is given back a moment after the answer that took it has been read


class Limiter:
    """A fixed number of places, each for one piece of work at a time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._free = threading.Semaphore(most)

    def take(self, held: ExitStack) -> bool:
        """Take a place, to be given back when `held` closes; return False, and take nothing, where none comes free."""
        taken = self._free.acquire(timeout=GRACE)
        if taken:
            held.callback(self._free.release)
        return taken
