"""One link into the neuron that is looked at: its weight now and before, its gradient, and the history of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pygame

from engine.flat.overlay import Image, Item
from scenes.kit.drawing import STRONG, Drawing
from scenes.kit.places import Rect
from scenes.training.epoch import Network, State
from scenes.training.neuron import CROSS_ENTROPY, LARGEST, Place, gradients, learned_from, passed
from scenes.training.run import TrainingRun

MOST, FEWER = 120, 40  # epochs that a history is made of; of a network with more links than
LARGE = 1000
FINE = 2  # times finer that the curve is drawn, for smooth edges
LINE, SIZE = 16, 11.5  # units between two lines of words, and how high they are


@dataclass(frozen=True)
class Link:
    """What is told of a link. `history`: epochs, and the weight and its gradient after each, the last one now."""

    name: str
    shown: str  # the same in the language that is spoken
    weight: float
    gradient: float
    history: tuple[tuple[int, float, float], ...]

    @property
    def before(self) -> float | None:
        """The weight one epoch earlier, where that epoch is kept."""
        known = [weight for epoch, weight, _ in self.history[:-1] if epoch == self.history[-1][0] - 1]
        return known[-1] if known else None


def history(run: TrainingRun, epoch: int, place: Place, source: int) -> tuple[tuple[int, float, float], ...]:
    """Weight and gradient of the link from neuron `source` of the layer before to `place`, up to `epoch`, as kept."""
    network, loss = run.network, run.parameters.loss or CROSS_ENTROPY
    links = sum(before * after for before, after in pairwise(network.shape)) if network else 0
    step = max(1, epoch // (MOST if links <= LARGE else FEWER))
    told = []
    for number in sorted({*range(1, epoch + 1, step), max(1, epoch - 1), epoch}):
        if network and (state := run.at(number).state):
            told.append((number, *_at(network, state, loss, place, source)))
    return tuple(told)


@lru_cache(maxsize=1024)  # each epoch is asked for again with the next one
def _at(network: Network, state: State, loss: str, place: Place, source: int) -> tuple[float, float]:
    """Weight and gradient of a link as `state` has them."""
    layer, index = place
    chosen = learned_from(network)
    sent = passed(network, state, network.samples[chosen].astype(np.float64))
    with np.errstate(all="ignore"):  # weights may be as large as float32 can be
        learned = gradients(network, state, sent, network.labels[chosen], loss)
    gradient = float(np.clip(np.nan_to_num(learned.weights[layer - 1][source, index]), -LARGEST, LARGEST))
    return float(state.weights[layer - 1][source, index]), gradient


def link_items(drawing: Drawing, place: Rect, link: Link, short: str) -> list[Item]:
    """Words and curve of a link, as far as there is room; `short` is its weight before, in few characters."""
    px, theme = drawing.px, drawing.theme
    name = drawing.text(link.shown, (place.x, place.y + px(12)), size=SIZE, face=STRONG, colour=theme.text)
    items: list[Item] = [drawing.fitted(name, place.w)]
    figures = {"weight": link.weight, "gradient": link.gradient, "before": short}
    lines = (("link.weight.before" if short else "link.weight", theme.text), ("link.gradient", theme.accent))
    for row, (key, ink) in enumerate(lines, start=1):
        at = (place.x, place.y + px(12 + LINE * row))
        items.append(drawing.said(key, at, place.w, sizes=(SIZE, SIZE - 1), colour=ink, fields=figures))
    top = place.y + px(12 + LINE * 3)
    if place.bottom - top >= px(24) and len(link.history) > 1:
        size = (place.w, place.bottom - top)
        items.append(Image(_curve(size, link.history, drawing), (place.x, top)))
    return items


def _curve(size: tuple[int, int], told: Sequence[tuple[int, float, float]], drawing: Drawing) -> pygame.Surface:
    """Weight and gradient over the epochs, about a line at zero, each as high as it has been; in the inks of the words.

    The weight is the thicker one, in the ink of its sign.
    """
    theme, (wide, high) = drawing.theme, (FINE * size[0], FINE * size[1])
    drawn = pygame.Surface((wide, high), pygame.SRCALPHA)
    first, last, middle = told[0][0], told[-1][0], high / 2
    pygame.draw.line(drawn, (*theme.muted, 110), (0, middle), (wide, middle), FINE)
    signed = theme.positive if told[-1][1] >= 0 else theme.negative
    for which, ink, stroke in ((2, theme.accent, FINE), (1, signed, 2 * FINE)):
        most = max(abs(each[which]) for each in told) or 1.0
        points = [
            (
                4 * FINE + (each[0] - first) / max(1, last - first) * (wide - 8 * FINE),
                middle - each[which] / most * (middle - 4 * FINE),
            )
            for each in told
        ]
        pygame.draw.lines(drawn, ink, False, points, stroke)
        pygame.draw.circle(drawn, ink, points[-1], 1.5 * stroke)
    return pygame.transform.smoothscale(drawn, size)
