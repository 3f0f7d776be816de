"""The ring of the focus goes around words, never through them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenes.kit.control_set import ControlSet
from scenes.kit.part_scene import PartScene
from scenes.kit.theme import unit

Box = tuple[float, float, float, float]  # left, top, right, bottom
FIRST, LINE, WIDTH = slice(4, 8), slice(12, 15), 17  # columns of a shape


def ring(board: PartScene) -> tuple[Box, float] | None:
    """The ring that is drawn now, and how wide its line is; pixels."""
    for row in board.drawing().shapes:
        wide = row[WIDTH] == pytest.approx(2.0 * board.page.scale)
        if wide and row[7] == 0.0 and row[LINE] == pytest.approx(unit(board.moment().theme.accent)):
            x, y, half_w, half_h = row[:4]
            return (x - half_w, y - half_h, x + half_w, y + half_h), row[WIDTH]
    return None


def cut(board: PartScene, around: Box, line: float) -> list[str]:
    """The words that the ring touches, with their ink."""
    left, top, right, bottom = around
    told = []
    for text in board.overlay.describe():
        x, y, w, h = text["rect"]
        outside = x >= right or x + w <= left or y >= bottom or y + h <= top
        inside = x >= left + line and x + w <= right - line and y >= top + line and y + h <= bottom - line
        if not (outside or inside) and text["pixels"]:  # what has been scrolled behind the stamp cannot be seen
            told.append(f"{text['text']} {text['rect']}")
    return told


@pytest.mark.parametrize("scale", [0.75, 1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1080, 1920), (390, 844)])
def test_the_ring_touches_no_word(rehearsed: Any, tmp_path: Path, size: tuple[int, int], scale: float) -> None:
    rings: dict[str, Box] = {}
    wrong = []
    with rehearsed(tmp_path, size=size, scale=scale) as (stage, pilot):
        board = stage.first
        while True:
            pilot.key("tab")
            name, found = board.find(ControlSet).ui.focused, ring(board)
            assert found, name
            if name in rings:
                break
            rings[name] = found[0]
            wrong += [f"{name} {found[0]}: {text}" for text in cut(board, *found)]
    assert {"learning_rate", "epochs", "speed", "batch_size.16", "start", "log_axis", "theme"} <= set(rings)
    assert not wrong, "\n".join(wrong)
