"""A film of a script: exact, the same every time, of the very pictures that shots show, playable however it ends."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

from engine.comparison import Pixels, load
from engine.films.encoder import FilmError
from engine.films.pictures import PictureFolder
from engine.films.webp import WebpFilm
from engine.scripting.script import ScriptError, play
from engine.window import Window
from scenes.embedded import embedded
from scenes.scripting.film import Studio
from scenes.scripting.rehearsal import rehearsal
from scenes.scripting.verbs import VERBS

ROOT = Path(__file__).resolve().parents[3]
LOOKS: dict[str, Any] = {"size": (480, 300), "theme": "dark", "scale": 1.0, "csv": ""}
LESSON = """
seed 7
drag learning_rate 0.1
press start
until training within=5s
run 90ticks
shot learning
key t
run 20ticks
film other.mp4
shot light
run 7ticks
"""

Say = Callable[[str], Studio]


class Digest:
    """An encoder that keeps only the sum of what it gets."""

    def __init__(self, *_: object) -> None:
        self.sum = hashlib.sha256()

    def __call__(self, *_: object) -> "Digest":
        return self

    def write(self, pixels: Pixels) -> None:
        self.sum.update(pixels.tobytes())

    def close(self) -> None:
        pass


@contextmanager
def ours() -> Iterator[Any]:
    with embedded("") as given:
        yield given


@pytest.fixture
def studio(tmp_path: Path, window: Window, no_leaks: None) -> Say:
    """Films a script of these lines."""

    def make(text: str) -> Studio:
        path = tmp_path / "lesson.script"
        path.write_text(text, encoding="utf-8")
        backend: Callable[[], AbstractContextManager[Any]] = ours
        return Studio(path, backend=backend, window=window, **LOOKS)

    return make


def test_the_length_is_known_before_and_every_tick_is_a_frame(studio: Say, tmp_path: Path) -> None:
    lesson = studio(LESSON)
    told: list[int] = []
    reel = lesson.film(tmp_path / "frames", fps=60, opened=PictureFolder, seen=told.append)
    assert lesson.length() == reel.frames == len(told) == told[-1]
    assert len(list((tmp_path / "frames").iterdir())) == reel.frames
    assert lesson.film(tmp_path, fps=20, opened=Digest()).frames == reel.frames // 3


def test_the_readmes_film_lasts_ten_seconds(studio: Say) -> None:
    assert studio((ROOT / "docs" / "film.script").read_text(encoding="utf-8")).length() == 600


def test_the_same_script_gives_the_same_frames(studio: Say, tmp_path: Path) -> None:
    sums = []
    for _ in range(2):
        digest = Digest()
        studio(LESSON).film(tmp_path, fps=30, opened=digest)
        sums.append(digest.sum.hexdigest())
    assert sums[0] == sums[1]


def test_frames_are_the_shots_of_the_same_moments(studio: Say, tmp_path: Path, window: Window) -> None:
    lesson, ticks, shots = studio(LESSON.replace("film other.mp4\n", "")), 0, {}
    lesson.film(tmp_path / "frames", fps=60, opened=PictureFolder)
    with embedded("") as (url, server):
        stage, pilot = rehearsal(url=url, server=server, out=tmp_path, window=window, **LOOKS)

        def count() -> None:
            nonlocal ticks
            ticks += 1
            shots.update({path: ticks for path in pilot.written if path not in shots})

        pilot.films.watch(count)
        try:
            play(lesson.script, VERBS, pilot)
        finally:
            stage.close()
    pictures = {path.name: tick - 1 for path, tick in shots.items() if path.suffix == ".png"}
    assert list(pictures) == ["learning.png", "light.png"]
    for name, tick in pictures.items():
        assert (load(tmp_path / name) == load(tmp_path / "frames" / f"frame-{tick:06}.png")).all()


def test_shots_and_films_of_the_script_itself_are_passed_over(studio: Say, tmp_path: Path) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        studio(LESSON).film(tmp_path / "frames", fps=60, opened=PictureFolder)
    finally:
        os.chdir(before)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["frames", "lesson.script"]


def test_ctrl_c_ends_the_film_after_a_whole_frame_and_it_can_be_played(studio: Say, tmp_path: Path) -> None:
    out, before = tmp_path / "cut.webp", signal.getsignal(signal.SIGINT)

    def interrupt(frames: int) -> None:
        if frames == 5:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        studio(LESSON).film(out, fps=60, opened=WebpFilm, seen=interrupt)
    with PIL.Image.open(out) as picture:
        assert (picture.size, getattr(picture, "n_frames", 1)) == ((480, 300), 5)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_in_the_script_leaves_what_was_filmed_before_it(studio: Say, tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=r"lesson\.script:2: press: there is no control"):
        studio("run 10ticks\npress xyz").film(tmp_path / "cut", fps=60, opened=PictureFolder)
    assert len(list((tmp_path / "cut").iterdir())) == 10


def test_a_script_that_changes_its_size_must_do_so_before_time_passes(studio: Say, tmp_path: Path) -> None:
    studio("size 200x160\nrun 2ticks").film(tmp_path / "one", fps=60, opened=PictureFolder)
    assert load(tmp_path / "one" / "frame-000001.png").shape == (160, 200, 3)
    with pytest.raises(FilmError, match="began as 480x300 and would go on as 200x160"):
        studio("run 2ticks\nsize 200x160\nrun 2ticks").film(tmp_path / "two", fps=60, opened=PictureFolder)


@pytest.mark.parametrize(
    ("script", "out", "code", "told"),
    [
        ("run 30ticks", "a.webp", 0, "viz: a.webp: 15 of 15 frames"),
        ("seed 7", "a.webp", 1, "over before the first frame"),
        ("run 1s", "a.avi", 2, "'a.avi' is not a .mp4, .webp or .gif file, or a folder"),
        ("run 1s\nfly", "a.webp", 1, "unknown verb 'fly'"),
    ],
)
def test_the_command_films_or_says_why_not(script: str, out: str, code: int, told: str, tmp_path: Path) -> None:
    (tmp_path / "s.script").write_text(script, encoding="utf-8")
    command = [sys.executable, "-P", "-m", "scenes", "film", "s.script", "--out", out, "--size", "320x200"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (code, f"{out}\n" if code == 0 else "")
    assert told in done.stderr
    assert (tmp_path / out).exists() == (code == 0)
