"""Lines of a file come one at a time, packed or not, within the same bounds."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.worker import Cancellation
from scenes.training.epoch import UnusableRun
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.sources import line_reader
from scenes.training.sources.file import FileSource
from scenes.training.sources.line_reader import LineReader, reading

TEXT = b"one\n\n" + b"two" * 1000 + b"\nthree"


def packed(path: Path, data: bytes) -> Path:
    path.write_bytes(gzip.compress(data, mtime=0))
    return path


def read(path: Path) -> list[bytes]:
    with reading(path) as file:
        return list(LineReader(file))


@pytest.mark.parametrize("name", ["run.ndjson.gz", "run.ndjson"])
def test_what_is_packed_is_unpacked_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / "plain").write_bytes(TEXT)
    assert read(packed(tmp_path / name, TEXT)) == read(tmp_path / "plain") == TEXT.splitlines(keepends=True)


def test_files_that_were_packed_one_after_the_other_are_one(tmp_path: Path) -> None:
    both = tmp_path / "both.gz"
    both.write_bytes(gzip.compress(b"one\ntw") + gzip.compress(b"o\n"))
    assert read(both) == [b"one\n", b"two\n"]


def test_a_line_without_an_end_is_not_unpacked_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, "LONGEST_LINE", 1024**2)
    with reading(packed(tmp_path / "run.gz", b"one\n" + bytes(3 * 1024**2))) as file:
        lines = LineReader(file)
        assert next(lines) == b"one\n"
        with pytest.raises(UnusableRun, match="longer than 1 MB"):
            next(lines)
        assert lines.number == 2


@pytest.mark.parametrize("length", [2, 9, 20, -9, -1])
def test_one_that_is_cut_off_tells_so_after_all_that_is_there(tmp_path: Path, length: int) -> None:
    path = packed(tmp_path / "run.gz", TEXT)
    path.write_bytes(path.read_bytes()[:length])
    with reading(path) as file, pytest.raises(UnusableRun, match="cut off"):
        list(LineReader(file))


def test_line_feeds_without_an_end_can_be_stopped(tmp_path: Path) -> None:
    """Unpacked, they are more than anybody waits for."""
    cancellation = Cancellation()
    cancellation.cancel()
    source = FileSource(packed(tmp_path / "run.gz", b"\n" * 1_000_000))
    with pytest.raises(RunError, match="Stopped"):
        source.run(Parameters(), cancellation, lambda told: None)


def test_a_packed_run_plays_as_the_plain_one(tmp_path: Path, figures_file: Callable[..., Path]) -> None:
    plain = figures_file(tmp_path / "run.ndjson", 20)
    told: list[list[object]] = []
    for path in (plain, packed(tmp_path / "run.ndjson.gz", plain.read_bytes())):
        told.append([])
        FileSource(path, wait=lambda *_: None).run(Parameters(), Cancellation(), told[-1].append)
    assert told[0][1:] == told[1][1:] and len(told[0]) == 21
