"""A run's file holds what was streamed, byte for byte; wherever it is cut off, what lies before is read, as it was."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.worker import Cancellation
from scenes.kept.place import began, id_of
from scenes.kept.run_file import RunFile, create, mend, mended
from scenes.kept.summary import summarized
from scenes.kept.whole_run import WholeRun, whole_run
from scenes.training.epoch import Ending, Epoch, UnusableRun
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.file import FileSource

RUN = "20260127-184434-k3f7"


def written(folder: Path, lines: list[bytes]) -> RunFile:
    file = RunFile(folder, RUN)
    for line in lines:
        file.line(line)
    return file


def opened(path: Path) -> tuple[list[Epoch], Ending | RunError]:
    """What the window would show of a file: its epochs, and how it ended or why it cannot go on."""
    shown: list[Epoch] = []
    run: list[TrainingRun] = []

    def take(told: TrainingRun | Epoch) -> None:
        if isinstance(told, TrainingRun):
            run.append(told)
        else:
            shown.append(told)

    def play(*_: Any) -> None:
        run[0].shown = len(shown)

    try:
        return shown, FileSource(path, wait=play).run(Parameters(), Cancellation(), take)
    except RunError as why:
        return shown, why


def figures(run: list[Epoch]) -> list[tuple[Any, ...]]:
    return [(each.number, each.loss, each.accuracy, each.validation_loss, each.validation_accuracy) for each in run]


def test_what_was_streamed_lies_in_the_file_and_is_packed_once_it_is_whole(tmp_path: Path, lines: list[bytes]) -> None:
    file = written(tmp_path, lines)
    assert file.path.read_bytes() == b"\n".join(lines) + b"\n"
    path = file.finish()
    assert path and [each.name for each in tmp_path.iterdir()] == [path.name] == [f"{RUN}.ndjson.gz"]
    assert gzip.decompress(path.read_bytes()) == b"\n".join(lines) + b"\n"
    shown, ending = opened(path)
    assert len(shown) == 3 and ending == Ending("complete", "all epochs are trained")


def test_cut_off_at_any_byte_all_epochs_before_are_read_and_none_is_wrong(tmp_path: Path, lines: list[bytes]) -> None:
    """Every byte of the last two lines, and every 23rd of those before."""
    data = b"\n".join(lines) + b"\n"
    truth = figures(whole(tmp_path, data).epochs)
    last_two = len(data) - len(lines[-1]) - len(lines[-2]) - 2
    path = tmp_path / "cut.ndjson"
    path.write_bytes(data)
    for size in (*range(len(data) - 1, last_two, -1), *range(last_two, len(lines[0]), -23)):
        os.truncate(path, size)
        due = count_of(data[:size])
        told = summarized(path)
        assert told.epochs == due and told.source == "trained", size
        if due:
            found = whole_run(path)
            assert figures(found.epochs) == truth[:due], size
            assert found.state and found.state_of == due
        else:
            with pytest.raises(UnusableRun):
                whole_run(path)


def test_the_window_shows_all_that_lies_before_the_cut(tmp_path: Path, lines: list[bytes]) -> None:
    data = b"\n".join(lines) + b"\n"
    truth = figures(whole(tmp_path, data).epochs)
    path = tmp_path / "cut.ndjson"
    path.write_bytes(data)
    for size in range(len(data) - 1, len(data) - len(lines[-1]) - 40, -1):
        os.truncate(path, size)
        shown, _ = opened(path)
        assert figures(shown) == truth[: count_of(data[:size])], size


def whole(folder: Path, data: bytes) -> WholeRun:
    path = folder / "whole.ndjson"
    path.write_bytes(data)
    return whole_run(path)


def count_of(data: bytes) -> int:
    """How many epochs are whole: the line feed of the last one may be missing."""
    return sum(line.startswith(b'{"type":"epoch"') and line.endswith(b"}") for line in data.split(b"\n"))


def test_what_a_killed_writer_left_is_mended_and_packed(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / f"{RUN}.ndjson"
    path.write_bytes(b"\n".join(lines[:3]) + b"\n" + lines[3][:100])
    assert mended(path)
    shown, ending = opened(tmp_path / f"{RUN}.ndjson.gz")
    assert len(shown) == 2 and isinstance(ending, Ending) and ending.status == "cut"
    assert not path.exists()


def test_what_was_killed_between_packing_and_taking_away_is_there_once(tmp_path: Path, lines: list[bytes]) -> None:
    packed = written(tmp_path, lines).finish()
    assert packed
    before = packed.read_bytes()
    (tmp_path / f"{RUN}.ndjson").write_bytes(lines[0])
    mend(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [packed.name] and packed.read_bytes() == before


def test_a_run_without_an_epoch_is_no_file(tmp_path: Path, lines: list[bytes]) -> None:
    assert written(tmp_path, lines[:1]).finish() is None
    (tmp_path / f"{RUN}.ndjson").write_bytes(lines[0] + b"\n" + lines[1][:50])
    mend(tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_is_being_written_is_left_alone(tmp_path: Path, lines: list[bytes]) -> None:
    file = written(tmp_path, lines[:3])
    assert not mended(file.path)
    for line in lines[3:]:
        file.line(line)
    path = file.finish()
    assert path and summarized(path).epochs == 3


def test_no_run_takes_the_place_of_another(tmp_path: Path, lines: list[bytes]) -> None:
    first = written(tmp_path, lines)
    with pytest.raises(FileExistsError):
        RunFile(tmp_path, RUN)
    first.finish()
    with pytest.raises(FileExistsError):
        RunFile(tmp_path, RUN)
    assert [path.name for path in tmp_path.iterdir()] == [f"{RUN}.ndjson.gz"]


def test_who_mends_may_come_between_the_making_of_a_file_and_its_first_line(tmp_path: Path) -> None:
    def taken(path: Path) -> Any:
        file = create(path)
        assert mended(path)  # another process, that took it for what was killed
        return file

    with pytest.raises(FileExistsError):
        RunFile(tmp_path, RUN, create=taken)


@pytest.mark.parametrize("name", ["run.ndjson", f"{RUN}.json", f"{RUN}x.ndjson", f".{RUN}.ndjson", "index.sqlite"])
def test_what_is_called_otherwise_is_none_of_ours(name: str, tmp_path: Path) -> None:
    assert id_of(name) == ""
    (tmp_path / name).write_bytes(b"something")
    mend(tmp_path)
    assert (tmp_path / name).read_bytes() == b"something"


def test_an_id_tells_when_the_run_began() -> None:
    assert began(RUN) == "2026-01-27 18:44:34"


def test_a_packed_file_that_is_cut_off_is_shown_up_to_there(
    tmp_path: Path, lines_of: Callable[..., list[bytes]]
) -> None:
    lines = lines_of(epochs=30)
    path = written(tmp_path, lines).finish()
    assert path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    shown, why = opened(path)
    assert isinstance(why, RunError) and "The packed file is cut off in this line" in why.hint
    assert 0 < len(shown) < 30
    assert [each.loss for each in shown] == [each.loss for each in whole_run(path).epochs]
    path.write_bytes(whole[: len(whole) // 2] + bytes(200) + whole[len(whole) // 2 + 200 :])
    shown, why = opened(path)
    assert isinstance(why, RunError) and "damaged" in why.hint
