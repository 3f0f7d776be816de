"""The arithmetic, against finite differences and against sums done by hand."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulation_server.training.activations import ACTIVATIONS, Array
from simulation_server.training.losses import LOSSES
from simulation_server.training.network import Network

STEP = 1e-4  # change of one parameter in a finite difference
KINK_MARGIN = 0.01  # ReLU and |weight| have a kink at 0, where no derivative exists: samples and weights keep away
RELATIVE, ABSOLUTE = 1e-6, 1e-10  # the second is the rounding of a difference of two objectives near 1

PENALTIES = {"none": (0.0, 0.0), "l1": (0.03, 0.0), "l2": (0.0, 0.05), "both": (0.02, 0.04)}


def build(shape: tuple[int, ...], activation: str, loss: str, penalty: str, seed: int) -> Network:
    generator = np.random.default_rng(seed)
    l1, l2 = PENALTIES[penalty]
    network = Network(shape, activation=ACTIVATIONS[activation], loss=LOSSES[loss], generator=generator, l1=l1, l2=l2)
    network.parameters += generator.normal(0.0, 0.1, network.parameters.shape)
    near = np.abs(network.parameters) < KINK_MARGIN
    network.parameters[near] = 2.0 * KINK_MARGIN
    return network


def samples(network: Network, count: int, seed: int) -> tuple[Array, Array]:
    """Draw inputs and targets, leaving out inputs that bring a hidden sum near the kink."""
    generator = np.random.default_rng(seed)
    inputs = generator.normal(0.0, 1.0, (network.shape[0], count))
    clear = np.ones(count, dtype=bool)
    for layer, weights, biases in zip(network.forward(inputs), network.weights, network.biases, strict=False):
        clear &= np.all(np.abs(weights.T @ layer + biases[:, None]) > KINK_MARGIN, axis=0)
    kept = inputs[:, clear]
    labels = generator.integers(0, network.shape[-1], kept.shape[1])
    return kept, np.eye(network.shape[-1])[:, labels]


def by_finite_differences(network: Network, inputs: Array, targets: Array) -> Array:
    """Return the gradient by central differences of fourth order: (f(-2h) - 8 f(-h) + 8 f(h) - f(2h)) / 12 h."""
    gradient = np.zeros_like(network.parameters)
    for index, value in enumerate(network.parameters.copy()):
        for steps, factor in ((-2, 1.0), (-1, -8.0), (1, 8.0), (2, -1.0)):
            network.parameters[index] = value + steps * STEP
            gradient[index] += factor * network.objective(inputs, targets) / (12.0 * STEP)
        network.parameters[index] = value
    return gradient


@pytest.mark.parametrize(("activation", "loss", "penalty"), list(product(ACTIVATIONS, LOSSES, PENALTIES)))
def test_gradients_equal_finite_differences(activation: str, loss: str, penalty: str) -> None:
    network = build((4, 6, 5, 3), activation, loss, penalty, seed=1)
    inputs, targets = samples(network, 40, seed=2)
    assert inputs.shape[1] >= 10
    network.forward(inputs)
    network.backward(targets)
    expected = by_finite_differences(network, inputs, targets)
    assert np.abs(expected).max() > 1e-3
    np.testing.assert_allclose(network.gradient, expected, rtol=RELATIVE, atol=ABSOLUTE)


@settings(max_examples=40, deadline=None)
@given(
    hidden=st.lists(st.integers(1, 6), max_size=8),
    ends=st.tuples(st.integers(1, 5), st.integers(2, 4)),
    activation=st.sampled_from(list(ACTIVATIONS)),
    loss=st.sampled_from(list(LOSSES)),
    penalty=st.sampled_from(list(PENALTIES)),
    seed=st.integers(0, 10_000),
)
def test_gradients_of_any_shape_equal_finite_differences(
    hidden: list[int], ends: tuple[int, int], activation: str, loss: str, penalty: str, seed: int
) -> None:
    network = build((ends[0], *hidden, ends[1]), activation, loss, penalty, seed)
    inputs, targets = samples(network, 6, seed + 1)
    assume(inputs.shape[1] > 0)
    network.forward(inputs)
    network.backward(targets)
    expected = by_finite_differences(network, inputs, targets)
    np.testing.assert_allclose(network.gradient, expected, rtol=RELATIVE, atol=ABSOLUTE)


def test_forward_is_the_weighted_sum_through_the_activation() -> None:
    network = build((2, 1, 2), "tanh", "cross-entropy", "none", seed=0)
    network.parameters[:] = [0.5, -1.0, 0.25, 2.0, -2.0, 0.1, 0.2]  # weights 2x1, a bias, weights 1x2, two biases
    layers = network.forward(np.array([[1.0], [2.0]]))
    hidden = np.tanh(0.5 * 1.0 - 1.0 * 2.0 + 0.25)
    np.testing.assert_allclose(layers[1], [[hidden]])
    np.testing.assert_allclose(layers[2], [[2.0 * hidden + 0.1], [-2.0 * hidden + 0.2]])


def test_an_update_with_momentum_remembers_the_step_before() -> None:
    network = build((1, 2), "linear", "mean-squared-error", "none", seed=0)
    network.parameters[:] = 0.0
    network.gradient[:] = 1.0
    network.update(learning_rate=0.1, momentum=0.5)
    network.update(learning_rate=0.1, momentum=0.5)
    np.testing.assert_allclose(network.parameters, -0.1 - (0.05 + 0.1))


def test_the_penalty_leaves_biases_alone() -> None:
    network = build((2, 3), "linear", "cross-entropy", "both", seed=3)
    free = build((2, 3), "linear", "cross-entropy", "none", seed=3)
    inputs, targets = samples(network, 8, seed=4)
    for each in (network, free):
        each.forward(inputs)
        each.backward(targets)
    np.testing.assert_array_equal(network.bias_gradients[0], free.bias_gradients[0])
    assert np.all(network.weight_gradients[0] != free.weight_gradients[0])


@pytest.mark.parametrize(("activation", "variance"), [("relu", 2.0 / 60), ("tanh", 2.0 / (60 + 50))])
def test_initial_weights_have_the_variance_of_he_or_xavier(activation: str, variance: float) -> None:
    network = Network(
        (60, 50, 2),
        activation=ACTIVATIONS[activation],
        loss=LOSSES["cross-entropy"],
        generator=np.random.default_rng(5),
    )
    assert network.weights[0].var() == pytest.approx(variance, rel=0.1)
    assert not any(biases.any() for biases in network.biases)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_activations_stay_finite_for_huge_sums(name: str) -> None:
    outputs = np.array([-1e300, -800.0, 0.0, 800.0, 1e300])
    ACTIVATIONS[name].apply(outputs)
    assert np.isfinite(outputs).all()


def test_cross_entropy_stays_finite_for_huge_scores() -> None:
    scores, targets = np.array([[1e5, -1e5], [-1e5, 1e5]]), np.array([[1.0, 1.0], [0.0, 0.0]])
    assert LOSSES["cross-entropy"].value(scores, targets) == pytest.approx(1e5)
    np.testing.assert_array_equal(LOSSES["cross-entropy"].answers(scores), np.eye(2))
