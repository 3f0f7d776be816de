"""Late frames for a second, and less is drawn; room for long enough, and more again; ever slower if that was wrong."""

from __future__ import annotations

import pytest

from engine.clock import TICK
from engine.quality import LEVELS, LONGEST_TRIAL, MOST_LATE, SECOND, SETTLING, TRIAL, Quality

FAST, SLOW = 0.4 * TICK, 1.1 * TICK


def adapting() -> Quality:
    made = Quality()
    made.adapts = True
    return made


def tell(quality: Quality, frames: int, seconds: float) -> None:
    for _ in range(frames):
        quality.told(seconds)


def frames_until(quality: Quality, name: str, seconds: float, most: int = 200_000) -> int:
    """How many frames of that length it takes until the level is that."""
    for count in range(most):
        if quality.level.name == name:
            return count
        quality.told(seconds)
    raise AssertionError(f"still {quality.level.name}")


def test_pictures_are_whole_unless_it_is_asked_to_adapt() -> None:
    quality = Quality()
    tell(quality, 5 * SECOND, 10 * TICK)
    assert quality.level == LEVELS[0] and quality.level.effects and quality.level.every == 1


def test_late_frames_for_a_second_step_it_down_and_no_fewer() -> None:
    quality = adapting()
    tell(quality, SECOND - 1, SLOW)
    assert quality.level == LEVELS[0]
    tell(quality, 1, SLOW)
    assert quality.level == LEVELS[1] and not quality.level.effects


@pytest.mark.parametrize(("late", "level"), [(MOST_LATE, 0), (MOST_LATE + 1, 1)])
def test_what_counts_are_95_of_100_frames(late: int, level: int) -> None:
    quality = adapting()
    tell(quality, SECOND - late, FAST)
    tell(quality, late, SLOW)
    assert quality.level == LEVELS[level]


def test_a_very_slow_machine_draws_fewer_frames_and_stays_there() -> None:
    quality = adapting()
    tell(quality, 10 * SECOND, 2.5 * TICK)
    assert quality.level == LEVELS[-1]
    tell(quality, 100 * SECOND, 2.5 * TICK)
    assert quality.level == LEVELS[-1], "it would be late with more"


def test_a_burst_passes_and_all_of_it_is_back() -> None:
    quality = adapting()
    tell(quality, SECOND, SLOW)
    assert TRIAL <= frames_until(quality, "full", FAST) <= TRIAL + SETTLING + SECOND
    tell(quality, 10 * TRIAL, FAST)
    assert quality.level == LEVELS[0]


def test_what_fails_each_time_is_tried_ever_less_often() -> None:
    quality, waits = adapting(), []
    for _ in range(9):
        tell(quality, SECOND + SETTLING * bool(waits), SLOW)  # all of it is too much
        waits.append(frames_until(quality, "full", FAST))
    assert waits == sorted(waits) and waits[2] > 1.9 * waits[1] - 2 * SECOND
    assert waits[-1] - waits[-2] < SECOND and waits[-1] <= LONGEST_TRIAL + SETTLING + SECOND


def test_where_there_is_little_room_no_more_is_tried() -> None:
    quality = adapting()
    tell(quality, SECOND, SLOW)
    tell(quality, 50 * TRIAL, 0.9 * TICK)
    assert quality.level == LEVELS[1]


def test_frames_right_after_a_change_do_not_count() -> None:
    quality = adapting()
    tell(quality, SECOND, SLOW)
    tell(quality, SETTLING, 10 * TICK)
    tell(quality, SECOND, FAST)
    assert quality.level == LEVELS[1]
