"""What a run's file says in short, read line by line; what its network has become is passed over."""

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from scenes.training.changes import written
from scenes.training.epoch import CUT, UnusableRun
from scenes.training.moment_line import NAMED, OF_A_CURVE, USUAL
from scenes.training.parameter_words import text_of
from scenes.training.parameters import (
    CURVE,
    OTHER_LAYERS,
    SIMULATED,
    USUAL_LAYERS,
    RunParameters,
    chosen_value,
    matters,
)
from scenes.training.sources.line_reader import LineReader, reading
from scenes.training.sources.plain import plain
from scenes.training.sources.protocol import read_header

CURVE_POINTS = 32  # of the small curve
USUAL_SEED = 0  # of a trained run, where nobody says


class Summary(msgspec.Struct, frozen=True):
    """In the words of docs/protocol.md. Accuracies in percent, on unseen rows `unseen`; None where nothing is said.

    `parameters` is what the header says, `special` what of it differs from the default, as in a line of settings.
    `curve` is the loss on unseen rows, else on those that it learned from, at up to CURVE_POINTS epochs, the last one
    among them. `seconds` is what the epochs took to be computed. `planned` is how many epochs were asked for.
    """

    source: str = ""
    dataset: str = ""
    title: str = ""
    parameters: dict[str, Any] = {}
    special: dict[str, str] = {}
    status: str = "unreadable"
    reason: str = ""
    epochs: int = 0
    planned: int | None = None
    loss: float | None = None
    accuracy: float | None = None
    unseen: float | None = None
    best_unseen: float | None = None
    best_epoch: int | None = None
    seconds: float | None = None
    curve: tuple[float, ...] = ()


class _Told(msgspec.Struct):
    parameters: dict[str, Any] = {}


class _Epoch(msgspec.Struct, tag="epoch", rename="camel"):
    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    milliseconds: float | None = None


class _End(msgspec.Struct, tag="end"):
    status: str
    reason: str
    epochs: int


_LINE = msgspec.json.Decoder(_Epoch | _End)


def summarized(path: Path) -> Summary:
    """What the run in `path` says, as far as it can be read. Raises OSError."""
    with reading(path) as file:
        lines = _whole(LineReader(file))
        first = next(lines, b"")
        try:
            header = read_header(first)
            parameters = msgspec.json.decode(first, type=_Told).parameters
        except UnusableRun as why:
            return Summary(reason=str(why))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return Summary(reason="its parameters cannot be read")
        own = header.parameters
        told = Summary(
            source=header.source,
            dataset=CURVE if header.source == SIMULATED else own.dataset or "",
            title=own.title,
            parameters=parameters,
            special=special(own, header.source),
            planned=own.epochs,
        )
        return _with_epochs(told, lines)


def special(told: RunParameters, source: str) -> dict[str, str]:
    """The parameters that differ from the default, by name, each as it is written in a line of settings."""
    simulated = source == SIMULATED
    usual: dict[str, object] = {name: chosen_value(name, USUAL) for name in NAMED}
    usual["layers"] = USUAL_LAYERS.get(told.dataset or "", OTHER_LAYERS)
    usual["seed"] = None if simulated else USUAL_SEED
    differs = {}
    for name in OF_A_CURVE if simulated else NAMED:
        value = chosen_value(name, told)
        if value not in (None, usual[name]) and (simulated or matters(name, told.dataset)):
            differs[name] = text_of(name, value)
    return differs | ({"changes": written(told.changes)} if told.changes else {})


def _whole(lines: LineReader) -> Iterator[bytes]:
    """The lines as far as the file can be read, without the empty ones."""
    try:
        for line in lines:
            if line.strip():
                yield line
    except UnusableRun:
        return


def _with_epochs(told: Summary, lines: Iterator[bytes]) -> Summary:
    last: _Epoch | None = None
    best, best_epoch = -1.0, 0
    count, seconds, ending, losses = 0, 0.0, _End(CUT, "", 0), array("d")
    for line in lines:
        try:
            said = _LINE.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            break
        if isinstance(said, _End):
            ending = said
            break
        if said.epoch != count + 1:
            break
        last, count = said, count + 1
        losses.append(said.loss if said.validation_loss is None else said.validation_loss)
        seconds += (said.milliseconds or 0.0) / 1000
        if said.validation_accuracy is not None and said.validation_accuracy > best:
            best, best_epoch = said.validation_accuracy, count
    status = "complete" if ending.status == CUT and count and count == told.planned else ending.status
    return msgspec.structs.replace(
        told,
        status=status,
        reason=plain(ending.reason),
        epochs=count,
        loss=last.loss if last else None,
        accuracy=last.accuracy if last else None,
        unseen=last.validation_accuracy if last else None,
        best_unseen=best if best_epoch else None,
        best_epoch=best_epoch or None,
        seconds=round(seconds, 3) if last and last.milliseconds is not None else None,
        curve=_small(losses),
    )


def _small(losses: Sequence[float]) -> tuple[float, ...]:
    """So many of them as a small curve has points, evenly, from the first to the last."""
    points = min(CURVE_POINTS, len(losses))
    places = (round(k * (len(losses) - 1) / max(1, points - 1)) for k in range(points))
    return tuple(float(f"{losses[place]:.4g}") for place in places)
