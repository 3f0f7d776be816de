"""Answers with a simulated run: the decay curve as the web app's JSON, or as lines. Trains nothing."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .curve import Curve, decay_curve
from .json_body import Members
from .line_response import Answer, LineResponse, wants_lines
from .messages import Request, Response
from .run_source import SIMULATED
from .schema import Parameters, parameters_of
from .server_context import ServerContext
from .training import PROTOCOL_VERSION


class _Row(msgspec.Struct):
    epoch: int
    loss: float
    accuracy: float


_ROW = '{"epoch":%d,"loss":%.6g,"accuracy":%.6g}'  # %g prints as JavaScript does: 0.5, 97, never 0.5000 or 97.0
_LINE = '{"type":"epoch",' + _ROW.removeprefix("{") + "\n"


def simulation(request: Request, given: Members, context: ServerContext) -> Answer:
    """Return every epoch of one simulated run; raises Invalid."""
    wanted = parameters_of(given)
    seed = context.next_seed() if wanted.seed is None else wanted.seed
    curve = decay_curve(wanted.epochs, learning_rate=wanted.learning_rate, batch_size=wanted.batch_size, seed=seed)
    context.delay()
    if wants_lines(request):
        return LineResponse(_lines(curve, wanted, seed), chunked=request.minor_version > 0)
    return Response(200, _training_json(curve))


def _lines(curve: Curve, wanted: Parameters, seed: int) -> Iterator[bytes]:
    """Yield the lines of docs/protocol.md, without what only a real network has."""
    parameters = {
        "epochs": wanted.epochs,
        "learningRate": wanted.learning_rate,
        "batchSize": wanted.batch_size,
        "seed": seed,
    }
    yield _line({"type": "header", "version": PROTOCOL_VERSION, "source": SIMULATED, "parameters": parameters})
    for row in zip(range(1, wanted.epochs + 1), curve.loss.tolist(), curve.accuracy.tolist(), strict=True):
        yield (_LINE % row).encode()
    yield _line({"type": "end", "status": "complete", "reason": "all epochs are simulated", "epochs": wanted.epochs})


def _line(message: dict[str, object]) -> bytes:
    return msgspec.json.encode(message) + b"\n"


def _training_json(curve: Curve) -> bytes:
    """All rows in the digits of JavaScript, which writes 97 where Python writes 97.0."""
    rows = map(_Row, range(1, len(curve.loss) + 1), curve.loss.tolist(), curve.accuracy.tolist())
    data = msgspec.json.encode(list(rows)).replace(b".0,", b",").replace(b".0}", b"}")
    return b'{"success":true,"data":' + data + b"}"
