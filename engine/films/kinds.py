"""Which kind of film a name asks for: .mp4, .webp, .gif, or a folder of pictures."""

from pathlib import Path

from . import animation, video
from .encoder import FilmError, Open
from .gif import GifFilm
from .pictures import PictureFolder
from .webp import WebpFilm

FPS = {".mp4": 60, ".webp": 30, ".gif": 30, "": 60}  # frames a second where nothing else is asked for


def kind_of(out: Path) -> str:
    """The suffix of a film called `out`; empty for a folder. Raises FilmError if it is none that can be written."""
    kind = out.suffix.lower()
    if kind not in FPS:
        raise FilmError(f"'{out.name}' is no film that can be written: use .mp4, .webp, .gif, or a folder for pictures")
    return kind


def opener(out: Path) -> Open:
    """What opens a film called `out`. Raises FilmError where there is nothing to write it with."""
    kind = kind_of(out)
    if kind == ".mp4":
        program = video.program()
        return lambda out, size, fps: video.VideoFilm(out, size, fps, program=program)
    if kind:
        animation.pillow()
        return WebpFilm if kind == ".webp" else GifFilm
    return PictureFolder
