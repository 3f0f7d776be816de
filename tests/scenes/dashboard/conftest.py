"""What tests of panels need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay
from engine.resources import ASSETS
from scenes.dashboard.layout import layout
from scenes.kit.drawing import Drawing
from scenes.kit.theme import DARK

if TYPE_CHECKING:
    from engine.window import Window

PAGE = layout((1280, 720))


@pytest.fixture
def drawing(window: Window) -> Drawing:
    """To draw panels with, dark, in a window of 1280x720."""
    return Drawing(PAGE, DARK, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), PAGE.size), 0.0)
