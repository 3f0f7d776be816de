"""Scripts are data: each line is checked before anything happens, and each complaint says where and why."""

import os
from pathlib import Path
from typing import Any

import pytest

from engine.scripting.script import LARGEST, Line, ScriptError, play, read
from engine.scripting.words import VerbError


class Recorder:
    """Some verbs that write down their words."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []

    def run(self, duration: str) -> None:
        """run DURATION: let time pass.

        This second paragraph is nobody's business.
        """
        self.done.append(("run", duration))

    def until(self, status: str, within: str = "30s") -> None:
        """until STATUS [within=30s]: wait for a status."""
        self.done.append(("until", status, within))

    def fail(self, why: str) -> None:
        """fail WHY: cannot be done."""
        raise VerbError(f"it cannot be done: {why}")

    def _hidden(self) -> None:
        self.done.append(("hidden",))


VERBS = {"run": Recorder.run, "until": Recorder.until, "fail": Recorder.fail}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the script lies."""
    return tmp_path / "tour.script"


def played(path: Path, text: str | bytes) -> list[tuple[Any, ...]]:
    """What the recorder has done after playing `text`."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    recorder = Recorder()
    play(path, VERBS, recorder)
    return list(recorder.done)


def refused(path: Path, text: str | bytes) -> tuple[str, list[tuple[Any, ...]]]:
    """The complaint, and what was done in spite of it."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    recorder = Recorder()
    with pytest.raises(ScriptError) as caught:
        play(path, VERBS, recorder)
    return str(caught.value), recorder.done


def test_lines_are_split_as_in_a_shell_with_comments_and_options(path: Path) -> None:
    path.write_text(
        "# don't read this\n\nrun 2s  # nor this\nuntil 'in training' within=5s\n  click \"a b\" '#c'\n",
        encoding="utf-8",
    )
    assert read(path) == [
        Line(3, "run", ("2s",)),
        Line(4, "until", ("in training",), {"within": "5s"}),
        Line(5, "click", ("a b", "#c")),
    ]


def test_every_line_is_played_in_order(path: Path) -> None:
    assert played(path, "run 1s\nuntil idle\nuntil idle within=2s\n") == [
        ("run", "1s"),
        ("until", "idle", "30s"),
        ("until", "idle", "2s"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n", "   \t\n"])
def test_a_script_may_do_nothing(path: Path, text: str) -> None:
    assert played(path, text) == []


@pytest.mark.parametrize("text", [b"run 1s\r\nrun 2s\r\n", b"\xef\xbb\xbfrun 1s\nrun 2s"])
def test_what_windows_editors_add_does_no_harm(path: Path, text: bytes) -> None:
    assert played(path, text) == [("run", "1s"), ("run", "2s")]


def test_progress_is_told_line_by_line(path: Path) -> None:
    path.write_text("run 1s\n\nuntil idle within=2s\n", encoding="utf-8")
    told: list[str] = []
    recorder = Recorder()
    play(path, VERBS, recorder, progress=told.append)
    assert told == ["tour.script:1: run 1s", "tour.script:3: until idle"]


def test_a_near_miss_is_guessed_and_nothing_is_done(path: Path) -> None:
    complaint, done = refused(path, "run 1s\n\nrum 2s\n")
    assert complaint == "tour.script:3: unknown verb 'rum', did you mean 'run'?"
    assert done == []


@pytest.mark.parametrize("verb", ["xyzzy", "_hidden", "__class__", "done"])
def test_what_is_no_verb_is_answered_with_the_verbs_there_are(path: Path, verb: str) -> None:
    complaint, done = refused(path, f"{verb}\n")
    assert complaint == f"tour.script:1: unknown verb '{verb}'; known are: fail, run, until, include"
    assert done == []


def test_where_a_verb_has_no_options_name_and_value_are_a_word(path: Path) -> None:
    assert played(path, "run a=b\nuntil idle within=2s\n") == [("run", "a=b"), ("until", "idle", "2s")]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "."):
        with pytest.raises(ScriptError, match="not a file: write the script into one"):
            read(tmp_path / name)


@pytest.mark.parametrize("line", ["run", "run 1s 2s", "run 1s wtih=3", "run 1s duration=2s"])
def test_wrong_words_are_answered_with_the_first_line_of_how_to_use_the_verb(path: Path, line: str) -> None:
    complaint, done = refused(path, f"until idle\n{line}\n")
    assert complaint == "tour.script:2: run does not take these words. Use: run DURATION: let time pass."
    assert done == []


def test_a_verb_that_cannot_be_done_stops_the_script_at_its_line(path: Path) -> None:
    complaint, done = refused(path, "run 1s\nfail 'of rain'\nrun 2s\n")
    assert complaint == "tour.script:2: fail: it cannot be done: of rain"
    assert done == [("run", "1s")]


def test_a_quote_that_is_never_closed_is_found(path: Path) -> None:
    complaint, done = refused(path, "run 1s\nuntil 'for ever\n")
    assert complaint == "tour.script:2: No closing quotation"
    assert done == []


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff\xfe", b"run \xff"])
def test_a_file_that_is_no_text_is_told_from_a_script(path: Path, content: bytes) -> None:
    complaint, _ = refused(path, content)
    assert complaint == f"{path}: not a text file in UTF-8: is this a script?"


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(path: Path) -> None:
    assert played(path, b"#" * LARGEST) == []
    complaint, _ = refused(path, b"#" * (LARGEST + 1))
    assert complaint == f"{path}: larger than {LARGEST} bytes: is this a script?"


def test_a_file_that_is_missing_is_named(path: Path) -> None:
    with pytest.raises(ScriptError, match=r"tour\.script: No such file"):
        read(path)


def test_a_folder_is_no_script(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=str(tmp_path.name)):
        read(tmp_path)
