"""A reel keeps the right frames of the right moments, however the ticks come."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import FRAME_RATES
from engine.films.encoder import FilmError
from engine.films.reel import Reel

OUT = Path("film.mp4")


def turn(reel: Reel, painter: Any, ticks: int) -> None:
    for _ in range(ticks):
        painter.ticks += 1
        reel.tick()


@given(ticks=st.integers(0, 130), fps=st.sampled_from(FRAME_RATES))
def test_of_n_ticks_there_are_n_times_fps_over_60_frames_each_of_its_own_tick(
    painter: Any, kept: Any, ticks: int, fps: int
) -> None:
    app, film = painter(), kept()
    reel = Reel(app, OUT, fps=fps, opened=film)
    turn(reel, app, ticks)
    reel.close()
    assert reel.frames == len(film.frames) == ticks * fps // 60
    assert film.frames == [app.picture(k * 60 // fps).tobytes() for k in range(1, reel.frames + 1)]


def test_a_film_is_opened_with_its_first_frame_and_closed_once(painter: Any, kept: Any) -> None:
    app, film = painter(), kept()
    reel = Reel(app, OUT, fps=30, opened=film)
    turn(reel, app, 1)
    assert (film.opened, reel.size) == ([], None)
    turn(reel, app, 3)
    reel.close()
    reel.close()
    assert film.opened == [(OUT, (96, 64), 30)]
    assert film.closed == 1


def test_a_film_that_never_began_leaves_nothing_to_close(painter: Any, kept: Any) -> None:
    film = kept()
    Reel(painter(), OUT, fps=30, opened=film).close()
    assert film.closed == 0


def test_a_picture_that_changes_its_size_is_told_with_both_sizes(painter: Any, kept: Any) -> None:
    app, film = painter(), kept()
    reel = Reel(app, OUT, fps=60, opened=film)
    turn(reel, app, 2)
    app.size = (128, 64)
    with pytest.raises(FilmError, match=r"film\.mp4 began as 96x64 and would go on as 128x64"):
        turn(reel, app, 1)
    reel.close()
    assert (len(film.frames), film.closed) == (2, 1)
