"""Plays misbehaving streams in a real window off screen, one after the other, and says how each ended.

Each has to end in the state that it should, in words for a visitor, without an exception, without a frame that takes
long, and without much memory.
"""

from __future__ import annotations

import json
import multiprocessing
import socketserver
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import pauses
from engine.flat import system_fonts
from engine.worker import Cancellation
from scenes import stage
from scenes.embedded import Embedded
from scenes.kit.findings import sentence
from scenes.kit.run_words import label
from scenes.training.lifecycle import Status
from scenes.training.sources.http import HttpSource
from scenes.training.sources.transport import HttpTransport

from .hostile_streams import Hostile, Piece, hostile
from .memory import resident

DEADLINE, WAITS = 1.0, (0.05, 0.05, 0.05)  # seconds; a visitor's program is more patient
LONGEST = 20.0  # seconds until a state is told that is none
SLOW, LARGE = 100.0, 100.0  # milliseconds of a frame, MB that a stream may add
SHOWN = 12  # frames that are drawn of each end
SIZE = (1280, 720)
DECODERS = ("traceback", "expected `", "malformed", "codec", "decode", "exception", "0x", "object at", "errno", "none ")


@dataclass(frozen=True)
class Ended:
    """How one stream ended."""

    name: str
    state: str
    told: str  # all that the screen says of it
    due: tuple[str, ...]
    slowest: float  # frame, milliseconds
    grown: float  # MB
    raised: str = ""

    @property
    def amiss(self) -> list[str]:
        """What is wrong with that, in words; nothing where all is well."""
        found = []
        if self.state not in self.due:
            found.append(f"ended as {self.state}, due is {' or '.join(self.due)}")
        if self.raised:
            found.append(f"raised {self.raised}")
        if self.slowest > SLOW:
            found.append(f"a frame of {self.slowest:.0f} ms")
        if self.grown > LARGE:
            found.append(f"{self.grown:.0f} MB more")
        if words := [word for word in DECODERS if word in self.told.lower()]:
            found.append(f"says '{words[0].strip()}': {self.told}")
        return found


def streams(*, only: str = "", as_json: bool = False) -> int:
    """Play all streams whose name holds `only`, print a line for each; 0 if all is well, else 1."""
    with Embedded(7) as backend:
        healthy = _healthy(backend.url)
    cases = [case for case in hostile(healthy) if only in case.name]
    if not cases:
        raise ValueError(f"no stream's name holds '{only}'; without --only all of them are listed")
    told = []
    with _Server(cases) as server, _window(server) as built:
        for number, case in enumerate(cases, start=1):
            server.number.value = number - 1
            told.append(ended := _played(built, case))
            if not as_json:
                mark = "  ".join(ended.amiss) or ended.state
                print(f"{number:>3}/{len(cases)}  {ended.slowest:5.0f} ms  {case.name:<56} {mark}", flush=True)
    bad = [each for each in told if each.amiss]
    if as_json:
        print(json.dumps([{**vars(each), "amiss": each.amiss} for each in told], indent=1))
    else:
        print(f"{len(told)} streams, {len(bad)} amiss; slowest frame {max(each.slowest for each in told):.0f} ms")
    return 1 if bad or not told else 0


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Read a request, and send what the case says."""
        self.request.settimeout(10.0)
        try:
            head = bytearray()
            while b"\r\n\r\n" not in head:
                head += self._some()
            length = next(
                (
                    int(row.split(b":")[1])
                    for row in bytes(head).split(b"\r\n")
                    if row.lower().startswith(b"content-length")
                ),
                0,
            )
            body = len(head) - head.index(b"\r\n\r\n") - 4
            while body < length:
                body += len(self._some())
            for piece in self.server.case.pieces:
                self._send(piece)
        except OSError:
            return  # the client has left, as it may

    def _some(self) -> bytes:
        got: bytes = self.request.recv(65536)
        if not got:
            raise OSError("left")
        return got

    def _send(self, piece: Piece) -> None:
        if piece is None:
            self.request.recv(1)  # until the client leaves
        elif isinstance(piece, bytes):
            self.request.sendall(piece)
        else:
            time.sleep(piece)


class _Server(socketserver.ThreadingTCPServer):
    """Answers every request as the case of its `number` says.

    In a process of its own, where there can be one: what it does takes no time from the frames that are measured.
    """

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, cases: Sequence[Hostile]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._cases = cases
        forks = "fork" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if forks else None)
        self.number = context.Value("i", 0)
        serve: dict[str, Any] = {"target": self.serve_forever, "kwargs": {"poll_interval": 0.05}, "daemon": True}
        self._process = context.Process(**serve) if forks else None
        (self._process or threading.Thread(**serve)).start()

    @property
    def case(self) -> Hostile:
        """What is played now."""
        number: int = self.number.value
        return self._cases[number]

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.terminate()
            self._process.join()
        else:
            self.shutdown()
        self.server_close()


@contextmanager
def _window(server: _Server) -> Iterator[stage.Stage]:
    source = HttpSource(server.url, deadline=DEADLINE, waits=WAITS)
    built = stage.build(
        stage.hidden_window(), url=server.url, size=SIZE, theme="dark", scale=1.0, interval=1, source=source
    )
    for _ in range(SHOWN):  # what is made with the first frames is no stream's fault
        built.app.tick()
        built.app.draw()
    pauses.avoid()
    system_fonts.look_ahead().join()
    try:
        yield built
    finally:
        built.close()


def _healthy(url: str) -> Sequence[bytes]:
    """The lines of a small run that is as it should be."""
    lines: list[bytes] = []

    def keep(line: bytes) -> bool:
        lines.append(line)
        return b'"type":"end"' in line

    asked = {"source": "trained", "dataset": "circle", "points": 100, "epochs": 5, "seed": 7}
    HttpTransport().post(
        f"{url}/api/train", json.dumps(asked).encode(), deadline=60.0, cancellation=Cancellation(), lines=keep
    )
    return lines


def _played(built: stage.Stage, case: Hostile) -> Ended:
    controller, before, slowest, raised = built.controller, resident(), 0.0, ""
    controller.start()
    begun, shown, most = time.monotonic(), 0, before
    try:
        while shown < SHOWN and time.monotonic() - begun < LONGEST:
            waits = controller.now.status is Status.LOADING
            if waits:
                time.sleep(0.005)
            at = time.perf_counter()
            built.app.tick()
            built.app.draw()
            built.app.renderer.finish()
            slowest, most = max(slowest, 1000 * (time.perf_counter() - at)), max(most, resident())
            shown += controller.now.status in (Status.COMPLETE, Status.ERROR)
    except Exception as why:
        raised = f"{type(why).__name__}: {why} ({_place(why)})"
    now = controller.now
    said = [sentence(now), now.error.sentence if now.error else "", now.error.hint if now.error else ""]
    ended = Ended(case.name, label(now), " ".join(filter(None, said)), case.ends, slowest, most - before, raised)
    controller.stop()
    built.app.tick()
    return ended


def _place(why: Exception) -> str:
    trace = why.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
