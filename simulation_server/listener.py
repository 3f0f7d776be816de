"""The listening port: accepts, caps and closes connections. Understands no HTTP."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import HTTPServer
from socketserver import BaseRequestHandler, BaseServer

from .stream import Stream
from .thread_pool import ThreadPool

BACKLOG = 512  # connections that the system holds until they are accepted
POLL = 0.02  # seconds until the accept loop sees that it must end
FAREWELL = 0.5  # seconds that closing waits for connections to end


class Listener(HTTPServer):
    """Serves each connection on a thread of a pool, at most `most_connections` at a time.

    When all are taken, the oldest one with no request in sight makes room; when every one is at work, the newcomer
    is turned away. `handler` is called with the stream of each connection, its address and this server, and returns
    when the connection is over; that of a newcomer who is turned away must return soon. Raises OSError when the address
    cannot be had.
    """

    allow_reuse_address = os.name == "posix"  # on Windows the option would let two servers share a port
    request_queue_size = BACKLOG

    def __init__(
        self,
        address: tuple[str, int],
        *,
        handler: Callable[[Stream, object, BaseServer], BaseRequestHandler],
        most_connections: int,
        timeout: float,
        clock: Callable[[], float],
        log: Callable[[str], None],
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._handler, self._log = handler, log
        self._most_connections, self._timeout, self._clock = most_connections, timeout, clock
        self._connections: dict[Stream, socket.socket] = {}  # oldest first
        self._pool = self._new_pool()
        self._lock = threading.Lock()
        self._loop: threading.Thread | None = None
        super().__init__(address, handler, bind_and_activate=False)
        try:
            self.server_bind()
        except OSError:
            self.server_close()
            raise

    @property
    def port(self) -> int:
        """The port, also where 0 was asked for."""
        return int(self.server_address[1])

    @property
    def connections(self) -> int:
        """How many connections are open now."""
        with self._lock:
            return sum(not stream.evicted for stream in self._connections)

    def open(self) -> None:
        """Accept connections, in a thread, until `deafen` or `close`."""
        self.server_activate()
        self._loop = threading.Thread(target=self.serve_forever, args=(POLL,), name="backend-accept", daemon=True)
        self._loop.start()

    def deafen(self) -> None:
        """Stop listening and drop every connection, but hold the port; `open` listens again."""
        self._end_loop()
        self.server_close()
        self.socket = socket.socket(self.address_family, self.socket_type)
        self.server_bind()  # bound but not listening: connections are refused, nobody else gets the port
        self._end_connections()

    def close(self) -> None:
        """Stop listening, end every connection, free the port."""
        self._end_loop()
        self.server_close()
        self._end_connections()

    def server_bind(self) -> None:
        """Bind without asking DNS for the name of this machine, which can take seconds where DNS is broken."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.port

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Hand a new connection to the pool, or turn it away."""
        assert isinstance(request, socket.socket)  # always so for TCP
        stream = Stream(request, timeout=self._timeout, clock=self._clock)
        if not self._make_room():
            stream.turned_away = True
            self._handler(stream, client_address, self)
            self.shutdown_request(request)
            return
        with self._lock:
            self._connections[stream] = request
        try:
            self._pool.submit(partial(self._serve, stream, client_address))
        except RuntimeError:  # the system has no thread left for us
            self._forget(stream)
            raise

    def handle_error(self, request: object, client_address: object) -> None:
        """Log what went wrong while accepting; a client that left at once is no reason for a traceback."""
        self._log(f"connection lost: {type(sys.exception()).__name__}")

    def _end_loop(self) -> None:
        if self._loop is not None:
            self.shutdown()
            self._loop.join()
            self._loop = None

    def _end_connections(self) -> None:
        with self._lock:
            connections = list(self._connections)
        for stream in connections:
            stream.abort()
        self._pool.close(until=self._clock() + FAREWELL, clock=self._clock)
        self._pool = self._new_pool()

    def _new_pool(self) -> ThreadPool:
        return ThreadPool(most=self._most_connections, name="backend-connection")

    def _make_room(self) -> bool:
        """Return whether one more connection may come in, after asking an idle one to leave where that is needed."""
        with self._lock:
            staying = [stream for stream in self._connections if not stream.evicted]
            if len(staying) < self._most_connections:
                return True
            idle = next((stream for stream in staying if stream.idle()), None)
            if idle is not None:
                idle.evict()
            return idle is not None

    def _serve(self, stream: Stream, client_address: object) -> None:
        try:
            self._handler(stream, client_address, self)
        except Exception as error:
            self._log(f"connection ended by {type(error).__name__}: {error}")
        finally:
            self.shutdown_request(self._forget(stream))

    def _forget(self, stream: Stream) -> socket.socket:
        with self._lock:
            return self._connections.pop(stream)
