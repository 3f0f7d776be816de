"""Which neurons of a large network are drawn: of each large layer some, each for those about it.

What is drawn of a network then costs the same at any size. A neuron that stands for others is as active as the most
active of them, and the links of all of them meet in it.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

import numpy as np
from numpy.typing import NDArray

MOST = 1200  # neurons that are drawn
PICTURE = 25  # inputs from which a square number of them is a picture, whose rows stay rows

Index = NDArray[np.int64]
Values = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class StandIns:
    """Of a network of `layers` neurons, `drawn` are drawn; `neurons` int64 [drawn] says which, in their order.

    `group` int64 [neurons] says for each neuron which of those stands for it.
    """

    layers: tuple[int, ...]
    drawn: tuple[int, ...]
    neurons: Index
    group: Index

    @property
    def all(self) -> bool:
        """Whether every neuron is drawn."""
        return self.drawn == self.layers

    def of(self, layer: Index, number: Index) -> Index:
        """Which one stands for the neurons of these numbers in these layers: int64, as long as both."""
        first = np.cumsum((0, *self.layers[:-1]))
        return self.group[first[layer] + number]

    def loudest(self, values: Values) -> Values:
        """The greatest value of those that each one stands for: float32 [neurons] to float32 [drawn]."""
        if self.all:
            return values
        order, starts = _ordered(self)
        found: Values = np.maximum.reduceat(values[order], starts)
        return found


@lru_cache(maxsize=4)
def stand_ins(layers: tuple[int, ...]) -> StandIns:
    """Those of a network of such layers: each layer has room for as many as there is for all, the small ones whole."""
    most = _room(layers)
    groups, neurons, drawn = list[Index](), list[Index](), list[int]()
    for k, count in enumerate(layers):
        group = _groups(count, most, picture=k == 0)
        groups.append(group + sum(drawn))
        neurons.append(_first(group) + sum(layers[:k]))
        drawn.append(int(group.max()) + 1)
    return StandIns(layers, tuple(drawn), np.concatenate(neurons), np.concatenate(groups))


def _room(layers: tuple[int, ...]) -> int:
    """Neurons that a layer may have drawn, so that all layers together have no more than MOST; at least one."""
    left, most = MOST, MOST
    for place, count in enumerate(sorted(layers)):
        most = max(1, left // (len(layers) - place))
        if count > most:
            return most
        left -= count
    return max(layers)


def _groups(count: int, most: int, *, picture: bool) -> Index:
    """Which of the drawn ones stands for each of `count` neurons."""
    if count <= most:
        return np.arange(count)
    side = isqrt(count)
    if picture and side * side == count >= PICTURE:
        fewer = isqrt(most)
        row, column = (part * fewer // side for part in np.divmod(np.arange(count), side))
        block: Index = row * fewer + column
        return block
    spread: Index = np.arange(count) * most // count
    return spread


def _first(group: Index) -> Index:
    """The first neuron of each group."""
    first = np.full(int(group.max()) + 1, len(group))
    np.minimum.at(first, group, np.arange(len(group)))
    return first


@lru_cache(maxsize=4)
def _ordered(stand_ins: StandIns) -> tuple[Index, Index]:
    """The neurons group by group, and where each group begins."""
    order = np.argsort(stand_ins.group, kind="stable")
    sizes = np.bincount(stand_ins.group)
    return order, np.cumsum(sizes) - sizes
