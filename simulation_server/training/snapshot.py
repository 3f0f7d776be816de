"""What can be said of a network at one moment: how well it does, and what it looks like inside. Changes no weight."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .network import Network
from .split import Part

MOST_ROWS_AT_ONCE = 2048  # keeps the memory of a large file's evaluation below a few megabytes

Single = NDArray[np.float32]


class Measure(NamedTuple):
    """Loss without penalty, accuracy in percent, and confusion (classes, classes): row the truth, column the answer."""

    loss: float
    accuracy: float
    confusion: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class State:
    """The inside of a network after an epoch, in float32, as it is drawn and sent.

    weights[k] (shape[k], shape[k + 1]) and biases[k] (shape[k + 1],) belong to the links into layer k + 1.
    activations[k] (shape[k],) is the mean output of each neuron: scaled inputs first, the answers of the output
    layer (probabilities behind a softmax) last. gradient_norms[k] is the length of d objective / d weights[k].
    Means and gradients are over the training rows, of which the first 2,048 stand for all.
    """

    weights: tuple[Single, ...]
    biases: tuple[Single, ...]
    activations: tuple[Single, ...]
    gradient_norms: Single


def measure(network: Network, part: Part, *, known: list[Array] | None = None) -> Measure:
    """Return how well the network does on that part, taking at most 2,048 rows at a time.

    `known` are the layers of the first 2,048 rows, where the caller has them already.
    """
    classes, rows = part.targets.shape
    total, confusion = 0.0, np.zeros(classes * classes, dtype=np.int64)
    for first in range(0, rows, MOST_ROWS_AT_ONCE):
        chunk = slice(first, first + MOST_ROWS_AT_ONCE)
        layers = known if known and not first else network.forward(part.inputs[:, chunk])
        scores = layers[-1]
        total += network.loss.value(scores, part.targets[:, chunk]) * scores.shape[1]
        pairs = part.labels[chunk] * classes + scores.argmax(axis=0)
        confusion += np.bincount(pairs, minlength=classes * classes)
    square = confusion.reshape(classes, classes)
    return Measure(total / rows, 100.0 * float(np.trace(square)) / rows, square)


def inspect(network: Network, part: Part) -> tuple[Measure, State]:
    """Return how well the network does on that part and what it looks like inside; overwrites only the gradient."""
    layers = network.forward(part.inputs[:, :MOST_ROWS_AT_ONCE])
    state = _state(network, layers, part)
    return measure(network, part, known=layers), state


def is_finite(*measures: Measure, state: State) -> bool:
    """Return whether every number of the measures and of the state is finite, also as float32."""
    losses = np.array([measure.loss for measure in measures], dtype=np.float32)
    arrays = [losses, *state.weights, *state.biases, *state.activations, state.gradient_norms]
    return bool(np.logical_and.reduce(np.isfinite(np.concatenate(arrays, axis=None))))


def _state(network: Network, layers: list[Array], part: Part) -> State:
    network.backward(part.targets[:, :MOST_ROWS_AT_ONCE])
    share = np.full(layers[0].shape[1], 1.0 / layers[0].shape[1])  # a product with it is the mean over the samples
    shown = [*layers[:-1], network.loss.answers(layers[-1])]
    norms = [np.sqrt(np.vdot(gradient, gradient)) for gradient in network.weight_gradients]
    return State(
        weights=_single(network.weights),
        biases=_single(network.biases),
        activations=_single([layer @ share for layer in shown]),
        gradient_norms=np.array(norms, dtype=np.float32),
    )


def _single(arrays: list[Array]) -> tuple[Single, ...]:
    return tuple([array.astype(np.float32) for array in arrays])
