"""No text is clipped, leaves its panel or lies over another one: on every size, in every state."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from engine.script import play
from engine.window import Window
from scenes.pilot import VisualizerPilot, rehearsal
from simulation_server.backend import Backend
from simulation_server.faults import Fault

SIZES = ["1024x768", "1280x720", "1920x1080", "2560x1440", "1080x1920", "390x844"]
STATES = """
run 1s
# idle
press dataset digits
press start
until training
run 3100ms
# digits
until complete
run 1s
# complete
drag learning_rate 1
press dataset spiral
press start
until training
until complete
run 1s
# diverged
press source
server refused
press start
run 700ms
# retrying
until error
run 1s
# error
"""


class Server:
    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.url = backend.url

    def misbehave(self, mode: str) -> None:
        self._backend.fault = Fault.parse(mode)


def told(pilot: VisualizerPilot, stage: Any, script: str, out: Path) -> dict[str, Any]:
    path = out / "part.script"
    path.write_text(script, encoding="utf-8")
    play(path, pilot)
    stage.app.draw()
    description: dict[str, Any] = stage.dashboard.describe()
    return description


def check(state: str, shown: dict[str, Any]) -> None:
    panels = {**shown["panels"], "logo": shown["panels"]["header"]}
    panels["actions"] = panels.get("actions", panels["controls"])
    panels["stamp"] = shown["controls"]["source"]["rect"]
    width, height = shown["size"]
    texts = [text for text in shown["texts"] if text["rect"][2] and text["rect"][3]]
    for text in texts:
        x, y, w, h = text["rect"]
        left, top, across, down = panels[text["panel"]]
        where = f"{state}: '{text['text']}' {text['rect']} in {text['panel']} {panels[text['panel']]}"
        assert left <= x and x + w <= left + across, f"beside its panel: {where}"
        assert top - 12 <= y and y + h <= top + down, f"above or below its panel: {where}"
        if y >= 0 and y + h <= height and x + w <= width:
            assert text["pixels"] > 0, f"cannot be seen: {where}"
        assert not text["text"].endswith("…") or text["text"] == "Fetching Data…", f"cut: {where}"
    for one, other in combinations(texts, 2):
        if one["panel"] == other["panel"]:
            (ax, ay, aw, ah), (bx, by, bw, bh) = one["rect"], other["rect"]
            apart = ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay
            assert apart, f"{state}: '{one['text']}' {one['rect']} lies over '{other['text']}' {other['rect']}"


@pytest.mark.parametrize("size", SIZES)
def test_words_fit(size: str, window: Window, tmp_path: Path) -> None:
    width, height = map(int, size.split("x"))
    with Backend(seed=7) as backend:
        server = Server(backend)
        looks: dict[str, Any] = {"size": (width, height), "theme": "dark", "scale": 1.0}
        stage, pilot = rehearsal(url=backend.url, server=server, out=tmp_path, window=window, **looks)
        try:
            part: list[str] = []
            for line in STATES.strip().splitlines():
                part.append(line)
                if line.startswith("#"):
                    check(f"{size} {line[2:]}", told(pilot, stage, "\n".join(part), tmp_path))
                    part = []
        finally:
            stage.close()
