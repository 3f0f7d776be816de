"""Figures, charts, progress and notices have the web app's own sizes, times and words."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine.clock import TICK
from engine.flat.fonts import Colour, Fonts
from engine.flat.overlay import Overlay
from engine.flat.slider import Slider
from engine.resources import ASSETS
from engine.window import Window
from scenes.dashboard.charts import GROW, LINE, Chart, View
from scenes.dashboard.controls import caption
from scenes.dashboard.layout import layout
from scenes.dashboard.notice import draw_notice
from scenes.dashboard.stats import Cards, Progress, bar_of, status_colour, trend_text
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import DIGITS, FIGURES, Drawing
from scenes.kit.part import Moment
from scenes.kit.places import Layout
from scenes.kit.theme import DARK
from scenes.kit.trends import BETTER, POINTS, STEADY, WORSE, Trend
from scenes.kit.words import say
from scenes.training.epoch import Epoch
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

PAGE = layout((1280, 720))


def moment(status: Status, *, epoch: int = 0, epochs: int = 50, **more: Any) -> Snapshot:
    run = TrainingRun(Parameters(epochs=epochs))
    for number in range(1, epoch + 1):
        run.append(Epoch(number, 1 / number, 50 + number / 4))
    loss, accuracy = (run.at(epoch).loss, run.at(epoch).accuracy) if epoch else (None, None)
    figures = {"loss": loss, "accuracy": accuracy, "best_accuracy": accuracy, **more}
    return Snapshot(status, run.parameters, 500, epoch=epoch, head=epoch, epochs=epochs, run=run, **figures)


def shown_as(run: Snapshot, page: Layout = PAGE) -> Moment:
    return Moment(run, page, DARK)


def texts(drawing: Drawing, panel: str) -> dict[str, list[int]]:
    return {each["text"]: each["rect"] for each in drawing.overlay.describe() if each["panel"] == panel}


def test_a_new_figure_rises_ten_pixels_in_a_fifth_of_a_second(drawing: Drawing) -> None:
    cards, shown = Cards(), shown_as(moment(Status.TRAINING, epoch=8))
    heights = []
    cards.tick(shown, TICK)
    for _ in range(14):
        cards.draw(drawing, shown)
        heights.append(texts(drawing, "card_epoch")["8"][1])
        cards.tick(shown, TICK)
    assert heights[0] - heights[12] == 10 and heights[12] == heights[13]  # twelve ticks are .2 s
    assert heights[0] > heights[6] > heights[12]


def test_cards_tell_their_figures_to_the_seeds_decimals(drawing: Drawing) -> None:
    cards, shown = Cards(), shown_as(moment(Status.TRAINING, epoch=3))
    cards.tick(shown, TICK)
    cards.draw(drawing, shown)
    told = {name: list(texts(drawing, f"card_{name}"))[1] for name in ("epoch", "loss", "accuracy", "best")}
    assert told == {"epoch": "3", "loss": "0.3333", "accuracy": "50.8%", "best": "50.8%"}
    assert "of 50" in texts(drawing, "card_epoch")


@pytest.mark.parametrize("size", [16, 22, 33, 44, 66])
def test_digits_are_all_as_wide_so_that_figures_do_not_dance(drawing: Drawing, size: int) -> None:
    fonts = drawing.overlay.fonts
    for face in (FIGURES, DIGITS):
        assert len({fonts.width(digit, face, size) for digit in "0123456789"}) == 1
        assert fonts.width("0.1111", face, size) == fonts.width("0.8888", face, size)


@pytest.mark.parametrize(
    ("told", "words", "ink"),
    [
        (Trend(BETTER, -0.0004, 26), "↓ 0.0004 since epoch 26", DARK.ok),
        (Trend(WORSE, 0.02, 26), "↑ 0.02 since epoch 26", DARK.warn),
        (Trend(BETTER, 2.24, 26, POINTS), "↑ 2.2 in 100 since epoch 26", DARK.ok),
        (Trend(WORSE, -1.25, 1026, POINTS), "↓ 1.2 in 100 since epoch 1,026", DARK.warn),
        (Trend(STEADY, -1.25, 26, POINTS), "steady", DARK.muted),
    ],
)
def test_a_trend_is_told_by_its_meaning(drawing: Drawing, told: Trend, words: str, ink: Colour) -> None:
    item = trend_text(drawing, told, (0, 0), 400)
    assert (item.text, item.colour) == (words, ink)


@pytest.mark.parametrize(
    ("room", "words"),
    [(400, "↑ 2.2 in 100 since epoch 26"), (100, "↑ 2.2 in 100"), (40, "↑ 2.2"), (20, "…")],
)
def test_a_trend_says_as_much_as_its_card_has_room_for(drawing: Drawing, room: float, words: str) -> None:
    item = trend_text(drawing, Trend(BETTER, 2.24, 26, POINTS), (0, 0), room)
    assert drawing.overlay.fonts.width(item.text, item.face, item.size) <= room
    assert item.text == words or (words == "…" and item.text.endswith("…"))


def test_the_best_of_a_run_with_unseen_rows_is_that_on_them(drawing: Drawing) -> None:
    cards = Cards()
    for more, title, figure, below in (
        ({"validation_accuracy": 40.0, "best_unseen": 45.0, "best_unseen_epoch": 2}, "unseen", "45.0%", "at epoch 2"),
        ({}, "accuracy", "50.8%", "seen, so far"),
    ):
        shown = shown_as(moment(Status.TRAINING, epoch=3, **more))
        cards.tick(shown, TICK)
        cards.draw(drawing, shown)
        told = list(texts(drawing, "card_best"))
        assert told[0].endswith(title) and told[1:] == [figure, below]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (390, 844), (1080, 1920), (640, 360)])
def test_what_is_seen_and_unseen_stand_side_by_side_in_one_size(drawing: Drawing, size: tuple[int, int]) -> None:
    page = layout(size)
    drawing = Drawing(page, DARK, Overlay(drawing.overlay.fonts, (page.size[0], page.height)), 0.0)
    for known, new in ((100.0, 100.0), (95.25, 9.0)):
        run = moment(Status.PAUSED, epoch=8, accuracy=known, best_accuracy=known, validation_accuracy=new)
        cards, shown = Cards(), shown_as(run, page)
        cards.tick(shown, 1.0)
        cards.tick(shown, 1.0)
        cards.draw(drawing, shown)
        rect = page.panels["card_accuracy"]
        told = [text for text in drawing.overlay.describe() if text["panel"] == "card_accuracy"]
        seen, unseen = (text for text in told if "%" in text["text"])
        assert [seen["text"], unseen["text"]] == [f"{known:.1f}%", f"{new:.1f}%"]
        assert abs(seen["rect"][3] - unseen["rect"][3]) <= 1 and seen["rect"][1] == unseen["rect"][1]
        assert [text["text"].lower().split()[-1] for text in told if "seen" in text["text"].lower()] == [
            "seen",
            "unseen",
        ]
        for text in told:
            place = pygame.Rect(text["rect"])
            assert rect.x < place.left and place.right <= rect.right - page.px(8)
            others = [pygame.Rect(other["rect"]) for other in told if other is not text]
            assert place.collidelist(others) < 0


def test_the_bar_is_twelve_pixels_and_eases_in_three_tenths_of_a_second() -> None:
    progress, shown = Progress(View()), shown_as(moment(Status.TRAINING, epoch=25))
    for _ in range(round(0.3 / TICK)):
        progress.tick(shown, TICK)
    assert bar_of(PAGE).h == 12
    assert 0.95 * 0.5 <= progress.bar.value < 0.5


@pytest.mark.parametrize(("epoch", "epochs"), [(1, 200), (2, 3), (50, 50)])
def test_progress_is_told_once_by_the_bar_and_by_the_epoch_of_how_many(
    drawing: Drawing, epoch: int, epochs: int
) -> None:
    cards, progress = Cards(), Progress(View())
    shown = Moment(moment(Status.TRAINING, epoch=epoch, epochs=epochs), PAGE, DARK, still=True)
    for part in (cards, progress):
        part.tick(shown, TICK)
        part.draw(drawing, shown)
    assert progress.bar.value == epoch / epochs
    assert list(texts(drawing, "card_epoch"))[1:] == [str(epoch), f"of {epochs}"]
    told = " ".join(texts(drawing, "progress"))
    assert f"{100 * epoch / epochs:.0f}%" not in told and f"of {epochs}" not in told


def test_each_state_has_its_colour(drawing: Drawing) -> None:
    told = [status_colour(drawing, status) for status in Status]  # idle, loading, training, paused, complete, error
    assert told == [DARK.muted, DARK.warn, DARK.ok, DARK.warn, DARK.accent, DARK.danger]


def test_a_notice_slides_in_from_ten_pixels_above(drawing: Drawing) -> None:
    error = RunError("What happened.", hint="What to do.", code="http-500")
    rect, tops = PAGE.panels["error"], []
    for share in (1e-9, 0.5, 1.0):
        draw_notice(drawing, rect, moment(Status.ERROR, error=error), share)
        _, y, _, h = drawing.shapes[-1][:4]
        tops.append(round(y - h))
    assert tops == [rect.y - 10, rect.y - 5, rect.y]
    assert list(texts(drawing, "error")) == ["What happened.", "What to do.", "code http-500"]


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("start", Status.IDLE, "Start Training"),
        ("start", Status.LOADING, "Fetching Data…"),
        ("start", Status.COMPLETE, "Train Again"),
        ("retry", Status.ERROR, "Retry Training"),
        ("stop", Status.LOADING, "Cancel"),
    ],
)
def test_buttons_say_what_they_do_now(name: str, status: Status, words: str) -> None:
    assert say(caption(name, moment(status))) == words


def test_what_is_asked_for_is_locked_during_a_run_and_the_speed_never(rehearsed: Any, tmp_path: Path) -> None:
    locked, turned = ("learning_rate", "batch_size", "epochs", "dataset"), {"learning_rate", "batch_size"}
    with rehearsed(tmp_path) as (stage, pilot):
        told = stage.first.describe
        steps: tuple[tuple[str, set[str]], ...] = (
            ("run 1s", set(locked)),
            ("press start", set()),
            ("until epoch >= 1", turned),  # these change the run that is trained
            ("press pause", turned),
            ("press stop", set(locked)),
        )
        for step, free in steps:
            verb, *words = step.split()
            getattr(pilot, verb)(*words)
            assert {name for name in locked if told()["controls"][name]["enabled"]} == free
            assert told()["controls"]["speed"]["enabled"]
        speed = stage.first.find(ControlSet).ui.controls["speed"]
        assert (
            isinstance(speed, Slider) and speed.at(20)[0] > speed.at(200)[0] > speed.at(500)[0]
        )  # faster to the right


def charted(drawing: Drawing, name: str, snapshot: Snapshot) -> Chart:
    made = Chart(name, View(), ceiling=None if name == "loss_chart" else 100.0, suffix="")
    made.draw(drawing, shown_as(snapshot))
    return made


@pytest.mark.parametrize("recorded", [0, 1, 7])
def test_a_chart_says_how_much_it_has(drawing: Drawing, recorded: int) -> None:
    charted(drawing, "accuracy_chart", moment(Status.TRAINING, epoch=recorded))
    words = {0: "No data yet", 1: "1 epoch", 7: "7 epochs"}[recorded]
    shown = texts(drawing, "accuracy_chart")
    assert any(text.removesuffix(" recorded") == words for text in shown) and {"0", "50", "100"} <= shown.keys()


def test_a_chart_has_a_dashed_grid_and_a_line_of_two_and_a_half(drawing: Drawing) -> None:
    charted(drawing, "loss_chart", moment(Status.TRAINING, epoch=9))
    grid, (fill, line) = drawing.ribbons[-1], drawing.strips[-2:]
    assert (grid[1:, 10] == 3.0).all() and grid[0, 10] == 0.0  # three on, three off; the ground is a whole line
    assert 2 * line[0, 7] == LINE == 2.5 and fill[:, 5].max() == pytest.approx(0.3)
    assert "0.0" in texts(drawing, "loss_chart")  # the axis begins at zero


def test_what_has_not_changed_is_not_made_again_and_nothing_moves_but_the_end(drawing: Drawing) -> None:
    chart, shown = (
        Chart("loss_chart", View(), ceiling=None, suffix=""),
        shown_as(moment(Status.TRAINING, epoch=9)),
    )
    for _ in range(2):
        chart.draw(drawing, shown)
    half = len(drawing.strips) // 2
    assert all(one is other for one, other in zip(drawing.strips[:half], drawing.strips[half:], strict=True))
    assert drawing.ribbons[0] is drawing.ribbons[1]


def test_the_first_epoch_is_a_point_at_once(drawing: Drawing) -> None:
    charted(drawing, "loss_chart", moment(Status.TRAINING, epoch=1))
    assert not drawing.strips and len(drawing.shapes) == 2  # the point and its heart
    assert np.isfinite(drawing.shape_rows()).all()


def test_the_first_point_grows_and_no_later_one_does(drawing: Drawing) -> None:
    chart, sizes = Chart("loss_chart", View(), ceiling=None, suffix=""), []
    chart.tick(shown_as(moment(Status.LOADING)), TICK)
    for tick in range(50):
        shown = shown_as(moment(Status.TRAINING, epoch=1 + tick // 30))
        chart.tick(shown, TICK)
        chart.draw(drawing, shown)
        sizes.append(drawing.shapes[-2][2])
    full = round(GROW / TICK)
    assert GROW == 0.4 and sizes[full - 1 :] == pytest.approx([3.6] * (50 - full + 1))
    assert sizes[0] < 1.0 and all(small < large for small, large in pairwise(sizes[:full]))
    chart.tick(shown_as(moment(Status.IDLE)), TICK)
    chart.tick(shown_as(moment(Status.TRAINING, epoch=1)), TICK)  # of another run
    chart.draw(drawing, shown_as(moment(Status.TRAINING, epoch=1)))
    assert drawing.shapes[-2][2] == pytest.approx(sizes[0])


@pytest.mark.parametrize("name", ["loss_chart", "accuracy_chart"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1280, 960), (390, 844)])
def test_a_chart_has_as_many_ticks_at_any_scale(window: Window, size: tuple[int, int], name: str) -> None:
    counts = set()
    for scale in (1, 2, 3):
        page = layout((size[0] * scale, size[1] * scale), scale)
        drawn = Drawing(page, DARK, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), page.size), 0.0)
        chart = Chart(name, View(), ceiling=None if name == "loss_chart" else 100.0, suffix="")
        chart.draw(drawn, shown_as(moment(Status.TRAINING, epoch=9), page))
        counts.add(len(chart._made.axis.ticks))
    assert len(counts) == 1
