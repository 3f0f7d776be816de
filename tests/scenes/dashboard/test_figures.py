"""The figures of the cards can be read at every speed, and are true when the run stands still."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.clock import TICK
from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay, Text
from engine.resources import ASSETS
from engine.window import Window
from scenes.dashboard.layout import layout
from scenes.dashboard.stat_card import FAST, HELD, RISE, Figure
from scenes.dashboard.stats import Cards
from scenes.kit.drawing import FIGURES, Drawing
from scenes.kit.part import Moment
from scenes.kit.theme import DARK
from scenes.kit.trends import LOSS, Trend, trend
from scenes.training.epoch import Epoch
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot


def long_run() -> TrainingRun:
    """4,000 epochs of figures that move by more from one to the next."""
    run = TrainingRun(RunParameters(epochs=4000))
    for epoch in range(1, 4001):
        run.append(Epoch(epoch, 1 / (epoch + 1), 50 + (epoch / 600) ** 2))
    return run


RUN = long_run()


def moment(epoch: int, interval: int, status: Status = Status.TRAINING) -> Snapshot:
    """An epoch whose figures and trends are unlike those of any other."""
    now = RUN.at(epoch)
    told: dict[str, Any] = {"loss": now.loss, "accuracy": now.accuracy, "best_accuracy": RUN.best_accuracy(epoch)}
    return Snapshot(status, RUN.parameters, interval, epoch=epoch, head=epoch, epochs=RUN.epochs, run=RUN, **told)


def played(figure: Figure, interval: int, seconds: float) -> list[tuple[float, Trend | None]]:
    """How far the figure has come and which trend stands below it, after each tick of a run at one speed."""
    told = []
    for tick in range(round(seconds / TICK)):
        figure.tick(moment(2 + int(tick * TICK * 1000 / interval + 1e-6), interval), TICK)
        told.append((figure.slide, figure.trend))
    return told


@pytest.mark.parametrize("interval", [150, 200, 300, 400, 500])
def test_a_figure_rests_before_the_next_one_comes(interval: int) -> None:
    slides = [slide for slide, _ in played(Figure("loss"), interval, 2.0)]
    begins = [tick for tick, slide in enumerate(slides) if slide < 1 and (tick == 0 or slide <= slides[tick - 1])]
    assert len(begins) == pytest.approx(2000 / interval, abs=1)
    for tick in begins[1:]:
        assert slides[tick - 1] == slides[tick - 2] == slides[tick - 3] == 1.0


@pytest.mark.parametrize("interval", [1, 20, 50, FAST - 1])
def test_no_figure_slides_while_epochs_rush_by(interval: int) -> None:
    assert {slide for slide, _ in played(Figure("loss"), interval, 2.0)} == {1.0}


@pytest.mark.parametrize("interval", [1, 20, 50, FAST - 1])
def test_a_trend_stays_for_a_third_of_a_second_while_epochs_rush_by(interval: int) -> None:
    trends = [told for _, told in played(Figure("accuracy"), interval, 3.0)]
    changes = [tick for tick in range(1, len(trends)) if trends[tick] != trends[tick - 1]]
    assert 1 < len(changes) <= 9
    assert min(after - before for before, after in pairwise(changes)) >= round(HELD / TICK)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.COMPLETE])
def test_a_run_that_stands_still_shows_its_own_trend(status: Status) -> None:
    figure = Figure("loss")
    played(figure, 1, 0.5)
    figure.tick(moment(900, 1, status), TICK)
    assert figure.trend == trend(RUN, LOSS, 900)
    figure.tick(Snapshot(Status.IDLE, Parameters(), 1), TICK)
    assert figure.trend is None


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1920), (390, 844)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_figure_comes_near_the_trend_below_it(window: Window, size: tuple[int, int], scale: float) -> None:
    """Not at the foot of its slide, and not near the name above it at rest: five units between the inks, always."""
    page = layout(size, scale)
    drawing = Drawing(page, DARK, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), size), 0.0)
    cards, apart = Cards(), 5 * page.scale
    for _ in range(15):
        shown = Moment(moment(8, 500), page, DARK)
        cards.tick(shown, TICK)
        cards.draw(drawing, shown)
        name, figure, below = (inked(drawing, item) for item in words(drawing, "card_loss"))
        assert figure[0] - name[1] >= apart and below[0] - figure[1] >= apart
    assert RISE == 10


def test_a_figure_is_never_fainter_than_can_be_read(window: Window) -> None:
    page = layout((1280, 720))
    drawing = Drawing(page, DARK, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), page.size), 0.0)
    cards, alphas = Cards(), []
    for tick in range(60):
        shown = Moment(moment(2 + tick // 12, 200), page, DARK)
        cards.tick(shown, TICK)
        cards.draw(drawing, shown)
        alphas += [item.alpha for item in words(drawing, "card_loss") if item.face == FIGURES]
    assert len(alphas) == 60 and 0.85 <= min(alphas) < 0.97 and max(alphas) == 1.0


def words(drawing: Drawing, panel: str) -> list[Text]:
    return [item for item in drawing.overlay._panels[panel].items if isinstance(item, Text)]


def inked(drawing: Drawing, item: Text) -> tuple[int, int]:
    """The first row of ink, and one past the last."""
    picture = drawing.overlay.fonts.run(item.text, item.face, item.size, item.colour)
    ascent = drawing.overlay.fonts.face(item.face, item.size).get_ascent()
    ink, top = picture.get_bounding_rect(), round(item.at[1]) - ascent
    return top + ink.top, top + ink.bottom


def test_a_real_run_at_the_fastest_speed_ends_on_its_last_trend(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.set("speed", "1")
        pilot.press("start")
        pilot.until("complete", within="30s")
        shown = stage.controller.now
        assert stage.first.find(Cards)._figures["loss"].trend == trend(shown.run, LOSS, shown.epoch) is not None
