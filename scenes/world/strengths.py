"""How strong each link and each neuron of a network is: what the field and the flat network draw of a state."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    """Shares of the greatest of their layer, 0 to 1: of each link and of each neuron.

    `links`, float32 [5, links]: its size; its sign, -1 or 1; 1 if it is strong enough to be drawn in the field, and in
    the panel, else 0; what flows along it. `neurons`, float32 [2, neurons]: how active it is; 1 if it stands out: of a
    crowded hidden layer the loudest few, else all. They lie between while they change.
    """

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
        return self.links.shape == other.links.shape and self.neurons.shape == other.neurons.shape

    def towards(self, other: "Strengths", share: float) -> "Strengths":
        """`share` of the way to `other`, which must fit."""
        some = np.float32(share)
        links: Rows = self.links + (other.links - self.links) * some
        neurons: Rows = self.neurons + (other.neurons - self.neurons) * some
        return Strengths(links, neurons)

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
    sign = np.where(every >= 0, np.float32(1), np.float32(-1))
    felt = np.concatenate([np.abs(_share(layer)) for layer in state.activations])
    return Strengths(
        np.stack([size, sign, _strongest(size, MOST_LINKS), _strongest(size, MOST), np.concatenate(flow)]),
        np.stack([felt, prominent(state.activations)]),
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


def _row(rows: Rows, number: int) -> Rows:
    row: Rows = rows[number]
    return row


def _share(values: Rows) -> Rows:
    return values / max(float(np.abs(values).max()), SILENT)
