"""A card for each run: its colour and what tells it from the others, what it answers, its network in small, figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.flat.overlay import Image, Item
from engine.input import Event, Move
from scenes.kit.answer_map import AnswerMap
from scenes.kit.control_drawing import focus_ring
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, FIGURES, STRONG, Drawing
from scenes.kit.examples import Examples
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_colours import run_colour
from scenes.kit.run_words import loss_figure
from scenes.kit.words import say
from scenes.training.controller import TrainingController

from .companions import Companion
from .layout import BUTTON, PAD, card_of, remove_of
from .links import comparable, link_rows, neuron_rows, places, strengths
from .view import View

BAND, TOP, LINE, FOOT = 5, 26, 17, 44  # units: the colour, the first line of words, from line to line, the figures
MOST_LINES, NARROW = 2, 200  # lines of what tells it from the others; one more in cards of fewer units
SMALL, LARGE = 12.5, 17  # units high
MOST_LINKS = 480  # that are drawn of all networks together


@dataclass(frozen=True)
class _Made:
    """What a card shows of one moment: words and pictures, the strokes of links, and neurons."""

    items: list[Item]
    links: NDArray[np.float32]  # [links, 16]
    neurons: NDArray[np.float32]  # [neurons, 24]


class Card(Part):
    """That of the run with this `number`, while there is one. What it shows is made once an epoch, or before it."""

    def __init__(self, number: int, view: View, controller: TrainingController, controls: ControlSet) -> None:
        self._number, self._view, self._controller, self._controls = number, view, controller, controls
        self._map, self._examples = AnswerMap(), Examples()
        self._kept: tuple[object, _Made] | None = None
        self._next: tuple[object, _Made] | None = None  # that of the next epoch
        self._lines = 1  # of words that the cards have, the one with most of them

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part: a card plays its run; its cross takes it off the screen."""
        play, remove = partial(self._controller.switch, self._number), partial(self._controller.remove, self._number)
        return {card_of(self._number): play, remove_of(self._number): remove}

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: what the pointer is over is brought out."""
        if isinstance(event, Move) and moment.page.slots[card_of(self._number)].holds(event.at):
            self._view.pointed = self._number
        return False

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        told = self._view.companions(moment.run, moment.theme.language)
        own, ui = next((each for each in told if each.number == self._number), None), self._controls.ui
        ui.show(card_of(self._number), visible=own is not None, enabled=own is not None and not own.played)
        removable = own is not None and len(told) > 1
        ui.show(remove_of(self._number), visible=removable, enabled=removable)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        found = self._found(drawing, moment)
        if found is None:
            return
        own, rect, key = found
        if self._kept is None or self._kept[0] != key:
            ready = self._next is not None and self._next[0] == key
            self._kept = self._next if self._next and ready else (key, self._make(drawing, moment, own, rect))
        made = self._kept[1]
        self._frame(drawing, own, rect)
        drawing.write(card_of(self._number), rect, made.items)
        drawing.ribbons.append(made.links)
        drawing.nodes.append(made.neurons)

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        found = self._found(drawing, moment)
        if found is None:
            return ()
        own, rect, key = found
        if self._next is None or self._next[0] != key:
            self._next = key, self._make(drawing, moment, own, rect)
        return self._next[1].items

    def _found(self, drawing: Drawing, moment: Moment) -> tuple[Companion, Rect, object] | None:
        """The run at that moment, its place, and all that its card depends on."""
        told = self._view.companions(moment.run, moment.theme.language)
        own, rect = (
            next((e for e in told if e.number == self._number), None),
            drawing.layout.panels.get(card_of(self._number)),
        )
        if own is None or rect is None:
            return None
        return own, rect, (rect, drawing.layout.scale, moment.theme.key, self._view.difference, told)

    def _frame(self, drawing: Drawing, each: Companion, rect: Rect) -> None:
        """The colour at the top, and an edge of it around what is brought out, or played."""
        ink, px = run_colour(drawing.theme, each.number), drawing.px
        out = self._view.out == each.number
        focus_ring(drawing, self._controls, card_of(each.number), rect, radius=16)
        drawing.shape((rect.x + px(PAD), rect.y + px(8), px(26), px(BAND)), ink, radius=BAND / 2)
        if out or each.played:
            wide = 2.4 if out else 1.4
            drawing.shape(rect.bounds, ink, alpha=0.0, radius=16, line=ink, line_width=wide)

    def _picture_place(self, drawing: Drawing, rect: Rect) -> Rect:
        px = drawing.px
        top, side = rect.y + px(TOP + LINE * self._lines), rect.w - 2 * px(PAD)
        high = rect.bottom - px(FOOT + 6) - top
        beside = side > 1.25 * high
        wide = min(high, side) if beside else min(side, round(0.62 * high))
        left = rect.x + px(PAD) if beside else round(rect.middle[0] - wide / 2)
        return Rect(left, top, max(1, wide), max(1, wide))

    def _network_place(self, drawing: Drawing, rect: Rect) -> Rect:
        picture, px = self._picture_place(drawing, rect), drawing.px
        right, foot = rect.right - px(PAD), rect.bottom - px(FOOT + 6)
        if right - picture.right > foot - picture.bottom:
            return Rect(picture.right + px(8), picture.y, max(1, right - picture.right - px(8)), picture.h)
        left = rect.x + px(PAD)
        return Rect(left, picture.bottom + px(4), right - left, max(1, foot - picture.bottom - px(4)))

    def _make(self, drawing: Drawing, moment: Moment, own: Companion, rect: Rect) -> _Made:
        px, theme, network, state = drawing.px, drawing.theme, own.run.network, own.state
        told = self._view.companions(moment.run, moment.theme.language)
        names = self._view.names(
            (tuple((each.number, each.differs, each.played) for each in told), rect.w, theme.key, drawing.layout.scale),
            lambda: {each.number: self._names(drawing, each, rect) for each in told},  # all cards are equally wide
        )
        self._lines = max(map(len, names.values()))
        left, items = rect.x + px(PAD), list[Item]()
        for k, line in enumerate(names[own.number]):
            items.append(drawing.text(line, (left, rect.y + px(TOP + LINE * k)), size=SMALL, face=STRONG))
        items += self._figures(drawing, own, rect, best=own.number == _best(told))
        if len(told) > 1:
            cross = drawing.layout.slots[remove_of(own.number)].middle
            items.append(drawing.icon("x", cross, size=13, colour=theme.muted))
        picture = self._picture_place(drawing, rect)
        nothing = np.zeros((0, 16), dtype=np.float32), np.zeros((0, 24), dtype=np.float32)
        if network is None or state is None:
            return _Made(items, *nothing)
        if network.flat:
            image, _ = self._map.image(network, state, theme, picture.w, drawing.layout.scale)
            items.append(Image(image, (picture.x, picture.y)))
        elif network.side and len(network.samples):
            items += self._examples.items(drawing, picture, network, state)[0]
        columns = places(network.shape, self._network_place(drawing, rect))
        neurons = neuron_rows(columns, theme, drawing.layout.scale)
        main = next((each for each in told if each.played), None)
        other = main.state if self._view.difference and main and not own.played else None
        if self._view.difference and (other is None or not comparable(state, other)):
            return _Made(items, nothing[0], neurons)
        ink, most = run_colour(theme, own.number) if other else None, MOST_LINKS // len(told)
        return _Made(
            items, link_rows(columns, strengths(state, other), theme, drawing.layout.scale, ink, most), neurons
        )

    def _names(self, drawing: Drawing, each: Companion, rect: Rect) -> list[str]:
        """What tells it from the others, or what it is."""
        room = rect.w - drawing.px(PAD + BUTTON)
        text = " · ".join(each.differs) or say("compare.alone" if each.played else "compare.same")
        most = MOST_LINES + (rect.w < drawing.px(NARROW))
        lines = drawing.wrapped(text, room, size=SMALL, face=STRONG)
        if len(lines) <= most:
            return lines
        rest = " ".join(lines[most - 1 :])
        fitted = drawing.fitted(drawing.text(rest, (0, 0), size=SMALL, face=STRONG), room)
        return [*lines[: most - 1], fitted.text]

    def _figures(self, drawing: Drawing, each: Companion, rect: Rect, *, best: bool) -> list[Item]:
        """What it does at this epoch on what it has not seen, which epoch that is, and whether it is the best."""
        px, theme, width = drawing.px, drawing.theme, drawing.overlay.fonts.width
        left, right, upper, lower = rect.x + px(PAD), rect.right - px(PAD), rect.bottom - px(24), rect.bottom - px(8)
        if not each.epoch:
            return []
        told, run = each.run.at(each.epoch), each.run
        unseen = told.accuracy if told.validation_accuracy is None else told.validation_accuracy
        loss = say(
            "compare.loss", loss=loss_figure(told.loss if told.validation_loss is None else told.validation_loss)
        )
        ink = theme.ok if best else theme.text
        large = drawing.text(f"{unseen:.1f}%", (left, upper), size=LARGE, face=FIGURES, colour=ink)
        items: list[Item] = [large]
        if width(loss, BODY, px(SMALL)) + width(large.text, FIGURES, large.size) + px(8) <= right - left:
            items.append(drawing.text(loss, (right, upper), size=SMALL, colour=theme.muted, align="right"))
        ended = run.ending is not None and run.ending.status == "diverged" and each.epoch == run.available
        room = right - left
        if best or ended:
            key, ink = ("label.diverged", theme.danger) if ended else ("compare.best", theme.ok)
            word = drawing.text(say(key), (right, lower), size=SMALL, face=STRONG, colour=ink, align="right")
            items.append(word)
            room -= round(width(word.text, STRONG, word.size)) + px(8)
        of = say("so_far.of" if run.epochs else "so_far", epoch=each.epoch, epochs=run.epochs)
        whole = say("compare.epoch", so_far=of)
        at = whole if width(whole, BODY, px(SMALL)) <= room else of
        items.append(drawing.fitted(drawing.text(at, (left, lower), size=SMALL, colour=theme.muted), room))
        return items


def _best(told: tuple[Companion, ...]) -> int | None:
    """The number of the run that does best on what it has not seen, at the epochs that are shown.

    Of equal accuracies the lower loss is the better; None of one alone, and where all are as good.
    """
    rated = []
    for each in told:
        now = each.run.at(each.epoch) if each.epoch else None
        if now and now.validation_accuracy is not None and now.validation_loss is not None:
            rated.append((now.validation_accuracy, -now.validation_loss, -each.number))
    if len(rated) < 2 or max(rated)[:2] == min(rated)[:2]:
        return None
    return -max(rated)[2]
