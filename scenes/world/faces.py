"""What each neuron sees, as a small picture: what the balls of the field and the tiles of the flat network wear.

Points of a plane: the neuron's own value over that plane. Pictures: the weights of the first hidden layer, and of
deeper ones the mean of what excites them most. Tables: how its values are spread over each class. Computed from the
weights of the epoch that is shown, once an epoch; knows numbers, neither pixels nor inks.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenes.training.epoch import Floats, Network, State
from scenes.training.inference import given, layers

REACH = 6.4  # the plane that is seen lies within plus and minus this, as TensorFlow Playground's
SIDES = ((2_000, 64), (16_000, 32), (64_000, 16))  # weights up to which a network is asked at so many points a side
PICTURE = 32  # texels of a side, of what is made of pictures and tables
EXCITING = 10  # samples: those that excite a neuron most
DEVIATIONS = 2.0  # of an input, at which it has its full colour
BINS, BLUR = 16, 1.2  # of a spread: bins of values, and how many of them a value is spread over
WIDEST, MOST = 64, 256  # neurons of a layer, and of a network, that have a face: more would be too small to be seen
ZERO = 128  # the level of nothing; 1 is minus one, 255 is plus one

Levels = NDArray[np.uint8]  # [faces, side, side], from the top row


@dataclass(frozen=True, eq=False)
class Question:
    """What a network is asked for its faces, made once a run. `slot` int [neurons]: the face of each, or -1 for none.

    `side` texels; 0 where nobody has a face. `asked` float32 [features, rows].
    """

    network: Network
    side: int
    slot: NDArray[np.int64]
    asked: Floats
    rows: Floats = field(repr=False)  # float32 [rows, pixels], the pictures themselves; else empty
    inputs: Levels = field(repr=False)  # the faces of the inputs, which no epoch changes

    @property
    def count(self) -> int:
        """How many faces there are."""
        return int(self.slot.max(initial=-1)) + 1


@dataclass(frozen=True, eq=False)
class Faces:
    """All faces on their way from one epoch to the next, `share` of it done: what is seen lies between the two."""

    before: Levels
    after: Levels
    share: float = 1.0

    @property
    def now(self) -> Levels:
        """What is seen at this moment."""
        if self.share >= 1 or self.before is self.after:
            return self.after
        if self.share <= 0:
            return self.before
        mixed = self.before + (self.after.astype(np.float32) - self.before) * self.share
        levels: Levels = (mixed + 0.5).astype(np.uint8)
        return levels


def question(network: Network) -> Question:
    """What `network` is to be asked."""
    weights = sum(fan_in * fan_out for fan_in, fan_out in pairwise(network.shape))
    side = next((side for most, side in SIDES if weights <= most), 0)
    side = PICTURE if side and not network.flat else side
    slot = _slots(network) if side else np.full(sum(network.shape), -1)
    if not side or slot.max() < 0 or not (network.flat or len(network.samples)):
        return Question(network, 0, np.full(sum(network.shape), -1), *(np.zeros((0, 0), np.float32),) * 2, _none(0))
    rows = plane(side) if network.flat else network.samples
    asked = given(network, rows)
    pictures = rows if network.side else np.zeros((0, 0), dtype=np.float32)
    made = Question(network, side, slot, asked, pictures, _none(0))
    if slot[0] < 0:  # pixels of pictures are lamps, and inputs beyond count are too small
        return made
    spread = made.asked / DEVIATIONS
    inputs = _maps(spread, side) if network.flat else _spreads(made, spread)
    return Question(network, side, slot, asked, pictures, inputs)


def faces(asked: Question, state: State | None) -> Levels:
    """Those of all neurons that have one, uint8 [faces, side, side]; without a state, the inputs alone."""
    made = np.full((asked.count, asked.side, asked.side), ZERO, dtype=np.uint8)
    if len(asked.inputs):
        made[: len(asked.inputs)] = asked.inputs
    if state is None or not asked.count:
        return made
    first, last = asked.network.shape[0], len(asked.network.shape) - 2
    for k, values in enumerate(layers(asked.network, state, asked.asked)):
        slot = int(asked.slot[first])
        first += len(values)
        if slot >= 0:
            made[slot : slot + len(values)] = _of_layer(asked, state, k, values, answers=k == last)
    return made


def plane(side: int) -> Floats:
    """The points of the plane at which a network is asked: float32 [side * side, 2], row by row from the top."""
    line = (np.arange(side, dtype=np.float32) + 0.5) / side * 2 * REACH - REACH
    x, y = np.meshgrid(line, -line)
    return np.stack([x.ravel(), y.ravel()], axis=1)


def lamps(asked: Question, state: State | None, sample: int) -> Floats:
    """How bright each neuron is while it is shown the picture number `sample`, 0 to 1: float32 [neurons].

    A pixel by its ink, a hidden neuron by its share of the greatest value of its layer, an answer by its probability.
    """
    network = asked.network
    lit = np.zeros(sum(network.shape), dtype=np.float32)
    lit[: network.shape[0]] = np.clip(network.samples[sample], 0, 1)
    if state is not None:
        first, last = network.shape[0], len(network.shape) - 2
        picture = given(network, network.samples[sample : sample + 1])  # `asked` is empty where nobody has a face
        for k, values in enumerate(layers(network, state, picture)):
            size = np.abs(values[:, 0])
            lit[first : first + len(size)] = size if k == last else size / max(float(size.max()), 1e-6)
            first += len(size)
    return lit


def _of_layer(asked: Question, state: State, layer: int, values: Floats, *, answers: bool) -> Levels:
    """The faces of the neurons behind the links of `layer`, whose `values` are float32 [neurons, rows]."""
    network = asked.network
    if network.flat:
        return _maps(values if answers else _held(values), asked.side)
    if network.side:
        return _exciting(asked, values) if layer else _pictures(state.weights[0].T, network.side, asked.side)
    return _spreads(asked, 2 * values - 1 if answers else _held(values))


def _slots(network: Network) -> NDArray[np.int64]:
    """A face for every neuron of the layers that are small enough, as far as they go: int64 [neurons]."""
    slots, used = [], 0
    for k, count in enumerate(network.shape):
        worn = count <= WIDEST and not (k == 0 and network.side) and used + count <= MOST
        slots.append(np.arange(used, used + count) if worn else np.full(count, -1))
        used += count if worn else 0
    return np.concatenate(slots)


def _held(values: Floats) -> Floats:
    """The values of a layer, divided by its greatest only where that is above 1."""
    return values / max(1.0, float(np.abs(values).max()))


def _levels(values: Floats) -> Levels:
    """-1..1 as 1..255, clipped."""
    levels: Levels = (np.clip(values, -1, 1) * 127 + (ZERO + 0.5)).astype(np.uint8)
    return levels


def _maps(values: Floats, side: int) -> Levels:
    """float32 [neurons, side * side] over the plane."""
    return _levels(values).reshape(len(values), side, side)


def _pictures(values: Floats, pixels: int, side: int) -> Levels:
    """float32 [neurons, pixels * pixels], each divided by its own greatest, as `side` texels a side."""
    greatest = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-6)
    small = _levels(values / greatest).reshape(len(values), pixels, pixels)
    index = np.arange(side) * pixels // side
    return small[:, index[:, None], index]


def _exciting(asked: Question, values: Floats) -> Levels:
    """The mean of the pictures that excite each neuron most: `values` float32 [neurons, rows]."""
    most = min(EXCITING, values.shape[1])
    rows = np.argsort(-values, axis=1, kind="stable")[:, :most]
    means = np.clip(asked.rows, 0, 1)[rows].mean(axis=1)
    return _pictures(means, asked.network.side, asked.side)


def _spreads(asked: Question, values: Floats) -> Levels:
    """A band for each class, from the top: how often each value from -1 to 1 comes, the most frequent in full."""
    labels, classes, side = asked.network.labels, len(asked.network.classes), asked.side
    neurons = len(values)
    bins = ((np.clip(values, -1, 1) + 1) / 2 * (BINS - 1) + 0.5).astype(np.int64)
    at = (np.arange(neurons)[:, None] * classes + labels) * BINS + bins
    counts = np.bincount(at.ravel(), minlength=neurons * classes * BINS).reshape(neurons, classes, BINS)
    line = np.arange(BINS)
    blurred = counts @ np.exp(-(((line[:, None] - line) / BLUR) ** 2))
    share = blurred / np.maximum(blurred.max(axis=2, keepdims=True), 1e-9)
    down, across = np.arange(side) * classes // side, np.arange(side) * BINS // side
    return _levels(share.astype(np.float32))[:, down[:, None], across]


def _none(side: int) -> Levels:
    return np.zeros((0, side, side), dtype=np.uint8)
