"""Runs are kept as they stream; a full disk, a folder that cannot be written and a cap harm none of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scenes.kept.contents import contents
from scenes.kept.index import Index
from scenes.kept.label import Label, label_path, write_label
from scenes.kept.run_file import create
from scenes.kept.store import in_bytes


class FillsUp:
    """A file on a disk that is full after `room` bytes: half a line is written, then there is no more."""

    def __init__(self, path: Path, room: int, *, stuck: bool = False) -> None:
        self._file = create(path)
        self._room, self._stuck = room, stuck

    def write(self, data: Any) -> int:
        if self._room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = self._file.write(bytes(data[: self._room]))
        self._room -= written
        return written

    def truncate(self, size: int) -> int:
        if self._stuck:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return self._file.truncate(size)

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()


def test_a_run_is_kept_whole_and_in_the_index(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines)
    (run,) = Index(kept.folder).runs()
    assert kept.names == [f"{run.id}.ndjson.gz"]
    assert (run.began, run.status, run.epochs, run.dataset) == ("2026-01-27 18:44:34", "complete", 3, "spiral")
    assert not kept.said


def test_a_run_that_was_stopped_says_so(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines[:3], stopped=True)
    (run,) = Index(kept.folder).runs()
    assert (run.status, run.reason, run.epochs) == ("cancelled", "stopped before its last epoch", 2)


def test_a_run_that_was_cut_off_says_so(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines[:3])
    (run,) = Index(kept.folder).runs()
    assert (run.status, run.epochs, run.planned) == ("cut", 2, 3)


def test_one_that_was_stopped_after_its_end_is_complete(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines, stopped=True)
    assert Index(kept.folder).runs()[0].status == "complete"


@pytest.mark.parametrize("count", [0, 1])
def test_a_run_without_an_epoch_leaves_nothing(kept: Any, lines: list[bytes], count: int) -> None:
    kept.folder.mkdir()
    kept.keep(lines[:count], stopped=True)
    assert kept.names == []


@pytest.mark.parametrize("stuck", [False, True])
def test_a_full_disk_costs_the_rest_of_what_is_kept_and_is_one_sentence(
    kept: Any, lines: list[bytes], stuck: bool
) -> None:
    room = len(lines[0]) + len(lines[1]) + len(lines[2]) + 10
    kept.keep(lines, store=kept.store(create=lambda path: FillsUp(path, room, stuck=stuck)))
    told = "This run is kept up to epoch 2 only: No space left on device. It goes on all the same."
    assert kept.said == [told] or stuck
    assert len(kept.said) == 1
    (run,) = Index(kept.folder).runs()
    assert (run.status, run.epochs) == ("cut", 2) or stuck
    kept.keep(lines)
    newest, before = Index(kept.folder).runs()
    assert (newest.status, newest.epochs) == ("complete", 3)
    assert (before.status, before.epochs) == ("cut", run.epochs)


def test_a_disk_that_is_full_at_once_leaves_nothing_behind(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines, store=kept.store(create=lambda path: FillsUp(path, 10)))
    assert kept.said == ["This run is not kept: No space left on device. It goes on all the same."]
    assert kept.names == []


def test_what_cannot_be_packed_is_packed_another_time(
    kept: Any, lines: list[bytes], full_disk: Callable[[int], Any]
) -> None:
    keeper = kept.store().keeper()
    for line in lines:
        keeper.line(line)
    with full_disk(100):
        keeper.close(stopped=False)
    assert kept.said == ["This run was not packed: File too large. It goes on all the same."]
    (run,) = Index(kept.folder).runs()
    assert (run.status, run.epochs, kept.names) == ("complete", 3, [f"{run.id}.ndjson"])
    kept.keep(lines)
    assert [name.endswith(".gz") for name in kept.names] == [True, True]


def test_a_folder_that_cannot_be_is_one_sentence_for_a_run(kept: Any, lines: list[bytes]) -> None:
    kept.folder.write_text("a file, where the folder would be")
    kept.keep(lines)
    assert len(kept.said) == 1 and kept.said[0].startswith("This run is not kept: ")


def test_whatever_goes_wrong_nothing_is_raised(kept: Any, lines: list[bytes]) -> None:
    def broken(path: Path) -> Any:
        raise ZeroDivisionError

    kept.keep(lines, store=kept.store(create=broken))
    assert kept.said == ["This run is not kept: ZeroDivisionError. It goes on all the same."]


def test_beyond_the_cap_the_oldest_go_and_that_is_told_once(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines)
    (first,) = contents(kept.folder).values()
    room = 3 * first.size + len(b"\n".join(lines)) + 100
    store = kept.store(cap=room)
    for _ in range(8):
        kept.keep(lines, store=store)
    ids = [run.id for run in Index(kept.folder).runs()]
    assert len(ids) == 4 and ids[0].startswith("20260127-184442")
    assert sum(files.size for files in contents(kept.folder).values()) <= room
    assert len(kept.said) == 1 and kept.said[0].startswith("The kept runs have filled their ")


@pytest.mark.parametrize("label", [Label(name="mine"), Label(note="why"), Label(pinned=True)])
def test_what_somebody_wants_stays_however_full_it_is(kept: Any, lines: list[bytes], label: Label) -> None:
    kept.keep(lines)
    (first,) = contents(kept.folder).values()
    write_label(label_path(kept.folder, first.run), label)
    store = kept.store(cap=first.size + len(b"\n".join(lines)) + 100)
    for _ in range(3):
        kept.keep(lines, store=store)
    assert [run.id for run in Index(kept.folder).runs()][-1] == first.run
    assert len(contents(kept.folder)) == 2


def test_a_damaged_label_counts_as_one(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines)
    (first,) = contents(kept.folder).values()
    label_path(kept.folder, first.run).write_bytes(b'{"name": "half')
    kept.keep(lines, store=kept.store(cap=len(b"\n".join(lines)) + 50))
    assert first.run in contents(kept.folder)


def test_where_all_are_wanted_a_new_one_is_kept_as_far_as_there_is_room(kept: Any, lines: list[bytes]) -> None:
    kept.keep(lines)
    (first,) = contents(kept.folder).values()
    write_label(label_path(kept.folder, first.run), Label(name="mine"))
    kept.keep(lines, store=kept.store(cap=first.size + len(lines[0]) + len(lines[1]) + 20))
    assert len(kept.said) == 1 and "all of them are wanted" in kept.said[0]
    newest, mine = Index(kept.folder).runs()
    assert (mine.name, newest.epochs, newest.status) == ("mine", 1, "cut")


def test_two_runs_of_one_second_have_two_names(kept: Any, lines: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept.store()
    chance = iter([0.0] * 8 + [0.5] * 4)
    monkeypatch.setattr(store, "_now", lambda: datetime(2026, 1, 27))
    monkeypatch.setattr(store, "_chance", lambda: next(chance))
    kept.keep(lines, store=store)
    kept.keep(lines, store=store)
    assert kept.names == ["20260127-000000-2222.ndjson.gz", "20260127-000000-hhhh.ndjson.gz"]


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1536, "1.5 KB"), (25_635, "25.0 KB"), (2 * 1024**3, "2 GB"), (2e6, "1.9 MB")],
)
def test_sizes_in_words(size: float, words: str) -> None:
    assert in_bytes(size) == words.replace("25.0", "25")
