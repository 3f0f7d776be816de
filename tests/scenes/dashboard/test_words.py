"""What the dashboard says, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.retry import Attempt
from scenes.kit.findings import sentence
from scenes.kit.run_words import remaining, significant
from scenes.kit.words import say
from scenes.training.epoch import Epoch
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *[(0, "~0s remaining"), (0.2, "~1s remaining"), (8.0, "~8s remaining"), (59, "~59s remaining")],
        *[(59.5, "~1m 0s remaining"), (60, "~1m 0s remaining"), (61, "~1m 1s remaining"), (100, "~1m 40s remaining")],
        *[(119.9, "~2m 0s remaining"), (120, "~2m 0s remaining"), (3 * 0.1 * 10, "~3s remaining")],
    ],
)
def test_what_remains_is_told_in_whole_seconds_rounded_up(seconds: float, words: str) -> None:
    assert remaining(seconds) == words


@given(st.integers(0, 200), st.integers(20, 500))
def test_what_remains_is_never_a_second_too_much_or_any_too_little(epochs: int, interval: int) -> None:
    said = remaining(epochs * interval / 1000).removeprefix("~").removesuffix("s remaining")
    minutes, _, seconds = said.rpartition("m ")
    total = int(minutes or 0) * 60 + int(seconds)
    assert int(seconds) < 60
    assert 0 <= total * 1000 - epochs * interval < 1000


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        *[(0.0, 2, "0"), (-0.0, 2, "0"), (0.0123, 2, "0.012"), (-0.0123, 2, "0.012"), (1.34, 2, "1.3")],
        *[(1.0, 2, "1.0"), (12.3, 2, "12"), (123.4, 2, "123"), (0.5, 1, "0.5"), (0.001, 2, "0.0010")],
    ],
)
def test_small_numbers_keep_their_significant_digits(value: float, digits: int, words: str) -> None:
    assert significant(value, digits=digits) == words


@given(st.floats(min_value=1e-5, max_value=1000))
def test_what_is_not_zero_is_never_told_as_zero(value: float) -> None:
    assert abs(float(significant(value)) - value) <= max(0.06 * value, 1e-6)
    assert significant(value) == significant(-value)
    assert float(significant(value)) > 0


def moment(status: Status, **values: object) -> Snapshot:
    return Snapshot(status=status, parameters=Parameters(), interval=200, **values)  # type: ignore[arg-type]


def played(status: Status) -> Snapshot:
    """A simulated run of two epochs, at its last."""
    run = TrainingRun(Parameters(epochs=2))
    for number in (1, 2):
        run.append(Epoch(number, 0.5**number, 40.0 + 10 * number))
    return moment(status, epoch=2, head=2, epochs=2, loss=0.25, accuracy=60.0, run=run)


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (moment(Status.IDLE), "Press Start: a made-up curve is played. No network is trained."),
        (moment(Status.LOADING), "Fetching the run."),
        (
            moment(Status.LOADING, attempt=Attempt(2, 4, 0.5), attempt_left=0.25),
            "No answer yet: try 2 of 4 begins in 0.2 s.",
        ),
        (moment(Status.TRAINING), "Waiting for the first epoch."),
        (played(Status.TRAINING), "Epoch 2: no network, a made-up curve: 60.0% right, a loss of 0.250."),
        (played(Status.PAUSED), "Held at epoch 2: no network, a made-up curve: 60.0% right, a loss of 0.250."),
        (played(Status.COMPLETE), "Epoch 2, the last: a made-up 60.0% right, its best."),
        (moment(Status.ERROR), "There is no run to show."),
    ],
)
def test_each_state_is_told_in_one_line(snapshot: Snapshot, words: str) -> None:
    assert sentence(snapshot) == words


def test_each_state_has_its_own_label() -> None:
    labels = {say(f"label.{status.value}") for status in Status}
    assert {status.value.capitalize() for status in Status} - {"Idle"} | {"Ready"} == labels
