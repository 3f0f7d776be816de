"""How strong each link and each neuron of a network is: what the field and the flat network draw of a state."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scenes.kit.distinct import distinct
from scenes.training.epoch import State

from .stand_ins import stand_ins

MOST_LINKS = 600  # that the field draws: the strongest of the network; the rest would be too faint to see
MOST = 240  # that the flat network draws of a large one: more are a carpet that says nothing
CROWDED, LOUDEST = 8, 6  # neurons from which a hidden layer is crowded, and those of it that stand out
PART = 1 << 16  # links that are looked at in one go
SILENT = 1e-6  # an activation below this is rounding: scaled inputs have a mean of nothing

Rows = NDArray[np.float32]
Index = NDArray[np.int64]


@cache
def every(count: int) -> Index:
    """All links of a network that has so many: int64 [count], read-only, the same object each time."""
    return _fixed(np.arange(count))


@cache
def some(count: int, most: int) -> Index:
    """An even choice of at most `most` of `count` links, for a network at rest; all of them where they are few."""
    return every(count) if count <= most else _fixed(np.arange(0, count, apart(count, most)))


def apart(count: int, most: int) -> int:
    """How far apart in their order the links of that choice are."""
    return -(-count // most)


@dataclass(frozen=True, eq=False)
class Strengths:
    """Shares of the greatest of their layer, 0 to 1: of each link that is drawn, and of each neuron.

    Neurons are those that are drawn (see stand_ins). `count` links has the network, `index` int64 [links] says which of
    them these are, in their order: the strongest, of a small network all. `links`, float32 [5, links]: the size of
    each; its sign, -1 or 1; 1 if it is strong enough to be drawn in the field, and in the panel, else 0; what flows
    along it. `neurons`, float32 [2, drawn]: how active it is; 1 if it stands out: of a crowded hidden layer the loudest
    few, else all. They lie between while they change.
    """

    count: int
    index: Index
    links: Rows
    neurons: Rows

    @property
    def size(self) -> Rows:
        """float32 [links]."""
        return _row(self.links, 0)

    @property
    def sign(self) -> Rows:
        """float32 [links]."""
        return _row(self.links, 1)

    @property
    def in_field(self) -> Rows:
        """float32 [links]."""
        return _row(self.links, 2)

    @property
    def in_panel(self) -> Rows:
        """float32 [links]."""
        return _row(self.links, 3)

    @property
    def flow(self) -> Rows:
        """float32 [links]."""
        return _row(self.links, 4)

    @property
    def felt(self) -> Rows:
        """float32 [neurons]."""
        return _row(self.neurons, 0)

    @property
    def prominent(self) -> Rows:
        """float32 [neurons]."""
        return _row(self.neurons, 1)

    def fits(self, other: "Strengths") -> bool:
        """Whether both are of networks of one size."""
        return self.count == other.count and self.neurons.shape == other.neurons.shape

    def of(self, index: Index) -> "Strengths":
        """Those of the links in `index`, ascending; one that is not among these is too weak to be drawn."""
        if index is self.index:
            return self
        links = np.zeros((5, len(index)), dtype=np.float32)
        links[1] = 1.0
        at = np.searchsorted(self.index, index)
        at[at == len(self.index)] = 0
        known = self.index[at] == index if len(self.index) else np.zeros(len(index), dtype=bool)
        links[:, known] = self.links[:, at[known]]
        return Strengths(self.count, index, links, self.neurons)

    @property
    def drawn(self) -> Index:
        """Which of them are drawn anywhere: int64 [links]."""
        return self.index[(self.in_field + self.in_panel) > 0]

    def towards(self, other: "Strengths", share: float) -> "Strengths":
        """`share` of the way to `other`, which must fit and have the same links; see `paired`."""
        part = np.float32(share)
        links: Rows = self.links + (other.links - self.links) * part
        neurons: Rows = self.neurons + (other.neurons - self.neurons) * part
        return Strengths(self.count, self.index, links, neurons)

    def colours(self, negative: tuple[float, ...], positive: tuple[float, ...]) -> Rows:
        """The colour of each weight's sign, 0 to 1 as the two that are given: float32 [links, 3]."""
        share = (0.5 + 0.5 * self.sign)[:, None]
        ends = np.array((negative, positive), dtype=np.float32)
        colours: Rows = ends[0] * (1 - share) + ends[1] * share
        return colours


def strengths(state: State) -> Strengths:
    """Those of the network after one epoch; a layer below `SILENT` shows silence.

    What flows along a link is its share of the gradient: the weight, times the length of its layer's gradient.
    """
    per_layer = _share(state.gradient_norms)
    index, signed = _strongest_links([layer.ravel() for layer in state.weights])
    size, count = np.abs(signed), sum(layer.size for layer in state.weights)
    norm = per_layer[np.searchsorted(np.cumsum([layer.size for layer in state.weights]), index, side="right")]
    sign = np.where(signed >= 0, np.float32(1), np.float32(-1))
    felt = np.concatenate([np.abs(_share(layer)) for layer in state.activations])
    drawn = stand_ins(tuple(map(len, state.activations)))
    in_field = np.ones(len(index), dtype=np.float32)
    return Strengths(
        count,
        index,
        np.stack([size, sign, in_field, _strongest(size, MOST), size * norm]),
        np.stack([drawn.loudest(felt), drawn.loudest(prominent(state.activations))]),
    )


def _strongest_links(weights: Sequence[Rows]) -> tuple[Index, Rows]:
    """The strongest links, at most MOST_LINKS, in their order, and each one's share of the greatest of its layer.

    `weights`: float32 [links] a layer. int64 and float32 [found]. Of many links a part at a time is looked at, in
    memory that is used again: nothing as large as the network is made.
    """
    index, shares, first = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), 0
    size, least = np.empty(PART, dtype=np.float32), 0.0
    for layer in weights:
        greatest = max(float(layer.max()), -float(layer.min()), SILENT)
        for begin in range(0, len(layer), PART):
            part = layer[begin : begin + PART]
            strong = np.flatnonzero(np.abs(part, out=size[: len(part)]) >= least * greatest)
            index = np.concatenate([index, strong + (first + begin)])
            shares = np.concatenate([shares, part[strong] / np.float32(greatest)])
            if len(index) > MOST_LINKS:
                kept = np.sort(np.argpartition(np.abs(shares), -MOST_LINKS)[-MOST_LINKS:])
                index, shares = index[kept], shares[kept]
                least = float(np.abs(shares).min())
        first += len(layer)
    return (every(first) if first <= MOST_LINKS else index), shares


def paired(one: Strengths, other: Strengths) -> tuple[Strengths, Strengths]:
    """Both with the links that are drawn of either, so that one can turn into the other."""
    if one.index is other.index:
        return one, other
    index = distinct(one.drawn, other.drawn)
    return one.of(index), other.of(index)


def prominent(activations: Sequence[Rows]) -> Rows:
    """1 for the neurons that stand out, else 0: float32 [neurons]. `activations`: float32 [neurons] a layer."""
    last = len(activations) - 1
    hidden = [0 < layer < last and len(values) > CROWDED for layer, values in enumerate(activations)]
    return np.concatenate(
        [
            _strongest(np.abs(values), LOUDEST) if crowded else np.ones(len(values), dtype=np.float32)
            for values, crowded in zip(activations, hidden, strict=True)
        ]
    )


def _strongest(size: Rows, most: int) -> Rows:
    """1 for the `most` largest, 0 for the rest."""
    chosen = np.ones(len(size), dtype=np.float32)
    if len(size) > most:
        chosen[np.argpartition(size, -most)[:-most]] = 0
    return chosen


def _row(rows: Rows, number: int) -> Rows:
    row: Rows = rows[number]
    return row


def _share(values: Rows) -> Rows:
    return values / max(float(np.abs(values).max()), SILENT)


def _fixed(index: Index) -> Index:
    index.flags.writeable = False
    return index
