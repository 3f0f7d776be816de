"""What the endpoints may ask of the world around them: the one seam between a route and the server it runs in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .limiter import Limiter

MOST_TRAININGS = 4  # real ones at once; more would only slow each other down, and the machine with them


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ServerContext:
    """The server as an endpoint sees it, for one request."""

    next_seed: Callable[[], int]  # for a simulated run whose request names none
    now: Callable[[], float]  # seconds since 1970
    delay: Callable[[], None]  # waits as long as a run is meant to take
    clock: Callable[[], float] = time.perf_counter  # seconds, to measure epochs with
    gone: Callable[[], bool] = _never  # whether nobody waits for the answer any more
    trainings: Limiter = field(default_factory=lambda: Limiter(MOST_TRAININGS))
