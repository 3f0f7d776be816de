"""A card for each run: its colour and what tells it from the others, what it answers, its network in small, figures."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.flat.overlay import Image, Item
from engine.input import Event, Move
from engine.scene import Entries
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
from scenes.training.worlds import MOST

from .companions import Companion
from .layout import BUTTON, PAD, card_of, remove_of
from .links import comparable, link_rows, places, strengths
from .view import View

BAND, TOP, LINE, FOOT = 5, 26, 17, 44  # units: the colour, the first line of words, from line to line, the figures
MOST_LINES = 2  # of what tells it from the others
SMALL, LARGE = 12.5, 17  # units high
FAINT = 0.25  # opacity of what is not brought out, while something else is
NODE, MOST_NODE = 3.2, 6.0  # units: a neuron's radius


class Cards(Part):
    """All cards, and which of them is brought out."""

    def __init__(self, view: View, controller: TrainingController, controls: ControlSet) -> None:
        self._view, self._controller, self._controls = view, controller, controls
        self._maps = [AnswerMap() for _ in range(2 * MOST)]
        self._examples = [Examples() for _ in range(2 * MOST)]
        self._lines = 1  # of words that the cards have, the one with most of them
        self._kept: dict[int, tuple[object, list[Item], list[NDArray[np.float32]]]] = {}

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part: a card plays its run; its cross takes it off the screen."""
        cards = {card_of(number): partial(self._controller.switch, number) for number in range(2 * MOST)}
        return cards | {remove_of(number): partial(self._controller.remove, number) for number in range(2 * MOST)}

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: what the pointer is over is brought out."""
        if isinstance(event, Move):
            over = (number for number in range(2 * MOST) if moment.page.slots[card_of(number)].holds(event.at))
            self._view.pointed = next(over, self._view.pointed)
        return False

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        told = self._view.companions(moment.run, moment.theme.language)
        there = {each.number for each in told}
        for number in range(2 * MOST):
            played = any(each.number == number and each.played for each in told)
            self._controls.ui.show(card_of(number), visible=number in there, enabled=number in there and not played)
            removable = number in there and len(there) > 1
            self._controls.ui.show(remove_of(number), visible=removable, enabled=removable)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        told = self._view.companions(moment.run, moment.theme.language)
        main = next((each for each in told if each.played), None)
        best, there = _best(told), [drawing.layout.panels.get(card_of(each.number)) for each in told]
        self._lines = max((len(self._names(drawing, e, r)) for e, r in zip(told, there, strict=True) if r), default=1)
        for each in told:
            rect = drawing.layout.panels.get(card_of(each.number))
            if rect is None:
                continue
            self._frame(drawing, each, rect)
            look = rect, drawing.layout.scale, moment.theme.key, self._lines
            key = *look, each, self._view.difference, main, best, len(told)
            kept = self._kept.get(each.number)
            if kept is None or kept[0] != key:
                made = self._made(drawing, each, rect, main, best=each.number == best)
                kept = self._kept[each.number] = key, *made
            drawing.write(card_of(each.number), rect, kept[1])
            drawing.ribbons += kept[2]
            if each.state is not None and each.run.network is not None:
                self._nodes(drawing, each, self._network_place(drawing, rect))

    def describe(self, moment: Moment) -> Entries:
        """See Part: the runs that are compared, by their numbers."""
        told = self._view.companions(moment.run, moment.theme.language)
        return {
            "runs": lambda: [
                {"number": each.number + 1, "epoch": each.epoch, "played": each.played, "differs": list(each.differs)}
                for each in told
            ],
            "highlight": lambda: None if self._view.out is None else self._view.out + 1,
        }

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

    def _made(
        self, drawing: Drawing, each: Companion, rect: Rect, main: Companion | None, *, best: bool
    ) -> tuple[list[Item], list[NDArray[np.float32]]]:
        """Words and pictures of a card, and the strokes of its links."""
        px, theme, network, state = drawing.px, drawing.theme, each.run.network, each.state
        left, items = rect.x + px(PAD), list[Item]()
        lines = self._names(drawing, each, rect)
        for k, line in enumerate(lines):
            items.append(drawing.text(line, (left, rect.y + px(TOP + LINE * k)), size=SMALL, face=STRONG))
        items += self._figures(drawing, each, rect, best=best)
        if len(self._controller.now.beside):
            cross = drawing.layout.slots[remove_of(each.number)].middle
            items.append(drawing.icon("x", cross, size=13, colour=theme.muted))
        picture = self._picture_place(drawing, rect)
        if network is None or state is None:
            return items, []
        if network.flat:
            image, _ = self._maps[each.number].image(network, state, theme, picture.w, drawing.layout.scale)
            items.append(Image(image, (picture.x, picture.y)))
        elif network.side and len(network.samples):
            items += self._examples[each.number].items(drawing, picture, network, state)[0]
        other = main.state if self._view.difference and main and not each.played else None
        if self._view.difference and (each.played or other is None or not comparable(state, other)):
            return items, []
        ink = run_colour(theme, each.number) if other else None
        columns = places(network.shape, self._network_place(drawing, rect))
        return items, [link_rows(columns, strengths(state, other), theme, drawing.layout.scale, ink)]

    def _names(self, drawing: Drawing, each: Companion, rect: Rect) -> list[str]:
        """What tells it from the others, or what it is."""
        room = rect.w - drawing.px(PAD + BUTTON)
        text = " · ".join(each.differs) or say("compare.alone" if each.played else "compare.same")
        lines = drawing.wrapped(text, room, size=SMALL, face=STRONG)
        if len(lines) <= MOST_LINES:
            return lines
        rest = " ".join(lines[MOST_LINES - 1 :])
        fitted = drawing.fitted(drawing.text(rest, (0, 0), size=SMALL, face=STRONG), room)
        return [*lines[: MOST_LINES - 1], fitted.text]

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

    def _nodes(self, drawing: Drawing, each: Companion, inner: Rect) -> None:
        network = each.run.network
        assert network is not None
        theme, last = drawing.theme, len(network.shape) - 1
        for layer, points in enumerate(places(network.shape, inner)):
            ink = theme.layers[0 if layer == 0 else 3 if layer == last else 1 + (layer - 1) % 2]
            radius = min(MOST_NODE, NODE, inner.h / (3 * len(points) * drawing.layout.scale))
            for x, y in points:
                drawing.disc((float(x), float(y)), radius, ink)


def _best(told: tuple[Companion, ...]) -> int | None:
    """The number of the run that does best on what it has not seen, at the epochs that are shown; None of one alone."""
    rated = [
        (accuracy, -each.number)
        for each in told
        if each.epoch and (accuracy := each.run.at(each.epoch).validation_accuracy) is not None
    ]
    if len(rated) < 2 or max(rated)[0] == min(rated)[0]:
        return None
    return -max(rated)[1]
