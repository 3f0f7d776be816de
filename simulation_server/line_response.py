"""An answer that is sent line by line, as the lines come into being. Opens no socket and computes no line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .wire import Request, Response

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
    headers: tuple[tuple[str, str], ...] = ()
    close: Callable[[], object] = _nothing

    def pieces(self, *, keep_alive: bool) -> Iterator[bytes]:
        """Yield what to send, one write per line: the head comes with the first line, then nothing is held back."""
        head = self._head(keep_alive=keep_alive and self.chunked)
        for line in self.lines:
            yield head + (b"%x\r\n%b\r\n" % (len(line), line) if self.chunked else line)
            head = b""
        if self.chunked or head:
            yield head + (_LAST_CHUNK if self.chunked else b"")

    def whole(self) -> Response:
        """Return all lines as one response of known length, and close this one."""
        try:
            return Response(OK, b"".join(self.lines), self.headers, NDJSON)
        finally:
            self.close()

    def _head(self, *, keep_alive: bool) -> bytes:
        lines = ["HTTP/1.1 200 OK", f"Content-Type: {NDJSON}"]
        lines += ["Transfer-Encoding: chunked"] if self.chunked else []
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [f"Connection: {'keep-alive' if keep_alive else 'close'}", "", ""]
        return "\r\n".join(lines).encode("latin-1")


Answer = Response | LineResponse


def wants_lines(request: Request) -> bool:
    """Return whether the client accepts lines of JSON by their very name; a wildcard is not enough to change format."""
    return any(_is_lines(part) for value in request.values("accept") for part in value.split(","))


def _is_lines(part: str) -> bool:
    kind, *options = (word.strip().lower() for word in part.split(";"))
    return kind == NDJSON and not any(map(_REFUSED.fullmatch, options))
