"""docs/parity.md and docs/faults.md are whole: every row has its check, and everything that they name exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "parity.md").read_text(encoding="utf-8")
HEAD = ["id", "the web app", "ours", "where", "check"]
VERDICTS = ("met", "bettered: ", "not inherited")
UNFINISHED = re.compile(r"\b(partly|partially|todo|tbd|planned|almost|mostly)\b", re.IGNORECASE)


FAULTS = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows(page: str) -> list[list[str]]:
    return [cells(line) for line in page.splitlines() if line.startswith("|") and not set(line) <= set("| -")]


ROWS = [row for row in rows(PAGE) if row != HEAD]
IDS = [row[0] for row in ROWS]


@cache
def collected(path: str) -> set[str]:
    """The tests that pytest finds in a file."""
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def exists(check: str) -> bool:
    """Whether a check can be run: a test that is there, or a golden picture."""
    path, _, name = check.partition("::")
    if not (ROOT / path).is_file():
        return False
    return name in collected(path) if name else path.startswith("tests/golden/") and path.endswith(".png")


def named(cell: str) -> list[str]:
    """What stands in back quotes, and nothing else may stand beside it."""
    assert not re.sub(r"`[^`]+`", "", cell).strip(" ,"), cell
    return re.findall(r"`([^`]+)`", cell)


def test_a_check_that_is_not_there_is_found() -> None:
    assert exists("tests/test_parity.py::test_no_row_is_there_twice") and exists("tests/golden/states/idle.png")
    gone = ("tests/test_parity.py::test_gone", "tests/gone.py::test_a", "tests/golden/states/gone.png", "README.md")
    assert not any(map(exists, gone))


def test_every_defect_and_every_group_has_its_rows() -> None:
    assert {f"D{number}" for number in range(1, 13)} <= set(IDS)
    assert {re.sub(r"\d", "", each) for each in IDS} == set("FSMWCRPVAD")
    assert len(ROWS) >= 100


def test_no_row_is_there_twice() -> None:
    assert sorted(set(IDS)) == sorted(IDS)
    assert len({row[1] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_row_is_whole_and_what_it_names_exists(row: list[str]) -> None:
    assert len(row) == len(HEAD) and all(row)
    assert row[2].startswith(VERDICTS)
    assert not UNFINISHED.search(" ".join(row[1:3]))
    places, checks = named(row[3]), named(row[4])
    assert places and not [place for place in places if not (ROOT / place).is_file()]
    assert checks and not [check for check in checks if not exists(check)]


@pytest.mark.parametrize("row", rows(FAULTS)[1:], ids=lambda row: row[0])
def test_a_fault_is_told_whole_and_its_check_exists(row: list[str]) -> None:
    assert len(row) == 4 and all(row)
    assert not UNFINISHED.search(row[2])
    assert named(row[3]) and all(map(exists, named(row[3]))), row[3]
