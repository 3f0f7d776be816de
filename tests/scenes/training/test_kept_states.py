"""A run keeps as many states as it has room for: older ones are thinned evenly, those to be shown never."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scenes.training.epoch import State
from scenes.training.kept_states import KeptStates


def state(links: int = 4) -> State:
    """The smallest network, or one with so many links."""
    one = np.zeros(1, np.float32)
    return State((np.zeros((1, links), np.float32),), (one,), (one, one), one, np.zeros((1, 1), np.float32))


ONE = state().size


def played(kept: KeptStates, epochs: int, *, behind: int = 0) -> KeptStates:
    """States come one by one, and are shown `behind` epochs later."""
    for epoch in range(1, epochs + 1):
        kept.add(epoch, state())
        kept.show(max(0, epoch - behind))
    return kept


def epochs_of(kept: KeptStates, most: int = 5000) -> list[int]:
    return [epoch for epoch in range(1, most) if kept.get(epoch)]


def test_while_there_is_room_every_state_stays() -> None:
    kept = played(KeptStates(100 * ONE), 100)
    assert (epochs_of(kept), kept.every, kept.size) == (list(range(1, 101)), 1, 100 * ONE)


def test_when_there_is_none_every_second_stays_then_every_fourth() -> None:
    assert epochs_of(played(KeptStates(10 * ONE), 12)) == [1, 2, 4, 6, 8, 10, 12]
    kept = played(KeptStates(10 * ONE), 24)
    assert (epochs_of(kept), kept.every) == ([1, 4, 8, 12, 16, 20, 24], 4)


@example(3, 2, 0)  # the first doubling gives nothing up
@given(st.integers(1, 400), st.integers(2, 60), st.integers(0, 30))
def test_first_and_newest_stay_the_rest_is_even_and_what_is_to_be_shown_is_whole(
    epochs: int, room: int, behind: int
) -> None:
    kept = played(KeptStates(room * ONE), epochs, behind=behind)
    shown, here = max(0, epochs - behind), epochs_of(kept)
    assert shown or kept.size == 0
    assert set(range(shown, epochs + 1)) - {0} <= set(here)
    assert here[0] == 1
    assert [epoch for epoch in here if 1 < epoch < shown] == [
        epoch for epoch in range(2, shown) if epoch % kept.every == 0
    ]
    past = [epoch for epoch in here if epoch <= shown]
    assert kept.size == len(past) * ONE
    assert len(past) <= max(room, 2)


@given(st.integers(1, 300), st.integers(2, 20), st.integers(-5, 400))
def test_what_is_nearest_is_kept_and_none_is_nearer(epochs: int, room: int, wanted: int) -> None:
    kept = played(KeptStates(room * ONE), epochs, behind=3)
    shown = [epoch for epoch in epochs_of(kept) if epoch <= epochs - 3]
    if shown:
        found = kept.nearest(wanted)
        assert found in shown and abs(found - wanted) == min(abs(epoch - wanted) for epoch in shown)


def test_steps_go_from_kept_to_kept_and_stop_at_both_ends() -> None:
    kept = played(KeptStates(10 * ONE), 24)
    assert [kept.beside(12, steps) for steps in (-1, 1, -9, 9)] == [8, 16, 1, 24]


@given(st.integers(1, 300), st.integers(2, 30), st.lists(st.integers(0, 40), max_size=40))
def test_what_is_kept_of_the_past_does_not_depend_on_how_far_the_source_is_ahead(
    epochs: int, room: int, ahead: list[int]
) -> None:
    one, other = KeptStates(room * ONE), KeptStates(room * ONE)
    given_to = 0
    for epoch in range(1, epochs + 1):
        one.add(epoch, state())
        one.show(epoch)
        for number in range(given_to + 1, max(given_to, epoch + (ahead[epoch % len(ahead)] if ahead else 0)) + 1):
            other.add(number, state())
            given_to = number
        other.show(epoch)
        assert epochs_of(one, epoch + 1) == epochs_of(other, epoch + 1)


def test_what_is_looked_at_is_never_taken_away() -> None:
    kept = played(KeptStates(10 * ONE), 12)
    kept.looked_at = kept.nearest(6)
    for epoch in range(13, 100):
        kept.add(epoch, state())
        kept.show(epoch)
        assert kept.get(6)
    assert kept.get(10) is None


def test_nothing_that_is_still_to_be_shown_goes_however_little_room_there_is() -> None:
    kept = KeptStates(0)
    for epoch in range(1, 200):
        kept.add(epoch, state())
    assert epochs_of(kept) == list(range(1, 200))
    kept.show(150)
    assert epochs_of(kept) == [1, *range(150, 200)]


@pytest.mark.parametrize("links", [1, 1000])
def test_the_size_of_a_state_counts_its_numbers_and_its_arrays(links: int) -> None:
    assert 4 * links < state(links).size < 4 * links + 2000
