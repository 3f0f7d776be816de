"""A run may grow without a known end, and past the bounds of what a visitor may choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.clock import TICK
from scenes.training.controller import TrainingController
from scenes.training.epoch import CUT, Ending, Epoch, Network, State, UnusableRun
from scenes.training.lifecycle import Status
from scenes.training.parameters import RunParameters
from scenes.training.playback import Playback
from scenes.training.run import FIRST, TrainingRun

NETWORK = Network(
    shape=(2, 2),
    dataset="circle",
    features=("x", "y"),
    classes=("A", "B"),
    offset=np.zeros(2, np.float32),
    scale=np.ones(2, np.float32),
    activation="tanh",
    samples=np.zeros((0, 2), np.float32),
    labels=np.zeros(0, np.uint8),
    training=np.zeros(0, np.uint8),
)


def state(number: int) -> State:
    """Weights that tell the epoch."""
    two = np.full(2, number, np.float32)
    weights = np.full((2, 2), number, np.float32)
    return State((weights,), (two,), (two, two), two[:1], np.zeros((2, 2), np.float32))


def figures(number: int) -> Epoch:
    return Epoch(number, 1 / number, 50.0)


def whole(number: int) -> Epoch:
    return Epoch(number, 1 / number, 50.0, 2 / number, 40.0, state(number))


class Endless(TrainingController):
    """A controller with a run at hand that the test fills."""

    def __init__(self, worker: Any, run: TrainingRun) -> None:
        self.takes_parameters = False
        super().__init__(self, worker, interval=1)  # type: ignore[arg-type]
        self.start()
        worker.say("report", run)
        self.tick(TICK)


@pytest.fixture
def endless(new_session: Callable[[], Any]) -> Callable[..., Endless]:
    """Makes controllers with a run under way."""
    return lambda run: Endless(new_session().worker, run)


def test_columns_grow_past_their_first_room_and_early_views_stay_true() -> None:
    run = TrainingRun(RunParameters())
    run.append(figures(1))
    early = run.loss
    for number in range(2, 3 * FIRST):
        run.append(figures(number))
    assert run.epochs is None and not run.ended
    assert (early.tolist(), run.available) == ([1.0], 3 * FIRST - 1)
    assert run.loss.tolist() == [1 / n for n in range(1, 3 * FIRST)]
    assert run.best_accuracy(3 * FIRST - 1) == 50.0


def test_an_end_that_nobody_knew_is_known_once_it_is_there() -> None:
    run = TrainingRun(RunParameters())
    for number in range(1, 8):
        run.append(figures(number))
    run.end(Ending("complete", "enough"))
    assert (run.epochs, run.ended) == (7, True)
    with pytest.raises(UnusableRun, match="epoch 8"):
        run.append(figures(8))


def test_a_promise_of_epochs_stays_when_the_run_stops_early() -> None:
    run = TrainingRun(RunParameters(epochs=10))
    run.append(figures(1))
    run.end(Ending(CUT, "no more"))
    assert (run.epochs, run.available, run.ended) == (10, 1, True)


def test_figures_of_unseen_rows_are_in_every_epoch_or_in_none() -> None:
    run = TrainingRun(RunParameters())
    run.append(Epoch(1, 0.5, 50.0, 0.6, 40.0))
    assert (run.validation_loss.tolist(), run.at(1).validation_accuracy) == ([0.6], 40.0)
    with pytest.raises(UnusableRun, match="epoch 2"):
        run.append(figures(2))
    other = TrainingRun(RunParameters())
    other.append(figures(1))
    assert not len(other.validation_loss)
    with pytest.raises(UnusableRun, match="epoch 2"):
        other.append(Epoch(2, 0.5, 50.0, 0.6, 40.0))


def test_what_remains_of_an_endless_run_is_not_told() -> None:
    run = TrainingRun(RunParameters())
    playback = Playback(run)
    for number in range(1, 20):
        run.append(figures(number))
        playback.tick()
        assert playback.eta is None
    run.end(Ending("complete", "enough"))
    assert playback.eta == pytest.approx((19 - playback.epoch) * 0.2)


def test_a_file_is_ahead_of_its_playback_so_its_reading_says_nothing_of_what_remains() -> None:
    run = TrainingRun(RunParameters(epochs=100))
    playback = Playback(run, interval=20)
    run.append(figures(1))
    for _ in range(600):
        playback.tick()
    run.append(figures(2))
    playback.tick()
    assert playback.eta == pytest.approx(98 * 0.02)


def test_the_playback_tells_the_run_how_far_it_is() -> None:
    run = TrainingRun(RunParameters())
    playback = Playback(run, interval=1)
    for number in range(1, 41):
        run.append(figures(number))
    assert run.shown == 0
    playback.tick()
    assert run.shown == playback.epoch > 0
    playback.step()
    assert run.shown == playback.epoch


def test_the_snapshot_of_an_endless_run_tells_no_end_and_no_share(endless: Callable[..., Endless]) -> None:
    run = TrainingRun(RunParameters(learning_rate=3.0, title="Mine"))
    controller = endless(run)
    for number in range(1, 300):
        run.append(figures(number))
    for _ in range(10):
        now = controller.tick(TICK)
    assert (now.epochs, now.progress, now.eta, now.source) == (None, 0.0, None, "file")
    assert now.parameters == run.parameters, "what is shown is what the run says of itself"
    assert "set_param" not in now.can and not controller.set_parameters(epochs=9)
    for _ in range(30):
        controller.tick(TICK)
    run.end(Ending(CUT, "no more"))
    for _ in range(3):
        now = controller.tick(TICK)
    assert (now.status, now.epoch, now.epochs, now.progress) == (Status.COMPLETE, 299, None, 0.0), "no end is made up"
    assert now.ending == Ending(CUT, "no more")


def test_everything_on_the_screen_belongs_to_one_kept_epoch(endless: Callable[..., Endless]) -> None:
    run = TrainingRun(RunParameters(), NETWORK, keeps=20 * state(1).size)
    controller = endless(run)
    for number in range(1, 401):
        run.append(whole(number))
        controller.tick(TICK)
    controller.pause()
    head = controller.snapshot().head
    assert head > 300
    for wanted in range(1, head):
        assert controller.look(wanted)
        now = controller.snapshot()
        assert now.state and now.state.weights[0][0, 0] == now.epoch
        assert now.loss == 1 / now.epoch and now.validation_loss == 2 / now.epoch
        assert abs(now.epoch - wanted) <= now.kept_every / 2 or now.epoch == head
    assert now.kept_every > 4


def test_comma_and_full_stop_go_from_kept_to_kept(endless: Callable[..., Endless]) -> None:
    run = TrainingRun(RunParameters(), NETWORK, keeps=20 * state(1).size)
    controller = endless(run)
    for number in range(1, 201):
        run.append(whole(number))
        controller.tick(TICK)
    controller.pause()
    head, seen = controller.snapshot().head, []
    while controller.snapshot().epoch > 1:
        controller.look_beside(-1)
        seen.append(controller.snapshot().epoch)
    every = controller.snapshot().kept_every
    assert seen == [*range((head - 1) // every * every, 0, -every), 1]
    controller.look_beside(1)
    assert controller.snapshot().epoch == every
    while controller.snapshot().replay:
        assert controller.step()
    assert controller.snapshot().epoch == head


def test_a_state_that_is_looked_at_stays_while_more_come(endless: Callable[..., Endless]) -> None:
    run = TrainingRun(RunParameters(), NETWORK, keeps=20 * state(1).size)
    controller = endless(run)
    for number in range(1, 101):
        run.append(whole(number))
        controller.tick(TICK)
    controller.pause()
    controller.look(50)
    before = controller.snapshot()
    for number in range(101, 400):
        run.append(whole(number))
        controller.tick(TICK)
        assert controller.snapshot().epoch == before.epoch and controller.snapshot().state is before.state
