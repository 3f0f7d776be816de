"""A few threads that take tasks in turn: to start one for each connection would cost more than the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

Task = Callable[[], object]


class ThreadPool:
    """At most `most` daemon threads, each started when first needed; a task that finds all at work waits its turn."""

    def __init__(self, *, most: int, name: str) -> None:
        self._most, self._name = most, name
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._free = 0  # threads without a task, less the tasks on their way to them
        self._lock = threading.Lock()

    def submit(self, task: Task) -> None:
        """Run `task` on one of the threads; it must not raise."""
        with self._lock:
            if self._free > 0 or len(self._threads) == self._most:
                self._free -= 1
            else:
                thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                thread.start()
                self._threads.append(thread)
        self._tasks.put(task)

    def close(self, *, until: float, clock: Callable[[], float]) -> None:
        """End the threads after their tasks, waiting until `clock` says `until` (seconds). Submit none after this."""
        with self._lock:
            ending, self._threads, self._free = self._threads, [], 0
        for _ in ending:
            self._tasks.put(None)
        for thread in ending:
            thread.join(max(0.0, until - clock()))

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            with self._lock:
                self._free += 1
