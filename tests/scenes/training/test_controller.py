"""Wishes: which are granted, and that the others change nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.clock import TICK
from scenes.kit.findings import sentence
from scenes.kit.run_words import label, stamp
from scenes.training.epoch import Epoch
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun

BUTTONS = ("start", "pause", "resume", "stop", "retry")


@pytest.mark.parametrize("status", [status.value for status in Status])
@pytest.mark.parametrize("wish", BUTTONS)
def test_a_refused_wish_changes_nothing_and_a_legal_one_is_what_the_machine_allows(
    session: Any, status: str, wish: str
) -> None:
    controller = session.lead_to(status).controller
    before, allowed, jobs = controller.snapshot(), controller.machine.can(wish), session.worker.in_flight
    assert getattr(controller, wish)() is allowed
    assert (controller.snapshot() != before) is allowed
    assert allowed or session.worker.in_flight == jobs


@pytest.mark.parametrize("status", [status.value for status in Status])
@pytest.mark.parametrize("wish", BUTTONS)
def test_the_same_wish_twice_in_a_frame_is_refused_the_second_time(session: Any, status: str, wish: str) -> None:
    controller = session.lead_to(status).controller
    getattr(controller, wish)()
    between = controller.snapshot()
    assert getattr(controller, wish)() is False
    assert controller.snapshot() == between
    assert session.worker.in_flight == (controller.machine.state is Status.LOADING)


@pytest.mark.parametrize("status", ["loading", "training", "paused"])
def test_parameters_are_locked_while_a_run_is_on(session: Any, status: str) -> None:
    controller = session.lead_to(status).controller
    before = controller.snapshot()
    assert controller.set_parameters(epochs=200, learning_rate=0.5) is False
    assert controller.snapshot() == before


@pytest.mark.parametrize("status", ["idle", "complete", "error"])
def test_parameters_are_chosen_for_the_next_run_and_shown_at_once(session: Any, status: str) -> None:
    controller = session.lead_to(status).controller
    before = controller.snapshot()
    assert controller.set_parameters(batch_size=64)
    chosen = replace(before.controls, batch_size=64)
    shown = before.parameters if before.run else chosen  # a run keeps its own
    assert controller.snapshot() == replace(before, parameters=shown, chosen=chosen)
    assert controller.snapshot().following == ({"batch_size": 64} if before.run else {})


@pytest.mark.parametrize("value", [0, 201])
def test_a_parameter_outside_its_bounds_is_refused_by_name_and_changes_nothing(session: Any, value: int) -> None:
    before = session.controller.snapshot()
    with pytest.raises(ValueError, match="epochs"):
        session.controller.set_parameters(epochs=value)
    assert session.controller.snapshot() == before


@pytest.mark.parametrize("status", [status.value for status in Status])
@pytest.mark.parametrize("interval", [20, 500])
def test_a_change_of_speed_changes_nothing_else_on_the_screen(session: Any, status: str, interval: int) -> None:
    controller = session.lead_to(status).controller
    before = controller.snapshot()
    assert controller.set_interval(interval)
    assert replace(controller.snapshot(), interval=before.interval, eta=before.eta) == before


@pytest.mark.parametrize(("wished", "kept"), [(0, 1), (-5, 1), (19, 19), (501, 500), (10**9, 500)])
def test_speeds_beyond_the_control_are_brought_to_its_ends(session: Any, wished: int, kept: int) -> None:
    session.controller.set_interval(wished)
    assert session.controller.snapshot().interval == kept


def test_an_error_while_somebody_looks_back_is_told_of_the_present(session: Any) -> None:
    controller = session.lead_to("paused").controller
    assert controller.look(1) and controller.tick(TICK).replay
    session.worker.say("error", RunError("The training stopped in the middle.", hint="Press Retry.", code="cut"))
    now = controller.tick(TICK)
    assert (now.status, now.replay, now.epoch) == (Status.ERROR, False, now.head)
    assert stamp(now) != "REPLAY" and sentence(now).startswith("Broken off at epoch 3 of 5: ")


def played_on(controller: Any, ticks: int) -> list[int]:
    """The epochs that are shown, each once, while so many ticks pass."""
    seen = [controller.tick(TICK).epoch for _ in range(ticks)]
    return [epoch for before, epoch in zip([0, *seen], seen, strict=False) if epoch != before]


def test_a_finished_run_is_played_again_at_any_speed_from_any_epoch_as_often_as_wished(session: Any) -> None:
    controller = session.lead_to("complete").controller
    run, jobs = controller.now.run, session.worker.in_flight
    assert controller.replay()
    assert controller.now.status is Status.COMPLETE and controller.tick(TICK).status is Status.TRAINING
    assert played_on(controller, 60) == [1, 2, 3, 4, 5]
    assert controller.tick(TICK).status is Status.COMPLETE
    controller.set_interval(20)
    controller.look(3)
    assert controller.replay() and label(controller.tick(TICK)) == "Playing again"
    assert played_on(controller, 20)[-2:] == [4, 5]
    now = controller.tick(TICK)
    assert (now.status, now.run, now.replay, session.worker.in_flight) == (Status.COMPLETE, run, False, jobs)


def test_resuming_where_somebody_looks_back_plays_on_from_there_and_then_goes_on(session: Any) -> None:
    controller = session.lead_to("paused").controller
    head = controller.snapshot().head
    assert head == 3 and controller.look(1) and controller.resume()
    seen = played_on(controller, 60)
    assert seen == [1, 2, 3, 4, 5], "from the epoch that was looked at, on to those never shown"


def test_ending_looking_back_shows_the_newest_and_a_finished_run_is_complete(session: Any) -> None:
    controller = session.lead_to("complete").controller
    controller.replay()
    assert controller.look_ahead() and not controller.look_ahead()
    assert (controller.snapshot().status, controller.snapshot().epoch) == (Status.COMPLETE, 5)


@pytest.mark.parametrize(("status", "again"), [("training", "paused"), ("paused", "paused"), ("complete", "complete")])
def test_what_was_stopped_can_be_brought_back(session: Any, status: str, again: str) -> None:
    controller = session.lead_to(status).controller
    before = controller.snapshot()
    assert controller.stop() and "undo" in controller.snapshot().can
    assert controller.undo()
    now = controller.snapshot()
    assert (now.status, now.run, now.epoch, now.loss) == (Status(again), before.run, before.epoch, before.loss)
    assert controller.stop() and controller.undo(), "as often as wished"


def test_a_run_that_was_stopped_in_the_middle_says_so_once_all_of_it_is_shown(session: Any) -> None:
    controller = session.controller
    controller.start()
    run = TrainingRun(Parameters(epochs=50))
    session.worker.say("report", run)
    for number in (1, 2, 3):
        session.worker.say("report", Epoch(number, 0.5, 50.0))
    controller.tick(TICK)
    controller.stop()
    controller.undo()
    controller.resume()
    for _ in range(60):
        now = controller.tick(TICK)
    assert (now.status, now.epoch, now.epochs, label(now)) == (Status.COMPLETE, 3, 50, "Stopped early")


def test_a_run_that_follows_takes_the_place_of_the_one_that_was_stopped(session: Any) -> None:
    controller = session.lead_to("complete").controller
    first = controller.snapshot().run
    controller.start()
    controller.stop()
    assert controller.undo() and controller.snapshot().run is first, "what was only asked for has replaced nothing"
    controller.stop()
    session.load()
    second = controller.tick(TICK).run
    controller.stop()
    assert controller.undo() and controller.snapshot().run is second is not first
