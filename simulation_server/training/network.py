"""A multi-layer perceptron, written out: forward, backward, update. Knows no data set and decides nothing."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .activations import Activation, Array
from .losses import Loss


class Network:
    """Fully connected layers of neurons with their weights, gradients and momentum, all in float64.

    `shape` lists the neurons per layer from input to output, for example (4, 6, 5, 2). `weights[k]` is
    (shape[k], shape[k + 1]): row i, column j is the link from neuron i of layer k to neuron j of the next.
    `biases[k]` is (shape[k + 1],). Hidden layers use `activation`; the output layer is linear, and `loss` reads it.

    Every number lives in one flat array, `parameters`: layer by layer, the weights and then the biases as one row more,
    the weights of a neuron that always says 1. Weights and biases are views of it; `gradient` and `velocity` have the
    same order. So one line updates the whole network, and one product a layer does weights and biases alike.

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
        self.parameters = np.zeros(sum((inputs + 1) * outputs for inputs, outputs in pairwise(self.shape)))
        self.gradient = np.zeros_like(self.parameters)
        self.velocity = np.zeros_like(self.parameters)
        self._muted: Array | None = None  # 0 for each number that stays 0, else 1
        self._step = np.zeros_like(self.parameters)  # room for what `update` takes off, used again and again
        both, self._gradients = _views(self.parameters, self.shape), _views(self.gradient, self.shape)
        self._transposed = [each.T for each in both]
        self.weights, self.biases = [each[:-1] for each in both], [each[-1] for each in both]
        self.weight_gradients = [each[:-1] for each in self._gradients]
        self.bias_gradients = [each[-1] for each in self._gradients]
        self._rooms: dict[int, _Room] = {}  # by the number of samples: a batch, the last one, either part
        for weights in self.weights:
            deviation = np.sqrt(activation.initial_variance(*weights.shape))
            weights[:] = generator.normal(0.0, deviation, weights.shape)

    def forward(self, inputs: Array) -> list[Array]:
        """Return what every layer puts out, each (shape[k], samples): the inputs first, the raw scores last.

        They are overwritten by the next forward pass of as many samples.
        """
        samples = inputs.shape[1]
        room = self._passed = self._rooms.get(samples) or self._rooms.setdefault(samples, _Room(self.shape, samples))
        room.outputs[0][:] = inputs
        for k, transposed in enumerate(self._transposed, start=1):
            transposed.dot(room.layers[k - 1], room.outputs[k])
            if k < len(self._transposed):
                self.activation.apply(room.outputs[k])
        return room.outputs

    def backward(self, targets: Array) -> None:
        """Fill `gradient` with d objective / d parameters at the last forward pass; targets are (classes, samples).

        `error` is d loss / d weighted sums, (shape[k + 1], samples), and travels from the output towards the input:
        the chain rule, one layer at a time (Rumelhart, Hinton & Williams 1986).
        """
        room = self._passed
        error = self.loss.gradient(room.outputs[-1], targets)
        for k in reversed(range(len(self.weights))):
            room.layers[k].dot(error.T, self._gradients[k])
            if k > 0:
                error = self.weights[k].dot(error)
                error *= self.activation.slope(room.outputs[k])
        if self.l1 or self.l2:
            self._add_penalty_gradient()

    def update(self, *, learning_rate: float, momentum: float) -> None:
        """Take one step downhill: the velocity keeps `momentum` of itself and gains -learning rate · gradient."""
        if self._muted is not None:
            self.gradient *= self._muted
        self.velocity *= momentum
        self.velocity -= np.multiply(self.gradient, learning_rate, out=self._step)
        self.parameters += self.velocity

    def silence(self, places: Sequence[tuple[int, int]]) -> None:
        """Let the neurons at these places, (layer, number) from 0, say nothing: what leads out of them stays 0."""
        if self._muted is None:
            self._muted = np.ones_like(self.parameters)
        muted = _views(self._muted, self.shape)
        for layer, place in places:
            muted[layer][place] = 0.0
        self.parameters *= self._muted
        self.velocity *= self._muted

    def objective(self, inputs: Array, targets: Array) -> float:
        """Return what `backward` differentiates: loss + l1 · sum |weight| + l2 / 2 · sum weight²; biases go free."""
        weights = np.concatenate([each.ravel() for each in self.weights])
        penalty = self.l1 * np.abs(weights).sum() + 0.5 * self.l2 * (weights @ weights)
        return self.loss.value(self.forward(inputs)[-1], targets) + float(penalty)

    def _add_penalty_gradient(self) -> None:
        for weights, gradient in zip(self.weights, self.weight_gradients, strict=True):
            if self.l1:
                gradient += self.l1 * np.sign(weights)
            if self.l2:
                gradient += self.l2 * weights


class _Room:
    """Memory for one forward pass of so many samples: to allocate it anew for each batch costs as much as the sums.

    `outputs[k]` is (shape[k], samples); `layers[k]` is the same with one row more, of ones, for the biases to weigh.
    """

    def __init__(self, shape: tuple[int, ...], samples: int) -> None:
        self.layers = [np.ones((neurons + 1, samples)) for neurons in shape]
        self.outputs = [layer[:-1] for layer in self.layers]


def _views(flat: Array, shape: tuple[int, ...]) -> list[Array]:
    """Return what belongs to each layer, (shape[k] + 1, shape[k + 1]) with the biases as the last row, as views."""
    sizes = [(inputs + 1, outputs) for inputs, outputs in pairwise(shape)]
    ends = np.cumsum([inputs * outputs for inputs, outputs in sizes])[:-1]
    return [piece.reshape(size) for piece, size in zip(np.split(flat, ends), sizes, strict=True)]
