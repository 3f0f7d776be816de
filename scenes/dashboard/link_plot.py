"""One link into the neuron that is looked at: its weight now and before, its gradient, and the weight's history."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from engine.flat.overlay import Image, Item
from scenes.kit.drawing import STRONG, Drawing
from scenes.kit.places import Rect
from scenes.training.neuron import Place
from scenes.training.run import TrainingRun

MOST = 120  # epochs that a history is made of
FINE = 2  # times finer that the curve is drawn, for smooth edges
LINE, SIZE = 16, 11.5  # units between two lines of words, and how high they are


@dataclass(frozen=True)
class Link:
    """What is told of a link. `history`: epochs, and the weight after each, the last one now."""

    name: str
    weight: float
    gradient: float
    history: tuple[tuple[int, float], ...]

    @property
    def before(self) -> float | None:
        """The weight one epoch earlier, where that epoch is kept."""
        known = [weight for epoch, weight in self.history[:-1] if epoch == self.history[-1][0] - 1]
        return known[-1] if known else None


def history(run: TrainingRun, epoch: int, place: Place, source: int) -> tuple[tuple[int, float], ...]:
    """The weight of the link from neuron `source` of the layer before to `place`, up to `epoch`, of those kept."""
    layer, index = place
    step = max(1, epoch // MOST)
    told = []
    for number in sorted({*range(1, epoch + 1, step), max(1, epoch - 1), epoch}):
        if state := run.at(number).state:
            told.append((number, float(state.weights[layer - 1][source, index])))
    return tuple(told)


def link_items(drawing: Drawing, place: Rect, link: Link, short: str) -> list[Item]:
    """Words and curve of a link, as far as there is room; `short` is its weight before, in few characters."""
    px, theme = drawing.px, drawing.theme
    lines = [
        (link.name, STRONG, theme.text),
        (f"weight {link.weight:.3f}{f', before {short}' if short else ''}", "", theme.text),
        (f"gradient {link.gradient:.2g}: mean delta × output", "", theme.muted),
    ]
    items: list[Item] = []
    for row, (text, face, ink) in enumerate(lines):
        word = drawing.text(text, (place.x, place.y + px(12 + LINE * row)), size=SIZE, colour=ink)
        word = drawing.text(text, word.at, size=SIZE, face=face, colour=ink) if face else word
        items.append(drawing.fitted(word, place.w))
    top = place.y + px(12 + LINE * len(lines))
    if place.bottom - top >= px(24) and len(link.history) > 1:
        size = (place.w, place.bottom - top)
        items.append(Image(_curve(size, link.history, drawing), (place.x, top)))
    return items


def _curve(size: tuple[int, int], told: Sequence[tuple[int, float]], drawing: Drawing) -> pygame.Surface:
    """The weight over the epochs, with a line at zero, in the ink of its sign."""
    theme, (wide, high) = drawing.theme, (FINE * size[0], FINE * size[1])
    drawn = pygame.Surface((wide, high), pygame.SRCALPHA)
    values = [weight for _, weight in told]
    low, top = min(0.0, *values), max(0.0, *values)
    spare = 0.1 * (top - low or 1.0)
    low, top, first, last = low - spare, top + spare, told[0][0], told[-1][0]

    def at(epoch: int, weight: float) -> tuple[float, float]:
        x = 4 * FINE + (epoch - first) / max(1, last - first) * (wide - 8 * FINE)
        return x, (1 - (weight - low) / (top - low)) * (high - 1)

    y = at(first, 0.0)[1]
    pygame.draw.line(drawn, (*theme.muted, 110), (0, y), (wide, y), FINE)
    ink = theme.positive if values[-1] >= 0 else theme.negative
    pygame.draw.lines(drawn, ink, False, [at(*each) for each in told], 2 * FINE)
    pygame.draw.circle(drawn, ink, at(*told[-1]), 3 * FINE)
    return pygame.transform.smoothscale(drawn, size)
