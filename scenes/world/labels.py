"""Names in the field: layers below their columns, inputs before, answers behind them. They face the viewer.

Words are drawn once, into a sheet; what moves are quads. None covers another, or leaves the field: where two would
meet, the one that matters less is away. Knows no run, only what is called what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.fonts import Colour, Fonts
from engine.graphics.renderer import Renderer
from scenes.kit.drawing import STRONG
from scenes.kit.neuron_choice import called
from scenes.kit.places import Layout, Rect
from scenes.kit.theme import Theme, contrast
from scenes.kit.words import say
from scenes.training.epoch import Network

from .field import HEIGHT, RAISED, Field
from .stand_ins import stand_ins

SIZE, SMALL, MANY = 14, 9, 10  # units high, of names; of those of a layer with more neurons than that
ON_LINK = 11  # units high, of a number on a link
PAD = (7, 4)  # units beside, and above and below the words of a plate
PLATE = 0.72  # opacity of the ground behind words, so that they can be read over links
APART = 5.0  # units between what is named and its name, as in label.vert
DEEP = 5  # layers that have room for their names at full size
ROOM = 1  # pixels that two names keep free between each other
MOVED = 0.004  # of a matrix's numbers: what moves names by less than a pixel or two is not looked at
COMING = 0.25  # seconds that a name takes to come back; it goes at once
FEWEST, MOST = 2, 16  # neurons of a layer that have names of their own
LONGEST = 14  # characters of such a name
WIDEST = 12  # times its size, that a name is wide at most
HIGH = 440  # units of the field's height at which names have these sizes
FINER = 4  # times finer that plates are drawn, for smooth edges
BELOW = HEIGHT / 2 - RAISED + 0.14  # units below the middle of the view, where the names of the layers stand

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Name:
    """What is called `text`: the neuron of that number, the place `at`, or else a layer. `ink`: its plate's edge."""

    text: str
    layer: int
    neuron: int = -1
    ink: Colour | None = None
    of: int = 0  # how many such names share a line
    full: bool = False  # whether its plate is filled with that ink: the answer that is given
    at: tuple[float, float, float] | None = None  # world units: the middle of what stands on a link
    after: bool = False  # whether it stands on the side of the next layer, wherever the camera is


class Labels:
    """The names of one field. The same object is drawn until other names, another theme or scale come."""

    def __init__(self, renderer: Renderer, fonts: Fonts) -> None:
        self.pipeline = renderer.pipeline("label", layout="anchor:4 texels:4 size:4 shown:1")
        self._sheet, self._fonts = renderer.sheet(), fonts
        self.pipeline.images = {"sheet": self._sheet}
        self._key: object = None
        self._plates: dict[object, pygame.Surface] = {}  # of the names that are shown
        self._layers: tuple[int, ...] = ()
        self.names: tuple[Name, ...] = ()
        self._anchors = np.zeros((0, 4), dtype=np.float32)
        self._texels = np.zeros((0, 4), dtype=np.float32)
        self._sizes: Rows = np.zeros((0, 2), dtype=np.float32)  # half width and half height, pixels
        self._sides = np.zeros((0, 2), dtype=np.float32)
        self._shown = np.zeros(0, dtype=np.float32)
        self._free = np.zeros(0, dtype=bool)
        self._seen: Rows | None = None  # the view and projection that they were last placed for
        self._written: object = None
        self._window: object = None  # for which they were last placed

    def take(self, names: Sequence[Name], field: Field, theme: Theme, layout: Layout) -> None:
        """Have these names, in the order of what matters most."""
        key = (tuple(names), field.layers, theme.key, layout.scale, layout.field.h)
        if key == self._key:
            return
        if (field.layers, len(names)) != (self._layers, len(self.names)):
            self._shown = np.zeros(len(names), dtype=np.float32)  # else words, looks or places alone have changed
        self._key, self._layers, self.names = key, field.layers, tuple(names)
        look = (theme.key, layout.scale, layout.field.h)
        before, self._plates = self._plates, {}
        for name in names:
            self._plates[name, look] = before.get((name, look)) or _plate(name, theme, self._fonts, layout)
        pictures = [self._plates[name, look] for name in names]
        self._texels = self._draw(pictures)
        self._sizes = np.array([each.get_size() for each in pictures], dtype=np.float32).reshape(-1, 2) / np.float32(2)
        self._anchors = np.array([_anchor(name, field) for name in names], dtype=np.float32).reshape(-1, 4)
        self._seen = self._written = None

    def tick(self, view: Rows, projection: Rows, layout: Layout, dt: float) -> None:
        """Put away the names that are in the way, and let others come back, at once in a window that has just changed.

        Matrices: float32 [4, 4], for rows.
        """
        matrix = view @ projection
        window, self._window = self._window, (layout.size, layout.field)
        if window != self._window:
            dt = 0.0
        moved = self._seen is None or float(np.abs(matrix - self._seen).max()) > MOVED
        if moved:
            self._seen = matrix
            self._sides = _sides(self.names, self._anchors, matrix)
            self._free = free(self.rects(view, projection, layout), layout.field) & self._inside(matrix, layout)
        if not moved and (self._shown[self._free] >= 1).all():
            return
        step = 1.0 if dt <= 0 else dt / COMING
        self._shown = np.where(self._free, np.minimum(1.0, self._shown + step), 0.0).astype(np.float32)
        self._written = None

    def write(self, strength: float, layout: Layout) -> None:
        """Send what has changed to the card; all names are `strength` strong."""
        self.pipeline.set(bounds=(float(layout.field.x), float(layout.field.right)))
        if self._written == strength:
            return
        self._written = strength
        rows = [self._anchors, self._texels, self._sizes, self._sides, self._shown * strength]
        self.pipeline.write(np.column_stack(rows).astype(np.float32))

    def rects(self, view: Rows, projection: Rows, layout: Layout) -> Rows:
        """Where each stands, pixels, as label.vert puts it: float32 [names, 4], left, top, right, bottom."""
        points = np.column_stack([self._anchors[:, :3], np.ones(len(self._anchors))]) @ (view @ projection)
        w, (width, height) = np.maximum(points[:, 3:], 0.1), layout.size
        middle = (points[:, :2] / w * (0.5, -0.5) + 0.5) * (width, height)
        radius = self._anchors[:, 3:] * (projection[1, 1] * height * 0.5) / w
        middle = middle + self._sides * (radius + APART * layout.scale + self._sizes)
        left, right = layout.field.x + self._sizes[:, 0], layout.field.right - self._sizes[:, 0]
        middle[:, 0] = np.minimum(np.maximum(middle[:, 0], left), right)  # a long name rather covers what it names
        return np.column_stack([middle - self._sizes, middle + self._sizes]).astype(np.float32)

    def _inside(self, matrix: Rows, layout: Layout) -> NDArray[np.bool_]:
        """Whether what is named lies in the field: bool [names]."""
        points = np.column_stack([self._anchors[:, :3], np.ones(len(self._anchors))]) @ matrix
        x = (points[:, 0] / np.maximum(points[:, 3], 0.1) * 0.5 + 0.5) * layout.size[0]
        inside: NDArray[np.bool_] = (x >= layout.field.x) & (x <= layout.field.right)
        return inside

    @property
    def visible(self) -> NDArray[np.bool_]:
        """Which of them can be seen: bool [names]."""
        return self._shown > 0

    def _draw(self, pictures: Sequence[pygame.Surface]) -> Rows:
        """All words in one sheet, each with a free texel around it; where they are: float32 [names, 4], 0..1."""
        width = max((each.get_width() for each in pictures), default=1) + 2
        height = sum(each.get_height() + 2 for each in pictures) or 1
        sheet = pygame.Surface((width, height), pygame.SRCALPHA)
        rects, y = [], 1
        for each in pictures:
            sheet.blit(each, (1, y))
            rects.append((1, y, 1 + each.get_width(), y + each.get_height()))
            y += each.get_height() + 2
        self._sheet.write((width, height), pygame.image.tobytes(sheet, "RGBA"))
        texels: Rows = (np.array(rects).reshape(-1, 4) / (width, height, width, height)).astype(np.float32)
        return texels


def free(rects: Rows, field: Rect) -> NDArray[np.bool_]:
    """Which names may be seen: those within `field` that no earlier one meets. `rects`: float32 [names, 4], pixels."""
    left, top, right, bottom = rects.T
    seen: NDArray[np.bool_] = (left >= field.x) & (top >= field.y) & (right <= field.right) & (bottom <= field.bottom)
    across = (left[:, None] < right + ROOM) & (left < right[:, None] + ROOM)
    meets = across & (top[:, None] < bottom + ROOM) & (top < bottom[:, None] + ROOM) & seen & seen[:, None]
    np.fill_diagonal(meets, False)
    for k in np.flatnonzero(meets.any(axis=1)):  # most often none
        if seen[k]:
            seen[k + 1 :] &= ~meets[k, k + 1 :]
    return seen


def names(
    layers: tuple[int, ...], network: Network | None, theme: Theme, *, shown: tuple[int, int] | None
) -> list[Name]:
    """What is called what, the answers first. `shown`: the picture that is on its way, and what is answered to it.

    That is -1 while nothing is answered yet. Without a network that is known, the layers alone.
    """
    last = len(layers) - 1
    told = [say("field.input"), *(say("field.hidden", number=k) for k in range(1, last)), say("field.output")]
    drawn = stand_ins(layers).drawn
    if network is None:
        told = list(map(_counted, told, drawn, layers))
        return [Name(text, layer, of=MANY * (len(layers) > DEEP) + 1) for layer, text in enumerate(told)]
    found: list[Name] = []
    said = shown[1] if shown else -1
    if FEWEST <= layers[-1] <= MOST:
        inks = [theme.classes[k % len(theme.classes)] for k in range(layers[-1])]
        first = sum(layers[:-1])
        answers = zip(network.classes, inks, strict=True)
        found += [
            Name(clipped(called(network, text)), last, first + k, ink, layers[-1], k == said)
            for k, (text, ink) in enumerate(answers)
        ]
    if not network.side and layers[0] <= MOST:
        found += [Name(clipped(called(network, text)), 0, k, of=layers[0]) for k, text in enumerate(network.features)]
    if shown:
        told[0] = say("field.unseen", name=called(network, network.classes[network.labels[shown[0]]]))
        told[-1] = told[-1] if said < 0 else say("field.says", name=called(network, network.classes[said]))
    elif network.flat:
        told[0] = say("field.place")
    else:
        told[0] = say("field.columns")
    told = list(map(_counted, told, drawn, layers))
    of_layers = [Name(text, layer, of=MANY * (len(layers) > DEEP) + 1) for layer, text in enumerate(told)]
    return found + of_layers[:0:-1] + of_layers[:1]  # the longest last: it gives way


def _counted(name: str, drawn: int, count: int) -> str:
    """The name of a layer; where it is not drawn whole, with how many of how many are."""
    return name if drawn == count else say("field.counted", name=name, drawn=drawn, count=count)


def clipped(text: str) -> str:
    """A name that is no longer than LONGEST characters."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _anchor(name: Name, field: Field) -> tuple[float, ...]:
    """xyz, and the radius of what is named, in world units."""
    if name.at:
        return (*name.at, 0.0)
    if name.neuron >= 0:
        place = field.stand_ins.group[name.neuron]
        return (*field.neurons.rest[place], field.neurons.radius[place])
    return (float(field.neurons.rest[field.layer == name.layer, 0].mean()), -BELOW, 0.0, 0.0)


def _sides(names: Sequence[Name], anchors: Rows, matrix: Rows) -> Rows:
    """On which side each name stands: below, there, or away from the middle of the network. float32 [names, 2]."""
    x = (np.column_stack([anchors[:, :3], np.ones(len(anchors))]) @ matrix)[:, 0]
    right = x >= (np.array((0.0, 0.0, 0.0, 1.0)) @ matrix)[0]
    beside = np.array([name.neuron >= 0 for name in names], dtype=bool)
    there = np.array([name.at is not None for name in names], dtype=bool)
    after = np.array([name.after for name in names], dtype=bool)
    onward = matrix[0, 0] >= 0  # the next layer lies at the right
    across = np.where(np.where(after, onward, right), 1.0, -1.0) * beside
    return np.column_stack([across, ~beside & ~there]).astype(np.float32)


def _plate(name: Name, theme: Theme, fonts: Fonts, layout: Layout) -> pygame.Surface:
    """The words on a rounded ground, premultiplied."""
    px = layout.scale * min(1.5, max(0.6, layout.field.h / layout.scale / HIGH))
    many = (
        name.neuron < 0 and name.at is None and name.of > MANY
    )  # of a deep network: letters below ten pixels take ten times as long
    least = 10 if many else 9
    units = ON_LINK if name.at else SMALL if name.of > MANY else SIZE
    size = max(least, round(units * px))
    ink = theme.text if name.neuron >= 0 or name.at else theme.muted
    ground = theme.panel
    if name.ink and name.full:
        ground = name.ink
        ink = max(((8, 8, 22), (255, 255, 255)), key=partial(contrast, ground))
    text, room = name.text, WIDEST * size
    if fonts.width(text, STRONG, size) > room:  # letters of other scripts may be wide, and numbers in their place
        text = text[: fonts.cut(text, STRONG, size, room)].rstrip() + "…"
    words = fonts.run(text, STRONG, size, ink)
    inside = words.get_bounding_rect()
    high = fonts.face(STRONG, size).get_height()
    beside, above = (round(each * size / SIZE) for each in PAD)
    wide = max(inside.w + 2 * beside, high + 2 * above if name.ink else 0)
    made = _rounded((wide, high + above), ground, name, round(px))
    made.blit(
        words,
        ((wide - inside.w) // 2 - inside.x, (made.get_height() - high) // 2),
        special_flags=pygame.BLEND_PREMULTIPLIED,
    )
    return made


def _rounded(size: tuple[int, int], ground: Colour, name: Name, line: int) -> pygame.Surface:
    """A rounded ground, with an edge in the ink of what is named; premultiplied."""
    large = pygame.Surface((size[0] * FINER, size[1] * FINER), pygame.SRCALPHA)
    radius = large.get_height() // 3
    opacity = 255 if name.full else round(255 * PLATE)
    pygame.draw.rect(large, (*ground, opacity), large.get_rect(), border_radius=radius)
    if name.ink and not name.full:
        pygame.draw.rect(
            large, name.ink, large.get_rect(), width=max(1, round(1.5 * line)) * FINER, border_radius=radius
        )
    return pygame.transform.smoothscale(large.premul_alpha(), size)
