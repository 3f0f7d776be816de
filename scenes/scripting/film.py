"""Films a whole script: plays it off screen, as `play` does, and keeps every frame on the fixed clock."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from engine.clock import TICKS_PER_SECOND
from engine.films.encoder import FilmError, Open
from engine.films.kinds import FPS, opener
from engine.films.reel import Reel
from engine.scripting.script import Verbs, play
from engine.signals import stoppable
from engine.window import Window
from scenes import stage

from .checks import CHECKS
from .play import ask, found
from .progress import Progress
from .rehearsal import rehearsal
from .screen import VisualizerPilot
from .scripted_transport import Server
from .verbs import VERBS

Backend = Callable[[], AbstractContextManager[tuple[str, Server | None]]]  # a fresh one: address, and what commands it


def passing_shot(pilot: VisualizerPilot, name: str) -> None:
    """shot NAME: it is drawn, but nothing is written while the script is filmed."""
    pilot.app.draw()


def no_shot(pilot: VisualizerPilot, name: str) -> None:
    """shot NAME: nothing is drawn while the script is rehearsed."""


FILMED: Verbs = {**VERBS, "shot": passing_shot}
REHEARSED: Verbs = {**VERBS, "shot": no_shot}


class Studio:
    """Plays one script as often as is wanted, each time on a fresh backend. `options`: see `rehearsal`."""

    def __init__(self, script: Path, *, backend: Backend, window: Window, **options: Any) -> None:
        self.script = found(script)
        self._backend, self._window, self._options = backend, window, options

    def length(self, verbs: Verbs = FILMED) -> int:
        """Ticks of the script, which is played without drawing: in a hundredth of the time. Raises ScriptError."""
        ticks: list[None] = []
        with stoppable() as check, self._pilot() as pilot:
            pilot.films.watch(check)
            pilot.films.watch(lambda: ticks.append(None))
            play(self.script, verbs, pilot, cause=pilot.cause, checks=CHECKS)
        return len(ticks)

    def film(self, out: Path, *, fps: int, opened: Open, seen: Callable[[int], None] = lambda _: None) -> Reel:
        """Film it; `seen` is told the number of frames after each tick.

        However it ends, by an error or by Ctrl+C, what was filmed so far can be played. Raises FilmError, ScriptError.
        """
        with stoppable() as check, self._pilot() as pilot:
            reel = Reel(pilot.app, out, fps=fps, opened=opened)
            for watcher in (check, reel.tick, lambda: seen(reel.frames)):
                pilot.films.watch(watcher)
            try:
                play(self.script, FILMED, pilot, cause=pilot.cause, checks=CHECKS)
            finally:
                reel.close()
        return reel

    @contextmanager
    def _pilot(self) -> Iterator[VisualizerPilot]:
        with self._backend() as (url, server):
            if server is None:
                ask(url)
            options = {"window": self._window, "out": Path(), **self._options}  # nothing is written to `out`
            built, pilot = rehearsal(url=url, server=server, **options)
            pilot.films.kept = False
            try:
                yield pilot
            finally:
                built.close()


def shoot(script: Path, out: Path, *, backend: Backend, fps: int | None, **options: Any) -> None:
    """Write the film of a script, with a bar that knows how long it is.

    Raises FilmError, ScriptError, Unreachable, WindowError, GraphicsError, KeyboardInterrupt.
    """
    opened, rate = opener(out), fps or FPS[out.suffix.lower()]
    window = stage.hidden_window()
    try:
        studio = Studio(script, backend=backend, window=window, **options)
        frames = studio.length() * rate // TICKS_PER_SECOND
        if not frames:
            raise FilmError(f"{studio.script.name} is over before the first frame: add a line such as run 2s")
        with Progress(out.name, frames, stream=sys.stderr, clock=time.monotonic) as progress:
            studio.film(out, fps=rate, opened=opened, seen=progress.at)
    finally:
        window.close()


def rehearse(script: Path, *, backend: Backend, **options: Any) -> int:
    """Play a script whole without a picture; its ticks. Raises ScriptError for whatever would fail in it, and as above.

    What only an exhibit passes over, a size, is done here, too.
    """
    window = stage.hidden_window()
    try:
        return Studio(script, backend=backend, window=window, **options).length(REHEARSED)
    finally:
        window.close()
