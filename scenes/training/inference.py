"""Asks a trained network: the forward pass of docs/protocol.md, on the numbers that were sent. numpy alone."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from .epoch import Floats, Network, State

CLIP = 1000.0  # what the network is given lies within plus and minus this

LARGEST = 1e30  # that a signal is held at where it grew beyond float32

ACTIVATIONS: Mapping[str, Callable[[Floats], Floats]] = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: (1 / (1 + np.exp(-np.clip(z, -60, 60)))).astype(np.float32),
    "linear": lambda z: z,
}
FEATURES: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x²": lambda x, y: x * x,
    "y²": lambda x, y: y * y,
    "xy": lambda x, y: x * y,
    "sin x": lambda x, y: np.sin(x),
    "sin y": lambda x, y: np.sin(y),
}


def layers(network: Network, state: State, given: Floats) -> Iterator[Floats]:
    """What each layer behind the inputs makes of what the network is `given`, float32 [features, rows].

    float32 [neurons, rows] each; the last one holds the probabilities of the classes. Rows lie side by side: a few long
    products are faster than many short ones. Weights may be as large as float32 can be: what grows beyond it is held at
    LARGEST, so that no answer is ever something else than a number.
    Raises KeyError for an activation that is not of the protocol.
    """
    activation, last = ACTIVATIONS[network.activation], len(state.weights) - 1
    signal = given
    for layer, (weights, biases) in enumerate(zip(state.weights, state.biases, strict=True)):
        with np.errstate(over="ignore", invalid="ignore"):
            signal = weights.T @ signal + biases[:, None]
        if not np.isfinite(signal).all():
            signal = np.nan_to_num(signal, nan=0.0, posinf=LARGEST, neginf=-LARGEST)
        signal = activation(signal) if layer < last else _shares(signal)
        yield signal


def answers(network: Network, state: State, given: Floats) -> Floats:
    """Probabilities of each class, float32 [classes, rows], for what the network is `given`: the last of `layers`."""
    *_, told = layers(network, state, given)
    return told


def given(network: Network, rows: Floats) -> Floats:
    """What the network is given of `rows` of samples [rows, columns]: its features, scaled; float32 [features, rows].

    Features are made of (x, y) for points, and are the row itself for everything else.
    Raises KeyError for a feature that is not of the protocol.
    """
    seen = rows.T
    if network.flat:
        x, y = seen
        seen = np.stack([FEATURES[name](x, y) for name in network.features])
    with np.errstate(over="ignore"):  # what is beyond float32 is clipped with the rest
        scaled = (seen - network.offset[:, None]) / network.scale[:, None]
    return np.ascontiguousarray(np.clip(scaled, -CLIP, CLIP), dtype=np.float32)


def _shares(signal: Floats) -> Floats:
    """The softmax of each column."""
    with np.errstate(over="ignore"):
        grown: Floats = np.exp(signal - signal.max(axis=0))
    grown /= grown.sum(axis=0)
    return grown
