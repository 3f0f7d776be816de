"""An answer that is sent line by line, as the lines come into being. Opens no socket and computes no line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .messages import Fields, Request, Response

NDJSON = "application/x-ndjson"  # one JSON object per line
OK = 200

_REFUSED = re.compile(r"q=0(\.0*)?")  # a weight of zero means "not this"
_LAST_CHUNK = b"0\r\n\r\n"


def _nothing() -> None:
    """Hold nothing that would have to be given back."""


@dataclass(frozen=True, slots=True)
class LineResponse:
    """Lines of JSON, each ending in a newline, in chunks of one line each (RFC 9112, section 7.1).

    HTTP/1.0 knows no chunks: there `chunked` is False, and the end of the connection is the end of the lines.
    Whoever takes a LineResponse must `close` it, which gives back what its lines hold, also when none was taken.
    """

    lines: Iterator[bytes]
    chunked: bool
    headers: Fields = ()
    close: Callable[[], object] = _nothing
    most_pieces: int | None = None  # a fault: nothing is sent after so many

    @property
    def fields(self) -> Fields:
        """Every header but Connection."""
        framing: Fields = (("Transfer-Encoding", "chunked"),) if self.chunked else ()
        return (("Content-Type", NDJSON), *framing, *self.headers)

    def pieces(self) -> Iterator[bytes]:
        """Yield what is sent after the head: one piece per line, then the mark of the end, which may be empty."""
        for line in self.lines:
            yield b"%x\r\n%b\r\n" % (len(line), line) if self.chunked else line
        yield _LAST_CHUNK if self.chunked else b""

    def whole(self) -> Response:
        """Return all lines as one response of known length, and close this one."""
        try:
            return Response(OK, b"".join(self.lines), self.headers, NDJSON)
        finally:
            self.close()


Answer = Response | LineResponse


def wants_lines(request: Request) -> bool:
    """Return whether the client accepts lines of JSON by their very name; a wildcard is not enough to change format."""
    return any(_is_lines(part) for value in request.values("accept") for part in value.split(","))


def _is_lines(part: str) -> bool:
    kind, *options = (word.strip().lower() for word in part.split(";"))
    return kind == NDJSON and not any(map(_REFUSED.fullmatch, options))
