"""A backend on a free port of this machine, and two ways to talk to it: as JSON, and byte by byte."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from simulation_server.backend import Backend

PATIENCE = 300.0  # seconds after which a test gives up on a server that hangs


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers with lower-case names, body as bytes."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


Call = Callable[..., Answer]
Speak = Callable[..., bytes]
Connect = Callable[[Backend], socket.socket]


class StoppedClock:
    """A server's clock that shows one moment, and holds who asks until `go`: what was sent before has come by then."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(self) -> float:
        self.go.wait(PATIENCE)
        return 0.0


@pytest.fixture
def stopped_clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def backend() -> Iterator[Backend]:
    """A healthy backend with a seed, and as patient as a test."""
    with Backend(seed=7, timeout=PATIENCE) as backend:
        yield backend


@pytest.fixture
def call() -> Call:
    """Send one request on a connection of its own; `body` is bytes, or anything that JSON can hold."""

    def send(backend: Backend, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        address = urlsplit(backend.url)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        with closing(http.client.HTTPConnection(str(address.hostname), address.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())

    return send


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Open plain sockets, closed when the test ends."""
    opened: list[socket.socket] = []

    def new(backend: Backend) -> socket.socket:
        address = urlsplit(backend.url)
        opened.append(socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=PATIENCE))
        return opened[-1]

    yield new
    for sock in opened:
        sock.close()


@pytest.fixture
def speak(connect: Connect) -> Speak:
    """Send bytes and return everything that comes back until the server closes."""

    def send(backend: Backend, data: bytes) -> bytes:
        sock = connect(backend)
        sock.sendall(data)
        return b"".join(iter(lambda: sock.recv(65536), b""))

    return send
