"""The 3D field: neurons, links and motes as rows, and the systems that move them. Knows numbers, not pixels."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import pi

import numpy as np
from numpy.typing import NDArray

from engine.entities import Entities
from engine.motion import Eased, Glide
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from .transition import BLEND, Transition

LAYERS = (4, 6, 5, 2)  # input, hidden 1, hidden 2, output
SPAN = 3.9  # world units from the first layer to the last
RING = 12  # neurons that a layer may have to stand in a ring; more fill a disc, or a square if they make one
MOTES = 80
CUBE = 4.0  # motes lie within plus and minus this
REST, FULL = 0.2, 0.6  # distortion at progress 0 and 1
SPIN = (0.3, 0.2)  # radians a second about x and y, times the speed below
BUSY, CALM = 1.5, 0.5
SEED = 7  # of the motes' places: the same sky every time

Rows = NDArray[np.float32]


@dataclass
class Field:
    """The rows, and the few numbers that ease between states so that nothing jumps."""

    layers: tuple[int, ...]
    neurons: Entities
    links: Entities
    motes: Entities

    def __post_init__(self) -> None:
        self.layer = self.neurons.layer.astype(int)
        self.begin, self.end = self.links.begin.astype(int), self.links.end.astype(int)  # neurons of each link
        self.transition = Transition()  # what the rows show of the run
        self.presence = Glide(1.0, seconds=BLEND)  # 0 to 1: a field of another shape comes while this one goes
        self.leaving: Field | None = None
        self.distortion = Eased(REST, rate=4.0)
        self.turn = np.zeros(2)  # radians about x and y
        self.turn_before = np.zeros(2)

    @property
    def parts(self) -> list["Field"]:
        """What is drawn: the field that is leaving, if any, and this one."""
        return [self.leaving, self] if self.leaving else [self]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each there are."""
        return {"neurons": self.neurons.count, "links": self.links.count, "particles": self.motes.count}


def network(layers: tuple[int, ...] = LAYERS) -> Field:
    """The field of a fully connected network: each layer upright, linked to the next."""
    places, radius, layer = [], [], []
    for index, count in enumerate(layers):
        flat = _plane(count, index)
        x = np.full(count, SPAN * (index / (len(layers) - 1) - 0.5))
        places.append(np.column_stack([x, flat]))
        radius += [min(0.30 - 0.017 * count, 0.27) if count <= 8 else max(0.062, 0.82 / count**0.5 * 0.62)] * count
        layer += [index] * count
    place = np.concatenate(places)
    phase = np.modf(np.arange(len(place)) * 0.618034)[0]
    neurons = Entities(rest=place, radius=radius, layer=layer, phase=phase)
    return Field(layers, neurons, _links(layers), _motes())


def reshaped(field: Field, layers: tuple[int, ...]) -> Field:
    """A field of another shape that turns and glows as `field` does, so that nothing else jumps."""
    made = network(layers)
    for name in ("distortion", "turn", "turn_before"):
        setattr(made, name, getattr(field, name))
    made.transition.follow(field.transition)
    made.presence = Glide(0.0, seconds=BLEND, target=1.0)
    made.leaving, field.leaving, field.presence.target = field, None, 0.0
    return made


def _plane(count: int, index: int) -> NDArray[np.float64]:
    """Where `count` neurons stand in the plane of their layer: float64 [count, 2]."""
    side = round(count**0.5)
    if count > RING and side * side == count:  # a picture's pixels, the first row on top
        line = np.linspace(-1.05, 1.05, side)
        depth, height = np.meshgrid(line, -line)
        return np.stack([height.ravel(), depth.ravel()], axis=1)
    if count > RING:
        angle, reach = 2.399963 * np.arange(count), 1.2 * np.sqrt((np.arange(count) + 0.5) / count)
    else:
        angle = 2 * pi * (np.arange(count) + 0.5 * (index % 2) + 0.25) / count
        reach = np.full(count, 0.0 if count == 1 else min(1.3, 0.42 + 0.14 * count))
    return np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1)


@lru_cache(maxsize=4)  # of the shapes that are drawn now, or were a moment ago; a large one has a million links
def pairs(layers: tuple[int, ...]) -> NDArray[np.int64]:
    """Each link's layer, and its neuron in that layer and in the next: int64 [links, 3], read-only."""
    blocks = []
    for k, (before, after) in enumerate(pairwise(layers)):
        i, j = np.divmod(np.arange(before * after), after)
        blocks.append(np.column_stack([np.full(before * after, k), i, j]))
    index = np.concatenate(blocks)
    index.flags.writeable = False
    return index


def tick(field: Field, snapshot: Snapshot, dt: float, *, still: bool = False) -> None:
    """Ease the field towards what the snapshot says; `still`, it turns no more by itself."""
    field.transition.tick(snapshot, dt)
    _cross(field, dt)
    field.distortion.target = REST + (FULL - REST) * snapshot.progress
    field.distortion.tick(dt)
    busy = field.transition.at(1.0).busy
    speed = 0.0 if still or snapshot.status is Status.PAUSED else CALM + (BUSY - CALM) * busy
    field.turn_before = field.turn.copy()
    field.turn += np.array(SPIN) * speed * dt


def floating(neurons: Entities, time: float) -> Rows:
    """Where each neuron hovers about its place of rest at `time` seconds: float32 [neurons, 3]."""
    phase = 2 * pi * neurons.phase
    swing = np.stack(
        [0.018 * np.sin(time * 0.7 + phase * 3), 0.045 * np.sin(time + phase), 0.03 * np.cos(time * 0.8 + phase * 2)],
        axis=1,
    )
    places: Rows = (neurons.rest + swing).astype(np.float32)
    return places


def _cross(field: Field, dt: float) -> None:
    field.presence.tick(dt)
    if field.leaving:
        field.leaving.presence.tick(dt)
        if not field.leaving.presence.moving:
            field.leaving = None


def _links(layers: tuple[int, ...]) -> Entities:
    first = np.concatenate([[0], np.cumsum(layers)])
    layer, i, j = pairs(layers).T
    phase = np.modf(np.arange(len(layer)) * 0.754878)[0]
    return Entities(begin=first[layer] + i, end=first[layer + 1] + j, phase=phase)


def _motes() -> Entities:
    random = np.random.default_rng(SEED)
    return Entities(place=random.uniform(-CUBE, CUBE, (MOTES, 3)), phase=random.uniform(0, 1, MOTES))
