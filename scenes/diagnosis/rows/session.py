"""A run's controller and the real client of a backend, without a screen: waits are counted in ticks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from engine.clock import TICK, TICKS_PER_SECOND
from engine.retry import Attempt
from engine.worker import Cancellation, VirtualTime, Worker
from scenes.embedded import Embedded
from scenes.scripting.scripted_transport import ScriptedTransport
from scenes.training.controller import TrainingController
from scenes.training.epoch import Epoch
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot
from scenes.training.sources.http import HttpSource
from scenes.training.sources.source import Source

from .row import Fails

PATIENCE = 120.0  # seconds, counted in ticks, after which a state is told that has not come
ASKED = Parameters(epochs=6, seed=7)


class Session:
    """What a visitor does, and what becomes of it: `attempts` are the waits that were told, in seconds."""

    def __init__(self, server: Embedded, chosen: Parameters = ASKED, **options: Any) -> None:
        self.server = server
        self.worker = Worker()
        self.time = VirtualTime(self.worker)
        self.transport = ScriptedTransport(self.time)
        self.source = HttpSource(
            server.url, **{"transport": self.transport, "wait": self.time.wait, "embedded": True, **options}
        )
        self.controller = TrainingController(self.source, self.worker, interval=50, chosen=chosen)
        self.attempts: list[Attempt] = []

    def serve(self, mode: str) -> None:
        """From now on the backend is in that mode. Raises ValueError."""
        self.transport.command(self.server, mode)

    def tick(self, count: int = 1) -> Snapshot:
        """Let so many ticks pass."""
        for _ in range(count):
            self.time.advance(TICK)
            now = self.controller.tick(TICK)
            if now.attempt and now.attempt not in self.attempts:
                self.attempts.append(now.attempt)
            self.time.settle()
        return self.controller.now

    def until(self, *due: Status) -> Snapshot:
        """Tick until one of those states is there. Raises Fails where none comes."""
        for _ in range(round(PATIENCE * TICKS_PER_SECOND)):
            if (now := self.tick()).status in due:
                return now
        told = " or ".join(status.value for status in due)
        raise Fails(f"still {self.controller.now.status.value} after {PATIENCE:g} s, due was {told}")

    def close(self) -> None:
        """End it."""
        self.worker.close()
        self.source.close()


@contextmanager
def session(server: Embedded, chosen: Parameters = ASKED, **options: Any) -> Iterator[Session]:
    """One that ends with the block; `options` are those of HttpSource."""
    made = Session(server, chosen, **options)
    try:
        yield made
    finally:
        made.close()


def asked(source: Source, parameters: Parameters = ASKED) -> TrainingRun | RunError:
    """The run that a source gives at once, whole, or why there is none. Any other exception is let through."""
    runs: list[TrainingRun] = []

    def take(value: object) -> None:
        if isinstance(value, TrainingRun):
            runs.append(value)
        elif isinstance(value, Epoch):
            runs[-1].append(value)

    try:
        ending = source.run(parameters, Cancellation(), take)
        runs[-1].end(ending)
        return runs[-1]
    except RunError as why:
        return why
    finally:
        source.close()


def client(server: Embedded, *, deadline: float = 60.0, waits: Sequence[float] = ()) -> HttpSource:
    """The real client, with real time; deadline and waits in seconds."""
    return HttpSource(server.url, deadline=deadline, waits=waits, embedded=True)
