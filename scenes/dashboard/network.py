"""The flat network: the seed's geometry, pulses and colour, as rows of strokes and discs."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.motion import WRAP, turns
from engine.overlay import Item
from engine.text import Colour
from scenes.theme import Theme, loss_colour, unit
from scenes.training.controller import Snapshot
from scenes.training.epoch import State
from scenes.training.lifecycle import Status

from .drawing import BODY, DIGITS, TITLE, TITLE_BASE, Drawing
from .field import LAYERS, SILENT, pairs
from .layout import Rect
from .words import gradient, trouble

CANVAS = (640, 340)  # the seed's drawing, in its own units
COLUMNS = (80, 240, 400, 560)
MOST = 240  # links that are drawn of a large network, the strongest: more are a carpet that says nothing
PITCH = 5.0  # units that two neurons of a column are apart, at least; what does not fit stands in further columns
TALLEST = 16  # neurons of a column
DASHED, DASH, DASHES = 16, 3.0, 1.6  # links with dashes; units of a dash; dashes a second
BLOCK = 0.62  # of the room of a layer, that a block of columns fills at most
Rows = NDArray[np.float64]
NODE, RING = 10.0, (14.0, 18.0)


class FlatNetwork:
    """The panel. Keeps its rows until place, colour, theme or state change: the pulses run in the shader."""

    def __init__(self) -> None:
        self._key: object = None
        self._links = self._nodes = np.zeros((0, 0), dtype=np.float32)
        self._words: list[Item] = []

    def draw(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> None:
        """Add title, strokes, discs and the names of the layers to the drawing."""
        colour = drawing.theme.accent_start if snapshot.loss is None else loss_colour(snapshot.loss, drawing.theme)
        flows = snapshot.status is Status.TRAINING
        key = (rect, colour, drawing.theme.key, drawing.layout.scale, snapshot.state, flows)
        if key != self._key:
            self._key = key
            self._make(drawing, rect, snapshot, colour)
        if snapshot.status is not Status.LOADING:  # else a skeleton stands here
            drawing.ribbons.append(self._links)
            drawing.nodes.append(self._nodes)
        drawing.write("network", rect, self._words[:2] if snapshot.status is Status.LOADING else self._words)

    def _make(self, drawing: Drawing, rect: Rect, snapshot: Snapshot, colour: Colour) -> None:
        px, state = drawing.px, snapshot.state
        network = snapshot.run.network if snapshot.run else None
        layers = network.shape if network else LAYERS
        foot = px(44 if state else 30)
        inner = Rect(rect.x + px(12), rect.y + px(42), rect.w - px(24), rect.h - px(42) - foot)
        places = node_places(inner, layers, pitch=px(PITCH))
        self._links = link_rows(places, colour)
        self._nodes = node_rows(places, colour, node_radius(inner, layers, pitch=px(PITCH)))
        self._links[:, 8] *= drawing.layout.scale  # widths
        self._nodes[:, 17] *= drawing.layout.scale
        if state:
            self._links = weight_rows(self._links, state, drawing.theme, drawing.layout.scale)
            self._nodes = activation_rows(self._nodes, state)
        if snapshot.status is Status.TRAINING:
            chosen = self._links[-DASHED:] if state else self._links[:: len(self._links) // DASHED]
            self._links = np.concatenate([self._links, dash_rows(chosen, drawing.theme, drawing.layout.scale)])
        self._words = _words(drawing, rect, inner, layers, state)


def node_places(inner: Rect, layers: tuple[int, ...] = LAYERS, *, pitch: float = PITCH) -> list[NDArray[np.float64]]:
    """Each layer's nodes in pixels, float64 [count, 2]: columns as the seed's, y = h / (n + 1) * (i + 1).

    A layer that is too tall for rows `pitch` pixels apart becomes a block, filled row by row: 64 pixels of a digit
    stand as 8 by 8.
    """
    first, last = COLUMNS[0] / CANVAS[0], COLUMNS[-1] / CANVAS[0]
    middles = np.linspace(first, last, len(layers)) * inner.w + inner.x
    places = []
    for middle, count in zip(middles, layers, strict=True):
        across = _across(inner, count, pitch)
        rows = -(-count // across)
        down = beside = inner.h / (rows + 1)
        if across > 1:
            beside = min(down, BLOCK * inner.w / len(layers) / (across - 1))
            down = min(down, 1.5 * beside)
        index = np.arange(count)
        x = middle + (index % across - (across - 1) / 2) * beside
        y = inner.y + inner.h / 2 + (index // across - (rows - 1) / 2) * down
        places.append(np.stack([x, y], axis=1))
    return places


def node_radius(inner: Rect, layers: tuple[int, ...] = LAYERS, *, pitch: float = PITCH) -> float:
    """Pixels: the seed's 10 of 640, but no smaller than can be seen, nor larger than the places leave room for."""
    places = node_places(inner, layers, pitch=pitch)
    apart = min((float(np.linalg.norm(column[1] - column[0])) for column in places if len(column) > 1), default=inner.h)
    return max(0.8, min(max(NODE * inner.w / CANVAS[0], inner.h * 0.032), apart * 0.36, inner.w * 0.028))


def _across(inner: Rect, count: int, pitch: float) -> int:
    """How many columns a layer needs: as few as have room, and if it can be, a square, or all of them full."""
    fewest = -(-count // min(TALLEST, max(1, int(inner.h / pitch) - 1)))
    if fewest == 1:
        return 1
    columns = range(fewest, 2 * fewest + 1)
    full = [across for across in columns if count % across == 0]
    return next((across for across in full if across * across == count), full[0] if full else fewest)


def link_rows(places: list[NDArray[np.float64]], colour: Colour) -> NDArray[np.float32]:
    """float32 [links, 16]: opacity .2 to .6 and width .8 to 1.8, each link with a period and a start of its own."""
    index = pairs(tuple(map(len, places)))
    first = np.concatenate([[0], np.cumsum([len(column) for column in places])])
    every = np.concatenate(places)
    layer, i, j = index.T
    period = 1.5 + 0.15 * layer + 0.03 * i + 0.02 * j
    rate = np.maximum(1, np.round(WRAP / period)) / WRAP
    count = len(index)
    tint = np.tile((*unit(colour), 0.6), (count, 1))
    style = np.tile((1.8, 0.0, 0.0, 0.0), (count, 1))
    pulse = np.stack([rate, np.modf(period * 3.7)[0], np.full(count, 0.2 / 0.6), np.full(count, 0.8 / 1.8)], axis=1)
    ends = [every[first[layer] + i], every[first[layer + 1] + j]]
    return np.column_stack([*ends, tint, style, pulse]).astype(np.float32)


def weight_rows(rows: NDArray[np.float32], state: State, theme: Theme, scale: float) -> NDArray[np.float32]:
    """The same strokes, coloured by the weight's sign and as wide and strong as it is large; the strongest on top.

    Of a large network the `MOST` strongest are drawn.
    """
    share = np.concatenate([(layer / max(float(np.abs(layer).max()), SILENT)).ravel() for layer in state.weights])
    size = np.abs(share)
    rows = rows.copy()
    rows[:, 4:7] = np.where(share[:, None] >= 0, unit(theme.positive), unit(theme.negative))
    rows[:, 7] = 0.08 + 0.82 * size
    rows[:, 8] = (0.4 + 2.0 * size) * scale
    rows[:, 14] = 0.6  # the pulse that remains
    return rows[np.argsort(size, kind="stable")][-MOST:]


def dash_rows(rows: NDArray[np.float32], theme: Theme, scale: float) -> NDArray[np.float32]:
    """Dashes that run along `rows`, the way that the data take; in the ink of the theme's text."""
    dashes = rows.copy()
    dashes[:, 4:7] += (np.array(unit(theme.text)) - dashes[:, 4:7]) * 0.55
    dashes[:, 7] = 0.85
    dashes[:, 8] = 1.3 * scale
    dashes[:, 10] = DASH * scale
    dashes[:, 11] = DASHES
    dashes[:, 12:16] = (0.0, 0.0, 1.0, 1.0)  # they flow, and do not pulse
    return dashes


def activation_rows(rows: NDArray[np.float32], state: State) -> NDArray[np.float32]:
    """The same discs, as bright as their mean activations; the rings are the same nodes once more, and go first."""
    felt = np.concatenate([np.abs(a) / max(float(np.abs(a).max()), SILENT) for a in state.activations])
    rows = rows.copy()
    discs = rows[len(felt) :]
    discs[:, [7, 11]] = (0.25 + 0.75 * felt)[:, None]
    discs[:, 18] *= felt  # glow
    return rows


def node_rows(places: list[NDArray[np.float64]], colour: Colour, radius: float) -> NDArray[np.float32]:
    """float32 [2 * nodes, 24], shape rows: a breathing ring for each node, then a glowing disc for each."""
    middles = np.concatenate(places)
    count = len(middles)
    rgb = np.array(unit(colour))
    start = np.modf(np.arange(count) * 0.31)[0]

    def rows(size: float, swing: float, fill: float, line: float, glow: float, period: float, rest: float) -> Rows:
        bounds = np.column_stack([middles, np.full((count, 2), size)])
        ink = np.tile((*rgb, fill), (count, 1))
        rim = np.tile((*rgb, line), (count, 1))
        style = np.tile((size, 1.2 if line else 0.0, glow, 0.0), (count, 1))
        pulse = np.column_stack([np.full(count, turns(period)), start, np.full(count, rest), np.full(count, swing)])
        return np.column_stack([bounds, ink, ink, rim, style, pulse])

    ratio = radius / NODE
    rings = rows(RING[0] * ratio, (RING[1] - RING[0]) * ratio, 0.0, 0.4, 0.0, 2.0, 0.75)
    discs = rows(radius, 0.0, 1.0, 0.0, radius * 0.8, 1.5, 0.4)
    return np.concatenate([rings, discs]).astype(np.float32)


def _words(drawing: Drawing, rect: Rect, inner: Rect, layers: tuple[int, ...], state: State | None) -> list[Item]:
    px, theme = drawing.px, drawing.theme
    links = sum(before * after for before, after in pairwise(layers))
    cut = state is not None and links > MOST
    shape = f"{MOST} strongest of {links:,} links" if cut else " – ".join(map(str, layers))
    words: list[Item] = [
        drawing.text("Network", (rect.x + px(16), rect.y + px(TITLE_BASE)), size=15, face=TITLE),
        drawing.text(shape, (rect.right - px(16), rect.y + px(TITLE_BASE)), size=12, colour=theme.muted, align="right"),
    ]
    columns = [float(column[:, 0].mean()) for column in node_places(inner, layers, pitch=px(PITCH))]
    names = ["Input", *(f"Hidden {k}" for k in range(1, len(layers) - 1)), "Output"]
    if cut:
        names = [f"{name.replace('Hidden', 'H')} · {count}" for name, count in zip(names, layers, strict=True)]
    for x, name in zip(columns, names, strict=True):
        words.append(
            drawing.text(name, (x, rect.bottom - px(14)), size=11, face=BODY, colour=theme.muted, align="middle")
        )
    for k, norm in enumerate(state.gradient_norms if state else ()):
        at = ((columns[k] + columns[k + 1]) / 2, rect.bottom - px(31))
        ink = theme.warn if trouble(float(norm)) else theme.muted
        words.append(
            drawing.text(
                f"{'grad ' if k == 0 else ''}{gradient(float(norm))}",
                at,
                size=10,
                face=DIGITS,
                colour=ink,
                align="middle",
            )
        )
    return words
