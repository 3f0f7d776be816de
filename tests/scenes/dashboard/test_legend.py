"""The line below the network says what is drawn, in the inks that are drawn, and fits its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay
from engine.resources import ASSETS
from engine.window import Window
from scenes.dashboard.layout import layout
from scenes.dashboard.legend import LINE, TO_TOUCH, lines, placed
from scenes.kit.drawing import Drawing
from scenes.kit.theme import THEMES
from scenes.training.epoch import Network


def legend(look: dict[str, Any]) -> list[str]:
    return [text["text"] for text in look["texts"] if text["panel"] == "legend"]


@pytest.mark.parametrize(
    ("size", "dataset"),
    [((1280, 720), "digits"), ((390, 844), "spiral"), ((640, 360), "spiral")],
    ids=str,
)
def test_before_a_run_it_says_what_to_touch_and_then_what_is_seen(
    rehearsed: Any, tmp_path: Path, dataset: str, size: tuple[int, int]
) -> None:
    with rehearsed(tmp_path, size=size) as (stage, pilot):
        pilot.dataset(dataset)
        pilot.run("30ticks")
        stage.app.draw()
        if "legend" not in stage.first.page.panels:
            assert size == (640, 360)
            return
        assert legend(stage.first.describe())[0] == TO_TOUCH[0].text
        pilot.press("start")
        pilot.until("epoch", ">=", "2", within="30s")
        stage.app.draw()
        told = legend(stage.first.describe())
        assert told[:2] in (["excites the next ball", "calms it"], ["excites", "calms"])
        pilot.server("refused")
        pilot.press("stop")
        pilot.press("start")
        pilot.until("error", within="30s")
        stage.app.draw()
        assert legend(stage.first.describe()) == [], "there the error is told"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (390, 844)], ids=str)
def test_a_line_fits_its_place_and_no_pair_is_torn(window: Window, theme: str, size: tuple[int, int]) -> None:
    page = layout(size)
    drawing = Drawing(page, THEMES[theme], Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), size), 0.0)
    rect = page.panels["legend"]
    room = rect.h >= page.px(2 * LINE)
    for shape in ((4, 6, 5, 2), (64, 32, 16, 10)):
        for line in lines(THEMES[theme], known(shape), room=room):
            seen = list(placed(drawing, line))
            assert seen[0][1] >= rect.x
            inked = [entry.text for entry, _ in seen if entry.ink and not entry.link]
            assert inked in ([], ["yes", "no"], ["ink here", "no ink here"]) or (len(inked) == 1 and shape[0] == 4)
            used = [entry.ink for entry, _ in seen if entry.ink]
            assert len(used) == len(set(used)), "an ink is explained once"


def known(shape: tuple[int, ...]) -> Network:
    """A network of that shape, of pictures or of a table."""
    return Network(
        shape=shape,
        dataset="digits" if shape[0] == 64 else "csv",
        features=tuple(f"column {k}" for k in range(shape[0])),
        classes=tuple(f"class {k}" for k in range(shape[-1])),
        offset=np.zeros(shape[0], np.float32),
        scale=np.ones(shape[0], np.float32),
        activation="tanh",
        samples=np.zeros((3, shape[0]), np.float32),
        labels=np.zeros(3, np.uint8),
        training=np.zeros(3, np.uint8),
    )
