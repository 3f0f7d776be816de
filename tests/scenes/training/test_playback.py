"""A cursor that shows every epoch once, in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import TICKS_PER_SECOND
from scenes.training.epoch import Epoch
from scenes.training.parameters import Parameters
from scenes.training.playback import MOST_EPOCHS, Playback, speed_label
from scenes.training.run import TrainingRun

NewRun = Callable[..., TrainingRun]
INTERVALS = st.integers(min_value=1, max_value=500)


def ticks_until(event: str, playback: Playback) -> int:
    """How many ticks pass, the one with `event` included."""
    for count in range(1, 100_000):
        if event in playback.tick():
            return count
    raise AssertionError(f"{event} never came")


def played(playback: Playback) -> list[int]:
    """The epochs of one tick: each an event of its own, the last one shown; none of them more than the others."""
    before, events = playback.epoch, playback.tick()
    assert events.count("tick") == playback.epoch - before
    assert playback.epoch - before <= (1 if playback.interval > 16 else MOST_EPOCHS)
    assert "tick_last" not in events or (playback.finished and events[-1] == "tick_last")
    return list(range(before + 1, playback.epoch + 1))


def test_nothing_is_shown_before_the_first_tick_and_epoch_one_with_it(new_run: NewRun) -> None:
    playback = Playback(new_run(3), interval=500)
    assert playback.epoch == 0
    assert playback.tick() == ["tick"]
    assert playback.epoch == 1


@pytest.mark.parametrize(("interval", "ticks"), [(50, 3), (100, 6), (200, 12), (500, 30)])
def test_each_epoch_takes_its_interval_and_so_does_the_end(new_run: NewRun, interval: int, ticks: int) -> None:
    playback = Playback(new_run(3), interval=interval)
    shown = [tuple(playback.tick()) for _ in range(3 * ticks + 1)]
    at = {count: events for count, events in enumerate(shown) if events}
    assert at == {0: ("tick",), ticks: ("tick",), 2 * ticks: ("tick",), 3 * ticks: ("tick_last",)}
    assert playback.finished


@given(INTERVALS)
def test_no_rounding_adds_up(new_run: NewRun, interval: int) -> None:
    playback = Playback(new_run(200), interval=interval)
    assert ticks_until("tick_last", playback) == 1 + -(-200 * interval * 60 // 1000)


@given(st.lists(st.tuples(INTERVALS, st.integers(min_value=1, max_value=40)), max_size=30))
def test_changes_of_speed_neither_skip_nor_repeat_an_epoch(new_run: NewRun, changes: list[tuple[int, int]]) -> None:
    playback = Playback(new_run(100), interval=200)
    seen = []
    for interval, ticks in [*changes, (20, 1000)]:
        playback.interval = interval
        for _ in range(ticks):
            seen += played(playback)
    assert seen == list(range(1, 101))


def test_at_a_millisecond_an_epoch_a_thousand_pass_in_a_second_each_once_and_in_order() -> None:
    run: Any = LongRun()
    playback = Playback(run, interval=1)
    first = played(playback)
    seen = [played(playback) for _ in range(TICKS_PER_SECOND)]
    assert first == [1] and sum(map(len, seen)) == 1000
    assert first + [epoch for tick in seen for epoch in tick] == list(range(1, 1002))
    assert {len(tick) for tick in seen} == {16, 17}  # evenly: a tick is 16 2/3 milliseconds


class LongRun:
    """All there, and longer than the controls allow."""

    epochs = available = 5000
    recalled = 0
    ended = True


def test_time_waited_at_a_slow_speed_counts_for_one_epoch_at_the_fast_one(new_run: NewRun) -> None:
    playback = Playback(new_run(100), interval=500)
    for _ in range(30):
        playback.tick()
    playback.interval = 20
    assert [len(playback.tick()) for _ in range(4)] == [1, 1, 1, 1]


@given(st.lists(st.integers(min_value=0, max_value=4), min_size=1, max_size=40), INTERVALS)
def test_a_stream_slower_than_the_playback_is_waited_for(arrivals: list[int], interval: int) -> None:
    run = TrainingRun(Parameters(epochs=20))
    playback = Playback(run, interval=interval)
    seen = []
    for arriving in [*arrivals, *[20] * 700]:
        for _ in range(min(arriving, run.epochs - run.available)):
            run.append(Epoch(run.available + 1, 0.5, 50.0))
        seen += played(playback)
        assert playback.epoch <= run.available
    assert playback.finished and seen == list(range(1, 21))


def test_an_epoch_that_was_waited_for_is_shown_on_the_next_tick_and_the_one_after_in_its_own_time() -> None:
    run = TrainingRun(Parameters(epochs=3))
    playback = Playback(run, interval=500)
    assert [playback.tick() for _ in range(100)] == [[]] * 100
    for number in (1, 2, 3):
        run.append(Epoch(number, 0.5, 50.0))
    assert playback.tick() == ["tick"]
    assert 29 <= ticks_until("tick", playback) <= 30


@pytest.mark.parametrize(
    ("epochs", "shown", "interval", "seconds"), [(100, 0, 200, 20), (100, 1, 200, 19.8), (9, 9, 500, 0)]
)
def test_the_eta_is_what_is_left_times_the_interval(
    new_run: NewRun, epochs: int, shown: int, interval: int, seconds: float
) -> None:
    playback = Playback(new_run(epochs), interval=interval)
    while playback.epoch < shown:
        playback.tick()
    assert playback.eta == pytest.approx(seconds)


@pytest.mark.parametrize("ticks", [20, 60, 90])
def test_the_eta_of_a_stream_that_is_slower_is_that_of_the_stream(ticks: int) -> None:
    run = TrainingRun(Parameters(epochs=40))
    playback = Playback(run, interval=20)
    told = []
    assert playback.eta is None
    for tick in range(40 * ticks):
        if tick % ticks == 0:
            run.append(Epoch(run.available + 1, 0.5, 50.0))
        playback.tick()
        told.append((playback.eta, (39 * ticks - tick) / TICKS_PER_SECOND))
    for eta, left in told[3 * ticks : 39 * ticks]:
        assert eta is not None and left - ticks / 60 <= eta <= left + ticks / 60
    assert playback.eta == 0


def test_the_eta_follows_a_stream_that_becomes_slower_and_one_that_stops() -> None:
    run = TrainingRun(Parameters(epochs=100))
    playback = Playback(run, interval=20)
    for number in range(1, 61):
        if number > 50:
            [playback.tick() for _ in range(60)]
        run.append(Epoch(number, 0.5, 50.0))
        playback.tick()
    assert playback.eta == pytest.approx(40, rel=0.2)  # forty more at one a second
    before = playback.eta
    [playback.tick() for _ in range(600)]
    assert before is not None and playback.eta is not None and playback.eta > 2 * before


def test_the_eta_of_a_stream_that_is_faster_is_that_of_the_playback() -> None:
    run = TrainingRun(Parameters(epochs=100))
    playback = Playback(run, interval=500)
    for number in range(1, 51):
        run.append(Epoch(number, 0.5, 50.0))
        playback.tick()
        assert playback.eta == pytest.approx((100 - playback.epoch) * 0.5)


@pytest.mark.parametrize(
    ("interval", "label"),
    [
        *[(20, "turbo"), (50, "turbo"), (51, "fast"), (150, "fast")],
        *[(151, "normal"), (300, "normal"), (301, "slow"), (500, "slow")],
    ],
)
def test_speeds_have_four_names(interval: int, label: str) -> None:
    assert speed_label(interval) == label
