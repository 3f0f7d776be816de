"""Long columns: the extremes of their stretches are exact, no spike is lost, what is old is not looked at again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from scenes.kit.axis import axis, log_axis
from scenes.kit.curves import FINE, curve, long_curve
from scenes.kit.places import Rect
from scenes.kit.series import STEP, WHOLE, Series
from scenes.kit.smoothing import smoothed

PLOT, LONG = Rect(30, 10, 200, 100), 300_000
Column = NDArray[np.float64]


def noise(count: int, seed: int = 7) -> Column:
    random = np.random.default_rng(seed)
    return np.abs(random.normal(0.5, 0.1, count)) + np.linspace(2.0, 0.0, count)


@given(st.lists(st.integers(1, 700), min_size=1, max_size=8), st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_extremes_are_those_of_each_stretch_whenever_they_are_asked_for(
    pieces: list[int], seed: int, earlier: float
) -> None:
    whole, series = np.random.default_rng(seed).normal(size=sum(pieces)), Series()
    for end in np.cumsum(pieces):
        for column in (whole[:end], whole[: max(1, int(end * earlier))]):  # also as it was before
            assert series.span(column) == (column.min(), column.max())
            for size in (1, STEP, STEP**2, STEP**3):
                if size <= len(column):
                    low, high = series.extremes(column, size)
                    cut = [column[at : at + size] for at in range(0, len(column), size)]
                    assert low.tolist() == [piece.min() for piece in cut]
                    assert high.tolist() == [piece.max() for piece in cut]


def test_what_was_looked_at_is_never_looked_at_again() -> None:
    column, series = noise(LONG), Series()
    series.span(column[:-1])
    series.smooth(column[:-1])
    told = column.copy()
    column[: LONG // 2] = np.nan  # whoever reads these again gets no number
    assert series.span(column) == (told.min(), told.max())
    assert np.isfinite(series.smooth(column)[1]).all()


@pytest.mark.parametrize("ends", [[10], [WHOLE, WHOLE + 1, WHOLE + 2, 9000], [50_000], [5000, 5000, 20_000, 20_039]])
def test_a_long_column_is_as_smooth_as_if_it_were_smoothed_at_once(ends: list[int]) -> None:
    column, series = noise(max(ends)), Series()
    for end in ends:
        shown, smooth = series.smooth(column[:end])
        np.testing.assert_allclose(smooth, smoothed(column[:end]), rtol=1e-7)
        assert shown.span(smooth) == (smooth.min(), smooth.max())


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("share", [0.02, 0.4, 1.0])
def test_a_long_curve_is_the_same_to_a_part_of_a_pixel(share: float, log: bool) -> None:
    column = noise(LONG)
    scale = log_axis(0.01, 3.0) if log else axis(3.0)
    played = column[: int(LONG * share)]
    points = long_curve(played, Series(), scale.share, LONG, PLOT)
    whole = curve(scale.share(played), LONG, PLOT, 1.0)
    assert points is not None
    assert np.diff(points[:, 0]).min() >= 0 and abs(points[-1, 0] - whole[-1, 0]) < 1
    low, high = (  # of each column of pixels, or of one that a stretch may stand in beside it
        np.array([pick(whole[np.abs(whole[:, 0] - x) < 1.2, 1]) for x in points[:, 0]]) for pick in (np.min, np.max)
    )
    assert (points[:, 1] >= low - 1e-9).all() and (points[:, 1] <= high + 1e-9).all()
    assert points[:, 1].min() == pytest.approx(whole[:, 1].min()) and len(points) <= 2 * PLOT.w + 2


@given(st.integers(0, LONG - 1))
def test_a_spike_of_one_epoch_in_many_is_seen_where_it_is(at: int) -> None:
    column = np.full(LONG, 0.2)
    column[at] = 0.9
    points = long_curve(column, Series(), axis(1.0).share, LONG, PLOT)
    assert points is not None
    highest = points[points[:, 1].argmin()]
    assert highest[1] == pytest.approx(PLOT.bottom - 0.9 * PLOT.h)
    assert abs(highest[0] - (PLOT.x + at / (LONG - 1) * PLOT.w)) <= 1 + 1 / FINE


def test_a_column_with_few_values_a_pixel_is_drawn_value_by_value() -> None:
    assert long_curve(noise(1000), Series(), axis(3.0).share, 1000, PLOT) is None
    assert long_curve(noise(100), Series(), axis(3.0).share, 1_000_000, PLOT) is None


@pytest.mark.parametrize("width", [-3, 0, 1, 2, 5])
@pytest.mark.parametrize("count", [2, 3, 9, 70, 1000])
def test_a_plot_of_a_few_pixels_or_none_is_no_harder(width: int, count: int) -> None:
    plot, column = Rect(30, 10, width, 1), noise(count)
    points = long_curve(column, Series(), axis(3.0).share, count, plot)
    points = curve(axis(3.0).share(column), count, plot, 1.0) if points is None else points
    assert len(points) and np.isfinite(points).all()
