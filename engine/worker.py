"""One thread for slow jobs. Only the newest job's answers ever come out, and cancelling ends it at once."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


class Cancellation:
    """Tells a running job, wherever it waits, that nobody wants its answer any more."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` has been called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """End every wait, and call what was registered, in the caller's thread."""
        with self._lock:
            self._event.set()
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback()

    def wait(self, seconds: float) -> None:
        """Wait `seconds`, or until cancelled."""
        self._event.wait(seconds)

    @contextmanager
    def calls(self, callback: Callable[[], None]) -> Iterator[None]:
        """Within the block, `cancel` calls `callback`; at once if it has been called already."""
        with self._lock:
            self._callbacks.append(callback)
            late = self._event.is_set()
        if late:
            callback()
        try:
            yield
        finally:
            with self._lock:
                self._callbacks.remove(callback)


Report = Callable[[Any], None]
Job = Callable[[Cancellation, Report], Any]


@dataclass(frozen=True)
class Message:
    """What a job said: `value` while it runs, or its `result` or `error` at the end."""

    ticket: int
    kind: str  # "report", "result" or "error"
    value: Any


class Worker:
    """Runs jobs one after the other. `submit` cancels the job before it; `drain` yields the newest job's messages."""

    def __init__(self) -> None:
        self.changed = threading.Condition()  # notified when the thread goes idle
        self._ticket = 0
        self._cancellation = Cancellation()
        self._jobs: queue.SimpleQueue[tuple[int, Cancellation, Job] | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._waiting = 0  # jobs submitted and not finished
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    @property
    def idle(self) -> bool:
        """Whether no job runs or waits."""
        return self._waiting == 0

    def submit(self, job: Job) -> int:
        """Forget the last job and start this one. The ticket marks its messages."""
        self.cancel()
        self._cancellation = Cancellation()
        with self.changed:
            self._waiting += 1
        self._jobs.put((self._ticket, self._cancellation, job))
        return self._ticket

    def cancel(self) -> None:
        """Forget the running job: its messages never come out, and its waits end."""
        self._ticket += 1
        self._cancellation.cancel()

    def drain(self) -> Iterator[Message]:
        """What the newest job has said since the last call."""
        while True:
            try:
                message = self._outbox.get_nowait()
            except queue.Empty:
                return
            if message.ticket == self._ticket:
                yield message

    def close(self, *, timeout: float = 1.0) -> bool:
        """End the thread; False if it did not end within `timeout` seconds (it is a daemon and holds nothing up)."""
        self.cancel()
        self._jobs.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (entry := self._jobs.get()) is not None:
            ticket, cancellation, job = entry
            try:
                if not cancellation.cancelled:
                    self._outbox.put(self._finished(ticket, cancellation, job))
            finally:
                with self.changed:
                    self._waiting -= 1
                    self.changed.notify_all()

    def _finished(self, ticket: int, cancellation: Cancellation, job: Job) -> Message:
        try:
            return Message(ticket, "result", job(cancellation, lambda value: self._report(ticket, value)))
        except Exception as error:  # the job's own failure is an answer: the controller shows it
            return Message(ticket, "error", error)

    def _report(self, ticket: int, value: Any) -> None:
        self._outbox.put(Message(ticket, "report", value))


class VirtualTime:
    """Waits that are counted in ticks instead of seconds, so that a scripted run gives the same pictures each time.

    A job falls asleep only while the main thread stands in `settle`: else it would depend on the machine's load whether
    a wait that begins beside `advance` is counted from before it or from after it.
    """

    def __init__(self, worker: Worker) -> None:
        self.now = 0.0  # seconds
        self._worker = worker
        self._changed = worker.changed
        self._sleepers: list[tuple[float, Cancellation]] = []
        self._settling = False  # whether the main thread stands in `settle`

    def wait(self, seconds: float, cancellation: Cancellation) -> None:
        """Called by the job: return when `seconds` have been ticked away, or on cancel."""
        with cancellation.calls(self._notify), self._changed:
            self._changed.wait_for(lambda: self._settling or cancellation.cancelled)
            sleeper = (self.now + seconds - 1e-9, cancellation)
            self._sleepers.append(sleeper)
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._asleep(sleeper))
            self._sleepers.remove(sleeper)

    def advance(self, seconds: float) -> None:
        """Called by the main thread: let `seconds` pass, then wait until the job rests or sleeps again."""
        with self._changed:
            self.now += seconds
            self._changed.notify_all()
        self.settle()

    def settle(self) -> None:
        """Wait until the job has done all that it can do at this moment."""
        with self._changed:
            self._settling = True
            self._changed.notify_all()
            self._changed.wait_for(self._at_rest)
            self._settling = False

    def _at_rest(self) -> bool:
        return self._worker.idle or (bool(self._sleepers) and all(map(self._asleep, self._sleepers)))

    def _asleep(self, sleeper: tuple[float, Cancellation]) -> bool:
        until, cancellation = sleeper
        return self.now < until and not cancellation.cancelled

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()
