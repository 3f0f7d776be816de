"""A run from a file: read line by line, never far ahead of the playback, and told truthfully where it is damaged."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from engine.clock import TICK
from engine.worker import Cancellation, VirtualTime, Worker
from scenes.training.controller import TrainingController
from scenes.training.epoch import Ending, Epoch
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.run import TrainingRun
from scenes.training.sources import file as module
from scenes.training.sources import line_reader
from scenes.training.sources.file import AHEAD, FileSource, opened
from simulation_server.training.parameters import Parameters as Asked
from simulation_server.training.trainer import prepare, train

PATIENCE = 10.0  # seconds after which a test gives up on a thread that hangs
HEADER = '{"type":"header","version":1}'
FIRST = '{"type":"epoch","epoch":1,"loss":0.5,"accuracy":50}'
SECOND = '{"type":"epoch","epoch":2,"loss":0.4,"accuracy":60}'
END = '{"type":"end","status":"complete","reason":"enough","epochs":2}'


class Reader:
    """Hears a source as the controller does, and plays every epoch whenever it is waited for."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.source = FileSource(path, wait=self.wait, **options)
        self.run = TrainingRun(RunParameters())
        self.ahead: list[int] = []  # epochs that had been read and not played, at each wait

    def wait(self, seconds: float, cancellation: Cancellation) -> None:
        self.ahead.append(self.run.available - self.run.shown)
        self.run.shown = self.run.available

    def take(self, value: Any) -> None:
        if isinstance(value, TrainingRun):
            self.run = value
        else:
            self.run.append(value)

    def read(self) -> Ending:
        ending = self.source.run(Parameters(), Cancellation(), self.take)
        self.run.end(ending)
        return ending


def written(path: Path, *lines: str, last: str = "\n") -> Path:
    path.write_text("\n".join(lines) + last, encoding="utf-8")
    return path


def refused(path: Path) -> tuple[RunError, Reader]:
    reader = Reader(path)
    with pytest.raises(RunError) as error:
        reader.read()
    return error.value, reader


def test_a_recorded_run_is_what_the_trainer_computed(trained_file: Callable[..., Path], tmp_path: Path) -> None:
    asked: dict[str, Any] = {"dataset": "spiral", "epochs": 5, "learning_rate": 0.1, "seed": 3}
    reader = Reader(trained_file(tmp_path / "run.ndjson", **asked))
    assert reader.read() == Ending("complete", "all epochs are trained")
    told = reader.run.parameters
    assert isinstance(told, RunParameters)
    assert (told.learning_rate, told.batch_size, told.epochs, told.dataset) == (0.1, 32, 5, "spiral")
    assert (told.name, reader.run.source) == ("run.ndjson", "file")
    for epoch in train(Asked(**asked), prepare(Asked(**asked))):
        state = reader.run.at(epoch.number).state
        assert state
        for drawn, computed in zip(state.weights, epoch.state.weights, strict=True):
            assert (drawn == computed).all()


def test_a_run_of_figures_alone_needs_no_more_than_a_header_and_epochs(tmp_path: Path) -> None:
    reader = Reader(written(tmp_path / "mine", HEADER, FIRST, SECOND, END))
    assert reader.read() == Ending("complete", "enough")
    assert (reader.run.network, reader.run.epochs, reader.run.loss.tolist()) == (None, 2, [0.5, 0.4])


def test_it_is_read_anew_each_time(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    reader = Reader(figures_file(tmp_path / "run", 3))
    reader.read()
    first = reader.run
    reader.read()
    assert reader.run is not first and reader.run.loss.tolist() == first.loss.tolist()


def test_it_is_never_read_far_ahead_of_the_playback(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    reader = Reader(figures_file(tmp_path / "run", 3 * AHEAD))
    reader.read()
    assert reader.ahead and max(reader.ahead) == AHEAD + 1


def test_of_large_states_fewer_are_read_ahead(
    trained_file: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AHEAD_BYTES", 20_000)
    path = trained_file(tmp_path / "run", dataset="circle", epochs=60)
    line = path.read_bytes().splitlines()[1]
    reader = Reader(path)
    reader.read()
    assert max(reader.ahead) == 20_000 // len(line) + 1 < 60


def test_a_file_without_an_end_is_shown_to_its_last_epoch_and_says_that_it_just_stops(
    figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    reader = Reader(figures_file(tmp_path / "run", 7, end=None))
    assert reader.read().status == "cut"
    assert (reader.run.available, reader.run.epochs) == (7, None), "nobody knows how long it would have been"


def test_a_promise_that_was_kept_needs_no_end(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    reader = Reader(figures_file(tmp_path / "run", 7, end=None, parameters={"epochs": 7}))
    assert reader.read().status == "complete"


@pytest.mark.parametrize("last", ["", "\n", "\n\n", "\r\n", "\n   \n"])
def test_how_the_last_line_ends_makes_no_difference(tmp_path: Path, last: str) -> None:
    reader = Reader(written(tmp_path / "run", HEADER, FIRST, SECOND, END, last=last))
    assert reader.read().status == "complete"


@given(cut=st.data())
@limits(max_examples=60)
def test_a_file_that_is_cut_anywhere_keeps_all_whole_epochs_before_the_cut(
    cut: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = "\n".join((HEADER, FIRST, SECOND, END)).encode()
    size = cut.draw(st.integers(0, len(whole) - 1))
    path = tmp_path_factory.getbasetemp() / "cut.ndjson"
    path.write_bytes(whole[:size])
    lines = whole[:size].split(b"\n")
    reader = Reader(path)
    try:
        ending = reader.read()
    except RunError as why:
        assert why.sentence.startswith("cut.ndjson ") and why.hint
        assert reader.run.available == reader.run.shown, "what was read has been played before the error is told"
    else:
        assert ending.status == "cut" and reader.run.available >= 1
    assert reader.run.available >= min(2, max(0, len(lines) - 2))


@pytest.mark.parametrize(
    ("lines", "line", "why"),
    [
        ([HEADER, FIRST, "nonsense", END], 3, "not JSON from character"),
        ([HEADER, FIRST, SECOND[:30]], 3, "ends before it is whole"),
        ([HEADER, FIRST, FIRST, END], 3, "epoch 1 came where epoch 2 was due"),
        ([HEADER, FIRST, SECOND.replace('"epoch":2', '"epoch":3')], 3, "epoch 3 came where epoch 2 was due"),
        ([HEADER, FIRST, SECOND.replace("0.4", "1e999")], 3, "a number that is too large"),
        ([HEADER, FIRST, SECOND.replace("60", "160")], 3, "accuracy"),
        ([HEADER, FIRST, SECOND.replace('"loss":0.4,', "")], 3, "loss"),
        ([HEADER, FIRST, SECOND, END.replace(":2", ":3")], 4, "the end counts 3 epochs, 2 were sent"),
        ([HEADER, FIRST, SECOND, END.replace("complete", "done")], 4, "the status 'done' of the end is not known"),
        ([HEADER, FIRST, SECOND, END.replace("complete", "cut")], 4, "the status 'cut' of the end is not known"),
        ([HEADER, FIRST, SECOND, END, END], 5, "a line follows the end"),
        ([HEADER, HEADER, FIRST], 2, "header"),
        ([HEADER, END.replace(":2", ":0")], 2, "ended before its first epoch"),
        (['{"type":"header","version":1,"parameters":{"epochs":1}}', FIRST, SECOND], 3, "where the end was due"),
        (['{"type":"header","version":1,"parameters":{"epochs":3}}', FIRST, SECOND, END], 4, "after 2 of 3 epochs"),
        ([HEADER, FIRST[:-1] + ',"validationLoss":1}'], 2, "one validation figure without the other"),
        ([HEADER, FIRST, SECOND[:-1] + ',"validationLoss":1,"validationAccuracy":1}'], 3, "in every epoch or in none"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_number_once_all_before_it_has_been_played(
    tmp_path: Path, lines: list[str], line: int, why: str
) -> None:
    error, reader = refused(written(tmp_path / "run.ndjson", *lines))
    assert error.sentence == f"run.ndjson cannot be used from line {line} on."
    shown = sum('"epoch"' in each for each in lines[1 : line - 1])
    assert why.lower() in error.hint.lower() and ("has been shown" in error.hint) == (shown > 0)
    assert reader.run.shown == reader.run.available == shown


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n" + bytes(200), b"epoch,loss\n1,0.5\n", b"{}\n", b"[]"],
)
def test_what_is_no_run_at_all_is_told_so_with_the_name_of_the_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo.png").write_bytes(content)
    error, _ = refused(tmp_path / "photo.png")
    assert error.sentence == "photo.png is not a recorded run."
    assert ("empty" if not content.strip() else "first line") in error.hint and "docs/protocol.md" in error.hint
    assert str(tmp_path) not in error.hint and error.code == "file"


@pytest.mark.parametrize(
    ("first", "why"),
    [
        (HEADER.encode("utf-16"), "save the file as UTF-8"),
        (b'{"success":true,"data":{}}', "ask for application/x-ndjson"),
        (b'{"error":"epochs: must be 10 to 100"}', "epochs: must be 10 to 100"),
        (HEADER[:-1].encode() + b',"parameters":{"learningRate":NaN}}', "no JSON numbers"),
    ],
)
def test_what_people_mistake_for_a_run_is_told_with_what_to_do(tmp_path: Path, first: bytes, why: str) -> None:
    (tmp_path / "run").write_bytes(first + b"\n")
    assert why in refused(tmp_path / "run")[0].hint


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("\n".join((HEADER, FIRST, SECOND, END)), encoding="utf-8-sig")
    assert Reader(tmp_path / "run").read().status == "complete"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_plain_file_is_refused_before_it_can_keep_anybody_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    other_end = os.open(pipe, os.O_RDWR)  # so that a fault fails here and does not wait for ever
    try:
        with pytest.raises(RunError, match="pipe is no plain file"):
            opened(pipe)
    finally:
        os.close(other_end)


def test_another_version_is_told(tmp_path: Path) -> None:
    error, _ = refused(written(tmp_path / "run", HEADER.replace("1", "2"), FIRST))
    assert "Version 2 of the protocol is not known" in error.hint


def test_a_line_without_an_end_is_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, "LONGEST_LINE", 1024**2)
    error, _ = refused(written(tmp_path / "run", HEADER, FIRST, " " * 2 * 1024**2))
    assert "longer than 1 MB" in error.hint


def test_a_folder_and_a_missing_file_are_told_by_name_without_their_path(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.ndjson", "There is no file none.ndjson."), (tmp_path, "is a folder.")):
        for ask in (refused, opened):
            with pytest.raises(RunError) as error:
                raise ask(path)[0] if ask is refused else AssertionError(ask(path))  # type: ignore[index]
            assert words in error.value.sentence and error.value.hint
            assert str(tmp_path.parent) not in error.value.sentence + error.value.hint


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:  # as the system does, but root, who may read everything
        raise PermissionError(errno.EACCES, "Permission denied")

    path = written(tmp_path / "secret", HEADER)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RunError, match="secret may not be read"):
        opened(path)
    assert "secret may not be read" in refused(path)[0].sentence


def test_hostile_names_are_made_plain(tmp_path: Path) -> None:
    error, _ = refused(written(tmp_path / "a\nb\u202e.ndjson", "nonsense"))
    assert error.sentence.isprintable()


def test_unknown_fields_are_passed_over(tmp_path: Path) -> None:
    lines = [HEADER[:-1] + ',"host":"x","shape":null}', FIRST[:-1] + ',"lr":[1]}', END.replace(":2", ":1")]
    assert Reader(written(tmp_path / "run", *lines)).read().status == "complete"


def test_stop_ends_a_wait_for_the_playback_at_once(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    source = FileSource(figures_file(tmp_path / "run", 2 * AHEAD))
    cancellation, far = Cancellation(), threading.Event()
    errors: list[RunError] = []

    def report(value: Any) -> None:
        if isinstance(value, Epoch) and value.number > AHEAD:
            far.set()

    def run() -> None:
        try:
            source.run(Parameters(), cancellation, report)
        except RunError as why:
            errors.append(why)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert far.wait(PATIENCE)
    cancellation.cancel()
    thread.join(PATIENCE)
    assert [why.code for why in errors] == ["stopped"]


@pytest.mark.parametrize("interval", [1, 20, 170])
def test_in_scripted_time_every_epoch_is_shown_in_its_own_tick_each_time(
    figures_file: Callable[..., Path], tmp_path: Path, interval: int
) -> None:
    path = figures_file(tmp_path / "run", 700)

    def shown() -> list[int]:
        worker = Worker()
        time = VirtualTime(worker)
        controller = TrainingController(FileSource(path, wait=time.wait), worker, interval=interval)
        controller.start()
        seen = []
        for _ in range(200):
            time.advance(TICK)
            seen.append(controller.tick(TICK).epoch)
            time.settle()
        controller.stop()
        assert worker.close(timeout=PATIENCE)
        return seen

    first = shown()
    assert first == shown()
    assert first[-1] == {1: 700, 20: 166, 170: 20}[interval]


def test_a_damaged_file_plays_up_to_the_damage_and_then_shows_why(tmp_path: Path) -> None:
    worker = Worker()
    time = VirtualTime(worker)
    source = FileSource(written(tmp_path / "run", HEADER, FIRST, SECOND, "oh"), wait=time.wait)
    controller = TrainingController(source, worker, interval=200)
    controller.start()
    seen: list[tuple[Status, int]] = []
    while controller.snapshot().status is not Status.ERROR:
        time.advance(TICK)
        now = controller.tick(TICK)
        seen += [] if (now.status, now.epoch) in seen else [(now.status, now.epoch)]
        time.settle()
    playing = Status.TRAINING
    assert [each for each in seen if each[0] is not Status.LOADING] == [(playing, 1), (playing, 2), (Status.ERROR, 2)]
    now = controller.snapshot()
    assert now.loss == 0.4 and now.error and "line 4" in now.error.sentence
    assert controller.retry()
    assert worker.close(timeout=PATIENCE)


def test_a_file_takes_no_parameters(tmp_path: Path) -> None:
    controller = TrainingController(FileSource(tmp_path / "run"), Worker())
    now = controller.snapshot()
    assert not controller.set_parameters(epochs=9) and "set_param" not in now.can and "start" in now.can
    assert now.parameters == RunParameters() and now.source == "file"


def test_the_file_is_a_list_of_json_objects(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    lines = figures_file(tmp_path / "run", 3, title="Mine").read_text("utf-8").splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["header", "epoch", "epoch", "epoch", "end"]
