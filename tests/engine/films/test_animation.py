"""What .webp and .gif hold is what was given to them: every frame, at its time, whatever was left out as unchanged."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.comparison import Pixels
from engine.files import beside
from engine.films.animation import BLOCK, FAINT, Changes, steps
from engine.films.encoder import FilmError
from engine.films.gif import GifFilm
from engine.films.kinds import opener
from engine.films.webp import WebpFilm

KINDS = [(WebpFilm, 4.0), (GifFilm, 8.0)]  # mean difference in levels that their loss may make
PICTURES = arrays.arrays(np.uint8, st.just((19, 27, 3)))


def decoded(path: Path) -> tuple[list[Pixels], list[int]]:
    """The frames of an animation, and how long each is shown in milliseconds."""
    frames, times = [], []
    with PIL.Image.open(path) as picture:
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            frames.append(np.array(picture.convert("RGB")))
            times.append(picture.info["duration"])
    return frames, times


@pytest.mark.parametrize(("kind", "loss"), KINDS)
def test_every_frame_is_there_as_it_was_given(kind: Any, loss: float, painter: Any, tmp_path: Path) -> None:
    app, out = painter((101, 67)), tmp_path / "new" / "film"
    film = kind(out, app.size, 30)
    for tick in range(1, 31):
        film.write(app.picture(tick))
    film.close()
    frames, times = decoded(out)
    assert len(frames) == 30
    assert sum(times) == 1000
    for tick, frame in enumerate(frames, start=1):
        assert np.abs(frame.astype(int) - app.picture(tick)).mean() < loss, tick


@pytest.mark.parametrize(("kind", "loss"), KINDS)
def test_a_frame_that_changes_nothing_counts_and_costs_next_to_nothing(
    kind: Any, loss: float, painter: Any, tmp_path: Path
) -> None:
    app, out = painter(), tmp_path / "film"
    film = kind(out, app.size, 20)
    for _ in range(3):
        film.write(app.picture(1))
    film.close()
    frames, times = decoded(out)
    assert times == [50, 50, 50]
    assert np.array_equal(frames[0], frames[2])
    film = kind(tmp_path / "short", app.size, 20)
    film.write(app.picture(1))
    film.close()
    assert out.stat().st_size - (tmp_path / "short").stat().st_size < 2 * 950


@pytest.mark.parametrize(("kind", "loss"), KINDS)
def test_the_same_frames_are_the_same_file(kind: Any, loss: float, painter: Any, tmp_path: Path) -> None:
    for name in ("one", "other"):
        film = kind(tmp_path / name, painter().size, 30)
        for tick in range(4):
            film.write(painter().picture(tick))
        film.close()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@given(pictures=st.lists(PICTURES, min_size=1, max_size=4))
def test_what_is_sent_puts_every_frame_on_the_screen(pictures: list[Pixels]) -> None:
    changes, screen = Changes(), np.zeros((19, 27, 3), np.uint8)
    for picture in pictures:
        change = changes.next(picture)
        height, width = change.counts.shape
        assert change.left % BLOCK == change.top % BLOCK == 0
        part = screen[change.top : change.top + height, change.left : change.left + width]
        part[change.counts] = change.pixels[change.counts]
        assert np.abs(screen.astype(int) - picture).max() <= FAINT


def test_slow_changes_do_not_stay_behind() -> None:
    changes, grey = Changes(), np.full((16, 16, 3), 100, np.uint8)
    sent = [bool(changes.next(grey + np.uint8(level)).counts.all()) for level in range(6)]
    assert sent == [True, False, False, True, False, False]


@given(fps=st.sampled_from([10, 12, 15, 20, 30, 60]), frames=st.integers(1, 500), unit=st.sampled_from([100, 1000]))
def test_times_are_right_on_the_whole_although_each_is_rounded(fps: int, frames: int, unit: int) -> None:
    shown = [steps(frame, fps, unit) for frame in range(frames)]
    assert abs(sum(shown) - frames * unit / fps) <= 0.5
    assert max(shown) - min(shown) <= 1


def test_a_gif_refuses_what_browsers_would_slow_down(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="--fps 30"):
        GifFilm(tmp_path / "a.gif", (64, 64), 60)
    assert not (tmp_path / "a.gif").exists()


def test_a_webp_refuses_what_its_format_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="16383"):
        WebpFilm(tmp_path / "a.webp", (16384, 64), 30)


@pytest.mark.parametrize("name", ["a.webp", "a.gif"])
def test_without_pillow_it_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    with pytest.raises(FilmError, match=r"\[capture\]"):
        opener(Path(name))


@pytest.mark.parametrize(("kind", "loss"), KINDS)
def test_a_place_that_cannot_be_written_is_named(kind: Any, loss: float, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FilmError, match="folder cannot be written"):
        kind(tmp_path / "folder", (64, 64), 30)


def test_a_kind_that_there_is_not_is_told_with_those_there_are() -> None:
    with pytest.raises(FilmError, match=r"'a\.avi'.*\.mp4, \.webp, \.gif"):
        opener(Path("a.avi"))


@pytest.mark.parametrize(("kind", "loss"), KINDS)
def test_on_a_full_disk_the_frames_before_can_be_played(
    kind: Any, loss: float, painter: Any, full_disk: Any, tmp_path: Path
) -> None:
    app, out = painter((101, 67)), tmp_path / "film"
    film, written = kind(out, app.size, 30), 0
    with full_disk(9000), pytest.raises(FilmError, match=r"cannot be written .*: free some room"):
        while True:
            film.write(app.picture(written + 1))
            written += 1
    film.close()
    frames, _ = decoded(out)
    assert len(frames) == written > 0


@pytest.mark.parametrize(("kind", "loss"), KINDS)
def test_what_is_never_closed_can_be_played(kind: Any, loss: float, painter: Any, tmp_path: Path) -> None:
    app, out = painter((101, 67)), tmp_path / "film"
    film = kind(out, app.size, 30)
    for tick in (1, 2, 3):
        film.write(app.picture(tick))
    frames, _ = decoded(beside(out))  # under the name that it has until it is whole
    assert len(frames) == 3 and not out.exists()
    film.close()
    assert len(decoded(out)[0]) == 3
