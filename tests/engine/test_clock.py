"""Real nanoseconds become whole ticks, and none is ever lost or won by rounding."""

from hypothesis import given
from hypothesis import strategies as st

from engine.clock import MOST_TICKS, NANOSECONDS, TICK, TICKS_PER_SECOND, FixedClock

WEEK = 7 * 24 * 3600  # seconds
FEW = 83_000_000  # nanoseconds: below five ticks, so that nothing is ever dropped


def test_three_weeks_of_uneven_frames_are_exact_to_the_tick() -> None:
    clock = FixedClock()
    clock.count = 3 * WEEK * TICKS_PER_SECOND
    frames = [16_666_667, 16_666_666, 16_666_667] * 20_000  # 60 000 of them are a thousand seconds to the nanosecond
    for elapsed in frames:
        clock.ticks(elapsed)
    assert sum(frames) == 1000 * NANOSECONDS
    assert clock.count == (3 * WEEK + 1000) * TICKS_PER_SECOND
    assert clock.blend == 0.0 and clock.dropped == 0
    assert clock.now == 3 * WEEK + 1000


@given(st.lists(st.integers(0, FEW), max_size=60))
def test_any_way_of_cutting_time_into_frames_gives_the_same_ticks(parts: list[int]) -> None:
    clock = FixedClock()
    for elapsed in parts:
        clock.ticks(elapsed)
    whole, rest = divmod(sum(parts) * TICKS_PER_SECOND, NANOSECONDS)
    assert (clock.count, clock.dropped, clock.blend) == (whole, 0, rest / NANOSECONDS)


@given(st.lists(st.integers(-NANOSECONDS, 3 * NANOSECONDS), max_size=30))
def test_every_tick_that_is_due_is_either_run_or_counted_as_dropped(parts: list[int]) -> None:
    clock = FixedClock()
    run = [clock.ticks(elapsed) for elapsed in parts]
    assert all(0 <= ticks <= MOST_TICKS for ticks in run)
    assert clock.count == sum(run)
    due = sum(max(0, elapsed) for elapsed in parts) * TICKS_PER_SECOND // NANOSECONDS
    assert clock.count + clock.dropped == due
    assert 0 <= clock.blend < 1


def test_a_hitch_runs_five_ticks_and_drops_the_rest() -> None:
    clock = FixedClock()
    assert clock.ticks(NANOSECONDS) == MOST_TICKS
    assert clock.dropped == TICKS_PER_SECOND - MOST_TICKS
    assert clock.ticks(0) == 0


def test_a_clock_that_goes_back_counts_as_standing_still() -> None:
    clock = FixedClock()
    clock.ticks(10_000_000)
    before = clock.blend
    assert clock.ticks(-NANOSECONDS) == 0
    assert clock.blend == before


def test_the_present_lies_between_two_ticks() -> None:
    clock = FixedClock()
    assert clock.ticks(25_000_000) == 1
    assert clock.blend == 0.5
    assert clock.now == 1.5 * TICK
