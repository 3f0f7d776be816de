"""What a network answers everywhere on a plane, over the points that it is asked about: pixels, made once an epoch.

A point that was learned from is a disc, an unseen one has an empty middle, and an unseen one that the network gets
wrong stands in a ring whose ink is of no class. Before there is an answer there are the points alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, isqrt

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from scenes.training.epoch import Floats, Network, State
from scenes.training.inference import answers, given

from .theme import Theme, class_inks, mixed

GRID, LEAST_GRID = 128, 16  # points a side at which a network is asked, and one of very many weights
WORK = 3e7  # multiplications an epoch, beyond which it is asked at fewer points: some 8 ms of one core
NEURON = 30  # multiplications that the activation of a neuron is worth
REACH = 6.4  # the plane that is shown lies within plus and minus this
AROUND, LEAST_HALF = 1.12, 1e-6  # times the extent of the samples that is shown; of a column that has one value
UNSURE = 0.14  # of an ink over the panel, where all classes are equally likely
UNASKED = 0.10  # of the muted ink over the panel, where there is no answer yet
FINE = 4  # times finer that points and rings are drawn, for smooth edges; they stand on such parts of a pixel
CORNER = 6  # units, the radius of the map's corners
SEEN, UNSEEN, EMPTY, EDGE = 2.5, 2.9, 1.3, 0.6  # units: radii of points, of an unseen one's middle; around each
RING, STROKE, OUTLINE = 5.2, 1.4, 0.9  # units: the radius of a ring, its line, and what sets it off from both inks

Places = NDArray[np.float32]
Stamp = tuple[pygame.Surface, ...]  # the same at each part of a pixel, row by row
Axes = tuple[int, int]  # inputs of a table
Key = tuple[Network, tuple[str, Colour, str], int, float, Axes]
FIRST_TWO: Axes = (0, 1)


@dataclass(frozen=True, eq=False)
class _Kept:
    """What no epoch changes: the points, what the network is given, the ring, and the corners."""

    points: pygame.Surface
    plane: Floats
    unseen: Floats
    ring: Stamp
    corners: pygame.Surface


class AnswerMap:
    """Keeps what no epoch changes until the network, the theme or the size do."""

    def __init__(self) -> None:
        self._key: Key | None = None
        self._kept: _Kept | None = None

    def image(
        self,
        network: Network,
        state: State | None,
        theme: Theme,
        side: int,
        scale: float,
        axes: Axes = FIRST_TWO,
        *,
        bare: bool = False,
    ) -> tuple[pygame.Surface, int | None]:
        """The map, `side` pixels square, premultiplied, at `scale` pixels a unit; and how many points have a ring.

        `bare`, the points alone.

        Of a table `axes` are the inputs that lie across and upwards; all others are at their means.

        None where nobody is asked: without a state, or of a network too large for its unseen points.
        """
        key = (network, theme.key, side, scale, axes)
        if self._kept is None or key != self._key:
            self._key, self._kept = key, _kept(network, theme, side, scale, axes)
        kept = self._kept
        if bare:
            return kept.points, None
        if state is None:
            ground, wrong = pygame.Surface((side, side), pygame.SRCALPHA), None
            ground.fill(mixed(theme.panel, theme.muted, UNASKED))
        else:
            ground = boundary(network, state, kept.plane, theme, side)
            wrong = mistakes(network, state, kept.unseen, axes) if tellable(network) else None
        ground.blit(kept.points, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
        if wrong is not None:
            _put(ground, wrong, [kept.ring] * len(wrong))
        ground.blit(kept.corners, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return ground, None if wrong is None else len(wrong)


def side_of(network: Network) -> int:
    """At how many points a side of the plane the network is asked."""
    return max(LEAST_GRID, min(GRID, int((WORK / _cost(network)) ** 0.5)))


def tellable(network: Network) -> bool:
    """Whether it can be asked about each of its unseen points once an epoch."""
    return int((network.training == 0).sum()) * _cost(network) <= WORK


def _cost(network: Network) -> int:
    """Multiplications that one point takes."""
    return sum((before + NEURON) * after for before, after in pairwise(network.shape))


def plane(network: Network, axes: Axes = FIRST_TWO) -> Floats:
    """What the network is given of the plane, row by row from the top: float32 [features, points]."""
    line = np.linspace(-REACH, REACH, side_of(network), dtype=np.float32)
    x, y = np.meshgrid(line, -line)
    middle, half = extent(network, axes)
    places = np.stack([x.ravel(), y.ravel()], axis=1) * (half / REACH) + middle
    if network.flat:
        return given(network, places)
    rows = np.tile(network.offset, (len(places), 1))  # what is scaled by its mean and deviation is at its mean
    rows[:, list(axes)] = places
    return given(network, rows)


def extent(network: Network, axes: Axes = FIRST_TWO) -> tuple[Floats, Floats]:
    """The middle of the plane that is shown, and how far it goes to either side: float32 [2] each.

    Points have a plane of their own; of a table's two columns it is as large as the samples need.
    """
    if network.flat:
        return np.zeros(2, dtype=np.float32), np.full(2, REACH, dtype=np.float32)
    samples = network.samples[:, list(axes)]
    low, high = samples.min(axis=0), samples.max(axis=0)
    half = np.maximum((high - low) / 2 * AROUND, LEAST_HALF * np.maximum(1.0, np.abs(high)))
    return ((low + high) / 2).astype(np.float32), half.astype(np.float32)


def placed(network: Network, samples: Floats, axes: Axes = FIRST_TWO) -> Places:
    """Where samples lie in the plane that is shown, within plus and minus REACH: float32 [samples, 2]."""
    middle, half = extent(network, axes)
    places: Places = (samples[:, list(axes)] - middle) * (REACH / half)
    return places


def shares_of(places: Places) -> Places:
    """The same from 0 to 1, from the left and from the top of the map."""
    shares: Places = 0.5 + places * (1, -1) / (2 * REACH)
    return shares


def on_map(network: Network, row: Floats, side: int, axes: Axes = FIRST_TWO) -> tuple[float, float]:
    """Where one row, float32 [columns], stands on a map `side` pixels square: from its left and its top."""
    across, down = np.clip(shares_of(placed(network, row[None, :], axes))[0] * side, 0, side).tolist()
    return across, down


def unseen(network: Network) -> Floats:
    """What the network is given of the points that it does not learn from: float32 [features, unseen]."""
    return given(network, network.samples[network.training == 0])


def boundary(network: Network, state: State, seen: Floats, theme: Theme, side: int) -> pygame.Surface:
    """The network's answer over the `plane` that is `seen`, `side` pixels square, y upwards."""
    pixels = answer_pixels(network, state, seen, theme)
    asked = len(pixels)
    image = pygame.image.frombuffer(pixels.data, (asked, asked), "RGB")
    return pygame.transform.smoothscale(image, (side, side)).convert_alpha()


def answer_pixels(network: Network, state: State, seen: Floats, theme: Theme) -> NDArray[np.uint8]:
    """The same, a pixel a point that is asked about: uint8 [side, side, 3], from the top."""
    shares = answers(network, state, seen)
    count = len(shares)
    palette = np.array(class_inks(theme, count), dtype=np.float32)
    ground = np.array(theme.panel, dtype=np.float32)
    sure = UNSURE + (theme.map_share - UNSURE) / (count - 1) * (shares.max(axis=0) * count - 1)
    shares *= sure
    colours = (palette - ground).T @ shares + ground[:, None]
    asked = isqrt(seen.shape[1])
    return np.ascontiguousarray(colours.T.astype(np.uint8)).reshape(asked, asked, 3)


def mistakes(network: Network, state: State, asked: Floats, axes: Axes = FIRST_TWO) -> Places:
    """Where the network is wrong about the points that are `unseen`: float32 [wrong, 2], in the plane."""
    hidden = network.training == 0
    told = answers(network, state, asked).argmax(axis=0)
    return placed(network, network.samples[hidden][told != network.labels[hidden]], axes)


def points(network: Network, theme: Theme, side: int, scale: float, axes: Axes = FIRST_TWO) -> pygame.Surface:
    """The samples over the plane, `side` pixels square, premultiplied; those that come later lie on top."""
    made = pygame.Surface((side, side), pygame.SRCALPHA)
    inks = len(theme.classes)
    kinds = 2 * (network.labels.astype(np.int64) % inks) + (network.training > 0)
    stamps: dict[int, Stamp] = {}
    for kind in set(kinds.tolist()):
        stamps[kind] = _stamp("seen" if kind % 2 else "unseen", class_inks(theme, inks)[kind // 2], theme, scale)
    _put(made, placed(network, network.samples, axes), [stamps[kind] for kind in kinds.tolist()])
    return made


def mark(kind: str, ink: Colour, theme: Theme, scale: float) -> pygame.Surface:
    """A point or a ring as it is on the map, alone: for its legend. `kind` is "seen", "unseen" or "wrong"."""
    return _stamp(kind, ink, theme, scale, parts=1)[0]


def edge(theme: Theme) -> Colour:
    """What sets a point off from the ink of its own class."""
    return (255, 255, 255) if theme.light else (8, 8, 22)


def _kept(network: Network, theme: Theme, side: int, scale: float, axes: Axes) -> _Kept:
    dots = points(network, theme, side, scale, axes)
    return _Kept(
        dots, plane(network, axes), unseen(network), _stamp("wrong", theme.text, theme, scale), _corners(side, scale)
    )


def _corners(side: int, scale: float) -> pygame.Surface:
    """What the map is multiplied by, so that its corners are round: white, premultiplied."""
    mask = pygame.Surface((side, side), pygame.SRCALPHA)
    mask.fill((255, 255, 255))
    radius = min(side // 2, max(1, round(CORNER * scale)))
    large = pygame.Surface((2 * FINE * radius, 2 * FINE * radius), pygame.SRCALPHA)
    pygame.draw.circle(large, (255, 255, 255), (FINE * radius, FINE * radius), FINE * radius)
    disc = pygame.transform.smoothscale(large.premul_alpha(), (2 * radius, 2 * radius))
    for right in (0, 1):
        for down in (0, 1):
            at = (right * (side - radius), down * (side - radius))
            mask.fill((0, 0, 0, 0), (*at, radius, radius))
            mask.blit(disc, at, (right * radius, down * radius, radius, radius), pygame.BLEND_PREMULTIPLIED)
    return mask


def _stamp(kind: str, ink: Colour, theme: Theme, scale: float, parts: int = FINE) -> Stamp:
    """A point or a ring on a surface of its own: `parts` times `parts` of them, each a part of a pixel further on.

    `kind`: see mark. The first stands in the middle; they go on to the right, then down.
    """
    unit, rim = FINE * scale, edge(theme)
    reach = RING + OUTLINE + STROKE / 2 if kind == "wrong" else UNSEEN + EDGE
    size = 2 * ceil(reach * scale + 0.5)
    made = []
    for place in range(parts * parts):
        large = pygame.Surface((FINE * size, FINE * size), pygame.SRCALPHA)
        at = (FINE * size / 2 + place % parts, FINE * size / 2 + place // parts)
        if kind == "wrong":
            wide = STROKE + 2 * OUTLINE
            pygame.draw.circle(large, rim, at, (RING + wide / 2) * unit, width=max(1, round(wide * unit)))
            pygame.draw.circle(large, ink, at, (RING + STROKE / 2) * unit, width=max(1, round(STROKE * unit)))
        else:
            radius = SEEN if kind == "seen" else UNSEEN
            pygame.draw.circle(large, rim, at, (radius + EDGE) * unit)
            pygame.draw.circle(large, ink, at, radius * unit)
            if kind == "unseen":
                pygame.draw.circle(large, rim, at, EMPTY * unit)
        made.append(pygame.transform.smoothscale(large.premul_alpha(), (size, size)))
    return tuple(made)


def _put(ground: pygame.Surface, places: Places, stamps: Sequence[Stamp]) -> None:
    """One of each of `stamps` at each of `places` in the plane, y upwards, to a part of a pixel."""
    if not len(places):
        return
    middle = np.array([stamp[0].get_width() / 2 for stamp in stamps])[:, None]
    pixels = shares_of(places) * ground.get_width() - middle
    fine = np.round(FINE * np.clip(pixels, -1e6, 1e6)).astype(np.int64)  # what lies far off the map may be anywhere
    which = (fine[:, 0] % FINE + FINE * (fine[:, 1] % FINE)).tolist()
    put = zip(stamps, which, (fine // FINE).tolist(), strict=True)
    ground.fblits([(stamp[part], at) for stamp, part, at in put], pygame.BLEND_PREMULTIPLIED)
