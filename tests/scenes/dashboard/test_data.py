"""The panel of what is learned: the map and its rings, digits and their answers, tables; all of it before Start."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine.flat.fonts import Fonts
from engine.flat.overlay import Image, Item, Overlay, Text
from engine.resources import ASSETS
from engine.window import Window
from scenes.dashboard.data import PAD, TOP, DataPanel
from scenes.dashboard.layout import layout
from scenes.kit import answer_map
from scenes.kit.answer_map import RING, STROKE, AnswerMap, mark, mistakes, points, unseen
from scenes.kit.drawing import Drawing
from scenes.kit.examples import tile
from scenes.kit.map_legend import map_side
from scenes.kit.part import Moment
from scenes.kit.places import Layout, Rect
from scenes.kit.theme import CONTRAST, DARK, LIGHT, Theme
from scenes.training.epoch import Network, State
from scenes.training.inference import answers, given
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot
from scenes.training.sources.protocol import read_header, read_line
from simulation_server.training.csv_data import read_csv
from simulation_server.training.parameters import Parameters as Asked
from simulation_server.training.protocol import LeftOut, epoch_line, header_line
from simulation_server.training.trainer import prepare, train

FLOWERS = "width,length,kind\n" + "1,2,rose\n3,4,tulip\n" * 20 + "5,six,rose\n"
SCREENS = [
    ((1280, 720), 1.0),
    ((390, 844), 1.0),
    ((640, 360), 1.0),
    ((3840, 2160), 2.0),
    ((1080, 1920), 1.0),
    ((1280, 720), 0.75),
]
DESIGNED = Rect(0, 0, 288, 340)


@cache
def trained(dataset: str, epochs: int = 3, rate: float = 0.01) -> tuple[Network, State]:
    """A network and its state after `epochs`, through the wire as in the program."""
    asked = Asked(dataset=dataset, epochs=epochs, learning_rate=rate)
    file = read_csv(FLOWERS.encode()) if dataset == "csv" else None
    split = prepare(asked, table=file.dataset if file else None)
    left_out = LeftOut.of(file.problems if file else ())
    network = read_header(header_line(asked, split, left_out=left_out)).network
    *_, last = train(asked, split)
    assert network
    epoch = read_line(epoch_line(last, milliseconds=1.0), network)
    assert epoch.state  # type: ignore[union-attr]
    return network, epoch.state  # type: ignore[union-attr]


def seen_at(network: Network, state: State | None) -> Snapshot:
    """The run at an epoch, or what is chosen, before Start."""
    asked = Parameters(source="trained", dataset=network.dataset)
    if state is None:
        return Snapshot(Status.IDLE, asked, 200, network=network)
    figures = {"epoch": 3, "head": 3, "epochs": 50, "loss": 0.5, "accuracy": 50.0, "validation_accuracy": 50.0}
    run = TrainingRun(asked, network)
    return Snapshot(Status.PAUSED, asked, 200, run=run, network=network, state=state, **figures)


def drawn(page: Layout, snapshot: Snapshot, theme: Theme = DARK) -> tuple[Drawing, list[Item]]:
    """The panel in that window, and what it shows."""
    drawing = Drawing(page, theme, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), (page.size[0], page.height)), 0.0)
    DataPanel().draw(drawing, Moment(snapshot, page, theme))
    return drawing, list(drawing.overlay._panels["data"].items)


def words(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Text)]


def images(items: list[Item]) -> list[pygame.Rect]:
    return [item.surface.get_rect(topleft=item.at) for item in items if isinstance(item, Image)]


def page_with(rect: Rect, scale: float = 1.0) -> Layout:
    """A window of which the panel is this part."""
    page = layout((1280, 720))
    return replace(page, scale=scale, panels={**page.panels, "data": rect}, height=max(page.height, rect.bottom))


@pytest.mark.parametrize("dataset", ["circle", "exclusive-or", "gaussians", "spiral"])
@pytest.mark.parametrize(("epochs", "rate"), [(1, 0.01), (3, 0.01), (30, 0.1), (9, 1.0)])
def test_as_many_points_are_ringed_as_the_confusion_counts_mistakes(
    window: Window, dataset: str, epochs: int, rate: float
) -> None:
    network, state = trained(dataset, epochs, rate)
    wrong = int(state.confusion.sum() - state.confusion.trace())
    assert len(mistakes(network, state, unseen(network))) == wrong
    assert AnswerMap().image(network, state, DARK, 256, 1.0)[1] == wrong


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_a_ring_stands_around_each_mistake_and_nowhere_else(window: Window, theme: Theme) -> None:
    network, state = trained("circle", 1)
    ringed, count = AnswerMap().image(network, state, theme, 512, 2.0)
    wrong = mistakes(network, state, unseen(network))
    assert count == len(wrong) > 0
    places = (0.5 + wrong * (1, -1) / (2 * answer_map.REACH)) * 512
    pixels = pygame.surfarray.array3d(ringed).astype(int)
    for x, y in places:
        at = pixels[round(x + 2 * RING), round(y)], pixels[round(x), round(y - 2 * RING)]
        others = np.abs(places - (x, y)).max(axis=1) < 4 * RING  # where rings lie over one another one may be hidden
        assert others.sum() > 1 or all(np.abs(each - theme.text).max() < 90 for each in at)
    bare = AnswerMap().image(replace(network, training=np.ones_like(network.training)), state, theme, 512, 2.0)
    assert bare[1] == 0
    far = np.ones((512, 512), bool)
    x, y = np.mgrid[0:512, 0:512]
    for place in (0.5 + network.samples[network.training == 0] * (1, -1) / (2 * answer_map.REACH)) * 512:
        far &= np.hypot(x - place[0], y - place[1]) > 2 * (RING + 2 * STROKE) + 2
    plain = pygame.surfarray.array3d(bare[0]).astype(int)
    assert (np.abs(pixels - plain).max(axis=2)[far] <= 1).all()


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_the_ink_of_a_ring_is_of_no_class(theme: Theme) -> None:
    assert theme.text not in theme.classes


def test_seen_unseen_and_wrong_have_forms_of_their_own(window: Window) -> None:
    middle = {}
    for kind in ("seen", "unseen", "wrong"):
        made = mark(kind, DARK.classes[0], DARK, 3.0)
        middle[kind] = tuple(made.get_at((made.get_width() // 2, made.get_height() // 2)))
    assert middle["seen"][:3] == DARK.classes[0]
    assert middle["unseen"][:3] == answer_map.edge(DARK)
    assert middle["wrong"][3] == 0


def test_every_point_stands_where_it_is_in_the_ink_of_its_class(window: Window) -> None:
    network, _ = trained("gaussians", 1)
    alone = [int(np.argmin(network.samples[:, 0])), int(np.argmax(network.samples[:, 1]))]
    part = replace(network, samples=network.samples[alone], labels=network.labels[alone], training=np.ones(2, np.uint8))
    made = points(part, DARK, 512, 2.0)
    for (x, y), label in zip(part.samples, part.labels, strict=True):
        at = [int((0.5 + v / (2 * answer_map.REACH)) * 512) for v in (x, -y)]
        assert max(abs(a - b) for a, b in zip(made.get_at(at)[:3], DARK.classes[label], strict=True)) <= 2


def test_what_no_epoch_changes_is_made_once_a_run(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Network] = []

    def counted(network: Network, *rest: Any) -> pygame.Surface:
        made.append(network)
        return points(network, *rest)

    monkeypatch.setattr(answer_map, "points", counted)
    network, state = trained("spiral", 3)
    kept = AnswerMap()
    for each in (None, state, trained("spiral", 1)[1], state):
        kept.image(network, each, DARK, 256, 1.0)
    assert made == [network]


def test_while_nothing_changes_nothing_is_made(window: Window) -> None:
    panel, page = DataPanel(), layout((1280, 720))
    drawing = Drawing(page, DARK, Overlay(Fonts(ASSETS / "fonts", ASSETS / "icons"), page.size), 0.0)
    idle = seen_at(trained("spiral")[0], None)
    panel.draw(drawing, Moment(idle, page, DARK))
    before = panel._words
    moved = replace(idle, parameters=replace(idle.parameters, learning_rate=0.5))  # type: ignore[type-var]
    for told in (idle, moved):
        panel.draw(drawing, Moment(told, page, DARK))
        assert panel._words is before


def test_at_the_designed_size_the_map_has_256_units_and_both_lines_of_its_legend(window: Window) -> None:
    network, state = trained("spiral")
    _, items = drawn(page_with(DESIGNED), seen_at(network, state))
    wrong = int(state.confusion.sum() - state.confusion.trace())
    assert wrong >= 10  # as wide as it gets
    assert images(items)[0] == pygame.Rect(PAD, TOP, 256, 256)
    assert words(items) == [
        "Spiral",
        "try one",
        "class A",
        "class B",
        "seen 400",
        "unseen 100",
        f"wrong {wrong}",
        "x: across, y: up",
    ]


def test_before_start_the_points_are_there_and_nothing_is_called_wrong(window: Window) -> None:
    network, _ = trained("spiral")
    _, items = drawn(page_with(DESIGNED), seen_at(network, None))
    assert words(items) == ["Spiral", "the task", "class A", "class B", "seen 400", "unseen 100", "x: across, y: up"]
    shown = next(item.surface for item in items if isinstance(item, Image))
    inks = {tuple(colour) for colour in pygame.surfarray.array3d(shown).reshape(-1, 3).tolist()}
    assert set(DARK.classes[:2]) <= inks and not set(DARK.classes[2:]) & inks


@pytest.mark.parametrize(
    ("rect", "lines"), [((288, 340), 2), ((288, 320), 2), ((288, 244), 1), ((288, 200), 0), ((60, 60), 0)]
)
def test_where_there_is_little_room_the_legend_goes_line_by_line(rect: tuple[int, int], lines: int) -> None:
    inner = Rect(PAD, TOP, rect[0] - 2 * PAD, rect[1] - TOP - 9)
    side, left = map_side(inner, 1.0)
    assert left == lines and 1 <= side <= min(inner.w, inner.h)


@pytest.mark.parametrize("dataset", ["spiral", "digits", "csv"])
@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize(("size", "scale"), SCREENS)
def test_in_every_window_all_of_it_stands_within_the_panel_and_no_word_on_another(
    window: Window, dataset: str, answered: bool, size: tuple[int, int], scale: float
) -> None:
    page, (network, state) = layout(size, scale), trained(dataset)
    drawing, items = drawn(page, seen_at(network, state if answered else None))
    rect = page.panels["data"]
    bounds = pygame.Rect(rect.bounds)
    texts = [pygame.Rect(each["rect"]) for each in drawing.overlay.describe()]
    assert len(texts) == len(words(items)) >= 2
    assert all(bounds.contains(each) for each in (*texts, *images(items)))
    assert all(rect.x + page.px(8) <= each.left and each.right <= rect.right - page.px(8) for each in texts)
    assert not [(one, other) for one, other in combinations(texts, 2) if one.colliderect(other)]
    assert all(each.right <= rect.right - page.px(PAD - 3) for each in images(items))
    if dataset == "spiral":
        assert images(items)[0].w >= min(rect.w - 2 * page.px(PAD), page.px(176))


@pytest.mark.parametrize("rect", [Rect(0, 0, 40, 44), Rect(0, 0, 120, 90), Rect(0, 0, 900, 80), Rect(0, 0, 80, 600)])
@pytest.mark.parametrize("dataset", ["spiral", "digits", "csv"])
@pytest.mark.parametrize("answered", [False, True])
def test_no_rectangle_is_too_small(window: Window, rect: Rect, dataset: str, answered: bool) -> None:
    network, state = trained(dataset)
    drawn(page_with(rect), seen_at(network, state if answered else None))


def test_digits_are_44_units_in_two_rows_of_five() -> None:
    inner = Rect(PAD, TOP, 256, 340 - TOP - 9)
    assert tile(inner, 1.0) == (44, 2)
    assert tile(Rect(0, 0, 512, 2 * inner.h), 2.0) == (88, 2)
    assert tile(Rect(0, 0, 600, 120), 1.0)[1] == 1


def test_below_each_digit_stands_the_answer_and_what_is_wrong_is_framed_and_says_so(window: Window) -> None:
    network, state = trained("digits", 3, 0.003)
    told = answers(network, state, given(network, network.samples[:10])).argmax(axis=0)
    _, items = drawn(page_with(DESIGNED), seen_at(network, state))
    expected = [str(told[k]) if told[k] == k else f"says {told[k]}" for k in range(10)]
    answered = [item for item in items if isinstance(item, Text)][2:12]
    assert [item.text for item in answered] == expected
    wrong = [text.startswith("says") for text in expected]
    assert any(wrong) and not all(wrong)
    assert [item.colour == DARK.danger for item in answered] == wrong
    assert [item.colour == DARK.ok for item in answered] == [not each for each in wrong]
    glyphs = [place for place in images(items) if place.w == 44]
    frames = [place for place in images(items) if place.w == 48]
    assert len(glyphs) == 10
    assert {place.center for place in frames} == {glyphs[k].center for k in range(10) if wrong[k]}
    for text, place in zip(answered, glyphs, strict=True):
        assert text.at[0] == place.centerx and text.at[1] > place.bottom
    assert {"Mix-ups", "confusion matrix", "rows: truth", "columns: answers"} <= set(words(items))


def test_before_start_each_digit_has_its_truth_and_nothing_is_right_or_wrong(window: Window) -> None:
    network, _ = trained("digits")
    _, items = drawn(page_with(DESIGNED), seen_at(network, None))
    assert words(items)[:12] == ["Handwritten digits", "the task", *"0123456789"]
    assert not {DARK.ok, DARK.danger} & {item.colour for item in items if isinstance(item, Text)}
    assert len(images(items)) == 10 and "Confusion" not in words(items)


def test_before_start_a_table_is_told_by_columns_classes_and_what_is_left_out(window: Window) -> None:
    network, _ = trained("csv")
    _, items = drawn(page_with(DESIGNED), seen_at(network, None))
    told = words(items)
    assert told[1:7] == ["the task", "2 columns", "width, length", "2 classes", "rose, tulip", "1 row left out"]
    assert told[7].startswith("line 42:")


def test_a_narrow_panel_keeps_its_title_and_drops_what_it_is(window: Window) -> None:
    network, _ = trained("digits")
    assert words(drawn(page_with(Rect(0, 0, 200, 340)), seen_at(network, None))[1])[:2] == ["Handwritten digits", "0"]


@pytest.mark.parametrize("dataset", ["spiral", "exclusive-or"])
def test_in_the_program_the_data_are_there_before_start_and_the_legend_counts_with_the_confusion(
    rehearsed: Any, tmp_path: Path, dataset: str
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("dataset", dataset)
        pilot.run("1s")
        stage.app.draw()
        told = [each["text"] for each in stage.first.overlay.describe() if each["panel"] == "data"]
        assert "the task" in told and "seen 400" in told and not any("wrong" in text for text in told)
        idle = stage.controller.now.network
        pilot.press("start")
        pilot.until("training")
        for _ in range(3):
            pilot.run("300ms")
            stage.app.draw()
            counts = stage.controller.now.state.confusion
            told = [each["text"] for each in stage.first.overlay.describe() if each["panel"] == "data"]
            assert f"wrong {int(counts.sum() - counts.trace())}" in told
        np.testing.assert_array_equal(stage.controller.now.network.samples, idle.samples)
