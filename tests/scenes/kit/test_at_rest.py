"""What rests is left alone, and wakes with whatever happens: nothing on the screen may be of a moment ago."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine.input import FocusLost, Move, Resize
from scenes.kit.control_set import ControlSet, Reaction
from scenes.kit.part_scene import PartScene
from scenes.stage import Stage

Played = tuple[Stage, Any]
HOVER = 4  # column of a pane


@pytest.fixture
def played(rehearsed: Any, tmp_path: Path) -> Iterator[Played]:
    """A dashboard that has come to rest and has been drawn."""
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.run("1s")
        stage.app.draw()
        yield stage, pilot


def panes(board: PartScene) -> np.ndarray:
    """The panes of glass of this moment: float32 [count, 6]."""
    return board.picture(now=0.0, blend=1.0).panels.copy()


def test_a_panel_is_lifted_and_let_down_though_nothing_was_drawn_meanwhile(played: Played) -> None:
    stage, pilot = played
    board = stage.first
    at_rest = panes(board)
    stage.app.handle(Move(board.page.panels["network"].middle))
    pilot.run("3s")
    assert not at_rest[:, HOVER].any() and panes(board)[:, HOVER].sum() == 1.0
    stage.app.handle(FocusLost())
    pilot.run("3s")
    assert (panes(board) == at_rest).all()


def test_a_panel_on_its_way_up_is_higher_in_each_frame(played: Played) -> None:
    stage, pilot = played
    stage.app.handle(Move(stage.first.page.panels["network"].middle))
    seen = []
    for _ in range(5):
        pilot.run("1ticks")
        seen += [stage.first.picture(now=0.0, blend=blend).panels[:, HOVER].max() for blend in (0.25, 0.75)]
    assert seen == sorted(set(seen))


def test_panes_stand_where_the_panels_stand_after_a_change_of_the_window(played: Played) -> None:
    stage, _ = played
    before = panes(stage.first)
    stage.app.handle(Resize((1920, 1080)))
    after = panes(stage.first)
    page = stage.first.page
    placed = [
        (rect.x, rect.y, rect.right, rect.bottom) for name, rect in page.panels.items() if name not in page.floating
    ]
    assert before.max() <= 1280 < after.max()
    assert after[:, :4].tolist() == [list(map(float, place)) for place in placed]


def test_a_control_that_rests_wakes_under_the_pointer_and_falls_asleep_again(played: Played) -> None:
    stage, pilot = played
    controls = stage.first.find(ControlSet)
    assert controls is not None
    for name, hover in (("start", 1.0), ("theme", 1.0), (None, 0.0)):
        stage.app.handle(Move(stage.first.page.slots[name].middle if name else (-1.0, -1.0)))
        pilot.run("2s")
        assert controls.touched == ({name: Reaction(hover, 0.0)} if name else {})
        assert controls.reaction(name or "theme", 1.0) == Reaction(hover, 0.0)
        assert not controls.moving


def test_controls_that_rest_open_and_close_with_the_run(played: Played) -> None:
    stage, pilot = played
    controls = stage.first.find(ControlSet)
    assert controls is not None

    def open_now() -> tuple[bool, ...]:
        shown = controls.ui.controls
        pilot.run("1s")
        return tuple(bool(shown[name].visible and shown[name].is_enabled) for name in ("start", "pause", "stop"))

    assert open_now() == (True, False, False)
    pilot.press("start")
    pilot.until("training")
    assert open_now() == (False, True, True)
    assert not controls.enabled("epochs")
    pilot.press("stop")
    assert open_now() == (True, False, False)
    assert controls.enabled("epochs")


def test_a_slider_that_rests_goes_where_the_run_says(played: Played) -> None:
    stage, pilot = played
    controls = stage.first.find(ControlSet)
    assert controls is not None
    for epochs in (20, 70):
        stage.controller.set_parameters(epochs=epochs)
        pilot.run("1s")
        assert controls.ui.controls["epochs"].value == epochs  # type: ignore[union-attr]
    stage.controller.set_interval(77)
    pilot.run("1ticks")
    assert controls.ui.controls["speed"].value == 77  # type: ignore[union-attr]


def test_the_stamp_says_how_the_shown_run_came_about_and_nothing_without_one(played: Played) -> None:
    stage, pilot = played

    def stamp() -> tuple[list[str], str]:
        drawing = stage.first.drawing()
        words = [each["text"] for each in drawing.overlay.describe() if each["panel"] == "stamp"]
        return words, stage.first.describe()["stamp"]

    assert stamp() == ([], "")
    pilot.press("start")
    pilot.until("epoch", ">", "2", within="30s")
    assert stamp() == (["REAL TRAINING"], "REAL TRAINING")
    pilot.press("theme")
    assert stamp()[0] == ["REAL TRAINING"]
    pilot.press("pause")
    pilot.key(",")
    assert stamp()[0] == ["REPLAY"]
    pilot.press("stop")
    assert stamp() == ([], "")
    pilot.press("dataset", "curve")
    assert stamp() == ([], ""), "what is chosen is no run"
    pilot.press("start")
    pilot.until("training")
    pilot.run("1ticks")
    assert stamp()[0] == ["SIMULATED"]


def test_the_logo_is_drawn_at_every_angle_and_in_the_colour_of_the_theme(played: Played) -> None:
    stage, pilot = played

    def logo() -> str:
        stage.first.drawing()
        x, y = stage.first.page.panels["header"].x + 30, stage.first.page.panels["header"].middle[1]
        seen = stage.first.overlay.surface.subsurface((round(x) - 17, round(y) - 17, 34, 34))
        return pygame.image.tobytes(seen, "RGBA").hex()

    upright = logo()
    pilot.press("start")
    pilot.until("training")
    turning = set()
    for _ in range(6):
        pilot.run("4ticks")
        turning.add(logo())
    assert len(turning) == 6
    pilot.press("stop")
    pilot.run("4s")
    assert logo() == upright
    pilot.press("theme")
    assert logo() != upright
