"""The flat network: a panel that shows the run as the field does, in the seed's geometry."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from engine.flat.overlay import Item, Text
from engine.input import Event, Move, Point, Press
from scenes.kit.distinct import distinct
from scenes.kit.drawing import BODY, DIGITS, TITLE, TITLE_BASE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import gradient, trouble
from scenes.kit.theme import loss_colour, mixed, unit
from scenes.kit.words import lines_of, say
from scenes.training.epoch import State
from scenes.training.lifecycle import Status
from scenes.training.neuron import Place
from scenes.training.parameters import FILE
from scenes.world.field import Field
from scenes.world.stand_ins import stand_ins
from scenes.world.strengths import MOST, Index, Strengths, some
from scenes.world.transition import Shown, Way
from scenes.world.world import World

from . import skeleton
from .network_rows import (
    PITCH,
    activation_rows,
    dash_rows,
    drawn,
    link_rows,
    node_places,
    node_radius,
    node_rows,
    tile_half,
    tile_rows,
    weight_rows,
)

DASHED = 16  # links with dashes
HIT, FAR = 12, 0.10  # units about a node that hit it; opacity of other strokes, where one neuron is looked at
BRIGHTER = 1.8  # opacity of the strokes of one that is pointed at
CARPET = MOST  # strokes of a network at rest, at most: of more an even choice

SEEN = [7, 11, 15, 18]  # columns of a node's row that say how well it can be seen
APART = 7  # units between two words of a row
SMALLEST_TILE = 8  # units of a side, from which what a neuron sees can be seen

Rows = NDArray[np.float32]
Slots = NDArray[np.int64]


Drawn = tuple[Rows, Rows, Rows]  # strokes, discs and tiles


@dataclass
class _Kept:
    """The rows of one part of the field at both ends of its way, and what they depend on."""

    key: object
    before: Drawn
    after: Drawn

    def at(self, share: float) -> Drawn:
        """`share` of the way."""
        if share >= 1 or self.before is self.after:
            return self.after
        part = np.float32(share)
        links, nodes, tiles = (old + (new - old) * part for old, new in zip(self.before, self.after, strict=True))
        return links, nodes, tiles


class FlatNetwork(Part):
    """The panel. Keeps its rows until place, theme or what is shown change: the pulses run in the shader."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[tuple[int, ...], _Kept] = {}
        self._key: object = None
        self._words: list[Item] = []

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part: title, strokes, discs and the names of the layers."""
        rect, snapshot, field, blend = drawing.layout.panels["network"], moment.run, self._world.field, moment.blend
        unknown = snapshot.source == FILE and (snapshot.run is None or snapshot.run.network is None)
        if snapshot.status is Status.LOADING:
            skeleton.network(drawing, rect)
        elif not unknown:
            self._kept = {part.layers: self._part(drawing, rect, part, blend) for part in field.parts}
            for part in field.parts:
                links, nodes, tiles = self._kept[part.layers].at(part.transition.way(blend).share)
                near, aside = self._world.near(blend)
                if part is field and near and aside > 0:
                    trained = float(snapshot.state is not None)
                    links = self._with_one_near(drawing, rect, links, near, aside, trained=trained)
                elif part is field and (pointed := self._world.pointed.meant(field.layers)):
                    trained = float(snapshot.state is not None)
                    links = self._with_one_near(drawing, rect, links, pointed, 0.0, trained=trained)
                drawing.ribbons.append(links)
                drawing.nodes.append(nodes)
                drawing.tiles.append(tiles)
        key = (
            rect,
            field.layers,
            drawing.theme.key,
            drawing.layout.scale,
            snapshot.state,
            unknown,
            snapshot.run is None,
        )
        if key != self._key:
            words = panel_words(drawing, rect, field.layers, snapshot.state)
            said = drawing.notes(rect, lines_of("network.unknown") if snapshot.run else ())
            self._words = [words[0], *said] if unknown else words
            self._key = key
        drawing.write("network", rect, self._words[:2] if snapshot.status is Status.LOADING else self._words)

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: a press on a node looks at its neuron; the pointer over it brings it out everywhere."""
        if not isinstance(event, Press | Move) or not moment.page.panels["network"].holds(event.at):
            return False
        found = self._neuron_at(event.at, moment)
        if isinstance(event, Move):
            self._world.pointed.neuron = found
            return False
        if found:
            self._world.ask(found)
        return found is not None

    def _neuron_at(self, at: Point, moment: Moment) -> Place | None:
        """The neuron whose node is nearest to this point, if it is near enough."""
        rect, px = moment.page.panels["network"], moment.page.px
        inner = _placed_inner(px, rect, float(moment.run.state is not None))
        places = np.concatenate(node_places(inner, self._world.field.layers, pitch=px(PITCH)))
        away = np.hypot(*(places - at).T)
        nearest = int(np.argmin(away))
        return self._world.field.place(nearest) if away[nearest] <= px(HIT) else None

    def _with_one_near(
        self, drawing: Drawing, rect: Rect, links: Rows, place: Place, aside: float, *, trained: float
    ) -> Rows:
        """The strokes where all but those of the neuron at `place` recede; and a ring about its node.

        `aside` 0: it is pointed at; nothing recedes, and its strokes stand out.
        """
        field = self._world.field
        inner = _inner(drawing, rect, trained)
        x, y = np.concatenate(node_places(inner, field.layers, pitch=drawing.px(PITCH)))[field.drawn(place)]
        ends = np.abs(links[:, :4] - (x, y, x, y)) < 0.01
        own = ends[:, :2].all(axis=1) | ends[:, 2:].all(axis=1)
        links = links.copy()
        links[:, 7] *= np.where(own, 1.0, 1 - (1 - FAR) * aside)
        if not aside:
            links[:, 7] = np.minimum(1.0, links[:, 7] * np.where(own, BRIGHTER, 1.0))
        reach = max(drawing.px(9), tile_half(inner, field.layers, pitch=drawing.px(PITCH)) + drawing.px(4))
        ring = (x - reach, y - reach, 2 * reach, 2 * reach)
        drawing.shape(
            ring, drawing.theme.accent, alpha=0.0, radius=5, line=drawing.theme.accent, line_width=1.6 * (aside or 1.0)
        )
        return links

    def _part(self, drawing: Drawing, rect: Rect, part: Field, blend: float) -> _Kept:
        way, presence = part.transition.way(blend), part.presence.at(blend)
        key = (rect, drawing.theme.key, drawing.layout.scale, way.before, way.after, presence)
        found = self._kept.get(part.layers)
        if found and found.key == key:
            return found
        question = part.transition.question
        drawn = part.stand_ins.neurons
        slots = question.slot[drawn] if question and way.after.faces else np.full(len(drawn), -1)
        after = _rows(drawing, rect, part.layers, slots, way, way.after, presence)
        moves = way.before is not way.after
        return _Kept(
            key, _rows(drawing, rect, part.layers, slots, way, way.before, presence) if moves else after, after
        )


def colour_of(drawing: Drawing, shown: Shown) -> Colour:
    """Of the loss, as far as there is a run."""
    theme = drawing.theme
    return mixed(theme.accent_start, loss_colour(shown.loss, theme), shown.active)


def _inner(drawing: Drawing, rect: Rect, foot: float) -> Rect:
    """Where the nodes stand; `foot`, 0 to 1, is how far the gradients' row below them has room."""
    return _placed_inner(drawing.px, rect, foot)


def _placed_inner(px: Callable[[float], int], rect: Rect, foot: float) -> Rect:
    below = px(30) + round((px(44) - px(30)) * foot)
    return Rect(rect.x + px(12), rect.y + px(42), rect.w - px(24), rect.h - px(42) - below)


@lru_cache(maxsize=2)  # of the two parts that a panel can have
def _placed(inner: Rect, layers: tuple[int, ...], pitch: int, scale: float) -> tuple[Rows, Rows, float]:
    """Strokes of a network at rest and discs, without a colour, which nobody may change; half a side of its tiles."""
    links = sum(before * after for before, after in pairwise(layers))
    strokes = _strokes(inner, layers, pitch, scale, some(links, CARPET))
    places = node_places(inner, layers, pitch=pitch)
    nodes = node_rows(places, (0, 0, 0), node_radius(inner, layers, pitch=pitch))
    nodes[:, 17] *= scale
    strokes.flags.writeable = nodes.flags.writeable = False
    return strokes, nodes, tile_half(inner, layers, pitch=pitch)


def _strokes(inner: Rect, layers: tuple[int, ...], pitch: int, scale: float, index: Index) -> Rows:
    strokes = link_rows(node_places(inner, layers, pitch=pitch), (0, 0, 0), index, layers)
    strokes[:, 8] *= scale  # widths
    return strokes


def _rows(
    drawing: Drawing, rect: Rect, layers: tuple[int, ...], slots: Slots, way: Way, shown: Shown, presence: float
) -> Drawn:
    """Those of one end of the way, `shown`, at `presence` of their strength; both ends have the same, in one order.

    `slots`: the face of each neuron that is drawn.
    """
    scale, theme, inner = drawing.layout.scale, drawing.theme, _inner(drawing, rect, shown.trained)
    *placed, half = _placed(inner, layers, drawing.px(PITCH), scale)
    tiles = np.zeros((0, 13), dtype=np.float32)
    links, nodes = (rows.copy() for rows in placed)
    colour = unit(colour_of(drawing, shown))
    links[:, 4:7] = nodes[:, 4:7] = nodes[:, 8:11] = nodes[:, 12:15] = colour
    dashed = links[:: max(1, len(links) // DASHED)]
    if (seen := shown.strengths) and shown.trained > 0:
        rest = some(seen.count, CARPET)
        if len(rest) < seen.count:
            index = distinct(rest, seen.index)
            resting, links = links, _strokes(inner, layers, drawing.px(PITCH), scale, index)
            links[:, 4:7], links[:, 7] = colour, 0.0
            links[np.searchsorted(index, rest), 7] = resting[:, 7]
            seen = seen.of(index)
        before, after = _ends(way)
        chosen = drawn(links, before.of(seen.index), after.of(seen.index), shown.trained)
        links = weight_rows(links, seen, theme, scale, shown.trained, seen=chosen)
        nodes = activation_rows(nodes, seen, layers, theme, shown.trained)
        if 2 * half >= drawing.px(SMALLEST_TILE):
            rows = len(nodes) // len(slots)  # of each neuron
            tiles = tile_rows(nodes, slots, seen, layers, theme, half=half, trained=shown.trained)
            if shown.trained < 1:
                nodes[:, SEEN] *= np.where(np.tile(slots >= 0, rows), 1 - shown.trained, 1.0)[:, None]
            else:  # of what wears a face there is nothing left to be drawn
                nodes = nodes[np.tile(slots < 0, rows)]
        dashed = links[-DASHED:] if shown.trained > 0.5 else dashed
    if shown.busy > 0:
        dashes = dash_rows(dashed, theme, scale)
        dashes[:, 7] *= shown.busy * abs(2 * shown.trained - 1)  # from some links to others by way of none
        links = np.concatenate([links, dashes])
    links[:, 7] *= presence
    nodes[:, SEEN] *= presence
    tiles[:, 7] *= presence
    return links, nodes, tiles


def _ends(way: Way) -> tuple[Strengths, Strengths]:
    """The strengths at both ends of a way that has some."""
    before, after = way.before.strengths, way.after.strengths
    known = after or before
    assert known
    return before or known, after or known


def panel_words(drawing: Drawing, rect: Rect, layers: tuple[int, ...], state: State | None) -> list[Item]:
    """Title, shape, names of the layers and gradients."""
    px, theme, inner = drawing.px, drawing.theme, _inner(drawing, rect, float(state is not None))
    title = drawing.text(say("network.title"), (rect.x + px(16), rect.y + px(TITLE_BASE)), size=15, face=TITLE)
    at = (drawing.layout.slots["copy"].x - px(8), rect.y + px(TITLE_BASE))
    links = sum(before * after for before, after in pairwise(layers))
    cut = state is not None and links > MOST
    room = at[0] - rect.x - px(28) - drawing.width(title)
    words: list[Item] = [title, _shape(drawing, layers, at, room, trained=state is not None)]
    columns = [float(column[:, 0].mean()) for column in node_places(inner, layers, pitch=px(PITCH))]
    hidden = "network.hidden.few" if cut else "field.hidden"
    names = [say("field.input"), *(say(hidden, number=k) for k in range(1, len(layers) - 1)), say("field.output")]
    if cut:
        names = [f"{name} · {count}" for name, count in zip(names, layers, strict=True)]
    below = rect.bottom - px(14)
    told = [
        drawing.text(name, (x, below), size=11, face=BODY, colour=theme.muted, align="middle")
        for x, name in zip(columns, names, strict=True)
    ]
    if _touch(drawing, told):
        many = say("network.hidden", count=len(layers) - 2)
        middle = drawing.text(many, (rect.middle[0], below), size=11, face=BODY, colour=theme.muted, align="middle")
        told = [told[0], middle, told[-1]]
    return words + told + (_gradients(drawing, rect, columns, state.gradient_norms.tolist()) if state else [])


def _shape(drawing: Drawing, layers: tuple[int, ...], at: tuple[float, float], room: float, *, trained: bool) -> Text:
    """What stands beside the title: how many neurons in each layer, or how many are drawn; as far as there is room."""
    drawn, links = stand_ins(layers), sum(before * after for before, after in pairwise(layers))
    some: dict[str, Any] = {
        "drawn": len(drawn.neurons),
        "count": sum(layers),
        "most": MOST,
        "links": links,
        "layers": len(layers),
    }
    first, then = ("network.strongest" if trained and links > MOST else ""), "network.layers"
    if not drawn.all:
        first, then = ("network.some.links" if trained else "network.some"), "network.some"
    shape = say(first, **some) if first else " – ".join(map(str, layers))
    text = drawing.text(shape, at, size=12, colour=drawing.theme.muted, align="right")
    if drawing.width(text) <= room:
        return text
    return drawing.said(then, at, room, sizes=(12, 11), colour=drawing.theme.muted, align="right", fields=some)


def _gradients(drawing: Drawing, rect: Rect, columns: list[float], norms: list[float]) -> list[Text]:
    """The length of each layer's gradient between its columns; where they have no room there, the least to the most."""
    theme, y = drawing.theme, rect.bottom - drawing.px(31)
    told: list[Text] = []
    for norm, x in zip(norms, (sum(pair) / 2 for pair in pairwise(columns)), strict=True):
        text = gradient(norm) if told else say("network.correction", norm=gradient(norm))
        ink = theme.warn if trouble(norm) else theme.muted
        told.append(drawing.text(text, (x, y), size=10, face=DIGITS, colour=ink, align="middle"))
    if _touch(drawing, told):
        text = say("network.corrections", least=gradient(min(norms)), most=gradient(max(norms)))
        ink = theme.warn if any(map(trouble, norms)) else theme.muted
        told = [drawing.text(text, (rect.middle[0], y), size=10, face=DIGITS, colour=ink, align="middle")]
    return told


def _touch(drawing: Drawing, row: list[Text]) -> bool:
    """Whether two words of a row, each around its place, come nearer than a blank."""
    half = [drawing.overlay.fonts.width(text.text, text.face, text.size) / 2 for text in row]
    apart = [after.at[0] - before.at[0] for before, after in pairwise(row)]
    return any(gap < sum(pair) + drawing.px(APART) for gap, pair in zip(apart, pairwise(half), strict=True))
