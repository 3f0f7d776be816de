"""A picture in parts is cut so that each pixel is kept once, with room around it, and projected to its own place."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graphics.tiles import GRID, MARGIN, Part, parts

SIDES = st.integers(64, 3000)
LIMITS = st.integers(2 * MARGIN + GRID, 1200)


def test_what_fits_is_one_part() -> None:
    assert parts((1280, 720), 1280) == [Part.all((1280, 720))]
    assert Part.all((1280, 720)).window == (1.0, 1.0, 0.0, 0.0)


@given(width=SIDES, height=SIDES, limit=LIMITS)
def test_every_pixel_is_kept_exactly_once_by_a_part_that_may_be_drawn(width: int, height: int, limit: int) -> None:
    cut = parts((width, height), limit)
    assert sum((right - left) * (bottom - top) for left, top, right, bottom in (part.kept for part in cut)) == (
        width * height
    )
    columns, rows = ({(part.kept[i], part.kept[i + 2]) for part in cut} for i in (0, 1))
    for spans, length in ((sorted(columns), width), (sorted(rows), height)):
        assert spans[0][0] == 0 and spans[-1][1] == length
        assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert all(max(part.size) <= limit for part in cut)


@given(width=SIDES, height=SIDES, limit=LIMITS)
def test_every_part_has_its_margin_and_begins_on_the_grid(width: int, height: int, limit: int) -> None:
    for part in parts((width, height), limit):
        for axis, length in enumerate((width, height)):
            begin, end = part.at[axis], part.at[axis] + part.size[axis]
            assert begin == max(0, part.kept[axis] - MARGIN) or begin == 0
            assert end == min(length, part.kept[axis + 2] + MARGIN)
        assert part.at[0] % GRID == 0
        assert (height - part.at[1] - part.size[1]) % GRID == 0  # the blur's rows count from the bottom


@given(st.tuples(st.floats(-0.9, 0.9), st.floats(-0.9, 0.9), st.floats(1.0, 9.0)))
def test_a_point_falls_on_the_same_pixel_in_every_part(point: tuple[float, float, float]) -> None:
    x, y, depth = point
    matrix = np.array([[1.3, 0, 0, 0], [0, 1.7, 0, 0], [0.2, -0.1, -1, -1], [0, 0, -0.2, 0]], dtype=np.float32)
    size = (1280, 720)
    at = np.array([x * depth, y * depth, -depth, 1.0])

    def pixel(part: Part) -> tuple[float, float]:
        clip = at @ part.projection(matrix)
        return (
            part.at[0] + (clip[0] / clip[3] + 1) / 2 * part.size[0],
            part.at[1] + (1 - clip[1] / clip[3]) / 2 * part.size[1],
        )

    whole = pixel(Part.all(size))
    for part in parts(size, 512):
        assert pixel(part) == pytest.approx(whole, abs=0.01)
