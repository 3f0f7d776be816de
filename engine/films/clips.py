"""The films that a script itself asks for: each begins and ends at a mark, or at once and with the script."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.app import App
from engine.clock import FRAME_RATES

from .encoder import FilmError
from .kinds import FPS, kind_of, opener
from .reel import Reel


@dataclass
class _Clip:
    reel: Reel
    begin: str  # the mark it waits for; empty once it runs
    end: str  # the mark it ends with; empty for the end of the script


class Clips:
    """The films of one script, written into the folder `out`. Each call of `tick` gives all that run their frames."""

    def __init__(self, app: App, out: Path) -> None:
        self._app = app
        self._out = out
        self._clips: list[_Clip] = []
        self._watchers: list[Callable[[], None]] = []
        self.kept = True  # if not, the script's films are passed over
        self.written = True  # if not, they are counted, and complained of as they would be, but not drawn

    def add(self, name: str, *, begin: str = "", end: str = "", fps: str = "") -> Path:
        """Film into `name` from the mark `begin`, else from now, to the mark `end`; where. Raises FilmError."""
        out = self._out / (name if Path(name).suffix or name.endswith("/") else f"{name}.mp4")
        if any(clip.reel.out == out for clip in self._clips):
            raise FilmError(f"there is a film '{name}' already: each needs a name of its own")
        if not self.kept:
            return out
        opened, rate = opener(out) if self.written else None, fps or str(FPS[kind_of(out)])
        if rate not in map(str, FRAME_RATES):
            raise FilmError(
                f"'{rate}' frames a second do not fall on the ticks: use {', '.join(map(str, FRAME_RATES))}"
            )
        self._clips.append(_Clip(Reel(self._app, out, fps=int(rate), opened=opened), begin, end))
        return out

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` after every tick, too."""
        self._watchers.append(watcher)

    def mark(self, name: str) -> None:
        """The moment called `name` has come. Raises FilmError."""
        for clip in list(self._clips):
            if clip.begin == name:
                clip.begin = ""
            elif not clip.begin and clip.end == name:
                self._clips.remove(clip)
                clip.reel.close()
                _shown(clip)

    def tick(self) -> None:
        """After every tick of the app. Raises FilmError."""
        for clip in self._clips:
            if not clip.begin:
                clip.reel.tick()
        for watcher in self._watchers:
            watcher()

    @contextmanager
    def rolling(self) -> Iterator[None]:
        """Within the block the script plays. After it all films can be played. Raises FilmError for a missing mark."""
        try:
            yield
            for clip in self._clips:
                if missing := clip.begin or clip.end:
                    raise FilmError(f"{clip.reel.out.name} waits for the mark '{missing}', which never came")
                _shown(clip)
        finally:
            clips, self._clips = self._clips, []
            for clip in clips:
                clip.reel.close()


def _shown(clip: _Clip) -> None:
    """Raises FilmError for a film without a frame: there would be no file."""
    if not clip.reel.frames:
        raise FilmError(f"{clip.reel.out.name} is over before its first frame: let more time pass between its marks")
