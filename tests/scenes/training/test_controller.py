"""Wishes: which are granted, and that the others change nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.clock import TICK
from scenes.kit.findings import sentence
from scenes.kit.run_words import stamp
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status

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
    assert controller.snapshot() == replace(before, parameters=replace(before.parameters, batch_size=64))


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
