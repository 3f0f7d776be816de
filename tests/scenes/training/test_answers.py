"""What the worker says: taken once, in its turn, and never from a request that was given up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from engine.clock import TICK
from engine.worker import Cancellation, Report, Worker
from scenes.training.controller import TrainingController
from scenes.training.epoch import Ending
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters

PATIENCE = 300.0  # seconds after which a test gives up on a thread that hangs


def refusal() -> RunError:
    return RunError("The server is down.", hint="Start it.", code="down")


def test_stop_while_loading_is_idle_at_once_and_gives_the_request_up(session: Any) -> None:
    controller = session.lead_to("loading").controller
    session.wait(1.0)
    assert controller.tick(TICK).attempt is not None
    assert controller.stop()
    now = controller.snapshot()
    assert (now.status, now.attempt, now.run) == (Status.IDLE, None, None)
    assert session.worker.in_flight == 0


@pytest.mark.parametrize("failing", [False, True])
def test_an_answer_in_the_frame_of_a_stop_comes_too_late(session: Any, failing: bool) -> None:
    session.failure = refusal() if failing else None
    session.load()
    session.controller.stop()
    now = session.controller.tick(TICK)
    assert (now.status, now.run, now.error) == (Status.IDLE, None, None)


def test_only_the_second_runs_figures_show_when_the_first_answers_late(session: Any) -> None:
    controller = session.controller
    controller.start()
    first = session.worker.ticket
    controller.stop()
    controller.start()
    session.worker.finish(first)
    assert controller.tick(TICK).status is Status.LOADING
    session.worker.finish()
    now = controller.tick(TICK)
    assert (now.status, now.run, now.loss) == (Status.TRAINING, session.delivered[1], 2.5)


def test_waiting_for_the_next_try_is_told_and_counted_down(session: Any) -> None:
    controller = session.lead_to("loading").controller
    session.wait(1.0)
    told = [controller.tick(0.25) for _ in range(5)]
    assert [each.attempt.number for each in told] == [2] * 5
    assert [each.attempt_left for each in told] == [0.75, 0.5, 0.25, 0.0, 0.0]


def test_a_failure_is_shown_with_its_words_and_retry_asks_the_same_again(session: Any) -> None:
    session.failure = refusal()
    session.load(epochs=7)
    now = session.controller.tick(TICK)
    assert (now.status, str(now.error), now.run) == (Status.ERROR, "The server is down.", None)
    session.failure = None
    assert session.controller.retry()
    assert (session.controller.snapshot().error, session.worker.in_flight) == (None, 1)
    session.worker.finish()
    now = session.controller.tick(TICK)
    assert (now.status, now.epochs) == (Status.TRAINING, 7)


def test_a_fault_of_our_own_is_a_sentence_too(session: Any) -> None:
    session.failure = KeyError("secret")
    session.load()
    error = session.controller.tick(TICK).error
    assert error.sentence and error.hint and error.code == "KeyError" and "secret" not in error.sentence


@pytest.mark.parametrize("status", [status.value for status in Status])
def test_an_internal_error_is_shown_from_every_state_and_leaves_nothing_running(session: Any, status: str) -> None:
    controller = session.lead_to(status).controller
    controller.fail(refusal())
    now = controller.tick(TICK)
    assert (now.status, now.error.code, now.run, session.worker.in_flight) == (Status.ERROR, "down", None, 0)


def test_a_stream_that_fails_leaves_the_controls_free_and_true(session: Any) -> None:
    controller = session.lead_to("training").controller
    session.worker.say("error", refusal())
    assert controller.tick(TICK).status is Status.ERROR
    assert controller.set_parameters(epochs=9)
    now = controller.snapshot()
    assert (now.controls.epochs, now.parameters.epochs, now.following) == (9, 5, {"epochs": 9})


def test_an_answer_that_outlives_its_cancelling_never_shows(new_session: Callable[[], Any]) -> None:
    session_kind = type(new_session())
    entered, leave = threading.Semaphore(0), threading.Event()

    class Deaf(session_kind):  # type: ignore[misc, valid-type]
        def run(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
            entered.release()
            assert leave.wait(PATIENCE)  # a job that does not listen to its cancellation
            ending: Ending = super().run(parameters, cancellation, report)
            return ending

    worker = Worker()
    controller = TrainingController(Deaf(), worker)
    controller.start()
    assert entered.acquire(timeout=PATIENCE)
    controller.stop()
    leave.set()
    with worker.changed:
        assert worker.changed.wait_for(lambda: worker.idle, PATIENCE)
    assert {controller.tick(TICK).status for _ in range(3)} == {Status.IDLE}
    assert worker.close(timeout=PATIENCE)
