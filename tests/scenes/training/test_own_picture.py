"""What is drawn by hand becomes a picture as those are that a network has learned from."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.training.own_picture import picture

RING = [[(0.5 + 0.25 * np.cos(a), 0.5 + 0.4 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 60)]]
STROKE = [[(0.5, 0.1), (0.5, 0.9)]]


def test_nothing_drawn_is_an_empty_picture() -> None:
    assert not picture([], 8).any() and not picture([[]], 8).any()


@pytest.mark.parametrize("side", [5, 8, 28])
def test_a_picture_has_a_share_of_ink_for_each_pixel(side: int) -> None:
    drawn = picture(RING, side)
    assert drawn.shape == (side * side,) and drawn.dtype == np.float32
    assert drawn.min() >= 0 and drawn.max() <= 1 and drawn.max() > 0.5
    assert drawn.reshape(side, side)[side // 2, side // 2] == 0  # a ring is empty inside


@pytest.mark.parametrize("strokes", [RING, STROKE])
def test_the_same_drawn_smaller_and_elsewhere_is_the_same_picture(strokes: list[list[tuple[float, float]]]) -> None:
    small = [[(0.1 + 0.3 * x, 0.6 + 0.3 * y) for x, y in stroke] for stroke in strokes]
    assert np.allclose(picture(strokes, 8), picture(small, 8), atol=1e-6)


def test_a_stroke_is_as_wide_as_those_that_were_learned_and_fills_the_height() -> None:
    rows = picture(STROKE, 8).reshape(8, 8)
    assert (rows.sum(axis=1)[1:7] > 1.2).all() and (rows.sum(axis=1)[1:7] < 1.9).all()
    assert rows[0].sum() > 0.5 and rows[7].sum() > 0.5
    assert np.allclose(rows, rows[:, ::-1], atol=1e-6)


def test_a_dot_stays_a_dot_in_the_middle() -> None:
    rows = picture([[(0.9, 0.1)]], 8).reshape(8, 8)
    assert rows[3:5, 3:5].min() > 0.4 and rows[0].sum() == rows[:, 0].sum() == 0
