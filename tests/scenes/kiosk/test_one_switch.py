"""With one switch alone a visitor comes from the first question to a network that has learned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.clock import TICK
from engine.input import Key
from scenes.kiosk.one_switch import OneSwitch
from scenes.kit.control_set import ControlSet
from scenes.stage import OPENINGS

SECONDS = 1.0


@pytest.fixture
def visited(rehearsed: Any, tmp_path: Path) -> Any:
    with rehearsed(tmp_path, opening=OPENINGS["visit"]) as (stage, pilot):
        pilot.run("500ms")
        yield stage, pilot


def marked(stage: Any) -> str | None:
    focused: str | None = stage.scene.find(ControlSet).ui.focused
    return focused


def test_space_alone_leads_to_the_end(visited: Any) -> None:
    stage, pilot = visited
    switch = OneSwitch(stage.app.scenes, SECONDS)
    steps: list[str] = []
    for wanted in ("choice.3", "choice.2", "choice.2"):
        for _ in range(20 * 60):
            switch.tick(TICK, away=False)
            pilot.tick()
            if marked(stage) == wanted:
                break
        stage.app.handle(Key("space"))
        pilot.run("100ms")
        steps.append(stage.scene.entries()["visit"]()["step"])
    assert steps == ["rate", "start", "learning"]
    pilot.until("complete", within="60s")


def test_nothing_is_marked_while_nobody_is_there_or_it_is_off(visited: Any) -> None:
    stage, pilot = visited
    on, off = OneSwitch(stage.app.scenes, SECONDS), OneSwitch(stage.app.scenes, 0.0)
    for _ in range(120):
        on.tick(TICK, away=True)
        off.tick(TICK, away=False)
        pilot.tick()
    assert marked(stage) is None
    for _ in range(61):
        on.tick(TICK, away=False)
    assert marked(stage) == "choice.1"
