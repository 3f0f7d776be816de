"""What is learned: points of a plane under the network's answers, pictures with theirs, or the classes of a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from engine.flat.fonts import Colour
from engine.flat.overlay import Image, Item, Text
from engine.input import Event, Press
from scenes.kit.control_drawing import CELL_GROW, focus_ring, scaled
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, STRONG, TITLE, TITLE_BASE, Drawing
from scenes.kit.neuron_choice import NeuronChoice
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import TITLES
from scenes.kit.theme import class_inks
from scenes.training.epoch import Network, State
from scenes.training.lifecycle import Status
from scenes.training.parameters import FILE
from scenes.training.snapshot import Snapshot

from . import skeleton
from .answer_map import FIRST_TWO, AnswerMap, Axes, mark
from .confusion import confusion_items
from .control_slots import CHIPS
from .examples import Examples
from .table_words import COLUMN, SIZE, columns_shown, mix_ups, paragraphs, table_words

PAD = 16  # units at both sides
TOP, BOTTOM = 42, 9  # units above and below what is shown
LEAST_MAP = 176  # units of a side, below which the map is given the room of its legend, line by line
LINE, FIRST_LINE = 16, 17  # units between two lines of the legend; from the map to the first one's baseline
AXES = "x: across, y: up"
LARGER = 1.4  # times that points are larger in the legend
BESIDE, APART, LEAST_APART = 4, 14, 5  # units from a mark to its words; from these to the next mark, and at least
_NOTHING = ("A simulated curve learns", "nothing. Choose data", "to train a real network.")
_UNASKED = "Unseen digits, and what they are. The network never learns from these."
_PICTURES = "Pictures, and what they are."


@dataclass(frozen=True, eq=False)
class Entry:
    """A mark of the map and what it stands for. `kind`: see answer_map.mark."""

    kind: str
    ink: Colour
    text: str
    named: bool = False  # whether it stands for a class


class DataPanel(Part):
    """Keeps what it made until epoch, network, place or theme change."""

    def __init__(
        self,
        choice: NeuronChoice | None = None,
        learn: Callable[[str], object] = lambda column: None,
        controls: ControlSet | None = None,
    ) -> None:
        self._choice = choice or NeuronChoice()  # while a neuron is looked at, its card stands here
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
            shown = _chooses(moment.run) and self._choice.place is None
            for name in CHIPS:
                self._controls.ui.show(name, visible=shown, enabled=shown)

    def begin_anew(self) -> None:
        """See Part."""
        self._sides, self._mixed = [0, 1], False

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: a press on a column of a table learns that one."""
        rect, network, px = moment.page.panels["data"], moment.run.network, moment.page.px
        if not isinstance(event, Press) or not rect.holds(event.at) or moment.run.state or self._choice.place:
            return False
        if network is None or not network.columns or "set_param" not in moment.run.can:
            return False
        inner = _inner(rect, px)
        row = int((event.at[1] - inner.y) // px(COLUMN))
        shown = network.columns[: columns_shown(inner, px, network)]
        if 0 <= row < len(shown) and shown[row].became != "class":
            self._learn(shown[row].name)
        return True

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        rect, snapshot = drawing.layout.panels["data"], moment.run
        if self._choice.place and snapshot.network:
            self._key = None
            return
        if snapshot.status is Status.LOADING and snapshot.network is None:
            skeleton.data(drawing, rect)
        key = (_key(drawing, rect, snapshot), *self._sides, self._mixed)
        if key != self._key:
            ready = self._next if self._next and self._next[0] == key else None
            self._words = ready[1] if ready else self._made(drawing, rect, snapshot)
            self._key = key  # once it is made: what fails is tried again
        if self._controls and _chooses(snapshot):
            self._chips(drawing, moment.blend)
        drawing.write("data", rect, self._words)

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        rect, snapshot = drawing.layout.panels["data"], moment.run
        key = (_key(drawing, rect, snapshot), *self._sides, self._mixed)
        if self._next is None or self._next[0] != key:
            self._next = key, self._made(drawing, rect, snapshot)
        return self._next[1]

    def _made(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> list[Item]:
        px, network, state = drawing.px, snapshot.network, snapshot.state
        items = _head(drawing, rect, snapshot)
        if network is None:
            return items if snapshot.status is Status.LOADING else items + drawing.notes(rect, _lines(snapshot))
        inner = _inner(rect, px)
        if _chooses(snapshot) and state:
            return items + self._chosen(drawing, inner, network, state)
        if network.flat or (network.mapped and state):
            return items + self._plane(drawing, inner, network, state)
        if network.side and len(network.samples):
            return items + self._pictures(drawing, inner, network, state)
        return items + (
            table_words(drawing, inner, network) if state is None else mix_ups(drawing, inner, network, state)
        )

    def _chosen(self, drawing: Drawing, inner: Rect, network: Network, state: State) -> list[Item]:
        """Of a table with more columns: a map over two of them, or the confusion, below what chooses."""
        px, slots, (across, up) = drawing.px, drawing.layout.slots, self._axes(network)
        row = slots["map_across"].bottom - inner.y + px(8) if "map_across" in slots else 0
        words = {"map_across": f"→ {network.features[across]}", "map_up": f"↑ {network.features[up]}"}
        words["mix_ups"] = "mix-ups"
        items: list[Item] = []
        for name, text in words.items():
            if name in slots:
                at, on = (slots[name].middle[0], slots[name].middle[1] + px(4)), name == "mix_ups" and self._mixed
                ink = drawing.theme.on_accent if on else drawing.theme.text
                word = drawing.text(text, at, size=SIZE, colour=ink, align="middle")
                items.append(drawing.fitted(word, slots[name].w - px(8)))
        below = Rect(inner.x, inner.y + row, inner.w, max(1, inner.h - row))
        if self._mixed:
            return items + mix_ups(drawing, below, network, state)
        return items + self._plane(drawing, below, network, state)

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

    def _plane(self, drawing: Drawing, inner: Rect, network: Network, state: State | None) -> list[Item]:
        """The map, as large as there is room for, and its legend."""
        side, lines = map_side(inner, drawing.layout.scale)
        axes = FIRST_TWO if network.flat else self._axes(network)
        left = round(inner.middle[0] - side / 2)
        image, wrong = self._map.image(network, state, drawing.theme, side, drawing.layout.scale, axes)
        told = legend(network, drawing, wrong)[:lines]
        narrow = inner.w <= 1.5 * side and len(network.numbers) <= 2
        wide = Rect(left, inner.y, side, side) if narrow else inner
        at = [inner.y + side + drawing.px(FIRST_LINE + LINE * row) for row in range(len(told))]
        written = [item for line, y in zip(told, at, strict=True) for item in _line(drawing, wide, y, line)]
        sides = next((found for y in at if (found := _axes(drawing, network, wide, y, written))), [])
        return [Image(image, (left, inner.y)), *written, *sides]

    def _pictures(self, drawing: Drawing, inner: Rect, network: Network, state: State | None) -> list[Item]:
        """Unseen pictures with the answers below them, and the confusion of classes."""
        items, end = self._examples.items(drawing, inner, network, state)
        top = end + drawing.px(4)
        below = Rect(inner.x, top, inner.w, max(0, inner.bottom - top))
        if state:
            return items + confusion_items(drawing, below, state.confusion, network.classes)
        told = _UNASKED if network.dataset == "digits" and not network.training.any() else _PICTURES
        return items + paragraphs(drawing, below, [(told, BODY, drawing.theme.muted)])


def _inner(rect: Rect, px: Callable[[float], int]) -> Rect:
    """The panel without its title and its edges."""
    return Rect(rect.x + px(PAD), rect.y + px(TOP), rect.w - 2 * px(PAD), rect.h - px(TOP) - px(BOTTOM))


def _chooses(snapshot: Snapshot) -> bool:
    """Whether a map is drawn that can be drawn over other columns, too."""
    network = snapshot.network
    return network is not None and snapshot.state is not None and len(network.numbers) > 2


def _key(drawing: Drawing, rect: Rect, snapshot: Snapshot) -> object:
    """All that the panel depends on."""
    asked, look = snapshot.parameters, (drawing.theme.key, drawing.layout.scale)
    named = asked.source, asked.dataset, asked.title, asked.name
    return rect, snapshot.network, snapshot.run, snapshot.epoch, look, named, snapshot.status


def _axes(drawing: Drawing, network: Network, place: Rect, baseline: int, before: Sequence[Item]) -> list[Item]:
    """What the map's sides are, at the end of a line of the legend, if there is room; of more columns, the rest."""
    told = AXES if network.flat else "{}: across, {}: up".format(*network.features[:2])
    told = "rest at mean" if len(network.numbers) > 2 else told
    taken = [item for item in before if isinstance(item, Text) and item.at[1] == baseline]
    axes = drawing.text(told, (place.right, baseline), size=SIZE, colour=drawing.theme.muted, align="right")
    width = drawing.overlay.fonts.width
    end = max((item.at[0] + width(item.text, item.face, item.size) for item in taken), default=place.x)
    return [axes] if end + drawing.px(APART) <= place.right - width(told, axes.face, axes.size) else []


def map_side(inner: Rect, scale: float) -> tuple[int, int]:
    """How large the map is within `inner`, in pixels, and how many lines of its legend have room below it."""
    for lines in (2, 1, 0):
        high = round((FIRST_LINE + LINE * (lines - 1)) * scale) if lines else 0
        side = min(inner.w, inner.h - high)
        if side >= min(inner.w, LEAST_MAP * scale) or not lines:
            break
    return max(1, side), lines


def legend(network: Network, drawing: Drawing, wrong: int | None) -> tuple[list[Entry], list[Entry]]:
    """Two lines: the classes in their inks; points by what they are, of which `wrong` stand in a ring if it is told."""
    theme, unseen = drawing.theme, int((network.training == 0).sum())
    inks = class_inks(theme, len(network.classes))
    names = [f"class {name}" if network.flat else name for name in network.classes]  # a table's are words already
    named = [Entry("seen", ink, name, named=True) for ink, name in zip(inks, names, strict=True)]
    seen = len(network.samples) - unseen
    counted = [Entry("seen", theme.muted, f"seen {seen:,}")] if seen else []
    counted.append(Entry("unseen", theme.muted, f"unseen {unseen:,}"))
    return named, counted if wrong is None else [*counted, Entry("wrong", theme.text, f"wrong {wrong:,}")]


def _line(drawing: Drawing, place: Rect, baseline: int, entries: Sequence[Entry]) -> list[Item]:
    """Marks and their words from the left of `place`, closer where they need it; what has no room is left out."""
    px, theme, scale = drawing.px, drawing.theme, drawing.layout.scale
    marks = [mark(each.kind, each.ink, theme, scale if each.kind == "wrong" else LARGER * scale) for each in entries]
    words = [drawing.text(each.text, (0, baseline), size=SIZE, face=STRONG if each.named else BODY) for each in entries]
    wide = [
        made.get_width() + px(BESIDE) + drawing.overlay.fonts.width(text.text, text.face, text.size)
        for made, text in zip(marks, words, strict=True)
    ]
    spare = (place.w - sum(wide)) / max(1, len(entries) - 1)
    apart = min(px(APART), max(px(LEAST_APART), int(spare)))
    x, items = place.x, list[Item]()
    for made, text, across in zip(marks, words, wide, strict=True):
        if x + across > place.right:
            break
        items.append(Image(made, (x, round(baseline - 0.36 * px(SIZE) - made.get_height() / 2))))
        items.append(replace(text, at=(x + made.get_width() + px(BESIDE), baseline)))
        x += across + apart
    return items


def _head(drawing: Drawing, rect: Rect, snapshot: Snapshot) -> list[Item]:
    """What is learned, and, where there is room, what of it is seen here."""
    px, asked, network = drawing.px, snapshot.parameters, snapshot.network
    learned = network.dataset if network else asked.dataset if asked.source != "simulated" else ""
    room, y = rect.w - 2 * px(PAD), rect.y + px(TITLE_BASE)
    name = _title(snapshot, learned or "")
    title = drawing.fitted(drawing.text(name, (rect.x + px(PAD), y), size=15, face=TITLE), room)
    if network is None:
        return [title]
    said, ink = "what it answers" if snapshot.state else "the task", drawing.theme.muted
    if snapshot.state and network.mapped and network.left_out:  # what else is told of them has no room beside a map
        said, ink = network.left_out[0], drawing.theme.warn
    note = drawing.text(said, (rect.right - px(PAD), y), size=12, colour=ink, align="right")
    fonts = drawing.overlay.fonts
    taken = sum(fonts.width(text.text, text.face, text.size) for text in (title, note))
    return [title, note] if taken + px(12) <= room else [title]


def _title(snapshot: Snapshot, learned: str) -> str:
    """What is learned, in the run's own words where it has some."""
    return snapshot.parameters.title or TITLES.get(learned, learned or "Data")


def _lines(snapshot: Snapshot) -> tuple[str, ...]:
    free = snapshot.status in (Status.IDLE, Status.COMPLETE, Status.ERROR)
    if snapshot.source == FILE:
        if snapshot.run is None:
            return (
                ("There is no run", "to show.")
                if snapshot.status is Status.ERROR
                else ("Press Play to see", "the run.")
            )
        return (snapshot.parameters.name, "Loss and accuracy alone:", "the network was not recorded.")
    if snapshot.parameters.source != "trained":
        return _NOTHING if free else ("A simulated curve", "learns nothing.")
    if snapshot.status is Status.ERROR:
        return ("There is no run", "to show.")
    if snapshot.status is Status.IDLE or snapshot.status is Status.COMPLETE:
        return ("Press Start to see", "what is learned.")
    return ("Waiting for", "the first epoch.")
