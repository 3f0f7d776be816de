"""One HTTP exchange that can be given up at any moment. The sole user of requests.

requests alone cannot promise that: its timeouts restart with every byte, and closing a session from another thread
leaves a blocked read blocked. Shutting the socket down frees it at once, so every socket is known here.
"""

import http.client
import socket
import threading
from collections.abc import Callable
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from engine.worker import Cancellation

from .exchange import (
    LARGEST,
    LONGEST_PATIENCE,
    PIECE,
    STREAM,
    Broken,
    Foreign,
    Interrupted,
    Lines,
    Overdue,
    Oversized,
    Reply,
)
from .sockets import Sockets

_TIMEOUTS = (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)


class _Session(requests.Session):
    """Looks at no redirect: even one that is not followed is read whole, and its place taken apart, by requests."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None, wherever it points."""


class HttpTransport:
    """The real one: follows no redirect, asks no proxy, accepts no compression.

    Each exchange has a connection of its own: what a server sends unasked can never pass for the next answer.
    """

    def __init__(self) -> None:
        self._sockets = Sockets()
        self._session = _Session()
        self._session.trust_env = False  # a dead proxy in the environment must not hide a backend on loopback
        self._session.mount("http://", _Adapter(self._sockets))
        self._session.mount("https://", _Adapter(self._sockets))

    def post(
        self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation, lines: Lines | None = None
    ) -> Reply:
        """See Transport."""
        if cancellation.cancelled:  # given up before this try began, as in the wait before it
            raise Interrupted
        self._sockets.begin()
        watch = _Watch(deadline, self._sockets.shut)
        try:
            with cancellation.calls(self._sockets.shut), watch:
                return self._exchange(url, body, watch, cancellation, lines)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as why:
            if cancellation.cancelled:
                raise Interrupted from why
            late = watch.over or isinstance(why, _TIMEOUTS)  # the socket's own patience may end just before the watch
            if not late and _is_no_http(why):
                raise Foreign(str(why)) from why
            raise (Overdue() if late else Broken(str(why), reached=self._sockets.reached)) from why
        finally:
            self._session.close()  # its connections; the session itself goes on

    def close(self) -> None:
        """See Transport."""
        self._session.close()

    def _exchange(
        self, url: str, body: bytes, watch: "_Watch", cancellation: Cancellation, lines: Lines | None
    ) -> Reply:
        accept = STREAM if lines else "application/json"
        headers = {
            "Content-Type": "application/json",
            "Accept": accept,
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        patience = (watch.deadline, watch.deadline)
        with self._session.post(
            url, data=body, headers=headers, timeout=patience, stream=True, allow_redirects=False
        ) as response:
            kind = response.headers.get("Content-Type", "").lower()
            streamed = lines is not None and response.status_code == 200 and kind.startswith(STREAM)
            received = bytearray()
            while piece := response.raw.read1(PIECE):
                if cancellation.cancelled or watch.over:
                    raise OSError("given up")
                received += piece
                if streamed and lines:
                    received, ended = _passed_on(received, lines, watch)
                    if ended:
                        break
                if len(received) > LARGEST:
                    self._sockets.shut()
                    raise Oversized
            if cancellation.cancelled or watch.over:
                raise OSError("given up")
            return Reply(response.status_code, kind, bytes(received), _seconds(response.headers.get("Retry-After", "")))


def _passed_on(received: bytearray, lines: Lines, watch: "_Watch") -> tuple[bytearray, bool]:
    """Give each whole line away, up to the last that is wanted; the beginning of the next, and whether it was that."""
    *whole, rest = received.split(b"\n")
    for line in whole:
        watch.feed()
        if lines(bytes(line)):
            return bytearray(), True
    return bytearray(rest), False


def _is_no_http(why: BaseException) -> bool:
    """Whether something was answered that HTTP cannot be: no status line, or a head without an end."""
    reasons = [why, why.__cause__, why.__context__, *why.args]
    reasons += [inner for each in reasons if isinstance(each, BaseException) for inner in each.args]
    kinds = (http.client.BadStatusLine, http.client.LineTooLong, http.client.UnknownProtocol)
    return any(
        (isinstance(each, kinds) and not isinstance(each, http.client.RemoteDisconnected))
        or type(each) is http.client.HTTPException  # "got more than 100 headers"
        for each in reasons
    )


def _seconds(text: str) -> float:
    """What Retry-After asks for, in whole seconds (RFC 9110 10.2.3), and no more than anybody would wait; dates: 0."""
    return float(min(int(text), LONGEST_PATIENCE)) if text.isdecimal() and len(text) <= 6 else 0.0


class _Watch:
    """Calls `end` once `deadline` seconds have passed within the block, or since the last `feed`."""

    def __init__(self, deadline: float, end: Callable[[], None]) -> None:
        self.deadline = deadline
        self.over = False
        self._end = end
        self._fed = self._done = False
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        threading.Thread(target=self._wait, name="deadline", daemon=True).start()

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._done = True
            self._changed.notify_all()

    def feed(self) -> None:
        """Something came: the deadline begins again."""
        with self._changed:
            self._fed = True
            self._changed.notify_all()

    def _wait(self) -> None:
        with self._changed:
            while self._changed.wait_for(lambda: self._fed or self._done, self.deadline):
                if self._done:
                    return
                self._fed = False
            self.over = True
        self._end()


class _Adapter(HTTPAdapter):
    """An adapter without retries of its own, whose connections hand out their sockets."""

    def __init__(self, sockets: Sockets) -> None:
        self._open = sockets
        super().__init__(pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        known = self._open

        def dial(connection: urllib3.connection.HTTPConnection) -> socket.socket:
            opened = known.connected(connection.host, connection.port, connection.socket_options or ())
            opened.settimeout(connection.timeout)
            return opened

        class Connection(urllib3.connection.HTTPConnection):
            _new_conn = dial

        class SecureConnection(urllib3.connection.HTTPSConnection):
            _new_conn = dial

            def connect(self) -> None:
                super().connect()
                known.add(self.sock)  # TLS has put a socket of its own in the place of the first

        class Pool(urllib3.HTTPConnectionPool):
            ConnectionCls = Connection

        class SecurePool(urllib3.HTTPSConnectionPool):
            ConnectionCls = SecureConnection

        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": SecurePool}
