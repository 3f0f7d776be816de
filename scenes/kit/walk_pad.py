"""What the sample that is led through looks like, and where somebody chooses or draws one of their own.

A point on its map, a picture, or a colour; the rows of other tables have no look.
"""

import colorsys
from math import dist

import numpy as np
import pygame

from engine.flat.fonts import Colour
from engine.flat.overlay import Image, Item
from engine.input import Point
from scenes.training.epoch import Floats, Network, State
from scenes.training.own_picture import Stroke, picture
from scenes.training.sample_walk import SampleWalk

from .answer_map import FIRST_TWO, AnswerMap, Axes, extent, on_map, placed, shares_of
from .drawing import Drawing
from .examples import picture_of
from .map_legend import marked
from .places import Rect
from .theme import class_inks

COLOURS = "colours"  # the data set whose rows are colours
POINT, PICTURE, COLOUR, NOTHING = "point", "picture", "colour", ""
NEAR = 9  # units from a press to a point of the map that it means
FULL = 260  # units of a side of the map at which its points have their full size
APART = 0.015  # of the pad's side, from one point of a stroke to the next


def kind_of(network: Network) -> str:
    """What its samples look like."""
    if network.side:
        return PICTURE
    if network.dataset == COLOURS and network.shape[0] == 3:
        return COLOUR
    return POINT if network.mapped else NOTHING


class WalkPad:
    """Keeps what it draws on, and what has been drawn by hand."""

    def __init__(self) -> None:
        self._map = AnswerMap()
        self._made: tuple[object, list[Item]] = (None, [])
        self._palette: tuple[int, pygame.Surface] | None = None
        self.strokes: list[list[tuple[float, float]]] = []

    def items(self, drawing: Drawing, rect: Rect, state: State, walk: SampleWalk) -> list[Item]:
        """The sample within `rect`, a square of pixels."""
        key = (rect, drawing.theme.key, drawing.layout.scale, state, walk.network, walk.row.tobytes(), walk.answer)
        if self._made[0] != key:
            self._made = key, self._draw(drawing, rect, state, walk)
        return self._made[1]

    def row(self, network: Network, rect: Rect, at: Point) -> Floats:
        """The row that a press at this point of a plane, or of all colours, chooses: float32 [columns]."""
        across, down = ((at[0] - rect.x) / rect.w, (at[1] - rect.y) / rect.h)
        if kind_of(network) == COLOUR:
            red, green, blue = colorsys.hls_to_rgb(min(max(across, 0.0), 1.0), 1 - min(max(down, 0.0), 1.0), 1.0)
            return np.array([red, green, blue], dtype=np.float32)
        return point_row(network, axes_of(network), across, down)

    def draw_to(self, rect: Rect, at: Point, *, anew: bool) -> None:
        """Draw on to this point, or put the pen down there."""
        share = _share(rect, at)
        if anew or not self.strokes:
            self.strokes.append([share])
        elif dist(share, self.strokes[-1][-1]) >= APART:
            self.strokes[-1].append(share)

    def drawn(self, network: Network) -> Floats:
        """What has been drawn, as a row."""
        strokes: list[Stroke] = list(self.strokes)
        return picture(strokes, network.side)

    def _draw(self, drawing: Drawing, rect: Rect, state: State, walk: SampleWalk) -> list[Item]:
        network, theme, scale = walk.network, drawing.theme, drawing.layout.scale
        kind, at = kind_of(network), (rect.x, rect.y)
        if kind == PICTURE:
            return [Image(picture_of(walk.row, network.side, theme, rect.w), at)]
        if kind == COLOUR:
            return self._colour(drawing, rect, walk)
        if kind == NOTHING:
            return []
        axes = axes_of(network)
        image, _ = self._map.image(network, state, theme, rect.w, scale * min(1.0, rect.w / (FULL * scale)), axes)
        ink = class_inks(theme, len(network.classes))[walk.label]
        return [Image(image, at), marked(drawing, rect, on_map(network, walk.row, rect.w, axes), ink)]

    def _colour(self, drawing: Drawing, rect: Rect, walk: SampleWalk) -> list[Item]:
        """All colours by hue and lightness, the one that is meant in a ring; small, that colour alone."""
        if self._palette is None or self._palette[0] != rect.w:
            self._palette = rect.w, _palette(rect.w)
        hue, light, _ = colorsys.rgb_to_hls(*(min(max(float(v), 0.0), 1.0) for v in walk.row))
        at = (hue * rect.w, (1 - light) * rect.w)
        return [Image(self._palette[1], (rect.x, rect.y)), marked(drawing, rect, at, swatch_colour(walk))]


def swatch_colour(walk: SampleWalk) -> Colour:
    """The colour that a row is."""
    red, green, blue = (round(255 * min(max(float(v), 0.0), 1.0)) for v in walk.row)
    return red, green, blue


def swatch_ink(walk: SampleWalk) -> Colour:
    """The ink of words on it, as the network answers."""
    return (0, 0, 0) if walk.network.classes[walk.answer].startswith("black") else (255, 255, 255)


def axes_of(network: Network) -> Axes:
    """The inputs that lie across and upwards."""
    return FIRST_TWO if network.flat else (network.numbers[0], network.numbers[1])


def point_row(network: Network, axes: Axes, across: float, down: float) -> Floats:
    """The row at a place of the map, 0 to 1 from the left and from the top; of a table the rest is at its means."""
    middle, half = extent(network, axes)
    place = middle + half * np.clip((2 * across - 1, 1 - 2 * down), -1, 1)
    row = np.zeros(2, dtype=np.float32) if network.flat else network.offset.copy()
    row[list(axes)] = place
    return row.astype(np.float32)


def nearest(network: Network, axes: Axes, across: float, down: float, reach: float) -> int | None:
    """The sample that is drawn nearest to a place of the map, within `reach` of its side; else None."""
    places = shares_of(placed(network, network.samples, axes))
    away = np.hypot(*(places - (across, down)).T)
    found = int(np.argmin(away)) if len(away) else 0
    return found if len(away) and away[found] <= reach else None


def _share(rect: Rect, at: Point) -> tuple[float, float]:
    return (min(max((at[0] - rect.x) / rect.w, 0.0), 1.0), min(max((at[1] - rect.y) / rect.h, 0.0), 1.0))


def _palette(side: int) -> pygame.Surface:
    """All hues from the left, from white at the top to black: `side` pixels square."""
    line = (np.arange(side) + 0.5) / side
    hue, light = np.meshgrid(line, 1 - line)
    wheel = np.clip(np.abs((hue[..., None] * 6 + np.array([0, 4, 2])) % 6 - 3) - 1, 0, 1)  # of full saturation
    pixels = np.where(
        light[..., None] < 0.5, wheel * 2 * light[..., None], 1 - (1 - wheel) * 2 * (1 - light[..., None])
    )
    image = pygame.image.frombuffer((pixels * 255 + 0.5).astype(np.uint8).tobytes(), (side, side), "RGB")
    return image.convert_alpha()
