"""The lines of a streamed run (docs/protocol.md): bytes in, checked arrays out, or UnusableRun."""

from __future__ import annotations

import base64
import binascii
from itertools import pairwise
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from scenes.training.epoch import Ending, Epoch, Floats, Network, State, UnusableRun
from scenes.training.inference import ACTIVATIONS, FEATURES

VERSION = 1
LARGEST_LAYER = 1024  # neurons; a header that promises more is not ours
MOST_LAYERS = 16

Positive = Annotated[float, msgspec.Meta(ge=0)]
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]


class _Samples(msgspec.Struct):
    count: Annotated[int, msgspec.Meta(ge=0, le=100_000)]
    columns: Annotated[int, msgspec.Meta(ge=1, le=4096)]
    values: str
    labels: str
    training: str


class _Used(msgspec.Struct):
    activation: str


class _Problem(msgspec.Struct):
    line: int
    reason: str


class _LeftOut(msgspec.Struct):
    rows: int = 0
    first: list[_Problem] = []


class _Header(msgspec.Struct, tag="header"):
    version: int
    shape: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=LARGEST_LAYER)]], msgspec.Meta(min_length=2)]
    dataset: str
    features: list[str]
    classes: list[str]
    offset: list[float]
    scale: list[float]
    parameters: _Used
    samples: _Samples
    left_out: _LeftOut = msgspec.field(name="leftOut", default_factory=_LeftOut)


class _Epoch(msgspec.Struct, tag="epoch", rename="camel"):
    epoch: int
    loss: Positive
    accuracy: Percent
    validation_loss: Positive
    validation_accuracy: Percent
    learning_rate: float
    weights: str
    biases: str
    activations: str
    gradient_norms: str
    confusion: str


class _End(msgspec.Struct, tag="end"):
    status: str
    reason: str
    epochs: int


Line = _Header | _Epoch | _End
_DECODER = msgspec.json.Decoder(Line)


def read_header(line: bytes) -> Network:
    """The first line. Raises UnusableRun."""
    told = _decoded(line, _Header, "the first line")
    if told.version != VERSION:
        raise UnusableRun(f"version {told.version} of the protocol is not known")
    if len(told.shape) > MOST_LAYERS or not len(told.features) == told.shape[0] == len(told.offset) == len(told.scale):
        raise UnusableRun("`shape`, `features`, `offset` and `scale` do not fit each other")
    offset, scale = (np.array(values, dtype=np.float32) for values in (told.offset, told.scale))
    if len(told.classes) != told.shape[-1] or not np.isfinite((*offset, *scale)).all() or not (scale != 0).all():
        raise UnusableRun("`classes` or `scale` cannot be used")
    rows = told.samples
    if told.parameters.activation not in ACTIVATIONS:
        raise UnusableRun(f"the activation '{told.parameters.activation}' is not known")
    network = Network(
        shape=tuple(told.shape),
        dataset=told.dataset,
        features=tuple(told.features),
        classes=tuple(told.classes),
        offset=offset,
        scale=scale,
        activation=told.parameters.activation,
        samples=_floats(rows.values, rows.count * rows.columns, "samples").reshape(rows.count, rows.columns),
        labels=_bytes(rows.labels, rows.count, "labels"),
        training=_bytes(rows.training, rows.count, "training"),
        left_out=_told(told.left_out),
    )
    if network.flat and not set(network.features) <= set(FEATURES):
        raise UnusableRun(f"features are not all known: {', '.join(network.features)}")
    return network


def _told(left_out: _LeftOut) -> tuple[str, ...]:
    if not left_out.rows:
        return ()
    lines = (f"line {problem.line}: {problem.reason}" for problem in left_out.first)
    return (f"{left_out.rows} row{'s' if left_out.rows > 1 else ''} left out", *lines)


def read_line(line: bytes, network: Network) -> Epoch | Ending:
    """Any line after the first. Raises UnusableRun."""
    told = _decoded(line, (_Epoch, _End), "a line")
    if isinstance(told, _End):
        return Ending(told.status, told.reason)
    return Epoch(
        number=told.epoch,
        loss=told.loss,
        accuracy=told.accuracy,
        validation_loss=told.validation_loss,
        validation_accuracy=told.validation_accuracy,
        state=_state(told, network),
    )


def _state(told: _Epoch, network: Network) -> State:
    shape, where = network.shape, f"of epoch {told.epoch}"
    links = [fan_in * fan_out for fan_in, fan_out in pairwise(shape)]
    weights = np.split(_floats(told.weights, sum(links), f"weights {where}"), np.cumsum(links)[:-1])
    pairs = zip(weights, shape, shape[1:], strict=False)
    classes = len(network.classes)
    return State(
        weights=tuple(layer.reshape(fan_in, fan_out) for layer, fan_in, fan_out in pairs),
        biases=_layers(told.biases, shape[1:], f"biases {where}"),
        activations=_layers(told.activations, shape, f"activations {where}"),
        gradient_norms=_floats(told.gradient_norms, len(links), f"gradientNorms {where}"),
        confusion=_floats(told.confusion, classes * classes, f"confusion {where}").reshape(classes, classes),
    )


def _layers(text: str, sizes: tuple[int, ...], name: str) -> tuple[Floats, ...]:
    return tuple(np.split(_floats(text, sum(sizes), name), np.cumsum(sizes)[:-1]))


def _floats(text: str, count: int, name: str) -> Floats:
    values = np.frombuffer(_raw(text, 4 * count, name), dtype="<f4").astype(np.float32)
    if not np.isfinite(values).all():
        raise UnusableRun(f"{name}: not all are finite numbers")
    values.flags.writeable = False
    return values


def _bytes(text: str, count: int, name: str) -> NDArray[np.uint8]:
    return np.frombuffer(_raw(text, count, name), dtype=np.uint8)


def _raw(text: str, size: int, name: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UnusableRun(f"{name}: not base64") from None
    if len(raw) != size:
        raise UnusableRun(f"{name}: {len(raw)} bytes were sent, {size} are due")
    return raw


def _decoded(line: bytes, kind: Any, name: str) -> Any:
    try:
        told = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
        raise UnusableRun(f"{name}: {why}") from None
    if not isinstance(told, kind):
        raise UnusableRun(f"{name} is not what is due there")
    return told
