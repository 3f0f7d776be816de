"""Every speed that the playback has can be reached by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.flat.slider import Slider
from engine.input import Key, Move, Press, Release, Scroll
from scenes.kit.control_set import ControlSet

Board = tuple[Any, Slider, Any]


@pytest.fixture
def board(rehearsed: Any, tmp_path: Path) -> Iterator[Board]:
    """The dashboard with the speed in focus, its slider, and the pilot."""
    with rehearsed(tmp_path) as (stage, pilot):
        ui = stage.first.find(ControlSet).ui
        ui.focused = "speed"
        slider = ui.controls["speed"]
        assert isinstance(slider, Slider)
        yield stage.first, slider, pilot


def pressed(board: Any, pilot: Any, *names: str) -> int:
    for name in names:
        board.handle(Key(name))
    pilot.run("1ticks")
    return int(board.describe()["speed"])


@pytest.mark.parametrize("speed", [1, 2, 5, 9, 10, 25, 33, 149, 487, 500])
def test_a_typed_speed_is_taken_to_the_millisecond(board: Board, speed: int) -> None:
    scene, slider, pilot = board
    assert pressed(scene, pilot, *str(speed), "return") == speed == slider.value
    assert slider.at(speed)[0] == slider.at(slider.value)[0]


@pytest.mark.parametrize("text", ["0", "501", "2.5"])
def test_a_speed_that_there_is_not_is_said_and_changes_nothing(board: Board, text: str) -> None:
    scene, _, pilot = board
    assert pressed(scene, pilot, *text, "return") == 200
    assert any(text in each["text"] for each in described(scene))


def described(scene: Any) -> list[dict[str, Any]]:
    scene.drawing()
    return list(scene.overlay.describe())


def test_arrows_and_the_wheel_reach_every_millisecond_below_ten(board: Board) -> None:
    scene, slider, pilot = board
    pressed(scene, pilot, *"20", "return")
    assert [pressed(scene, pilot, "right") for _ in range(11)] == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]
    told = []
    for _ in range(11):
        scene.handle(Scroll(slider.rect.center, -1.0))
        pilot.run("1ticks")
        told.append(scene.describe()["speed"])
    assert told == [2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30]


def test_every_stop_of_the_track_can_be_clicked_with_a_whole_pixel(board: Board) -> None:
    scene, slider, pilot = board
    reached = set()
    for x in range(slider.rect.left, slider.rect.right):
        at = (float(x), float(slider.rect.centery))
        scene.handle(Move(at))
        scene.handle(Press(at))
        scene.handle(Release(at))
        pilot.run("1ticks")
        reached.add(scene.moment().run.interval)
    assert reached == {*range(1, 10), *range(10, 501, 10)}


@pytest.mark.parametrize("speed", ["1", "3", "20", "50", "120", "500"])
def test_a_script_drags_to_exactly_the_speed_that_it_names(board: Board, speed: str) -> None:
    scene, _, pilot = board
    pilot.drag("speed", speed)
    assert scene.describe()["speed"] == int(speed)
