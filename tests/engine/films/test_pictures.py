"""A folder of pictures holds each frame as it was, and nothing of an earlier film."""

from pathlib import Path
from typing import Any

import pytest

from engine.comparison import load
from engine.films.encoder import FilmError
from engine.films.pictures import PictureFolder


def test_each_frame_is_a_numbered_picture_without_loss(painter: Any, tmp_path: Path) -> None:
    folder, app = tmp_path / "new" / "frames", painter()
    film = PictureFolder(folder, app.size, 60)
    for tick in (1, 2):
        film.write(app.picture(tick))
    film.close()
    assert sorted(path.name for path in folder.iterdir()) == ["frame-000001.png", "frame-000002.png"]
    assert (load(folder / "frame-000002.png") == app.picture(2)).all()


def test_frames_of_an_earlier_film_go_and_all_else_stays(painter: Any, tmp_path: Path) -> None:
    app = painter()
    for name in ("frame-seven.png", "letter.png"):
        (tmp_path / name).touch()
    for count in (5, 2):
        film = PictureFolder(tmp_path, app.size, 60)
        for tick in range(count):
            film.write(app.picture(tick))
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["frame-000001.png", "frame-000002.png", "frame-seven.png", "letter.png"]


def test_frames_that_something_else_made_are_not_taken_away(painter: Any, tmp_path: Path) -> None:
    PictureFolder(tmp_path, (64, 64), 60).write(painter().picture(1))
    (tmp_path / "frame-000900.png").write_bytes(b"\x89PNG of a holiday")
    with pytest.raises(FilmError, match=r"holds pictures of another film \(frame-000900\.png\): name another folder"):
        PictureFolder(tmp_path, (64, 64), 60)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_is_an_error_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FilmError, match="file cannot be used"):
        PictureFolder(tmp_path / "file", (64, 64), 60)


def test_a_picture_that_cannot_be_written_is_an_error_by_name(painter: Any, tmp_path: Path) -> None:
    app = painter()
    film = PictureFolder(tmp_path / "frames", app.size, 60)
    (tmp_path / "frames").rmdir()
    (tmp_path / "frames").write_bytes(b"")
    with pytest.raises(FilmError, match=r"frame-000001\.png cannot be written"):
        film.write(app.picture(1))
