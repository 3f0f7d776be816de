"""One HTTP exchange that can be given up at any moment. The sole user of requests.

requests alone cannot promise that: its timeouts restart with every byte, and closing a session from another thread
leaves a blocked read blocked. Shutting the socket down frees it at once, so every socket is known here.
"""

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import requests
import urllib3
from requests.adapters import HTTPAdapter

from engine.worker import Cancellation

from .sockets import Sockets

LARGEST = 2 * 1024 * 1024  # bytes of one answer; 200 epochs are about 10 KB
PIECE = 64 * 1024  # bytes a read, at most


class Interrupted(Exception):
    """The exchange was cancelled."""


class Overdue(Exception):
    """The answer was not whole within the deadline."""


class Broken(Exception):
    """No connection, or one that ended before the answer was whole."""


class Oversized(Exception):
    """The answer is larger than `LARGEST`."""


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    status: int
    content_type: str
    body: bytes


class Transport(Protocol):
    """One exchange. Raises Interrupted, Overdue, Broken or Oversized."""

    def post(self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation) -> Reply:
        """Send `body` as JSON to `url` and return the answer, within `deadline` seconds in all."""
        ...

    def close(self) -> None:
        """Give every connection back."""
        ...


class HttpTransport:
    """The real one: keeps a connection alive, follows no redirect, asks no proxy, accepts no compression."""

    def __init__(self) -> None:
        self._sockets = Sockets()
        self._session = requests.Session()
        self._session.trust_env = False  # a dead proxy in the environment must not hide a backend on loopback
        self._session.mount("http://", _Adapter(self._sockets))
        self._session.mount("https://", _Adapter(self._sockets))

    def post(self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation) -> Reply:
        """See Transport."""
        if cancellation.cancelled:  # given up before this try began, as in the wait before it
            raise Interrupted
        self._sockets.begin()
        watch = _Watch(deadline, self._sockets.shut)
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        try:
            with cancellation.calls(self._sockets.shut), watch:
                return self._exchange(url, body, headers, deadline, lambda: cancellation.cancelled or watch.over)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as why:
            if cancellation.cancelled:
                raise Interrupted from why
            late = watch.over or isinstance(why, requests.Timeout)
            raise (Overdue() if late else Broken(str(why))) from why

    def close(self) -> None:
        """See Transport."""
        self._session.close()

    def _exchange(
        self, url: str, body: bytes, headers: Mapping[str, str], deadline: float, ended: Callable[[], bool]
    ) -> Reply:
        with self._session.post(
            url, data=body, headers=headers, timeout=(deadline, deadline), stream=True, allow_redirects=False
        ) as response:
            received = bytearray()
            while piece := response.raw.read1(PIECE):
                received += piece
                if len(received) > LARGEST:
                    self._sockets.shut()
                    raise Oversized
                if ended():
                    raise OSError("given up")
            if ended():
                raise OSError("given up")
            kind = response.headers.get("Content-Type", "")
            return Reply(response.status_code, kind, bytes(received))


class _Watch:
    """Calls `end` once `deadline` seconds have passed within the block."""

    def __init__(self, deadline: float, end: Callable[[], None]) -> None:
        self.over = False
        self._end = end
        self._timer = threading.Timer(deadline, self._strike)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _strike(self) -> None:
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
