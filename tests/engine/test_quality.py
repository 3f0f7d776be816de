"""Late frames for a second, and less is drawn; room for long enough, and more again; ever slower if that was wrong."""

from __future__ import annotations

import pytest

from engine.clock import TICK
from engine.quality import BEGINNING, LEVELS, LONGEST_TRIAL, SECOND, SETTLING, TRIAL, Quality

FAST, SLOW = 0.4 * TICK, 1.1 * TICK
LATE = 2 * SECOND + 1  # frames of which each is late, until less is drawn: a second to look at, and one of being late


def adapting() -> Quality:
    made = Quality()
    made.adapts = True
    tell(made, BEGINNING, 10 * TICK)
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
    tell(quality, 20 * SECOND, 10 * TICK)
    assert quality.level == LEVELS[0] and quality.level.effects and quality.level.every == 1


def test_the_first_frames_of_a_program_do_not_count() -> None:
    assert adapting().level == LEVELS[0] and adapting().slowest == 0.0


def test_late_frames_for_a_second_step_it_down_and_no_fewer() -> None:
    quality = adapting()
    assert LATE - 2 <= frames_until(quality, LEVELS[1].name, SLOW) <= LATE
    assert not quality.level.effects and quality.level.every == 1


@pytest.mark.parametrize(("late", "steps"), [(3, False), (4, True)])
def test_what_counts_are_95_of_100_frames(late: int, steps: bool) -> None:
    quality = adapting()
    for _ in range(6):
        tell(quality, SECOND - late, FAST)
        tell(quality, late, SLOW)
    assert (quality.level != LEVELS[0]) == steps


def test_a_burst_of_late_frames_changes_nothing() -> None:
    quality = adapting()
    for _ in range(20):
        tell(quality, 6, 4 * TICK)  # a run begins, say
        tell(quality, 2 * SECOND, FAST)
    assert quality.level == LEVELS[0]


def test_a_very_slow_machine_draws_fewer_frames_and_stays_there() -> None:
    quality = adapting()
    tell(quality, 20 * SECOND, 2.5 * TICK)
    assert quality.level == LEVELS[-1]
    tell(quality, 100 * SECOND, 2.5 * TICK)
    assert quality.level == LEVELS[-1], "it would be late with more"
    tell(quality, 10 * SECOND, 20 * TICK)
    assert quality.level == LEVELS[-1], "there is nothing less"


def test_once_it_is_over_all_of_it_is_back_after_as_many_seconds_at_any_rate() -> None:
    for level in LEVELS[1:]:
        quality = adapting()
        frames_until(quality, level.name, 20 * TICK)
        above = LEVELS[LEVELS.index(level) - 1]
        ticks = frames_until(quality, above.name, FAST) * level.every
        assert TRIAL <= ticks <= TRIAL + (SETTLING + 1) * level.every


def test_what_fails_each_time_is_tried_ever_less_often() -> None:
    quality, waits = adapting(), []
    for _ in range(9):
        frames_until(quality, LEVELS[1].name, SLOW)  # all of it is too much
        waits.append(frames_until(quality, "full", FAST))
    assert waits == sorted(waits) and waits[2] > 1.9 * waits[1] - SECOND
    assert waits[-1] == waits[-2] <= LONGEST_TRIAL + SETTLING + 1


def test_where_there_is_little_room_no_more_is_tried() -> None:
    quality = adapting()
    frames_until(quality, LEVELS[1].name, SLOW)
    tell(quality, 50 * TRIAL, 0.9 * TICK)
    assert quality.level == LEVELS[1]
