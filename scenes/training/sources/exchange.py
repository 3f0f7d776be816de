"""What one exchange with a server is, whoever does it: what goes in, what comes out, and how it can fail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from engine.worker import Cancellation

LARGEST = 2 * 1024 * 1024  # bytes of one answer; 200 epochs are about 10 KB
STREAM = "application/x-ndjson"
LONGEST_PATIENCE = 30  # seconds that a server may ask to wait
PIECE = 64 * 1024  # bytes a read, at most

Lines = Callable[[bytes], bool]  # a line in; whether it was the last that is wanted


class Interrupted(Exception):
    """The exchange was cancelled."""


class Overdue(Exception):
    """The answer was not whole within the deadline."""


class Broken(Exception):
    """No connection, or, where the server was `reached`, one that ended before the answer was whole."""

    def __init__(self, why: str = "", *, reached: bool = False) -> None:
        super().__init__(why)
        self.reached = reached


class Foreign(Exception):
    """What answers does not speak HTTP."""


class Oversized(Exception):
    """The answer is larger than `LARGEST`."""


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    status: int
    content_type: str
    body: bytes
    retry_after: float = 0.0  # seconds that the server asks to wait before the next try


class Transport(Protocol):
    """One exchange. Raises Interrupted, Overdue, Broken, Foreign or Oversized."""

    def post(
        self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation, lines: Lines | None = None
    ) -> Reply:
        """Send `body` as JSON to `url` and return the answer, within `deadline` seconds in all.

        With `lines`, a stream is asked for: each line goes there as it comes, within `deadline` seconds of the one
        before, until one is the last: whatever follows is not waited for. The reply's body is what came after the last
        whole line. Another answer comes as without.
        """
        ...

    def close(self) -> None:
        """Give every connection back."""
        ...
