"""The four activation functions a hidden layer can have, each with its slope.

The slope is written in terms of the activation's *output*, because that is what the forward pass keeps:
tanh'(z) = 1 - a², sigmoid'(z) = a (1 - a), where a is the output for z (Bishop 2006, section 5.3).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Activation(NamedTuple):
    """One activation function, applied to every number of an array of any shape.

    `apply` turns weighted sums into outputs, in place; `slope` maps outputs to the derivative at the weighted sums.
    `initial_variance` gives the variance of a layer's random initial weights from its number of inputs and outputs:
    Xavier's rule (Glorot & Bengio 2010) or He's (He et al. 2015).
    """

    name: str
    apply: Callable[[Array], object]
    slope: Callable[[Array], Array]
    initial_variance: Callable[[int, int], float]


def relu(sums: Array) -> None:
    """Keep the positive part."""
    np.maximum(sums, 0.0, out=sums)


def relu_slope(outputs: Array) -> Array:
    """Return 1 where the output is positive and 0 elsewhere; the kink at 0 counts as 0."""
    return np.sign(outputs)


def sigmoid(sums: Array) -> None:
    """Become 1 / (1 + exp(-sums)), written with tanh so that it cannot overflow."""
    sums *= 0.5
    np.tanh(sums, out=sums)
    sums *= 0.5
    sums += 0.5


def sigmoid_slope(outputs: Array) -> Array:
    """Return a (1 - a)."""
    return outputs * (1.0 - outputs)


def tanh(sums: Array) -> None:
    """Become the hyperbolic tangent."""
    np.tanh(sums, out=sums)


def tanh_slope(outputs: Array) -> Array:
    """Return 1 - a²."""
    squares: Array = outputs * outputs
    return np.subtract(1.0, squares, out=squares)


def linear(sums: Array) -> None:
    """Stay as they are."""


def linear_slope(outputs: Array) -> Array:
    """Return 1 everywhere."""
    return np.ones_like(outputs)


def xavier(inputs: int, outputs: int) -> float:
    """Return the variance that keeps both signal and gradient alive through tanh-like layers."""
    return 2.0 / (inputs + outputs)


def he(inputs: int, outputs: int) -> float:
    """Return the variance that makes up for the half of its input which ReLU throws away; `outputs` plays no part."""
    return 2.0 / inputs


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("tanh", tanh, tanh_slope, xavier),
        Activation("relu", relu, relu_slope, he),
        Activation("sigmoid", sigmoid, sigmoid_slope, xavier),
        Activation("linear", linear, linear_slope, xavier),
    )
}
