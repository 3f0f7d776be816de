"""Keeps pauses out of the frames: looking for garbage, waiting for other threads, asking for memory again."""

import ctypes
import gc
import sys

TURN = 0.0005  # seconds after which a thread beside the frames lets them go on; Python's own are ten times as many
TRIM, TOP, APART = -1, -2, -3  # what glibc's mallopt calls them: when memory is given back, asked for, kept apart
KEPT, AHEAD, LARGEST = 64 << 20, 16 << 20, 32 << 20  # bytes of each


def avoid() -> None:
    """From now on. What has been made until now stays: it is not looked through for garbage again, which takes 20 ms.

    What a frame has given back is kept for the next one: where a page costs 10 µs, as in some virtual machines, a
    megabyte that is asked for again is 2.5 ms. Other libraries than glibc are left as they are.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(TURN)
    if sys.platform.startswith("linux"):
        if option := getattr(ctypes.CDLL(None), "mallopt", None):
            for name, size in ((TRIM, KEPT), (TOP, AHEAD), (APART, LARGEST)):
                option(name, size)
