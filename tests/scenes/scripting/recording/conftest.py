"""A studio in which somebody uses a recorded visualizer, and the recording is played and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from engine.input import Event, Move, Point, Press, Release
from engine.scripting.script import play
from engine.window import Window
from scenes.kit.control_set import ControlSet
from scenes.scripting.recording import Recording
from scenes.scripting.rehearsal import rehearsal
from scenes.scripting.verbs import VERBS
from scenes.stage import Stage
from simulation_server.backend import Backend

Told = dict[str, Any]
WIDE = (1280, 720)


class Visitor:
    """Somebody before the window of a recorded visualizer; each act comes as the window would tell it."""

    def __init__(self, stage: Stage, pilot: Any, path: Path) -> None:
        self.stage = stage
        self.pilot = pilot
        self.seen = watched(stage)
        self.recording = Recording(path, stage, csv=False, say=pytest.fail)
        self.at: Point = (0.0, 0.0)
        self.held = False

    def rest(self, ticks: int) -> None:
        self.pilot.run(f"{ticks}ticks")

    def tell(self, *events: Event) -> None:
        for event in events:
            self.stage.app.handle(event)

    def move(self, x: float, y: float) -> None:
        by = (x - self.at[0], y - self.at[1])
        self.at = (x, y)
        self.tell(Move(self.at, by, self.held))

    def press(self) -> None:
        self.held = True
        self.tell(Press(self.at))

    def release(self) -> None:
        self.held = False
        self.tell(Release(self.at))

    def click(self, name: str, value: str | None = None, *, hold: int = 5) -> None:
        """Slightly beside the middle, as people do."""
        x, y = self.stage.first.find(ControlSet).at(name, value) or pytest.fail(f"{name} is not to be seen")
        self.move(round(x + 2), round(y - 1))
        self.press()
        self.rest(hold)
        self.release()
        self.rest(1)

    def told(self) -> Told:
        self.stage.app.draw()
        return self.stage.first.describe()


def watched(stage: Stage) -> list[tuple[str, int]]:
    """Each tick's status and epoch, from now on."""
    seen: list[tuple[str, int]] = []
    tick = stage.first.tick

    def noted(dt: float) -> None:
        tick(dt)
        seen.append((stage.controller.now.status.value, stage.controller.now.epoch))

    stage.first.tick = noted  # type: ignore[method-assign]
    return seen


def states(seen: list[tuple[str, int]]) -> list[str]:
    return [status for status, _ in groupby(status for status, _ in seen)]


@pytest.fixture(scope="module")
def server() -> Iterator[Backend]:
    """A backend that keeps running."""
    with Backend(seed=7) as backend:
        yield backend


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recordings")


class Studio:
    """Makes recordings and plays them, each in a visualizer of its own."""

    def __init__(self, server: Backend, window: Window, folder: Path, spoken: Any) -> None:
        self.server = server
        self.window = window
        self.path = folder / "visit.script"
        self._spoken = spoken

    def stage(self, size: tuple[int, int], *, scale: float = 1.0) -> tuple[Stage, Any]:
        self.server.misbehave("healthy")
        looks: Any = {"size": size, "theme": "dark", "scale": scale, "window": self.window}
        stage, pilot = rehearsal(url=self.server.url, server=self.server, out=self.path.parent, **looks)
        return stage, self._spoken(pilot, VERBS)

    def visitor(self, stage: Stage, pilot: Any) -> Visitor:
        return Visitor(stage, pilot, self.path)

    def visit(
        self, acts: Callable[[Visitor], None], size: tuple[int, int] = WIDE, *, late: str = "", scale: float = 1.0
    ) -> list[str]:
        """Record `acts`, play the script, compare; its lines without the header. `late` is how long answers took."""
        stage, pilot = self.stage(size, scale=scale)
        try:
            visitor = self.visitor(stage, pilot)
            if late:
                pilot.server(f"slow:{late}")
            acts(visitor)
            visitor.recording.close()
            told, seen = visitor.told(), visitor.seen
        finally:
            stage.close()
        again, seen_again = self.played(size)
        if late:
            assert states(seen_again) == states(seen)
            for each in (told, again):  # the camera and the logo turn for as long as the answer takes
                del each["camera"], each["line"], each["labels"], each["text_layer"]
        else:
            assert seen_again == seen
        assert again == told
        return self.path.read_text("utf-8").partition("\n\n")[2].splitlines()

    def played(self, size: tuple[int, int]) -> tuple[Told, list[tuple[str, int]]]:
        stage, pilot = self.stage(size)
        try:
            seen = watched(stage)
            play(self.path, VERBS, pilot.pilot)
            stage.app.draw()
            return stage.first.describe(), seen
        finally:
            stage.close()


@pytest.fixture(scope="module")
def studio(server: Backend, window: Window, folder: Path, spoken: Any) -> Studio:
    """Where recordings are made and played."""
    return Studio(server, window, folder, spoken)
