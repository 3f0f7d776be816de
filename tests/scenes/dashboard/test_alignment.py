"""Titles stand on one line, and what a chart writes stays within the padding of its panel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay, Text
from engine.resources import ASSETS
from engine.window import Window
from scenes.dashboard.charts import TITLE_LINE, Chart, View
from scenes.dashboard.control_slots import PAD
from scenes.dashboard.layout import layout
from scenes.kit.drawing import TITLE, TITLE_BASE, Drawing
from scenes.kit.part import Moment
from scenes.kit.theme import DARK
from scenes.training.epoch import Epoch
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

WINDOWS = [((1280, 720), 0.75), ((1280, 720), 1.0), ((1920, 1080), 1.25), ((3840, 2160), 2.0), ((390, 844), 1.0)]


@pytest.mark.parametrize(("size", "scale"), WINDOWS)
def test_all_titles_of_panels_stand_on_one_line(
    rehearsed: Any, tmp_path: Path, size: tuple[int, int], scale: float
) -> None:
    with rehearsed(tmp_path, size=size, scale=scale) as (stage, _):
        stage.app.draw()
        board = stage.first
        bases = {
            name: item.at[1] - board.page.panels[name].y
            for name, panel in board.overlay._panels.items()
            for item in panel.items
            if isinstance(item, Text) and item.face == TITLE and name not in ("header", "progress")
        }
    charts = {bases.pop("loss_chart"), bases.pop("accuracy_chart")}  # both on one panel: nearer to their plots
    assert charts == {board.page.px(TITLE_LINE)}
    assert set(bases) == {"controls", "network", "data"}
    assert set(bases.values()) == {board.page.px(TITLE_BASE)}


@pytest.mark.parametrize(("size", "scale"), WINDOWS)
@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("loss", [0.9, 0.0113, 0.000023])
@pytest.mark.parametrize("epochs", [5, 50, 200])
def test_what_a_chart_writes_stays_within_its_padding(
    window: Window, size: tuple[int, int], scale: float, log: bool, loss: float, epochs: int
) -> None:
    page = layout(size, scale)
    drawing = Drawing(page, DARK, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), (size[0], page.height)), 0.0)
    run = TrainingRun(Parameters(epochs=epochs))
    for number in range(1, epochs + 1):
        run.append(Epoch(number, loss / number, 50.0))
    shown = Snapshot(Status.COMPLETE, run.parameters, 200, epoch=epochs, head=epochs, epochs=epochs, run=run, loss=loss)
    charts = {"loss_chart": None, "accuracy_chart": 100.0}
    for name, ceiling in charts.items():
        chart = Chart(name, View(log=log), ceiling=ceiling, suffix="%" if ceiling else "")
        chart.draw(drawing, Moment(shown, page, DARK))
    wrong = []
    for text in drawing.overlay.describe():
        x, _, w, _ = text["rect"]
        panel = page.panels[text["panel"]]
        if x < panel.x + page.px(PAD) or x + w > panel.right - page.px(PAD):
            wrong.append(f"{text['text']} {text['rect']} in {panel}")
    assert not wrong, "\n".join(wrong)
