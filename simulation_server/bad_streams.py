"""Faults of answers that come line by line: cut short, silent in the middle, or filled with wrong epochs.

An answer that is no stream passes as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any

from .fault_plan import Call, Pause, Plan
from .line_response import LineResponse

Row = dict[str, Any]  # one epoch, as JSON holds it


def cut(call: Call) -> Plan:
    """End a stream after `amount` epoch lines, without an end line, but as HTTP ends a whole answer."""
    answer = call.healthy()
    if isinstance(answer, LineResponse):
        answer = replace(answer, lines=islice(answer.lines, _before_stop(call)))
    yield answer


def stall(call: Call) -> Plan:
    """Send `amount` epoch lines of a stream, then nothing until the fault is switched off or the client leaves."""
    answer = call.healthy()
    if not isinstance(answer, LineResponse):
        yield answer
        return
    with closing(answer):  # here, not by whoever sends it: a stalled training keeps its place
        yield replace(answer, most_pieces=_before_stop(call), close=lambda: None)
        yield Pause()


def tampered_stream(answer: LineResponse, tampering: Callable[[list[Row]], Any]) -> LineResponse:
    """Return a stream whose epochs are the healthy ones after `tampering`; it computes all of them beforehand."""
    header, *epochs, end = answer.whole().body.splitlines(keepends=True)
    rows = tampering([json.loads(line) for line in epochs]) if epochs else []
    return replace(answer, lines=_rewritten(header, rows, end))


def _rewritten(header: bytes, rows: list[Row], end: bytes) -> Iterator[bytes]:
    yield header
    for row in rows:
        yield json.dumps(row, separators=(",", ":")).encode() + b"\n"
    yield end


def _before_stop(call: Call) -> int:
    """Return how many lines come before the stop: the header, and `amount` epochs."""
    return 1 + int(call.amount)
