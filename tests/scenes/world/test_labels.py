"""Names in the field: none covers another, none leaves the field, each stands where it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from engine.camera import OrbitCamera
from engine.clock import TICK
from engine.flat.fonts import Fonts
from engine.graphics.renderer import Renderer
from engine.resources import ASSETS, SHADERS
from engine.window import Window
from scenes.dashboard.layout import layout
from scenes.kit.places import Layout
from scenes.kit.theme import THEMES, contrast, mixed
from scenes.training.epoch import Network
from scenes.world.field import Field, network
from scenes.world.labels import PLATE, Labels, free, names

SHAPES = [(4, 6, 5, 2), (64, 32, 16, 10), (16, 3, 16), (2, 8, 8, 8, 8, 3)]
CAMERAS = 200


@pytest.fixture(scope="module")
def renderer(window: Window) -> Iterator[Renderer]:
    made = Renderer(window.load, SHADERS, (1280, 720))
    yield made
    made.close()


def known(shape: tuple[int, ...]) -> Network:
    side = shape[0] == 64
    return Network(
        shape=shape,
        dataset="digits" if side else "csv",
        features=tuple(f"column {k}" for k in range(shape[0])),
        classes=tuple(f"class {k}" for k in range(shape[-1])),
        offset=np.zeros(shape[0], np.float32),
        scale=np.ones(shape[0], np.float32),
        activation="tanh",
        samples=np.zeros((3, shape[0]), np.float32),
        labels=np.zeros(3, np.uint8),
        training=np.zeros(3, np.uint8),
    )


def labelled(renderer: Renderer, shape: tuple[int, ...], page: Layout, **theme: str) -> tuple[Labels, Field]:
    made, field = Labels(renderer, Fonts(ASSETS / "fonts", ASSETS / "icons")), network(shape)
    told = names(shape, known(shape), THEMES[theme.get("theme", "dark")], shown=(0, 1) if shape[0] == 64 else None)
    made.take(told, field, THEMES[theme.get("theme", "dark")], page)
    return made, field


def matrices(camera: OrbitCamera, page: Layout) -> tuple[Any, Any]:
    area = page.field
    bounds = (float(area.x), float(area.y), float(area.right), float(area.bottom))
    return camera.view(1.0), camera.projection(page.size, bounds)


def settled(labels: Labels, view: Any, projection: Any, page: Layout) -> None:
    for _ in range(30):
        labels.tick(view, projection, page, TICK)


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_no_name_covers_another_or_leaves_the_field_whatever_the_camera(
    renderer: Renderer, shape: tuple[int, ...], size: tuple[int, int]
) -> None:
    page, random = layout(size), np.random.default_rng(7)
    labels, _ = labelled(renderer, shape, page)
    seen = 0
    for _ in range(CAMERAS):
        camera = OrbitCamera()
        camera.drag(*random.uniform(-400, 400, 2), 400.0)
        camera.zoom(random.uniform(0.6, 1.6))
        for _ in range(120):
            camera.tick(TICK, turns=0.0)
        view, projection = matrices(camera, page)
        settled(labels, view, projection, page)
        rects = labels.rects(view, projection, page)[labels.visible]
        seen += len(rects)
        for one, other in combinations(rects, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, f"{one} covers {other}"
        if len(rects):
            assert rects[:, :2].min(axis=0).tolist() >= [page.field.x, page.field.y]
            assert (rects[:, 2] <= page.field.right).all() and (rects[:, 3] <= page.field.bottom).all()
    assert seen > 2 * CAMERAS, "names are to be seen"


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_from_where_the_camera_begins_all_names_can_be_read(renderer: Renderer, shape: tuple[int, ...]) -> None:
    page = layout((1280, 720))
    labels, _ = labelled(renderer, shape, page)
    settled(labels, *matrices(OrbitCamera(), page), page)
    answers = [visible for name, visible in zip(labels.names, labels.visible, strict=True) if name.ink]
    assert all(answers) and len(answers) == shape[-1]
    assert labels.visible.mean() > 0.85


def test_what_matters_most_stays_where_two_meet() -> None:
    page = layout((1280, 720)).field
    x, y = page.x + 50, page.y + 50
    rects = np.array([(x, y, x + 40, y + 20), (x + 10, y, x + 50, y + 20), (x + 100, y, x + 140, y + 20)], np.float32)
    assert free(rects, page).tolist() == [True, False, True]
    assert free(rects[::-1], page).tolist() == [True, True, False]
    assert free(rects - (200, 0, 200, 0), page).tolist() == [False, False, False]


def test_a_name_goes_at_once_and_comes_back_softly(renderer: Renderer) -> None:
    page = layout((1280, 720))
    labels, _ = labelled(renderer, (4, 6, 5, 2), page)
    camera = OrbitCamera()
    settled(labels, *matrices(camera, page), page)
    assert labels.visible.all()
    camera.drag(100.0, 0.0, 400.0)  # a quarter: columns stand behind each other
    for _ in range(200):
        camera.tick(TICK, turns=0.0)
    labels.tick(*matrices(camera, page), page, TICK)
    assert not labels.visible.all()
    camera.drag(-100.0, 0.0, 400.0)
    for _ in range(200):
        camera.tick(TICK, turns=0.0)
    labels.tick(*matrices(camera, page), page, TICK)
    assert 0 < labels._shown.min() < 1


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_plates_can_be_read_whatever_lies_behind(theme: str) -> None:
    """The plate's own ground over what may lie behind: 4.5:1 with the words."""
    look = THEMES[theme]
    for behind in (look.positive, look.negative, look.yes, look.no, *look.layers, *look.classes[:2]):
        ground = mixed(behind, look.panel, PLATE)
        assert contrast(look.text, ground) >= 4.5


def test_the_answer_that_is_given_is_filled_and_named(renderer: Renderer) -> None:
    theme = THEMES["dark"]
    told = names((64, 32, 16, 10), known((64, 32, 16, 10)), theme, shown=(0, 3))
    assert [name.text for name in told if name.full] == ["class 3"]
    of_layers = ["says class 3", "Hidden 2", "Hidden 1", "a class 0 it never saw"]  # the first matters most
    assert [name.text for name in told if name.neuron < 0] == of_layers
    assert not any(name.full for name in names((4, 6, 5, 2), known((4, 6, 5, 2)), theme, shown=None))
