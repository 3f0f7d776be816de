"""A script that cannot be read, or is gone, costs its own verdict, and nothing of the others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Check

BAD = Path("bad.script")


def loop() -> None:
    BAD.symlink_to(BAD)


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: BAD.write_text('mark "one\n'), "bad.script:1: No closing quotation"),
        (lambda: None, "bad.script: No such file or directory"),
        (BAD.mkdir, "bad.script: not a file: write the script into one"),
        (lambda: BAD.write_bytes(b"\xff\xfe"), "bad.script: not a text file in UTF-8: is this a script?"),
        (lambda: BAD.write_text("include none.script\n"), "bad.script:1: include: there is no script 'none.script'"),
        (lambda: BAD.write_text("shto one\n"), "bad.script:1: unknown verb 'shto', did you mean 'shot'?"),
        (loop, ""),
    ],
)  # fmt: skip
def test_a_script_that_cannot_be_read_leaves_the_others_their_verdicts(
    check: Check, make: Callable[[], object], line: str
) -> None:
    shutil.rmtree("golden")
    make()
    code, lines = check("bad.script", "--accept", "all", "--report", "report.html")
    at = lines.index("bad.script: nothing was compared")
    assert (code, lines[0]) == (1, "own.script: 2 of 2 shots failed")
    assert lines[at + 1].startswith(f"  {line}") and lines[at + 1 :][1:] == ["The report is report.html."]
    assert "  two: accepted: look at it, then check again" in lines[:at]
    assert "own.script" in Path("report.html").read_text() and line in Path("report.html").read_text()
    assert check()[0] == 0


def test_the_unreadable_script_can_come_first_and_fails_alone(check: Check) -> None:
    shutil.copy("own.script", "later.script")
    shutil.copytree("golden/own", "golden/later")
    code, lines = check("x" * 300, "later.script")
    assert code == 1
    assert lines[0] == "own.script: 2 shots as the goldens (the same bytes)"
    assert lines[2].endswith("File name too long")
    assert lines[3:] == ["later.script: 2 shots as the goldens (the same bytes)"]


def test_goldens_of_a_script_that_is_gone_fail_with_one_line(check: Check) -> None:
    shutil.copytree("golden/own", "golden/old")
    shutil.copytree("golden/own", "golden/later")
    shutil.copy("own.script", "later.script")
    expected = [
        "own.script: 2 shots as the goldens (the same bytes)",
        "  golden/old belongs to no script beside golden: delete it",
        "later.script: 2 shots as the goldens (the same bytes)",
    ]
    assert check("later.script") == (1, expected)
    assert check("later.script", "--golden", "golden") == (0, [expected[0], expected[2]])
