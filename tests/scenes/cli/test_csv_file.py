"""A visitor's own rows: what can be used is learned, what cannot is named by line."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.scripting.words import VerbError

ROOT = Path(__file__).resolve().parents[3]
ROWS = "".join(f"{k / 10},{(k * 7 % 11) / 5},{'high' if k > 20 else 'low'}\n" for k in range(40))


def test_own_rows_are_learned_and_bad_ones_named(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path, csv="width,height,kind\n" + ROWS + "spoiled,row,low\n") as (stage, pilot):
        pilot.press("start")
        pilot.until("complete")
        pilot.run("1s")
        stage.app.draw()
        told = stage.dashboard.describe()
    assert (told["parameters"]["dataset"], told["shape"][0], told["shape"][-1]) == ("csv", 2, 2)
    assert told["accuracy"] > 80
    words = [text["text"] for text in told["texts"] if text["panel"] == "data"]
    assert "1 row left out" in words
    assert any(word.startswith("line 42:") for word in words)


def test_there_is_a_way_back_to_ones_own_rows(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path, csv="width,height,kind\n" + ROWS) as (stage, pilot):
        pilot.press("dataset", "circle")
        assert stage.controller.chosen.dataset == "circle"
        pilot.press("dataset", "csv")
        assert stage.controller.chosen.dataset == "csv"
        pilot.dataset("circle")
        pilot.dataset("csv")
        stage.app.draw()
        told = stage.dashboard.describe()
    assert "Own" in [text["text"] for text in told["texts"]]
    slots = stage.dashboard.page.slots
    cells = [slots[name] for name in slots if name.startswith("dataset.")]
    assert len(cells) == 7 and all(one.right < other.x for one, other in pairwise(cells))


def test_without_rows_of_ones_own_there_is_no_such_choice(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        assert "dataset.csv" not in stage.dashboard.page.slots
        with pytest.raises(VerbError, match="'csv' is no value for 'dataset'"):
            pilot.dataset("csv")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"x" * (8 * 1024 * 1024)])
def test_a_file_that_cannot_be_used_is_named_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content)
    command = [sys.executable, "-P", "-m", "scenes", "play", "demo.script", "--csv", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 2
    assert "mine.csv" in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
