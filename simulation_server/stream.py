"""One accepted connection as the file that http.server reads and writes, with a deadline. Parses nothing."""

from __future__ import annotations

import contextlib
import io
import selectors
import socket
import struct
from collections.abc import Callable
from http.client import LineTooLong
from typing import Any

CHUNK = 64 * 1024  # bytes asked of the system at once
LONGEST_LINE = 8 * 1024  # bytes, without the line feed
LATE = 0.01  # seconds that a deadline may be late
LONGEST_HEAD = 16 * 1024  # bytes of all lines since `begin`

_RESET_ON_CLOSE = struct.pack("hh" if hasattr(socket, "SO_EXCLUSIVEADDRUSE") else "ii", 1, 0)  # linger on, zero seconds


class Overdue(Exception):
    """The deadline has passed. Not a TimeoutError, since http.server ends the connection at one without a word."""


class Stream(io.BufferedIOBase):
    """Reads and writes one socket; a deadline covers all reads since `begin`, not each one, so that drips end too.

    What is written is kept until `flush` sends it in one go. Reading raises Overdue, OSError, or EOFError, so that the
    end of a connection never passes for the end of a line. Used by one thread, save for `evict`, `abort` and `idle`,
    which the listener calls from others.
    """

    def __init__(self, sock: socket.socket, *, timeout: float, clock: Callable[[], float]) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = sock
        self._timeout = timeout  # seconds
        self._clock = clock
        self._buffer = bytearray()
        self._unsent = bytearray()
        self._deadline = clock() + timeout
        self._limit = -1.0  # seconds that the socket's calls may take; none is set yet
        self._waiting = True
        self.turned_away = False  # by the listener, which has no room for this connection
        self.evicted = False  # to make room for another
        self.head = bytearray()  # the lines since `begin`

    def begin(self) -> None:
        """Start the deadline and the limits anew, for the next request."""
        self._deadline = self._clock() + self._timeout
        self.head.clear()

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line with its line feed; raises LineTooLong at our own limits, whatever `size` allows."""
        most = min(LONGEST_LINE + 1, LONGEST_HEAD - len(self.head))
        while (end := self._buffer.find(b"\n", 0, most)) < 0:
            if len(self._buffer) >= most:
                raise LineTooLong("line")
            self._fill()
        line = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        self.head += line
        return line

    def take(self, expected: bytes) -> bool:
        """Whether exactly these lines come next; then they are read, and stand in `head`. Waits for nothing."""
        if not self._buffer.startswith(expected):
            return False
        del self._buffer[: len(expected)]
        self.head += expected
        return True

    def read(self, size: int | None = 0) -> bytes:
        """Return the next `size` bytes, never fewer."""
        count = size or 0
        while len(self._buffer) < count:
            self._fill()
        with memoryview(self._buffer) as view:
            taken = bytes(view[:count])  # one copy, where slicing the buffer would make two
        del self._buffer[:count]
        return taken

    def buffered(self) -> bytes:
        """Return what has arrived and was not read yet."""
        return bytes(self._buffer)

    def write(self, data: Any) -> int:
        """Keep some bytes for the next `flush`; return how many."""
        self._unsent += data
        return len(data)

    def flush(self) -> None:
        """Send all that was written, in one go; raises TimeoutError when the client reads too slowly."""
        if self._unsent:
            data, self._unsent = self._unsent, bytearray()
            self._wait_at_most(self._timeout)
            self.socket.sendall(data)

    def idle(self) -> bool:
        """Whether the reader waits and nothing has come: such a connection can be given up for another."""
        return self._waiting and not _readable(self.socket)

    def peer_is_gone(self) -> bool:
        """Whether the client closed its side (looks, reads nothing)."""
        try:
            return _readable(self.socket) and not self.socket.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def evict(self) -> None:
        """Wake the reader with an end of file; it can still send its last words."""
        self.evicted = True
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RD)

    def abort(self) -> None:
        """End whatever the stream is doing, at once, from any thread."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Close with a TCP reset instead of a farewell."""
        with contextlib.suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self.socket.close()

    def linger(self, seconds: float) -> None:
        """Say that no more will come, then discard what the client still sends, so that it can read our last words."""
        self._deadline = self._clock() + seconds
        with contextlib.suppress(OSError, EOFError, Overdue):
            self.socket.shutdown(socket.SHUT_WR)
            while True:
                self._buffer.clear()
                self._fill()

    def _wait_at_most(self, seconds: float) -> None:
        """Let the socket's calls end then, or a hundredth later: each change asks the system twice."""
        if not seconds <= self._limit <= seconds + LATE:
            self._limit = seconds
            self.socket.settimeout(seconds)

    def _fill(self) -> None:
        remaining = self._deadline - self._clock()
        if remaining <= 0:
            raise Overdue
        self._wait_at_most(remaining)
        self._waiting = True
        try:
            piece = self.socket.recv(CHUNK)
        except TimeoutError as error:
            raise Overdue from error
        finally:
            self._waiting = False
        if not piece:
            raise EOFError
        self._buffer += piece


def _readable(sock: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        try:
            selector.register(sock, selectors.EVENT_READ)
        except (OSError, ValueError):  # closed by its own thread meanwhile
            return True
        return bool(selector.select(0))
