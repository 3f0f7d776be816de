"""Encodes a run as lines of JSON (docs/protocol.md): a header, one line per epoch, an end. Sends nothing.

Every line is UTF-8 bytes ending in a newline, with its keys always in the same order. Arrays travel as base64 of
little-endian numbers, row by row: float32, or unsigned bytes where the protocol says so.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from . import PROTOCOL_VERSION
from .datasets import CLOUD_NAMES
from .parameters import Parameters, checked
from .points import Labels
from .split import Rows, Split
from .table_columns import Column
from .table_problems import Problem
from .trainer import Epoch, Outcome, network_shape

MOST_POINTS = 2000  # samples of a point cloud that the header shows: all that a cloud can have
MOST_EXAMPLES = 100  # samples of other data that the header shows, from the validation rows
MOST_PROBLEMS = 20  # rows of a file that the header names; all are counted
LOSS_DIGITS, PERCENT_DIGITS, MILLISECOND_DIGITS = 6, 2, 3  # behind the decimal point

_encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class LeftOut:
    """The rows of a person's file that could not be used: how many, and the first of them by line and reason."""

    rows: int = 0
    first: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> LeftOut:
        """Return what the header says of these problems."""
        return cls(len(problems), tuple(problems[:MOST_PROBLEMS]))


def header_line(
    parameters: Parameters,
    data: Split,
    *,
    left_out: LeftOut | None = None,
    columns: Sequence[Column] = (),
    questions: Sequence[str] = (),
) -> bytes:
    """Return the first line: what is trained, on what, samples to draw. ValueError if out of bounds.

    Of a person's file it says what was left out, what became of its columns, and what to ask about it.
    """
    dataset = data.dataset
    return _line(
        {
            "type": "header",
            "version": PROTOCOL_VERSION,
            "source": "trained",
            "shape": network_shape(parameters, data),
            "dataset": dataset.name,
            "features": dataset.features,
            "classes": dataset.classes,
            "offset": data.offset.tolist(),
            "scale": data.scale.tolist(),
            "trainingRows": len(data.training_rows),
            "validationRows": len(data.validation_rows),
            "leftOut": left_out or LeftOut(),
            **({"columns": columns, "questions": questions} if columns else {}),
            "parameters": checked(parameters),
            "samples": _samples(data),
        }
    )


def epoch_line(epoch: Epoch, *, milliseconds: float) -> bytes:
    """Return the line of one epoch; `milliseconds` is the time it took to compute."""
    state = epoch.state
    return _line(
        {
            "type": "epoch",
            "epoch": epoch.number,
            "loss": round(epoch.loss, LOSS_DIGITS),
            "accuracy": round(epoch.accuracy, PERCENT_DIGITS),
            "validationLoss": round(epoch.validation_loss, LOSS_DIGITS),
            "validationAccuracy": round(epoch.validation_accuracy, PERCENT_DIGITS),
            "learningRate": epoch.learning_rate,
            "milliseconds": round(milliseconds, MILLISECOND_DIGITS),
            "weights": _floats(state.weights),
            "biases": _floats(state.biases),
            "activations": _floats(state.activations),
            "gradientNorms": _floats([state.gradient_norms]),
            "confusion": _floats([epoch.confusion]),
        }
    )


def end_line(outcome: Outcome) -> bytes:
    """Return the last line: how the run ended, why, and how many epoch lines came before."""
    return _line({"type": "end", "status": outcome.status, "reason": outcome.reason, "epochs": outcome.epochs})


def _samples(data: Split) -> dict[str, Any]:
    """Return the points of a cloud, training rows first, or some validation rows with every class in turn."""
    dataset = data.dataset
    if dataset.name in CLOUD_NAMES:
        rows = np.concatenate([data.training_rows, data.validation_rows])[:MOST_POINTS]
    else:
        rows = _one_of_each(data.validation_rows, dataset.labels)[:MOST_EXAMPLES]
    trained = np.zeros(len(dataset.labels), dtype=bool)
    trained[data.training_rows] = True
    return {
        "count": len(rows),
        "columns": dataset.values.shape[1],
        "values": _floats([dataset.values[rows]]),
        "labels": _bytes(dataset.labels[rows]),
        "training": _bytes(trained[rows]),
    }


def _one_of_each(rows: Rows, labels: Labels) -> Rows:
    """Return the rows reordered: the first of every class, then the second of every class, and so on."""
    chosen = labels[rows]
    by_class = np.argsort(chosen, kind="stable")
    starts = np.searchsorted(chosen[by_class], chosen[by_class])
    return rows[by_class[np.lexsort((chosen[by_class], np.arange(len(rows)) - starts))]]


def _floats(arrays: Iterable[NDArray[Any]]) -> str:
    return _text(np.concatenate([np.ravel(array) for array in arrays]).astype("<f4").tobytes())


def _bytes(array: NDArray[Any]) -> str:
    return _text(array.astype(np.uint8).tobytes())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _line(message: Mapping[str, Any]) -> bytes:
    return _encoder.encode(message) + b"\n"
