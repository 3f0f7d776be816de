"""Trains a network, one epoch at a time, and says how it ended. Reads no clock and sends nothing."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from .activations import ACTIVATIONS, Array
from .changes import Change, check_neurons, told
from .datasets import ANIMALS, CLOUD_NAMES, COLOURS, CSV, DIGITS, Dataset, cloud, digits
from .everyday import animals, colours
from .losses import LOSSES
from .network import Network
from .parameters import Parameters, Row, checked
from .points import seen
from .snapshot import State, inspect, is_finite, measure
from .split import Part, Split, split

LOSS_BOUND = 1.5  # times the loss before training, or of guessing if that is greater

COMPLETE, DIVERGED, CANCELLED = "complete", "diverged", "cancelled"
_DATA, _SPLIT, _WEIGHTS, _ORDER = range(4)  # independent streams of random numbers, all from the one seed


@dataclass(frozen=True, eq=False)
class Epoch:
    """One epoch's figures, measured after its last batch: losses in the loss's own unit, accuracies in percent.

    Training figures are over all training rows and validation figures over all validation rows; the penalty of
    l1 and l2 is left out, so that the two can be compared. `confusion` counts validation rows, (truth, answer).
    """

    number: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    learning_rate: float
    confusion: NDArray[np.int64]
    state: State


@dataclass(frozen=True)
class Outcome:
    """How a run ended: status complete, diverged or cancelled, the reason in words, and the epochs it had."""

    status: str
    reason: str
    epochs: int


def prepare(parameters: Parameters, *, table: Dataset | None = None) -> Split:
    """Return the rows a run learns from, split and scaled; `table` is the data set of a user's file.

    ValueError if a parameter is out of bounds, or the data set is `csv` and no table is given.
    """
    parameters = checked(parameters)
    if parameters.dataset == DIGITS:
        dataset = digits()
    elif parameters.dataset == ANIMALS:
        dataset = animals()
    elif parameters.dataset == COLOURS:
        generator = _stream(parameters.seed, _DATA)
        dataset = colours(generator=generator, noise=parameters.noise, count=parameters.points)
    elif parameters.dataset != CSV:
        dataset = _cloud(parameters)
    elif table is not None:
        dataset = table
    else:
        raise ValueError("dataset csv needs rows: read the file first and hand its table over")
    own = parameters.own_rows
    dataset = _with_rows(dataset, own, parameters.features) if own else dataset
    generator = _stream(parameters.seed, _SPLIT)
    return split(dataset, fraction=parameters.split, generator=generator, learned=len(own))


def network_shape(parameters: Parameters, data: Split) -> tuple[int, ...]:
    """Return the neurons per layer from input to output, for example (4, 6, 5, 2)."""
    hidden = data.dataset.hidden_layers if parameters.layers is None else parameters.layers
    shape = (len(data.dataset.features), *hidden, len(data.dataset.classes))
    check_neurons(parameters.journal, shape)
    return shape


def train(parameters: Parameters, data: Split | None = None) -> Generator[Epoch, None, Outcome]:
    """Yield every epoch as it is computed and return the outcome; close the generator to cancel.

    Equal arguments give bit-identical epochs (on one machine: other processors may round the last bit differently), and
    so do those that differ in `changes` alone, or in `epochs`, up to the first of them that differs.
    A run that diverges is no error: its last epoch carries the last finite values, and the outcome says why.
    No value is ever infinite or not a number. ValueError if a parameter is out of bounds.
    """
    parameters = checked(parameters)
    data = prepare(parameters) if data is None else data
    network, order = _untrained(parameters, data), _stream(parameters.seed, _ORDER)
    bound = LOSS_BOUND * _starting_loss(network, data.training)
    journal = {change.after_epoch + 1: change for change in parameters.journal}
    for number in range(1, parameters.epochs + 1):
        if number in journal:
            parameters = _turned(network, parameters, journal[number])
        before = network.parameters.copy()
        with np.errstate(all="ignore"):  # what overflows is found by looking, not by a warning
            _learn(network, data.training, parameters, order)
            epoch = _measured(network, data, parameters, number)
        if epoch is None:
            yield _last_finite(network, before, data, parameters, number)
            return Outcome(DIVERGED, _reason("the numbers grew past all bounds", parameters, number), number)
        yield epoch
        if epoch.loss > bound:
            return Outcome(DIVERGED, _reason(f"the loss rose to {epoch.loss:.3g}", parameters, number), number)
    return Outcome(COMPLETE, "all epochs are trained", parameters.epochs)


def _turned(network: Network, parameters: Parameters, change: Change) -> Parameters:
    """The parameters after a change, which the network has heard of."""
    if silent := told(change.silent, ()):
        network.silence(silent)
    network.l1, network.l2 = told(change.l1, network.l1), told(change.l2, network.l2)
    return msgspec.structs.replace(
        parameters,
        learning_rate=told(change.learning_rate, parameters.learning_rate),
        batch_size=told(change.batch_size, parameters.batch_size),
        momentum=told(change.momentum, parameters.momentum),
    )


def _learn(network: Network, part: Part, parameters: Parameters, order: np.random.Generator) -> None:
    """Show the network every row once, a batch at a time, in random order."""
    samples = order.permutation(part.inputs.shape[1])
    inputs, targets = part.inputs[:, samples], part.targets[:, samples]
    rate, momentum, size = parameters.learning_rate, parameters.momentum, parameters.batch_size
    for first in range(0, len(samples), size):
        network.forward(inputs[:, first : first + size])
        network.backward(targets[:, first : first + size])
        network.update(learning_rate=rate, momentum=momentum)


def _measured(network: Network, data: Split, parameters: Parameters, number: int) -> Epoch | None:
    """Return the figures of the network as it is now, or None if one of them is not finite."""
    training, seen = inspect(network, data.training)
    validation = measure(network, data.validation)
    if not is_finite(training, validation, state=seen):
        return None
    return Epoch(
        number=number,
        loss=training.loss,
        accuracy=training.accuracy,
        validation_loss=validation.loss,
        validation_accuracy=validation.accuracy,
        learning_rate=parameters.learning_rate,
        confusion=validation.confusion,
        state=seen,
    )


def _starting_loss(network: Network, part: Part) -> float:
    guessing = network.loss.value(np.zeros_like(part.targets), part.targets)
    return max(guessing, measure(network, part).loss)


def _last_finite(network: Network, before: Array, data: Split, parameters: Parameters, number: int) -> Epoch:
    network.parameters[:] = before
    epoch = _measured(network, data, parameters, number)
    assert epoch is not None, "the weights before an epoch are those measured after the last, or the initial ones"
    return epoch


def _reason(trouble: str, parameters: Parameters, number: int) -> str:
    return f"{trouble} at epoch {number}: the learning rate {parameters.learning_rate:g} is too high for this data"


def _untrained(parameters: Parameters, data: Split) -> Network:
    return Network(
        network_shape(parameters, data),
        activation=ACTIVATIONS[parameters.activation],
        loss=LOSSES[parameters.loss],
        generator=_stream(parameters.seed, _WEIGHTS),
        l1=parameters.l1,
        l2=parameters.l2,
    )


def _cloud(parameters: Parameters) -> Dataset:
    generator = _stream(parameters.seed, _DATA)
    p = parameters
    return cloud(p.dataset, generator=generator, noise=p.noise, count=p.points, features=p.features)


def _with_rows(dataset: Dataset, own: Sequence[Row], features: tuple[str, ...]) -> Dataset:
    """The data set with a person's own rows at its end."""
    table = np.array(own, dtype=float)
    values = np.concatenate([dataset.values, table[:, :-1]])
    inputs = seen(values, features) if dataset.name in CLOUD_NAMES else values
    labels = np.concatenate([dataset.labels, table[:, -1].astype(np.int64)])
    return replace(dataset, values=values, inputs=inputs, labels=labels)


def _stream(seed: int, purpose: int) -> np.random.Generator:
    return np.random.default_rng([seed, purpose])
