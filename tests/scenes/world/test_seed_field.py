"""The field in three dimensions keeps the web app's own numbers, and never jumps."""

from __future__ import annotations

from itertools import pairwise
from math import cos, degrees, pi, radians, sin
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.camera import FARTHEST, FIELD_OF_VIEW, HOME, NEAREST, SWAY, OrbitCamera
from engine.clock import TICK
from scenes.kit.theme import DARK, loss_colour, unit
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.snapshot import Snapshot
from scenes.world.field import CUBE, Field, floating, network, tick
from scenes.world.field_rows import layer_hues, link_rows, mote_spin, neuron_rows
from scenes.world.pipelines import WorldPipelines
from scenes.world.strengths import every
from scenes.world.world import World

EYE = np.eye(4, dtype=np.float32)
BEND = 8  # column of a neuron's row


def moment(status: Status, *, epoch: int = 0, loss: float | None = 0.5) -> Snapshot:
    return Snapshot(status, Parameters(), 200, epoch=epoch, head=epoch, epochs=100, loss=loss)


def passed(field: Field, snapshot: Snapshot, seconds: float) -> list[tuple[float, float]]:
    """Let time pass; the angles about x and y before and after each tick."""
    angles = [tuple(field.turn)]
    for _ in range(round(seconds / TICK)):
        tick(field, snapshot, TICK)
        angles.append(tuple(field.turn))
    return angles


@pytest.mark.parametrize(("epoch", "bend"), [(0, 0.2), (50, 0.4), (100, 0.6)])
def test_spheres_bend_by_progress(epoch: int, bend: float) -> None:
    field = network()
    passed(field, moment(Status.TRAINING, epoch=epoch), 5)
    assert neuron_rows(field, field.neurons.rest, DARK, EYE)[:, BEND] == pytest.approx(bend, abs=1e-4)


@pytest.mark.parametrize(("status", "speed"), [(Status.TRAINING, 1.5), (Status.IDLE, 0.5)])
def test_spheres_turn_at_the_speed_of_the_state(status: Status, speed: float) -> None:
    field = network()
    passed(field, moment(status), 5)
    first, *_, last = passed(field, moment(status), 1)
    assert np.subtract(last, first) == pytest.approx([0.3 * speed, 0.2 * speed], rel=1e-3)


def test_no_change_of_state_makes_the_spheres_jump() -> None:
    field = network()
    angles = [tuple(field.turn)]
    for status in (Status.IDLE, Status.TRAINING, Status.PAUSED, Status.TRAINING, Status.COMPLETE, Status.IDLE):
        angles += passed(field, moment(status), 1.5)[1:]
    steps = [np.subtract(after, before) for before, after in pairwise(angles)]
    assert max(degrees(float(np.abs(step).max())) for step in steps) < 0.5


def test_spheres_float_about_their_places_as_time_says() -> None:
    field = network()
    rest = field.neurons.rest.copy()
    swings = [np.abs(floating(field.neurons, float(time)) - rest).max(axis=0) for time in np.linspace(0, 60, 600)]
    assert np.max(swings, axis=0) == pytest.approx([0.018, 0.045, 0.03], rel=0.02)
    assert (floating(field.neurons, 1.0) == floating(field.neurons, 1.0)).all()
    assert (field.neurons.rest == rest).all()  # looking moves nothing


@pytest.mark.parametrize("loss", [0.0, 0.5, 1.0])
def test_links_take_the_colour_of_the_loss(loss: float) -> None:
    field = network()
    passed(field, moment(Status.TRAINING, loss=loss), 8)
    hue = layer_hues(field.layers, DARK.layers)[field.layer]
    begin, end, _ = field.links(every(field.link_count))
    own = 0.5 * (hue[begin] + hue[end])
    expected = own + (np.array(unit(loss_colour(loss))) - own) * 0.55
    assert link_rows(field, field.neurons.rest, DARK, 0.0)[:, 8:11] == pytest.approx(expected, abs=1e-3)


def test_eighty_motes_fill_a_cube_of_eight() -> None:
    motes = network().motes
    assert motes.count == 80
    assert np.abs(motes.place).max() <= CUBE == 4.0
    assert (motes.place.max(axis=0) > 3).all() and (motes.place.min(axis=0) < -3).all()


@pytest.mark.parametrize("time", [0.0, 10.0, 50 * pi, 1000.0])
def test_the_sky_turns_slowly(time: float) -> None:
    y, x = 0.02 * time, 0.1 * sin(0.01 * time)
    about_y = [[cos(y), 0, -sin(y), 0], [0, 1, 0, 0], [sin(y), 0, cos(y), 0], [0, 0, 0, 1]]
    about_x = [[1, 0, 0, 0], [0, cos(x), sin(x), 0], [0, -sin(x), cos(x), 0], [0, 0, 0, 1]]
    assert mote_spin(time) == pytest.approx(np.array(about_y) @ np.array(about_x), abs=1e-5)


class Recorder:
    """Stands in for renderer and pipeline: keeps what is set."""

    def __init__(self) -> None:
        self.set_: dict[str, Any] = {}

    def pipeline(self, name: str, **_: object) -> Recorder:
        return Recorder()

    def stack(self) -> Recorder:
        return Recorder()

    def write(self, rows: object) -> None: ...

    def set(self, **values: Any) -> None:
        self.set_ |= values


def test_motes_are_three_hundredths_wide_and_half_transparent() -> None:
    pipelines = WorldPipelines(Recorder())  # type: ignore[arg-type]
    pipelines.fill(network(), DARK, EYE, time=0.0, blend=1.0)
    assert pipelines.motes.set_["style"][:2] == (0.03, 0.5)  # type: ignore[attr-defined]


def test_the_camera_is_the_seeds() -> None:
    assert pytest.approx(radians(50)) == FIELD_OF_VIEW
    assert (NEAREST, FARTHEST, HOME[2]) == (3.0, 8.0, 5.0)


def test_nothing_moves_the_middle_of_the_field_aside() -> None:
    camera = OrbitCamera()
    for dx, dy, zoom in ((500.0, 20.0, 0.7), (-90.0, 400.0, 1.9)):
        camera.drag(dx, dy, 400.0)
        camera.zoom(zoom)
        for _ in range(60):
            camera.tick(TICK, turns=0.1)
        assert camera.view(1.0)[3, :2] == pytest.approx([0, 0])  # the origin stays before the eye


def test_the_camera_goes_round_in_30_seconds_training_and_in_120_at_rest(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        camera = stage.first.find(World).camera
        pilot.key("o")
        pilot.run("4s")
        assert camera.turning == pytest.approx(1 / 120, rel=0.01)
        pilot.press("start")
        pilot.until("training")
        pilot.run("4s")
        assert camera.turning == pytest.approx(1 / 30, rel=0.01)


def test_while_somebody_reads_the_camera_only_sways(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        camera = stage.first.find(World).camera
        pilot.set("epochs", "200")
        pilot.press("start")
        pilot.until("training")
        yaws = []
        for _ in range(60):
            pilot.run("30ticks")
            yaws.append(camera.yaw)
        assert max(yaws) - min(yaws) == pytest.approx(2 * SWAY, rel=0.02)
        assert degrees(max(map(abs, yaws))) < 20 and camera.turning == 0
        pilot.press("pause")
        pilot.run("2s")
        held = camera.yaw
        pilot.run("2s")
        assert camera.yaw == pytest.approx(held, abs=1e-4)
