"""Where rows are played: a folder of their own, one hidden window, backends, and programs of ours as processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.app import App, Ticked
from engine.clock import NANOSECONDS
from engine.input import Event
from engine.resources import ROOT
from engine.window import Window
from scenes.embedded import Embedded
from scenes.scripting.rehearsal import rehearsal
from scenes.scripting.screen import VisualizerPilot
from scenes.stage import Stage

SIZE = (640, 400)  # pixels of a picture, where nothing else is wanted


@dataclass
class Ground:
    """`folder` belongs to one row and is empty. `window` gives the one hidden window that a process can have."""

    folder: Path
    window: Callable[[], Window]

    @contextmanager
    def backend(self, mode: str = "healthy", **options: Any) -> Iterator[Embedded]:
        """A backend on loopback, in that mode; `options` are those of simulation_server.backend.Backend."""
        with Embedded(7, **options) as server:
            server.misbehave(mode)
            yield server

    @contextmanager
    def visualizer(self, server: Embedded, size: tuple[int, int] = SIZE) -> Iterator[tuple[Stage, VisualizerPilot]]:
        """The whole visualizer off screen in scripted time, and the pilot that drives it. Raises GraphicsError."""
        built, pilot = rehearsal(
            url=server.url,
            server=server,
            out=self.folder,
            size=size,
            theme="dark",
            scale=1.0,
            window=self.window(),
        )
        try:
            yield built, pilot
        finally:
            built.close()


class Unseen(App):
    """The loop of a visualizer off screen; `draws` says whether its frames are drawn, none is ever shown."""

    draws = False

    def _redrawn(self, window: Window) -> bool:
        if self.draws:
            self.draw()
        return False


def unseen(stage: Stage, model: Ticked | None = None) -> Unseen:
    """The loop of that stage on a window that does not exist; it takes the place of its own. `model` ticks the run."""
    made = Unseen(stage.app.renderer, stage.app.scenes, model=model or stage.context)
    stage.app = made
    return made


@dataclass
class Frames(Window):
    """A window that tells given events, and lets given times pass: nanoseconds, one a frame, the last for ever."""

    elapses: list[int] = field(default_factory=lambda: [NANOSECONDS // 60 + 1])
    happens: dict[int, list[Event]] = field(default_factory=dict)  # by the number of the frame
    each: Callable[[int], object] = lambda frame: None  # told the number of each frame that is over

    def __post_init__(self) -> None:
        self.number = 0
        self.hidden = self.lost = False
        self.taken, self.visible, self.synced = 0.0, False, False

    @property
    def size(self) -> tuple[int, int]:
        """See Window."""
        return SIZE

    @property
    def fullscreen(self) -> bool:
        """See Window."""
        return True

    def elapsed(self) -> int:
        """See Window."""
        return self.elapses.pop(0) if len(self.elapses) > 1 else self.elapses[0]

    def events(self) -> Iterator[Event]:
        """See Window."""
        yield from self.happens.pop(self.number, [])

    def present(self) -> None:
        """See Window."""
        self.number += 1
        self.each(self.number)

    def rest(self, seconds: float) -> None:
        """See Window: no time is waited for."""
        self.present()

    def show_pointer(self, shown: bool) -> None:
        """See Window."""

    def toggle_fullscreen(self) -> None:
        """See Window."""

    def resize(self, size: tuple[int, int]) -> None:
        """See Window."""


def process(*words: str, root: Path = ROOT) -> "subprocess.Popen[str]":
    """Python with those words, as a process that finds the packages in `root`; what it prints can be read."""
    return subprocess.Popen(
        [sys.executable, "-P", *words],
        env={**os.environ, "PYTHONPATH": str(root), "PYGAME_HIDE_SUPPORT_PROMPT": "1"},
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Within the block these stand in the environment of this process."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
