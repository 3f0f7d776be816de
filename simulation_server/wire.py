"""HTTP/1.1 as bytes: one request in, one response out. Opens no socket and knows no route."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import responses
from typing import Protocol

import msgspec

LONGEST_LINE = 8 * 1024  # bytes
LONGEST_HEAD = 16 * 1024  # bytes, request line and headers together
LARGEST_BODY = 64 * 1024  # bytes, unless the reader admits more
MOST_HEADERS = 100
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
JSON = "application/json; charset=utf-8"

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST_LINE = re.compile(rf"({_TOKEN}) ([\x21-\xff]+) HTTP/1\.([01])")
_HEADER = re.compile(rf"({_TOKEN}):[ \t]*([\t\x20-\x7e\x80-\xff]*)")
_DIGITS = re.compile(r"[0-9]+")
_MOST_DIGITS = 15  # of a length that is worth reading as a number


class Source(Protocol):
    """Where a request is read from; raises EOFError at the end, TimeoutError when it takes too long."""

    def line(self, limit: int) -> bytes:
        """Return the next line with its line feed; raises OverflowError when it is longer than `limit` bytes."""

    def exactly(self, count: int) -> bytes:
        """Return the next `count` bytes."""

    def buffered(self) -> bytes:
        """Return what has arrived and was not read yet."""

    def send(self, data: bytes) -> None:
        """Write all of `data`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names are in lower case, and a header that came twice keeps both values."""

    method: str
    target: str
    minor_version: int
    headers: Mapping[str, tuple[str, ...]]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def keep_alive(self) -> bool:
        """Whether the client wants to use the connection again."""
        wishes = {word.strip().lower() for value in self.values("connection") for word in value.split(",")}
        return "close" not in wishes if self.minor_version else "keep-alive" in wishes

    def values(self, name: str) -> tuple[str, ...]:
        """Return every value of the header `name` (lower case), in the order they came."""
        return self.headers.get(name, ())

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case), or None."""
        return next(iter(self.values(name)), None)


@dataclass(frozen=True, slots=True)
class Response:
    """One whole response. Has no Date header: the same request gets the same bytes."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = JSON

    @classmethod
    def json(cls, status: int, content: object) -> Response:
        """Return a response with `content` as compact JSON; keys keep their order."""
        return cls(status, msgspec.json.encode(content))

    @classmethod
    def error(cls, status: int, message: str, *, field: str | None = None) -> Response:
        """Return the error object of the contract, with the field to blame where there is one."""
        return cls.json(status, {"error": message} if field is None else {"error": message, "field": field})

    def encode(self, *, keep_alive: bool, with_body: bool = True) -> bytes:
        """Return head and body as one piece: written apart they cost 40 ms on a kept connection (cpython#108736)."""
        lines = [f"HTTP/1.1 {self.status} {responses.get(self.status, 'Unknown')}"]
        if self.status != HTTPStatus.NO_CONTENT:
            lines += [f"Content-Type: {self.content_type}", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [f"Connection: {'keep-alive' if keep_alive else 'close'}", "", ""]
        return "\r\n".join(lines).encode("latin-1") + (self.body if with_body else b"")


class Refused(Exception):
    """The request cannot be read; after `response` the connection must close, as its next request cannot be found."""

    def __init__(self, status: int, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.response = Response.error(status, message, field=field)


def refuse_large(head: Request, length: int) -> None:
    """Refuse any body above the usual size."""
    raise Refused(413, f"The body is too large; send at most {LARGEST_BODY} bytes", field="body")


Admission = Callable[[Request, int], object]  # the head and the length of a large body; raises Refused


def read_request(source: Source, *, admit_large: Admission = refuse_large) -> Request:
    """Read one request with its body; raises Refused, EOFError or TimeoutError."""
    head = _read_head(source)
    length = _content_length(head, source.buffered())
    if length > LARGEST_BODY:
        admit_large(head, length)
    if length and (head.header("expect") or "").lower() == "100-continue":
        source.send(CONTINUE)
    return replace(head, body=source.exactly(length))


def _read_head(source: Source) -> Request:
    line = _line(source, 414, "The request line is too long; shorten the address")
    if not line:  # one empty line before a request is allowed (RFC 9112, 2.2)
        line = _line(source, 414, "The request line is too long; shorten the address")
    match = _REQUEST_LINE.fullmatch(line)
    if match is None:
        raise Refused(400, "The first line must be a request such as: GET /api/health HTTP/1.1")
    return Request(match[1], match[2], int(match[3]), _read_headers(source, len(line)))


def _read_headers(source: Source, size: int) -> dict[str, tuple[str, ...]]:
    headers: dict[str, tuple[str, ...]] = {}
    for _ in range(MOST_HEADERS + 1):
        line = _line(source, 431, "A header is too long; send a shorter one")
        if not line:
            return headers
        size += len(line)
        match = _HEADER.fullmatch(line)
        if match is None:
            raise Refused(400, "A header is malformed; write each as: Name: value")
        name = match[1].lower()
        headers[name] = (*headers.get(name, ()), match[2].rstrip())
        if size > LONGEST_HEAD:
            break
    raise Refused(431, f"The headers are too many or too long; send at most {MOST_HEADERS} and {LONGEST_HEAD} bytes")


def _line(source: Source, status: int, message: str) -> str:
    try:
        line = source.line(LONGEST_LINE)
    except OverflowError as error:
        raise Refused(status, message) from error
    return line.decode("latin-1").removesuffix("\n").removesuffix("\r")


def _content_length(head: Request, following: bytes) -> int:
    """Return the length of the body in bytes: digits, given once; it may still be too large."""
    if head.values("transfer-encoding"):
        raise Refused(411, "Chunked bodies are not accepted; send a Content-Length", field="body")
    lengths = head.values("content-length")
    if not lengths:
        if head.method == "POST" and (head.values("content-type") or _looks_like_a_body(following)):
            raise Refused(411, "A body needs a Content-Length header; send one", field="body")
        return 0
    if len(lengths) > 1 or not _DIGITS.fullmatch(lengths[0]):
        raise Refused(400, "Content-Length must be one whole number, in digits only", field="body")
    digits = lengths[0].lstrip("0") or "0"
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS  # larger than anybody admits


def _looks_like_a_body(following: bytes) -> bool:
    """A POST without a length has no body, so what follows must be the next request: a method in capitals."""
    start = following.lstrip(b"\r\n")[:1]
    return bool(start) and not start.isupper()
