"""Axes on round numbers, curves that never overshoot, peaks that survive thinning."""

from math import ceil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay
from engine.resources import ASSETS
from engine.window import Window
from scenes.dashboard.charts import Chart, View, plot_of
from scenes.dashboard.layout import layout
from scenes.kit.axis import LOWEST, Axis, axis, epoch_ticks, log_axis
from scenes.kit.curves import FLAT, area, curve, dashed, monotone, ribbon
from scenes.kit.drawing import Drawing
from scenes.kit.part import Moment
from scenes.kit.places import Rect
from scenes.kit.smoothing import smoothed
from scenes.kit.theme import DARK
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.snapshot import Snapshot

PLOT = Rect(40, 10, 220, 100)
LOSSES = arrays(np.float64, st.integers(1, 2000), elements=st.floats(0, 50))


@given(st.floats(1e-6, 1e9))
def test_an_axis_holds_its_data_on_round_ticks(highest: float) -> None:
    made = axis(highest)
    assert made.top >= highest * (1 - 1e-9)
    assert 2 <= len(made.ticks) <= 7
    assert np.allclose(np.diff(made.ticks), made.ticks[1])
    assert len({made.label(tick) for tick in made.ticks}) == len(made.ticks)


def test_an_axis_of_percent_ends_at_a_hundred() -> None:
    assert axis(100.0, most=4).ticks == (0, 25, 50, 75, 100)


@given(st.integers(1, 100_000), st.integers(2, 9))
def test_epoch_ticks_are_distinct_and_reach_both_ends(epochs: int, most: int) -> None:
    ticks = epoch_ticks(epochs, most=most)
    assert ticks[0] == 1 and ticks[-1] == epochs
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= most + 2


def test_five_epochs_have_five_ticks() -> None:
    assert epoch_ticks(5, most=5) == [1, 2, 3, 4, 5]


@given(arrays(np.float64, st.integers(2, 60), elements=st.floats(-100, 100)))
def test_a_curve_never_overshoots_its_neighbours(values: np.ndarray) -> None:  # type: ignore[type-arg]
    x = np.arange(len(values), dtype=float)
    at = np.linspace(0, len(values) - 1, 500)
    drawn = monotone(x, values, at)
    left = np.clip(at.astype(int), 0, len(values) - 2)
    low, high = np.minimum(values[left], values[left + 1]), np.maximum(values[left], values[left + 1])
    slack = 1e-9 * (1 + np.abs(values).max())
    assert (drawn >= low - slack).all() and (drawn <= high + slack).all()


@given(LOSSES)
def test_every_peak_is_drawn_however_many_epochs_there_are(values: np.ndarray) -> None:  # type: ignore[type-arg]
    points = curve(values, len(values), PLOT, 50.0)
    top = PLOT.bottom - values.max() / 50 * PLOT.h
    assert top - 1e-9 <= points[:, 1].min() < top + FLAT, "to half a pixel, below which two extremes are one point"
    assert np.isfinite(points).all()
    assert (np.diff(points[:, 0]) >= 0).all()


@given(LOSSES)
def test_geometry_is_finite_and_stays_near_its_plot(values: np.ndarray) -> None:  # type: ignore[type-arg]
    points = curve(values, len(values), PLOT, 50.0)
    if len(points) > 1:
        for rows in (ribbon(points, 1.25, (255, 0, 0)), area(points, PLOT, (255, 0, 0))):
            assert np.isfinite(rows).all()
            assert rows[:, 0].min() >= PLOT.x - 6 and rows[:, 0].max() <= PLOT.right + 6
            assert rows[:, 1].min() >= PLOT.y - 6 and rows[:, 1].max() <= PLOT.bottom + 6


@pytest.mark.parametrize("left", [40, 1030])
@pytest.mark.parametrize("epochs", [2, 3, 16, 31, 50, 97, 219, 220])
def test_no_two_points_of_a_smooth_curve_lie_so_near_that_rounding_turns_the_stroke(left: int, epochs: int) -> None:
    plot = Rect(left, 10, 220, 100)
    values = np.linspace(0.0, 1.0, epochs) ** 2
    for count in range(2, epochs + 1):
        points = curve(values[:count], epochs, plot, 1.0)
        assert np.diff(points[:, 0]).min() > 0.7
        rows = ribbon(points, 1.25, (255, 0, 0))
        assert np.abs(rows[:, 1][:, None] - points[:, 1]).min(axis=1).max() <= 2.5 / 0.45, "no spikes"


@given(
    arrays(np.float64, st.integers(2, 300), elements=st.floats(0, 50) | st.sampled_from([0.0, 1e-13, 25.0, 50.0])),
    st.integers(0, 2000),
    st.floats(0.5, 4.0),
)
def test_no_stroke_leaves_the_band_of_its_data_by_more_than_half_its_width(
    values: NDArray[np.float64], more: int, half: float
) -> None:
    epochs = len(values) + more
    points = curve(values, epochs, PLOT, 50.0)
    drawn = PLOT.bottom - values / 50.0 * PLOT.h
    where = (points[:, 0] - PLOT.x) * (epochs - 1) / PLOT.w + 1e-6
    near = 1 + 2 * ceil(epochs / PLOT.w) if len(values) > PLOT.w else 1  # epochs to either side: two columns of pixels
    low, high = (
        np.array([pick(drawn[max(0, int(at) - near) : int(at) + near + 1]) for at in where])
        for pick in (np.min, np.max)
    )
    rows = ribbon(points, half, (255, 0, 0)).reshape(-1, 6, 8)[:, :2, 1].astype(float)  # both sides of all but the last
    seen = points[:-1, 1, None] + (rows - points[:-1, 1, None]) * half / (half + 1.0)  # the rest is its soft edge
    assert (seen >= low[:-1, None] - half - 1e-4).all() and (seen <= high[:-1, None] + half + 1e-4).all()


@pytest.mark.parametrize(("dash", "gap"), [(4.0, 3.0), (1.0, 1.0), (12.0, 0.5), (500.0, 3.0)])
@given(values=arrays(np.float64, st.integers(2, 200), elements=st.floats(0, 50)))
def test_a_dashed_line_is_drawn_for_its_share_of_the_way(values: NDArray[np.float64], dash: float, gap: float) -> None:
    points = curve(values, len(values), PLOT, 50.0)
    rows = dashed(points, 0.5, (255, 0, 0), dash=dash, gap=gap).reshape(-1, 6, 8).astype(np.float64)
    assert np.isfinite(rows).all()
    begin, end = rows[:, 0, :2] + rows[:, 1, :2], rows[:, 3, :2] + rows[:, 5, :2]
    way = np.hypot(*np.diff(points, axis=0).T).sum()
    turns, rest = divmod(way, dash + gap)
    drawn = np.hypot(*((end - begin) / 2).T).sum()
    assert drawn == pytest.approx(turns * dash + min(rest, dash), rel=0.05, abs=0.05)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (390, 844)])
@pytest.mark.parametrize("name", ["loss_chart", "accuracy_chart"])
@pytest.mark.parametrize(
    "ends", [(0.0, 0.0), (1.0, 1.0), (0.5, 0.5), (0.49, 0.5), (0.0, 1.0), (1.0, 0.98), (0.01, 0.0)]
)
def test_both_lines_are_named_beside_their_ends_and_neither_name_covers_the_other(
    drawing: Drawing, size: tuple[int, int], name: str, ends: tuple[float, float]
) -> None:
    page = layout(size)
    drawing = Drawing(page, DARK, Overlay(drawing.overlay.fonts, (page.size[0], page.height)), 0.0)
    for count in (1, 25, 50):
        known, new = (np.full(count, end) for end in ends)
        columns: dict[str, Any] = {"loss": known, "validation_loss": new}
        columns |= {"accuracy": 100 * known, "validation_accuracy": 100 * new}
        run: Any = SimpleNamespace(parameters=RunParameters(), **columns)
        shown = Snapshot(Status.COMPLETE, Parameters(), 1, epoch=count, head=count, epochs=50, loss=0.3, run=run)
        ceiling = None if name == "loss_chart" else 100.0
        Chart(name, View(), ceiling=ceiling, suffix="").draw(drawing, Moment(shown, page, DARK))
        rect, plot = page.panels[name], plot_of(page, page.panels[name], shown)
        told = {text["text"]: pygame.Rect(text["rect"]) for text in drawing.overlay.describe()}
        seen, unseen = told["seen"], told["unseen"]
        assert not seen.colliderect(unseen)
        for place in (seen, unseen):
            assert plot.right < place.left and place.right <= rect.right - page.px(8)
            assert plot.y - page.px(8) <= place.top and place.bottom <= plot.bottom + page.px(8)
        read = Chart(name, View(cursor=1), ceiling=ceiling, suffix="")
        read.draw(drawing, Moment(shown, page, DARK))
        assert {text["text"] for text in drawing.overlay.describe()} >= {"seen", "unseen"}, (
            "what is read covers neither"
        )


def test_an_area_fades_to_nothing_at_the_ground() -> None:
    points = curve(np.array([50.0, 25.0, 0.0]), 3, PLOT, 50.0)
    rows = area(points, PLOT, (255, 0, 0))
    ground = rows[rows[:, 1] == PLOT.bottom]
    assert (ground[:, 5] == 0).all()
    assert np.isclose(rows[:, 5].max(), 0.30)


@given(st.floats(0, 1e5), st.floats(0, 1e5))
def test_a_logarithmic_axis_holds_its_data_in_whole_decades(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    made = log_axis(low, high)
    assert made.bottom <= max(low, LOWEST) * (1 + 1e-9) and made.top >= high * (1 - 1e-9)
    shares = made.share(np.array([0.0, low, high, made.top]))
    assert (np.diff(shares) >= 0).all() and shares[0] == 0 and shares[-1] == 1
    assert 2 <= len(made.ticks) <= 6 and len({made.label(tick) for tick in made.ticks}) == len(made.ticks)


@given(LOSSES)
def test_smoothing_is_the_running_average_of_what_has_been_seen(values: np.ndarray) -> None:  # type: ignore[type-arg]
    total = weight = 0.0
    expected = []
    for value in values:
        total, weight = 0.6 * total + value, 0.6 * weight + 1
        expected.append(total / weight)
    np.testing.assert_allclose(smoothed(values), expected, rtol=1e-6, atol=1e-6)


UP, DOWN, MANY = [7, 31_415, 99_998], [8, 50_000, 77_777], 100_000


def spiked(low: float, middle: float, high: float) -> NDArray[np.float64]:
    """float64 [MANY], `middle` but for three spikes either way, two of them in one column of pixels."""
    values = np.full(MANY, middle)
    values[UP], values[DOWN] = high, low
    return values


@pytest.mark.parametrize("scale", [axis(2.0), log_axis(1e-4, 10.0)], ids=["linear", "log"])
def test_a_hundred_thousand_epochs_keep_every_spike(scale: Axis) -> None:
    values = spiked(scale.bottom, 0.5, scale.top)
    points = curve(scale.share(values), MANY, PLOT, 1.0)
    assert len(points) <= 2 * PLOT.w + 4
    assert (points[:, 1] == PLOT.y).sum() == len(UP) and (points[:, 1] == PLOT.bottom).sum() == len(DOWN)
    for spikes, height in ((UP, PLOT.y), (DOWN, PLOT.bottom)):
        where = points[points[:, 1] == height][:, 0]
        assert np.abs(where - (PLOT.x + np.array(spikes) / (MANY - 1) * PLOT.w)).max() <= 1


@pytest.mark.parametrize("log", [False, True], ids=["linear", "log"])
def test_smoothing_a_hundred_thousand_epochs_leaves_what_was_measured_on_the_screen(window: Window, log: bool) -> None:
    page = layout((1920, 1080))
    drawing = Drawing(page, DARK, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), page.size), 0.0)
    run: Any = SimpleNamespace(parameters=RunParameters(), loss=spiked(0.01, 0.3, 1.0), validation_loss=np.zeros(0))
    shown = Snapshot(Status.TRAINING, Parameters(), 1, epoch=MANY, head=MANY, epochs=MANY, loss=0.3, run=run)
    chart = Chart("loss_chart", View(log=log, smooth=True), ceiling=None, suffix="")
    plot = plot_of(page, page.panels["loss_chart"], shown)
    chart.draw(drawing, Moment(shown, page, DARK))
    _, measured, smooth = drawing.strips
    top, bottom = (plot.bottom - float(chart._made.axis.share(value)) * plot.h for value in (1.0, 0.01))
    assert measured[:, 1].min() <= top + 1 and measured[:, 1].max() >= bottom - 1
    assert smooth[:, 1].min() > top + 2 and smooth[:, 1].max() < bottom - 2  # else this would prove nothing


def test_a_long_curve_that_only_rises_never_turns_back() -> None:
    values = np.linspace(0.0, 1.0, 40 * PLOT.w) ** 0.05  # steep at first
    points = curve(values, len(values), PLOT, 1.0)
    assert len(points) > PLOT.w and (np.diff(points[:, 1]) <= 0).all()


def test_a_ring_stands_on_both_lines_where_something_was_turned(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.set("epochs", "12")
        pilot.press("start")
        pilot.until("epoch", ">=", "4", within="30s")
        before = len(stage.scene.drawing().shapes)
        pilot.set("learning_rate", "0.3")
        pilot.until("complete", within="60s")
        run = stage.controller.now.run
        (change,) = run.parameters.changes
        drawing = stage.scene.drawing()
        charts = [part for part in stage.scene.parts if isinstance(part, Chart)]
        for chart, column in zip(charts, (run.loss, run.accuracy), strict=True):
            made = chart._made
            x = made.plot.x + (change.after_epoch - 1) / 11 * made.plot.w
            y = made.plot.bottom - float(made.axis.share(column[change.after_epoch - 1])) * made.plot.h
            assert any(abs(row[0] - x) < 0.01 and abs(row[1] - y) < 0.01 for row in drawing.shapes)
        assert before and change.learning_rate == 0.3
        pilot.expect("learning_rate", "0.01")  # what was chosen for the next run stays
