"""The flat network as rows of strokes and discs: the seed's geometry and pulses, and a trained network's strengths."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from engine.motion import WRAP, turns
from scenes.kit.places import Rect
from scenes.kit.theme import Theme, unit
from scenes.world.field import LAYERS, pairs
from scenes.world.field_rows import face_inks, neuron_hues
from scenes.world.stand_ins import stand_ins
from scenes.world.strengths import Index, Strengths

CANVAS = (640, 340)  # the seed's drawing, in its own units
COLUMNS = (80, 240, 400, 560)
PITCH = 5.0  # units that two neurons of a column are apart, at least; what does not fit stands in further columns
TALLEST = 16  # neurons of a column
DASH, DASHES = 3.0, 1.6  # units of a dash; dashes a second
BLOCK = 0.62  # of the room of a layer, that a block of columns fills at most
NODE, RING = 10.0, (14.0, 18.0)
RINGED = 600  # nodes that have rings, at most

Places = tuple[NDArray[np.float64], ...]


@lru_cache(maxsize=8)  # they are asked for several times, for the same place
def node_places(inner: Rect, layers: tuple[int, ...] = LAYERS, *, pitch: float = PITCH) -> Places:
    """Each layer's nodes in pixels, float64 [drawn, 2], read-only: columns as the seed's, y = h / (n + 1) * (i + 1).

    A layer that is too tall for rows `pitch` pixels apart becomes a block, filled row by row: 64 pixels of a digit
    stand as 8 by 8.
    """
    first, last = COLUMNS[0] / CANVAS[0], COLUMNS[-1] / CANVAS[0]
    middles = np.linspace(first, last, len(layers)) * inner.w + inner.x
    places = []
    for middle, count in zip(middles, stand_ins(layers).drawn, strict=True):
        across = _across(inner, count, pitch)
        rows = -(-count // across)
        down = beside = inner.h / (rows + 1)
        if across > 1:
            beside = min(down, min(BLOCK / len(layers), 2 * first) * inner.w / (across - 1))
            down = min(down, 1.5 * beside)
        index = np.arange(count)
        x = middle + (index % across - (across - 1) / 2) * beside
        y = inner.y + inner.h / 2 + (index // across - (rows - 1) / 2) * down
        places.append(np.stack([x, y], axis=1))
        places[-1].flags.writeable = False
    return tuple(places)


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


def link_rows(places: Places, colour: Colour, index: Index, layers: tuple[int, ...] = LAYERS) -> NDArray[np.float32]:
    """float32 [links, 16], of the links in `index`, between the `places` of what is drawn of `layers`.

    Opacity .2 to .6 and width .8 to 1.8, each link with a period and a start of its own.
    """
    every, drawn = np.concatenate(places), stand_ins(layers)
    layer, i, j = pairs(layers, index)
    period = 1.5 + 0.15 * layer + 0.03 * i + 0.02 * j
    rate = np.maximum(1, np.round(WRAP / period)) / WRAP
    count = len(index)
    tint = np.tile((*unit(colour), 0.6), (count, 1))
    style = np.tile((1.8, 0.0, 0.0, 0.0), (count, 1))
    pulse = np.stack([rate, np.modf(period * 3.7)[0], np.full(count, 0.2 / 0.6), np.full(count, 0.8 / 1.8)], axis=1)
    ends = [every[drawn.of(layer, i)], every[drawn.of(layer + 1, j)]]
    return np.column_stack([*ends, tint, style, pulse]).astype(np.float32)


def drawn(rows: NDArray[np.float32], before: Strengths, after: Strengths, trained: float = 1.0) -> Index:
    """Which strokes can be seen on the way from one epoch to the next, the strongest last: int64 [drawn]."""
    shown = np.maximum(before.in_panel, after.in_panel) * trained
    seen = np.flatnonzero(rows[:, 7] * (1 - trained) + shown > 0)  # of a million links these are few
    chosen: Index = seen[np.argsort(after.size[seen], kind="stable")]
    return chosen


def weight_rows(
    rows: NDArray[np.float32],
    strengths: Strengths,
    theme: Theme,
    scale: float,
    trained: float = 1.0,
    *,
    seen: Index | None = None,
) -> NDArray[np.float32]:
    """The same strokes, coloured by the weight's sign and as wide and strong as it is large; the strongest on top.

    `strengths` are those of the same links; of a large network the strongest are drawn: those that are `seen`.
    `trained`, 0 to 1, is how far the strokes are on their way there.
    """
    alpha = ((0.08 + 0.82 * strengths.size) * strengths.in_panel).astype(np.float32)
    seen = drawn(rows, strengths, strengths, trained) if seen is None else seen
    ink = np.empty((len(seen), 5), dtype=np.float32)
    ink[:, :3] = strengths.colours(unit(theme.negative), unit(theme.positive))[seen]
    ink[:, 3] = alpha[seen]
    ink[:, 4] = (0.4 + 2.0 * strengths.size[seen]) * scale
    rows = rows[seen]
    rows[:, 4:9] = rows[:, 4:9] * (1 - trained) + ink * trained
    rows[:, 14] = rows[:, 14] * (1 - trained) + 0.6 * trained  # the pulse that remains
    return rows


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


def activation_rows(
    rows: NDArray[np.float32], strengths: Strengths, layers: tuple[int, ...], theme: Theme, trained: float = 1.0
) -> NDArray[np.float32]:
    """The same discs in the inks of their layers, as bright as their mean activations; each one's ring goes first.

    `trained`, 0 to 1, is how far the discs are on their way there.
    """
    felt = strengths.felt
    rows = rows.copy()
    hue = np.tile(neuron_hues(layers, theme), (len(rows) // len(felt), 1))
    rest = np.array(unit(theme.accent_start))  # not the ink of the loss, which changes at the same time
    for first in (4, 8, 12):  # fill, its second colour, rim
        rows[:, first : first + 3] = rest + (hue - rest) * trained
    discs = rows[-len(felt) :]
    discs[:, [7, 11]] = discs[:, [7, 11]] * (1 - trained) + (0.25 + 0.75 * felt)[:, None] * trained
    discs[:, 18] *= (1 - trained) + felt * trained  # glow
    return rows


def tile_half(inner: Rect, layers: tuple[int, ...] = LAYERS, *, pitch: float = PITCH) -> float:
    """Half a side of the tiles, pixels: as large as their places leave room for."""
    places = node_places(inner, layers, pitch=pitch)
    apart = min((float(np.linalg.norm(column[1] - column[0])) for column in places if len(column) > 1), default=inner.h)
    return min(apart * 0.44, inner.w * 0.045)


def tile_rows(
    nodes: NDArray[np.float32],
    slots: NDArray[np.int64],
    strengths: Strengths,
    layers: tuple[int, ...],
    theme: Theme,
    *,
    half: float,
    trained: float,
) -> NDArray[np.float32]:
    """float32 [tiles, 13]: a tile in place of the disc of each neuron that has a face, rimmed in the ink of its layer.

    `slots` int [drawn]: the face of each, -1 for none; `half` a side in pixels.
    """
    rows = np.empty((len(slots), 13), dtype=np.float32)
    rows[:, :2], rows[:, 2:4] = nodes[-len(slots) :, :2], (half, 0.28 * half)
    rows[:, 4:7], rows[:, 7] = neuron_hues(layers, theme), trained
    rows[:, 8], rows[:, 9], rows[:, 10:] = slots, strengths.felt, face_inks(layers, theme)
    tiles: NDArray[np.float32] = rows[slots >= 0]
    return tiles


def node_rows(places: Places, colour: Colour, radius: float) -> NDArray[np.float32]:
    """float32 [2 * nodes, 24], shape rows: a breathing ring for each node, then a glowing disc for each.

    float32 [nodes, 24] of so many that their rings would be one another's.
    """
    middles = np.concatenate(places)
    count = len(middles)
    rgb = np.array(unit(colour))
    start = np.modf(np.arange(count) * 0.31)[0]

    def fill(
        rows: NDArray[np.float32],
        *,
        size: float,
        swing: float,
        alpha: float,
        line: float,
        glow: float,
        period: float,
        rest: float,
    ) -> None:
        rows[:, 0:2], rows[:, 2:4] = middles, size
        rows[:, 4:16] = (*rgb, alpha, *rgb, alpha, *rgb, line)
        rows[:, 16:20] = size, 1.2 if line else 0.0, glow, 0.0
        rows[:, 20], rows[:, 21], rows[:, 22:] = turns(period), start, (rest, swing)

    ratio, ringed = radius / NODE, count <= RINGED
    made = np.empty((2 * count if ringed else count, 24), dtype=np.float32)
    if ringed:
        ring = {"size": RING[0] * ratio, "swing": (RING[1] - RING[0]) * ratio}
        fill(made[:count], **ring, alpha=0.0, line=0.4, glow=0.0, period=2.0, rest=0.75)
    fill(made[-count:], size=radius, swing=0.0, alpha=1.0, line=0.0, glow=radius * 0.8, period=1.5, rest=0.4)
    return made
