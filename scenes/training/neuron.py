"""What one neuron of a trained network computes, and what it would learn next; each number can be computed again.

In float64, whatever the states hold. Rows lie side by side: whatever passes through is [neurons, rows].
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .epoch import Network, State
from .inference import given

Array = NDArray[np.float64]
Place = tuple[int, int]  # the layer, 0 for the inputs, and which neuron of it

NEARLY = 0.03  # of its range, within which a neuron that bends both ways is saturated: a step moves it hardly at all
LEAST_ROWS, MOST_PRODUCTS = 50, 4_000_000  # rows that figures are over, at least; weights times rows, at most
CROSS_ENTROPY, SQUARED = "cross-entropy", "mean-squared-error"
LARGEST = 1e30  # that a sum is held at, so that no number is ever infinite

SLOPES: Mapping[str, Callable[[Array], Array]] = {  # d output / d sum, by the output
    "tanh": lambda a: 1 - a * a,
    "relu": np.sign,
    "sigmoid": lambda a: a * (1 - a),
    "linear": np.ones_like,
}
VALUES: Mapping[str, Callable[[Array], Array]] = {  # those of `inference` round to 32 bits
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "linear": lambda z: z,
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(0.5 * z),
}


@dataclass(frozen=True, eq=False)
class Pass:
    """Rows on their way through the network: the sums of each layer behind the inputs, and what each layer puts out.

    `sums` float64 [neurons, rows] a layer of links; `outputs` the same, the inputs first, the probabilities last.
    """

    sums: list[Array]
    outputs: list[Array]


@dataclass(frozen=True, eq=False)
class Learned:
    """What a network has learned: `weights` float64 [fan_in, fan_out] a layer of links, `biases` [neurons]."""

    weights: Sequence[Array]
    biases: Sequence[Array]


@dataclass(frozen=True, eq=False)
class Gradients:
    """How the mean loss changes. `deltas` d loss / d sum of each row, [neurons, rows] a layer of links; `weights`
    [fan_in, fan_out] and `biases` [neurons] are what they come to: delta times the output before, added up."""

    deltas: list[Array]
    weights: list[Array]
    biases: list[Array]


@dataclass(frozen=True, eq=False)
class NeuronFigures:
    """What is told of one neuron, over `rows` rows that the network learns from, or of those that are shown.

    sums, outputs: float64 [rows], its weighted sum and what it puts out; for an input they are the same.
    weights: float64 [inputs], those into it; shares: how much of what comes in is each one's: mean |weight · output|;
    gradients: d mean loss / d weight. `update`: length of the last step of its weights over that of the weights; None
    where nobody knows the step. `saturated`: the share of rows for which a small step would hardly move it. `dead`: it
    gives 0 for every row, and nothing that it learns can reach its weights.
    """

    rows: int
    sums: Array
    outputs: Array
    bias: float | None
    bias_gradient: float | None
    weights: Array
    shares: Array
    gradients: Array
    update: float | None
    saturated: float
    dead: bool


def learned_by(state: State | Learned) -> Learned:
    """The numbers that a state has learned, in float64."""
    if isinstance(state, Learned):
        return state
    return Learned(*([each.astype(np.float64) for each in numbers] for numbers in (state.weights, state.biases)))


def passed(network: Network, state: State | Learned, rows: Array) -> Pass:
    """Send `rows` of samples [rows, columns] through the network. Raises KeyError for an unknown activation."""
    act, last = VALUES[network.activation], len(state.weights) - 1
    sums: list[Array] = []
    outputs: list[Array] = [given(network, rows.astype(np.float32)).astype(np.float64)]
    learned = learned_by(state)
    for k, (weights, biases) in enumerate(zip(learned.weights, learned.biases, strict=True)):
        with np.errstate(over="ignore", invalid="ignore"):
            total = weights.T @ outputs[-1] + biases[:, None]
        sums.append(np.clip(np.nan_to_num(total, nan=0.0), -LARGEST, LARGEST))
        outputs.append(act(sums[-1]) if k < last else _softmax(sums[-1]))
    return Pass(sums, outputs)


def gradients(network: Network, state: State | Learned, sent: Pass, labels: NDArray[np.uint8], loss: str) -> Gradients:
    """The chain rule, from the answers back (Rumelhart, Hinton & Williams 1986), for the mean loss over these rows.

    `loss` is one of CROSS_ENTROPY and SQUARED; penalties on weights are left out.
    """
    slope, count = SLOPES[network.activation], len(labels)
    targets = np.eye(len(network.classes))[labels].T
    if loss == SQUARED:
        delta = (sent.sums[-1] - targets) * (2.0 / targets.size)
    else:
        delta = (sent.outputs[-1] - targets) / count
    deltas, weights, biases = [delta], list[Array](), list[Array]()
    into = learned_by(state).weights
    for k in reversed(range(len(into))):
        weights.insert(0, sent.outputs[k] @ deltas[0].T)
        biases.insert(0, deltas[0].sum(axis=1))
        if k > 0:
            deltas.insert(0, (into[k] @ deltas[0]) * slope(sent.outputs[k]))
    return Gradients(deltas, weights, biases)


def loss_of(network: Network, sent: Pass, labels: NDArray[np.uint8], loss: str) -> float:
    """The mean loss over these rows, without penalties."""
    targets = np.eye(len(network.classes))[labels].T
    if loss == SQUARED:
        return float(np.square(sent.sums[-1] - targets).mean())
    shifted = sent.sums[-1] - sent.sums[-1].max(axis=0)
    return float((np.log(np.exp(shifted).sum(axis=0)) - (shifted * targets).sum(axis=0)).mean())


def learned_from(network: Network) -> NDArray[np.bool_]:
    """Which of the samples the figures are over: those that it learns from; all, where none of those is shown.

    Of a large network the first of them, so many that an epoch's figures take a few milliseconds.
    """
    training = network.training.astype(bool)
    chosen = training if training.any() else np.ones(len(training), dtype=bool)
    links = sum(fan_in * fan_out for fan_in, fan_out in pairwise(network.shape))
    return chosen & (np.cumsum(chosen) <= max(LEAST_ROWS, MOST_PRODUCTS // links))


@lru_cache(maxsize=4)  # of the epoch that is shown and of the next, whichever neuron is looked at
def examined(network: Network, state: State, loss: str) -> tuple[Pass, Gradients]:
    """All samples that count on their way through, and the gradients."""
    chosen = learned_from(network)
    sent = passed(network, state, network.samples[chosen].astype(np.float64))
    return sent, gradients(network, state, sent, network.labels[chosen], loss)


def figures(network: Network, state: State, place: Place, *, loss: str, before: State | None = None) -> NeuronFigures:
    """What is told of the neuron at `place`; `before` is the state one epoch earlier, where it is kept."""
    layer, index = place
    sent, learned = examined(network, state, loss)
    outputs = sent.outputs[layer][index]
    if layer == 0:
        nothing = np.zeros(0)
        return NeuronFigures(len(outputs), outputs, outputs, None, None, nothing, nothing, nothing, None, 0.0, False)
    weights = state.weights[layer - 1][:, index].astype(np.float64)
    incoming = np.abs(weights[:, None] * sent.outputs[layer - 1]).mean(axis=1)
    inner = layer < len(network.shape) - 1
    return NeuronFigures(
        rows=len(outputs),
        sums=sent.sums[layer - 1][index],
        outputs=outputs,
        bias=float(state.biases[layer - 1][index]),
        bias_gradient=float(learned.biases[layer - 1][index]),
        weights=weights,
        shares=incoming / max(float(incoming.sum()), 1e-300),
        gradients=learned.weights[layer - 1][:, index],
        update=_update(weights, before.weights[layer - 1][:, index]) if before else None,
        saturated=float(_saturated(network.activation, outputs).mean()) if inner and len(outputs) else 0.0,
        dead=inner and network.activation == "relu" and bool(len(outputs)) and not bool(outputs.any()),
    )


@lru_cache(maxsize=4)  # it is asked for in every frame
def silenced(state: State, places: frozenset[Place]) -> State:
    """The same network where those neurons say nothing: no link leads on from them. An answer's own sum is 0."""
    weights = [layer.copy() for layer in state.weights]
    biases = [layer.copy() for layer in state.biases]
    activations = [layer.copy() for layer in state.activations]
    for layer, index in places:
        activations[layer][index] = 0.0
        if layer < len(weights):
            weights[layer][index] = 0.0
        else:
            weights[layer - 1][:, index] = biases[layer - 1][index] = 0.0
    return replace(state, weights=tuple(weights), biases=tuple(biases), activations=tuple(activations))


def _update(weights: Array, before: NDArray[np.float32]) -> float:
    length = float(np.linalg.norm(weights))
    return float(np.linalg.norm(weights - before)) / length if length else 0.0


def _saturated(activation: str, outputs: Array) -> NDArray[np.bool_]:
    if activation == "tanh":
        ends: NDArray[np.bool_] = np.abs(outputs) > 1 - 2 * NEARLY
    elif activation == "sigmoid":
        ends = np.abs(outputs - 0.5) > 0.5 - NEARLY
    else:
        ends = outputs == 0 if activation == "relu" else np.zeros(outputs.shape, dtype=bool)
    return ends


def _softmax(sums: Array) -> Array:
    powers: Array = np.exp(sums - sums.max(axis=0))
    powers /= powers.sum(axis=0)
    return powers
