"""How much memory this process has at this moment."""

import os
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024  # bytes


def resident() -> float:
    """MB that are in memory now; where the system does not say, the most that ever were; on Windows 0."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return _most()
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def _most() -> float:
    try:
        import resource
    except ImportError:  # of Windows
        return 0.0
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage / MEGABYTE if sys.platform == "darwin" else usage * 1024 / MEGABYTE
