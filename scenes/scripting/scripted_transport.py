"""Real exchanges with a real backend at scripted moments: how long they take is counted in ticks."""

from typing import Protocol

from engine.worker import Cancellation, VirtualTime
from scenes.training.sources.exchange import Interrupted, Lines, Overdue, Reply
from scenes.training.sources.transport import HttpTransport

LATENCY = 0.4  # seconds of scripted time that an answer takes: the middle of the web app's artificial wait
ENDLESS = ("silent", "hang", "drip")  # modes that never finish: the deadline is counted, not waited for
LATE = ("slow", "late")  # modes that wait: counted in ticks, too
LATEST = 600  # seconds that these may wait


class Server(Protocol):
    """What a script may do to the backend."""

    @property
    def url(self) -> str:
        """Where it answers."""
        ...

    def misbehave(self, mode: str) -> None:
        """From now on be in `mode`. Raises ValueError that names the modes."""
        ...

    def header(self, body: bytes) -> bytes:
        """The first line of the run that the `body` of a request asks for, in any mode. Raises ValueError."""
        ...


class ScriptedTransport(HttpTransport):
    """An exchange begins when its scripted time is over, and then is done at once. `mode` is the server's."""

    def __init__(self, time: VirtualTime) -> None:
        super().__init__()
        self.mode = "healthy"
        self._time = time

    def command(self, server: Server, mode: str) -> None:
        """Have the server in `mode`; it stays healthy itself where the waits are counted here. Raises ValueError."""
        server.misbehave(mode)
        if _counted(mode):
            server.misbehave("healthy")
        self.mode = mode

    def post(
        self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation, lines: Lines | None = None
    ) -> Reply:
        """See Transport."""
        name, _, value = self.mode.partition(":")
        late = float(value or 1) if name in LATE else LATENCY
        taken = deadline if name in ENDLESS else min(late, deadline)
        self._time.wait(taken, cancellation)
        if cancellation.cancelled:
            raise Interrupted
        if taken >= deadline:
            raise Overdue
        return super().post(url, body, deadline=deadline, cancellation=cancellation, lines=lines)


def _counted(mode: str) -> bool:
    """Whether the waits of `mode` are counted. Raises ValueError."""
    name, _, value = mode.partition(":")
    if name in LATE and not 0 <= float(value or 1) <= LATEST:
        raise ValueError(f"'{mode}' is not within 0 to {LATEST} seconds")
    return name in (*ENDLESS, *LATE)
