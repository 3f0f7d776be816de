"""What a window is opened for decides what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenes import stage
from scenes.cli.settings import Settings
from scenes.cli.values import DEMO
from scenes.exhibit import window as show
from scenes.training.controller import TrainingController
from scenes.training.epoch import Epoch
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.snapshot import Snapshot
from scenes.training.sources.http import HttpSource
from scenes.training.sources.keeping import lines_of
from simulation_server.backend import Backend


@pytest.fixture
def lines() -> list[bytes]:
    """A run of one epoch, of figures alone."""
    return list(lines_of(Parameters(epochs=1), [Epoch(1, 0.5, 50.0)], "so it was"))


@pytest.fixture
def opened(window: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Path]:
    """Open the one hidden window for some frames in which the theme is changed; the settings' file."""
    window.show_pointer = lambda shown: None
    monkeypatch.setattr(show, "Window", lambda *given, **named: window)
    monkeypatch.setattr(window, "close", lambda: None)
    build = stage.build

    def built(*given: Any, **named: Any) -> stage.Stage:
        made = build(*given, **named)
        tick = made.first.tick

        def ticked(dt: float) -> None:
            tick(dt)
            if made.app.clock.count > 5:
                made.appearance.choose(theme="light")

        monkeypatch.setattr(made.first, "tick", ticked)
        return made

    monkeypatch.setattr(stage, "build", built)

    def run(**wishes: Any) -> Path:
        path = tmp_path / "settings.json"
        with Backend(seed=7) as server:
            given = show.Wishes(url=lambda: server.url, server=server, warm=lambda: None, frames=20, **wishes)
            assert not show.run(Settings(size="64x64"), given, settings_path=path, say=lambda line: None)
        return path

    return run


def test_a_theme_that_was_chosen_is_remembered(opened: Callable[..., Path]) -> None:
    assert '"light"' in opened().read_text("utf-8")


@pytest.mark.parametrize("keep", [False, True])
def test_runs_are_kept_where_that_is_wished(
    opened: Callable[..., Path], lines: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: bool
) -> None:
    def kept(source: HttpSource) -> None:
        """What the source would do with a run."""
        if source._keep:
            keeper = source._keep()
            for line in lines:
                keeper.line(line)
            keeper.close(stopped=False)
        close(source)

    close = HttpSource.close
    monkeypatch.setattr(HttpSource, "close", kept)
    monkeypatch.setattr(show, "usual_folder", lambda: tmp_path / "runs")
    opened(keep=keep)
    assert len(list(tmp_path.glob("runs/*.ndjson.gz"))) == keep


def test_an_exhibit_remembers_nothing(opened: Callable[..., Path]) -> None:
    assert not opened(attract=Path(DEMO)).exists()


def test_a_recorded_run_is_played_at_once(
    opened: Callable[..., Path],
    figures_file: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[Snapshot] = []
    tick = TrainingController.tick

    def ticked(controller: TrainingController, dt: float) -> Snapshot:
        shown.append(tick(controller, dt))
        return shown[-1]

    monkeypatch.setattr(TrainingController, "tick", ticked)
    opened(file=figures_file(tmp_path / "run.ndjson", 5))
    assert {now.source for now in shown} == {"file"}
    assert Status.IDLE not in {now.status for now in shown}
