"""Divides a data set into rows to learn from and rows to check with. Draws nothing but the order of the rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .datasets import Dataset
from .points import Labels

LARGEST_INPUT = 1e3  # deviations; an outlier further out counts as this far, so that no file can overflow the sums

Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """One side of the split: a column per row of the data set, as the network takes it.

    inputs (features, samples), scaled; targets (classes, samples), one 1 per sample; labels (samples,).
    """

    inputs: Array
    targets: Array
    labels: Labels


@dataclass(frozen=True, eq=False)
class Split:
    """A data set divided and scaled: an input is (feature - offset) / scale, with one offset and scale per feature,
    held within -1,000..1,000.

    `training_rows` and `validation_rows` index the rows of `dataset`, in the order in which the parts hold them.
    """

    dataset: Dataset
    training_rows: Rows
    validation_rows: Rows
    offset: Array
    scale: Array
    training: Part
    validation: Part


def split(dataset: Dataset, *, fraction: float, generator: np.random.Generator, learned: int = 0) -> Split:
    """Return the data set with about `fraction` of the rows of every class to learn from and the rest to check with.

    Stratified: each class is shuffled and cut on its own, so rare classes are on both sides; a class of two rows or
    more gives each side at least one, a class of one row is learned from. The last `learned` rows are learned from,
    and change nothing about the others. Offset and scale come from the training
    rows alone, so that nothing of the validation rows leaks into the training. ValueError if a side stays empty.
    """
    training, validation = _cut(dataset, len(dataset.labels) - learned, fraction, generator)
    if not len(training) or not len(validation):
        raise ValueError("No row is left to check with. Give at least one class two rows or more.")
    offset, scale = _scaling(dataset, training)
    with np.errstate(over="ignore"):
        inputs = np.clip((dataset.inputs - offset) / scale, -LARGEST_INPUT, LARGEST_INPUT)
    one_each = np.eye(len(dataset.classes))
    learn, check = (_part(inputs, one_each, dataset.labels, rows) for rows in (training, validation))
    return Split(dataset, training, validation, offset, scale, learn, check)


def _cut(dataset: Dataset, count: int, fraction: float, generator: np.random.Generator) -> tuple[Rows, Rows]:
    """Cut the first `count` rows; those behind them are learned from."""
    order = generator.permutation(count)
    is_training = np.zeros(len(order), dtype=bool)
    for label in range(len(dataset.classes)):
        rows = order[dataset.labels[order] == label]
        kept = min(max(1, round(fraction * len(rows))), max(1, len(rows) - 1))
        is_training[rows[:kept]] = True
    behind = np.arange(count, len(dataset.labels))
    return np.concatenate([order[is_training[order]], behind]), order[~is_training[order]]


def _part(inputs: Array, one_each: Array, labels: Labels, rows: Rows) -> Part:
    chosen = labels[rows]
    return Part(np.ascontiguousarray(inputs[rows].T), np.ascontiguousarray(one_each[chosen].T), chosen)


def _scaling(dataset: Dataset, training: Rows) -> tuple[Array, Array]:
    width = dataset.inputs.shape[1]
    if not dataset.standardised:
        return np.zeros(width), np.ones(width)
    seen = dataset.inputs[training]
    deviation = seen.std(axis=0)
    return seen.mean(axis=0), np.where(deviation > 0.0, deviation, 1.0)
