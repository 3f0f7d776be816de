"""Recorded runs are laid beside each other from their files, and trained on where that can be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engine.resources import ROOT
from engine.worker import Cancellation
from scenes.cli.opening import run_paths
from scenes.embedded import Embedded
from scenes.kept.choosing import NotOneRun
from scenes.training.changes import read
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.sources.http import HttpSource
from scenes.training.sources.whole_file import whole_file

ASKED = Parameters(source="trained", dataset="circle", points=40, layers=(3,), epochs=12, seed=3)


class Lines:
    """Keeps the lines of a run, as whoever keeps runs does."""

    run = ""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def line(self, line: bytes) -> None:
        self.lines.append(line.strip())

    def close(self, *, stopped: bool) -> None:
        pass


def one(kept: Lines) -> Lines:
    """That one."""
    return kept


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: Any) -> Path:
    """A folder with `plain.ndjson`, `branch.ndjson` and `cut.ndjson`."""
    folder: Path = tmp_path_factory.mktemp("runs")
    with Embedded(7) as backend:
        for name, changes in (("plain", ""), ("branch", "5:learning_rate=0.3")):
            kept = Lines()
            source = HttpSource(backend.url, embedded=True, keep=partial(one, kept))
            source.run(replace(ASKED, changes=read(changes)), Cancellation(), lambda told: None)
            (folder / f"{name}.ndjson").write_bytes(b"\n".join(kept.lines) + b"\n")
    lines = (folder / "plain.ndjson").read_bytes().splitlines()
    (folder / "cut.ndjson").write_bytes(b"\n".join(lines[:8]) + b"\n" + lines[8][:50])
    return folder


def test_a_file_gives_the_whole_run_and_what_would_give_it_again(recorded: Path) -> None:
    plain, branch = (whole_file(recorded / f"{name}.ndjson") for name in ("plain", "branch"))
    assert plain.asked == ASKED and branch.asked is not None and branch.asked.changes == read("5:learning_rate=0.3")
    assert plain.run.loss[:5].tolist() == branch.run.loss[:5].tolist() and plain.run.ended
    cut = whole_file(recorded / "cut.ndjson")
    assert cut.run.available == 7 and cut.run.ending is not None and cut.run.ending.status == "cut"


def test_what_is_no_run_is_refused_in_words(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.ndjson"
    nothing.write_text("what is this\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"nothing\.ndjson is not a recorded run"):
        whole_file(nothing)
    with pytest.raises(RunError, match="cannot be read"):
        whole_file(tmp_path / "gone.ndjson")


def test_they_stand_side_by_side_and_another_future_is_trained_from_there(
    recorded: Path, rehearsed: Any, tmp_path: Path
) -> None:
    runs = [whole_file(recorded / f"{name}.ndjson") for name in ("plain", "branch")]
    with rehearsed(tmp_path) as (stage, pilot):
        controller = stage.controller
        assert controller.lay_out([(each.run, each.asked) for each in runs])
        pilot.compare()
        pilot.run("100ms")
        assert controller.now.status is Status.COMPLETE and controller.now.epoch == 12
        told = stage.scene.entries()["runs"]()
        assert [each["differs"] for each in told] == [["learning rate 0.01"], ["learning rate 0.01 → 0.3 from epoch 6"]]
        pilot.branch(at="8", learning_rate="0.1")
        pilot.until("complete", within="60s")
        child = controller.now.run
        assert child.loss[:8].tolist() == pytest.approx(runs[0].run.loss[:8].tolist(), abs=1e-6)
        assert [each["number"] for each in stage.scene.entries()["runs"]()] == [1, 2, 3]
        assert not controller.lay_out([])


def test_a_run_of_figures_alone_stands_there_too_and_cannot_be_trained_on(
    recorded: Path, rehearsed: Any, tmp_path: Path, figures_file: Callable[..., Path]
) -> None:
    runs = [whole_file(figures_file(tmp_path / "f.ndjson", 30)), whole_file(recorded / "plain.ndjson")]
    assert runs[0].asked is None
    with rehearsed(tmp_path) as (stage, pilot):
        stage.controller.lay_out([(each.run, each.asked) for each in runs])
        pilot.compare()
        pilot.run("100ms")
        stage.app.draw()
        assert "branch" not in stage.controller.now.can
        pilot.press("run", "2")
        pilot.run("100ms")
        assert "branch" in stage.controller.now.can


def test_without_a_display_they_are_drawn(recorded: Path, tmp_path: Path) -> None:
    names = [str(recorded / f"{name}.ndjson") for name in ("plain", "branch")]
    command = [sys.executable, "-P", "-m", "scenes", "compare", *names, "--headless", "--size", "1024x640"]
    given = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    ended = subprocess.run(
        [*command, "--out", "here"], cwd=tmp_path, env=given, text=True, capture_output=True, timeout=120, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.split() == ["here/compare.png", "here/compare.json"]
    assert json.loads((tmp_path / "here" / "compare.json").read_text())["scene"] == "compare"


def test_two_to_eight_runs_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").touch()
    asked: list[str] = []

    def kept(text: str) -> Path:
        asked.append(text)
        return tmp_path / text

    assert run_paths([str(tmp_path / "a.ndjson"), "slow"], kept) == [tmp_path / "a.ndjson", tmp_path / "slow"]
    assert asked == ["slow"]
    for words in (["one"], ["x"] * 9):
        with pytest.raises(ValueError, match="two to 8 runs"):
            run_paths(words, kept)
    assert issubclass(NotOneRun, ValueError)
