"""The orbit camera: within its limits whatever the hand does, and the same picture as pyrr's own."""

from collections.abc import Callable
from math import cos, pi, sin, tan

import numpy as np
import pyrr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.camera import FARTHEST, FIELD_OF_VIEW, HOME, NEAREST, STEEPEST, ZOOM_STEP, OrbitCamera
from engine.clock import TICK

pixels = st.floats(-5000, 5000)
doings = st.one_of(
    st.tuples(pixels, pixels).map(lambda by: lambda camera: camera.drag(*by, 720.0)),
    st.floats(allow_nan=True, allow_infinity=True).map(lambda factor: lambda camera: camera.zoom(factor)),
    st.floats(-1e9, 1e9).map(lambda steps: lambda camera: camera.scroll(steps)),
    st.just(lambda camera: camera.home()),
    st.floats(-1, 1).map(lambda turns: lambda camera: camera.tick(TICK, turns=turns)),
)


def settled(camera: OrbitCamera, *, ticks: int = 240) -> OrbitCamera:
    """`camera` after it has come to rest."""
    for _ in range(ticks):
        camera.tick(TICK, turns=0.0)
    return camera


def look_at(camera: OrbitCamera) -> np.ndarray:
    """pyrr's matrix for the same eye."""
    yaw, pitch = camera.yaw, camera.pitch
    eye = np.array([sin(yaw) * cos(pitch), sin(pitch), cos(yaw) * cos(pitch)]) * camera.distance
    return np.array(pyrr.matrix44.create_look_at(eye, np.zeros(3), np.array([0.0, 1.0, 0.0])))


@given(st.lists(doings, max_size=40))
def test_no_doing_leads_out_of_the_limits(done: list[Callable[[OrbitCamera], None]]) -> None:
    camera = OrbitCamera()
    for do in done:
        do(camera)
        assert NEAREST <= camera.distance <= FARTHEST
        assert abs(camera.pitch) <= STEEPEST + 1e-9
        assert np.isfinite(camera.view(0.5)).all()


@given(st.floats(-20, 20), st.floats(-3, 3), st.floats(0.1, 4))
def test_the_view_is_the_one_that_pyrr_makes_for_the_same_eye(yaw: float, pitch: float, zoom: float) -> None:
    camera = OrbitCamera()
    camera.drag(yaw * 100, pitch * 100, 720.0)
    camera.zoom(zoom)
    settled(camera, ticks=30)
    assert camera.view(1.0) == pytest.approx(look_at(camera), abs=1e-5)


@given(
    st.tuples(st.integers(64, 4000), st.integers(64, 3000)),
    st.tuples(st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0.5, 1), st.floats(0.5, 1)),
)
def test_the_origin_lies_in_the_middle_of_the_area(
    size: tuple[int, int], part: tuple[float, float, float, float]
) -> None:
    width, height = size
    area = (part[0] * width, part[1] * height, part[2] * width, part[3] * height)
    camera = OrbitCamera()
    clip = np.array([0.0, 0.0, 0.0, 1.0]) @ camera.view(1.0) @ camera.projection(size, area)
    x, y = clip[:2] / clip[3]
    assert (x + 1) / 2 * width == pytest.approx((area[0] + area[2]) / 2, abs=0.01)
    assert (1 - y) / 2 * height == pytest.approx((area[1] + area[3]) / 2, abs=0.01)


def test_the_field_of_view_fills_the_height_of_a_wide_area() -> None:
    camera = OrbitCamera()
    edge = np.array([0.0, tan(FIELD_OF_VIEW / 2), -1.0, 1.0])  # in camera space, at the upper edge of the view
    clip = edge @ camera.projection((1600, 900), (0.0, 0.0, 1600.0, 900.0))
    assert clip[1] / clip[3] == pytest.approx(1.0)


def test_world_units_are_as_wide_as_high_on_the_screen() -> None:
    matrix = OrbitCamera().projection((1600, 900), (100.0, 50.0, 900.0, 850.0))
    assert matrix[0, 0] * 1600 == pytest.approx(matrix[1, 1] * 900)


@given(st.integers(-3, 3), st.integers(300, 900))
def test_turning_by_itself_never_jumps(turns: int, ticks: int) -> None:
    camera = OrbitCamera()
    bound = 2 * pi * abs(turns) * TICK + 1e-9
    for _ in range(ticks):
        before = camera.yaw
        camera.tick(TICK, turns=float(turns))
        assert abs(camera.yaw - before) <= bound


def test_weeks_of_turning_wind_back_without_a_trace() -> None:
    camera = OrbitCamera()
    camera.turning = 1.0
    largest = 0.0
    before = camera.view(1.0)
    wound = False
    for _ in range(int(1.1e4 / (2 * pi * TICK * 20))):
        yaw = camera.yaw
        camera.tick(TICK, turns=20.0)
        wound |= camera.yaw < yaw
        largest = max(largest, float(np.abs(camera.view(0.0) - before).max()))
        before = camera.view(1.0)
    assert wound and abs(camera.yaw) <= 1e4
    assert largest < 1e-4  # a frame between two ticks begins where the last one ended


def test_turning_by_itself_goes_on_between_two_ticks() -> None:
    camera = OrbitCamera()
    camera.turning = 0.5
    camera.tick(TICK, turns=0.5)
    assert camera.view(0.0) == pytest.approx(OrbitCamera().view(0.0), abs=1e-6)
    assert camera.view(1.0) == pytest.approx(look_at(camera), abs=1e-6)
    assert not np.allclose(camera.view(0.5), camera.view(1.0))


def test_a_held_camera_comes_to_rest_and_a_free_one_turns() -> None:
    camera = OrbitCamera()
    camera.held = True
    for _ in range(60):
        camera.tick(TICK, turns=0.5)
    assert camera.yaw == HOME[0]
    camera.held = False
    camera.tick(TICK, turns=0.5)
    assert camera.yaw > HOME[0]


def test_the_whole_height_is_one_turn() -> None:
    camera = OrbitCamera()
    camera.drag(360.0, 0.0, 720.0)
    assert settled(camera).yaw == pytest.approx(HOME[0] - pi)


def test_wheel_steps_away_from_the_user_come_nearer() -> None:
    camera = OrbitCamera()
    camera.scroll(2.0)
    assert settled(camera).distance == pytest.approx(HOME[2] * ZOOM_STEP**2)


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), -float("inf")])
def test_a_factor_that_is_not_positive_is_passed_over(factor: float) -> None:
    camera = OrbitCamera()
    camera.zoom(factor)
    assert settled(camera).distance == HOME[2]


@given(pixels, pixels, st.floats(0.1, 10))
def test_home_is_where_it_began_by_the_shorter_way_round(dx: float, dy: float, zoom: float) -> None:
    camera = OrbitCamera()
    camera.drag(dx, dy, 720.0)
    camera.zoom(zoom)
    away = settled(camera).yaw
    camera.home()
    settled(camera)
    assert abs(camera.yaw - away) <= pi + 1e-6
    assert camera.view(1.0) == pytest.approx(OrbitCamera().view(1.0), abs=1e-4)
