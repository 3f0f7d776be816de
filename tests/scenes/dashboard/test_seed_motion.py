"""What moves under hand and clock moves by the web app's own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.clock import TICK
from engine.input import Move, Press, Release
from scenes.dashboard.header import Logo
from scenes.dashboard.layout import layout
from scenes.kit.drawing import Drawing
from scenes.kit.hover import Hover
from scenes.kit.part import Moment
from scenes.kit.part_scene import PartScene
from scenes.kit.theme import DARK
from scenes.stage import Stage
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.snapshot import Snapshot
from scenes.world.world import World

Played = tuple[Stage, Any]
SHEEN = 19  # column of a shape


@pytest.fixture
def played(rehearsed: Any, tmp_path: Path) -> Iterator[Played]:
    with rehearsed(tmp_path) as pair:
        yield pair


def drawn(board: PartScene) -> Drawing:
    """The panels of this moment, as rows."""
    return board.drawing()


def size_of(board: PartScene, name: str) -> float:
    """How large a control is drawn, as a share of its size at rest."""
    slot = board.page.slots[name]
    about = [row for row in drawn(board).shapes if row[:2] == pytest.approx(slot.middle, abs=0.6)]
    (width,) = [row[2] for row in about if 0.85 < 2 * row[2] / slot.w < 1.15]
    return 2 * width / slot.w


@pytest.mark.parametrize(
    ("name", "hovered", "pressed"),
    [("start", 1.02, 0.98), ("batch_size.64", 1.05, 0.95), ("dataset.circle", 1.05, 0.95), ("theme", 1.05, 0.95)],
)
def test_controls_grow_under_the_pointer_and_give_way_to_a_press(
    played: Played, name: str, hovered: float, pressed: float
) -> None:
    stage, pilot = played
    board, at = stage.first, stage.first.page.slots[name].middle
    assert size_of(board, name) == pytest.approx(1.0)
    stage.app.handle(Move(at))
    pilot.run("1s")
    assert size_of(board, name) == pytest.approx(hovered, abs=2e-3)
    stage.app.handle(Press(at))
    pilot.run("1s")
    assert size_of(board, name) == pytest.approx(pressed, abs=2e-3)
    stage.app.handle(Release((0.0, 0.0)))


def test_the_knob_of_the_theme_is_the_seeds_spring_over_26_pixels(played: Played) -> None:
    stage = played[0]
    board, knob = stage.first, stage.appearance.knob
    assert (knob.stiffness, knob.damping) == (500.0, 30.0)
    places = []
    for knob.value in (0.0, 1.0):
        places.append(next(row[0] for row in drawn(board).shapes if row[2] == row[3] == 11.0))
    assert places[0] - places[1] == pytest.approx(26.0)


def test_the_logo_turns_once_in_three_seconds_and_comes_to_rest_upright(played: Played) -> None:
    stage, pilot = played
    board = stage.first
    assert board.find(Logo).spin == 0.0
    pilot.press("start")
    pilot.until("training")
    pilot.run("500ms")
    before = board.find(Logo).spin
    pilot.run("1s")
    assert (board.find(Logo).spin - before) % 360 == pytest.approx(120.0)
    pilot.press("pause")
    angles = []
    for _ in range(200):
        angles.append(board.find(Logo).spin)
        pilot.run("1ticks")
    assert board.find(Logo).spin == 0.0
    assert max((after - before) % 360 for before, after in pairwise(angles)) <= 360 / 3 * TICK + 1e-6


def test_time_goes_on_where_it_was_when_the_pace_changes(played: Played) -> None:
    stage, pilot = played
    board, times = stage.first, [stage.first.find(World).time]
    pilot.press("start")
    for name in ("until training", "run 1s", "press pause", "run 1s", "press resume", "run 1s", "press stop", "run 1s"):
        verb, word = name.split()
        getattr(pilot, verb)(word)
        times.append(board.find(World).time)
    assert times == sorted(times)
    assert max(after - before for before, after in pairwise(times)) < 1.05  # seconds, of about one each


def test_with_less_motion_only_the_run_moves(played: Played) -> None:
    stage, pilot = played
    board = stage.first
    stage.appearance.choose(motion="reduced")
    pilot.press("start")
    pilot.until("training")
    pilot.run("3s")
    time, turn, epoch = board.find(World).time, tuple(board.find(World).field.turn), stage.controller.now.epoch
    pilot.run("1s")
    assert stage.controller.now.epoch > epoch
    assert board.find(World).time == pytest.approx(time, abs=1e-4) and tuple(board.find(World).field.turn) == turn
    assert board.find(Logo).spin == 0.0 and board.find(World).camera.turning == pytest.approx(0.0, abs=1e-4)


def test_a_panel_is_lifted_within_three_tenths_of_a_second() -> None:
    hover, page = Hover(), layout((1280, 720))
    moment = Moment(Snapshot(Status.IDLE, Parameters(), 200), page, DARK)
    hover.handle(Move(page.panels["network"].middle), moment)
    for _ in range(round(0.3 / TICK)):
        hover.tick(moment, TICK)
    assert hover.lift("network", 1.0) > 0.95 and hover.lift("data", 1.0) == 0.0


def test_panels_are_rounded_by_16(played: Played) -> None:
    stage = played[0]
    for scale in (1.0, 1.5):
        stage.context.scale.wished = scale
        assert set(stage.first.picture(now=0.0, blend=1.0).panels[:, 5]) == {16 * scale}


def test_every_panel_that_waits_has_a_skeleton_of_its_own_place(played: Played) -> None:
    stage, pilot = played
    board = stage.first
    stage.source._header = None  # a backend that does not say beforehand what it will train
    stage.source._previews.clear()
    pilot.press("start")
    bones = [row for row in drawn(board).shapes if row[SHEEN] == 0.5]
    assert stage.controller.now.status.value == "loading"
    waiting = [
        name for name in board.page.panels if name not in ("header", "controls", "error", "charts", "legend", "stamp")
    ]
    held = dict.fromkeys(waiting, 0)
    for x, y, w, h, *_ in bones:
        (home,) = [name for name in waiting if board.page.panels[name].holds((x, y))]
        panel = board.page.panels[home]
        assert panel.x <= x - w and x + w <= panel.right and panel.y <= y - h and y + h <= panel.bottom
        held[home] += 1
    assert min(held.values()) > 0  # figures, network, default, charts, progress: all five variants


def test_a_page_that_scrolls_has_a_bar_of_six_pixels(played: Played) -> None:
    stage, pilot = played
    board = stage.first
    pilot.size("390x844")
    bar = drawn(board).shapes[-1]
    assert 2 * bar[2] == 6.0 and bar[0] + bar[2] <= 390
