"""One accepted connection as a stream with a deadline. Understands no HTTP."""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
from collections.abc import Callable

CHUNK = 64 * 1024  # bytes asked of the system at once
LINGER = 1.0  # seconds in which a client may read our last words

_RESET_ON_CLOSE = struct.pack("hh" if hasattr(socket, "SO_EXCLUSIVEADDRUSE") else "ii", 1, 0)  # linger on, zero seconds


class Stream:
    """Reads and writes one socket; a deadline covers all reads since `begin`, not each one, so that drips end too.

    Used by one thread, save for `evict`, `abort` and `idle`, which the listener calls from others.
    """

    def __init__(self, sock: socket.socket, *, timeout: float, clock: Callable[[], float]) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock = sock
        self._timeout = timeout
        self._clock = clock
        self._buffer = bytearray()
        self._deadline = clock() + timeout
        self._waiting = True
        self.evicted = False
        self.received = 0  # bytes since `begin`

    def begin(self) -> None:
        """Start the deadline anew, for the next request."""
        self._deadline = self._clock() + self._timeout
        self.received = len(self._buffer)

    def line(self, limit: int) -> bytes:
        """Return the next line with its line feed; raises OverflowError, EOFError, TimeoutError."""
        while (end := self._buffer.find(b"\n", 0, limit + 1)) < 0:
            if len(self._buffer) > limit:
                raise OverflowError
            self._fill()
        return self._take(end + 1)

    def exactly(self, count: int) -> bytes:
        """Return the next `count` bytes; raises EOFError, TimeoutError."""
        while len(self._buffer) < count:
            self._fill()
        return self._take(count)

    def buffered(self) -> bytes:
        """Return what has arrived and was not read yet."""
        return bytes(self._buffer)

    def send(self, data: bytes) -> None:
        """Write all of `data` in one go; raises TimeoutError when the client reads too slowly."""
        self._sock.settimeout(self._timeout)
        self._sock.sendall(data)

    def idle(self) -> bool:
        """Whether the reader waits and nothing has come: such a connection can be given up for another."""
        return self._waiting and not _readable(self._sock)

    def peer_is_gone(self) -> bool:
        """Whether the client closed its side (looks, reads nothing)."""
        try:
            return _readable(self._sock) and not self._sock.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def evict(self) -> None:
        """Wake the reader with an end of file; it can still send its last words."""
        self.evicted = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RD)

    def abort(self) -> None:
        """End whatever the stream is doing, at once, from any thread."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Close with a TCP reset instead of a farewell."""
        with contextlib.suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self._sock.close()

    def linger(self, seconds: float = LINGER) -> None:
        """Say that no more will come, then discard what the client still sends, so that it can read our last words."""
        self._deadline = self._clock() + seconds
        with contextlib.suppress(OSError, EOFError):
            self._sock.shutdown(socket.SHUT_WR)
            while True:
                self._buffer.clear()
                self._fill()

    def _take(self, count: int) -> bytes:
        with memoryview(self._buffer) as view:
            taken = bytes(view[:count])  # one copy, where slicing the buffer would make two
        del self._buffer[:count]
        return taken

    def _fill(self) -> None:
        remaining = self._deadline - self._clock()
        if remaining <= 0:
            raise TimeoutError
        self._sock.settimeout(remaining)
        self._waiting = True
        try:
            piece = self._sock.recv(CHUNK)
        finally:
            self._waiting = False
        if not piece:
            raise EOFError
        self._buffer += piece
        self.received += len(piece)


def _readable(sock: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        try:
            selector.register(sock, selectors.EVENT_READ)
        except (OSError, ValueError):  # closed by its own thread meanwhile
            return True
        return bool(selector.select(0))
