"""Values in ascending order, each once. numpy's own, at its first call, loads what takes a frame's time: 18 ms."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", bound=np.generic)


def distinct(*values: NDArray[Value]) -> NDArray[Value]:
    """All of `values` [any lengths], ascending, each once: what np.unique and np.union1d give."""
    ordered = np.sort(np.concatenate(values))
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    found: NDArray[Value] = ordered[first]
    return found
