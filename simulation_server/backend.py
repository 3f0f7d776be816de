"""The whole server as one object: start it, stop it, count its requests, make it misbehave."""

from __future__ import annotations

import errno
import random
import threading
import time
from collections.abc import Callable
from functools import partial
from types import TracebackType

from . import api
from .exchange import Exchange
from .faults import Episode, Fault
from .handler import Handler, Log
from .large_bodies import LargeBodies
from .limiter import Limiter
from .listener import Listener
from .messages import Request
from .server_context import MOST_TRAININGS, ServerContext

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 3001
MOST_CONNECTIONS = 32
TIMEOUT = 10.0  # seconds for one request to arrive, and for one response to be taken
SEED_BITS = 63

Delay = tuple[float, float]  # seconds, shortest and longest


class CannotListen(Exception):
    """The address cannot be had; the message says why in one sentence and what to do."""


class Backend:
    """The training server on a thread of this process; answers on loopback only unless `host` says otherwise.

    `port` 0 takes a free one, which is kept when the server is stopped and started again. `seed` fixes the runs
    whose requests bring no seed of their own: the n-th such run is the same each time. `delay` is the artificial
    wait before a run is answered. `now` is the time of day, `clock` the one that deadlines are measured with.
    """

    def __init__(
        self,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        seed: int | None = None,
        delay: Delay | None = None,
        fault: Fault = Fault.HEALTHY,
        timeout: float = TIMEOUT,
        most_connections: int = MOST_CONNECTIONS,
        most_trainings: int = MOST_TRAININGS,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        log: Log = lambda line: None,
    ) -> None:
        self._host, self._port, self._delay, self._log, self._clock = host, port, delay, log, clock
        self._timeout, self._most_connections = timeout, most_connections
        self._seeds, self._waits = random.Random(seed), random.Random(seed)
        self._stopped = threading.Event()
        self._sleep = self._stopped.wait if sleep is None else sleep
        self._context = partial(
            ServerContext,
            next_seed=self._next_seed,
            now=now,
            delay=self._take_its_time,
            trainings=Limiter(most_trainings),
        )
        self._large_bodies = LargeBodies()
        self._switch, self._counting = threading.RLock(), threading.Lock()  # start, stop, fault; and the hits
        self._hits = 0
        self._episode = Episode(fault)
        self._listener: Listener | None = None

    @property
    def url(self) -> str:
        """The address to send requests to, without a slash at the end; raises RuntimeError before the first start."""
        if not self._port:
            raise RuntimeError("the backend has no address yet, start it first")
        return f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{self._port}"

    @property
    def hits(self) -> int:
        """How many requests have arrived whole since the beginning, on any route, answered or not."""
        return self._hits

    @property
    def connections(self) -> int:
        """How many connections are open now."""
        return 0 if self._listener is None else self._listener.connections

    @property
    def fault(self) -> Fault:
        """The way the server misbehaves; setting it releases every request that the last one held."""
        return self._episode.fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        with self._switch:
            was_refused = self.fault.mode == "refused"
            last, self._episode = self._episode, Episode(fault)
            last.end()
            if self._listener is not None and fault.mode == "refused" and not was_refused:
                self._listener.deafen()
            elif self._listener is not None and was_refused and fault.mode != "refused":
                self._listener.open()

    def misbehave(self, mode: str) -> None:
        """From now on be in `mode`, as it is written in words. Raises ValueError that names the modes."""
        self.fault = Fault.parse(mode)

    def header(self, body: bytes) -> bytes:
        """Return the first line of the trained run that the `body` of a request asks for, without any request.

        The same however the server misbehaves, and before it is started, too. The first call loads the trainer.
        Raises ValueError if it asks for none that there can be.
        """
        from .trained_run import header

        return header(body)

    def start(self) -> Backend:
        """Listen and answer, on a thread; returns itself. Raises CannotListen."""
        with self._switch:
            if self._listener is not None:
                return self
            self._stopped.clear()
            listener = self._bound()
            try:
                if self.fault.mode != "refused":
                    listener.open()
            except OSError as error:
                listener.close()
                raise CannotListen(self._why_not(error)) from error
            self._listener, self._port = listener, listener.port
            return self

    def stop(self) -> None:
        """End every request and connection and free the port, within a second; does nothing where nothing runs."""
        with self._switch:
            listener, self._listener = self._listener, None
            if listener is None:
                return
            self._stopped.set()
            last, self._episode = self._episode, Episode(self.fault)
            last.end()
            listener.close()

    def __enter__(self) -> Backend:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _bound(self) -> Listener:
        try:
            return Listener(
                (self._host, self._port),
                handler=partial(Handler, respond=self._respond, log=self._log, large=self._large_bodies),
                most_connections=self._most_connections,
                timeout=self._timeout,
                clock=self._clock,
                log=self._log,
            )
        except OSError as error:
            raise CannotListen(self._why_not(error)) from error

    def _why_not(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return f"Port {self._port} on {self._host} is taken; stop the other server or choose another port."
        return f"Cannot listen on {self._host}, port {self._port}: {error.strerror}; choose another address."

    def _respond(self, handler: Handler, request: Request) -> None:
        """Answer one request as the fault of the hour would have it."""
        with self._counting:
            self._hits += 1
        exchange = Exchange(handler, request, self._stopped.is_set, self._clock, self._log)
        context = self._context(gone=exchange.gone)
        exchange.carry_out(lambda: api.answer(request, context=context, host=self._host), self._episode)

    def _next_seed(self) -> int:
        return self._seeds.getrandbits(SEED_BITS)

    def _take_its_time(self) -> None:
        if self._delay is not None:
            self._sleep(self._waits.uniform(*self._delay))
