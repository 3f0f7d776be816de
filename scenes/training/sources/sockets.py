"""Sockets that can be ended from another thread at any moment, while they connect as well."""

import errno
import os
import selectors
import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

POLL = 0.05  # seconds until it is asked again whether a connection is still wanted
UNDER_WAY = (0, errno.EINPROGRESS, errno.EWOULDBLOCK)


@dataclass
class Sockets:
    """The open sockets of one transport."""

    known: set[socket.socket] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    reached: bool = False  # whether a connection was made in this exchange
    ending: bool = False  # since `shut`, until the next exchange: what opens too late is of no use either

    def begin(self) -> None:
        """A new exchange: what is opened from here on is wanted."""
        with self.lock:
            self.ending = self.reached = False

    def add(self, opened: socket.socket) -> None:
        """Have it ended by `shut`. Raises OSError if the exchange has been given up already."""
        with self.lock:
            if self.ending:
                raise OSError("given up")
            self.known = {each for each in self.known if each.fileno() != -1} | {opened}

    def connected(self, host: str, port: int, options: Iterable[tuple[int, int, int | bytes]]) -> socket.socket:
        """A new connection. Raises OSError if there is none, or if the exchange is given up meanwhile."""
        failure = OSError(f"{host} has no address")
        for family, kind, protocol, _, address in self._addresses(host.strip("[]"), port):
            opened = socket.socket(family, kind, protocol)
            try:
                for option in options:
                    opened.setsockopt(*option)
                self._connect(opened, address)
                return opened
            except OSError as why:
                opened.close()
                failure = why
        raise failure

    def shut(self) -> None:
        """End every connect, read and write, from any thread."""
        with self.lock:
            self.ending = True
            for each in self.known:
                with suppress(OSError):  # closed already, or not connected yet: nothing waits on it
                    socket.socket.shutdown(each, socket.SHUT_RDWR)  # TLS's own would go on in plain text

    def _addresses(self, host: str, port: int) -> list[Any]:
        """As socket.getaddrinfo, on a thread of its own: it cannot be ended, so it is left behind where it is late."""
        found: list[Any] = []
        failure: list[Exception] = []
        over = threading.Event()

        def look_up() -> None:
            try:
                found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            except Exception as why:  # what can be no address at all is not an OSError
                failure.append(why)
            over.set()

        threading.Thread(target=look_up, name="address", daemon=True).start()
        while not over.wait(POLL):
            if self.ending:
                raise OSError("given up")
        if failure:
            raise failure[0]
        return found

    def _connect(self, opened: socket.socket, address: Any) -> None:
        opened.setblocking(False)  # a blocking connect could not be ended
        if (code := opened.connect_ex(address)) not in UNDER_WAY:
            raise OSError(code, os.strerror(code))
        with selectors.DefaultSelector() as selector:
            selector.register(opened, selectors.EVENT_WRITE)
            while not self.ending and not selector.select(POLL):
                pass
        if code := opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(code, os.strerror(code))
        self.add(opened)
        self.reached = True
