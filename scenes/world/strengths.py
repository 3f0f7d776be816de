"""How strong each link and each neuron of a network is: what the field and the flat network draw of a state."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from scenes.training.epoch import State

MOST_LINKS = 600  # that the field draws: the strongest of the network; the rest would be too faint to see
MOST = 240  # that the flat network draws of a large one: more are a carpet that says nothing
CROWDED, LOUDEST = 8, 6  # neurons from which a hidden layer is crowded, and those of it that stand out
SILENT = 1e-6  # an activation below this is rounding: scaled inputs have a mean of nothing

Rows = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Strengths:
    """Shares of the greatest of their layer, 0 to 1: `size` and `flow` float32 [links], `felt` float32 [neurons].

    `prominent`, float32 [neurons], is 1 for those that stand out: of a crowded hidden layer the loudest few, else all.

    `sign` is that of each weight, -1 or 1; `in_field` and `in_panel` are 1 for the links that are strong enough to be
    drawn there, else 0. All three lie between while they change: float32 [links].
    """

    size: Rows
    sign: Rows
    in_field: Rows
    in_panel: Rows
    flow: Rows
    felt: Rows
    prominent: Rows

    def fits(self, other: "Strengths") -> bool:
        """Whether both are of networks of one size."""
        return len(self.size) == len(other.size) and len(self.felt) == len(other.felt)

    def towards(self, other: "Strengths", share: float) -> "Strengths":
        """`share` of the way to `other`, which must fit."""
        ways = ((getattr(self, each.name), getattr(other, each.name)) for each in fields(self))
        return Strengths(*(one + (two - one) * share for one, two in ways))

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
    weights = [_share(layer).ravel() for layer in state.weights]
    per_layer = _share(state.gradient_norms)
    flow = [np.abs(layer) * norm for layer, norm in zip(weights, per_layer, strict=True)]
    every = np.concatenate(weights)
    size = np.abs(every)
    return Strengths(
        size=size,
        sign=np.where(every >= 0, np.float32(1), np.float32(-1)),
        in_field=_strongest(size, MOST_LINKS),
        in_panel=_strongest(size, MOST),
        flow=np.concatenate(flow).astype(np.float32),
        felt=np.concatenate([np.abs(_share(layer)) for layer in state.activations]),
        prominent=prominent(state.activations),
    )


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


def _share(values: Rows) -> Rows:
    return values / max(float(np.abs(values).max()), SILENT)
