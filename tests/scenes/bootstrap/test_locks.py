"""Each command gets the smallest lock with all that it needs, and films no more than their kind wants."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.films import h264
from scenes.bootstrap.locks import lock_for
from scenes.cli.arguments import parse

CAPTURE, VIDEO, RUNTIME = "requirements-capture.lock", "requirements-video.lock", "requirements.lock"
FIGURES = "requirements-figures.lock"


def asked(tmp_path: Path, *words: str) -> str:
    return lock_for(parse(words, environment={}), str(tmp_path))


@pytest.fixture(params=["with ffmpeg", "without ffmpeg"])
def ffmpeg(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    there = request.param == "with ffmpeg"
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if there else None)
    monkeypatch.setattr(h264, "writes_h264", lambda program: True)
    return there


@pytest.mark.parametrize(
    "words",
    ["run", "serve", "bench", "doctor", "play states.script", "play --record a.script", "film a.script --out frames/"],
)
def test_what_makes_no_film_file_needs_no_more_than_to_run(words: str, ffmpeg: bool, tmp_path: Path) -> None:
    assert asked(tmp_path, *words.split()) == RUNTIME


def test_an_mp4_needs_the_video_extra_only_where_there_is_no_ffmpeg(ffmpeg: bool, tmp_path: Path) -> None:
    assert asked(tmp_path, "film", "a.script") == (RUNTIME if ffmpeg else VIDEO)
    assert asked(tmp_path, "film", "a.script", "--out", "b.MP4") == (RUNTIME if ffmpeg else VIDEO)


def test_an_ffmpeg_that_cannot_write_one_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(h264, "writes_h264", lambda program: False)
    assert asked(tmp_path, "film", "a.script") == VIDEO


@pytest.mark.parametrize("name", ["a.svg", "a.pdf", "a.PNG"])
def test_charts_need_the_figures_extra(name: str, tmp_path: Path) -> None:
    assert asked(tmp_path, "runs", "export", "k3f7", "--to", name) == FIGURES
    assert asked(tmp_path, "runs", "export", "k3f7", "--to", "a.csv") == RUNTIME


@pytest.mark.parametrize("name", ["b.webp", "b.gif"])
def test_animations_need_the_capture_extra(name: str, ffmpeg: bool, tmp_path: Path) -> None:
    assert asked(tmp_path, "film", "a.script", "--out", name) == CAPTURE


@pytest.mark.parametrize(
    ("line", "lock"),
    [
        ("film intro", VIDEO),
        ("  film 'intro' from start", VIDEO),
        ("film intro.webp", CAPTURE),
        ("film intro/", RUNTIME),
        ("film", RUNTIME),
        ("# film intro", RUNTIME),
        ("film 'intro", RUNTIME),
    ],
)
def test_the_films_in_a_script_are_looked_up_before_it_is_played(
    line: str, lock: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    script = tmp_path / "assets" / "scripts" / "own.script"
    script.parent.mkdir(parents=True)
    script.write_text(f"run 1s\n{line}\n", encoding="utf-8")
    assert asked(tmp_path, "play", str(script)) == lock
    assert asked(tmp_path, "play", "own.script") == lock


def test_the_films_of_an_included_script_are_looked_up_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (tmp_path / "parts").mkdir()
    (tmp_path / "all.script").write_text("include parts/one.script\n", encoding="utf-8")
    (tmp_path / "parts" / "one.script").write_text("film a.webp\ninclude two.script\n", encoding="utf-8")
    (tmp_path / "parts" / "two.script").write_text("film b\n", encoding="utf-8")
    assert asked(tmp_path, "play", str(tmp_path / "all.script")) == VIDEO
    (tmp_path / "parts" / "two.script").write_text("include two.script\n", encoding="utf-8")
    assert asked(tmp_path, "play", str(tmp_path / "all.script")) == CAPTURE, "one that includes itself is no trap"


def test_a_script_that_cannot_be_read_is_left_to_the_program(tmp_path: Path) -> None:
    assert asked(tmp_path, "play", "nowhere.script") == RUNTIME
