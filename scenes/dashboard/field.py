"""The 3D field: neurons, links and motes as rows, and the systems that move them. Knows numbers, not pixels."""

from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray

from engine.entities import Entities
from engine.motion import Eased
from scenes.theme import Theme, loss_colour, unit
from scenes.training.controller import Snapshot
from scenes.training.lifecycle import Status

LAYERS = (4, 6, 5, 2)  # input, hidden 1, hidden 2, output
SPAN = 3.9  # world units from the first layer to the last
RINGS = (0.92, 1.22, 1.10, 0.62)  # radius of each layer's ring
RADIUS = (0.225, 0.20, 0.21, 0.27)  # of a layer's neurons
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

    neurons: Entities
    links: Entities
    motes: Entities

    def __post_init__(self) -> None:
        self.distortion = Eased(REST, rate=4.0)
        self.loss = Eased(1.0, rate=6.0)
        self.active = Eased(0.0, rate=3.0)  # 1 while a run is shown
        self.busy = Eased(0.0, rate=3.0)  # 1 while it is moving
        self.turn = np.zeros(2)  # radians about x and y
        self.turn_before = np.zeros(2)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each there are."""
        return {"neurons": self.neurons.count, "links": self.links.count, "particles": self.motes.count}


def network(layers: tuple[int, ...] = LAYERS) -> Field:
    """The field of a fully connected network: each layer a ring, linked to the next."""
    places, radius, layer = [], [], []
    for index, count in enumerate(layers):
        angle = 2 * pi * (np.arange(count) + 0.5 * (index % 2) + 0.25) / count
        x = np.full(count, SPAN * (index / (len(layers) - 1) - 0.5))
        places.append(np.stack([x, RINGS[index] * np.cos(angle), RINGS[index] * np.sin(angle)], axis=1))
        radius += [RADIUS[index]] * count
        layer += [index] * count
    place = np.concatenate(places)
    number = np.arange(len(place))
    phase = np.modf(number * 0.618034)[0]
    neurons = Entities(place=place, rest=place, radius=radius, layer=layer, phase=phase)
    return Field(neurons, _links(layers), _motes())


def pairs(layers: tuple[int, ...]) -> NDArray[np.int64]:
    """Each link's layer, and its neuron in that layer and in the next: int64 [links, 3]."""
    return np.array([(k, i, j) for k in range(len(layers) - 1) for i in range(layers[k]) for j in range(layers[k + 1])])


def tick(field: Field, snapshot: Snapshot, dt: float) -> None:
    """Ease the field towards what the snapshot says."""
    busy = snapshot.status is Status.TRAINING
    field.distortion.target = REST + (FULL - REST) * snapshot.progress
    field.active.target = float(snapshot.loss is not None)
    field.busy.target = float(busy)
    if snapshot.loss is not None:
        field.loss.target = snapshot.loss
    for eased in (field.distortion, field.loss, field.active, field.busy):
        eased.tick(dt)
    speed = 0.0 if snapshot.status is Status.PAUSED else CALM + (BUSY - CALM) * field.busy.value
    field.turn_before = field.turn.copy()
    field.turn += np.array(SPIN) * speed * dt


def float_up(neurons: Entities, time: float) -> None:
    """Let each neuron hover about its place of rest; `time` in seconds."""
    rest, phase = neurons.rest, 2 * pi * neurons.phase
    swing = np.stack(
        [0.018 * np.sin(time * 0.7 + phase * 3), 0.045 * np.sin(time + phase), 0.03 * np.cos(time * 0.8 + phase * 2)],
        axis=1,
    )
    neurons.place = rest + swing


def neuron_rows(field: Field, theme: Theme, view: Rows) -> Rows:
    """Rows for the neuron pipeline, the farthest first: float32 [count, 12]."""
    neurons = field.neurons
    hue = np.array([unit(colour) for colour in theme.layers], dtype=np.float32)[neurons.layer.astype(int)]
    glow = np.full(neurons.count, 0.16 + 0.30 * field.active.value + 0.14 * field.busy.value)
    form = np.stack(
        [
            np.full(neurons.count, field.distortion.value),
            neurons.phase,
            np.full(neurons.count, round(3600 / 9) / 3600),
            np.ones(neurons.count),
        ],
        axis=1,
    )
    rows = np.column_stack([neurons.place, neurons.radius, hue, glow, form]).astype(np.float32)
    depth = neurons.place @ view[:3, 2]
    return rows[np.argsort(depth, kind="stable")]


def link_rows(field: Field, theme: Theme, time: float) -> Rows:
    """Rows for the link pipeline: float32 [count, 12]. Opacity breathes as the seed's: .15 + .1 sin 2t."""
    links, place = field.links, field.neurons.place
    begin, end = links.begin.astype(int), links.end.astype(int)
    hue = np.array([unit(colour) for colour in theme.layers], dtype=np.float32)
    own = 0.5 * (hue[field.neurons.layer[begin].astype(int)] + hue[field.neurons.layer[end].astype(int)])
    mood = np.array(unit(loss_colour(field.loss.value)), dtype=np.float32)
    tint = own + (mood - own) * 0.55 * field.active.value
    alpha = np.full(links.count, (0.15 + 0.1 * np.sin(2 * time)) * theme.links * (1.0 + 0.5 * theme.light))
    width = np.full(links.count, 1.3)
    return np.column_stack([place[begin], links.phase, place[end], width, tint, alpha]).astype(np.float32)


def mote_rows(field: Field) -> Rows:
    """Rows for the particle pipeline: float32 [count, 4]."""
    return field.motes.pack("place", "phase")


def mote_spin(time: float) -> NDArray[np.float32]:
    """The slow turn of the whole sky, float32 [4, 4] for row vectors: .02 t about y, .1 sin .01 t about x."""
    y, x = 0.02 * time, 0.1 * np.sin(0.01 * time)
    cy, sy, cx, sx = np.cos(y), np.sin(y), np.cos(x), np.sin(x)
    about_y = np.array([[cy, 0, -sy, 0], [0, 1, 0, 0], [sy, 0, cy, 0], [0, 0, 0, 1]])
    about_x = np.array([[1, 0, 0, 0], [0, cx, sx, 0], [0, -sx, cx, 0], [0, 0, 0, 1]])
    turned: NDArray[np.float32] = (about_y @ about_x).astype(np.float32)
    return turned


def _links(layers: tuple[int, ...]) -> Entities:
    first = np.concatenate([[0], np.cumsum(layers)])
    layer, i, j = pairs(layers).T
    phase = np.modf(np.arange(len(layer)) * 0.754878)[0]
    return Entities(begin=first[layer] + i, end=first[layer + 1] + j, phase=phase)


def _motes() -> Entities:
    random = np.random.default_rng(SEED)
    return Entities(place=random.uniform(-CUBE, CUBE, (MOTES, 3)), phase=random.uniform(0, 1, MOTES))
