"""The page by which the office sees that an exhibit lives: what it does, a picture of it, and figures for a monitor.

It tells and takes no orders: whoever reaches it can look, and change nothing.
"""

import json
import math
import os
import re
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from functools import partial
from hmac import compare_digest
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socketserver import BaseServer
from string import Template
from threading import Lock, Semaphore, Thread, Timer, current_thread
from typing import Self
from urllib.parse import parse_qs, urlencode

Value = str | int | float | bool | None
Snapshot = Mapping[str, Value]  # what is told, by a name like "uptime_seconds"
Tell = Callable[[], Snapshot]
Picture = Callable[[], bytes | None]  # a PNG; None while there is none

LOOPBACK = "127.0.0.1"
MOST_CONNECTIONS = 8  # at once
PATIENCE = 5.0  # seconds that a client may keep silent, or need to take an answer
LONGEST = 20.0  # seconds that a connection may last, however busy its client pretends to be
GRACE = 0.25  # seconds until a newcomer is turned away, and until one who stays after the answer is left
FAREWELL = 1.0  # seconds that `close` waits for each answer that is still being made
POLL = 0.1  # seconds until the accept loop sees that it must end
LONGEST_LINE = 65536  # bytes of the first line of a request
MOST_UNREAD = 1 << 20  # bytes that are thrown away after an answer

METHODS = ("GET", "HEAD")
LABELS = ("status", "language")  # the texts that the figures carry
EVERY_ANSWER = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("Referrer-Policy", "no-referrer"),  # an address may hold the token
    ("Connection", "close"),
)
TEXT = "text/plain; charset=utf-8"
FIGURES = "text/plain; version=0.0.4; charset=utf-8"  # the format of Prometheus
BUSY = "\r\n".join(
    (
        "HTTP/1.1 503 Service Unavailable",
        "Retry-After: 5",
        f"Content-Type: {TEXT}",
        *(f"{name}: {value}" for name, value in EVERY_ANSWER),
        "",
        "Too many look at once; try again in a while.\n",
    )
).encode()
PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="10">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Visualizer</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
th { font-weight: normal; opacity: .75; }
</style>
</head>
<body>
<h1>Visualizer</h1>
<table>
$rows
</table>
<p><a href="screenshot.png$query">Picture</a> · <a href="metrics$query">Figures</a></p>
</body>
</html>
""")


@dataclass(frozen=True)
class _Answer:
    status: HTTPStatus
    kind: str  # the media type of the body
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def page(snapshot: Snapshot, *, query: str = "") -> str:
    """`snapshot` as an HTML page that needs no script; its links end with `query`, such as `?token=...`."""
    rows = [_row(name.replace("_", " "), _shown(value)) for name, value in snapshot.items()]
    return PAGE.substitute(rows="\n".join(rows), query=escape(query))


def as_json(snapshot: Snapshot) -> str:
    """`snapshot` as a JSON object; what JSON has no number for (NaN, the infinite) is null."""
    numbers = {name: value for name, value in snapshot.items() if isinstance(value, float)}
    unknown = {name: None for name, value in numbers.items() if not math.isfinite(value)}
    return json.dumps({**snapshot, **unknown}, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def metrics(snapshot: Snapshot) -> str:
    """The numbers of `snapshot` in the text format 0.0.4 of Prometheus, and its texts `status` and `language`."""
    labels = [(name, value) for name in LABELS if isinstance(value := snapshot.get(name), str)]
    lines: dict[str, str] = {}  # what comes after each name; a name may be there only once
    if labels:
        lines["visualizer_info"] = "{" + ",".join(f'{name}="{_label(value)}"' for name, value in labels) + "} 1"
    for name, value in snapshot.items():
        if isinstance(value, int | float):
            lines.setdefault("visualizer_" + re.sub(r"[^a-zA-Z0-9_]", "_", name), f" {_number(value)}")
    return "".join(f"# TYPE {name} gauge\n{name}{rest}\n" for name, rest in lines.items())


class Office:
    """Answers at `url` from its own threads until it is closed.

    `tell` and `picture` are called on these threads, several at once if several look. An exception of theirs is an
    answer 500 and nothing else. `port` 0 takes any free one. Others than this machine reach it only where `host` says
    so, and then only with `token`, as `Authorization: Bearer TOKEN` or `?token=TOKEN`; on this machine a token is
    needed where one is given.

    Raises ValueError for a host that others reach without a token, and for a port that is none; OSError, which names
    the port, where it is taken or the host is not this machine's.
    """

    def __init__(self, tell: Tell, picture: Picture, *, host: str = LOOPBACK, port: int = 0, token: str = "") -> None:
        alone = is_loopback(host)
        if not alone and not token:
            raise ValueError(
                f"Others can reach '{host}': give a token that they must know, or leave the host at {LOOPBACK}"
            )
        if not 0 <= port <= 65535:
            raise ValueError(f"Port {port} is none: take one from 1 to 65535, or 0 for any that is free")
        answers = _Answers(tell, picture, alone=alone, token=token)
        try:
            self._server = _Server(LOOPBACK if host.lower() == "localhost" else host, port, answers)
        except OSError as why:
            words = f"Port {port} of {host or 'this machine'} cannot be had ({why.strerror}): choose another one"
            raise OSError(why.errno, words) from why
        self._loop = Thread(target=self._server.serve_forever, args=(POLL,), name="office-accept", daemon=True)
        self._loop.start()

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end and without the token."""
        host, port = self._server.server_address[:2]
        return f"http://[{host!s}]:{port}" if ":" in str(host) else f"http://{host!s}:{port}"

    def close(self) -> None:
        """End every connection and free the port. A second time does nothing."""
        self._server.shutdown()
        self._loop.join()
        self._server.server_close()
        self._server.end_connections()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`: `localhost` or an address such as 127.0.0.1 or ::1."""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False  # a name: what it stands for may change


class _Answers:
    """What is answered to whom. Knows no socket."""

    def __init__(self, tell: Tell, picture: Picture, *, alone: bool, token: str) -> None:
        self._tell, self._picture, self._alone = tell, picture, alone
        self._token = token.encode("utf-8", "surrogateescape")
        self._places: dict[str, Callable[[str, Message], _Answer]] = {
            "/": self._page,
            "/status": self._status,
            "/screenshot.png": self._screenshot,
            "/metrics": self._metrics,
        }

    def answer(self, method: str, target: str, headers: Message) -> _Answer:
        """The answer to a request for `target`, a path that may have a query."""
        path, _, query = target.partition("?")
        if self._alone and not _asks_this_machine(headers.get_all("Host", [])):
            return _words(HTTPStatus.FORBIDDEN, "Ask for localhost: this page answers to no other name")
        if self._token and not self._knows_token(query, headers):
            challenge = ("WWW-Authenticate", "Bearer")
            return _words(HTTPStatus.UNAUTHORIZED, "Add ?token= and the token of this exhibit", challenge)
        if method not in METHODS:
            allow = ("Allow", ", ".join(METHODS))
            return _words(HTTPStatus.METHOD_NOT_ALLOWED, "Here one can only look: ask with GET", allow)
        if path not in self._places:
            known = ", ".join(self._places)
            return _words(HTTPStatus.NOT_FOUND, f"There is nothing here; there are {known}")
        try:
            return self._places[path](query, headers)
        except Exception as why:
            words = f"The exhibit could not tell ({type(why).__name__}): ask again"
            return _words(HTTPStatus.INTERNAL_SERVER_ERROR, words)

    def _knows_token(self, query: str, headers: Message) -> bool:
        scheme, _, given = headers.get("Authorization", "").partition(" ")
        bearer = given.strip().encode("latin-1", "replace") if scheme.lower() == "bearer" else b""
        asked = _token_of(query).encode("utf-8", "replace")
        return compare_digest(bearer, self._token) | compare_digest(asked, self._token)  # both, whatever one says

    def _page(self, query: str, headers: Message) -> _Answer:
        token = _token_of(query)
        body = page(self._tell(), query=f"?{urlencode({'token': token})}" if token else "")
        return _text(body, "text/html; charset=utf-8")

    def _status(self, query: str, headers: Message) -> _Answer:
        if _prefers_html(", ".join(headers.get_all("Accept", []))):
            return self._page(query, headers)
        return _text(as_json(self._tell()), "application/json")

    def _metrics(self, query: str, headers: Message) -> _Answer:
        return _text(metrics(self._tell()), FIGURES)

    def _screenshot(self, query: str, headers: Message) -> _Answer:
        shot = self._picture()
        if shot is None:
            later = ("Retry-After", "5")
            return _words(HTTPStatus.SERVICE_UNAVAILABLE, "There is no picture yet; ask again in 5 seconds", later)
        return _Answer(HTTPStatus.OK, "image/png", bytes(shot))


class _Handler(BaseHTTPRequestHandler):
    """Reads one request, without its body, and writes its answer; then the connection ends."""

    protocol_version = default_request_version = "HTTP/1.1"

    def __init__(self, request: socket.socket, client: object, server: BaseServer, *, answers: _Answers) -> None:
        self._answers = answers
        super().__init__(request, client, server)

    def setup(self) -> None:
        """Let no read and no write take longer than `PATIENCE`."""
        super().setup()
        self.connection.settimeout(PATIENCE)

    def handle_one_request(self) -> None:
        """Answer the request, whatever its method. A client that leaves or is too slow ends the connection."""
        self.close_connection = True
        self.command = ""
        with suppress(OSError):
            self.raw_requestline = self.rfile.readline(LONGEST_LINE + 1)
            if len(self.raw_requestline) > LONGEST_LINE:
                self.requestline, self.request_version = "", self.default_request_version
                self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
            elif self.raw_requestline and self.parse_request():
                self._send(self._answers.answer(self.command, self.path, self.headers))
            _part(self.connection, most=MOST_UNREAD)

    def handle_expect_100(self) -> bool:
        """Ask for no body: none is read."""
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that could not be read, in one plain line."""
        status = HTTPStatus(code)
        self._send(_words(status, f"The request could not be read: {status.phrase}"))

    def version_string(self) -> str:
        """Tell no version to who might look for a weak one."""
        return "visualizer"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a monitor asks every few seconds, for weeks."""

    def _send(self, answer: _Answer) -> None:
        self.send_response(answer.status)
        own = (("Content-Type", answer.kind), ("Content-Length", str(len(answer.body))))
        for name, value in (*own, *EVERY_ANSWER, *answer.headers):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


class _Server(ThreadingHTTPServer):
    """The listening port: a thread for each connection, of which there are at most `MOST_CONNECTIONS` at once."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows the option would let two servers share a port
    request_queue_size = 64  # that the system holds until they are accepted; beyond it a client tries again in a second

    def __init__(self, host: str, port: int, answers: _Answers) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._places = Semaphore(MOST_CONNECTIONS)
        self._lock = Lock()
        self._open: dict[Thread, socket.socket] = {}
        super().__init__((host, port), partial(_Handler, answers=answers))

    def server_bind(self) -> None:
        """Bind without asking DNS for the name of this machine, which can take seconds where DNS is broken."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Serve a new connection on a thread of its own, or turn it away."""
        assert isinstance(request, socket.socket)  # always so for TCP
        if not self._places.acquire(timeout=GRACE):
            self._turn_away(request)
            return
        thread = Thread(target=self._serve, args=(request, client_address), name="office-connection", daemon=True)
        with self._lock:
            self._open[thread] = request
        try:
            thread.start()
        except RuntimeError:  # the system has no thread left for us
            self._forget(thread)
            raise

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that left is no news, and what the exhibit does wrong has been answered."""

    def end_connections(self) -> None:
        """Cut every connection, and wait for their threads, but not for one that hangs in what it was to tell."""
        with self._lock:
            left = dict(self._open)
        for thread, request in left.items():
            _cut(request)
            thread.join(FAREWELL)

    def _serve(self, request: socket.socket, client_address: object) -> None:
        end = Timer(LONGEST, _cut, args=(request,))  # else a byte now and then would hold its place for ever
        end.daemon = True
        end.name = "office-deadline"
        try:
            end.start()
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            end.cancel()
            if end.ident is not None:
                end.join()
            self.shutdown_request(request)
            self._forget()

    def _turn_away(self, request: socket.socket) -> None:
        with suppress(OSError):
            request.settimeout(GRACE)
            request.sendall(BUSY)
            _part(request, most=1)
        self.shutdown_request(request)

    def _forget(self, thread: Thread | None = None) -> None:
        with self._lock:
            del self._open[thread or current_thread()]
        self._places.release()


def _cut(request: socket.socket) -> None:
    with suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)


def _part(request: socket.socket, *, most: int) -> None:
    """End our half, and throw away what still comes: what is left unread when a socket closes wipes out the answer."""
    with suppress(OSError):
        request.shutdown(socket.SHUT_WR)
        request.settimeout(GRACE)
        while most > 0 and (piece := request.recv(65536)):
            most -= len(piece)


def _words(status: HTTPStatus, words: str, *headers: tuple[str, str]) -> _Answer:
    return _Answer(status, TEXT, f"{words}.\n".encode(), headers)


def _text(text: str, kind: str) -> _Answer:
    return _Answer(HTTPStatus.OK, kind, text.encode("utf-8", "replace"), (("Vary", "Accept"),))


def _asks_this_machine(hosts: list[str]) -> bool:
    """Whether the Host header names this machine; a foreign name that leads here is a page that wants to read along."""
    found = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(:[0-9]*)?", hosts[0].strip()) if len(hosts) == 1 else None
    return found is not None and is_loopback(found[1].strip("[]"))


def _token_of(query: str) -> str:
    try:
        return parse_qs(query, max_num_fields=20).get("token", [""])[0]
    except ValueError:
        return ""


def _prefers_html(accept: str) -> bool:
    """Whether HTML is wanted more than JSON, as browsers do; who does not say gets JSON."""
    weights: dict[str, float] = {}
    for each in accept.lower().split(","):
        kind, *parameters = (part.strip() for part in each.split(";"))
        found = [part.removeprefix("q=") for part in parameters if part.startswith("q=")]
        weights[kind] = (float(found[0]) if re.fullmatch(r"[01](\.[0-9]{0,3})?", found[0]) else 0) if found else 1
    html, json_ = (
        next((weights[kind] for kind in kinds if kind in weights), 0.0)
        for kinds in (("text/html", "text/*", "*/*"), ("application/json", "application/*", "*/*"))
    )
    return html > json_


def _row(name: str, value: str) -> str:
    return f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'


def _shown(value: Value) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e5 else f"{value:.0f}"  # the seconds of weeks without an exponent
    return str(value)


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(int(value))  # True is 1
    if math.isfinite(value):
        return repr(float(value))
    return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"


def _label(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
