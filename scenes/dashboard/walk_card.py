"""One sample through the network, step by step: its card, in the place of the data, and what begins a walk.

A press on a point of the map, on a picture, or on "try one" begins; what is of the visitor's own is pressed or drawn
on the card's first step. Every number is one of `training.sample_walk`.
"""

from collections.abc import Callable, Mapping
from functools import partial

from engine.flat.overlay import Item
from engine.input import Event, FocusLost, Move, Point, Press, Release
from engine.scene import Entries
from scenes.kit.control_drawing import CELL_GROW, focus_ring, scaled
from scenes.kit.drawing import STRONG, TITLE, TITLE_BASE, Drawing
from scenes.kit.neuron_choice import called, name_of
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.toast import Toast
from scenes.kit.walk_choice import WalkChoice
from scenes.kit.walk_pad import COLOUR, NEAR, NOTHING, PICTURE, POINT, WalkPad, axes_of, kind_of, nearest
from scenes.kit.words import say
from scenes.training.controller import TrainingController
from scenes.training.epoch import Floats, Network
from scenes.training.parameters import COLUMNS, MOST_ROWS
from scenes.training.sample_walk import BACKWARD, FORWARD, LOSS, SAMPLE, UPDATE, SampleWalk, Term, least_known
from scenes.world.world import World

from .control_slots import WALK_ROW, switch
from .controls import RunControls
from .walk_page import PAD, ROW, page_of, rows_placed, shapes, title_of, words
from .walk_words import Told, told

TITLES = (15, 14, 13, 12, 11)  # units high, of the title: the largest that has room
SIZES = (11, 10, 9)  # units high, of the words of a button: the largest that has room
BUTTONS = ("walk", "close_walk", *WALK_ROW)
DIGITS_KEPT = 3  # decimals of a row that is learned, so that a line can say it
READ = 6.0  # seconds that it is told
CHIP = 0.92  # of the room that can be hit, which a button takes
TOLD = 12  # links whose numbers a description has


class WalkCard(Part):
    """Stands in the place of the data while a sample is led through."""

    def __init__(
        self, world: World, controls: RunControls, controller: TrainingController, toast: Toast | None = None
    ) -> None:
        self._world, self._controls, self._controller = world, controls, controller
        self._toast = toast or Toast()
        self._pad = WalkPad()
        self._pressed = False  # whether the pointer is down on the pad
        self._key: object = None
        self._items: list[Item] = []
        self._chips = ShapeCache()
        self._seen: object = None  # what the buttons are shown for, and which are
        self._shown: tuple[str, ...] = ()

    @property
    def _walk(self) -> WalkChoice:
        return self._world.walk

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        walk = self._walk
        return {
            "walk": self.begin,
            "walk_back": partial(walk.go, -1),
            "walk_play": walk.play,
            "walk_next": partial(walk.go, 1),
            "walk_other": self.begin,
            "walk_draw": self.draw_own,
            "walk_learn": self.learn_own,
            "close_walk": walk.clear,
        }

    def begin(self, sample: int | None = None) -> bool:
        """Lead the sample of that number through, else the next one; a run that is under way is held."""
        network = self._ready()
        if network is None or not len(network.samples):
            return False
        sample = self._next(network) if sample is None else sample
        return self._walk.begin(self._controller.now, sample % len(network.samples))

    @property
    def open(self) -> bool:
        """Whether a sample is led through."""
        return self._walk.open

    def begin_own(self, row: Floats) -> bool:
        """Lead a row of the visitor's own through: float32 [columns]."""
        return self._ready() is not None and self._walk.begin_own(self._controller.now, row)

    def draw_own(self) -> bool:
        """Have an empty picture to draw in."""
        network = self._ready()
        if network is None or not network.side:
            return False
        return self._walk.begin_own(self._controller.now, self._pad.drawn(network))

    def learn_own(self) -> None:
        """Let a point or a colour of the visitor's own be one more row of the next run, of the class that was said."""
        walk, controller = self._walk.told, self._controller
        if walk is None or self._walk.own is None or walk.network.dataset not in COLUMNS:
            return
        row = (*(round(float(value), DIGITS_KEPT) for value in walk.row), float(walk.label))
        what, name = title_of(walk.network, None), called(walk.network, walk.network.classes[walk.label])
        controller.stop()
        rows = (*controller.chosen.rows, row)
        if len(rows) > MOST_ROWS:
            self._toast.say(say("walk.no_room", most=MOST_ROWS))
        elif controller.chosen.dataset != walk.network.dataset:
            self._toast.say(say("walk.other_data"))
        elif controller.set_parameters(rows=rows):
            self._toast.say(say("walk.learned", what=what, name=name), seconds=READ)

    def play(self) -> None:
        """Let the steps follow each other, of the next sample where none is led through."""
        if self._walk.open or self.begin():
            self._walk.play()

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: choose or draw on the pad, or say what an own sample is."""
        walk, rect = self._walk.told, moment.page.panels["data"]
        if isinstance(event, Release | FocusLost):
            self._pressed = False
        pad = self._pad_place(moment.page)
        begins = isinstance(event, Press) and pad is not None and pad.holds(event.at)
        if walk and pad and isinstance(event, Press | Move) and (self._pressed or begins):
            self._pressed = True
            self._choose(event.at, moment, walk, pad, first=begins)
            return True
        return bool(walk and isinstance(event, Press) and rect.holds(event.at) and self._used(event.at, moment, walk))

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part: the buttons are there where they do something."""
        run, ui, walk = moment.run, self._controls.ui, self._walk
        asked = run.network if run.state is not None and run.network and len(run.network.samples) else None
        seen = asked, walk.told, walk.own is None, walk.at, self._world.choice.place
        if seen == self._seen:
            return
        self._seen = seen
        free = asked is not None and not walk.open and self._world.choice.place is None
        ui.show("walk", visible=free, enabled=free)
        ui.show("close_walk", visible=walk.open, enabled=walk.open)
        last = len(walk.told.steps) - 1 if walk.told else 0
        own = walk.own is not None and asked is not None and asked.dataset in COLUMNS
        there_for = {"walk_draw": bool(asked and asked.side), "walk_learn": own}
        can = {"walk_back": walk.at > 0, "walk_next": walk.at < last}
        for name in WALK_ROW:
            there = walk.open and there_for.get(name, True)
            ui.show(name, visible=there, enabled=there and can.get(name, True))
        self._shown = tuple(name for name in BUTTONS if ui.controls[name].visible)

    def begin_anew(self) -> None:
        """See Part."""
        self._walk.clear()
        self._pad.strokes.clear()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        walk, rect, state = self._walk.told, drawing.layout.panels["data"], moment.run.state
        shown = self._shown
        self._chips.draw(
            drawing, self._controls.key(moment, shown), lambda: self._buttons(drawing, shown, moment.blend)
        )
        if walk is None or state is None:
            self._key = None
            return
        step, focus = self._walk.step, self._walk.focus
        page, says = page_of(drawing.layout, walk, step), self._says(walk)
        key = rect, drawing.theme.key, drawing.layout.scale, walk, step, focus, self._walk.playing, shown
        if key != self._key:
            title = title_of(walk.network, self._walk.sample)
            room = drawing.layout.slots["close_walk"].x - rect.x - drawing.px(PAD + 8)
            at = (rect.x + drawing.px(PAD), rect.y + drawing.px(TITLE_BASE))
            self._items = [drawing.largest([title], at, room, sizes=TITLES, face=TITLE)]
            self._items += words(drawing, page, says, walk, step)
            if page.sample and (step.kind == SAMPLE or kind_of(walk.network) != COLOUR):
                self._items += self._pad.items(drawing, page.sample, state, walk)
            playing = self._walk.playing
            self._items += [caption(drawing, name, playing=playing) for name in shown]
            self._key = key
        shapes(drawing, page, says, walk, self._walk.at)
        drawing.write("data", rect, self._items)

    def describe(self, moment: Moment) -> Entries:
        """See Part: the step and its numbers; None while no sample is led through."""
        pad = self._pad_place(moment.page)
        return {
            "walk": lambda: self._entry(self._walk.told) if self._walk.told else None,
            "panels": lambda: {"pad": list(pad.bounds)} if pad else {},
        }

    def _entry(self, walk: SampleWalk) -> dict[str, object]:
        step, network, sample = self._walk.step, walk.network, self._walk.sample
        entry: dict[str, object] = {
            "sample": None if sample is None else sample + 1,
            "class": network.classes[walk.label],
            "answer": network.classes[walk.answer],
            "step": self._walk.at + 1,
            "steps": len(walk.steps),
            "kind": step.kind,
            "loss": round(walk.loss, 9),
            "loss_after": round(walk.loss_after, 9),
            "shares": [round(float(share), 9) for share in walk.sent.outputs[-1][:, 0]],
        }
        terms: list[Term] = walk.moved() if step.kind == UPDATE else []
        if step.kind in (FORWARD, BACKWARD):
            place = step.layer, self._walk.focus
            terms = walk.terms(place, back=step.kind == BACKWARD, most=TOLD)
            entry |= {"neuron": name_of(network, place), "output": round(walk.output(place), 9)}
            entry["delta"] = round(walk.delta(place), 9)
        entry["links"] = [_link(network, term) for term in terms]
        return entry

    def _says(self, walk: SampleWalk) -> Told:
        own, said = self._walk.own is not None, self._walk.label is not None
        return told(walk, self._walk.step, self._walk.focus, own=own, said=said)

    def _ready(self) -> Network | None:
        """The network that can be asked, with nothing else in the place of the card; a run is held."""
        now = self._controller.now
        if now.network is None or now.state is None:
            return None
        self._world.choice.clear()
        self._controller.pause()
        self._pad.strokes.clear()
        return self._controller.refresh().network

    def _next(self, network: Network) -> int:
        """The sample after the one that is led through; at first the one that the network knows least, as it is now."""
        if self._walk.sample is not None:
            return self._walk.sample + 1
        state = self._controller.now.state
        return least_known(network, state) if state else 0

    def _choose(self, at: Point, moment: Moment, walk: SampleWalk, pad: Rect, *, first: bool) -> None:
        """Another sample, or one of the visitor's own, by what is pressed or drawn on the pad."""
        network, run = walk.network, self._controller.now
        kind = kind_of(network)
        if kind == PICTURE:
            self._pad.draw_to(pad, at, anew=first)
            self._walk.begin_own(run, self._pad.drawn(network))
            return
        if kind == POINT and first:
            share = (at[0] - pad.x) / pad.w, (at[1] - pad.y) / pad.h
            found = nearest(network, axes_of(network), *share, moment.page.px(NEAR) / 2 / pad.w)
            if found is not None:
                self._walk.begin(run, found)
                self._pressed = False
                return
        self._walk.begin_own(run, self._pad.row(network, pad, at))

    def _used(self, at: Point, moment: Moment, walk: SampleWalk) -> bool:
        """A press on an answer says that an own sample is that one; on a mark of a step, that step is shown."""
        px, page = moment.page.px, page_of(moment.page, walk, self._walk.step)
        for k, mark in enumerate(page.marks):
            if mark.x <= at[0] < mark.right and abs(at[1] - mark.middle[1]) <= px(7):
                self._walk.show(k)
                return True
        if self._walk.step.kind in (SAMPLE, LOSS):
            for row, baseline in rows_placed(page, px, self._says(walk)):
                if row.label is not None and baseline - px(ROW - 4) <= at[1] < baseline + px(4):
                    self._walk.say(row.label, moment.run)
                    return True
        return False

    def _pad_place(self, page: Layout) -> Rect | None:
        """Where something is chosen or drawn: at the first step alone."""
        walk = self._walk.told
        if walk is None or self._walk.step.kind != SAMPLE or kind_of(walk.network) == NOTHING:
            return None
        return page_of(page, walk, self._walk.step).sample

    def _buttons(self, drawing: Drawing, shown: tuple[str, ...], blend: float) -> None:
        theme = drawing.theme
        for name in shown:
            place, look = switch(drawing.layout, name), self._controls.reaction(name, blend)
            focus_ring(drawing, self._controls, name, place, radius=8)
            bounds, alpha = scaled(place, CHIP + CELL_GROW * look.hover), drawing.ground(0.5 + 0.4 * look.hover)
            if name == "walk_play":
                drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=7)
            else:
                drawing.shape(bounds, theme.track[0], alpha=alpha, radius=7)


def caption(drawing: Drawing, name: str, *, playing: bool = False) -> Item:
    """What stands on a button; on the one that begins, the data panel writes it."""
    theme, place = drawing.theme, switch(drawing.layout, name)
    if name == "close_walk":
        return drawing.icon("x", place.middle, size=13, colour=theme.muted)
    at = (place.middle[0], place.middle[1] + drawing.px(4))
    ink = theme.on_accent if name == "walk_play" else theme.text
    if sign := {"walk_back": "‹", "walk_next": "›"}.get(name):
        return drawing.text(sign, at, size=SIZES[0], face=STRONG, colour=ink, align="middle")
    key = {"walk": "walk.try", "walk_play": "walk.stop" if playing else "walk.play"}.get(name, name.replace("_", "."))
    room = CHIP * place.w - drawing.px(4)
    return drawing.said(key, at, room, sizes=SIZES, face=STRONG, colour=ink, align="middle")


def _link(network: Network, term: Term) -> dict[str, object]:
    told_of = ("weight", "output", "product", "delta", "gradient", "after")
    ends = {"from": name_of(network, (term.target[0] - 1, term.source)), "to": name_of(network, term.target)}
    return ends | {name: round(float(getattr(term, name)), 9) for name in told_of}
