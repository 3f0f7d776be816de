"""Ten unseen pictures, large enough to be read, each with what the network says it is."""

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.overlay import Image, Item
from scenes.training.epoch import Network, State
from scenes.training.inference import answers, given

from .drawing import BODY, STRONG, Drawing
from .neuron_choice import called
from .places import Rect
from .theme import Theme, mixed
from .words import say

SHOWN = 10  # pictures
ROWS = (2, 1)  # in which they stand; the second where the place is low
SHARE = 0.46  # of the height that they take at most, where something stands below them
BELOW = 19  # units below a picture, for its answer
BETWEEN = 7  # units between two pictures, at least
ANSWER = 12.5  # units high
FRAME = 2.0  # units, of what is around a picture that is taken for another
FINE = 4  # times finer that a frame is drawn

Key = tuple[Network, object, int, float]


class Examples:
    """Keeps the pictures until the network, the theme or their size change."""

    def __init__(self) -> None:
        self._key: Key | None = None
        self._glyphs: list[pygame.Surface] = []
        self._frame = pygame.Surface((1, 1), pygame.SRCALPHA)

    def items(self, drawing: Drawing, inner: Rect, network: Network, state: State | None) -> tuple[list[Item], int]:
        """The pictures at the top of `inner`, with the answers below them or the truth alone; and where they end."""
        px, theme, scale = drawing.px, drawing.theme, drawing.layout.scale
        shown = network.samples[:SHOWN]
        size, rows = tile(inner, scale)
        key = (network, theme.key, size, scale)
        if key != self._key:
            self._key = key
            self._glyphs = [picture_of(row, network.side, theme, size) for row in shown]
            self._frame = _frame(theme, size, scale)
        told = None if state is None else answers(network, state, given(network, shown)).argmax(axis=0)
        across = SHOWN // rows
        cell, items = inner.w / across, list[Item]()
        for index, glyph in enumerate(self._glyphs):
            left = round(inner.x + cell * (index % across + 0.5) - size / 2)
            top = inner.y + index // across * (size + px(BELOW))
            items.append(Image(glyph, (left, top)))
            said = called(network, network.classes[network.labels[index]])
            wrong = told is not None and told[index] != network.labels[index]
            if wrong:
                around = (self._frame.get_width() - size) // 2
                items.append(Image(self._frame, (left - around, top - around)))
            if wrong and told is not None:
                name = called(network, network.classes[told[index]])
                whole = say("data.said", name=name)  # where that is too long, ink and frame say that it is wrong
                said = whole if drawing.overlay.fonts.width(whole, STRONG, px(ANSWER)) <= cell - px(2) else name
            ink = theme.danger if wrong else theme.muted if told is None else theme.ok
            at = (left + size / 2, top + size + px(14))
            word = drawing.text(said, at, size=ANSWER, face=STRONG if wrong else BODY, colour=ink, align="middle")
            items.append(drawing.fitted(word, cell - px(2)))
        return items, inner.y + rows * (size + px(BELOW))


def picture_at(inner: Rect, scale: float, at: tuple[float, float], count: int) -> int | None:
    """Which of the first `count` pictures is drawn at this point, or stands below it; None for none."""
    size, rows = tile(inner, scale)
    across = SHOWN // rows
    column, row = int((at[0] - inner.x) // (inner.w / across)), int((at[1] - inner.y) // (size + round(BELOW * scale)))
    found = row * across + column
    return found if 0 <= column < across and 0 <= row < rows and found < min(SHOWN, count) else None


def tile(inner: Rect, scale: float) -> tuple[int, int]:
    """The side of a picture in pixels, and in how many rows they stand: as large as there is room for."""
    sizes = [
        (int(min(inner.w * rows / SHOWN - BETWEEN * scale, SHARE * inner.h / rows - BELOW * scale)), rows)
        for rows in ROWS
    ]
    size, rows = max(sizes)
    return max(1, size), rows


def picture_of(row: NDArray[np.float32], side: int, theme: Theme, size: int) -> pygame.Surface:
    """A picture of `side` pixels a side, `size` pixels large."""
    share = np.clip(row.reshape(side, side, 1), 0, 1)
    ground = np.array(mixed(theme.panel, theme.muted, 0.14), dtype=np.float32)
    pixels = ground + (np.array(theme.text, dtype=np.float32) - ground) * share
    image = pygame.image.frombuffer(pixels.astype(np.uint8).tobytes(), (side, side), "RGB")
    return pygame.transform.scale(image, (size, size)).convert_alpha()


def _frame(theme: Theme, size: int, scale: float) -> pygame.Surface:
    """What stands around a picture that is taken for another."""
    wide = max(1, round(FRAME * scale))
    side = size + 2 * wide
    large = pygame.Surface((FINE * side, FINE * side), pygame.SRCALPHA)
    pygame.draw.rect(large, theme.danger, large.get_rect(), width=FINE * wide, border_radius=FINE * wide)
    return pygame.transform.smoothscale(large.premul_alpha(), (side, side))
