"""The lines of a streamed run (docs/protocol.md): bytes in, checked arrays out, or UnusableRun."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from scenes.training.changes import LAST, MOST_SILENT, Change, check
from scenes.training.changes import MOST as MOST_CHANGES
from scenes.training.epoch import COLUMN_KINDS, CUT, ENDINGS, Column, Ending, Epoch, Floats, Network, State, UnusableRun
from scenes.training.inference import ACTIVATIONS, FEATURES
from scenes.training.parameters import LARGEST_SEED, MOST_ROWS, RunParameters
from scenes.training.run import LONGEST

from .decoding import in_words, no_number
from .plain import plain

VERSION = 1
LARGEST_LAYER = 1024  # neurons; a header that promises more is not ours
MOST_LAYERS = 16
MOST_WEIGHTS = 2**21  # of all layers: 8 MB a state
MOST_SAMPLES = 10_000  # of a plane each of them is drawn, of all else the network is asked about each
MOST_SHOWN = 2**19  # numbers of all samples together
MOST_CLASSES = 100  # each has its row of figures, and its words
FARTHEST = 1e6  # that a point of a plane may lie from its middle
LARGEST_LOSS = 3e38  # the largest that fits 32 bits
LARGEST_NUMBER = 1e30  # of offset and scale: what is made of them still fits 32 bits
MOST_COLUMNS = 1024  # of a visitor's table
MOST_CODED = 256  # words of one of them
MOST_QUESTIONS = 100  # about it
QUESTION = 400  # characters
MOST_COUNTED = 1e9  # rows in one cell of a confusion
NAME = 60  # characters of a class, a feature, a data set or a title

Positive = Annotated[float, msgspec.Meta(ge=0)]
Loss = Annotated[float, msgspec.Meta(ge=0, le=LARGEST_LOSS)]
Whole = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31)]  # else its digits would fill the sentence about it
Told = Annotated[float, msgspec.Meta(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Milliseconds = Annotated[float, msgspec.Meta(ge=0, le=1e9)]


class _Samples(msgspec.Struct):
    count: Annotated[int, msgspec.Meta(ge=0, le=MOST_SAMPLES)]
    columns: Annotated[int, msgspec.Meta(ge=1, le=4096)]
    values: str
    labels: str
    training: str


class _Used(msgspec.Struct):
    activation: str


class _Change(msgspec.Struct, rename="camel"):
    after_epoch: int
    learning_rate: float | None = None
    batch_size: int | None = None
    momentum: float | None = None
    l1: float | None = None
    l2: float | None = None
    silent: Annotated[tuple[tuple[int, int], ...], msgspec.Meta(max_length=MOST_SILENT)] = ()


class _Parameters(msgspec.Struct, rename="camel"):
    learning_rate: Positive | None = None
    batch_size: Annotated[int, msgspec.Meta(ge=1, le=2**31)] | None = None
    epochs: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] | None = None
    points: Whole | None = None
    noise: Told | None = None
    split: Told | None = None
    loss: str | None = None
    momentum: Told | None = None
    l1: Told | None = None
    l2: Told | None = None
    rows: Annotated[tuple[tuple[Told, ...], ...], msgspec.Meta(max_length=MOST_ROWS)] | None = None
    seed: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SEED)] | None = None
    changes: Annotated[tuple[_Change, ...], msgspec.Meta(max_length=MOST_CHANGES)] = ()


class _Problem(msgspec.Struct):
    line: int
    reason: str


class _LeftOut(msgspec.Struct):
    rows: int = 0
    first: list[_Problem] = []


class _Column(msgspec.Struct):
    name: str
    became: str
    inputs: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_LAYER)] = 0
    words: Annotated[list[str], msgspec.Meta(max_length=MOST_CODED)] = []
    reason: str = ""


class _Header(msgspec.Struct, tag="header"):
    """What every run says."""

    version: Whole
    source: str = ""
    shape: Any = None
    title: str = ""
    dataset: str | None = None
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


class _NetworkHeader(msgspec.Struct, tag="header"):
    """What a run with a network says besides."""

    shape: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=LARGEST_LAYER)]], msgspec.Meta(min_length=2)]
    dataset: str
    features: list[str]
    classes: list[str]
    offset: list[float]
    scale: list[float]
    parameters: _Used
    samples: _Samples
    left_out: _LeftOut = msgspec.field(name="leftOut", default_factory=_LeftOut)
    columns: Annotated[list[_Column], msgspec.Meta(max_length=MOST_COLUMNS)] = []
    questions: Annotated[list[str], msgspec.Meta(max_length=MOST_QUESTIONS)] = []


class _Figures(msgspec.Struct, tag="epoch", rename="camel"):
    """An epoch of a run without a network."""

    epoch: Whole
    loss: Loss
    accuracy: Percent
    validation_loss: Loss | None = None
    validation_accuracy: Percent | None = None
    milliseconds: Milliseconds | None = None


class _Epoch(msgspec.Struct, tag="epoch", rename="camel"):
    """An epoch of a run with a network."""

    epoch: Whole
    loss: Loss
    accuracy: Percent
    validation_loss: Loss
    validation_accuracy: Percent
    weights: str
    biases: str
    activations: str
    gradient_norms: str
    confusion: str
    milliseconds: Milliseconds | None = None


class _End(msgspec.Struct, tag="end"):
    status: str
    reason: str
    epochs: int


_HEADER = msgspec.json.Decoder(_Header | _Figures | _End)  # alone, it would pass without its `type`
_NETWORK_HEADER = msgspec.json.Decoder(_NetworkHeader)
_FIGURES, _STATES = msgspec.json.Decoder(_Figures | _End), msgspec.json.Decoder(_Epoch | _End)


@dataclass(frozen=True)
class Header:
    """What the first line says: the network, None for a run of figures alone, and the run's own parameters.

    `source` is its word for how the run came about, not checked: empty where it says nothing.
    """

    network: Network | None
    parameters: RunParameters
    source: str = ""


@dataclass(frozen=True)
class End:
    """What the last line says: how the run ended, and after how many epochs."""

    ending: Ending
    epochs: int


def read_header(line: bytes) -> Header:
    """The first line, checked as a whole. Raises UnusableRun."""
    told = _decoded(line, _HEADER, "the first line")
    if not isinstance(told, _Header):
        raise UnusableRun("the first line is no header")
    if told.version != VERSION:
        raise UnusableRun(f"version {told.version} of the protocol is not known")
    asked = told.parameters
    network = None if told.shape is None else _network(_decoded(line, _NETWORK_HEADER, "the first line"))
    return Header(
        network=network,
        parameters=RunParameters(
            learning_rate=None if asked.learning_rate is None else abs(asked.learning_rate),
            batch_size=asked.batch_size,
            epochs=asked.epochs,
            dataset=plain(told.dataset, NAME) if told.dataset else None,
            title=plain(told.title, NAME),
            layers=network.shape[1:-1] if network else None,
            activation=network.activation if network else None,
            features=network.features if network and network.flat else None,
            loss=asked.loss and plain(asked.loss, NAME),
            rows=asked.rows,
            changes=_changes(asked.changes),
            **{name: getattr(asked, name) for name in ("points", "noise", "split", "momentum", "l1", "l2", "seed")},
        ),
        source=plain(told.source, NAME),
    )


def _changes(told: tuple[_Change, ...]) -> tuple[Change, ...]:
    """Raises UnusableRun for a journal that no run can have."""
    try:
        changes = tuple(Change(**msgspec.structs.asdict(each)) for each in told)
        check(changes, LAST + 1)
    except ValueError as why:
        raise UnusableRun(f"`changes` cannot be: {plain(str(why))}") from None
    return changes


def _network(told: _NetworkHeader) -> Network:
    """Raises UnusableRun if anything that belongs to the network is amiss."""
    _check_sizes(told)
    offset, scale = (np.array(values, dtype=np.float64) for values in (told.offset, told.scale))
    if not (np.abs([*offset, *scale]) <= LARGEST_NUMBER).all() or not (np.abs(scale) >= 1 / LARGEST_NUMBER).all():
        raise UnusableRun("`offset` or `scale` cannot be used")
    activation, rows = told.parameters.activation, told.samples
    if activation not in ACTIVATIONS:
        raise UnusableRun(f"the activation '{plain(activation, NAME)}' is not known")
    network = Network(
        shape=tuple(told.shape),
        dataset=plain(told.dataset, NAME),
        features=tuple(plain(name, NAME) or "?" for name in told.features),
        classes=tuple(plain(name, NAME) or "?" for name in told.classes),
        offset=offset.astype(np.float32),
        scale=scale.astype(np.float32),
        activation=activation,
        samples=_floats(rows.values, rows.count * rows.columns, "samples").reshape(rows.count, rows.columns),
        labels=_bytes(rows.labels, rows.count, "labels"),
        training=_bytes(rows.training, rows.count, "training"),
        left_out=_told(told.left_out),
        columns=_columns(told),
        questions=tuple(question for each in told.questions if (question := plain(each, QUESTION))),
    )
    _check_samples(network)
    return network


def _check_sizes(told: _NetworkHeader) -> None:
    """Raises UnusableRun where the parts of a header do not fit each other, or are too many to be drawn."""
    shape = told.shape
    if len(shape) > MOST_LAYERS or not len(told.features) == shape[0] == len(told.offset) == len(told.scale):
        raise UnusableRun("`shape`, `features`, `offset` and `scale` do not fit each other")
    if len(told.classes) != shape[-1] or shape[-1] < 2:
        raise UnusableRun(
            f"`classes` are {len(told.classes)}, and the last layer of `shape` is {shape[-1]}: two or more"
        )
    if shape[-1] > MOST_CLASSES or told.samples.count * told.samples.columns > MOST_SHOWN:
        raise UnusableRun(f"more than {MOST_CLASSES} `classes`, or {MOST_SHOWN:,} numbers of samples, cannot be shown")
    links = sum(fan_in * fan_out for fan_in, fan_out in pairwise(shape))
    if links > MOST_WEIGHTS:
        raise UnusableRun(f"`shape` has {links:,} weights: more than {MOST_WEIGHTS:,} cannot be shown")


def _check_samples(network: Network) -> None:
    """Raises UnusableRun for samples that the network cannot be asked about, or that cannot be drawn."""
    highest = int(np.max(network.labels, initial=0))
    if highest >= len(network.classes):
        raise UnusableRun(f"`labels` of samples name class {highest} of {len(network.classes)}")
    if not network.flat:
        if network.samples.shape[1] != len(network.features):
            raise UnusableRun(f"samples have {network.samples.shape[1]} columns and {len(network.features)} `features`")
        return
    if not set(network.features) <= set(FEATURES):
        raise UnusableRun(f"features are not all known: {', '.join(network.features)}")
    if not (np.abs(network.samples) <= FARTHEST).all():
        raise UnusableRun(f"points of samples lie beyond {FARTHEST:g}")


def _columns(told: _NetworkHeader) -> tuple[Column, ...]:
    """Raises UnusableRun where they do not make the features."""
    for column in told.columns:
        if column.became not in COLUMN_KINDS:
            raise UnusableRun(f"a column of `columns` became '{plain(column.became, NAME)}', which is not known")
    made = sum(column.inputs for column in told.columns)
    if told.columns and made != len(told.features):
        raise UnusableRun(f"`columns` make {made} inputs, and there are {len(told.features)} `features`")
    return tuple(
        Column(
            name=plain(column.name, NAME) or "?",
            became=column.became,
            inputs=column.inputs,
            words=tuple(plain(word, NAME) or "?" for word in column.words),
            reason=plain(column.reason),
        )
        for column in told.columns
    )


def _told(left_out: _LeftOut) -> tuple[str, ...]:
    if left_out.rows <= 0:
        return ()
    lines = (f"line {problem.line}: {plain(problem.reason)}" for problem in left_out.first)
    return (f"{left_out.rows} row{'s' if left_out.rows > 1 else ''} left out", *lines)


def read_line(line: bytes, network: Network | None) -> Epoch | End:
    """Any line after the first. Raises UnusableRun."""
    told = _decoded(line, _STATES if network else _FIGURES, "a line")
    if isinstance(told, _End):
        if told.status not in ENDINGS or told.status == CUT:
            raise UnusableRun(f"the status '{plain(told.status, NAME)}' of the end is not known")
        return End(Ending(told.status, plain(told.reason)), told.epochs)
    if (told.validation_loss is None) != (told.validation_accuracy is None):
        raise UnusableRun(f"epoch {told.epoch} has one validation figure without the other")
    return Epoch(
        number=told.epoch,
        loss=abs(told.loss),  # -0.0 is not below 0
        accuracy=abs(told.accuracy),
        validation_loss=None if told.validation_loss is None else abs(told.validation_loss),
        validation_accuracy=None if told.validation_accuracy is None else abs(told.validation_accuracy),
        state=_state(told, network) if network else None,
        seconds=None if told.milliseconds is None else told.milliseconds / 1000,
    )


def _state(told: _Epoch, network: Network) -> State:
    shape, where = network.shape, f"of epoch {told.epoch}"
    links = [fan_in * fan_out for fan_in, fan_out in pairwise(shape)]
    weights = np.split(_floats(told.weights, sum(links), f"weights {where}"), np.cumsum(links)[:-1])
    pairs = zip(weights, shape, shape[1:], strict=False)
    classes = len(network.classes)
    confusion = _floats(told.confusion, classes * classes, f"confusion {where}")
    norms = _floats(told.gradient_norms, len(links), f"gradientNorms {where}")
    if not ((confusion >= 0) & (confusion <= MOST_COUNTED)).all() or not (norms >= 0).all():
        raise UnusableRun(f"confusion or gradientNorms {where}: not all are counts and lengths")
    return State(
        weights=tuple(layer.reshape(fan_in, fan_out) for layer, fan_in, fan_out in pairs),
        biases=_layers(told.biases, shape[1:], f"biases {where}"),
        activations=_layers(told.activations, shape, f"activations {where}"),
        gradient_norms=norms,
        confusion=confusion.reshape(classes, classes),
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


def _decoded(line: bytes, decoder: msgspec.json.Decoder[Any], name: str) -> Any:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
        raise UnusableRun(f"{name}: {_known_mistake(line) or in_words(why)}") from None


class _Complaint(msgspec.Struct):
    error: str


def _complaint(line: bytes) -> str:
    try:
        return plain(msgspec.json.decode(line, type=_Complaint).error)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


def _known_mistake(line: bytes) -> str:
    """What people have most often in the place of such a line; empty if it is none of that."""
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it is UTF-16: save the file as UTF-8"
    if complaint := _complaint(line):
        return f"it is a server's complaint: {complaint}"
    if re.search(rb"[:\[,]\s*-?(NaN|Infinity)\b", line):
        what = f"{where}: " if (where := no_number(line)) else ""
        return (
            f"{what}NaN and Infinity are no JSON numbers: write the last finite values, then an end that says diverged"
        )
    if line.startswith(b'{"success":'):
        return "it is an answer in one piece: ask for application/x-ndjson"
    return ""
