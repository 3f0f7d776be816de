"""Streams as a server should not send them, and how the screen has to end after each: a table, made of one healthy run.

What is sent is bytes, as they go over the wire; a number among them is a pause in seconds, None holds the connection.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

Piece = bytes | float | None
Row = dict[str, Any]

ERROR, COMPLETE, STOPPED, DIVERGED, GOES_ON = "Error", "Complete", "Stopped early", "Diverged", "Training"
FINE = (ERROR, COMPLETE)  # what may be shown or refused, as long as either is said
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"
JSON_HEAD = HEAD.replace(b"application/x-ndjson", b"application/json")
LONG = "Donaudampfschifffahrtsgesellschaft" * 60


@dataclass(frozen=True)
class Hostile:
    """One misbehaviour: its name, what is sent, and the words for the state that the screen may end in."""

    name: str
    pieces: Sequence[Piece]
    ends: tuple[str, ...] = (ERROR,)


def hostile(lines: Sequence[bytes]) -> Iterator[Hostile]:
    """All of them. `lines` are those of a healthy run of points, of at least five epochs."""
    header, *epochs, end = [json.loads(line) for line in lines]
    made = _Maker(header, epochs, end)
    families = (_of_the_wire, _of_redirects, _of_lines, _of_headers, _of_shapes, _of_samples, _of_pictures)
    for family in (*families, _of_words, _of_epochs, _of_ends):
        for case in family(made):
            yield Hostile(
                f"{family.__name__.removeprefix('_of_').replace('_', ' ')}: {case.name}", case.pieces, case.ends
            )


class _Maker:
    """A healthy run, and copies of it that are spoiled in one place."""

    def __init__(self, header: Row, epochs: list[Row], end: Row) -> None:
        self.header, self.epochs, self.end = header, epochs, end

    def case(self, name: str, *ends: str, header: Any = None, epochs: Any = None, end: Any = None) -> Hostile:
        """With another header, other epochs, another end; False leaves one out."""
        rows = [self.header if header is None else header]
        rows += self.epochs if epochs is None else epochs
        rows += [self.end if end is None else end]
        return Hostile(name, [HEAD, *(line(row) for row in rows if row is not False)], ends or (ERROR,))

    def spoiled(self, name: str, key: str, value: Any, *ends: str) -> Hostile:
        """With another value in the header; `key` may go one level down, and `...` takes the member away."""
        return self.case(name, *ends, header=_with(self.header, key, value))

    def epoch(self, name: str, key: str, value: Any, *ends: str, number: int = 3) -> Hostile:
        """With another value in epoch `number`."""
        rows = list(self.epochs)
        rows[number - 1] = _with(rows[number - 1], key, value)
        return self.case(name, *ends, epochs=rows)

    def every(self, name: str, change: Callable[[int, Row], Row], *ends: str) -> Hostile:
        """With every epoch changed; `change` is given its place and the row."""
        return self.case(name, *ends, epochs=[change(k, row) for k, row in enumerate(self.epochs)])

    def shaped(self, name: str, shape: Sequence[int], *ends: str, fill: float = 0.01) -> Hostile:
        """Another network whose arrays fit, two epochs of it; every weight is `fill`."""
        return self.case(name, *ends, **_network(self.header, shape, fill))


def line(row: Any) -> bytes:
    """One line of a stream; bytes go as they are."""
    return (
        row if isinstance(row, bytes) else json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    )


def packed(values: Any, kind: str = "<f4") -> str:
    """An array as the protocol has it."""
    return base64.b64encode(np.asarray(values).astype(kind).tobytes()).decode()


def _with(row: Row, key: str, value: Any) -> Row:
    outer, _, inner = key.partition(".")
    if inner:
        return {**row, outer: _with(row[outer], inner, value)}
    return {name: each for name, each in row.items() if name != key} if value is ... else {**row, key: value}


def _of_the_wire(made: _Maker) -> Iterator[Hostile]:
    """Answers that are no stream at all, or that break off."""
    whole = [HEAD, *map(line, [made.header, *made.epochs, made.end])]
    yield Hostile("closed at once", [])
    yield Hostile("another protocol", [b"SSH-2.0-OpenSSH_9.6\r\n"])
    yield Hostile("a mail server", [b"220 mail.example ESMTP ready\r\n"])
    yield Hostile("noise", [bytes(range(256)) * 8])
    yield Hostile("HTTP/0.9", [line(made.header)])
    yield Hostile("a status line alone", [b"HTTP/1.1 200 OK\r\n"])
    yield Hostile("a head without an end", [b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000])
    yield Hostile("two hundred headers", [b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"])
    yield Hostile("status 99", [b"HTTP/1.1 99 Odd\r\n\r\n"])
    yield Hostile("status 999", [b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"])
    for status in (204, 301, 400, 401, 403, 404, 405, 408, 409, 413, 418, 500, 502, 504):
        yield Hostile(f"status {status}", [f"HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n".encode()])
    for asked in ("0", "1", "soon", "-5", "99999999999"):
        head = f"HTTP/1.1 429 Busy\r\nRetry-After: {asked}\r\nContent-Length: 0\r\n\r\n".encode()
        yield Hostile(f"busy, again after {asked}", [head])
    yield Hostile("a page", [JSON_HEAD.replace(b"application/json", b"text/html"), b"<html>It works!</html>"])
    yield Hostile("no kind of content", [b"HTTP/1.1 200 OK\r\n\r\n", *whole[1:]])
    yield Hostile("an answer of JSON", [JSON_HEAD, b'{"success":true,"data":[]}'])
    yield Hostile("an error as a stream", [HEAD, b'{"error":"out of memory"}\n'])
    yield Hostile(
        "an error with a traceback", [b"HTTP/1.1 400 No\r\nContent-Type: application/json\r\n\r\n", _TRACEBACK]
    )
    yield Hostile("nothing", [HEAD])
    yield Hostile("silence", [None])
    yield Hostile("silence after the head", [HEAD, None])
    yield Hostile("silence after the header", [*whole[:2], None])
    yield Hostile("silence in the middle", [*whole[:4], None])
    yield Hostile("silence after the end", [*whole, None], (COMPLETE,))
    yield Hostile("cut in the header", [HEAD, line(made.header)[:100]])
    yield Hostile("cut behind the header", whole[:2])
    yield Hostile("cut in an epoch", [*whole[:4], whole[4][:50]])
    yield Hostile("cut behind an epoch", whole[:4])
    yield Hostile("an end without a line feed", [*whole[:-1], whole[-1].rstrip()], (COMPLETE,))
    yield Hostile(
        "chunks of a wrong size", [HEAD.replace(b"Connection", b"Transfer-Encoding: chunked\r\nConnection"), b"zz\r\nx"]
    )
    yield Hostile(
        "too short for its length",
        [HEAD.replace(b"Connection", b"Content-Length: 999999\r\nConnection"), *whole[1:]],
        FINE,
    )
    yield Hostile(
        "too long for its length", [HEAD.replace(b"Connection", b"Content-Length: 200\r\nConnection"), *whole[1:]]
    )
    yield Hostile(
        "a negative length", [HEAD.replace(b"Connection", b"Content-Length: -5\r\nConnection"), *whole[1:]], FINE
    )
    yield Hostile(
        "packed, though nobody asked",
        [HEAD.replace(b"Connection", b"Content-Encoding: gzip\r\nConnection"), *whole[1:]],
        FINE,
    )
    drip: list[Piece] = [b"{", 0.05] * 20
    yield Hostile("a letter at a time", [HEAD, *drip, None])


def _of_redirects(_: _Maker) -> Iterator[Hostile]:
    """None is followed, wherever it points."""
    for place in (b"\xff\xfe", b"http://[", "http://a℀.com/".encode()):
        yield Hostile(
            f"sent on to {place!r}", [b"HTTP/1.1 301 So\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n\r\n"]
        )
    sent_on = b"HTTP/1.1 302 So\r\nLocation: /x\r\nContent-Length: 20000000\r\n\r\n"
    yield Hostile("sent on, with twenty megabytes", [sent_on, b"x" * 20_000_000])


def _of_lines(made: _Maker) -> Iterator[Hostile]:
    """Lines that are none."""
    rows = [line(row) for row in (made.header, *made.epochs, made.end)]
    yield Hostile("a line without an end", [HEAD, rows[0], b"x" * 3_000_000])
    capitals = HEAD.replace(b"application/x-ndjson", b"Application/X-NDJSON")
    yield Hostile("the kind in capitals", [capitals, *rows], (COMPLETE,))
    yield Hostile("a line of no JSON", [HEAD, rows[0], b"epoch 1: 0.5\n"])
    yield Hostile("bytes of no text", [HEAD, rows[0], b'{"type":"epoch","epoch":"\xff\xfe"}\n'])
    yield Hostile("UTF-16", [HEAD, "\ufeff{}".encode("utf-16") + b"\n"])
    yield Hostile("a hundred thousand brackets", [HEAD, b"[" * 100_000 + b"\n"])
    yield Hostile("a list", [HEAD, b"[1,2,3]\n"])
    yield Hostile("null", [HEAD, b"null\n"])
    yield Hostile("an empty line in between", [HEAD, rows[0], b"\n", *rows[1:]], FINE)
    yield Hostile("line ends of another system", [HEAD, *(row[:-1] + b"\r\n" for row in rows)], FINE)
    yield Hostile("the header twice", [HEAD, rows[0], *rows])
    yield Hostile("no header", [HEAD, *rows[1:]])
    yield Hostile("the end first", [HEAD, rows[-1], *rows])
    yield Hostile("the end behind the header", [HEAD, rows[0], rows[-1]])
    yield Hostile("lines behind the end", [HEAD, *rows, *rows], (COMPLETE,))
    yield Hostile("a line of another kind", [HEAD, rows[0], b'{"type":"advertisement"}\n', *rows[1:]])
    yield Hostile("NaN as a bare word", [HEAD, rows[0], rows[1].replace(b'"loss":', b'"loss":NaN,"was":')])


def _of_headers(made: _Maker) -> Iterator[Hostile]:
    """Members of the first line."""
    for key in ("version", "source", "shape", "features", "classes", "offset", "scale", "samples", "parameters"):
        yield made.spoiled(f"no {key}", key, ...)
        yield made.spoiled(f"{key} null", key, None)
    for key in ("dataset", "features", "classes", "shape", "offset"):
        yield made.spoiled(f"{key} a number", key, 7)
    for value in (0, 2, -1, "1", 1.5, 10**30):
        yield made.spoiled(f"version {value}", "version", value)
    for value in ("simulated", "TRAINED", "real", "", 7):
        yield made.spoiled(f"source {value!r}", "source", value)
    yield made.spoiled("offset 1e300", "offset", [1e300] * 4)
    for scale in (0.0, 1e-300):
        yield made.spoiled(f"scale {scale}", "scale", [scale] * 4)
    yield made.spoiled("scale -1", "scale", [-1.0] * 4, *FINE)
    odd: tuple[tuple[str, Any], ...] = (("epochs", 0), ("epochs", -1), ("epochs", 10**12), ("epochs", "50"))
    for key, value in (*odd, ("learningRate", -1)):
        yield made.spoiled(f"{key} {value}", f"parameters.{key}", value)
    yield made.spoiled("a learning rate of 1e308", "parameters.learningRate", 1e308, *FINE)
    yield made.spoiled("an activation that is not known", "parameters.activation", "swish")
    yield made.spoiled("more epochs promised than sent", "parameters.epochs", 500)
    yield made.spoiled("fewer epochs promised than sent", "parameters.epochs", 2)
    yield made.spoiled("no epochs promised", "parameters.epochs", None, COMPLETE)


def _of_shapes(made: _Maker) -> Iterator[Hostile]:
    """Networks that are none, or too large to be drawn at once."""
    for shape in ([], [4], [4, 0, 2], [4, -3, 2], [4, 2000, 2], [4.5, 2], [4, 3, 2], [[4], [2]], [4] * 17):
        yield made.spoiled(f"shape {str(shape)[:24]}", "shape", shape)
    yield made.shaped("no hidden layer", [4, 2], COMPLETE)
    yield made.shaped("one class", [4, 6, 1])
    yield made.shaped("many classes", [4, 6, 100], *FINE)
    yield made.shaped("a hundred and one classes", [4, 6, 101], *FINE)
    yield made.shaped("1024 classes", [4, 6, 1024], *FINE)
    yield made.shaped("64 wide", [4, 64, 64, 2], *FINE)
    yield made.shaped("256 wide", [4, 256, 256, 2], *FINE)
    yield made.shaped("1024 wide", [4, 1024, 1024, 2], *FINE)
    yield made.shaped("sixteen layers", [4, *[32] * 14, 2], *FINE)
    yield made.shaped("sixteen layers of 256", [4, *[256] * 14, 2], *FINE)
    for fill in (3e38, -3e38, 1e-45, 0.0):
        yield made.shaped(f"weights of {fill}", [4, 6, 5, 2], COMPLETE, fill=fill)
    for fill in (float("nan"), float("inf")):
        yield made.shaped(f"weights of {fill}", [4, 6, 5, 2], fill=fill)


def _of_samples(made: _Maker) -> Iterator[Hostile]:
    """Points that cannot be drawn, or do not fit."""

    def rows(number: int, *, columns: int = 2, value: float = 1.0, label: int = 0, **more: Any) -> Row:
        values = packed(np.full(number * columns, value))
        told = {"count": number, "columns": columns, "values": values, "labels": packed([label] * number, "u1")}
        return {**told, "training": packed([1] * number, "u1"), **more}

    yield made.spoiled("none", "samples", rows(0), *FINE)
    yield made.spoiled("a negative count", "samples", rows(1, count=-1))
    yield made.spoiled("a count of a milliard", "samples", rows(1, count=10**9))
    yield made.spoiled("a class that there is not", "samples", rows(3, label=2))
    yield made.spoiled("the class 255", "samples", rows(3, label=255))
    yield made.spoiled("three columns", "samples", rows(3, columns=3))
    yield made.spoiled("no columns", "samples", rows(3, columns=0))
    yield made.spoiled("fewer values than told", "samples", rows(3, count=4))
    yield made.spoiled("values that are no base64", "samples", rows(3, values="ä"))
    yield made.spoiled("values that are numbers", "samples", rows(3, values=[1, 2, 3]))
    for value in (float("nan"), float("inf"), 3e38, -1e7):
        yield made.spoiled(f"points at {value}", "samples", rows(3, value=value))
    yield made.spoiled("all in one place", "samples", rows(400, value=0.0), COMPLETE)
    yield made.spoiled("five thousand points", "samples", rows(5_000), *FINE)
    yield made.spoiled("ten thousand points", "samples", rows(10_000), *FINE)
    yield made.spoiled("a hundred thousand points", "samples", rows(100_000), *FINE)


def _of_pictures(made: _Maker) -> Iterator[Hostile]:
    """Networks of pictures, small and large; of people's own there are many with layers of hundreds."""
    shapes = ([25, 65], [25, 300], [784, 64, 10], [784, 128, 10], [784, 256, 128, 10], [784, 1024, 10], [64, 4, 2])
    for shape in shapes:
        for count in (0, 1, 100):
            told = _network(made.header, shape, 0.01)
            values = np.linspace(0, 1, shape[0] * count)
            rows = {"count": count, "columns": shape[0], "values": packed(values)}
            bytes_of = {name: packed(np.zeros(count), "u1") for name in ("labels", "training")}
            features = {"features": [f"p{k}" for k in range(shape[0])], "dataset": "pictures"}
            told["header"] |= {**features, "offset": [0.0] * shape[0], "scale": [1.0] * shape[0]}
            told["header"]["samples"] = {**rows, **bytes_of}
            yield made.case(f"{'-'.join(map(str, shape))}, {count} of them", *FINE, **told)


def _of_words(made: _Maker) -> Iterator[Hostile]:
    """Names that are long, strange, alike or none."""
    for name, text in {
        "of 2,000 letters": LONG,
        "of 500 emoji": "🦊" * 500,
        "empty": "",
        "of blanks": " " * 300,
        "of control characters": "\x00\x1b[31m\n\r\t\x7f",
        "from right to left": "مرحبا بالعالم",
        "that turn the line": "\u202eevil\u202c",
        "of combining marks": "Z" + "\u0301" * 400,
        "of a lone surrogate": "\\ud800",
        "of Chinese": "螺旋线数据",
    }.items():
        yield made.spoiled(f"classes {name}", "classes", [text, f"{text}2"], *FINE)
        yield made.spoiled(f"a data set {name}", "dataset", text, *FINE)
        yield made.spoiled(f"a title {name}", "title", text, *FINE)
    yield made.spoiled("two classes of one name", "classes", ["A", "A"], *FINE)
    yield made.spoiled("a hundred classes for two answers", "classes", [str(k) for k in range(100)])
    yield made.spoiled("inputs that are not known", "features", ["x", "y", "z", "w"])
    yield made.spoiled(
        "rows left out, and their reasons",
        "leftOut",
        {"rows": 10**9, "first": [{"line": 1, "reason": LONG}] * 50},
        *FINE,
    )
    yield made.case("a reason of 2,000 letters", COMPLETE, end={**made.end, "reason": LONG})


def _of_epochs(made: _Maker) -> Iterator[Hostile]:
    """Epochs that are not the next, and numbers that are none."""
    for value in (0, -1, 2, 4, 10**18, 1.5, "3", None):
        yield made.epoch(f"number {value}", "epoch", value)
    for key in ("loss", "validationLoss"):
        bad: tuple[Any, ...] = (-1.0, 1e308, 1.7e308, None, "low", ...)
        for value in bad:
            yield made.epoch(f"{key} {'left out' if value is ... else value}", key, value)
        yield made.epoch(f"{key} 3e38", key, 3e38, COMPLETE)
        yield made.epoch(f"{key} 1e-300", key, 1e-300, COMPLETE)
    for key in ("accuracy", "validationAccuracy"):
        for value in (-0.1, 100.1, 1e9, None):
            yield made.epoch(f"{key} {value}", key, value)
    for key in ("weights", "biases", "activations", "gradientNorms", "confusion"):
        yield made.epoch(f"{key} left out", key, ...)
        yield made.epoch(f"{key} empty", key, "")
        yield made.epoch(f"{key} no base64", key, "not base64!")
        size = len(base64.b64decode(made.epochs[0][key])) // 4
        yield made.epoch(f"{key} one short", key, packed([0.0] * (size - 1)))
        yield made.epoch(f"{key} NaN", key, packed([np.nan] * size))
        yield made.epoch(f"{key} infinite", key, packed([np.inf] * size))
        ends = {"confusion": (ERROR,)}.get(key, (COMPLETE,))
        yield made.epoch(f"{key} 3e38", key, packed([3e38] * size), *ends)
    for key in ("gradientNorms", "confusion"):
        size = len(base64.b64decode(made.epochs[0][key])) // 4
        yield made.epoch(f"{key} -5", key, packed([-5.0] * size))
    yield made.epoch("a confusion of nothing", "confusion", packed([0.0] * 4), COMPLETE)
    yield made.every("a loss between nothing and everything", lambda k, row: {**row, "loss": 3e38 * (k % 2)}, COMPLETE)
    yield made.every("all losses nothing", lambda k, row: {**row, "loss": 0.0, "validationLoss": 0.0}, COMPLETE)
    yield made.every(
        "unseen figures in every second", lambda k, row: row if k % 2 else _with(row, "validationLoss", ...)
    )


def _of_ends(made: _Maker) -> Iterator[Hostile]:
    """Ends that contradict their run."""
    for status, ends in (
        ("done", ERROR),
        ("", ERROR),
        ("cut", ERROR),
        (None, ERROR),
        ("cancelled", STOPPED),
        ("diverged", DIVERGED),
    ):
        yield made.case(f"status {status!r}", ends, end={**made.end, "status": status})
    for count in (0, 1, -1, 10**18, "5", None):
        yield made.case(f"after {count} epochs", end={**made.end, "epochs": count})
    yield made.case("complete too early", epochs=made.epochs[:2], end={**made.end, "epochs": 2})
    yield made.case(
        "cancelled in the middle", STOPPED, epochs=made.epochs[:2], end={**made.end, "epochs": 2, "status": "cancelled"}
    )
    yield made.case("no reason", end=_with(made.end, "reason", ...))
    yield made.case("no end", COMPLETE, ERROR, end=False)


def _network(header: Row, shape: Sequence[int], fill: float) -> dict[str, Any]:
    links = sum(one * other for one, other in pairwise(shape))
    classes = [f"class {k}" for k in range(shape[-1])]
    told = {**header, "shape": list(shape), "classes": classes, "parameters": {**header["parameters"], "epochs": 2}}
    told["samples"] = {**header["samples"], "labels": packed([0] * header["samples"]["count"], "u1")}
    state = {
        "weights": packed(np.full(links, fill)),
        "biases": packed(np.zeros(sum(shape[1:]))),
        "activations": packed(np.full(sum(shape), 0.5)),
        "gradientNorms": packed(np.full(len(shape) - 1, 0.1)),
        "confusion": packed(np.eye(shape[-1]).ravel()),
    }
    figures = {"loss": 0.5, "accuracy": 50.0, "validationLoss": 0.5, "validationAccuracy": 50.0}
    epochs = [{"type": "epoch", "epoch": number, **figures, **state} for number in (1, 2)]
    return {"header": told, "epochs": epochs, "end": {"type": "end", "status": "complete", "reason": "so", "epochs": 2}}


_TRACEBACK = b'{"error":"Traceback (most recent call last):\\n File \\"/srv/app.py\\", line 3\\nValueError: no"}'
