"""Takes frames of an app on its fixed clock: what a film shows does not depend on how fast the machine is."""

from pathlib import Path

from engine.app import App
from engine.clock import FRAME_RATES, TICKS_PER_SECOND

from .encoder import Encoder, FilmError, Open, Size


class Reel:
    """A film from now on: of n ticks it holds n * fps / 60 frames, rounded down.

    Frame number k is the picture after tick k * 60 / fps, which is what a shot at that moment shows. The file is
    opened with the first frame, whose size all others must have. With nothing to open it, frames are only counted.
    """

    def __init__(self, app: App, out: Path, *, fps: int, opened: Open | None) -> None:
        assert fps in FRAME_RATES, f"{fps} frames a second do not fall on the ticks"
        self.out = out
        self.fps = fps
        self.frames = 0
        self.size: Size | None = None
        self._app = app
        self._opened = opened
        self._ticks = 0
        self._encoder: Encoder | None = None

    def tick(self) -> None:
        """To be called after every tick of the app. Raises FilmError."""
        self._ticks += 1
        if self._ticks % (TICKS_PER_SECOND // self.fps) == 0:
            self._take()

    def close(self) -> None:
        """Make the file playable. Raises FilmError."""
        encoder, self._encoder = self._encoder, None
        if encoder:
            encoder.close()

    def _take(self) -> None:
        size = self._app.renderer.size
        if self.size is None:
            self.size = size
        if size != self.size:
            before, now = ("{}x{}".format(*each) for each in (self.size, size))
            raise FilmError(f"A film keeps its size: {self.out.name} began as {before} and would go on as {now}")
        self._keep(size)
        self.frames += 1

    def _keep(self, size: Size) -> None:
        if self._opened is None:
            return
        if self._encoder is None:
            self._encoder = self._opened(self.out, size, self.fps)
        self._app.draw()
        self._encoder.write(self._app.renderer.pixels())
