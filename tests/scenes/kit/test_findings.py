"""What a run has come to is told by the first rule that holds, in its own numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from scenes.kit.findings import SINCE, finding
from scenes.training.epoch import Epoch, Network, State
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

UNSEEN = 40  # rows


def network(dataset: str, columns: int) -> Network:
    one, none = np.ones(columns, np.float32), np.zeros(0, np.uint8)
    rows = np.zeros((0, columns), np.float32)
    return Network((columns, 3, 2), dataset, ("f",) * columns, ("a", "b"), one, one, "tanh", rows, none, none)


def state(shape: tuple[int, ...], right: int) -> State:
    wrong = UNSEEN - right
    confusion = np.array([[right - right // 2, wrong], [0, right // 2]], np.float32)
    links = tuple(np.zeros(pair, np.float32) for pair in pairwise(shape))
    biases = tuple(np.zeros(count, np.float32) for count in shape[1:])
    activations = tuple(np.zeros(count, np.float32) for count in shape)
    return State(links, biases, activations, np.ones(2, np.float32), confusion)


def shown(
    figures: list[tuple[float, float, int]],
    *,
    dataset: str = "spiral",
    columns: int = 2,
    status: Status = Status.TRAINING,
    **more: Any,
) -> Snapshot:
    """A run whose epochs have these losses, of what is seen and unseen, and so many unseen rows told right."""
    run = TrainingRun(Parameters(epochs=max(10, len(figures))), network(dataset, columns))
    assert run.network
    for number, (loss, new, right) in enumerate(figures, start=1):
        run.append(Epoch(number, loss, 50.0, new, 100 * right / UNSEEN, state(run.network.shape, right)))
    count = len(figures)
    now = run.at(count)
    told = {"epoch": count, "head": count, "epochs": run.epochs, "run": run, "state": now.state, "loss": now.loss}
    told["validation_accuracy"] = now.validation_accuracy
    return Snapshot(status, run.parameters, 200, **{**told, **more})


@pytest.mark.parametrize(
    ("dataset", "columns", "kind"),
    [("spiral", 2, "points"), ("digits", 64, "digits"), ("csv", 2, "rows"), ("mine", 7, "rows")],
)
def test_how_it_does_on_what_was_kept_aside_is_told_in_counts(dataset: str, columns: int, kind: str) -> None:
    told = finding(shown([(0.5, 0.6, 31)], dataset=dataset, columns=columns))
    assert told == f"it gets 31 of {UNSEEN} unseen {kind} right"


def test_nothing_is_told_of_a_run_without_a_network_or_before_its_first_epoch() -> None:
    run = TrainingRun(Parameters())
    run.append(Epoch(1, 0.5, 50.0))
    assert finding(Snapshot(Status.TRAINING, run.parameters, 200, epoch=1, head=1, run=run)) == ""
    assert finding(Snapshot(Status.IDLE, run.parameters, 200)) == ""


def test_what_is_learned_by_heart_is_told_with_the_epoch_from_which_it_was() -> None:
    falls = [(1 / k, 1 / k, 30) for k in range(1, 4)]
    rises = [(1 / (4 + k), 1 / 3 + 0.03 * k, 30) for k in range(SINCE)]
    assert finding(shown(falls + rises)) == "it learns by heart: the unseen loss was lowest at epoch 3"
    assert "right" in finding(shown(falls + rises[:-1])), "a few epochs are noise"
    assert "right" in finding(shown(falls + [(loss, 0.35, 30) for loss, _, _ in rises])), "so is a little"
    assert "right" in finding(shown(falls + [(1.0, new, 30) for _, new, _ in rises])), "then it unlearns all"


def test_the_verdict_at_the_end_says_whether_it_was_better_before() -> None:
    figures = [(0.5, 0.6, 20), (0.4, 0.5, 35), (0.4, 0.5, 35), (0.3, 0.4, 33)]
    done = shown(figures, status=Status.COMPLETE)
    assert finding(done) == f"it gets 33 of {UNSEEN} unseen points right; its best was 35, at epoch 2"
    assert finding(shown(figures[:2], status=Status.COMPLETE)) == f"it gets 35 of {UNSEEN} unseen points right"
    assert done.run
    first = done.run.at(1)
    again = replace(done, epoch=1, state=first.state, validation_accuracy=first.validation_accuracy)
    assert finding(again) == f"it gets 20 of {UNSEEN} unseen points right", "looking back, of the epoch that is shown"


@pytest.mark.parametrize("accuracy", [0.0, 74.0, 81.0, 100.0, None])
def test_counts_that_contradict_the_accuracy_on_the_card_are_not_told(accuracy: float | None) -> None:
    assert finding(shown([(0.5, 0.6, 31)])), "31 of 40 are 77.5 %"
    assert finding(shown([(0.5, 0.6, 31)], validation_accuracy=77.4999)), "figures may be rounded"
    assert finding(shown([(0.5, 0.6, 31)], validation_accuracy=accuracy)) == ""


def test_of_no_counted_row_nothing_is_told() -> None:
    before = shown([(0.5, 0.6, 0)])
    assert before.state
    assert finding(replace(before, state=replace(before.state, confusion=np.zeros((2, 2), np.float32)))) == ""
