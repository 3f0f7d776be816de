"""What is learned, as a visitor sees it: points, pictures or colours, with the answers; and then one's own.

What is drawn, pressed or chosen goes through the network at once: the field shows which neurons spoke.
"""

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.overlay import Image, Item
from engine.input import Event, FocusLost, Move, Press, Release
from engine.scene import Entries
from scenes.kit.answer_map import AnswerMap
from scenes.kit.drawing import BODY, DIGITS, STRONG, TITLE, Drawing
from scenes.kit.examples import Examples
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.theme import class_inks
from scenes.kit.walk_pad import COLOUR, PICTURE, WalkPad, kind_of
from scenes.kit.words import named, say
from scenes.training.epoch import Network, State
from scenes.training.inference import answers, given
from scenes.training.sample_walk import FORWARD, SampleWalk
from scenes.training.snapshot import Snapshot
from scenes.world.world import World

from .layout import PAD
from .steps import Step, Steps

ACROSS, DOWN = 4, 4  # colours that are shown
TOLD, ROW = 3, 34  # answers that are told of, and units from one to the next
HINT, HINT_LINE, HINT_EDGE = 17, 23, 8  # units: how high it is written, from line to line, at its sides
HEAD = 44  # units above what is shown
WHOLE = 1.9  # times the height, of which pictures take a share


class Look(Part):
    """The panel beside the field."""

    def __init__(self, world: World, steps: Steps) -> None:
        self._world, self._steps = world, steps
        self._map, self._examples, self._pad = AnswerMap(), Examples(), WalkPad()
        self._pressed = False
        self._key: object = None
        self._items: list[Item] = []

    def ready(self, run: Snapshot) -> None:
        """It is the visitor's turn: an empty picture, a colour, a point in the middle."""
        self._pad.strokes.clear()
        network = run.network
        if network is None or run.state is None:
            return
        if kind_of(network) != PICTURE:  # an empty picture is answered by chance: nothing is, before something is drawn
            self._ask(run, network.offset.copy() if not network.flat else np.zeros(2, dtype=np.float32))

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: draw, press, choose; only when it is the visitor's turn."""
        if isinstance(event, Release | FocusLost):
            self._pressed = False
        network, pad = moment.run.network, self._pad_place(moment.page)
        if self._steps.step is not Step.OWN or network is None or not isinstance(event, Press | Move):
            return False
        begins = isinstance(event, Press) and pad.holds(event.at)
        if not (begins or self._pressed):
            return False
        self._pressed = True
        if kind_of(network) == PICTURE:
            self._pad.draw_to(pad, event.at, anew=begins)
            row = self._pad.drawn(network)
        else:
            row = self._pad.row(network, pad, event.at)
        self._ask(moment.run, row)
        return True

    def begin_anew(self) -> None:
        """See Part."""
        self._pad.strokes.clear()
        self._pressed = False

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        rect, run, walk = drawing.layout.panels["look"], moment.run, self._world.walk.told
        own = walk if self._steps.step is Step.OWN else None
        look = rect, drawing.theme.key, drawing.layout.scale
        key = *look, run.network, run.state, self._steps.step, own
        if key != self._key:
            self._key, self._items = key, self._made(drawing, rect, run, own)
        if own and kind_of(own.network) == COLOUR:
            red, green, blue = (round(255 * min(max(float(v), 0.0), 1.0)) for v in own.row)
            drawing.shape(self._swatch(drawing.layout).bounds, (red, green, blue), radius=14)
        if own:
            self._bars(drawing, own)
        elif self._steps.step is Step.OWN:
            drawing.shape(self._pad_place(drawing.layout).bounds, drawing.theme.track[0], alpha=0.9, radius=8)
        drawing.write("look", rect, self._items)

    def describe(self, moment: Moment) -> Entries:
        """See Part: what is answered to one's own; None before that."""
        turn = self._steps.step is Step.OWN
        walk = self._world.walk.told if turn else None
        return {
            "panels": lambda: {"pad": list(self._pad_place(moment.page).bounds)} if turn else {},
            "answer": lambda: walk.network.classes[walk.answer] if walk else None,
        }

    def _ask(self, run: Snapshot, row: NDArray[np.float32]) -> None:
        walk = self._world.walk
        if walk.begin_own(run, row) and walk.told:
            forward = [k for k, step in enumerate(walk.told.steps) if step.kind == FORWARD]
            walk.show(forward[-1])  # all layers glow, and the links into the answer carry their numbers

    def _made(self, drawing: Drawing, rect: Rect, run: Snapshot, own: SampleWalk | None) -> list[Item]:
        px, network, state = drawing.px, run.network, run.state
        at = (rect.x + px(PAD), rect.y + px(30))
        turn = self._steps.step is Step.OWN
        says = say("visit.yours" if turn else "visit.task" if state is None else "visit.answers")
        items: list[Item] = [drawing.text(says, at, size=17, face=TITLE)]
        if network is None:
            return items
        if own and state:
            return items + self._own(drawing, state, own)
        if turn:
            return items + self._asked(drawing)
        inner = Rect(rect.x + px(PAD), rect.y + px(HEAD), rect.w - 2 * px(PAD), rect.h - px(HEAD) - px(PAD))
        if network.side and len(network.samples):
            whole = Rect(inner.x, inner.y, inner.w, round(WHOLE * inner.h))  # nothing stands below them here
            return items + self._examples.items(drawing, whole, network, state)[0]
        if network.flat:
            side = min(inner.w, inner.h)
            image, _ = self._map.image(network, state, drawing.theme, side, drawing.layout.scale)
            return [*items, Image(image, (round(inner.middle[0] - side / 2), inner.y))]
        return items + self._colours(drawing, inner, network, state)

    def _asked(self, drawing: Drawing) -> list[Item]:
        """What is asked for, in the middle of the empty pad."""
        pad, px = self._pad_place(drawing.layout), drawing.px
        lines = drawing.wrapped(say("visit.draw"), pad.w - 2 * px(HINT_EDGE), size=HINT, face=BODY)
        x, middle = pad.middle
        top = middle + px(HINT / 3) - px(HINT_LINE) * (len(lines) - 1) / 2
        return [
            drawing.text(line, (x, round(top + px(HINT_LINE) * k)), size=HINT, face=BODY, align="middle")
            for k, line in enumerate(lines)
        ]

    def _colours(self, drawing: Drawing, inner: Rect, network: Network, state: State | None) -> list[Item]:
        """Some colours with words on them, as the network answers, or as they are read best."""
        rows = network.samples[: ACROSS * DOWN]
        if not len(rows) or network.shape[0] != 3:
            return []
        labels = network.labels[: len(rows)]
        told = labels if state is None else answers(network, state, given(network, rows)).argmax(axis=0)
        wide, high, items = inner.w / ACROSS, inner.h / DOWN, list[Item]()
        for k, (row, label) in enumerate(zip(rows, told.tolist(), strict=True)):
            left, top = round(inner.x + k % ACROSS * wide), round(inner.y + k // ACROSS * high)
            place = Rect(left, top, round(wide) - 6, round(high) - 6)
            swatch = pygame.Surface((max(1, place.w), max(1, place.h)), pygame.SRCALPHA)
            swatch.fill([round(255 * min(max(float(v), 0.0), 1.0)) for v in row])
            ink = (0, 0, 0) if network.classes[label].startswith("black") else (255, 255, 255)
            middle = (place.middle[0], place.middle[1] + drawing.px(5))
            items.append(Image(swatch, (place.x, place.y)))
            items.append(drawing.text(say("visit.sample"), middle, size=14, face=STRONG, colour=ink, align="middle"))
        return items

    def _own(self, drawing: Drawing, state: State, walk: SampleWalk) -> list[Item]:
        """What is drawn or chosen, and what is answered to it."""
        px, pad, network = drawing.px, self._pad_place(drawing.layout), walk.network
        items = self._pad.items(drawing, pad, state, walk)
        if kind_of(network) == COLOUR:
            ink = (0, 0, 0) if network.classes[walk.answer].startswith("black") else (255, 255, 255)
            x, y = self._swatch(drawing.layout).middle
            items.append(
                drawing.text(say("visit.sample"), (x, y + px(7)), size=20, face=STRONG, colour=ink, align="middle")
            )
        left, right, top = self._answers_place(drawing.layout)
        for row, k in enumerate(_likeliest(walk)):
            y = top + px(ROW) * row + px(20)
            share = f"{100 * walk.output((len(network.shape) - 1, k)):.1f}%"  # as in the field
            name = drawing.text(
                named(network.classes[k]), (left + px(8), y), size=16, face=STRONG if row == 0 else BODY
            )
            items.append(drawing.fitted(name, right - left - px(70)))
            items.append(drawing.text(share, (right - px(8), y), size=16, face=DIGITS, align="right"))
        return items

    def _bars(self, drawing: Drawing, walk: SampleWalk) -> None:
        px, (left, right, top) = drawing.px, self._answers_place(drawing.layout)
        inks, last = class_inks(drawing.theme, len(walk.network.classes)), len(walk.network.shape) - 1
        for row, k in enumerate(_likeliest(walk)):
            wide = max(px(3), (right - left) * walk.output((last, k)))
            drawing.shape((left, top + px(ROW) * row, wide, px(ROW - 6)), inks[k], alpha=0.35, radius=6)

    def _pad_place(self, page: Layout) -> Rect:
        """The square that is drawn in, or pressed on."""
        rect, px = page.panels["look"], page.px
        below = px(TOLD * ROW + PAD)
        side = max(1, min(rect.w - 2 * px(PAD), rect.h - px(HEAD) - below))
        return Rect(rect.x + px(PAD), rect.y + px(HEAD), side, side)

    def _swatch(self, page: Layout) -> Rect:
        """Where a colour stands alone, with words on it: beside all others, as far as there is room."""
        rect, pad, px = page.panels["look"], self._pad_place(page), page.px
        room = rect.right - px(PAD) - pad.right - px(10)
        if room >= px(60):
            return Rect(pad.right + px(10), pad.y, room, px(72))
        return Rect(pad.right - px(84), pad.y + px(8), px(76), px(44))

    def _answers_place(self, page: Layout) -> tuple[int, int, int]:
        """From where to where, and from which height on, answers are told."""
        rect, pad, px = page.panels["look"], self._pad_place(page), page.px
        return rect.x + px(PAD), rect.right - px(PAD), pad.bottom + px(10)


def _likeliest(walk: SampleWalk) -> list[int]:
    """The answers that get the largest shares, the largest first."""
    shares = walk.sent.outputs[-1][:, 0]
    order: list[int] = np.argsort(-shares, kind="stable")[:TOLD].tolist()
    return order
