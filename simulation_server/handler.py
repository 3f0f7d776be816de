"""One connection from first byte to last: http.server parses and frames, within the limits that are set here.

Knows no route. What cannot be trusted gets one error in JSON and the end of the connection, so that nothing which
follows it can pass for a request.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from http import HTTPStatus
from http.client import LineTooLong, responses
from http.server import BaseHTTPRequestHandler
from itertools import islice
from socketserver import BaseServer
from typing import Any, NamedTuple

from .cross_origin import last_words
from .large_bodies import LargeBodies
from .line_response import LineResponse
from .messages import LARGEST_BODY, Fields, Refused, Request, Response
from .request_head import VERSIONS, Headers, length_of_body, origin_form, target_of, trusted_fields
from .stream import LONGEST_HEAD, Overdue, Stream

Log = Callable[[str], None]
Respond = Callable[["Handler", Request], None]  # answers one request; raises OSError when the client has left

_ORIGIN = re.compile(rb"^origin:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
LONGEST_LOGGED = 200  # characters of what a client sent
LINGER = 1.0  # seconds in which a client may read our last words
LINGER_WHEN_BUSY = 0.05  # seconds, while nobody else is let in

BUSY = Response.error(503, "The server has too many connections; try again in a moment")
TOO_SLOW = Response.error(408, "The request did not arrive in time; send it again")
TOO_MUCH = f"The headers are too many or too long; send fewer than 100, and at most {LONGEST_HEAD} bytes"


def printable(text: str) -> str:
    """Return what a client sent with every control and foreign character escaped, cut to a sensible length."""
    return text[:LONGEST_LOGGED].encode("unicode_escape").decode("ascii")


class _Head(NamedTuple):
    """A head that was found good: its first line, the others, and what they say."""

    first: bytes
    others: bytes
    command: str
    version: str
    path: str
    fields: dict[str, tuple[str, ...]]
    closes: bool


class Handler(BaseHTTPRequestHandler):
    """Reads the requests of one connection; `respond` answers each, by one of the methods named `send_…` below."""

    MessageClass = Headers
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.1"  # what a first line that cannot be read is answered in
    raw_requestline: bytes  # the first line, as it came

    def __init__(
        self, stream: Stream, client: object, server: BaseServer, *, respond: Respond, log: Log, large: LargeBodies
    ) -> None:
        self.stream = stream
        self._respond, self._log, self._large = respond, log, large
        self._fields: dict[str, tuple[str, ...]] = {}
        self._held = contextlib.ExitStack()  # what a request takes is given back when it is answered
        self._answered = 0  # requests on this connection
        self._before: _Head | None = None  # that of the request before, if it was good
        super().__init__(stream.socket, client, server)

    def setup(self) -> None:
        """Read and write through the stream, which keeps the deadline."""
        self.rfile = self.wfile = self.stream

    def handle(self) -> None:
        """Answer requests until either side has had enough; a client that is turned away is only told so."""
        if self.stream.turned_away:
            self._begin()
            self._end(BUSY, linger=LINGER_WHEN_BUSY)
        else:
            super().handle()

    def handle_one_request(self) -> None:
        """Read and answer one request, or end the connection and say why."""
        self._begin()
        try:
            super().handle_one_request()
            self._answered += 1
        except Refused as refused:
            self._refuse(refused)
        except LineTooLong:  # the first line; when it is a header, http.server catches it
            self._refuse(Refused(414, "The request line is too long; shorten the address"))
        except Overdue:
            self._end(TOO_SLOW if self._begun() else None)
        except EOFError:
            self._end(BUSY if self.stream.evicted and (self._begun() or not self._answered) else None)
        except OSError:  # the client left, or reads too slowly
            self._end()

    def parse_request(self) -> bool:
        """Have http.server parse the head, and refuse what it would read in another way than a stricter reader.

        A client that keeps its connection sends the same head again and again: byte for byte the same says the same.
        """
        if self.raw_requestline in (b"\r\n", b"\n"):  # one empty line before a request is allowed (RFC 9112, 2.2)
            self.stream.head.clear()
            self.raw_requestline = self.stream.readline()
        before = self._before
        if before and before.first == self.raw_requestline and self.stream.take(before.others):
            self.command, self.request_version, self.path = before.command, before.version, before.path
            self._fields, self.close_connection = before.fields, before.closes
            return True
        self._before = None
        target = target_of(self.raw_requestline)
        if not super().parse_request():
            return False
        self.path, host = origin_form(target)  # as it came, where http.server makes one slash of several
        self._fields = trusted_fields(self.stream.head, self.headers)
        if host is not None:  # it counts, whatever the header says
            self._fields["host"] = (host,)
        if "close" in map(str.strip, ",".join(self._fields.get("connection", ())).lower().split(",")):
            self.close_connection = True  # http.server only sees the word where it stands alone
        if not self._continue_expected:
            said = self.command, self.request_version, self.path, self._fields, self.close_connection
            self._before = _Head(self.raw_requestline, bytes(self.stream.head[len(self.raw_requestline) :]), *said)
        return True

    def handle_expect_100(self) -> bool:
        """Put "100 Continue" off until the whole head is known to be good."""
        self._continue_expected = True
        return True

    def send_whole(self, response: Response) -> None:
        """Send a response in one write: head and body apart cost 40 ms on a kept connection (cpython#108736)."""
        self._write_head(response.status, response.fields)
        if self.command != "HEAD":
            self.wfile.write(response.body)
        self.wfile.flush()

    def send_lines(self, answer: LineResponse) -> None:
        """Send the lines as they come, one write for each; the head comes with the first, then nothing is held back."""
        if not answer.chunked or answer.most_pieces is not None:
            self.close_connection = True
        for number, piece in enumerate(islice(answer.pieces(), answer.most_pieces)):
            if number == 0:
                self._write_head(HTTPStatus.OK, answer.fields)
            self.wfile.write(piece)
            self.wfile.flush()

    def send_raw(self, data: bytes) -> None:
        """Send bytes that may be no HTTP; nothing can follow them on this connection but more of their kind."""
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what http.server cannot read, in the JSON of the contract."""
        if code == HTTPStatus.NOT_IMPLEMENTED:  # a method without a do_… below: the routes say which ones are right
            self._answer()
        else:
            too_much = code == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self._refuse(Refused(code, TOO_MUCH if too_much else message or responses[code]))

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing to the standard error: each request has its one line in our own log."""

    def _begin(self) -> None:
        self.stream.begin()
        self.command, self.request_version = "", self.default_request_version  # not those of the request before
        self.close_connection, self._continue_expected = True, False

    def _answer(self) -> None:
        with self._held:
            version, body = VERSIONS.index(self.request_version), self._body()
            self._respond(self, Request(self.command, self.path, version, self._fields, body))

    do_GET = do_HEAD = do_POST = do_OPTIONS = _answer

    def _body(self) -> bytes:
        """Return the body of the request; raises Refused, EOFError, Overdue."""
        length = length_of_body(self.command, self._fields, self.stream.buffered())
        if length > LARGEST_BODY:
            self._large.admit(self.command, self.path, length, held=self._held)
        if length and self._continue_expected:
            super().handle_expect_100()
            self.wfile.flush()
        return self.rfile.read(length)

    def _origin(self) -> str | None:
        """Which page asks, also where the head is not good enough to be used."""
        found = _ORIGIN.search(self.stream.head)
        return found[1].decode("latin-1").strip() if found else None

    def _begun(self) -> bool:
        """Whether anything of the request has arrived."""
        return bool(self.stream.head or self.stream.buffered())

    def _write_head(self, status: int, fields: Fields) -> None:
        lines = [f"{self.protocol_version} {int(status)} {responses.get(status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in fields]
        lines += [f"Connection: {'close' if self.close_connection else 'keep-alive'}", "", ""]
        self.wfile.write("\r\n".join(lines).encode("latin-1"))

    def _refuse(self, refused: Refused) -> None:
        self._log(f"refused {refused.response.status}: {printable(str(refused))}")
        self._end(refused.response)

    def _end(self, last: Response | None = None, *, linger: float = LINGER) -> None:
        """Let no request follow; send the last words, where there are any, and leave time (seconds) to read them."""
        self.close_connection = True
        if last is not None:
            with contextlib.suppress(OSError):
                self.send_whole(last_words(last, self._origin()))
                self.stream.linger(linger)
