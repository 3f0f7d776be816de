"""A visualizer off screen with a backend of its own, which a test may let misbehave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from engine.window import Window
from scenes.pilot import VisualizerPilot, rehearsal
from scenes.stage import Stage
from simulation_server.backend import Backend
from simulation_server.faults import Fault

Rehearsed = Callable[..., AbstractContextManager[tuple[Stage, VisualizerPilot]]]


class Server:
    """The backend as scripts see it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.url = backend.url

    def misbehave(self, mode: str) -> None:
        self._backend.fault = Fault.parse(mode)


@pytest.fixture(scope="session")
def rehearsed(window: Window) -> Rehearsed:
    """Make a stage and its pilot that write into `out`; named looks replace 1280x720, dark, at 1."""

    @contextmanager
    def make(out: Path, **looks: Any) -> Iterator[tuple[Stage, VisualizerPilot]]:
        chosen = {"size": (1280, 720), "theme": "dark", "scale": 1.0, **looks}
        with Backend(seed=7) as backend:
            stage, pilot = rehearsal(url=backend.url, server=Server(backend), out=out, window=window, **chosen)
            try:
                yield stage, pilot
            finally:
                stage.close()

    return make
