"""Two starts at once take turns, even when one of them is killed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scenes.bootstrap.commands import run
from scenes.bootstrap.preparation import only_one

fcntl = pytest.importorskip("fcntl", reason="without it there is no promise to take turns")

COUNT_OPEN = """
import os, sys
wanted, found = os.stat(sys.argv[1]), 0
for number in range(3, 4096):
    try:
        found += os.path.samestat(os.fstat(number), wanted)
    except OSError:
        pass
print(found)
"""


def test_a_second_start_finds_the_lock_taken_until_the_first_is_done(tmp_path: Path) -> None:
    with only_one(tmp_path / "new"), (tmp_path / "new/viz.lock").open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (tmp_path / "new/viz.lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_command_that_outlives_its_start_still_holds_the_lock(tmp_path: Path) -> None:
    with only_one(tmp_path):
        assert run([sys.executable, "-c", COUNT_OPEN, str(tmp_path / "viz.lock")]).strip() == "1"
