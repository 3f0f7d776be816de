"""Measures a window: which share of a core it takes in each state, and how long a key takes to be seen."""

import time
from typing import Any

import pygame

from engine.clock import TICKS_PER_SECOND
from engine.window import Window
from scenes import stage
from scenes.training.lifecycle import Status
from scenes.training.playback import INTERVAL

SECONDS = 5  # that each state is measured
SETTLED = 6  # seconds after which everything has come to rest
FRAMES = 10  # that the loop runs in one go
KEYS = 5  # that are pressed; the median counts
EPOCHS = 200  # so many that the run goes on while it is measured


class Watched(Window):
    """A window that knows how long after `begin` it was presented first, and how often it had rested before."""

    begun = 0.0
    presented: tuple[float, int] | None = None  # milliseconds, frames
    _rests = 0

    def begin(self) -> None:
        """Count from now on."""
        self.begun, self.presented, self._rests = time.perf_counter(), None, 0

    def present(self) -> None:
        """See Window."""
        super().present()
        self.presented = self.presented or ((time.perf_counter() - self.begun) * 1000, self._rests + 1)

    def rest(self, seconds: float) -> None:
        """See Window."""
        super().rest(seconds)
        self._rests += 1


def measure(*, url: str, size: tuple[int, int], seconds: float = SECONDS, settled: float = SETTLED) -> dict[str, Any]:
    """Percent of a core before a run, in training, paused, hidden; milliseconds and frames from a key to its pixels.

    Where the window is drawn by the processor, that is counted, too; what the display server does is not.
    Raises WindowError where there is no display.
    """
    window = Watched(size, title=stage.TITLE)
    built = stage.build(window, url=url, size=window.size, theme="dark", scale=1.0, interval=INTERVAL, seed=7)
    shares: dict[str, float] = {}
    try:
        shares["idle"] = _share(built, window, seconds, settled)
        built.controller.set_parameters(epochs=EPOCHS)
        built.controller.start()
        while built.controller.now.status is Status.LOADING:
            _run(built, window, 0.1)
        shares["training"] = _share(built, window, seconds, 1.0)
        built.controller.pause()
        shares["paused"] = _share(built, window, seconds, settled)
        seen = _key_to_pixel(built, window)
        pygame.event.post(pygame.event.Event(pygame.WINDOWMINIMIZED))
        shares["hidden"] = _share(built, window, seconds, 1.0)
        driver = built.app.renderer.driver["renderer"]
    finally:
        built.close()
    shown = {name: round(share, 1) for name, share in shares.items()}
    return {"size": list(size), "core_percent": shown, "key_to_pixel": seen, "renderer": driver}


def _share(built: stage.Stage, window: Window, seconds: float, settled: float) -> float:
    """Percent of a core over so many seconds, once things have gone on for `settled` seconds."""
    _run(built, window, settled)
    begun, used = time.perf_counter(), time.process_time()
    _run(built, window, seconds)
    return 100 * (time.process_time() - used) / (time.perf_counter() - begun)


def _run(built: stage.Stage, window: Window, seconds: float) -> None:
    """Let the loop run for so many seconds of its own clock."""
    until = built.app.clock.count + round(seconds * TICKS_PER_SECOND)
    while built.app.clock.count < until:
        built.app.run(window, frames=FRAMES)


def _key_to_pixel(built: stage.Stage, window: Watched) -> dict[str, float]:
    """From a key that turns the camera, pressed at rest, to the first picture that is another one, presented."""
    taken = []
    for _ in range(KEYS):
        window.begin()
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_LEFT, mod=0, unicode="", scancode=80))
        built.app.run(window, frames=FRAMES)
        taken += [window.presented] if window.presented else []
        _run(built, window, 2.0)  # until all is at rest again
    ms, frames = sorted(taken)[len(taken) // 2] if taken else (0.0, 0)
    return {"ms": round(ms, 1), "frames": frames}
