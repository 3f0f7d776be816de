"""Curves over epochs and seconds, smoothed and as measured; figures in a table, the best of them marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.input import Key
from scenes.compare.chart_axes import Track, chart_axes, timed
from scenes.compare.companions import companions
from scenes.compare.curves import Curves
from scenes.compare.table import COLUMNS
from scenes.compare.view import View
from scenes.kit.curves import band
from scenes.kit.smoothing import TAPS, WEIGHT, smoothed, smoothed_over
from scenes.training.epoch import Ending, Epoch
from scenes.training.parameters import RunParameters
from scenes.training.run import TrainingRun
from scenes.training.spread import spread_of
from scenes.training.worlds import MOST


def made_run(losses: list[float], seconds: list[float | None], **told: Any) -> TrainingRun:
    """A run of figures: the accuracy is what the loss leaves of a hundred."""
    run = TrainingRun(RunParameters(source="file", epochs=len(losses), **told))
    for number, (loss, spent) in enumerate(zip(losses, seconds, strict=True), start=1):
        run.append(Epoch(number, loss, 100 - 10 * loss, loss, 100 - 10 * loss, seconds=spent))
    run.end(Ending("complete", ""))
    return run


FAST = [0.5, 0.4, 0.3, 0.2], [1.0, 1.0, 1.0, 1.0]
SLOW = [0.9, 0.8, 0.1], [2.0, 2.0, 4.0]


@pytest.fixture
def beside(rehearsed: Any, tmp_path: Path) -> Any:
    with rehearsed(tmp_path) as (stage, pilot):
        runs = [made_run(*FAST, learning_rate=0.1), made_run(*SLOW, learning_rate=0.01)]
        stage.controller.lay_out([(run, None) for run in runs])
        stage.show("compare")
        pilot.run("2ticks")
        yield stage, pilot


def test_seconds_add_up_and_are_known_only_where_every_epoch_tells() -> None:
    assert made_run(*SLOW).seconds.tolist() == [2.0, 4.0, 8.0]
    assert made_run([0.5, 0.4], [1.0, None]).seconds.tolist() == []


def test_over_seconds_an_epoch_stands_where_it_ended(beside: Any) -> None:
    stage, _ = beside
    told = companions(stage.controller.now, by_share=False)
    columns = [each.run.loss for each in told]
    options: dict[str, Any] = {"ceiling": None, "log": False, "smooth": False, "most": 5}
    over = chart_axes(told, columns, by_seconds=True, **options)
    assert [track.across.tolist() for track in over.tracks] == [[0.125, 0.25, 0.375, 0.5], [0.25, 0.5, 1.0]]
    assert [text for _, text in over.marks] == ["0 s", "2 s", "4 s", "6 s", "8 s"]
    even = chart_axes(told, columns, by_seconds=False, **options)
    assert even.tracks[1].across.tolist() == pytest.approx([0, 1 / 3, 2 / 3]) and timed(told)
    assert [track.epoch_at(0.5) for track in over.tracks] == [4, 2] and Track(*[np.zeros(0)] * 3).epoch_at(0.3) == 1


def test_on_even_places_it_is_the_usual_smoothing_and_far_away_counts_little() -> None:
    values = np.random.default_rng(3).normal(size=200)
    np.testing.assert_allclose(smoothed_over(values, np.arange(200.0)), smoothed(values), rtol=1e-6, atol=1e-9)
    places = np.array([0.0, 1.0, 2.0, 50.0])
    apart = 3 / 50
    shares = WEIGHT ** ((places[-1] - places) * apart)
    assert smoothed_over(np.arange(4.0), places)[-1] == pytest.approx((shares * np.arange(4)).sum() / shares.sum())
    assert smoothed_over(np.full(3, 7.0), np.array([0.0, 0.1, 9.0])).tolist() == pytest.approx([7, 7, 7])
    assert smoothed_over(values[:1], places[:1]).tolist() == values[:1].tolist() and TAPS > 3


def test_what_was_measured_stays_behind_what_is_smoothed(beside: Any) -> None:
    stage, pilot = beside
    chart = next(part for part in stage.scene.parts if isinstance(part, Curves))
    before = len(stage.scene.drawing().strips)
    stage.scene.handle(Key("k"))
    assert len(stage.scene.drawing().strips) == 2 * before
    for track in chart._made.axes.tracks:
        assert track.drawn.tolist() == pytest.approx(smoothed(track.measured).tolist())
    stage.scene.handle(Key("k"))
    stage.scene.handle(Key("u"))
    pilot.run("1ticks")
    stage.scene.drawing()
    assert stage.scene.find(View).by_seconds and chart._made.axes.tracks[0].across[-1] == 0.5
    stage.scene.handle(Key("l"))
    stage.scene.drawing()
    assert chart._made.axes.upright.log


def test_a_press_finds_the_epoch_by_its_seconds(beside: Any) -> None:
    stage, pilot = beside
    stage.controller.switch(1)
    pilot.press("seconds")
    plot = next(part for part in stage.scene.parts if isinstance(part, Curves))._plot(stage.scene.page)
    for share, epoch in ((0.26, 1), (0.5, 2), (0.99, 3)):
        pilot.click(str(round(plot.x + share * plot.w)), str(round(plot.y + plot.h / 2)))
        assert stage.controller.refresh().epoch == epoch


def test_seconds_cannot_be_had_where_a_run_does_not_tell_them(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        runs = [made_run(*FAST), made_run([0.3, 0.2], [None, None])]
        stage.controller.lay_out([(run, None) for run in runs])
        stage.show("compare")
        pilot.run("2ticks")
        pilot.expect("disabled", "seconds")
        stage.scene.handle(Key("u"))
        stage.scene.drawing()


def test_the_table_marks_the_best_of_each_column(beside: Any) -> None:
    stage, pilot = beside
    pilot.press("figures")
    pilot.run("2ticks")
    stage.scene.drawing()
    assert stage.scene.entries()["table"]() is True and "loss" not in stage.scene.page.panels
    words = str(stage.scene.entries()["texts"]())
    for expected in ("98.0%", "99.0%", "0.2000", "0.1000", "4.00 s", "8.00 s", "learning rate 0.1"):
        assert expected in words
    told = companions(stage.controller.now, by_share=False)
    values = {column.key: [column.value(each) for each in told] for column in COLUMNS}
    assert values["compare.column.unseen"] == [98.0, 99.0] and values["compare.column.seconds"] == [4.0, 8.0]
    pilot.expect("hidden", "smoothing")
    pilot.press("figures")
    pilot.run("1ticks")
    assert "loss" in stage.scene.page.panels


def test_a_median_knows_how_far_its_seeds_lie_apart(rehearsed: Any, tmp_path: Path) -> None:
    runs = [made_run(*FAST), made_run([0.6, 0.2, 0.2, 0.1], [1.0] * 4), made_run([0.7, 0.6], [1.0] * 2)]
    spread = spread_of([run.loss for run in runs], [run.accuracy for run in runs])
    assert spread.count == 3 and spread.loss[0].tolist() == [0.5, 0.2, 0.2, 0.1]
    assert spread.loss[1].tolist() == [0.7, 0.6, 0.3, 0.2]
    with rehearsed(tmp_path) as (stage, pilot):
        stage.controller.lay_out([(run, None) for run in runs[:2]])
        stage.show("compare")
        pilot.run("2ticks")
        before = len(stage.scene.drawing().strips)
        median = made_run(*FAST)
        median.spread = spread
        stage.controller.lay_out([(run, None) for run in (median, runs[1])])
        pilot.run("2ticks")
        assert len(stage.scene.drawing().strips) == before + 2
        assert any(
            "median of 3 seeds" in words for each in stage.scene.entries()["runs"]() for words in each["differs"]
        )


def test_a_band_lies_between_its_lines() -> None:
    x = np.arange(3.0)
    rows = band(np.column_stack([x, x + 5]), np.column_stack([x, x]), (255, 0, 0), 0.2)
    assert rows.shape == (12, 8) and (rows[:, 1] >= rows[:, 0] - 1e-6).all() and (rows[:, 1] <= rows[:, 0] + 5).all()
    assert np.allclose(rows[:, 5], 0.2) and MOST == 8


def test_a_number_brings_that_run_out_and_again_none(beside: Any) -> None:
    stage, _ = beside
    view = stage.scene.find(View)
    for key, out in (("2", 1), ("1", 0), ("1", None), ("9", None)):
        stage.scene.handle(Key(key))
        assert view.out == out
