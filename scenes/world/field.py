"""The 3D field: neurons, links and motes as rows, and the systems that move them. Knows numbers, not pixels."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import fmod, pi

import numpy as np
from numpy.typing import NDArray

from engine.entities import Entities
from engine.motion import Eased, Glide
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from .lamps import Lamps
from .stand_ins import stand_ins
from .strengths import CROWDED, Index, every
from .transition import BLEND, Transition

LAYERS = (4, 6, 5, 2)  # input, hidden 1, hidden 2, output
SPAN, HEIGHT = 4.9, 3.45  # world units that the network takes from left to right, and from top to bottom
RAISED = 0.22  # units that its middle lies above that of the view: the names of the layers stand below
COLUMN, NAMED = 8, 16  # neurons that stand in one column at most; of inputs and answers, which have names
FARTHEST_APART = 1.25  # units between two neurons of a column
LARGEST = 0.40  # units, the radius of a neuron
LEAST_GAP = 0.35  # of the room of a layer, that is kept free between two at least
DEEP = 0.16  # units that neighbours in a column stand before and behind each other
HALO = 1.5  # radii that the halo of a neuron reaches, and the largest that stands out with it
HOVERS = 20 * pi  # seconds after which every one of a neuron's swings has come to its beginning
HOVER = 0.05  # units that a neuron hovers about its place
MOTES = 80
MOST_MOTES = 4000  # that are drawn: more are dust in front of everything
CUBE = 4.0  # motes lie within plus and minus this
REST, FULL = 0.2, 0.6  # distortion at progress 0 and 1
SPIN = (0.3, 0.2)  # radians a second about x and y, times the speed below
BUSY, CALM = 1.5, 0.5
SEED = 7  # of the motes' places: the same sky every time

Rows = NDArray[np.float32]
Links = tuple[Index, Index, NDArray[np.float64]]


@dataclass
class Field:
    """The rows, and the few numbers that ease between states so that nothing jumps."""

    layers: tuple[int, ...]
    neurons: Entities
    motes: Entities
    particles: int = MOTES  # of which the motes are drawn

    def __post_init__(self) -> None:
        self.stand_ins = stand_ins(self.layers)  # the neurons are those
        self.layer = self.neurons.layer.astype(int)
        self.link_count = sum(before * after for before, after in pairwise(self.layers))
        self._ends: tuple[Index, Links] | None = None  # what was asked for last
        last = len(self.layers) - 1
        wide = np.array([0 < k < last and count > CROWDED for k, count in enumerate(self.layers)])
        self.receding = wide[self.layer]  # neurons of crowded layers
        self.crowded = bool(wide.any())
        self.transition = Transition()  # what the rows show of the run
        self.lamps = Lamps()
        self.presence = Glide(1.0, seconds=BLEND)  # 0 to 1: a field of another shape comes while this one goes
        self.leaving: Field | None = None
        self.distortion = Eased(REST, rate=4.0)
        self.turn = np.zeros(2)  # radians about x and y
        self.turn_before = np.zeros(2)

    @property
    def parts(self) -> list["Field"]:
        """What is drawn: the field that is leaving, if any, and this one."""
        return [self.leaving, self] if self.leaving else [self]

    def links(self, index: Index) -> Links:
        """From which neuron to which those links go, and the phase of each: int64, int64 and float64 [links]."""
        if self._ends is None or self._ends[0] is not index:
            layer, i, j = pairs(self.layers, index)
            ends = self.stand_ins.of(layer, i), self.stand_ins.of(layer + 1, j)
            self._ends = index, (*ends, np.modf(index * 0.754878)[0])
        return self._ends[1]

    def place(self, drawn: int) -> tuple[int, int]:
        """The layer, and the number in it, of a neuron that is drawn."""
        layer = int(self.layer[drawn])
        return layer, int(self.stand_ins.neurons[drawn]) - sum(self.layers[:layer])

    def drawn(self, place: tuple[int, int]) -> int:
        """Which of the neurons that are drawn is the one at `place`, or stands for it."""
        return int(self.stand_ins.group[sum(self.layers[: place[0]]) + place[1]])

    @cached_property
    def lights(self) -> NDArray[np.float64]:
        """The spheres that hold each neuron with its halo, wherever it hovers: float64 [neurons, 5], xyz 1, radius."""
        reach = HALO * self.neurons.radius + HOVER
        return np.column_stack([self.neurons.rest, np.ones(self.neurons.count), reach])

    @property
    def counts(self) -> dict[str, int]:
        """How many of each there are."""
        return {"neurons": sum(self.layers), "links": self.link_count, "particles": self.particles}


def network(layers: tuple[int, ...] = LAYERS, *, particles: int = MOTES) -> Field:
    """The field of a fully connected network: each layer upright, from left to right, linked to the next."""
    drawn = stand_ins(layers).drawn
    blocks = [_block(count, k, len(layers)) for k, count in enumerate(drawn)]
    wide = np.array([float(np.ptp(places[:, 0])) + 2 * radius for places, radius in blocks])
    least = LEAST_GAP * SPAN / (len(layers) - 1)
    squeezed = min(1.0, (SPAN - least * (len(layers) - 1)) / float(wide.sum()))
    wide *= squeezed
    gap = (SPAN - float(wide.sum())) / (len(layers) - 1)
    middles = np.cumsum(wide + gap) - gap - wide / 2 - SPAN / 2
    places = [places * (squeezed, 1.0, 1.0) + (x, 0.0, 0.0) for (places, _), x in zip(blocks, middles, strict=True)]
    place = np.concatenate(places)
    radius = np.repeat([radius * squeezed for _, radius in blocks], drawn)
    layer = np.repeat(np.arange(len(layers)), drawn)
    phase = np.modf(np.arange(len(place)) * 0.618034)[0]
    neurons = Entities(rest=place, radius=radius, layer=layer, phase=phase)
    return Field(layers, neurons, _motes(min(particles, MOST_MOTES)), particles)


def reshaped(field: Field, layers: tuple[int, ...]) -> Field:
    """A field of another shape that turns and glows as `field` does, so that nothing else jumps."""
    made = network(layers, particles=field.particles)
    for name in ("distortion", "turn", "turn_before"):
        setattr(made, name, getattr(field, name))
    made.transition.follow(field.transition)
    made.presence = Glide(0.0, seconds=BLEND, target=1.0)
    made.leaving, field.leaving, field.presence.target = field, None, 0.0
    return made


def _block(count: int, layer: int, layers: int) -> tuple[NDArray[np.float64], float]:
    """Where the neurons of one layer stand about its middle, float64 [count, 3], and the radius there is room for.

    One column, or as many as a large layer needs; the pixels of a picture stand as in the picture.
    """
    side = round(count**0.5)
    most = NAMED if layer in (0, layers - 1) else COLUMN
    picture = layer == 0 and side * side == count >= 25
    if picture:
        rows, high = side, 0.62 * HEIGHT
    else:
        rows, high = min(count, max(most, round((2.4 * count) ** 0.5))), HEIGHT
    across = -(-count // rows)
    rows = -(-count // across)
    apart = min(FARTHEST_APART, high / rows)
    index = np.arange(count)
    column, row = (index % across, index // across) if layer == 0 else (index // rows, index % rows)
    x, y = (column - (across - 1) / 2) * apart, ((rows - 1) / 2 - row) * apart + RAISED
    z = DEEP * ((row + layer) % 2 * 2 - 1) * min(1.0, apart) * (not picture and count > 1)
    return np.column_stack([x, y, z]), min(LARGEST, 0.465 * apart)


def pairs(layers: tuple[int, ...], index: Index | None = None) -> Index:
    """The layer of each link in `index`, or of all, its neuron there and that in the next layer: int64 [3, links].

    Links are counted layer by layer, those of one neuron after the other.
    """
    widths = np.array(layers)
    ends = np.cumsum(widths[:-1] * widths[1:])
    index = every(int(ends[-1])) if index is None else index
    layer = np.searchsorted(ends, index, side="right")
    i, j = np.divmod(index - (ends - widths[:-1] * widths[1:])[layer], widths[1:][layer])
    return np.stack([layer, i, j])


def tick(field: Field, snapshot: Snapshot, dt: float, *, still: bool = False, pace: float = 1.0) -> None:
    """Ease the field towards what the snapshot says; `still`, it turns no more by itself.

    Pictures come one after the other by `pace` of the time.
    """
    field.transition.tick(snapshot, dt)
    field.lamps.tick(field.transition.question, snapshot.state, dt, pace=pace)
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
    time = fmod(time, HOVERS)  # beside the phases it becomes float32, which knows no frames after some weeks
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


def _motes(count: int) -> Entities:
    random = np.random.default_rng(SEED)
    return Entities(place=random.uniform(-CUBE, CUBE, (count, 3)), phase=random.uniform(0, 1, count))
