"""Every epoch of a run is on the screen once, in order, with its own figures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from engine.clock import TICK
from scenes.training.controller import TrainingController
from scenes.training.lifecycle import Status
from scenes.training.playback import MOST_EPOCHS
from scenes.training.snapshot import Snapshot

STEPS = st.lists(st.tuples(st.integers(1, 500), st.integers(1, 60), st.booleans()), max_size=30)


def shown(controller: TrainingController, steps: list[tuple[int, int, bool]]) -> list[Snapshot]:
    """Every change of epoch, while speed and pauses go as `steps` say: interval, ticks, whether paused meanwhile."""
    seen = [controller.snapshot()]
    for interval, ticks, held in [*steps, (20, 10_000, False)]:
        controller.set_interval(interval)
        controller.pause() if held else controller.resume()
        for _ in range(ticks):
            now = controller.tick(TICK)
            seen += [now] if now.epoch != seen[-1].epoch else []
            if now.status is Status.COMPLETE:
                return seen[1:]
    raise AssertionError("the run never completed")


@limits(max_examples=60)
@given(STEPS)
def test_each_of_100_epochs_appears_once_in_order_at_any_speed_and_through_any_pause(
    new_session: Callable[[], Any], steps: list[tuple[int, int, bool]]
) -> None:
    session = new_session()
    session.load(epochs=100)
    seen = shown(session.controller, steps)
    data = session.delivered[0]
    rows = [each.epoch - 1 for each in seen]
    assert (rows[0], rows[-1]) == (0, 99)
    for before, after in pairwise(seen):  # below 17 ms a tick passes several, of which the last is seen
        assert 1 <= after.epoch - before.epoch <= (1 if after.interval > 16 else MOST_EPOCHS)
    assert [each.loss for each in seen] == data.loss[rows].tolist()
    assert [each.accuracy for each in seen] == data.accuracy[rows].tolist()


@pytest.mark.parametrize("interval", [20, 21, 200, 499, 500])
def test_a_run_at_one_speed_takes_its_epochs_times_the_interval(session: Any, interval: int) -> None:
    session.load(epochs=100)
    session.controller.set_interval(interval)
    ticks = 0
    while session.controller.tick(TICK).status is not Status.COMPLETE:
        ticks += 1
    assert ticks == -(-100 * interval * 60 // 1000)


def test_the_snapshot_tells_the_epoch_and_the_best_so_far(session: Any) -> None:
    session.load(epochs=3)
    session.controller.set_interval(500)
    first = session.controller.tick(TICK)
    assert (first.epoch, first.accuracy, first.best_accuracy) == (1, 37, 37)
    for _ in range(30):
        second = session.controller.tick(TICK)
    assert (second.epoch, second.epochs, second.progress) == (2, 3, 2 / 3)
    assert second.loss == 1 + 1 / 3
    assert (second.accuracy, second.best_accuracy, second.best_unseen, second.best_unseen_epoch) == (74, 74, None, None)
    assert second.eta == 0.5


def test_a_complete_run_shows_its_own_length_whatever_is_chosen_next(session: Any) -> None:
    controller = session.lead_to("complete").controller
    controller.set_parameters(epochs=200)
    now = controller.tick(TICK)
    assert (now.epoch, now.epochs, now.progress, now.parameters.epochs, now.controls.epochs) == (5, 5, 1.0, 5, 200)


def test_a_pause_in_the_frame_of_the_end_wins_and_loses_nothing(session: Any) -> None:
    session.load(epochs=1)
    session.controller.set_interval(20)
    assert session.controller.tick(TICK).epoch == 1
    session.controller.tick(TICK)
    session.controller.pause()
    assert {session.controller.tick(TICK).status for _ in range(10)} == {Status.PAUSED}
    session.controller.resume()
    now = session.controller.tick(TICK)
    assert (now.status, now.epoch) == (Status.COMPLETE, 1)
