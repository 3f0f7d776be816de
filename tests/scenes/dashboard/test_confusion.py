"""The confusion matrix in words."""

import numpy as np

from scenes.dashboard.confusion import worst


def test_the_worst_mistake_is_told_with_its_count() -> None:
    counts = np.array([[9, 0, 1], [4, 9, 0], [0, 2, 9]], dtype=np.float32)
    assert worst(counts, ("a", "b", "c")) == "b taken for a: 4×"


def test_where_nothing_is_wrong_nothing_is_told() -> None:
    assert worst(np.eye(3, dtype=np.float32) * 7, ("a", "b", "c")) == ""
