"""One sample on its way through a network: forward, the loss, backward, and the update that it alone would make.

Every number is float64 and can be computed again. The step is that of plain gradient descent on this one sample: what
a batch, momentum and penalties add is left out.
"""

from dataclasses import dataclass

import numpy as np

from .epoch import Floats, Network, State
from .inference import answers, given
from .neuron import LARGEST, SLOPES, Array, Gradients, Learned, Pass, Place, gradients, learned_by, loss_of, passed

SAMPLE, FORWARD, LOSS, BACKWARD, UPDATE = "sample", "forward", "loss", "backward", "update"
MOVED = 12  # links of an update that are told of, those that move most


@dataclass(frozen=True)
class Step:
    """One step of the way: `kind` is one of the five above; `layer` is the one that is reached, 0 for the inputs."""

    kind: str
    layer: int


@dataclass(frozen=True, eq=False)
class Term:
    """What one link carries: from neuron `source` of the layer before to the neuron at `target`.

    weight · output = product on the way forward; delta · output = gradient on the way back.
    """

    source: int
    target: Place
    weight: float
    output: float
    product: float
    delta: float
    gradient: float
    after: float  # the weight once the update is made


@dataclass(frozen=True, eq=False)
class SampleWalk:
    """All numbers of the way of `row`, float32 [columns], whose class is `label`; each layer is [neurons, 1].

    `after` is what the same row comes to once the update is made, and `loss_after` its loss then.
    """

    network: Network
    row: Floats
    label: int
    loss_name: str
    rate: float | None  # the learning rate; None where nobody knows it: then there is no update
    before: Learned
    sent: Pass
    loss: float
    learned: Gradients
    updated: Learned
    after: Pass
    loss_after: float

    @property
    def steps(self) -> tuple[Step, ...]:
        """The way, step by step."""
        last = len(self.network.shape) - 1
        there = [Step(FORWARD, layer) for layer in range(1, last + 1)]
        back = [Step(BACKWARD, step.layer) for step in reversed(there)]
        update = [Step(UPDATE, 0)] if self.rate is not None else []
        return (Step(SAMPLE, 0), *there, Step(LOSS, last), *back, *update)

    @property
    def answer(self) -> int:
        """The class that is answered."""
        return int(self.sent.outputs[-1][:, 0].argmax())

    def output(self, place: Place) -> float:
        """What the neuron at `place` puts out."""
        return float(self.sent.outputs[place[0]][place[1], 0])

    def delta(self, place: Place) -> float:
        """d loss / d sum of the neuron at `place`, which is no input."""
        return float(self.learned.deltas[place[0] - 1][place[1], 0])

    def slope(self, place: Place) -> float:
        """d output / d sum of the hidden neuron at `place`."""
        slopes = SLOPES[self.network.activation](self.sent.outputs[place[0]])
        return float(slopes[place[1], 0])

    def comes_back(self, place: Place) -> float:
        """d loss / d output of the hidden neuron at `place`: the deltas behind it, each times its link's weight."""
        layer, index = place
        return float(self.before.weights[layer][index] @ self.learned.deltas[layer][:, 0])

    def term(self, source: int, target: Place) -> Term:
        """What the link from neuron `source` of the layer before to `target` carries."""
        k, j = target[0] - 1, target[1]
        weight, output = float(self.before.weights[k][source, j]), self.output((k, source))
        delta, gradient = self.delta(target), float(self.learned.weights[k][source, j])
        after = float(self.updated.weights[k][source, j])
        return Term(source, target, weight, output, weight * output, delta, gradient, after)

    def terms(self, target: Place, *, back: bool = False, most: int = 1_000_000) -> list[Term]:
        """Of the links into `target`: the largest product first, or on the way `back` the largest gradient."""
        k, j = target[0] - 1, target[1]
        sizes = self.learned.weights[k][:, j] if back else self.before.weights[k][:, j] * self.sent.outputs[k][:, 0]
        order = np.argsort(-np.abs(sizes), kind="stable")[:most].tolist()
        return [self.term(source, target) for source in order]

    def moved(self, most: int = MOVED) -> list[Term]:
        """The links that the update moves most, of all layers."""
        found: list[tuple[float, int, int, int]] = []
        for k, layer in enumerate(self.learned.weights):
            sizes = np.abs(layer).ravel()
            first = np.argsort(-sizes, kind="stable")[:most].tolist()
            found += [(-float(sizes[at]), k, *divmod(at, layer.shape[1])) for at in first]
        return [self.term(i, (k + 1, j)) for _, k, i, j in sorted(found)[:most]]

    def loudest(self, step: Step) -> int:
        """The neuron that a step is told of unless somebody asks for another: where most happens."""
        if step.kind in (LOSS, UPDATE):
            return self.label
        told = self.learned.deltas[step.layer - 1] if step.kind == BACKWARD else self.sent.outputs[step.layer]
        return int(np.abs(told[:, 0]).argmax())


def walked(
    network: Network, state: State, row: Floats, label: int, *, loss: str, rate: float | None = None
) -> SampleWalk:
    """Send `row`, float32 [columns], through the network as `state` has it, and back.

    `loss`: see neuron.gradients; `rate`: the learning rate. Raises KeyError for an unknown activation.
    """
    before, step = learned_by(state), rate or 0.0
    rows, labels = row[None, :].astype(np.float64), np.array([label], dtype=np.uint8)
    sent = passed(network, before, rows)
    with np.errstate(all="ignore"):  # weights may be as large as float32 can be
        found = gradients(network, before, sent, labels, loss)
        learned = Gradients(*(list(map(_held, each)) for each in (found.deltas, found.weights, found.biases)))
        updated = Learned(
            [_held(old - step * new) for old, new in zip(before.weights, learned.weights, strict=True)],
            [_held(old - step * new) for old, new in zip(before.biases, learned.biases, strict=True)],
        )
        after = passed(network, updated, rows)
    return SampleWalk(
        network=network,
        row=row,
        label=label,
        loss_name=loss,
        rate=rate,
        before=before,
        sent=sent,
        loss=loss_of(network, sent, labels, loss),
        learned=learned,
        updated=updated,
        after=after,
        loss_after=loss_of(network, after, labels, loss),
    )


def least_known(network: Network, state: State) -> int:
    """The sample whose class gets the least share: of those that were never learned from, if some are shown."""
    unseen = np.flatnonzero(network.training == 0)
    asked = unseen if len(unseen) else np.arange(len(network.samples))
    shares = answers(network, state, given(network, network.samples[asked]))
    return int(asked[np.argmin(shares[network.labels[asked], np.arange(len(asked))])])


def _held(values: Array) -> Array:
    """The same, with no number that is none, or infinite."""
    held: Array = np.clip(np.nan_to_num(values, nan=0.0), -LARGEST, LARGEST)
    return held
