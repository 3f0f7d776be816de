"""The index saves reading, and is never needed: missing, damaged, old or in use, the list is the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scenes.kept import index as module
from scenes.kept import summary
from scenes.kept.index import FILE, Index, Run
from scenes.kept.label import Label, label_path, write_label
from scenes.training.epoch import Epoch
from scenes.training.parameters import Parameters
from scenes.training.sources.keeping import lines_of as lines_of_a_curve


@pytest.fixture
def filled(kept: Any, lines_of: Callable[..., list[bytes]], figures: Callable[..., list[bytes]]) -> Path:
    """Four runs of four kinds."""
    kept.keep(lines_of(layers=(3,), learning_rate=0.03, seed=7))
    kept.keep(lines_of(dataset="circle", points=500, split=0.5)[:-2])
    kept.keep(figures(2, title="a transformer"))
    epochs = [Epoch(1, 0.9, 40.0), Epoch(2, 0.5, 60.0)]
    kept.keep(list(lines_of_a_curve(Parameters(epochs=2, seed=4), epochs, "all epochs were sent")))
    folder: Path = kept.folder
    (folder / FILE).unlink()
    return folder


def test_what_a_run_was_and_came_to(filled: Path) -> None:
    curve, alone, circle, spiral = Index(filled).runs()
    assert spiral.line == "spiral learning_rate=0.03 epochs=3 layers=3 points=40 seed=7"
    assert circle.line == "circle epochs=3 split=0.5"
    assert (alone.line, alone.special) == ("a transformer", {})
    assert curve.line == "curve epochs=2 seed=4"
    assert [each.status for each in (spiral, circle, alone, curve)] == ["complete", "cut", "complete", "complete"]
    assert (spiral.parameters["learningRate"], spiral.parameters["momentum"]) == (0.03, 0.9)
    assert (circle.epochs, circle.planned, circle.seconds) == (2, 3, 0.002)
    assert spiral.unseen is not None and spiral.best_unseen is not None and spiral.best_unseen >= spiral.unseen
    assert (alone.loss, alone.accuracy, alone.unseen, alone.seconds) == (0.5, 52, None, None)


def test_nothing_is_read_twice_but_what_has_changed_is_read_again(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = summary.summarized

    def counted(path: Path) -> summary.Summary:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(summary, "summarized", counted)
    before = Index(filled).runs()
    assert len(read) == 4
    assert Index(filled).runs() == before and len(read) == 4
    write_label(label_path(filled, before[2].id), Label(name="rings"))
    after = Index(filled).runs()
    assert after[2].name == "rings" and len(read) == 5
    (filled / f"{before[0].id}.ndjson.gz").unlink()
    assert Index(filled).runs() == after[1:] and len(read) == 5


def spoil(path: Path, kind: str) -> None:
    if kind == "no database":
        path.write_bytes(b"something else entirely" * 100)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "torn":
        path.write_bytes(path.read_bytes()[:-4096] + bytes(4096))
    elif kind == "short":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        with closing(sqlite3.connect(path)) as other, other:
            other.execute(kind)


@pytest.mark.parametrize(
    "kind",
    [
        "missing",
        "no database",
        "empty",
        "torn",
        "short",
        "DROP TABLE runs",
        "ALTER TABLE runs ADD COLUMN more",
        "UPDATE runs SET parameters = 'no JSON'",
        "UPDATE runs SET epochs = 'many'",
        "DELETE FROM runs",
    ],
)
def test_an_index_that_is_not_as_it_should_be_is_made_anew(filled: Path, kind: str) -> None:
    before = Index(filled).runs()
    if kind != "missing":
        spoil(filled / FILE, kind)
    else:
        (filled / FILE).unlink()
    assert Index(filled).runs() == before
    assert Index(filled).runs() == before
    with closing(sqlite3.connect(filled / FILE)) as made:
        assert made.execute("SELECT count(*) FROM runs").fetchone() == (4,)


def test_names_notes_and_pins_survive_the_index(filled: Path) -> None:
    run = Index(filled).runs()[1].id
    write_label(label_path(filled, run), Label(name="mine", note="why", pinned=True))
    (filled / FILE).unlink()
    found = Index(filled).rebuild()[1]
    assert (found.id, found.name, found.note, found.pinned) == (run, "mine", "why", True)
    assert not list(filled.glob(".*"))


def test_an_index_in_use_is_done_without(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Index(filled).runs()
    write_label(label_path(filled, before[0].id), Label(name="new"))
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with closing(sqlite3.connect(filled / FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert [run.name for run in Index(filled).runs()] == ["new", "", "", ""]
    assert [run.name for run in Index(filled).runs()] == ["new", "", "", ""]


def test_a_folder_in_which_no_index_can_be_is_listed_all_the_same(filled: Path) -> None:
    (filled / FILE).mkdir()
    assert len(Index(filled).runs()) == 4
    assert len(Index(filled).rebuild()) == 4


def test_several_at_once_do_not_break_each_other(filled: Path) -> None:
    def list_and_spoil(number: int) -> list[Run]:
        if number % 3 == 0:
            (filled / FILE).write_bytes(b"damaged")
        return Index(filled).rebuild() if number % 3 == 1 else Index(filled).runs()

    before = Index(filled).runs()
    with ThreadPoolExecutor(4) as threads:
        assert all(found == before for found in threads.map(list_and_spoil, range(12)))


def test_a_run_that_is_being_written_is_told_as_such(kept: Any, lines: list[bytes]) -> None:
    keeper = kept.store().keeper()
    for line in lines[:3]:
        keeper.line(line)
    (run,) = Index(kept.folder).runs()
    assert (run.status, run.epochs) == ("running", 2)
    keeper.close(stopped=True)
    assert Index(kept.folder).runs()[0].status == "cancelled"


@pytest.mark.parametrize(
    "data", [b"", b"no run\n", b'{"type":"header","version":1}\n', b"\x1f\x8bdamaged", b"[" * 9999]
)
def test_what_is_no_run_is_listed_so_that_it_can_be_removed(kept: Any, data: bytes) -> None:
    kept.folder.mkdir()
    (kept.folder / "20260127-184434-k3f7.ndjson.gz").write_bytes(data)
    (run,) = Index(kept.folder).runs()
    assert (run.id, run.epochs, run.loss) == ("20260127-184434-k3f7", 0, None)


def test_no_folder_is_no_runs(tmp_path: Path) -> None:
    assert Index(tmp_path / "none").runs() == [] == Index(tmp_path / "none").rebuild()
    assert not (tmp_path / "none").exists()


def test_a_run_can_be_told_to_another_program(filled: Path) -> None:
    for run in Index(filled).runs():
        assert msgspec.json.decode(msgspec.json.encode(run), type=Run) == run
