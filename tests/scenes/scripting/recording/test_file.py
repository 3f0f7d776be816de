"""The file of a recording: whole at every moment, never over another one."""

from pathlib import Path
from typing import Any

import pytest

from engine.scripting.script import ScriptError
from engine.window import WindowError
from scenes.scripting.recording import Recording, claim

WIDE = (1280, 720)


def test_the_file_is_whole_at_every_moment(studio: Any) -> None:
    stage, pilot = studio.stage(WIDE)
    try:
        visitor = studio.visitor(stage, pilot)
        visitor.rest(1)
        visitor.move(640, 300)
        visitor.press()
        visitor.rest(70)
        kept = studio.path.read_text("utf-8").splitlines()
    finally:
        stage.close()
    assert kept[1:7] == ["size 1280x720", "scale 1", "theme dark", "ramp seed", "motion full", "seed 7"]
    assert kept[-1] == "drag 640 300 path=59ticks up=no"
    assert [path.name for path in studio.path.parent.iterdir() if path.name.startswith(".")] == []


def test_a_recording_that_cannot_be_written_any_more_is_told_once(studio: Any, tmp_path: Path) -> None:
    stage, pilot = studio.stage(WIDE)
    said: list[str] = []
    try:
        recording = Recording(tmp_path / "gone" / "a.script", stage, csv=True, class_column="kind of", say=said.append)
        pilot.run("200ticks")
        recording.close()
    finally:
        stage.close()
    assert len(said) == 1 and "the program goes on" in said[0]
    assert "--csv FILE --class 'kind of', with the same rows" in recording.text().splitlines()[0]


def test_a_name_that_is_taken_or_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenes.scripting.recording.display_present", lambda: True)
    taken = tmp_path / "taken.script"
    taken.write_text("run 1s\n", encoding="utf-8")
    with pytest.raises(ValueError, match="is there already: choose another name"):
        claim(taken)
    with pytest.raises(ScriptError, match="cannot be written"):
        claim(tmp_path / "no" / "folder.script")
    claim(tmp_path / "free.script")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.script"]


def test_recording_needs_a_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenes.scripting.recording.display_present", lambda: False)
    with pytest.raises(WindowError, match="Recording needs a display: start it on a desktop"):
        claim(tmp_path / "free.script")


def test_a_kept_picture_is_a_shot_of_the_script(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.rest(4)
        visitor.recording.shot()
        visitor.recording.shot()

    assert studio.visit(acts) == ["wait 4ticks", "shot picture-1", "shot picture-2"]
