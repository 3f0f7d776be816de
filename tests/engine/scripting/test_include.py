"""A script may include those beside it: nothing outside its folder, no circle, and complaints name the right file."""

from pathlib import Path

import pytest

import engine.scripting.script
from engine.scripting.script import DEEPEST, ScriptError, play, read
from engine.scripting.words import VerbError


class Recorder:
    """Verbs that write down their words."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def run(self, duration: str) -> None:
        """run DURATION: let time pass."""
        self.done.append(duration)

    def fail(self) -> None:
        """fail: cannot be done."""
        raise VerbError("it cannot be done")

    def mark(self, name: str, /) -> None:
        """mark NAME: name this moment."""


VERBS = {"run": Recorder.run, "fail": Recorder.fail, "mark": Recorder.mark}


def write(folder: Path, **scripts: str) -> Path:
    """Scripts by name, in `folder`; the path of main.script."""
    for name, text in scripts.items():
        (folder / f"{name}.script").write_text(text, encoding="utf-8")
    return folder / "main.script"


def played(path: Path) -> list[str]:
    recorder = Recorder()
    play(path, VERBS, recorder)
    return list(recorder.done)


def refused(path: Path) -> str:
    recorder = Recorder()
    with pytest.raises(ScriptError) as caught:
        play(path, VERBS, recorder)
    assert recorder.done == []
    return str(caught.value)


def test_the_lines_of_an_included_script_stand_in_its_place(tmp_path: Path) -> None:
    main = write(tmp_path, main="run 1s\ninclude part.script\ninclude part.script\nrun 3s\n", part="run 2s\n")
    assert played(main) == ["1s", "2s", "2s", "3s"]
    assert [line.place for line in read(main)] == ["main.script:1", "part.script:1", "part.script:1", "main.script:4"]


def test_an_included_script_includes_what_lies_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    main = write(tmp_path, main="include parts/one.script\n")
    write(tmp_path / "parts", one="include two.script\n", two="run 2s\n")
    assert played(main) == ["2s"]
    assert read(main)[0].place == "parts/two.script:1"


def test_a_complaint_names_the_file_in_which_the_fault_is(tmp_path: Path) -> None:
    main = write(tmp_path, main="run 1s\ninclude part.script\n", part="\n\nrnu 2s\n")
    assert refused(main) == "part.script:3: unknown verb 'rnu', did you mean 'run'?"
    main = write(tmp_path, main="include part.script\n", part="run\n")
    assert refused(main).startswith("part.script:1: run does not take these words.")
    main = write(tmp_path, main="include part.script\n", part="fail\n")
    assert refused(main) == "part.script:1: fail: it cannot be done"


@pytest.mark.parametrize(
    "file",
    ["/etc/x.script", "../x.script", "a/../../x.script", "..\\x.script", "C:\\x.script", "C:x.script", "\\\\h\\x", ""],
)
def test_nothing_outside_the_folder_is_reached(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "x.script").write_text("run 9s\n", encoding="utf-8")
    main = write(folder, main=f"include '{file}'\n")
    assert (
        refused(main) == f"main.script:1: include: '{file}' is not a script beside this one: no absolute path and no .."
    )


def test_a_link_that_leads_away_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "secret.script").write_text("run 9s\n", encoding="utf-8")
    (folder / "part.script").symlink_to(tmp_path / "secret.script")
    main = write(folder, main="include part.script\n")
    assert refused(main) == "main.script:1: include: 'part.script' leads out of the script's own folder"


@pytest.mark.parametrize("file", ["a\0b", 5000 * "a", "round/round"])
def test_what_can_be_no_file_is_refused_by_name_and_line(tmp_path: Path, file: str) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with pytest.raises(ScriptError, match=r"main\.script:1: include: "):
        read(write(tmp_path, main=f"include {file}\n"))


def test_circles_are_found_by_file_and_line(tmp_path: Path) -> None:
    main = write(tmp_path, main="include part.script\n", part="run 1s\ninclude main.script\n")
    assert refused(main) == "part.script:2: include: 'main.script' would include itself without end"
    main = write(tmp_path, main="\ninclude main.script\n")
    assert refused(main) == "main.script:2: include: 'main.script' would include itself without end"


def test_scripts_lie_only_so_deep_in_each_other(tmp_path: Path) -> None:
    chain = {f"s{k}": f"include s{k + 1}.script\n" for k in range(1, DEEPEST)}
    main = write(tmp_path, main="include s1.script\n", **chain, **{f"s{DEEPEST}": "run 1s\n"})
    assert refused(main) == f"s{DEEPEST - 1}.script:1: include: scripts lie more than {DEEPEST} deep in each other"
    write(tmp_path, **{f"s{DEEPEST - 1}": "run 1s\n"})
    assert played(main) == ["1s"]


def test_a_small_file_cannot_become_an_endless_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.scripting.script, "MOST_LINES", 100)
    tenfold = {f"s{k}": f"include s{k + 1}.script\n" * 10 for k in range(1, 7)}
    main = write(tmp_path, main="include s1.script\n", **tenfold, s7="run 1s\n")
    assert refused(main) == "s7.script:1: the script has more than 100 lines, with all it includes"


def test_a_missing_script_is_guessed(tmp_path: Path) -> None:
    main = write(tmp_path, main="include prat.script\n", part="run 1s\n")
    assert refused(main) == "main.script:1: include: there is no script 'prat.script', did you mean 'part.script'?"


@pytest.mark.parametrize("line", ["include", "include a b", "include file=a", "include a beside=b"])
def test_include_takes_one_file(tmp_path: Path, line: str) -> None:
    assert "main.script:1: include does not take these words. Use: include FILE:" in refused(
        write(tmp_path, main=f"{line}\n")
    )


def test_a_mark_stands_before_the_progress_of_what_follows(tmp_path: Path) -> None:
    main = write(tmp_path, main="run 1s\nmark 'half way'\nrun 2s\n")
    told: list[str] = []
    recorder = Recorder()
    play(main, VERBS, recorder, progress=told.append)
    assert told == ["main.script:1: run 1s", "main.script:2: mark half way", "[half way] main.script:3: run 2s"]
