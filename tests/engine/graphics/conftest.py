"""A picture to draw: a grey ground, and whatever a test adds to it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay
from engine.graphics.picture import Glass, Ground, Picture
from engine.graphics.renderer import Renderer

GREY = (0.5, 0.5, 0.5)
BLACK = (0.0, 0.0, 0.0)
CLEAR = (0.0, 0.0, 0.0, 0.0)


@pytest.fixture
def picture(fonts: Fonts) -> Callable[..., Picture]:
    """Make a picture for a renderer; named fields replace those of a plain one."""

    def make(renderer: Renderer, **fields: object) -> Picture:
        plain: dict[str, object] = {
            "ground": Ground(top=GREY, bottom=GREY, left_glow=BLACK, right_glow=BLACK),
            "world": [],
            "panels": np.zeros((0, 6), dtype=np.float32),
            "glass": Glass(tint=CLEAR, border=CLEAR, shadow=CLEAR, lift=CLEAR, spread=8.0, bloom=0.0, bias=0.0),
            "flat": [],
            "overlay": Overlay(fonts, renderer.size),
            "view": np.eye(4, dtype=np.float32),
            "projection": np.eye(4, dtype=np.float32),
            "open_area": (0.0, 0.0, float(renderer.size[0]), float(renderer.size[1])),
        }
        made: Callable[..., Picture] = Picture
        return made(**{**plain, **fields})

    return make


@pytest.fixture
def box() -> Callable[..., list[float]]:
    """A row of the `shape` shader: a plain rectangle of pixels in one colour."""

    def row(left: float, top: float, right: float, bottom: float, colour: tuple[float, ...]) -> list[float]:
        middle = [(left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2]
        return [*middle, *colour, *colour, *[0.0] * 12]

    return row
