"""What a network answers everywhere on a plane, over the points that it is asked about: pixels, made once an epoch.

A point that was learned from is a disc, an unseen one has an empty middle, and an unseen one that the network gets
wrong stands in a ring whose ink is of no class. Before there is an answer there are the points alone.
"""

from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from scenes.kit.theme import Theme, class_inks, mixed
from scenes.training.epoch import Floats, Network, State
from scenes.training.inference import answers, given

GRID = 128  # points a side at which the network is asked
REACH = 6.4  # the plane that is shown lies within plus and minus this
UNSURE = 0.14  # of an ink over the panel, where all classes are equally likely
UNASKED = 0.10  # of the muted ink over the panel, where there is no answer yet
FINE = 3  # times finer that points are drawn, for smooth edges
FINER = 4  # times finer that a ring is drawn: it stands on halves of a pixel
CORNER = 6  # units, the radius of the map's corners
SEEN, UNSEEN, EMPTY, EDGE = 2.5, 2.9, 1.3, 0.6  # units: radii of points, of an unseen one's middle; around each
RING, STROKE, OUTLINE = 5.2, 1.4, 0.9  # units: the radius of a ring, its line, and what sets it off from both inks

Places = NDArray[np.float32]
Key = tuple[Network, tuple[str, Colour], int, float]


@dataclass(frozen=True, eq=False)
class _Kept:
    """What no epoch changes: the points, what the network is given, rings at halves of a pixel, and the corners."""

    points: pygame.Surface
    plane: Floats
    unseen: Floats
    rings: tuple[pygame.Surface, ...]
    corners: pygame.Surface


class AnswerMap:
    """Keeps what no epoch changes until the network, the theme or the size do."""

    def __init__(self) -> None:
        self._key: Key | None = None
        self._kept: _Kept | None = None

    def image(
        self, network: Network, state: State | None, theme: Theme, side: int, scale: float
    ) -> tuple[pygame.Surface, int]:
        """The map, `side` pixels square, premultiplied, at `scale` pixels a unit; and how many points have a ring."""
        key = (network, theme.key, side, scale)
        if self._kept is None or key != self._key:
            self._key, self._kept = key, _kept(network, theme, side, scale)
        kept = self._kept
        if state is None:
            ground, wrong = pygame.Surface((side, side), pygame.SRCALPHA), np.zeros((0, 2), np.float32)
            ground.fill(mixed(theme.panel, theme.muted, UNASKED))
        else:
            ground = boundary(network, state, kept.plane, theme, side)
            wrong = mistakes(network, state, kept.unseen)
        ground.blit(kept.points, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
        _ring(ground, wrong, kept.rings)
        ground.blit(kept.corners, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return ground, len(wrong)


def plane(network: Network) -> Floats:
    """What the network is given of the plane, row by row from the top: float32 [features, GRID * GRID]."""
    line = np.linspace(-REACH, REACH, GRID, dtype=np.float32)
    x, y = np.meshgrid(line, -line)
    return given(network, np.stack([x.ravel(), y.ravel()], axis=1))


def unseen(network: Network) -> Floats:
    """What the network is given of the points that it does not learn from: float32 [features, unseen]."""
    return given(network, network.samples[network.training == 0])


def boundary(network: Network, state: State, seen: Floats, theme: Theme, side: int) -> pygame.Surface:
    """The network's answer over the `plane` that is `seen`, `side` pixels square, y upwards."""
    shares = answers(network, state, seen)
    count = len(shares)
    palette = np.array(class_inks(theme, count), dtype=np.float32)
    ground = np.array(theme.panel, dtype=np.float32)
    sure = UNSURE + (theme.map_share - UNSURE) / (count - 1) * (shares.max(axis=0) * count - 1)
    shares *= sure
    colours = (palette - ground).T @ shares + ground[:, None]
    pixels = np.ascontiguousarray(colours.T.astype(np.uint8))
    image = pygame.image.frombuffer(pixels.data, (GRID, GRID), "RGB")
    return pygame.transform.smoothscale(image, (side, side)).convert_alpha()


def mistakes(network: Network, state: State, asked: Floats) -> Places:
    """Where the network is wrong about the points that are `unseen`: float32 [wrong, 2], in the plane."""
    hidden = network.training == 0
    told = answers(network, state, asked).argmax(axis=0)
    wrong: Places = network.samples[hidden][told != network.labels[hidden]]
    return wrong


def points(network: Network, theme: Theme, side: int, scale: float) -> pygame.Surface:
    """The samples over the plane, `side` pixels square, premultiplied."""
    large = pygame.Surface((FINE * side, FINE * side), pygame.SRCALPHA)
    palette = class_inks(theme, len(network.classes))
    places = _pixels(network.samples, FINE * side)
    for place, label, learned in zip(places.tolist(), network.labels, network.training, strict=True):
        _dot(large, place, palette[min(int(label), len(palette) - 1)], edge(theme), FINE * scale, seen=bool(learned))
    return pygame.transform.smoothscale(large.premul_alpha(), (side, side))


def mark(kind: str, ink: Colour, theme: Theme, scale: float) -> pygame.Surface:
    """A point or a ring as it is on the map, alone: for its legend. `kind` is "seen", "unseen" or "wrong"."""
    if kind == "wrong":
        return _rings(theme, scale)[0]
    size = 2 * round((UNSEEN + EDGE) * scale + 1)
    large = pygame.Surface((FINER * size, FINER * size), pygame.SRCALPHA)
    middle = FINER * size / 2
    _dot(large, (middle, middle), ink, edge(theme), FINER * scale, seen=kind == "seen")
    return pygame.transform.smoothscale(large.premul_alpha(), (size, size))


def edge(theme: Theme) -> Colour:
    """What sets a point off from the ink of its own class."""
    return (255, 255, 255) if theme.light else (8, 8, 22)


def _kept(network: Network, theme: Theme, side: int, scale: float) -> _Kept:
    mask = pygame.Surface((FINE * side, FINE * side), pygame.SRCALPHA)
    pygame.draw.rect(mask, (255, 255, 255), mask.get_rect(), border_radius=round(FINE * CORNER * scale))
    corners = pygame.transform.smoothscale(mask.premul_alpha(), (side, side))
    dots = points(network, theme, side, scale)
    return _Kept(dots, plane(network), unseen(network), _rings(theme, scale), corners)


def _pixels(places: Places, side: float) -> Places:
    """Places in the plane as places in a square of `side` pixels, y downwards."""
    pixels: Places = ((0.5 + places * (1, -1) / (2 * REACH)) * side).astype(np.float32)
    return pixels


def _dot(large: pygame.Surface, at: tuple[float, float], ink: Colour, edge: Colour, unit: float, *, seen: bool) -> None:
    radius = max(2.0, (SEEN if seen else UNSEEN) * unit)
    pygame.draw.circle(large, edge, at, radius + EDGE * unit)
    pygame.draw.circle(large, ink, at, radius)
    if not seen:
        pygame.draw.circle(large, edge, at, EMPTY * unit)


def _rings(theme: Theme, scale: float) -> tuple[pygame.Surface, ...]:
    """A ring in the middle of its surface; half a pixel to the right; half a pixel down; both."""
    size = 2 * round((RING + OUTLINE) * scale + STROKE)
    made = []
    for down in (0, FINER // 2):
        for right in (0, FINER // 2):
            large = pygame.Surface((FINER * size, FINER * size), pygame.SRCALPHA)
            at, unit = (FINER * size / 2 + right, FINER * size / 2 + down), FINER * scale
            wide = STROKE + 2 * OUTLINE
            pygame.draw.circle(large, edge(theme), at, (RING + OUTLINE) * unit, width=max(1, round(wide * unit)))
            pygame.draw.circle(large, theme.text, at, RING * unit, width=max(1, round(STROKE * unit)))
            made.append(pygame.transform.smoothscale(large.premul_alpha(), (size, size)))
    return tuple(made)


def _ring(ground: pygame.Surface, places: Places, rings: tuple[pygame.Surface, ...]) -> None:
    """A ring around each of `places`, to half a pixel."""
    halves = np.round(2 * (_pixels(places, ground.get_width()) - rings[0].get_width() / 2)).astype(np.int64)
    which = halves[:, 0] % 2 + 2 * (halves[:, 1] % 2)
    at = zip(which.tolist(), (halves // 2).tolist(), strict=True)
    ground.fblits([(rings[kind], place) for kind, place in at], pygame.BLEND_PREMULTIPLIED)
