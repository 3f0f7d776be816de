"""How fast this machine is at this moment: a fixed piece of work for the driver, and one for Python.

Figures from a busy machine can be compared as ratios to it: what makes a frame slow makes these slow, too.
"""

import time

import numpy as np

from engine.graphics.driver_time import copies

COPIES = 100  # of the whole screen
ADDITIONS, ROUNDS = 100_000, 51


def yardstick(size: tuple[int, int]) -> dict[str, float]:
    """Milliseconds of a full-screen copy of `size` pixels, and of a plain Python loop; medians. Needs a context."""
    return {"copy_ms": round(copies(size, COPIES), 4), "loop_ms": round(_loop(), 3)}


def _loop() -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        sum(number for number in range(ADDITIONS))
        taken.append((time.perf_counter() - begun) * 1000)
    return float(np.median(taken))
