"""The backend in this process. Beside scenes/__main__.py the only file that sees simulation_server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from .cli.values import SCRIPTED_SEED


class Embedded:
    """The backend in this process, on a free port. Its imports run beside those of the window.

    Whatever asks for it raises what kept it from starting: CannotListen, which says so in a sentence. `options` are
    those of simulation_server.backend.Backend.
    """

    def __init__(self, seed: int | None, **options: Any) -> None:
        self._seed, self._options = seed, options
        self._failure: Exception | None = None
        self._backend: Any = None
        self._thread = threading.Thread(target=self._start, name="backend start", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it answers, once it does."""
        return str(self._started().url)

    @property
    def hits(self) -> int:
        """How many requests have arrived whole so far, answered or not."""
        return int(self._started().hits)

    @property
    def connections(self) -> int:
        """How many connections are open now."""
        return int(self._started().connections)

    def misbehave(self, mode: str) -> None:
        """From now on be in `mode`, one of simulation_server.faults. Raises ValueError."""
        self._started().misbehave(mode)

    def header(self, body: bytes) -> bytes:
        """The first line of the run that the `body` of a request asks for. Raises ValueError if there can be none."""
        told: bytes = self._started().header(body)
        return told

    def warm(self) -> None:
        """Load what a run needs behind the first frames, so that the first Start need not wait for it."""

        def load() -> None:
            import scenes.kept.store
            import scenes.training.sources.transport  # noqa: F401
            import simulation_server.trained_run  # noqa: F401

        threading.Thread(target=load, name="trainer", daemon=True).start()

    def stop(self) -> None:
        """End it and free the port."""
        self._thread.join()
        if self._backend is not None:  # else it could not start, or Ctrl+C came meanwhile
            self._backend.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _start(self) -> None:
        try:
            from simulation_server.backend import Backend

            self._backend = Backend(seed=self._seed, **self._options).start()
        except Exception as why:  # of a thread nobody would hear
            self._failure = why

    def _started(self) -> Any:
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self._backend


@contextmanager
def embedded(url: str) -> Iterator[tuple[str, Embedded | None]]:
    """The backend at `url`, or if that is empty one of ours until the block ends: its address, and what commands it."""
    if url:
        yield url, None
    else:
        with Embedded(SCRIPTED_SEED) as ours:
            yield ours.url, ours
