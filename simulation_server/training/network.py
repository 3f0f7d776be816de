"""A multi-layer perceptron, written out: forward, backward, update. Knows no data set and decides nothing."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from .activations import Activation, Array
from .losses import Loss


class Network:
    """Fully connected layers of neurons with their weights, gradients and momentum, all in float64.

    `shape` lists the neurons per layer from input to output, for example (4, 6, 5, 2). `weights[k]` is
    (shape[k], shape[k + 1]): row i, column j is the link from neuron i of layer k to neuron j of the next.
    `biases[k]` is (shape[k + 1],). Hidden layers use `activation`; the output layer is linear, and `loss` reads it.

    Every number lives in one flat array, `parameters` (all weights, then all biases); weights and biases are views
    of it, and `gradient` and `velocity` have the same order. So one line updates the whole network.

    Whatever passes through is (neurons, samples), a column per sample, as in the textbook's Wᵀa + b; numpy is quickest
    when the long side comes last.
    """

    def __init__(
        self,
        shape: Sequence[int],
        *,
        activation: Activation,
        loss: Loss,
        generator: np.random.Generator,
        l1: float = 0.0,
        l2: float = 0.0,
    ) -> None:
        self.shape = tuple(shape)
        self.activation, self.loss = activation, loss
        self.l1, self.l2 = l1, l2
        self.links = sum(_links(self.shape))
        self.parameters = np.zeros(self.links + sum(self.shape[1:]))
        self.gradient = np.zeros_like(self.parameters)
        self.velocity = np.zeros_like(self.parameters)
        self._step = np.zeros_like(self.parameters)  # room for what `update` takes off, used again and again
        self.weights, self.biases = _views(self.parameters, self.shape)
        columns = [biases[:, None] for biases in self.biases]
        self._links_and_biases = [(each.T, column) for each, column in zip(self.weights, columns, strict=True)]
        self.weight_gradients, self.bias_gradients = _views(self.gradient, self.shape)
        for weights in self.weights:
            deviation = np.sqrt(activation.initial_variance(*weights.shape))
            weights[:] = generator.normal(0.0, deviation, weights.shape)

    def forward(self, inputs: Array) -> list[Array]:
        """Return what every layer puts out, each (shape[k], samples): the inputs first, the raw scores last."""
        layers = [inputs]
        last = len(self.weights) - 1
        for k, (transposed, biases) in enumerate(self._links_and_biases):
            sums = np.dot(transposed, layers[k])
            sums += biases
            layers.append(self.activation.value(sums) if k < last else sums)
        return layers

    def backward(self, layers: list[Array], targets: Array) -> None:
        """Fill `gradient` with d objective / d parameters, from the layers of `forward` and targets (classes, samples).

        `error` is d loss / d weighted sums, (shape[k + 1], samples), and travels from the output towards the input:
        the chain rule, one layer at a time (Rumelhart, Hinton & Williams 1986).
        """
        error = self.loss.gradient(layers[-1], targets)
        everyone = _ones(error.shape[1])  # a product with ones is numpy's quickest sum over the samples
        for k in reversed(range(len(self.weights))):
            np.dot(layers[k], error.T, out=self.weight_gradients[k])
            np.dot(error, everyone, out=self.bias_gradients[k])
            if k > 0:
                error = np.dot(self.weights[k], error)
                error *= self.activation.slope(layers[k])
        self._add_penalty_gradient()

    def update(self, *, learning_rate: float, momentum: float) -> None:
        """Take one step downhill: the velocity keeps `momentum` of itself and gains -learning rate · gradient."""
        self.velocity *= momentum
        self.velocity -= np.multiply(self.gradient, learning_rate, out=self._step)
        self.parameters += self.velocity

    def objective(self, inputs: Array, targets: Array) -> float:
        """Return what `backward` differentiates: loss + l1 · sum |weight| + l2 / 2 · sum weight²; biases go free."""
        weights = self.parameters[: self.links]
        penalty = self.l1 * np.abs(weights).sum() + 0.5 * self.l2 * (weights @ weights)
        return self.loss.value(self.forward(inputs)[-1], targets) + float(penalty)

    def _add_penalty_gradient(self) -> None:
        weights, gradient = self.parameters[: self.links], self.gradient[: self.links]
        if self.l1:
            gradient += self.l1 * np.sign(weights)
        if self.l2:
            gradient += self.l2 * weights


@lru_cache(maxsize=8)  # of whole batches, the last one, and both parts
def _ones(count: int) -> Array:
    return np.ones(count)


def _links(shape: tuple[int, ...]) -> list[int]:
    return [inputs * outputs for inputs, outputs in pairwise(shape)]


def _views(flat: Array, shape: tuple[int, ...]) -> tuple[list[Array], list[Array]]:
    """Return the weights and the biases of every layer as views into one flat array."""
    ends = np.cumsum([*_links(shape), *shape[1:]])[:-1]
    pieces = np.split(flat, ends)
    depth = len(shape) - 1
    weights = [piece.reshape(shape[k], shape[k + 1]) for k, piece in enumerate(pieces[:depth])]
    return weights, pieces[depth:]
