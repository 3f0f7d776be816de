"""Shots that nobody played, for whatever compares them: a grey picture with two panels and a few words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine.comparison import Pixels
from scenes.checking.golden import Shot

HERE = {"renderer": "llvmpipe", "gl": "4.5", "cpu": "any", "freetype": "2.13"}
SIZE = (200, 120)

Draw = Callable[..., Shot]


def description() -> dict[str, Any]:
    """What a shot tells of itself, small."""
    text = {"panel": "card_loss", "rect": [20, 20, 40, 12], "pixels": 90}
    return {
        "status": "training",
        "loss": 0.1234,
        "eta": None,
        "parameters": {"batch_size": 32},
        "counts": {"links": 64, "neurons": 17},
        "panels": {"card_loss": [16, 16, 64, 48], "progress": [16, 100, 160, 16]},
        "texts": [{"text": "Loss", **text}, {"text": "0.1234", **text}],
        "text_layer": "a" * 64,
        "controls": {"start": {"enabled": False, "value": None, "rect": [0, 0, 9, 9]}},
    }


@pytest.fixture
def told() -> dict[str, Any]:
    return description()


@pytest.fixture
def here() -> dict[str, str]:
    """A fingerprint."""
    return dict(HERE)


@pytest.fixture
def drawn(tmp_path: Path) -> Draw:
    """Make a shot as if it had just been played: its pixels, its description and its fingerprint can be given."""

    def draw(name: str = "one", *, pixels: Pixels | None = None, by: dict[str, str] | None = None, **told: Any) -> Shot:
        grey = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8) if pixels is None else pixels
        folder = tmp_path / "played"
        folder.mkdir(exist_ok=True)
        surface = pygame.image.frombuffer(grey.tobytes(), grey.shape[1::-1], "RGB")
        pygame.image.save(surface, folder / f"{name}.png")
        (folder / f"{name}.json").write_text(json.dumps({**description(), **told}), encoding="utf-8")
        return Shot.read(folder, name, by or dict(HERE))

    return draw
