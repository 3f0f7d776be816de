"""A worker whose answers come when the test says so, runs whose figures tell them apart, and a real backend."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from engine.clock import TICK
from engine.retry import Attempt
from engine.worker import Cancellation, Message, Report
from scenes.training.controller import TrainingController
from scenes.training.epoch import Ending, Epoch
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.http import HttpSource
from scenes.training.sources.source import Source
from scenes.training.sources.transport import _Watch
from simulation_server.backend import Backend

FAR = 3600.0  # seconds, a deadline that never comes


def epochs_of(count: int, *, serial: int = 1) -> list[Epoch]:
    """The epochs of a run; the losses of serial 3 lie between 3 and 4, so no row can pass for another run's."""
    return [Epoch(number, serial + 1 / (number + 1), number * 37 % 101) for number in range(1, count + 1)]


def filled_run(epochs: int, *, serial: int = 1) -> TrainingRun:
    """A whole run."""
    run = TrainingRun(Parameters(epochs=epochs))
    for epoch in epochs_of(epochs, serial=serial):
        run.append(epoch)
    return run


def followed_run(source: Source, parameters: Parameters, report: Report = lambda told: None) -> TrainingRun:
    """The run that a source gives, filled as the controller fills it; `report` hears all besides. Raises RunError."""
    said: list[Any] = []

    def take(value: Any) -> None:
        said.append(value)
        report(value)

    ending = source.run(parameters, Cancellation(), take)
    (run,) = (value for value in said if isinstance(value, TrainingRun))
    for value in said:
        if isinstance(value, Epoch):
            run.append(value)
    run.end(ending)
    return run


class ScriptedWorker:
    """Stands in for engine.worker.Worker without a thread: `finish` runs a job, the newest or one long given up."""

    def __init__(self) -> None:
        self.ticket = 0
        self.jobs: dict[int, tuple[Cancellation, Any]] = {}  # submitted and not finished
        self._outbox: list[Message] = []

    @property
    def in_flight(self) -> int:
        """Jobs whose answer somebody still waits for."""
        return sum(not cancellation.cancelled for cancellation, _ in self.jobs.values())

    @property
    def unheard(self) -> int:
        """Answers of the newest job that nobody has drained yet."""
        return sum(message.ticket == self.ticket and message.kind != "report" for message in self._outbox)

    @property
    def given_up(self) -> list[int]:
        """Tickets of jobs that were cancelled and may answer yet."""
        return [ticket for ticket, (cancellation, _) in self.jobs.items() if cancellation.cancelled]

    def submit(self, job: Any) -> int:
        self.cancel()
        self.jobs[self.ticket] = (Cancellation(), job)
        return self.ticket

    def cancel(self) -> None:
        if self.ticket in self.jobs:
            self.jobs[self.ticket][0].cancel()
        self.ticket += 1

    def drain(self) -> Iterator[Message]:
        said, self._outbox = self._outbox, []
        return (message for message in said if message.ticket == self.ticket)

    def finish(self, ticket: int | None = None) -> None:
        """Run the job to its end, as the thread would, and post its answer."""
        ticket = self.ticket if ticket is None else ticket
        cancellation, job = self.jobs.pop(ticket)
        try:
            self.say("result", job(cancellation, lambda value: self.say("report", value, ticket)), ticket)
        except Exception as error:
            self.say("error", error, ticket)

    def say(self, kind: str, value: Any, ticket: int | None = None) -> None:
        """Post any message, in the name of the newest job if no other is given."""
        self._outbox.append(Message(self.ticket if ticket is None else ticket, kind, value))


@dataclass
class Session:
    """A controller, its worker, and what the server will answer next."""

    worker: ScriptedWorker = field(default_factory=ScriptedWorker)
    failure: Exception | None = None  # raised by the next run instead of an answer
    takes_parameters: bool = True
    delivered: list[TrainingRun] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.controller = TrainingController(self, self.worker)  # type: ignore[arg-type]

    def run(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        """What a Source does: the empty run, its epochs, its ending."""
        if self.failure:
            raise self.failure
        self.delivered.append(TrainingRun(parameters))
        report(self.delivered[-1])
        for epoch in epochs_of(parameters.epochs, serial=len(self.delivered)):
            report(epoch)
        return Ending("complete", "all epochs were sent")

    def preview(self, _: Parameters) -> None:
        """Nobody knows."""

    def close(self) -> None:
        """Nothing is held."""

    def load(self, **parameters: Any) -> None:
        """Start and have the answer at hand, up to the tick that will hear it."""
        self.controller.set_parameters(**parameters)
        assert self.controller.start()
        self.worker.finish()

    def lead_to(self, status: str) -> Session:
        """Go to `status` by legal wishes, with some epochs shown where a run is on. Returns itself."""
        if status == "loading":
            self.controller.start()
        elif status == "error":
            self.failure = RunError("The server is down.", hint="Start it.", code="down")
            self.load()
            self.controller.tick(TICK)
            self.failure = None
        elif status != "idle":
            self.load(epochs=5)
            self._play(to_the_end=status == "complete")
        if status == "paused":
            self.controller.pause()
        assert self.controller.machine.state is Status(status)
        return self

    def _play(self, *, to_the_end: bool) -> None:
        for _ in range(100 if to_the_end else 30):  # 5 epochs of 12 ticks
            self.controller.tick(TICK)

    def wait(self, seconds: float) -> None:
        """The newest job says that it will try again."""
        self.worker.say("report", Attempt(number=2, of=4, wait=seconds))


@pytest.fixture(scope="session")
def new_session() -> Callable[[], Session]:
    """Makes sessions, for properties that need many."""
    return Session


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture(scope="session")
def new_run() -> Callable[..., TrainingRun]:
    return filled_run


@pytest.fixture
def backend() -> Iterator[Backend]:
    """A healthy backend on loopback; set `fault` to make it misbehave."""
    with Backend(seed=7) as backend:
        yield backend


@pytest.fixture
def new_client(backend: Backend) -> Callable[..., HttpSource]:
    """Makes clients that never sleep and wait long for answers, unless told otherwise."""

    def make(**options: Any) -> HttpSource:
        given: dict[str, Any] = {
            "jitter": lambda wait: wait,
            "wait": lambda seconds, cancellation: None,
            "deadline": FAR,
        }
        return HttpSource(backend.url, **given | options)

    return make


@pytest.fixture(scope="session")
def followed() -> Callable[..., TrainingRun]:
    return followed_run


@pytest.fixture
def deadline_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int], bool]], None]:
    """Let the deadline of the n-th exchange begin when `happened(n)`, and be short: no machine is too slow for it."""
    wait, numbers = _Watch._wait, count(1)

    def begin(happened: Callable[[int], bool]) -> None:
        def patient(watch: _Watch) -> None:
            number = next(numbers)
            while not (watch._done or happened(number)):
                threading.Event().wait(0.005)
            watch.deadline = 0.05
            wait(watch)

        monkeypatch.setattr(_Watch, "_wait", patient)

    return begin


@pytest.fixture
def outcome() -> Callable[[HttpSource], TrainingRun | RunError]:
    """The run of 6 epochs, or why there is none; any other exception than RunError is let through."""

    def ask(client: HttpSource) -> TrainingRun | RunError:
        try:
            return followed_run(client, Parameters(epochs=6))
        except RunError as why:
            return why
        finally:
            client.close()

    return ask
