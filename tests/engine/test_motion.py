"""How values move: always towards their target, never past it, and at rest in the end."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import TICK
from engine.motion import WRAP, Eased, Spring, ease_out, toward, turns, wrapped

reach = st.floats(-1e6, 1e6)


@given(st.floats(0, 1e9))
def test_shader_time_stays_within_the_wrap_and_exact_in_float32(now: float) -> None:
    time = wrapped(now)
    assert 0 <= time < WRAP
    assert abs(float(np.float32(time)) - time) <= 0.00025


def test_shader_time_starts_again_each_hour() -> None:
    assert wrapped(WRAP) == 0.0
    assert wrapped(3 * WRAP + 12.5) == 12.5


@given(st.floats(0.01, 1e6))
def test_whole_turns_are_made_until_the_wrap(period: float) -> None:
    made = turns(period) * WRAP
    assert made >= 1
    assert made == pytest.approx(round(made), abs=1e-6)


def test_turns_are_the_nearest_to_the_wanted_period() -> None:
    assert turns(10.0) == pytest.approx(0.1)
    assert turns(7.0) == pytest.approx(1 / 7, rel=1e-3)


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_ease_out_is_monotone_and_clamped(a: float, b: float) -> None:
    assert 0 <= ease_out(min(a, b)) <= ease_out(max(a, b)) <= 1


def test_ease_out_begins_at_nothing_ends_at_all_and_is_fast_first() -> None:
    assert ease_out(0) == 0 and ease_out(1) == 1
    assert ease_out(0.5) == 0.875


def test_two_half_steps_go_as_far_as_one_whole() -> None:
    half = toward(8.0, 0.05)
    assert toward(8.0, 0.1) == pytest.approx(1 - (1 - half) ** 2)
    assert toward(8.0, 0.0) == 0.0


@given(reach, reach, st.floats(0.1, 60), st.lists(st.floats(0, 1), max_size=20))
def test_an_eased_value_never_overshoots(value: float, target: float, rate: float, steps: list[float]) -> None:
    eased = Eased(value, rate=rate, target=target)
    low, high = min(value, target), max(value, target)
    for dt in steps:
        before = abs(eased.target - eased.value)
        eased.tick(dt)
        assert low - 1e-9 <= eased.value <= high + 1e-9
        assert abs(eased.target - eased.value) <= before + 1e-9


def test_an_eased_value_arrives_exactly() -> None:
    eased = Eased(0.0, target=1.0)
    for _ in range(120):
        eased.tick(TICK)
    assert eased.value == 1.0


def test_an_eased_value_begins_at_rest_where_it_is() -> None:
    eased = Eased(3.0)
    eased.tick(TICK)
    assert (eased.value, eased.target, eased.previous) == (3.0, 3.0, 3.0)


def test_a_frame_may_lie_between_two_values() -> None:
    eased = Eased(0.0, target=1.0)
    eased.tick(TICK)
    assert eased.at(0.0) == 0.0
    assert eased.at(0.5) == pytest.approx(eased.value / 2)
    assert eased.at(1.0) == eased.value > 0


def test_a_jump_leaves_nothing_to_catch_up() -> None:
    eased = Eased(0.0, target=1.0)
    eased.jump(5.0)
    assert eased.at(0.0) == eased.at(1.0) == eased.target == 5.0


def test_a_spring_follows_the_exact_curve_within_one_percent() -> None:
    spring = Spring(0.0, 1.0)
    decay = spring.damping / 2
    turning = math.sqrt(spring.stiffness - decay**2)
    for tick in range(1, 61):
        spring.tick(TICK)
        t = tick * TICK
        shape = math.cos(turning * t) + decay / turning * math.sin(turning * t)
        exact = 1 - math.exp(-decay * t) * shape
        assert spring.value == pytest.approx(exact, abs=0.01)


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_a_spring_settles_exactly_on_its_target(value: float, target: float) -> None:
    spring = Spring(value, target)
    for _ in range(180):
        spring.tick(TICK)
    assert (spring.value, spring.speed) == (target, 0.0)
