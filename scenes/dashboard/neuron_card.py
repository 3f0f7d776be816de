"""The card of the neuron that is looked at: what it sees, where it stands on its curve, and what comes into it.

Every number is one of `training.neuron`, over the rows that the network learns from as far as they are shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pygame

from engine.flat.overlay import Image, Item
from engine.input import Event, Move, Press
from engine.scene import Entries
from scenes.kit.control_drawing import CELL_GROW, focus_ring, scaled
from scenes.kit.drawing import BODY, DIGITS, STRONG, TITLE, TITLE_BASE, Drawing
from scenes.kit.neuron_choice import called_at, name_of, title_of
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import short, significant
from scenes.kit.theme import Theme, unit
from scenes.kit.words import lines_of, say
from scenes.training.epoch import Network, State
from scenes.training.neuron import CROSS_ENTROPY, VALUES, NeuronFigures, Place, figures, silenced
from scenes.training.snapshot import Snapshot
from scenes.world.world import World

from .control_slots import switch
from .controls import RunControls
from .link_plot import Link, history, link_items

PAD, TOP = 16, 42  # units
FACE = (0.46, 128)  # of the width, and units at most, that what it sees takes
LINE, ROW = 16, 17  # units between two lines of words, and between two inputs
SIZE, SMALL = 11.5, 10.5  # units high: words, and the heads of columns
TITLES = (15, 14, 13, 12, 11)  # units high, of the title: the largest that has room
NAMES = (SIZE, 10.5, 9.5)  # units high, of what comes in: the largest that has room
HEADS = (SMALL, 9.5, 8.5)  # units high, of these: the largest that has room
CURVE = 3.2  # sums to either side that the curve is drawn for, at least
FINE = 2  # times finer that the curve is drawn, for smooth edges
MOST_DOTS = 200  # rows that are marked below the curve
BAR = 0.26  # of the width, that the bar of the largest share takes


@dataclass(frozen=True, eq=False)
class Asked:
    """What a card is about."""

    network: Network
    state: State | None
    before: State | None  # one epoch earlier, where it is kept
    place: Place
    loss: str
    silent: bool = False  # whether it is made to say nothing


class NeuronCard(Part):
    """Stands in the place of the data while a neuron is looked at."""

    def __init__(self, world: World, controls: RunControls, silence: Callable[[Place], object]) -> None:
        self._world, self._controls, self._silenced = world, controls, silence
        self._key: object = None
        self._items: list[Item] = []
        self._figures: tuple[object, NeuronFigures | None] = (None, None)
        self._history: tuple[object, tuple[tuple[int, float, float], ...]] = (None, ())

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: a press on an input tells of its link, another one of all inputs again."""
        asked, rect, px = self._asked(moment.run), moment.page.panels["data"], moment.page.px
        told = self._told(asked) if asked and isinstance(event, Press | Move) and rect.holds(event.at) else None
        if asked is None or told is None or not isinstance(event, Press | Move):
            return False
        _, top, count = _list_place(rect, px, told)
        row = int((event.at[1] - top + px(ROW) - px(4)) // px(ROW))
        open_one = self._world.choice.source is not None
        found = _by_share(told)[row] if 0 <= row < count and not open_one else None
        if isinstance(event, Move):
            self._world.pointed.neuron = None if found is None else (asked.place[0] - 1, found)
            return False
        if event.at[1] < top - px(ROW) or not count:
            return False
        self._world.choice.source = found
        return True

    def _linked(self, run: Snapshot, asked: Asked, told: NeuronFigures | None) -> Link | None:
        """The link that is told of, if one is."""
        source = self._world.choice.source
        if source is None or told is None or source >= len(told.weights) or run.run is None:
            return None
        key = (run.run, run.epoch, run.kept_every, asked.place, source)
        if self._history[0] != key:
            self._history = key, history(run.run, run.epoch, asked.place, source)
        ends = (asked.place[0] - 1, source), asked.place
        name, shown = (" → ".join(call(asked.network, end) for end in ends) for call in (name_of, called_at))
        weight, gradient = float(told.weights[source]), float(told.gradients[source])
        return Link(name, shown, weight, gradient, self._history[1])

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        return {"silence": self._silence, "close_neuron": self._world.choice.clear}

    def _silence(self) -> None:
        if self._world.choice.place:
            self._silenced(self._world.choice.place)

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part: its button is there while it is."""
        shown = self._asked(moment.run) is not None
        self._controls.ui.show("close_neuron", visible=shown, enabled=shown)
        self._controls.ui.show("silence", visible=shown, enabled=shown and moment.run.state is not None)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        asked = self._asked(moment.run)
        if asked is None:
            self._key = None
            return
        rect = drawing.layout.panels["data"]
        told = self._told(asked)
        link = self._linked(moment.run, asked, told)
        look = (rect, drawing.theme.key, drawing.layout.scale)
        key = (*look, asked.network, asked.state, asked.place, asked.silent, link)
        if key != self._key:
            self._items, self._key = _words(drawing, rect, asked, told, link), key
        self._shapes(drawing, rect, asked, told, moment.blend, bars=link is None)
        drawing.write("data", rect, self._items)  # one or the other stands there

    def describe(self, moment: Moment) -> Entries:
        """See Part: the numbers of the card, by name; None while no neuron is looked at."""
        asked = self._asked(moment.run)
        return {"neuron": lambda: self._entry(moment.run, asked) if asked else None}

    def _entry(self, run: Snapshot, asked: Asked) -> dict[str, object]:
        told, (layer, index) = self._told(asked), asked.place
        entry: dict[str, object] = {"name": name_of(asked.network, asked.place), "layer": layer, "number": index + 1}
        if told is None:
            return entry
        rounded = {"value": float(told.outputs.mean()), "bias": told.bias, "update": told.update}
        entry |= {name: None if value is None else round(value, 6) for name, value in rounded.items()}
        entry |= {"rows": told.rows, "saturated": round(told.saturated, 4), "dead": told.dead}
        names = [name_of(asked.network, (layer - 1, k)) for k in range(len(told.weights))]
        figures_ = zip(names, told.weights, told.shares, told.gradients, strict=True)
        entry["inputs"] = [
            {"name": name, "weight": round(float(w), 6), "share": round(float(s), 4), "gradient": round(float(g), 8)}
            for name, w, s, g in figures_
        ]
        if link := self._linked(run, asked, told):
            told_of = {"name": link.name, "weight": round(link.weight, 6), "gradient": round(link.gradient, 8)}
            entry["link"] = told_of | {"before": None if link.before is None else round(link.before, 6)}
        return entry

    def _asked(self, run: Snapshot) -> Asked | None:
        place, network = self._world.choice.place, run.network
        if place is None or network is None or network.shape != self._world.field.layers:
            return None
        before = run.run.at(run.epoch - 1).state if run.run and run.epoch > 1 and run.kept_every == 1 else None
        before = silenced(before, run.silent) if before and run.silent else before
        loss = run.parameters.loss or CROSS_ENTROPY
        return Asked(network, run.state, before, place, loss, silent=place in run.silent)

    def _told(self, asked: Asked) -> NeuronFigures | None:
        if asked.state is None or not len(asked.network.samples):
            return None
        key = (asked.network, asked.state, asked.place)
        if self._figures[0] != key:
            told = figures(asked.network, asked.state, asked.place, loss=asked.loss, before=asked.before)
            self._figures = key, told
        return self._figures[1]

    def _shapes(
        self, drawing: Drawing, rect: Rect, asked: Asked, told: NeuronFigures | None, blend: float, *, bars: bool
    ) -> None:
        theme, px = drawing.theme, drawing.px
        for name, on in (("close_neuron", False), ("silence", asked.silent)):
            place, look = switch(drawing.layout, name), self._controls.reaction(name, blend)
            focus_ring(drawing, self._controls, name, place, radius=8)
            bounds, alpha = scaled(place, 0.9 + CELL_GROW * look.hover), drawing.ground(0.5 + 0.4 * look.hover)
            if on:
                drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=7)
            else:
                drawing.shape(bounds, theme.track[0], alpha=alpha, radius=7)
        question = self._world.field.transition.question
        slot = int(question.slot[sum(asked.network.shape[: asked.place[0]]) + asked.place[1]]) if question else -1
        if slot >= 0:
            face = _face(rect, px)
            half = face.w / 2
            hue = unit(theme.layers[min(asked.place[0], len(theme.layers) - 1)])
            ink = unit(theme.yes)
            if asked.place[0] == len(asked.network.shape) - 1:
                ink = unit(theme.classes[asked.place[1] % len(theme.classes)])
            row = (*face.middle, half, px(8), *hue, 1.0, slot, 0.3, *ink)
            drawing.tiles.append(np.array([row], dtype=np.float32))
        if told is not None and len(told.weights) and bars:
            self._bars(drawing, rect, told)

    def _bars(self, drawing: Drawing, rect: Rect, told: NeuronFigures) -> None:
        """How much of what comes in is each input's."""
        theme, px = drawing.theme, drawing.px
        left, top, count = _list_place(rect, px, told)
        order = _by_share(told)[:count]
        room, largest = rect.w * BAR, float(told.shares.max()) or 1.0
        for row, k in enumerate(order):
            ink = theme.positive if told.weights[k] >= 0 else theme.negative
            wide = max(px(2), room * float(told.shares[k]) / largest)
            drawing.shape((left, top + px(ROW) * row - px(8), wide, px(8)), ink, radius=3)


def _face(rect: Rect, px: Callable[[float], int]) -> Rect:
    side = min(round(FACE[0] * (rect.w - 2 * px(PAD))), px(FACE[1]), round(0.42 * rect.h))
    return Rect(rect.x + px(PAD), rect.y + px(TOP), side, side)


def _by_share(told: NeuronFigures) -> list[int]:
    """The inputs, the largest share first."""
    order: list[int] = np.argsort(-told.shares, kind="stable").tolist()
    return order


def _list_place(rect: Rect, px: Callable[[float], int], told: NeuronFigures) -> tuple[int, int, int]:
    """Where the bars of the inputs begin, the first one's baseline, and how many have room."""
    top = _face(rect, px).bottom + px(22 + LINE * len(_sentences(told)) + 25)
    return (
        rect.x + round(rect.w * 0.30),
        top,
        max(0, min(len(told.weights), (rect.bottom - px(10) - top) // px(ROW) + 1)),
    )


def _sentences(told: NeuronFigures, *, answer: bool = False, silent: bool = False) -> list[tuple[str, dict[str, Any]]]:
    """What is said of it, a line each, three or less: keys of the table, after "neuron.", with their figures."""
    rows: dict[str, Any] = {"rows": told.rows}
    mean: dict[str, Any] = {"mean": short(float(told.outputs.mean()))}
    if told.bias is None:
        return [("average", mean | rows), ("nothing", {})]
    lines = [("says", mean | {"bias": short(told.bias)})]
    if silent:
        lines.append(("silenced", {}))
    elif answer:
        lines.append(("shared", rows))
    elif told.dead:
        lines.append(("dead", rows))
    elif told.saturated:
        lines.append(("saturated", rows | {"share": 100 * told.saturated}))
    else:
        lines.append(("moves", rows))
    if told.update is not None:
        lines.append(("update", {"share": 100 * told.update}))
    return lines


def _words(drawing: Drawing, rect: Rect, asked: Asked, told: NeuronFigures | None, link: Link | None) -> list[Item]:
    px, theme = drawing.px, drawing.theme
    close, silence = switch(drawing.layout, "close_neuron"), switch(drawing.layout, "silence")
    corner, room = (rect.x + px(PAD), rect.y + px(TITLE_BASE)), silence.x - rect.x - px(PAD) - px(8)
    names = (title_of(asked.network, asked.place, short=short_one) for short_one in (False, True))
    title = drawing.largest(list(names), corner, room, sizes=TITLES, face=TITLE)
    at, ink = (silence.middle[0], silence.middle[1] + px(3.5)), theme.on_accent if asked.silent else theme.muted
    items: list[Item] = [
        title,
        drawing.icon("x", close.middle, size=13, colour=theme.muted),
        drawing.said("neuron.silence", at, 0.9 * silence.w, sizes=(11, 10, 9), face=DIGITS, colour=ink, align="middle"),
    ]
    if told is None:
        return items + drawing.notes(rect, lines_of("neuron.unasked"))
    face = _face(rect, px)
    beside = Rect(face.right + px(12), face.y, rect.right - px(PAD) - face.right - px(12), face.h)
    items += _curve(drawing, beside, asked, told)
    y = face.bottom + px(22)
    answer = asked.place[0] == len(asked.network.shape) - 1
    for row, (key, fields) in enumerate(_sentences(told, answer=answer, silent=asked.silent)):
        ink = theme.warn if key in ("dead", "silenced") else theme.text
        at, room = (rect.x + px(PAD), y + px(LINE) * row), rect.w - 2 * px(PAD)
        items.append(drawing.said(f"neuron.{key}", at, room, sizes=(SIZE, SMALL), colour=ink, fields=fields))
    if link:
        top = y + px(LINE) * (len(_sentences(told)) - 1) + px(8)
        place = Rect(rect.x + px(PAD), top, rect.w - 2 * px(PAD), rect.bottom - px(8) - top)
        return items + link_items(drawing, place, link, "" if link.before is None else short(link.before))
    return items + (_inputs(drawing, rect, asked, told) if len(told.weights) else [])


def _inputs(drawing: Drawing, rect: Rect, asked: Asked, told: NeuronFigures) -> list[Item]:
    """A row for each input, the largest share first: name, weight, gradient; bars are shapes."""
    px, theme = drawing.px, drawing.theme
    left, top, count = _list_place(rect, px, told)
    if not count:
        return []
    weight, gradient = rect.x + round(rect.w * 0.74), rect.right - px(PAD)
    heads = (
        (rect.x + px(PAD), "left", "in", left - rect.x - px(PAD)),
        (left, "left", "share", (weight - left) / 2),
        (weight, "right", "weight", (weight - left) / 2),
        (gradient, "right", "gradient", gradient - weight),
    )
    items: list[Item] = [
        drawing.said(f"neuron.{key}", (x, top - px(20)), room - px(4), sizes=HEADS, colour=theme.muted, align=align)
        for x, align, key, room in heads
    ]
    shown, room = _by_share(told)[:count], left - rect.x - px(PAD) - px(6)
    names = [called_at(asked.network, (asked.place[0] - 1, k)) for k in shown]
    size = min(drawing.largest([name], (0, 0), room, sizes=NAMES).size for name in names)
    for row, (k, name) in enumerate(zip(shown, names, strict=True)):
        y = top + px(ROW) * row
        word = replace(drawing.text(name, (rect.x + px(PAD), y), size=SIZE, face=BODY), size=size)  # all of one
        items.append(drawing.fitted(word, room))
        for x, value in ((weight, told.weights[k]), (gradient, told.gradients[k])):
            items.append(drawing.text(short(float(value)), (x, y), size=SIZE, face=DIGITS, align="right"))
    return items


def _curve(drawing: Drawing, place: Rect, asked: Asked, told: NeuronFigures) -> list[Item]:
    """The activation's curve over the sums, with a mark for each row that it was asked about, and what it is called."""
    theme, px = drawing.theme, drawing.px
    if told.bias is None:
        return []
    last = asked.place[0] == len(asked.network.shape) - 1
    name = say("neuron.share_of_all") if last else asked.network.activation
    reach = max(CURVE, float(np.abs(told.sums).max(initial=0)) * 1.05)
    size = (place.w, place.h - px(18))
    image = _plot(size, told, "" if last else asked.network.activation, reach, theme)
    head = drawing.text(name, (place.x, place.bottom - px(2)), size=SMALL, face=STRONG, colour=theme.muted)
    told_sum = say("neuron.sum", reach=significant(reach, digits=2))
    at = (place.right, place.bottom - px(2))
    sums = drawing.text(told_sum, at, size=SMALL, colour=theme.muted, align="right")
    wide = sum(drawing.overlay.fonts.width(each.text, each.face, each.size) for each in (head, sums))
    return [Image(image, (place.x, place.y)), head, *([sums] if wide + px(6) <= place.w else [])]


def _plot(size: tuple[int, int], told: NeuronFigures, activation: str, reach: float, theme: Theme) -> pygame.Surface:
    """Axes, the curve, and each row where it stands on it; of answers, whose share depends on all, the rows alone."""
    wide, high = (max(8, FINE * side) for side in size)
    drawn = pygame.Surface((wide, high), pygame.SRCALPHA)
    curve = VALUES.get(activation)
    line = np.linspace(-reach, reach, wide)
    values = curve(line) if curve else None
    low, top = _range(values if values is not None else told.outputs)

    def at(sums: np.ndarray, outputs: np.ndarray) -> list[tuple[float, float]]:
        x = (sums + reach) / (2 * reach) * (wide - 1)
        y = (1 - (outputs - low) / (top - low)) * (high - 1)
        points: list[tuple[float, float]] = np.column_stack([x, np.clip(y, 0, high - 1)]).tolist()
        return points

    axis = (*theme.muted, 110)
    zero = at(np.zeros(1), np.zeros(1))[0]
    pygame.draw.line(drawn, axis, (0, zero[1]), (wide, zero[1]), FINE)
    pygame.draw.line(drawn, axis, (zero[0], 0), (zero[0], high), FINE)
    if values is not None:
        pygame.draw.lines(drawn, theme.text, False, at(line, values), 2 * FINE)
    every = max(1, len(told.sums) // MOST_DOTS)
    for point in at(told.sums[::every], told.outputs[::every]):
        pygame.draw.circle(drawn, (*theme.accent, 150), point, 2.6 * FINE)
    return pygame.transform.smoothscale(drawn, size)


def _range(values: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """From where to where the plot goes, with a little room."""
    low, high = min(0.0, float(np.min(values))), max(0.0, float(np.max(values)))
    spare = 0.08 * (high - low or 1.0)
    return low - spare, high + spare
