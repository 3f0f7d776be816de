"""Waits for what has to come, and measures what takes time: in real seconds."""

import time
from collections.abc import Callable
from typing import TypeVar

from .row import need

Result = TypeVar("Result")
LOOK = 0.005  # seconds between two looks


def timed(act: Callable[[], Result]) -> tuple[Result, float]:
    """What it gives, and the seconds that it took."""
    begun = time.monotonic()
    return act(), time.monotonic() - begun


def wait_until(come: Callable[[], object], seconds: float = 20.0) -> None:
    """Look again and again until that has come. Raises Fails after so many seconds."""
    until = time.monotonic() + seconds
    while not come():
        need(time.monotonic() < until, f"it did not come about within {seconds:g} s")
        time.sleep(LOOK)
