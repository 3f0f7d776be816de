"""A scene that raises does not take the program down: ERROR with a sentence, one line in the log, and a way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from engine.clock import NANOSECONDS
from engine.input import Event, Key, Resize
from scenes.dashboard.data import DataPanel
from scenes.dashboard.stats import Cards
from scenes.exhibit.failure_scene import TRIES_AGAIN_AFTER, FailureScene
from scenes.exhibit.rescue import TRIES, Rescue
from scenes.stage import Stage


class Screen:
    """A window that tells given events, a list a frame, and lets a sixtieth of a second pass between frames."""

    size = (640, 400)
    hidden = lost = False
    taken = 0.0

    def __init__(self, *frames: list[Event]) -> None:
        self.frames = list(frames)

    def events(self) -> Iterator[Event]:
        yield from self.frames.pop(0) if self.frames else []

    def elapsed(self) -> int:
        return NANOSECONDS // 60

    def present(self) -> None:
        pass

    def rest(self, seconds: float) -> None:
        self.present()


@pytest.fixture
def rescued(rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Stage, list[str]]]:
    """A visualizer that is rescued, and what was said."""
    said: list[str] = []
    with rehearsed(tmp_path, size=(640, 400)) as (stage, _):
        stage.app.rescue = Rescue(stage, said.append)
        stage.app.renderer.present = lambda size: None  # type: ignore[method-assign]
        yield stage, said


def run(stage: Stage, frames: int, *events: list[Event]) -> None:
    screen: Any = Screen(*events)
    stage.app.run(screen, frames=frames)


def test_a_tick_that_fails_once_is_an_error_and_retry_works(rescued: tuple[Stage, list[str]]) -> None:
    stage, said = rescued
    real, calls = stage.first.find(Cards).tick, []

    def once(*args: Any, **named: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise ZeroDivisionError("on purpose")
        real(*args, **named)

    with mock.patch.object(stage.first.find(Cards), "tick", once):
        run(stage, 6)
    told = stage.first.describe()
    assert (told["status"], told["error_code"]) == ("error", "ZeroDivisionError")
    assert len(said) == 1 and "ZeroDivisionError: on purpose (test_rescue.py:" in said[0]
    run(stage, 1, [Key("r")])
    assert stage.first.describe()["status"] == "loading"


def test_a_picture_that_always_fails_gives_way_to_a_plain_one_and_comes_back(
    rescued: tuple[Stage, list[str]],
) -> None:
    stage, said = rescued
    with mock.patch.object(stage.first.find(DataPanel), "draw", side_effect=KeyError("gone")):
        run(stage, TRIES + 20)
        assert isinstance(stage.app.scenes.top, FailureScene)
        assert len(said) == 1
        run(stage, 2, [Resize((800, 500))])
        pixels = stage.app.renderer.pixels()
        run(stage, 2, [Resize((240, 500))])
        small = stage.app.scenes.top.overlay.describe()
    assert pixels.shape == (500, 800, 3) and pixels.std() > 5  # words on a ground, not an empty window
    assert max(left + width for left, _, width, _ in (text["rect"] for text in small)) < 240  # nor in a narrow one
    run(stage, 3, [Key("space")])
    assert stage.app.scenes.top is stage.first
    assert stage.first.page.size == (240, 500)


def test_where_nobody_is_near_it_comes_back_by_itself(rescued: tuple[Stage, list[str]]) -> None:
    stage, _ = rescued
    with mock.patch.object(stage.first.find(DataPanel), "draw", side_effect=KeyError("gone")):
        run(stage, TRIES)
    assert isinstance(stage.app.scenes.top, FailureScene)
    for _ in range(round(TRIES_AGAIN_AFTER * 60) + 1):
        stage.app.tick()
    assert stage.app.scenes.top is stage.first


def test_where_even_the_plain_picture_fails_the_program_ends(rescued: tuple[Stage, list[str]]) -> None:
    stage, _ = rescued
    with (
        mock.patch.object(stage.app.renderer, "draw", side_effect=RuntimeError("no context")),
        pytest.raises(RuntimeError, match="no context"),
    ):
        run(stage, 50)


def test_quitting_is_no_fault(rescued: tuple[Stage, list[str]]) -> None:
    stage, said = rescued
    with mock.patch.object(stage.first, "picture", side_effect=SystemExit(0)), pytest.raises(SystemExit):
        run(stage, 2)
    assert said == []
