"""An .mp4 holds every frame in its colours, and each way in which ffmpeg can fail is told in one sentence."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.comparison import Pixels
from engine.films.encoder import FilmError
from engine.films.h264 import writes_h264
from engine.films.video import VideoFilm, program

FPS = 30


def decoded(path: Path, size: tuple[int, int]) -> Pixels:
    """All frames: uint8 [count, height, width, 3]."""
    back = ["-vf", "scale=in_color_matrix=bt709:in_range=tv", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    done = subprocess.run([program(), "-v", "error", "-i", str(path), *back], capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(-1, size[1], size[0], 3)


def impostor(folder: Path, code: str) -> str:
    """A program that does `code` in place of ffmpeg."""
    path = folder / "ffmpeg"
    path.write_text(f"#!{sys.executable} -S\n{code}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_every_frame_is_there_in_its_own_colours(painter: Any, tmp_path: Path) -> None:
    app, out = painter(), tmp_path / "new" / "a.mp4"
    film = VideoFilm(out, app.size, FPS, program=program())
    for tick in range(1, 11):
        film.write(app.picture(tick))
    film.close()
    seen = decoded(out, app.size)
    assert len(seen) == 10
    for tick, frame in enumerate(seen, start=1):
        left = 2 * tick
        box = frame[20:28, left + 4 : left + 12].reshape(-1, 3).mean(axis=0)
        assert np.abs(box - (230, 90, 40)).max() < 4
        assert np.abs(frame[40:].astype(int) - app.picture(tick)[40:]).mean() < 2


def test_the_same_frames_are_the_same_file_with_its_index_first(painter: Any, tmp_path: Path) -> None:
    app, files = painter(), []
    for name in ("one.mp4", "other.mp4"):
        film = VideoFilm(tmp_path / name, app.size, FPS, program=program())
        film.write(app.picture(1))
        film.close()
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]
    assert files[0].index(b"moov") < files[0].index(b"mdat")


def test_raw_rows_go_through_the_pipe_as_they_are(painter: Any, tmp_path: Path) -> None:
    app, kept = painter(), tmp_path / "kept"
    made = "open(sys.argv[-1].removeprefix('file:'), 'wb').write(b'film')"
    fake = impostor(tmp_path, f"import sys; open({str(kept)!r}, 'wb').write(sys.stdin.buffer.read()); {made}")
    film = VideoFilm(tmp_path / "a.mp4", app.size, FPS, program=fake)
    for tick in (1, 2, 3):
        film.write(app.picture(tick))
    film.close()
    assert kept.read_bytes() == b"".join(app.picture(tick).tobytes() for tick in (1, 2, 3))


@pytest.mark.parametrize(("size", "even"), [((95, 64), "96x64"), ((96, 63), "96x64"), ((95, 63), "96x64")])
def test_odd_sides_are_refused_with_even_ones_to_take_instead(size: tuple[int, int], even: str, tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=f"{size[0]}x{size[1]} is odd: use --size {even}"):
        VideoFilm(tmp_path / "a.mp4", size, FPS, program="ffmpeg")


def test_what_ffmpeg_says_last_is_told_when_it_fails(painter: Any, tmp_path: Path) -> None:
    fake = impostor(tmp_path, "import sys; sys.stdin.buffer.read(); sys.exit('first\\nUnknown encoder')")
    film = VideoFilm(tmp_path / "a.mp4", painter().size, FPS, program=fake)
    film.write(painter().picture(1))
    with pytest.raises(FilmError, match=r"could not write .*a\.mp4 \(Unknown encoder\)"):
        film.close()
    film.close()  # once is enough


def test_an_ffmpeg_that_ends_early_is_noticed_while_frames_are_written(painter: Any, tmp_path: Path) -> None:
    fake = impostor(tmp_path, "import sys; sys.exit('No space left on device')")
    film = VideoFilm(tmp_path / "a.mp4", painter().size, FPS, program=fake)
    with pytest.raises(FilmError, match="No space left on device"):
        for tick in range(1000):
            film.write(painter().picture(tick))
    film.close()


def test_a_program_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="nowhere/ffmpeg"):
        VideoFilm(tmp_path / "a.mp4", (64, 64), FPS, program=str(tmp_path / "nowhere" / "ffmpeg"))


def test_the_systems_own_ffmpeg_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    mine = impostor(tmp_path, "print(' V....D libx264  H.264')")
    assert program() == mine


def test_one_that_cannot_write_h264_gives_way_to_the_extra_or_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    mine = impostor(tmp_path, "print(' V....D libvpx  VP9, not libx264')")
    assert not writes_h264(mine) and not writes_h264(str(tmp_path / "none"))
    assert "imageio_ffmpeg" in program()
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(FilmError, match="built without libx264"):
        program()


def test_a_film_has_its_name_only_once_it_is_whole(painter: Any, tmp_path: Path) -> None:
    app, out = painter(), tmp_path / "a.mp4"
    out.write_bytes(b"an earlier film")
    film = VideoFilm(out, app.size, FPS, program=program())
    film.write(app.picture(1))
    assert out.read_bytes() == b"an earlier film"
    film.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"] and len(decoded(out, app.size)) == 1


def test_the_extra_serves_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "imageio_ffmpeg" in program()


def test_without_both_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(FilmError, match=r"apt install ffmpeg.*\[video\]"):
        program()
