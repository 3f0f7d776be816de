"""What keeps pauses out of the frames does so, and whatever was there before goes on working."""

import gc
import sys

import numpy as np
import pytest

from engine import pauses


def test_what_has_been_made_is_not_looked_through_again() -> None:
    interval = sys.getswitchinterval()
    gc.unfreeze()
    made = [{"held": number} for number in range(1000)]
    try:
        pauses.avoid()
        assert gc.get_freeze_count() >= len(made)
        assert sys.getswitchinterval() == pytest.approx(pauses.TURN)
        assert np.ones(1 << 22).sum() == 1 << 22  # memory is there as before
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)


def test_without_glibc_nothing_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    interval = sys.getswitchinterval()
    monkeypatch.setattr("engine.pauses.ctypes.CDLL", lambda _: object())
    try:
        pauses.avoid()
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)
