"""What a run is made of: the network that is trained, its state after each epoch, figures, and an ending."""

from dataclasses import dataclass
from functools import cached_property
from math import isqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
PER_ARRAY = 224  # bytes, of an array beside its numbers: measured, about the same for all small networks

MANY = 5  # different values from which a column is one that a map can be drawn over
CUT = "cut"  # a file ended without saying how its run did; never said by a source itself
COLUMN_KINDS = ("number", "coded", "class", "left out")
ENDINGS = ("complete", "diverged", "cancelled", CUT)


class UnusableRun(ValueError):
    """The answer is not a training run; the message names the epoch and the field."""


@dataclass(frozen=True)
class Column:
    """What became of a column of a visitor's table: `became` is one of COLUMN_KINDS.

    inputs: how many neurons of the first layer are made of it. words: those that are coded, in the order of their
    inputs. reason: why it is left out, in words.
    """

    name: str
    became: str
    inputs: int
    words: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Network:
    """What is trained: `shape` neurons a layer, what goes in and comes out, and samples to draw.

    `samples` float32 [count, columns], `labels` and `training` uint8 [count]; what the network is given is
    (feature - offset) / scale. Of a visitor's table `columns` tells what became of each, in the table's order, and
    `questions` ask whether what was read is what was meant.
    """

    shape: tuple[int, ...]
    dataset: str
    features: tuple[str, ...]
    classes: tuple[str, ...]
    offset: Floats
    scale: Floats
    activation: str
    samples: Floats
    labels: NDArray[np.uint8]
    training: NDArray[np.uint8]
    left_out: tuple[str, ...] = ()  # which rows of a file could not be used: how many, then the first, by line
    columns: tuple[Column, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def side(self) -> int:
        """Pixels of a side where samples are square pictures of at least 5 by 5; 0 for everything else."""
        columns = int(self.samples.shape[1])
        return isqrt(columns) if self.dataset != "csv" and columns >= 25 and isqrt(columns) ** 2 == columns else 0

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Which inputs are columns of a table that hold many numbers: those that a map can have as its sides."""
        if self.flat or self.side or not len(self.samples):
            return ()
        made = [column.became == "number" for column in self.columns for _ in range(column.inputs)]
        made = made if len(made) == self.shape[0] else [True] * self.shape[0]
        few = [len(set(values.tolist())) < MANY for values in self.samples.T]
        return tuple(k for k in range(self.shape[0]) if made[k] and not few[k])

    @property
    def mapped(self) -> bool:
        """Whether its answers can be drawn over a plane: of points, or of two columns of a table."""
        return self.flat or len(self.numbers) > 1

    @property
    def flat(self) -> bool:
        """Whether the data are points of a plane, of which features are made; a file's two columns are not."""
        return self.dataset != "csv" and bool(self.samples.shape[1] == 2)


@dataclass(frozen=True, eq=False)
class State:
    """The network after one epoch. weights: float32 [fan_in, fan_out] a layer of links; biases, activations:
    float32 [neurons] a layer; gradient_norms: float32 [layers of links]; confusion: float32 [class, answer]."""

    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    activations: tuple[Floats, ...]
    gradient_norms: Floats
    confusion: Floats

    @property
    def size(self) -> int:
        """Bytes that it takes in memory: its numbers, and what Python needs to hold an array."""
        arrays = (*self.weights, *self.biases, *self.activations, self.gradient_norms, self.confusion)
        return sum(array.nbytes + PER_ARRAY for array in arrays)


@dataclass(frozen=True)
class Epoch:
    """One epoch's figures: losses, and accuracies in percent. A simulated run has neither validation nor state.

    `seconds` is what it took to be computed, where that is told.
    """

    number: int
    loss: float
    accuracy: float
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    state: State | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Ending:
    """How a run ended: `status` is one of ENDINGS; `reason` says why, in words."""

    status: str
    reason: str

    @property
    def early(self) -> bool:
        """Whether it just stopped: neither all of it is there, nor did it diverge."""
        return self.status in ("cancelled", CUT)
