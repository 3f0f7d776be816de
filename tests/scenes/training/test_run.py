"""A run holds what was promised or does not come to be."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.training.epoch import Epoch, UnusableRun
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.playback import Playback
from scenes.training.run import TrainingRun
from scenes.training.sources.whole_answer import read_answer

Row = dict[str, Any]
NewRun = Callable[..., TrainingRun]
GOOD: list[Row] = [{"epoch": 1, "loss": 0.9, "accuracy": 50.0}, {"epoch": 2, "loss": 0, "accuracy": 100}]
TEMPLATE = '{"success":true,"data":[{"epoch":1,"loss":0.9,"accuracy":50},{"epoch":%s,"loss":%s,"accuracy":%s}]}'
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["success", "data"]), inner),
)


def read(body: bytes, *, epochs: int = 2) -> TrainingRun:
    run = TrainingRun(Parameters(epochs=epochs))
    for epoch in read_answer(body, epochs):
        run.append(epoch)
    return run


def answer(rows: Any, **others: Any) -> bytes:
    return json.dumps({"success": True, "data": rows, **others}).encode()


def test_a_good_answer_is_taken_as_it_is() -> None:
    run = read(answer(GOOD, note="unknown keys are ignored"))
    assert run.loss.tolist() == [0.9, 0.0]
    assert run.accuracy.tolist() == [50.0, 100.0]
    assert (run.epochs, run.available, run.ended) == (2, 2, True)
    assert run.at(2) == Epoch(2, 0.0, 100.0)


@pytest.mark.parametrize(
    ("epoch", "loss", "accuracy"),
    [
        *[("2", value, "50") for value in ("NaN", "Infinity", "-Infinity", "1e999", "-0.1", '"0.5"', "null", "[0.5]")],
        *[("2", value, "50") for value in ("true", "9" * 400, "9" * 5000, "{}", "")],
        *[("2", "0.5", value) for value in ("NaN", "Infinity", "1e999", "-1", "100.01", '"50"', "null", "true")],
        *[(value, "0.5", "50") for value in ("1", "3", "0", "-2", '"2"', "true", "2.5", "9" * 4000, "9" * 5000)],
    ],
)
def test_one_wrong_value_makes_the_whole_answer_unusable(epoch: str, loss: str, accuracy: str) -> None:
    assert read((TEMPLATE % (2, "0.5", "50")).encode()).ended
    with pytest.raises(UnusableRun):
        read((TEMPLATE % (epoch, loss, accuracy)).encode())


@pytest.mark.parametrize("field", ["epoch", "loss", "accuracy"])
def test_a_missing_field_is_named(field: str) -> None:
    with pytest.raises(UnusableRun, match=field):
        read(answer([GOOD[0], {name: value for name, value in GOOD[1].items() if name != field}]))


@pytest.mark.parametrize(
    "numbers", [[1, 1], [2, 1], [1, 3], [0, 1], [2, 3], [1], [], [1, 2, 3], [1, 2, 2], list(range(1, 10_000))]
)
def test_epochs_that_are_not_the_ones_asked_for_are_refused(numbers: list[int]) -> None:
    with pytest.raises(UnusableRun, match="epoch"):
        read(answer([{"epoch": number, "loss": 0.5, "accuracy": 50} for number in numbers]))


@pytest.mark.parametrize(
    "body",
    [
        *[b"", b"null", b"{}", b"[]", b"0", b"true", b'"run"', b'{"success":true}', b'{"data":[]}', b"<html>"],
        *[answer(None), answer({}), answer([None]), answer("rows"), answer(GOOD, success=False)],
        *[answer(GOOD, success=1), answer(GOOD, success=None), answer(GOOD)[:-1], answer(GOOD) + b"}"],
        *[b"\xff\xfe", answer(GOOD).decode().encode("utf-16"), b"\xef\xbb\xbf" + answer(GOOD)],
        answer(GOOD).replace(b"loss", b"lo\xffss"),
        *[b"[" * 100_000, b'{"success":' * 100_000, answer(GOOD)[:-1] + b',"x":' + b"[" * 100_000],
    ],
    ids=lambda body: repr(body[:40]),
)
def test_what_is_no_run_is_called_unusable(body: bytes) -> None:
    with pytest.raises(UnusableRun, match=r"\w"):
        read(body)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()) | JSON.map(answer))
def test_any_bytes_are_a_run_or_unusable_and_nothing_else(body: bytes) -> None:
    try:
        run = read(body)
    except UnusableRun:
        return
    assert run.ended


@given(st.lists(st.tuples(st.floats(), st.floats()), min_size=1, max_size=20))
def test_only_finite_figures_within_bounds_ever_get_in(figures: list[tuple[float, float]]) -> None:
    rows = [{"epoch": n, "loss": loss, "accuracy": share} for n, (loss, share) in enumerate(figures, start=1)]
    possible = all(np.isfinite(pair).all() and 0 <= pair[0] <= 3e38 and 0 <= pair[1] <= 100 for pair in figures)
    try:
        run = read(answer(rows), epochs=len(rows))
    except UnusableRun:
        assert not possible
    else:
        assert list(zip(run.loss, run.accuracy, strict=True)) == figures
        assert not np.signbit([*run.loss, *run.accuracy]).any(), "a zero has no sign on the screen"


def test_columns_cannot_be_written_to(new_run: NewRun) -> None:
    run = new_run(3)
    for column in (run.loss, run.accuracy):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0.0


def test_columns_grow_at_their_end_and_never_change_before_it(new_run: NewRun) -> None:
    run = TrainingRun(Parameters(epochs=3))
    run.append(Epoch(1, 0.9, 50.0))
    early = run.loss
    run.append(Epoch(2, 0.8, 60.0))
    assert (early.tolist(), run.loss.tolist(), run.ended) == ([0.9], [0.9, 0.8], False)


@pytest.mark.parametrize(
    "epoch", [Epoch(1, 0.5, 50.0), Epoch(3, 0.5, 50.0), Epoch(2, float("nan"), 50.0), Epoch(2, 0.5, float("inf"))]
)
def test_a_wrong_epoch_of_a_stream_changes_nothing(epoch: Epoch) -> None:
    run = TrainingRun(Parameters(epochs=2))
    run.append(Epoch(1, 0.9, 50.0))
    with pytest.raises(UnusableRun, match=f"epoch {epoch.number}"):
        run.append(epoch)
    assert (run.available, run.loss.tolist()) == (1, [0.9])


def test_a_run_that_has_ended_takes_no_more(new_run: NewRun) -> None:
    with pytest.raises(UnusableRun, match="epoch 3"):
        new_run(2).append(Epoch(3, 0.5, 50.0))


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=50))
def test_the_best_accuracy_is_the_highest_so_far(shares: list[float]) -> None:
    run = TrainingRun(Parameters(epochs=len(shares)))
    for number, share in enumerate(shares, start=1):
        run.append(Epoch(number, 0.5, share))
        assert run.best_accuracy(number) == max(shares[:number])
        assert run.best_seen(number) == (shares.index(max(shares[:number])) + 1, max(shares[:number]))
        assert run.best_unseen(number) is None and run.lowest_unseen(number) is None


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=50))
def test_the_best_on_unseen_rows_is_the_first_epoch_that_had_it(shares: list[float]) -> None:
    run = TrainingRun(Parameters(epochs=len(shares)))
    for number, share in enumerate(shares, start=1):
        run.append(Epoch(number, 0.5, 50.0, 100 - share, share))
    for number in range(1, len(shares) + 1):
        best = max(shares[:number])
        assert run.best_unseen(number) == (shares.index(best) + 1, best)
        lost = [100 - share for share in shares[:number]]
        assert run.lowest_unseen(number) == (lost.index(min(lost)) + 1, min(lost))


@pytest.mark.parametrize("epoch", [-1, 0, 3])
def test_epochs_that_are_not_there_have_no_figures(new_run: NewRun, epoch: int) -> None:
    run = new_run(2)
    for ask in (run.at, run.best_accuracy, run.best_seen):
        with pytest.raises(IndexError):
            ask(epoch)


def test_a_run_that_recalls_epochs_goes_on_behind_them() -> None:
    run = TrainingRun(RunParameters(), longest=1001)
    loss, accuracy = np.linspace(1.0, 0.2, 1000), np.linspace(40.0, 90.0, 1000)
    run.recall(loss, accuracy)
    playback = Playback(run)
    assert (run.available, run.recalled, playback.epoch, run.best_seen(1000)) == (1000, 1000, 1000, (1000, 90.0))
    np.testing.assert_array_equal(run.loss, loss)
    run.append(Epoch(1001, 0.1, 95.0))
    assert playback.tick() == ["tick"] and run.best_accuracy(1001) == 95.0
    with pytest.raises(UnusableRun, match="more than 1,001 epochs"):
        run.append(Epoch(1002, 0.1, 95.0))
