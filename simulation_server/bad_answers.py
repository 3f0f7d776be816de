"""Faults in what is said: well-formed HTTP around a body that no client should believe."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from .bad_streams import Row, tampered_stream
from .fault_plan import Call, Mode, Plan
from .line_response import LineResponse
from .messages import Response

Tampering = Callable[[list[Row]], object]  # rows as JSON holds them, and worse

MANY_EPOCHS = 100_000
DEEP = 100_000  # levels of nesting


def tampered(tampering: Tampering) -> Mode:
    """Return a mode that answers with the healthy rows after `tampering`; other answers stay as they are."""

    def plan(call: Call) -> Plan:
        healthy = call.healthy()
        if isinstance(healthy, LineResponse):
            yield tampered_stream(healthy, tampering)
            return
        content = json.loads(healthy.body) if healthy.body else None
        if not isinstance(content, dict) or not content.get("data"):
            yield healthy
            return
        content["data"] = tampering(content["data"])
        yield replace(healthy, body=json.dumps(content, separators=(",", ":")).encode())

    return plan


def fixed(response: Response) -> Mode:
    """Return a mode that always answers the same."""

    def plan(call: Call) -> Plan:
        yield response

    return plan


def with_value(field: str, value: object) -> Tampering:
    """Put `value` into one field of the row in the middle."""

    def tampering(rows: list[Row]) -> object:
        rows[len(rows) // 2][field] = value
        return rows

    return tampering


def wrong_types(rows: list[Row]) -> object:
    """Give the epoch as text, the loss as a list, the accuracy as true."""
    return [{"epoch": str(row["epoch"]), "loss": [row["loss"]], "accuracy": True} for row in rows]


def missing_fields(rows: list[Row]) -> object:
    """Leave the accuracy out of the last row."""
    return [*rows[:-1], {"epoch": rows[-1]["epoch"], "loss": rows[-1]["loss"]}]


def duplicate_epochs(rows: list[Row]) -> object:
    """Say the last epoch twice, in the place of the one before it where there is one."""
    return [*(rows[:-2] if len(rows) > 1 else rows[:-1]), rows[-1], rows[-1]]


def out_of_order(rows: list[Row]) -> object:
    """Say the epochs backwards; a single one gets company."""
    return rows[::-1] if len(rows) > 1 else [{**rows[0], "epoch": 2}, *rows]


def negative_epochs(rows: list[Row]) -> object:
    """Count downwards from minus one."""
    return [{**row, "epoch": -row["epoch"]} for row in rows]


def missing_epochs(rows: list[Row]) -> object:
    """Leave the epoch in the middle out."""
    return [*rows[: len(rows) // 2], *rows[len(rows) // 2 + 1 :]]


def too_many(rows: list[Row]) -> object:
    """Send far more epochs than anybody asked for."""
    return [{**rows[-1], "epoch": number} for number in range(1, MANY_EPOCHS + 1)]


HTML = Response(200, b"<!doctype html><title>Welcome</title><p>It works!", content_type="text/html")
OBJECT = Response.json(200, {"success": True, "data": {}})
NULL = Response.json(200, None)
ZERO = Response.json(200, {"success": True, "data": []})
UNSUCCESSFUL = Response.json(200, {"success": False, "data": []})
NO_CONTENT = Response(204)
EMPTY = Response(200)
DEEPLY_NESTED = Response(200, b"[" * DEEP + b"]" * DEEP)
LONG_NUMBER = Response(200, b'{"success":true,"data":[{"epoch":1,"loss":' + b"9" * 5000 + b',"accuracy":50}]}')
NOT_UNICODE = Response(200, '{"success":true,"data":[]}'.encode("utf-16"))
HOSTILE_TEXT = Response.json(400, {"error": "\u202etxet elitsoh \x1b[31m\u0000\U0001f4a5\ufffd" + "A\u0301" * 200})
BUSY = Response(429, b'{"error":"Too many requests"}', headers=(("Retry-After", "1"),))
REDIRECT = Response(307, headers=(("Location", "/api/train"),))
REDIRECT_AWAY = Response(307, headers=(("Location", "http://localhost:9/api/train"),))
