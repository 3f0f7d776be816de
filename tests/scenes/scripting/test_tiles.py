"""The dashboard in parts is the dashboard: where a driver's targets are too small, nothing is lost and no seam shows.

Not bit for bit: rounding and the phase of the blur differ. Measured with parts of 512 pixels on llvmpipe: at most 3
levels of 255 where the sides are multiples of 32 pixels, 13 elsewhere, beside the glow of bright things; and 4 at one
pixel of a neuron's face, where its value crosses zero and its ink is steepest.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.comparison import Pixels, tile_difference
from engine.graphics import renderer, tiles
from engine.input import Resize
from engine.window import Window
from scenes.embedded import embedded
from scenes.scripting.rehearsal import rehearsal
from scenes.scripting.verbs import VERBS

ON_GRID = 3  # levels of 255
STEEP, FEW = 2, 4  # levels more that a few pixels of faces may have, and how many
Drawn = Any


@pytest.fixture
def drawn(spoken: Any, tmp_path: Path, window: Window, no_leaks: None, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The dashboard in training, with targets of at most `limit` pixels; drawn small and whole before."""

    def draw(limit: int, size: tuple[int, int], theme: str = "dark") -> Pixels:
        monkeypatch.setattr(renderer, "LARGEST_TARGET", limit)
        looks: dict[str, Any] = {"size": (320, 200), "theme": theme, "scale": 1.0, "window": window}
        with embedded("") as (url, server):
            stage, pilot = rehearsal(url=url, server=server, out=tmp_path, **looks)
            told = spoken(pilot, VERBS)
            stage.app.draw()
            stage.app.handle(Resize(size))
            told.drag("learning_rate", "0.1")
            told.press("start")
            told.until("training")
            told.run("1s")
            for _ in range(2):  # the second one with an overlay that has already been taken
                stage.app.draw()
            pixels = stage.app.renderer.pixels()
            stage.close()
        return pixels

    return draw


@pytest.mark.parametrize(
    ("size", "theme", "most"),
    [
        ((1280, 736), "dark", ON_GRID),
        ((1280, 736), "light", ON_GRID),
        ((651, 777), "dark", 16),
        ((1280, 720), "light", 16),
    ],
)
def test_a_picture_in_parts_is_the_picture(drawn: Drawn, size: tuple[int, int], theme: str, most: int) -> None:
    whole, stitched = drawn(8192, size, theme), drawn(512, size, theme)
    assert stitched.shape == whole.shape == (size[1], size[0], 3)
    difference = np.abs(stitched.astype(int) - whole)
    assert np.count_nonzero(difference.max(axis=2) > most) <= FEW and difference.max() <= most + STEEP
    assert difference.mean() < 0.1
    assert tile_difference(stitched, whole, 16) <= most


def test_without_margins_seams_would_show(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = drawn(8192, (1280, 736))
    monkeypatch.setattr(tiles, "MARGIN", 0)
    assert np.abs(drawn(512, (1280, 736)).astype(int) - whole).max() > ON_GRID
