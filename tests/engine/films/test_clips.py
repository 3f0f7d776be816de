"""The films of a script run from mark to mark."""

from pathlib import Path
from typing import Any

import pytest

from engine.films.clips import Clips
from engine.films.encoder import FilmError


@pytest.fixture
def app(painter: Any) -> Any:
    return painter()


@pytest.fixture
def clips(app: Any, tmp_path: Path) -> Clips:
    return Clips(app, tmp_path)


def turn(clips: Clips, app: Any, ticks: int) -> None:
    for _ in range(ticks):
        app.ticks += 1
        clips.tick()


def frames(folder: Path) -> int:
    return len(list(folder.glob("frame-*.png")))


def test_a_film_has_the_frames_between_its_marks(clips: Clips, app: Any, tmp_path: Path) -> None:
    with clips.rolling():
        assert clips.add("part/", begin="a", end="b") == tmp_path / "part"
        clips.add("half/", begin="a", end="b", fps="30")
        clips.add("all/")
        turn(clips, app, 3)
        clips.mark("a")
        turn(clips, app, 5)
        clips.mark("b")
        turn(clips, app, 2)
    assert [frames(tmp_path / name) for name in ("part", "half", "all")] == [5, 2, 10]


def test_a_mark_that_comes_again_begins_nothing_anew(clips: Clips, app: Any, tmp_path: Path) -> None:
    with clips.rolling():
        clips.add("part/", begin="a", end="b")
        for mark in "aab":
            clips.mark(mark)
            turn(clips, app, 2)
        clips.mark("a")
        turn(clips, app, 2)
    assert frames(tmp_path / "part") == 4


@pytest.mark.parametrize(("marks", "missing"), [("", "a"), ("b", "a"), ("a", "b")])
def test_a_mark_that_never_came_is_named_when_the_script_is_over(clips: Clips, marks: str, missing: str) -> None:
    with pytest.raises(FilmError, match=f"part waits for the mark '{missing}'"), clips.rolling():
        clips.add("part/", begin="a", end="b")
        for mark in marks:
            clips.mark(mark)


def test_an_error_in_the_script_is_told_before_a_missing_mark_and_closes_the_films(
    clips: Clips, app: Any, kept: Any
) -> None:
    film = kept()
    with pytest.raises(ZeroDivisionError), clips.rolling():
        clips.add("part/", end="never")
        clips._clips[0].reel._opened = film
        turn(clips, app, 2)
        raise ZeroDivisionError
    assert (len(film.frames), film.closed) == (2, 1)


def test_a_name_alone_is_an_mp4_and_is_taken_once(clips: Clips, tmp_path: Path) -> None:
    assert clips.add("part") == tmp_path / "part.mp4"
    with pytest.raises(FilmError, match="already"):
        clips.add("part.mp4")
    assert clips.add("part.webp") == tmp_path / "part.webp"


@pytest.mark.parametrize("fps", ["0", "24", "1e9", "x", "-30"])
def test_a_rate_that_does_not_fall_on_ticks_is_refused(clips: Clips, fps: str) -> None:
    with pytest.raises(FilmError, match=f"'{fps}' frames a second.*30, 60"):
        clips.add("part", fps=fps)


def test_watchers_are_told_of_every_tick(clips: Clips, app: Any) -> None:
    told: list[int] = []
    clips.watch(lambda: told.append(app.ticks))
    turn(clips, app, 3)
    assert told == [1, 2, 3]


def test_films_that_are_not_kept_are_passed_over_whatever_their_kind(clips: Clips, app: Any, tmp_path: Path) -> None:
    clips.kept = False
    with clips.rolling():
        clips.add("part.mp4", begin="never")
        clips.add("all/")
        turn(clips, app, 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", ["b", ""])
def test_a_film_without_a_frame_is_an_error_and_not_a_file(clips: Clips, app: Any, tmp_path: Path, end: str) -> None:
    with pytest.raises(FilmError, match="part is over before its first frame"), clips.rolling():
        turn(clips, app, 3)
        clips.add("part/", begin="a", end=end)
        clips.mark("a")
        clips.mark("b")
    assert not (tmp_path / "part").exists()
