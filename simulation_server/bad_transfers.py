"""Faults in how it is said: answers that come late, in drops, cut short, endlessly, or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from http.client import responses

from .fault_plan import Call, Pause, Plan, Reset
from .messages import JSON, Response

DRIP_INTERVAL = 0.1  # seconds between two bytes
SLOW_PIECES = 10  # pieces that a slow answer comes in
HUGE_PIECES = 512  # pieces of 64 KiB: 32 MiB
BOMB_BLOCKS = 64  # blocks of 1 MiB that the client unpacks
ROW = b'{"epoch":1,"loss":0.5,"accuracy":50}'

_OPENING = b'{"success":true,"data":['
_GZIP = 31  # zlib's window bits for a gzip wrapper


def healthy(call: Call) -> Plan:
    """Answer as a healthy server does."""
    yield call.healthy()


def silent(call: Call) -> Plan:
    """Take the request and never answer."""
    yield Pause()


def late(call: Call) -> Plan:
    """Answer rightly, after `amount` seconds."""
    yield Pause(call.amount)
    yield call.healthy()


def slow(call: Call) -> Plan:
    """Answer rightly, in ten pieces spread over `amount` seconds."""
    whole = _framed(call.whole())
    size = -(-len(whole) // SLOW_PIECES)
    for start in range(0, len(whole), size):
        yield Pause(call.amount / SLOW_PIECES)
        yield whole[start : start + size]


def drip(call: Call) -> Plan:
    """Answer rightly, one byte every tenth of a second, headers included."""
    for byte in _framed(call.whole()):
        yield bytes([byte])
        yield Pause(DRIP_INTERVAL)


def error(call: Call) -> Plan:
    """Answer with the status `amount`."""
    yield Response.error(int(call.amount), f"Fault on demand: {int(call.amount)}")


def flaky(call: Call) -> Plan:
    """Answer the first `amount` requests with 503, the others rightly."""
    yield Response.error(503, "Fault on demand: 503") if call.number <= call.amount else call.healthy()


def broken(call: Call) -> Plan:
    """Close the connection half-way through the body."""
    answer = call.whole()
    yield _framed(answer)[: -max(1, len(answer.body) // 2)]


def reset(call: Call) -> Plan:
    """Reset the connection instead of answering."""
    yield Reset()


def reset_body(call: Call) -> Plan:
    """Reset the connection half-way through the body."""
    yield from broken(call)
    yield Reset()


def huge(call: Call) -> Plan:
    """Stream 32 MiB of epochs, without saying so beforehand."""
    rows = b",".join([ROW] * (64 * 1024 // len(ROW)))
    yield from _chunked([_OPENING, *[rows + b","] * HUGE_PIECES, ROW + b"]}"])


def huge_declared(call: Call) -> Plan:
    """Promise a terabyte and send nothing of it."""
    yield _head(f"Content-Length: {10**12}")
    yield Pause()


def gzip_bomb(call: Call) -> Plan:
    """Send 64 KiB that unpack to 64 MiB."""
    yield from _chunked(_compressed(), "Content-Encoding: gzip")


def bad_gzip(call: Call) -> Plan:
    """Say that the body is compressed when it is not."""
    yield _head("Content-Encoding: gzip", "Content-Length: 4") + b"oops"


def bad_chunk(call: Call) -> Plan:
    """Send a chunk whose length is no number."""
    yield _head("Transfer-Encoding: chunked") + b"zz\r\noops\r\n"


def wrong_length(call: Call) -> Plan:
    """Announce one byte less than the body has."""
    answer = call.whole()
    yield _head(f"Content-Length: {max(0, len(answer.body) - 1)}") + answer.body


def not_http(call: Call) -> Plan:
    """Answer like another kind of server."""
    yield b"220 mail.example ESMTP ready\r\n"


def many_headers(call: Call) -> Plan:
    """Send more headers than any client reads."""
    yield _head(*[f"X-Header-{number}: 0" for number in range(1000)], "Content-Length: 0")


def huge_header(call: Call) -> Plan:
    """Send one header of a megabyte."""
    yield _head("X-Header: " + "0" * 2**20, "Content-Length: 0")


def continue_storm(call: Call) -> Plan:
    """Say "go on" a thousand times, then answer rightly."""
    yield b"HTTP/1.1 100 Continue\r\n\r\n" * 1000
    yield _framed(call.whole())


def leftovers(call: Call) -> Plan:
    """Answer rightly, then send a second answer that nobody asked for."""
    yield _framed(call.whole(), connection="keep-alive")
    yield _framed(Response(200, _OPENING + b'{"epoch":1,"loss":666,"accuracy":50}]}'), connection="keep-alive")
    yield Pause()


def _framed(answer: Response, *, connection: str = "close") -> bytes:
    """Frame an answer by hand, as a healthy server does, so that it can be cut in pieces or sent twice."""
    fields = (*answer.fields, ("Connection", connection))
    head = f"HTTP/1.1 {answer.status} {responses[answer.status]}\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields)
    return f"{head}\r\n".encode("ascii") + answer.body


def _head(*headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {JSON}", *headers, "Connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii")


def _chunked(pieces: Iterable[bytes], *headers: str) -> Plan:
    yield _head("Transfer-Encoding: chunked", *headers)
    for piece in pieces:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def _compressed() -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    block = b" " * 2**20
    for _ in range(BOMB_BLOCKS):
        packed = packer.compress(block)
        if packed:
            yield packed
    yield packer.flush()
