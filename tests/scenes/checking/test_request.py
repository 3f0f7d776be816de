"""What a check refuses before it plays anything: reports over what is not theirs, goldens for two."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.resources import ASSETS
from scenes.checking.request import MARK, refuse
from scenes.cli.arguments import parse


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder to work in with some scripts, and rows in a file that is called as a report is."""
    monkeypatch.chdir(tmp_path)
    for name in ("x.script", "x.txt", "y.script", "rows.html", "a/x.script", "b/x.script"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("shot one\n")


def refused(*words: str) -> str:
    """The sentence that says so; empty if it is not refused."""
    try:
        refuse(parse(["check", *words]))
    except ValueError as why:
        return str(why)
    return ""


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("y.script", "--report y.script must be a name that ends in .html or .htm"),
        ("report", "--report report must be a name that ends in .html or .htm"),
        ("rows.html", "--report rows.html would overwrite what is read: name another file"),
        ("./a/../rows.html", "would overwrite what is read"),
        ("x.script/report.html", "the report x.script/report.html cannot be written (Not a directory)"),
        ("folder.html", "the report folder.html cannot be written (it is no plain file)"),
        ("pipe.html", "the report pipe.html cannot be written (it is no plain file)"),
        ("page.html", "--report page.html is a file that no check has written: name another, or delete it"),
        ("link.html", "--report link.html is a file that no check has written"),
    ],
)
def test_a_report_overwrites_nothing_but_reports(report: str, told: str) -> None:
    Path("folder.html").mkdir()
    os.mkfifo("pipe.html")
    Path("page.html").write_text("<!doctype html>\n<html>\n<p>somebody's own page")
    Path("link.html").symlink_to("y.script")
    assert told in refused("x.script", "--csv", "rows.html", "--report", report)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.touch(),
        lambda path: path.write_bytes(MARK + b'<html lang="en">'),
        lambda path: path.symlink_to("not-there-yet.html"),
    ],
)
@pytest.mark.parametrize("name", ["new.html", "new.HTM"])
def test_a_report_may_be_new_or_empty_or_take_the_place_of_one(name: str, make: Callable[[Path], object]) -> None:
    make(Path(name))
    assert refused("x.script", "--report", name) == ""


def test_a_report_begins_with_what_it_is_known_by() -> None:
    assert (ASSETS / "report" / "report.html").read_bytes().startswith(MARK)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["a/x.script", "b/x.script", "--golden", "G"],
         "a/x.script and b/x.script would share the goldens in G/x: rename one, "
         "or check each with a --golden of its own"),
        (["y.script", "x.script", "x.txt"], "x.script and x.txt would share the goldens in golden/x"),
        (["x.script", "missing/../x.bak"], "x.script and missing/../x.bak would share"),
        (["x.script", "y.script", "./x.script"], "x.script is named twice"),
        (["demo.script", "a/demo.script", "--golden", "G"], "demo.script and a/demo.script would share"),
        (["a/x.script", "b/x.script"], ""),
        (["x.script", "y.script", "--golden", "G"], ""),
    ],
)  # fmt: skip
def test_two_scripts_never_have_one_folder_of_goldens(words: list[str], told: str) -> None:
    Path("missing").mkdir()
    assert refused(*words).startswith(told) and bool(refused(*words)) == bool(told)


def test_a_linked_folder_is_the_same_folder() -> None:
    Path("c").symlink_to("a")
    assert "a/x.script and c/x.script would share" in refused("a/x.script", "c/x.script")
