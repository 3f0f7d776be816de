"""What is learned: points of a plane under the network's answers, pictures with theirs, or the classes of a table."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from engine.flat.overlay import Image, Item
from engine.input import Event, Move, Point, Press
from scenes.kit.answer_map import CORNER, FIRST_TWO, AnswerMap, Axes, on_map
from scenes.kit.control_drawing import CELL_GROW, focus_ring, scaled
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, TITLE, TITLE_BASE, Drawing
from scenes.kit.examples import Examples, picture_at
from scenes.kit.map_legend import FIRST_LINE, LINE, SIZE, axes_words, legend, legend_line, map_side, marked
from scenes.kit.neuron_choice import NeuronChoice, called, called_at
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.pointed import Pointed
from scenes.kit.run_words import titled
from scenes.kit.theme import class_inks, unit
from scenes.kit.walk_pad import NEAR, nearest, point_row
from scenes.kit.words import counted, lines_of, say
from scenes.training.epoch import Network, State
from scenes.training.lifecycle import Status
from scenes.training.neuron import Place
from scenes.training.parameters import FILE
from scenes.training.snapshot import Snapshot
from scenes.world.world import World

from . import skeleton
from .confusion import confusion_items
from .control_slots import CHIPS
from .table_words import COLUMN, columns_shown, mix_ups, paragraphs, table_words
from .walk_card import WalkCard, caption

PAD = 16  # units at both sides
TOP, BOTTOM = 42, 9  # units above and below what is shown
TITLES, NOTE = (15, 14, 13), 12  # units high, of the title, as it has room, and of what stands beside it


class DataPanel(Part):
    """Keeps what it made until epoch, network, place or theme change."""

    def __init__(
        self,
        world: World | None = None,
        learn: Callable[[str], object] = lambda column: None,
        controls: ControlSet | None = None,
        walk: WalkCard | None = None,
    ) -> None:
        self._world = world
        self._choice = world.choice if world else NeuronChoice()  # while a neuron is looked at, its card stands here
        self._pointed = world.pointed if world else Pointed()
        self._walk = walk  # and while a sample is led through, that one's
        self._learn = learn  # let another column of a visitor's table be the class
        self._controls = controls
        self._sides = [0, 1]  # which of the columns of numbers lie across and upwards on the map of a table
        self._mixed = False  # whether the confusion of classes stands in its place
        self._key: object = None
        self._words: list[Item] = []
        self._next: tuple[object, list[Item]] | None = None  # those of the next epoch, made before it is shown
        self._map = AnswerMap()
        self._examples = Examples()

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part: which columns the map of a table is drawn over, or the mix-ups in its place."""
        return {"map_across": partial(self._turn, 0), "map_up": partial(self._turn, 1), "mix_ups": self._mix}

    def _turn(self, side: int) -> None:
        """Let the next column lie there; where that is the other side's, the one after it."""
        self._sides[side] += 1 + (self._sides[side] + 1 == self._sides[1 - side])
        self._mixed = False

    def _mix(self) -> None:
        self._mixed = not self._mixed

    def _axes(self, network: Network) -> Axes:
        """The inputs across and upwards."""
        count = len(network.numbers)
        across, up = (side % max(1, count) for side in self._sides)
        self._sides = [across, up if up != across else (up + 1) % max(1, count)]
        return network.numbers[self._sides[0]], network.numbers[self._sides[1]]

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part: the buttons are there where there is something to choose."""
        if self._controls:
            shown = _chooses(moment.run) and not self._covered
            for name in CHIPS:
                self._controls.ui.show(name, visible=shown, enabled=shown)

    @property
    def _covered(self) -> bool:
        """Whether a card stands here."""
        return self._choice.place is not None or (self._walk is not None and self._walk.open)

    def begin_anew(self) -> None:
        """See Part."""
        self._sides, self._mixed = [0, 1], False

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: a press on a column of a table learns that one; on a point or a picture, leads it through."""
        rect, network, px = moment.page.panels["data"], moment.run.network, moment.page.px
        if self._covered or network is None or not isinstance(event, Press | Move) or not rect.holds(event.at):
            return False
        if isinstance(event, Move):
            found = self._under(event.at, moment, network)
            self._pointed.sample, self._pointed.label = found, None if found is None else int(network.labels[found])
            return False
        if moment.run.state:
            return self._walk is not None and self._lead(self._walk, event.at, moment, network)
        if not network.columns or "set_param" not in moment.run.can:
            return False
        inner = _inner(rect, px)
        row = int((event.at[1] - inner.y) // px(COLUMN))
        shown = network.columns[: columns_shown(inner, px, network)]
        if 0 <= row < len(shown) and shown[row].became != "class":
            self._learn(shown[row].name)
        return True

    def _lead(self, walk: WalkCard, at: Point, moment: Moment, network: Network) -> bool:
        """Lead through what is drawn at this point, or a point of the visitor's own; whether there is something."""
        found, place = self._under(at, moment, network), self._map_place(moment, network)
        if found is not None:
            return walk.begin(found)
        if place is None or not place.holds(at):
            return False
        share = (at[0] - place.x) / place.w, (at[1] - place.y) / place.h
        return walk.begin_own(point_row(network, self._sides_of(network), *share))

    def _under(self, at: Point, moment: Moment, network: Network) -> int | None:
        """The sample that is drawn at this point: a point of the map, or a picture."""
        if network.side:
            inner = _inner(moment.page.panels["data"], moment.page.px)
            return picture_at(inner, moment.page.scale, at, len(network.samples))
        place = self._map_place(moment, network)
        if place is None or not place.holds(at):
            return None
        share = (at[0] - place.x) / place.w, (at[1] - place.y) / place.h
        return nearest(network, self._sides_of(network), *share, moment.page.px(NEAR) / place.w)

    def _map_place(self, moment: Moment, network: Network) -> Rect | None:
        """Where the map is drawn, if it is."""
        if self._mixed or not (network.flat or (network.mapped and moment.run.state)):
            return None
        inner = _inner(moment.page.panels["data"], moment.page.px)
        room = _below_chips(moment.page, inner) if _chooses(moment.run) else inner
        side, _ = map_side(room, moment.page.scale)
        return Rect(round(room.middle[0] - side / 2), room.y, side, side)

    def _sides_of(self, network: Network) -> Axes:
        return FIRST_TWO if network.flat else self._axes(network)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        rect, snapshot = drawing.layout.panels["data"], moment.run
        if self._covered and snapshot.network:
            self._key = None
            return
        if snapshot.status is Status.LOADING and snapshot.network is None:
            skeleton.data(drawing, rect)
        pointed = self._brought_out(snapshot)
        key = (_key(drawing, rect, snapshot), *self._sides, self._mixed)
        key = (*key, pointed) if pointed else key
        if key != self._key:
            ready = self._next if self._next and self._next[0] == key else None
            self._words = ready[1] if ready else self._made(drawing, rect, snapshot, pointed)
            self._key = key  # once it is made: what fails is tried again
        if self._controls and _chooses(snapshot):
            self._chips(drawing, moment.blend)
        if isinstance(pointed, tuple):
            self._face(drawing, moment, pointed)
        drawing.write("data", rect, self._words)

    def _brought_out(self, snapshot: Snapshot) -> Place | int | None:
        """What the map brings out of what is pointed at: a neuron, whose answers it shows, or a point."""
        network, world, place = snapshot.network, self._world, self._pointed.neuron
        if network is None or world is None:
            return None
        question = world.field.transition.question
        if place and snapshot.state and network.flat and question and network.shape == world.field.layers:
            return place if question.slot[sum(network.shape[: place[0]]) + place[1]] >= 0 else None
        sample = self._pointed.sample
        return sample if sample is not None and sample < len(network.samples) and not network.side else None

    def _face(self, drawing: Drawing, moment: Moment, place: Place) -> None:
        """What a neuron answers over the plane, below the points."""
        network, world, theme = moment.run.network, self._world, drawing.theme
        at = self._map_place(moment, network) if network else None
        question = world.field.transition.question if world else None
        if network is None or at is None or question is None:
            return
        hue = unit(theme.layers[min(place[0], len(theme.layers) - 1)])
        ink = theme.classes[place[1] % len(theme.classes)] if place[0] == len(network.shape) - 1 else theme.yes
        slot = int(question.slot[sum(network.shape[: place[0]]) + place[1]])
        row = (*at.middle, at.w / 2, drawing.px(CORNER), *hue, 1.0, slot, 0.3, *unit(ink))
        drawing.tiles.append(np.array([row], dtype=np.float32))

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        rect, snapshot = drawing.layout.panels["data"], moment.run
        key = (_key(drawing, rect, snapshot), *self._sides, self._mixed)
        if self._next is None or self._next[0] != key:
            self._next = key, self._made(drawing, rect, snapshot)
        return self._next[1]

    def _made(self, drawing: Drawing, rect: Rect, snapshot: Snapshot, pointed: Place | int | None = None) -> list[Item]:
        px, network, state = drawing.px, snapshot.network, snapshot.state
        items = _head(drawing, rect, snapshot, pointed)
        if network is None:
            return items if snapshot.status is Status.LOADING else items + drawing.notes(rect, _lines(snapshot))
        inner = _inner(rect, px)
        if _chooses(snapshot) and state:
            return items + self._chosen(drawing, inner, network, state, pointed)
        if network.flat or (network.mapped and state):
            return items + self._plane(drawing, inner, network, state, pointed)
        if network.side and len(network.samples):
            return items + self._pictures(drawing, inner, network, state)
        return items + (
            table_words(drawing, inner, network) if state is None else mix_ups(drawing, inner, network, state)
        )

    def _chosen(
        self, drawing: Drawing, inner: Rect, network: Network, state: State, pointed: Place | int | None
    ) -> list[Item]:
        """Of a table with more columns: a map over two of them, or the confusion, below what chooses."""
        px, slots, (across, up) = drawing.px, drawing.layout.slots, self._axes(network)
        sides = (called(network, network.features[side]) for side in (across, up))
        words = dict(zip(CHIPS, (*map(" ".join, zip("→↑", sides, strict=True)), say("data.mix_ups")), strict=True))
        items: list[Item] = []
        for name, text in words.items():
            if name in slots:
                at, on = (slots[name].middle[0], slots[name].middle[1] + px(4)), name == "mix_ups" and self._mixed
                ink = drawing.theme.on_accent if on else drawing.theme.text
                word = drawing.text(text, at, size=SIZE, colour=ink, align="middle")
                items.append(drawing.fitted(word, slots[name].w - px(8)))
        below = _below_chips(drawing.layout, inner)
        if self._mixed:
            return items + mix_ups(drawing, below, network, state)
        return items + self._plane(drawing, below, network, state, pointed)

    def _chips(self, drawing: Drawing, blend: float) -> None:
        """What chooses the sides of the map."""
        assert self._controls
        theme = drawing.theme
        for name in CHIPS:
            slot, look = drawing.layout.slots[name], self._controls.reaction(name, blend)
            focus_ring(drawing, self._controls, name, slot, radius=8)
            bounds = scaled(slot, 1 + CELL_GROW * look.hover)
            if name == "mix_ups" and self._mixed:
                drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=8)
            else:
                drawing.shape(bounds, theme.track[0], alpha=drawing.ground(0.62 + 0.6 * look.hover), radius=8)

    def _plane(
        self, drawing: Drawing, inner: Rect, network: Network, state: State | None, pointed: Place | int | None
    ) -> list[Item]:
        """The map, as large as there is room for, and its legend."""
        side, lines = map_side(inner, drawing.layout.scale)
        axes = FIRST_TWO if network.flat else self._axes(network)
        left = round(inner.middle[0] - side / 2)
        image, wrong = self._map.image(
            network, state, drawing.theme, side, drawing.layout.scale, axes, bare=isinstance(pointed, tuple)
        )
        told = legend(network, drawing, wrong)[:lines]
        narrow = inner.w <= 1.5 * side and len(network.numbers) <= 2
        wide = Rect(left, inner.y, side, side) if narrow else inner
        at = [inner.y + side + drawing.px(FIRST_LINE + LINE * row) for row in range(len(told))]
        written = [item for line, y in zip(told, at, strict=True) for item in legend_line(drawing, wide, y, line)]
        sides = next((found for y in at if (found := axes_words(drawing, network, wide, y, written))), [])
        shown: list[Item] = [Image(image, (left, inner.y))]
        if isinstance(pointed, int):
            ink = class_inks(drawing.theme, len(network.classes))[network.labels[pointed]]
            place = on_map(network, network.samples[pointed], side, axes)
            shown.append(marked(drawing, Rect(left, inner.y, side, side), place, ink))
        return [*shown, *written, *sides]

    def _pictures(self, drawing: Drawing, inner: Rect, network: Network, state: State | None) -> list[Item]:
        """Unseen pictures with the answers below them, and the confusion of classes."""
        items, end = self._examples.items(drawing, inner, network, state)
        top = end + drawing.px(4)
        below = Rect(inner.x, top, inner.w, max(0, inner.bottom - top))
        if state:
            return items + confusion_items(
                drawing, below, state.confusion, tuple(called(network, name) for name in network.classes)
            )
        told = "data.unseen" if network.dataset == "digits" and not network.training.any() else "data.pictures"
        return items + paragraphs(drawing, below, [(say(told), BODY, drawing.theme.muted)])


def _inner(rect: Rect, px: Callable[[float], int]) -> Rect:
    """The panel without its title and its edges."""
    return Rect(rect.x + px(PAD), rect.y + px(TOP), rect.w - 2 * px(PAD), rect.h - px(TOP) - px(BOTTOM))


def _below_chips(page: Layout, inner: Rect) -> Rect:
    """The room below what chooses the sides of the map."""
    row = page.slots["map_across"].bottom - inner.y + page.px(8) if "map_across" in page.slots else 0
    return Rect(inner.x, inner.y + row, inner.w, max(1, inner.h - row))


def _chooses(snapshot: Snapshot) -> bool:
    """Whether a map is drawn that can be drawn over other columns, too."""
    network = snapshot.network
    return network is not None and snapshot.state is not None and len(network.numbers) > 2


def _key(drawing: Drawing, rect: Rect, snapshot: Snapshot) -> object:
    """All that the panel depends on."""
    asked, look = snapshot.parameters, (drawing.theme.key, drawing.layout.scale)
    named = asked.source, asked.dataset, asked.title, asked.name
    return rect, snapshot.network, snapshot.run, snapshot.epoch, look, named, snapshot.status


def _head(drawing: Drawing, rect: Rect, snapshot: Snapshot, pointed: Place | int | None) -> list[Item]:
    """What is learned, and, where there is room, what of it is seen here."""
    px, asked, network = drawing.px, snapshot.parameters, snapshot.network
    learned = network.dataset if network else asked.dataset if asked.source != "simulated" else ""
    asks = snapshot.state is not None and network is not None and len(network.samples) > 0  # a button stands there
    right = drawing.layout.slots["walk"].x - px(8) if asks else rect.right - px(PAD)
    room, y = right - rect.x - px(PAD), rect.y + px(TITLE_BASE)
    name = _title(snapshot, learned or "")
    if isinstance(pointed, tuple) and network:
        name = say("data.says", name=called_at(network, pointed))
    names = [name, titled(learned, short=True)] if learned and not isinstance(pointed, tuple) else [name]
    title = drawing.largest(names, (rect.x + px(PAD), y), room, sizes=TITLES, face=TITLE)
    if network is None:
        return [title]
    beside: list[Item] = [caption(drawing, "walk")] if asks else []
    said, ink = "" if asks else say("data.answers" if snapshot.state else "data.task"), drawing.theme.muted
    if snapshot.state is None and (own := len(asked.rows or ())):  # which nothing else here tells
        said = counted("data.own", own)
    if snapshot.state and network.mapped and network.left_out:  # what else is told of them has no room beside a map
        said, ink = network.left_out[0], drawing.theme.warn
        title = drawing.fitted(title, room - px(12) - drawing.overlay.fonts.width(said, BODY, px(NOTE)))
    note = drawing.text(said, (right, y), size=NOTE, colour=ink, align="right")
    fonts = drawing.overlay.fonts
    taken = sum(fonts.width(text.text, text.face, text.size) for text in (title, note))
    return [title, *([note] if said and taken + px(12) <= room else []), *beside]


def _title(snapshot: Snapshot, learned: str) -> str:
    """What is learned, in the run's own words where it has some."""
    return snapshot.parameters.title or (titled(learned) if learned else say("data.title"))


def _lines(snapshot: Snapshot) -> tuple[str, ...]:
    free = snapshot.status in (Status.IDLE, Status.COMPLETE, Status.ERROR)
    if snapshot.source == FILE:
        if snapshot.run is None:
            return lines_of("data.no_run" if snapshot.status is Status.ERROR else "data.press_play")
        return (snapshot.parameters.name, *lines_of("data.figures"))
    if snapshot.parameters.source != "trained":
        return lines_of("data.curve" if free else "data.curve.runs")
    if snapshot.status is Status.ERROR:
        return lines_of("data.no_run")
    if snapshot.status is Status.IDLE or snapshot.status is Status.COMPLETE:
        return lines_of("data.press_start")
    return lines_of("data.waiting")
