"""`runs` and what it does to kept runs, and `open` with the id or the name of one."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenes.__main__ import FAILURE, OK, USAGE, main
from scenes.__main__ import _keep as is_kept
from scenes.cli.arguments import parse
from scenes.cli.opening import what_is_meant
from scenes.kept import command, place
from scenes.kept.command import kept_path
from scenes.kept.index import Index
from scenes.stage import TITLE
from scenes.training.moment_line import read_line

Did = Callable[..., tuple[int, str, str]]


@pytest.fixture
def did(kept: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Did:
    """Do `runs` with these words: the exit code, what was printed and what was said."""
    monkeypatch.setattr(command, "usual_folder", lambda: kept.folder)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["runs", *words])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def two(kept: Any, lines_of: Callable[..., list[bytes]]) -> list[str]:
    """The ids of two runs, the newest first."""
    for seed in (1, 2):
        kept.keep(lines_of(seed=seed))
    return [run.id for run in Index(kept.folder).runs()]


def test_runs_are_listed_newest_first(did: Did, two: list[str]) -> None:
    code, told, said = did()
    assert (code, said) == (OK, "")
    assert [line.split()[0] for line in told.splitlines()] == ["id", *two]
    code, told, _ = did("--json")
    assert [(run["id"], run["line"]) for run in json.loads(told)] == [
        (two[0], "spiral epochs=3 points=40 seed=2"),
        (two[1], "spiral epochs=3 points=40 seed=1"),
    ]


def test_where_nothing_is_kept_that_is_said(did: Did, kept: Any) -> None:
    assert did()[1].startswith("No runs are kept yet")
    assert json.loads(did("--json")[1]) == []
    assert did("rename", "k3f7", "x")[0] == USAGE and not kept.folder.exists()


def test_a_name_a_note_and_a_pin(did: Did, two: list[str], kept: Any) -> None:
    newest, oldest = two
    assert did("rename", oldest, "two", "rings ")[0] == OK
    assert did("note", "two rings", "with\nhalf the points")[0] == OK
    assert did("pin", "Two rings")[0] == OK
    run = Index(kept.folder).runs()[1]
    assert (run.id, run.name, run.note, run.pinned) == (oldest, "two rings", "with half the points", True)
    code, _, said = did("rename", newest, "TWO RINGS")
    assert code == USAGE and said == f"viz: {oldest} is called 'TWO RINGS' already.\n"
    assert did("rename", oldest)[0] == did("note", oldest)[0] == did("pin", "--off", oldest)[0] == OK
    assert kept.names == sorted(f"{run}.ndjson.gz" for run in two)
    assert "up to 60 characters, not 61" in did("rename", oldest, "n" * 61)[2]


def test_runs_are_removed_all_or_none(did: Did, two: list[str], kept: Any) -> None:
    did("rename", two[0], "mine")
    assert did("remove", two[1], "none such")[0] == USAGE and len(Index(kept.folder).runs()) == 2
    assert did("remove", "mine", two[1], two[0])[:2] == (OK, "\n".join(two[i] for i in (0, 1)) + "\n")
    assert kept.names == []


def test_a_run_that_is_being_written_is_not_removed(did: Did, kept: Any, lines: list[bytes]) -> None:
    keeper = kept.store().keeper()
    for line in lines[:2]:
        keeper.line(line)
    (run,) = Index(kept.folder).runs()
    code, _, said = did("remove", run.id)
    assert code == USAGE and "still being trained" in said
    keeper.close(stopped=False)


def test_without_matplotlib_a_chart_is_refused_in_words(
    did: Did, two: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith(("matplotlib", "scenes.figures"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, _, said = did("export", two[0], "--to", str(tmp_path / "loss.svg"))
    assert code != OK and "matplotlib" in said and "[figures]" in said and not list(tmp_path.glob("*.svg"))


def test_a_run_is_exported(did: Did, two: list[str], tmp_path: Path) -> None:
    for name in ("run.csv", "run.json", "net.npz", "net.py"):
        assert did("export", two[0], "--to", str(tmp_path / name))[:2] == (OK, f"{tmp_path / name}\n")
        assert (tmp_path / name).stat().st_size
    code, _, said = did("export", two[0], "--to", str(tmp_path / "net.npz"), "--epoch", "9")
    assert code == FAILURE and said == f"viz: The run {two[0]} has no epoch 9. It has 1 to 3.\n"
    assert did("export", two[0], "--to", "run.exe")[0] == USAGE
    code, _, said = did("export", two[0], "--to", str(tmp_path / "net.py" / "x.csv"))
    assert code == FAILURE and said.count("\n") == 1


def test_the_index_is_made_anew(did: Did, two: list[str], kept: Any) -> None:
    assert did("rebuild")[:2] == (OK, "2 runs are in the index\n")


def test_a_kept_run_is_opened_by_its_id_or_its_name(did: Did, two: list[str], kept: Any) -> None:
    path = kept.folder / f"{two[0]}.ndjson.gz"
    for name in ("mine", "spiral, at last"):
        did("rename", two[0], name)
        assert what_is_meant([name]) == what_is_meant(name.split()) == path
    assert what_is_meant([two[0]]) == what_is_meant([two[0][-4:]]) == kept_path(two[0]) == path
    did("rename", two[0], "circle")
    assert what_is_meant(["circle"]) == read_line("circle")  # a line that can be read is one
    with pytest.raises(ValueError, match="No kept run is called 'nothing'"):
        what_is_meant(["nothing"])
    with pytest.raises(ValueError, match="'layers' is no setting"):
        what_is_meant(["spiral", "layers"])
    assert what_is_meant(["none.ndjson"]) == Path("none.ndjson")


def test_what_was_killed_is_mended_before_it_is_opened(did: Did, kept: Any, lines: list[bytes]) -> None:
    kept.folder.mkdir()
    (kept.folder / "20260127-184434-k3f7.ndjson").write_bytes(b"\n".join([*lines[:3], lines[3][:80]]))
    assert kept_path("k3f7") == kept.folder / "20260127-184434-k3f7.ndjson.gz"


def test_runs_lie_in_the_folder_of_the_program_that_keeps_them() -> None:
    assert place.OWNER == TITLE and place.usual_folder().parts[-2:] == (TITLE, "runs")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ([], True),
        (["open", "circle"], True),
        (["--no-keep"], False),
        (["open", "circle", "--no-keep"], False),
        (["--attract"], False),
        (["--attract", "--keep"], True),
        (["play", "--record", "a.script"], False),
    ],
)
def test_runs_of_a_persons_own_window_are_kept_unless_somebody_says_otherwise(words: list[str], kept: bool) -> None:
    assert is_kept(parse(words, environment={})) is kept
