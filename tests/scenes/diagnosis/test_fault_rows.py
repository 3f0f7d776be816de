"""Rows of the fault catalogue: the quick ones hold, one that fails is told as such, and names are checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.window import Window
from scenes.__main__ import FAILURE, OK, USAGE, main
from scenes.diagnosis import fault_rows
from scenes.diagnosis.fault_rows import FAILS, HOLDS, NOT_HERE, line, play
from scenes.diagnosis.rows import catalogue
from scenes.diagnosis.rows.ground import Ground
from scenes.diagnosis.rows.row import Fails, Row, elsewhere, need

LETTERS = {"L": 17, "N": 23, "B": 12, "K": 15, "F": 7}  # rows of each in the catalogue
AWAY = [row.name for row in catalogue.ROWS if row.play.__module__.endswith(".row")]


@pytest.fixture
def fresh(window: Window, tmp_path: Path) -> Callable[[], Ground]:
    return lambda: Ground(tmp_path, lambda: window)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets the catalogue have these rows alone."""
    return lambda *rows: monkeypatch.setattr(catalogue, "ROWS", rows)


def holds(ground: Ground) -> str:
    return "as it should be"


def fails(ground: Ground) -> str:
    need(False, "something else")
    return "as it should be"


def breaks(ground: Ground) -> str:
    raise KeyError("gone")


@pytest.mark.parametrize("row", [row for row in catalogue.ROWS if not row.slow], ids=lambda row: row.name)
def test_a_quick_row_holds_or_says_why_it_is_not_here(row: Row, fresh: Callable[[], Ground]) -> None:
    played = play(row, fresh)
    assert played.verdict == (NOT_HERE if row.name in AWAY else HOLDS), played.seen
    assert played.seen and "\n" not in played.seen


def test_every_row_of_the_catalogue_is_named_once_and_says_what_is_done() -> None:
    names = [row.name for row in catalogue.ROWS]
    assert names == [f"{letter}{number}" for letter, count in LETTERS.items() for number in range(1, count + 1)]
    assert all(row.fault and row.injected for row in catalogue.ROWS)


def test_the_rows_of_a_name_and_of_a_letter_each_once() -> None:
    assert [row.name for row in catalogue.named(["k10", "B3", "K10"])] == ["K10", "B3"]
    assert [row.name for row in catalogue.named(["F", "F2"])] == [f"F{number}" for number in range(1, 8)]
    assert catalogue.named([]) == list(catalogue.ROWS)


@pytest.mark.parametrize(("name", "guess"), [("N99", "did you mean 'N9'"), ("B33", "'B3'"), ("X", "L, N, B, K, F")])
def test_a_name_that_there_is_not_is_told_with_what_was_meant(
    name: str, guess: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["faults", name]) == USAGE
    told = capsys.readouterr().err
    assert f"there is no row '{name}'" in told and guess in told


def test_a_row_that_fails_is_told_as_such_and_ends_with_1(
    given: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    given(Row("N1", "a fault", "done", holds), Row("N2", "another", "done so", fails), Row("N3", "third", "x", breaks))
    assert main(["faults"]) == FAILURE
    told = capsys.readouterr().out
    assert re.search(r"^N1 +holds .*a fault \(done\)\n +as it should be$", told, re.MULTILINE)
    assert re.search(r"^N2 +fails .*another \(done so\)\n +something else$", told, re.MULTILINE)
    assert "raised KeyError: 'gone'" in told, "an exception is a failure, and no end"
    assert "3 rows: 1 hold, 2 fail, 0 not here; these fail: N2, N3" in told
    assert main(["faults", "N1"]) == OK


def test_what_cannot_be_brought_about_never_counts_as_holding(
    given: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    given(elsewhere("L4", "no vsync", "needs a window"))
    assert main(["faults", "L"]) == OK
    told = capsys.readouterr().out
    assert "not here" in told and "needs a window" in told and "0 hold, 0 fail, 1 not here" in told


def test_rows_are_told_as_json(given: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    given(Row("B1", "a fault", "done", holds), Row("B2", "another", "done so", fails))
    assert main(["faults", "B", "--json"]) == FAILURE
    told = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["verdict"], each["seen"]) for each in told] == [
        ("B1", HOLDS, "as it should be"),
        ("B2", FAILS, "something else"),
    ]


def test_rows_are_named_and_none_is_played(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["faults", "--list"]) == OK
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == len(catalogue.ROWS) and listed[0].startswith("L1 ")
    assert main(["faults", "K10", "streams", "--list"]) == OK
    assert [each.split()[0] for each in capsys.readouterr().out.splitlines()] == ["K10", "streams:"]


def test_streams_are_played_as_one_of_the_names(
    given: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, bool]] = []

    def streams(*, only: str, as_json: bool) -> int:
        asked.append((only, as_json))
        return 1

    monkeypatch.setattr("scenes.diagnosis.faults.streams", streams)
    given(Row("N1", "a fault", "done", holds))
    assert main(["faults", "streams", "--only", "wire", "--json"]) == 1
    assert capsys.readouterr().out == ""
    assert main(["faults", "N", "streams"]) == 1
    assert "1 hold" in capsys.readouterr().out
    assert asked == [("wire", True), ("", False)]


@pytest.mark.parametrize("words", [["--only", "wire"], ["N1", "--only", "wire"], ["N1", "streams", "--json"]])
def test_what_belongs_to_streams_goes_with_nothing_else(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["faults", *words])
    assert ended.value.code == 2


def test_each_row_has_a_folder_of_its_own_and_nothing_stays(given: Callable[..., None]) -> None:
    folders: list[Path] = []

    def writes(ground: Ground) -> str:
        folders.append(ground.folder)
        assert not list(ground.folder.iterdir())
        (ground.folder / "a").write_text("x", encoding="utf-8")
        return "written"

    given(Row("K1", "a", "b", writes), Row("K2", "a", "b", writes))
    assert fault_rows.rows() == OK
    assert len(set(folders)) == 2 and not any(folder.exists() for folder in folders)


def test_long_words_are_wrapped_below_each_other(monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], Ground]) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    def long(ground: Ground) -> str:
        raise Fails("word " * 60)

    lines = line(play(Row("F1", "a fault", "done", long), fresh)).splitlines()
    assert len(lines) > 4 and max(map(len, lines)) <= 80
