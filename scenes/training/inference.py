"""Asks a trained network: the forward pass of docs/protocol.md, on the numbers that were sent. numpy alone."""

from collections.abc import Callable, Mapping

import numpy as np

from .epoch import Floats, Network, State

CLIP = 1000.0  # what the network is given lies within plus and minus this

_ACTIVATIONS: Mapping[str, Callable[[Floats], Floats]] = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: (1 / (1 + np.exp(-np.clip(z, -60, 60)))).astype(np.float32),
    "linear": lambda z: z,
}
_FEATURES: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x²": lambda x, y: x * x,
    "y²": lambda x, y: y * y,
    "xy": lambda x, y: x * y,
    "sin x": lambda x, y: np.sin(x),
    "sin y": lambda x, y: np.sin(y),
}


def answers(network: Network, state: State, rows: Floats) -> Floats:
    """Probabilities of each class, float32 [rows, classes], for `rows` of samples [rows, columns of the samples].

    Raises KeyError for an activation or a feature that is not of the protocol.
    """
    given = features(network, rows)
    signal = np.clip((given - network.offset) / network.scale, -CLIP, CLIP)
    last = len(state.weights) - 1
    for layer, (weights, biases) in enumerate(zip(state.weights, state.biases, strict=True)):
        signal = signal @ weights + biases
        if layer < last:
            signal = _ACTIVATIONS[network.activation](signal)
    grown = np.exp(signal - signal.max(axis=1, keepdims=True))
    shares: Floats = grown / grown.sum(axis=1, keepdims=True)
    return shares


def features(network: Network, rows: Floats) -> Floats:
    """What the network sees of `rows`: made of (x, y) for points, the row itself for everything else."""
    if not network.flat:
        return rows
    x, y = rows.T
    return np.stack([_FEATURES[name](x, y) for name in network.features], axis=1).astype(np.float32)
