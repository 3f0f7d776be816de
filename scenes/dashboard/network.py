"""The flat network 4-6-5-2: the seed's geometry, pulses and colour, as rows of strokes and discs."""

import numpy as np
from numpy.typing import NDArray

from engine.motion import turns
from engine.overlay import Item
from engine.text import Colour
from scenes.theme import loss_colour, unit
from scenes.training.controller import Snapshot

from .drawing import BODY, TITLE, Drawing
from .field import LAYERS, pairs
from .layout import Rect

CANVAS = (640, 340)  # the seed's drawing, in its own units
COLUMNS = (80, 240, 400, 560)
NAMES = ("Input", "Hidden 1", "Hidden 2", "Output")
NODE, RING = 10.0, (14.0, 18.0)


class FlatNetwork:
    """The panel. Keeps its rows until its place, its colour or the theme changes: the pulses run in the shader."""

    def __init__(self) -> None:
        self._key: object = None
        self._links = self._nodes = np.zeros((0, 0), dtype=np.float32)
        self._words: list[Item] = []

    def draw(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> None:
        """Add title, strokes, discs and the names of the layers to the drawing."""
        colour = drawing.theme.accent_start if snapshot.loss is None else loss_colour(snapshot.loss)
        key = (rect, colour, drawing.theme.name, drawing.layout.scale)
        if key != self._key:
            self._key = key
            px = drawing.px
            inner = Rect(rect.x + px(12), rect.y + px(44), rect.w - px(24), rect.h - px(44) - px(30))
            places = node_places(inner)
            self._links = link_rows(places, colour)
            self._nodes = node_rows(places, colour, node_radius(inner))
            self._words = _words(drawing, rect, inner)
        drawing.ribbons.append(self._links)
        drawing.nodes.append(self._nodes)
        drawing.write("network", rect, self._words)


def node_places(inner: Rect) -> list[NDArray[np.float64]]:
    """Each layer's nodes in pixels, float64 [count, 2]: x as in the seed, y = h / (n + 1) * (i + 1)."""
    places = []
    for x, count in zip(COLUMNS, LAYERS, strict=True):
        y = inner.h / (count + 1) * (np.arange(count) + 1)
        places.append(np.stack([np.full(count, inner.x + x / CANVAS[0] * inner.w), inner.y + y], axis=1))
    return places


def node_radius(inner: Rect) -> float:
    """Pixels: the seed's 10 of 640, but no smaller than can be seen, nor larger than the rows leave room for."""
    rows, columns = inner.h / (max(LAYERS) + 1) * 0.36, inner.w * 0.028
    return min(max(NODE * inner.w / CANVAS[0], inner.h * 0.032), rows, columns)


def link_rows(places: list[NDArray[np.float64]], colour: Colour) -> NDArray[np.float32]:
    """float32 [64, 16]: opacity .2 to .6 and width .8 to 1.8, each link with a period and a start of its own."""
    index = pairs(LAYERS)
    ends = np.array([(*places[k][i], *places[k + 1][j]) for k, i, j in index])
    period = 1.5 + 0.15 * index[:, 0] + 0.03 * index[:, 1] + 0.02 * index[:, 2]
    rate = np.array([turns(each) for each in period])
    count = len(index)
    tint = np.tile((*unit(colour), 0.6), (count, 1))
    style = np.tile((1.8, 0.0, 0.0, 0.0), (count, 1))
    pulse = np.stack([rate, np.modf(period * 3.7)[0], np.full(count, 0.2 / 0.6), np.full(count, 0.8 / 1.8)], axis=1)
    return np.column_stack([ends, tint, style, pulse]).astype(np.float32)


def node_rows(places: list[NDArray[np.float64]], colour: Colour, radius: float) -> NDArray[np.float32]:
    """float32 [34, 24], shape rows: a glowing disc with a bright middle for each node, and a breathing ring."""
    middles = np.concatenate(places)
    count = len(middles)
    rgb = np.array(unit(colour))

    def rows(size: float, swing: float, fill: float, line: float, glow: float, period: float, rest: float) -> NDArray:  # type: ignore[type-arg]
        bounds = np.column_stack([middles, np.full((count, 2), size)])
        ink = np.tile((*rgb, fill), (count, 1))
        rim = np.tile((*rgb, line), (count, 1))
        style = np.tile((size, 1.2 if line else 0.0, glow, 0.0), (count, 1))
        start = np.modf(np.arange(count) * 0.31)[0]
        pulse = np.column_stack([np.full(count, turns(period)), start, np.full(count, rest), np.full(count, swing)])
        return np.column_stack([bounds, ink, ink, rim, style, pulse])

    ratio = radius / NODE
    rings = rows(RING[0] * ratio, (RING[1] - RING[0]) * ratio, 0.0, 0.4, 0.0, 2.0, 0.75)
    discs = rows(radius, 0.0, 1.0, 0.0, radius * 0.8, 1.5, 0.4)
    return np.concatenate([rings, discs]).astype(np.float32)


def _words(drawing: Drawing, rect: Rect, inner: Rect) -> list[Item]:
    px, theme = drawing.px, drawing.theme
    shape = " – ".join(map(str, LAYERS))
    words: list[Item] = [
        drawing.text("Network", (rect.x + px(16), rect.y + px(30)), size=15, face=TITLE),
        drawing.text(shape, (rect.right - px(16), rect.y + px(30)), size=12, colour=theme.muted, align="right"),
    ]
    for x, name in zip(COLUMNS, NAMES, strict=True):
        at = (inner.x + x / CANVAS[0] * inner.w, rect.bottom - px(14))
        words.append(drawing.text(name, at, size=11, face=BODY, colour=theme.muted, align="middle"))
    return words
