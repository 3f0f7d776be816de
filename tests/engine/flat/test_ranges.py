"""What a slider runs over: every value has its place on the track, and every step arrives somewhere."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.flat.ranges import Range

RANGES = [
    Range(1, 100, 1),
    Range(0.0, 0.9, 0.1),
    Range(-5.0, 5.0, 0.25),
    Range(0.0001, 1.0, 0.0001, log=True),
    Range(1, 1000, 1, log=True),
    Range(50, 1000, 50, reverse=True),
    Range(0.001, 0.1, 0.001, log=True, reverse=True),
    Range(1, 500, 10, reverse=True, fine=1),
    Range(2, 90, 6, fine=2),
]
ranges = st.sampled_from(RANGES)
shares = st.floats(-0.5, 1.5)


def steps(over: Range) -> int:
    """How many steps lie between the ends, fine ones among them."""
    if over.fine:
        return round((over.step - over.low) / over.fine + (over.high - over.step) / over.step)
    return round((over.high - over.low) / over.step)


@given(ranges, st.floats(-2000, 2000))
def test_a_snapped_value_lies_in_the_range_on_a_step_and_stays(over: Range, value: float) -> None:
    snapped = over.snapped(value)
    assert over.low <= snapped <= over.high
    step = over.fine if over.fine and snapped < over.step else over.step
    count = (snapped - (0 if over.fine else over.low)) / step
    assert count == pytest.approx(round(count), abs=1e-5)
    assert over.snapped(snapped) == snapped
    inside = min(over.high, max(over.low, value))
    assert abs(snapped - inside) <= step / 2 + 1e-9


@given(ranges, st.floats(0, 1))
def test_a_value_finds_its_way_back_from_the_track(over: Range, part: float) -> None:
    value = over.snapped(over.low + part * (over.high - over.low))
    assert 0 - 1e-12 <= over.share(value) <= 1 + 1e-12
    assert over.value(over.share(value)) == value


@given(ranges, shares, shares)
def test_values_grow_to_the_right_or_shrink_where_the_track_is_reversed(over: Range, a: float, b: float) -> None:
    left, right = over.value(min(a, b)), over.value(max(a, b))
    assert left >= right if over.reverse else left <= right


@given(ranges, st.floats(0, 1), st.integers(-30, 30))
def test_a_step_moves_unless_it_is_at_the_end_and_never_leaves_the_range(over: Range, part: float, by: int) -> None:
    assume(by != 0)
    value = over.snapped(over.low + part * (over.high - over.low))
    moved = over.moved(value, by)
    upward = (by > 0) != over.reverse
    assert over.low <= moved <= over.high
    assert moved == over.snapped(moved)
    if value == (over.high if upward else over.low):
        assert moved == value
    else:
        assert moved > value if upward else moved < value


@pytest.mark.parametrize("over", RANGES, ids=str)
def test_the_ends_of_the_track_are_the_ends_of_the_range(over: Range) -> None:
    ends = (over.high, over.low) if over.reverse else (over.low, over.high)
    assert (over.value(0.0), over.value(1.0)) == ends
    assert (over.value(-3.0), over.value(7.0)) == ends


@pytest.mark.parametrize("over", RANGES, ids=str)
def test_single_steps_lead_from_one_end_to_the_other(over: Range) -> None:
    value, goal = over.value(0.0), over.value(1.0)
    count = 0
    while value != goal and count <= steps(over):
        value = over.moved(value, 1)
        count += 1
    assert value == goal
    assert count == steps(over) if not over.log else count <= steps(over)


def test_a_logarithmic_track_gives_each_decade_the_same_room() -> None:
    over = Range(0.0001, 1.0, 0.0001, log=True)
    assert over.share(0.01) == pytest.approx(0.5)
    assert over.value(0.25) == 0.001
    assert over.moved(0.01, 5) == 0.1  # a twentieth of four decades each


def test_a_linear_step_is_one_step() -> None:
    assert Range(1, 100, 1).moved(40, 3) == 43
    assert Range(50, 1000, 50, reverse=True).moved(400, 1) == 350


def test_steps_of_a_tenth_add_up_without_dust() -> None:
    assert Range(0.0, 0.9, 0.1).snapped(0.1 + 0.2) == 0.3


def test_fine_steps_have_as_much_room_as_the_others_and_all_can_be_reached() -> None:
    over = Range(1, 500, 10, reverse=True, fine=1)
    stops = [*range(1, 10), *range(10, 501, 10)]
    shares = [over.share(stop) for stop in reversed(stops)]
    assert [b - a for a, b in pairwise(shares)] == pytest.approx([1 / (len(stops) - 1)] * 58)
    assert [over.value(share) for share in shares] == stops[::-1]


@pytest.mark.parametrize(
    ("value", "right", "left"), [(25, 20, 30), (20, 10, 30), (10, 9, 20), (5, 4, 6), (493, 490, 500)]
)
def test_a_step_from_between_two_stops_leads_to_the_next_one(value: float, right: float, left: float) -> None:
    over = Range(1, 500, 10, reverse=True, fine=1)
    assert (over.moved(value, 1), over.moved(value, -1)) == (right, left)
    assert (over.exact(value), over.snapped(25.4)) == (value, 30)
