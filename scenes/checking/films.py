"""The films of a script that is checked: all that `play` complains of, without a file, a frame or an encoder."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np

from engine.app import App
from engine.films.clips import Clips, _Clip
from engine.films.encoder import Encoder, Pixels, Size
from engine.films.kinds import FPS, opener
from engine.films.reel import Reel

NOTHING = np.zeros((1, 1, 3), np.uint8)


class CheckedClips(Clips):
    """Hears of each film and each mark as in `play`; what is wrong is told in the same words."""

    def __init__(self, app: App, out: Path) -> None:
        super().__init__(app, out)
        self.kept = False

    def add(self, name: str, *, begin: str = "", end: str = "", fps: str = "") -> Path:
        """As in `play`, but no program is looked for that could write it. Raises FilmError."""
        out = super().add(name, begin=begin, end=end, fps=fps)
        if out.suffix.lower() not in FPS:
            opener(out)  # which says so
        like = Clips(self._app, self._out)  # a folder of pictures takes the same words, and needs no program
        like.add("like/", begin=begin, end=end, fps=fps or str(FPS[out.suffix.lower()]))
        (clip,) = like._clips
        blind = cast(App, _Blind(self._app))
        self._clips.append(_Clip(Reel(blind, out, fps=clip.reel.fps, opened=_Unwritten), begin, end))
        return out


class _Blind:
    """An app as a reel sees it, that is never drawn: it has a size, and nothing to show."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def renderer(self) -> SimpleNamespace:
        """What a reel asks of a renderer."""
        return SimpleNamespace(size=self._app.renderer.size, pixels=lambda: NOTHING)

    def draw(self) -> None:
        """Nothing looks."""


@dataclass
class _Unwritten(Encoder):
    """A film that is forgotten frame by frame."""

    out: Path
    size: Size
    fps: int

    def write(self, pixels: Pixels) -> None:
        """Drop it."""

    def close(self) -> None:
        """There is nothing to end."""
