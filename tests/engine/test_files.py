"""Files are whole or not there, whatever happens in between, and what a killed program has begun is swept away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.files import beside, placed, put, sweep


def test_a_file_holds_its_old_or_its_new_content(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.png"
    put(path, b"one")
    put(path, b"two", lasting=False)
    assert path.read_bytes() == b"two" and list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("failure", [OSError("no room"), KeyboardInterrupt(), SystemExit(143)])
def test_what_fails_in_between_leaves_what_was_there_and_nothing_else(tmp_path: Path, failure: BaseException) -> None:
    path = tmp_path / "a.json"
    put(path, b"old")
    with pytest.raises(type(failure)), placed(path) as begun:
        begun.write_bytes(b"ne")
        raise failure
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_what_a_program_that_is_no_more_has_begun_is_swept_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = [tmp_path / f".settings.part-{number}.json" for number in (gone.pid, os.getpid(), "x")]
    others = [tmp_path / ".other.part-1.json", tmp_path / "settings.json"]
    for each in (*left, *others):
        each.write_bytes(b"")
    sweep(path)
    assert set(tmp_path.iterdir()) == {*left[1:], *others}
    sweep(tmp_path / "nowhere" / "a")


def test_what_is_begun_has_the_same_ending(tmp_path: Path) -> None:
    assert beside(tmp_path / "a.mp4").suffix == ".mp4" and beside(tmp_path / "a.mp4").parent == tmp_path
