"""What is asked and what is answered, as values. Opens no socket and knows no route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import msgspec

LARGEST_BODY = 64 * 1024  # bytes, unless more is admitted (see large_bodies.py)
JSON = "application/json; charset=utf-8"

Fields = tuple[tuple[str, str], ...]  # names and values of headers, in the order in which they are sent


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
    headers: Fields = ()
    content_type: str = JSON

    @classmethod
    def json(cls, status: int, content: object) -> Response:
        """Return a response with `content` as compact JSON; keys keep their order."""
        return cls(status, msgspec.json.encode(content))

    @classmethod
    def error(cls, status: int, message: str, *, field: str | None = None) -> Response:
        """Return the error object of the contract, with the field to blame where there is one."""
        return cls.json(status, {"error": message} if field is None else {"error": message, "field": field})

    @property
    def fields(self) -> Fields:
        """Every header but Connection: what the body is, unless there can be none, then the response's own."""
        if self.status == HTTPStatus.NO_CONTENT:
            return self.headers
        return (("Content-Type", self.content_type), ("Content-Length", str(len(self.body))), *self.headers)


class Refused(Exception):
    """The request cannot be used; after `response` the connection must close, as its next request cannot be found."""

    def __init__(self, status: int, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.response = Response.error(status, message, field=field)
