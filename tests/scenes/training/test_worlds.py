"""Training on from a moment, with something turned: the other future comes beside the one that there was."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scenes.training.changes import Change
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.worlds import MOST, Worlds, turned

ASKED = Parameters(source="trained", dataset="circle", points=40, layers=(3,), epochs=20, seed=3, learning_rate=0.3)
Made = tuple[Any, Any, Any]  # the stage, its pilot, the controller


@pytest.fixture
def made(rehearsed: Any, tmp_path: Path) -> Iterator[Made]:
    with rehearsed(tmp_path) as (stage, pilot):
        stage.controller.chosen = ASKED
        yield stage, pilot, stage.controller


def complete(made: Made) -> Any:
    _, pilot, controller = made
    pilot.press("start")
    pilot.until("complete", within="60s")
    return controller.now


def train_on(made: Made, epoch: int, **changes: Any) -> Any:
    """From that epoch, to the end of the other run."""
    _, pilot, controller = made
    assert controller.look(epoch) and controller.branch(**changes)
    played_on(made)
    pilot.until("complete", within="60s")
    return controller.now


def played_on(made: Made) -> None:
    """Until the other run is the one that is played."""
    _, pilot, controller = made
    for _ in range(600):
        pilot.run("1ticks")
        if not controller.now.branching:
            return
    raise AssertionError("it does not come")


def losses(run: Any, count: int) -> list[float]:
    told: list[float] = run.loss[:count].tolist()
    return told


def test_from_a_look_back_the_other_future_is_trained_and_both_stay(made: Made) -> None:
    _, pilot, controller = made
    parent = complete(made).run
    assert controller.look(8) and controller.branch(learning_rate=0.01)
    assert controller.refresh().branching and controller.now.run is parent
    played_on(made)
    pilot.until("epoch", ">=", "9")
    now = controller.now
    assert (now.status, now.branching) == (Status.TRAINING, False) and now.run is not parent
    assert now.epoch == 9, "it goes on from where somebody looked"
    assert (now.number, [each.number for each in now.beside]) == (1, [0]) and now.beside[0].run is parent
    pilot.until("complete", within="60s")
    child = controller.now.run
    assert losses(child, 8) == losses(parent, 8) and losses(child, 9) != losses(parent, 9)
    for layer, other in zip(child.at(8).state.weights, parent.at(8).state.weights, strict=True):
        assert np.array_equal(layer, other)
    assert child.parameters.changes == (Change(8, learning_rate=0.01),) and child.parameters.seed == 3


def test_a_run_that_is_steered_makes_room_for_itself(made: Made) -> None:
    _, pilot, controller = made
    pilot.press("start")
    pilot.until("epoch", ">=", "5")
    before = controller.now.epoch
    assert controller.branch(kept=False, batch_size=16, momentum=0.5)
    played_on(made)
    pilot.until("complete", within="60s")
    now = controller.now
    assert now.beside == () and now.number == 0 and now.epochs == 20
    (change,) = now.parameters.changes
    assert before <= change.after_epoch <= before + 1 and (change.batch_size, change.momentum) == (16, 0.5)


def test_a_finished_run_is_trained_further_as_far_as_it_was(made: Made) -> None:
    _, pilot, controller = made
    complete(made)
    assert controller.branch(kept=False)
    played_on(made)
    pilot.until("complete", within="60s")
    assert controller.now.epochs == 40 and controller.now.parameters.changes == ()


def test_what_diverged_goes_on_from_before_and_not_from_its_end(rehearsed: Any, tmp_path: Path) -> None:
    wild = Parameters(source="trained", dataset="spiral", learning_rate=1.0, epochs=60, seed=4)
    with rehearsed(tmp_path) as (stage, pilot):
        controller = stage.controller
        controller.chosen = wild
        pilot.press("start")
        pilot.until("complete", within="60s")
        assert controller.now.ending.status == "diverged" and controller.now.epoch == 13
        assert not controller.branch(learning_rate=0.1)
        now = train_on((stage, pilot, controller), 5, learning_rate=0.1)
        assert now.epochs == 60 and now.ending.status == "complete" and now.validation_accuracy > 90


def test_branches_of_branches_carry_the_whole_journal(made: Made) -> None:
    _, _pilot, controller = made
    complete(made)
    for epoch, rate in ((10, 0.1), (15, 0.05), (6, 0.5)):
        train_on(made, epoch, learning_rate=rate)
    now = controller.now
    journals = [each.run.parameters.changes for each in now.beside] + [now.run.parameters.changes]
    assert [[change.after_epoch for change in journal] for journal in journals] == [[], [10], [10, 15], [6]]
    assert [each.number for each in now.beside] + [now.number] == [0, 1, 2, 3]


def test_worlds_are_switched_and_taken_away_and_no_number_changes(made: Made) -> None:
    _, _pilot, controller = made
    parent = complete(made).run
    child = train_on(made, 8, learning_rate=0.01).run
    assert controller.look(12) and controller.switch(0)
    now = controller.refresh()
    assert now.run is parent and (now.number, now.epoch, now.beside[0].number) == (0, 12, 1)
    assert controller.remove(0)
    now = controller.refresh()
    assert now.run is child and now.number == 1 and now.beside == ()
    assert not controller.remove(1) and not controller.remove(5) and not controller.switch(7)


def test_what_is_kept_stays_beside_the_next_run_and_nothing_stays_for_the_next_visitor(made: Made) -> None:
    stage, _, controller = made
    first = complete(made).run
    assert controller.keep() and controller.refresh().kept
    controller.set_parameters(learning_rate=0.01)
    complete(made)
    now = controller.now
    assert [each.run for each in now.beside] == [first] and now.number == 1 and not now.kept
    complete(made)
    assert len(controller.now.beside) == 1, "what nobody keeps makes room"
    stage.begin_anew()
    assert controller.now.beside == () and controller.now.number == 0


def test_where_the_branch_fails_the_run_stays_and_a_sentence_says_why(made: Made) -> None:
    _, pilot, controller = made
    parent = complete(made).run
    controller.look(8)
    pilot.server("error")
    assert controller.branch(learning_rate=0.01)
    pilot.run("20s")
    now = controller.now
    assert now.run is parent and now.status is Status.COMPLETE and not now.branching
    assert "problem of its own" in controller.refused


def test_only_what_is_trained_here_can_be_trained_on(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        stage.controller.chosen = replace(ASKED, source="simulated")
        assert not stage.controller.branch(learning_rate=0.01)
        pilot.press("start")
        pilot.until("complete", within="60s")
        assert not stage.controller.branch(learning_rate=0.01)
        assert "branch" not in stage.controller.now.can


def test_the_journal_forgets_what_was_turned_later_and_keeps_what_was_turned_there() -> None:
    asked = replace(ASKED, changes=(Change(4, l1=0.1), Change(9, learning_rate=0.5), Change(12, l2=0.1)))
    assert turned(asked, 9, {"momentum": 0.1}).changes == (
        Change(4, l1=0.1),
        Change(9, learning_rate=0.5, momentum=0.1),
    )
    assert turned(asked, 20, {}).epochs == 40 and turned(replace(asked, epochs=150), 150, {}).epochs == 200
    with pytest.raises(ValueError, match="learning_rate"):
        turned(asked, 9, {"learning_rate": 2.0})


def test_eight_runs_are_the_most_and_the_least_free_number_is_given() -> None:
    worlds = Worlds()
    for number in range(MOST + 2):
        world: Any = SimpleNamespace(number=number, playback=SimpleNamespace(run=SimpleNamespace(kept_as="")))
        worlds.add(world)
    assert [each.number for each in worlds.others] == list(range(3, MOST + 2)) and worlds.free_number() == 0


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_numbers_are_unlike_and_no_run_changes_its_own(made: Made, seed: int) -> None:
    _, pilot, controller = made
    chance, known = random.Random(seed), dict[int, int]()  # the number of each run that was ever seen, by identity
    held = []  # so that no other run can take its identity
    controller.chosen = replace(ASKED, epochs=6, points=24)
    controller.set_interval(20)
    acts: dict[str, Any] = {
        "start": controller.start,
        "stop": controller.stop,
        "pause": controller.pause,
        "resume": controller.resume,
        "replay": controller.replay,
        "look": lambda: controller.look(chance.randint(0, 8)),
        "branch": lambda: controller.branch(learning_rate=chance.choice((0.01, 0.1)), kept=chance.random() < 0.8),
        "keep": controller.keep,
        "switch": lambda: controller.switch(chance.randint(0, 8)),
        "remove": lambda: controller.remove(chance.randint(0, 8)),
        "undo": controller.take_back,
    }
    for _ in range(250):
        acts[chance.choice([*acts, "start", "branch"])]()
        pilot.run(f"{chance.choice((1, 5, 20))}ticks")
        now = controller.refresh()
        runs = [(each.run, each.number) for each in now.beside]
        runs += [] if now.run is None else [(now.run, now.number)]
        numbers = [number for _, number in runs]
        assert len(set(numbers)) == len(numbers) <= MOST
        assert (now.run is not None) == (now.status in (Status.TRAINING, Status.PAUSED, Status.COMPLETE))
        for run, number in runs:
            held.append(run)
            assert known.setdefault(id(run), number) == number
    assert len(known) > 10


def test_a_run_is_repeated_with_other_seeds_one_after_the_other(made: Made) -> None:
    _, pilot, controller = made
    controller.chosen = replace(ASKED, epochs=4, points=24, seed=11)
    controller.start()
    assert not controller.may_repeat and not controller.repeat()
    pilot.until("complete", within="60s")
    assert controller.may_repeat and controller.repeat(3) and not controller.may_repeat
    while controller.refresh().branching:
        pilot.run("1ticks")
    now = controller.refresh()
    runs = [*(each.run for each in now.beside), now.run]
    assert [run.parameters.seed for run in runs if run] == [11, 12, 13, 14]
    assert all(run.available == 4 and run.ended for run in runs if run) and not controller.refused
    assert [each.number for each in now.beside] == [0, 1, 2] and now.number == 3
    assert controller.repeat(9)
    while controller.refresh().branching:
        pilot.run("1ticks")
    assert len(controller.refresh().beside) == MOST - 1 and not controller.may_repeat and not controller.repeat()


def test_stop_ends_repeating(made: Made) -> None:
    _, pilot, controller = made
    controller.chosen = replace(ASKED, epochs=4, points=24, seed=11)
    controller.start()
    pilot.until("complete", within="60s")
    assert controller.repeat() and controller.stop()
    pilot.run("20ticks")
    assert controller.now.status is Status.IDLE and not controller.now.branching


def test_a_knob_that_is_turned_while_a_run_is_trained_changes_it_from_the_next_epoch_on(made: Made) -> None:
    _, pilot, controller = made
    controller.chosen = replace(ASKED, epochs=20, learning_rate=0.01, seed=5)
    assert not controller.steer(learning_rate=0.1)
    controller.start()
    pilot.until("epoch", "==", "6", within="60s")
    parent = controller.now.run
    assert "steer" in controller.now.can and controller.now.settings.learning_rate == 0.01
    for rate in (0.05, 0.08, 0.1):  # a hand that is still on it
        assert controller.steer(learning_rate=rate)
        pilot.run("2ticks")
    assert controller.now.controls.learning_rate == 0.1 and controller.now.following == {} and parent is not None
    seen = [controller.now.epoch]
    while controller.now.run is parent:
        pilot.run("1ticks")
        seen.append(controller.now.epoch)
    turned_at = controller.now.run.parameters.changes[0].after_epoch
    assert [str(each) for each in controller.now.run.parameters.changes] == [f"{turned_at}:learning_rate=0.1"]
    assert seen == sorted(seen) and controller.now.epoch == turned_at == seen[-1] and controller.now.beside == ()
    assert controller.now.settings.learning_rate == 0.01 and controller.now.status is Status.TRAINING
    pilot.until("epoch", "==", str(turned_at + 1), within="60s")
    assert controller.now.settings.learning_rate == 0.1 and controller.now.controls.learning_rate == 0.1
    assert controller.now.run.loss[:turned_at].tolist() == parent.loss[:turned_at].tolist()
    controller.pause()
    assert controller.steer(batch_size=64, momentum=0.5)
    while len(controller.refresh().run.parameters.changes) < 2:
        pilot.run("1ticks")
    assert controller.now.status is Status.PAUSED and controller.now.parameters.learning_rate == 0.01
    with pytest.raises(ValueError, match="learning_rate"):
        controller.steer(learning_rate=3.0)
    controller.look(2)
    assert not controller.steer(learning_rate=0.2) and controller.refresh().settings.learning_rate == 0.01


def test_what_was_turned_is_forgotten_with_its_run(made: Made) -> None:
    _, pilot, controller = made
    controller.chosen = replace(ASKED, epochs=20, learning_rate=0.01, seed=5)
    controller.start()
    pilot.until("epoch", "==", "3", within="60s")
    assert controller.steer(learning_rate=0.1) and controller.stop()
    pilot.run("30ticks")
    assert controller.now.status is Status.IDLE and controller.now.controls.learning_rate == 0.01


def test_where_the_backend_has_gone_what_was_turned_is_told_in_a_sentence_and_the_run_goes_on(made: Made) -> None:
    stage, pilot, controller = made
    controller.chosen = replace(ASKED, epochs=20, learning_rate=0.01, seed=5)
    controller.start()
    pilot.until("epoch", "==", "5", within="60s")
    run = controller.now.run
    pilot.server("error:400")
    assert controller.steer(learning_rate=0.1)
    while not controller.refusals:
        pilot.run("1ticks")
    pilot.run("2ticks")
    assert controller.now.run is run and controller.now.settings.learning_rate == 0.01
    assert stage.context.toast.text == controller.refused != ""
    assert run is not None and run.ended  # what had not come yet never will
    pilot.until("complete", within="60s")
