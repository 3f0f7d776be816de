"""Rows N: a backend that misbehaves, and what the client and the state of the run make of it."""

import random
import socketserver
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import numpy as np

from engine.input import Quit
from engine.worker import Cancellation, Worker
from scenes import stage
from scenes.training.controller import TrainingController
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.run import TrainingRun
from scenes.training.sources.exchange import LONGEST_PATIENCE, Lines, Reply
from scenes.training.sources.http import HttpSource
from scenes.training.sources.transport import HttpTransport

from .ground import SIZE, Ground, environment
from .row import Row, need
from .session import ASKED, asked, client, session
from .waiting import timed, wait_until

TRIES = 4
DECODERS = ("traceback", "expected `", "codec", "exception", "0x", "object at", "errno", "none ", "malformed")
STRANGER = "What answers is not the training server."
UNUSABLE = "The training server sent a run that cannot be shown."
OVER = (Status.ERROR, Status.COMPLETE)
SHORT = 2.0  # seconds: a deadline that is measured
SOON = 0.1  # seconds in which Stop has to be there
GROWTH = 50 * 2**20  # bytes that a flood may cost


def nobody_there(ground: Ground) -> str:
    """N1: nobody there."""
    with ground.backend("refused") as server, session(server) as run:
        run.controller.start()
        now = run.until(*OVER)
        need(now.status is Status.ERROR and now.error, f"ended as {now.status.value}")
        told = plain(now.error)
        last = max((each.number for each in run.attempts), default=1)
        need(last == TRIES, f"{last} tries")
        need(now.controls == ASKED, "the parameters have changed")
        run.serve("healthy")
        need(run.controller.retry() and run.until(*OVER).status is Status.COMPLETE, "Retry does not work afterwards")
        return f"{last} tries, then '{told}'; parameters kept, Retry completes"


def no_answer(ground: Ground) -> str:
    """N2: no answer."""
    with ground.backend("hang") as server:
        late, _ = timed(lambda: asked(client(server, deadline=0.5)))
        need(isinstance(late, RunError) and late.code == "timeout", f"the deadline gave {late}")
        worker = Worker()
        run = TrainingController(HttpSource(server.url), worker, chosen=ASKED)
        before = server.hits
        run.start()
        wait_until(lambda: server.hits > before)
        stopped, took = timed(run.stop)
        need(stopped and run.snapshot().status is Status.IDLE, "Stop does not lead to idle")
        need(took < SOON, f"Stop took {1000 * took:.0f} ms")
        freed, free = timed(lambda: worker.close(timeout=1.0))
        need(freed, "the worker is not free after a second")
        return f"the deadline is an error; Stop in {1000 * took:.1f} ms, worker free in {1000 * free:.0f} ms"


def drip(ground: Ground) -> str:
    """N3: drip."""
    seen = []
    for mode in ("drip", "slow:60"):
        with ground.backend(mode) as server:
            why, took = timed(partial(asked, client(server, deadline=SHORT)))
            need(isinstance(why, RunError) and why.code == "timeout", f"{mode} gave {why}")
            need(abs(took - SHORT) <= SHORT / 10, f"{mode}: over after {took:.2f} s, the deadline is {SHORT:g} s")
            seen.append(f"{mode} over after {took:.2f} s")
    return f"deadline {SHORT:g} s: {', '.join(seen)}"


def two_failures(ground: Ground) -> str:
    """N4: two failures, then fine."""
    with ground.backend() as plain_server:
        due = asked(client(plain_server))
    with ground.backend("flaky:2") as server, session(server) as run:
        run.controller.start()
        now = run.until(*OVER)
        waits = [each.wait for each in run.attempts]
        need(now.status is Status.COMPLETE and now.run, f"ended as {now.status.value}")
        need(server.hits == 3, f"{server.hits} requests")
        need(len(waits) == 2 and waits[0] < waits[1], f"waits of {waits}")
        need(waits[0] != 0.5 and waits[1] != 1.0, f"waits without jitter: {waits}")
        need(now.run and same(now.run, due), "what is shown is not the third answer")
        return f"3 requests after {waits[0]:.2f} and {waits[1]:.2f} s, and the run of the third"


def not_again(ground: Ground) -> str:
    """N5: must not be asked again."""
    with ground.backend("error:400") as server:
        why = asked(client(server, waits=(0.0, 0.0, 0.0)))
        need(isinstance(why, RunError) and server.hits == 1, f"{server.hits} requests, {why}")
        need("Fault on demand: 400" in str(why), f"the reason is not told: {why}")
        return f"1 request, '{why}'"


def told_to_wait(ground: Ground) -> str:
    """N6: told to wait."""
    with ground.backend("busy") as server, session(server) as run:
        run.controller.start()
        now = run.until(*OVER)
        waits = [each.wait for each in run.attempts]
        need(now.status is Status.ERROR and server.hits == TRIES, f"{now.status.value} after {server.hits} requests")
        need(all(wait >= 1.0 for wait in waits), f"waits of {waits} where 1 s was asked for")
        run.controller.retry()
        while not run.tick().attempt:
            pass
        need(run.controller.stop() and run.tick().status is Status.IDLE, "Stop does not end the wait")
        hits = server.hits
        run.tick(300)
        need(server.hits == hits, "asked again after Stop")
    later = ("99999", "99999999999", "Wed, 21 Oct 2065 07:28:00 GMT")
    far, farther, date = map(asked_to_wait, later)
    need(far == LONGEST_PATIENCE, f"a day is waited for: {far:g} s")
    need(max(farther, date) <= 1.0, f"waits of {farther:g} and {date:g} s")
    told = ", ".join(f"{wait:.1f}" for wait in waits)
    return f"waits of {told} s where 1 is asked for; {far:g} s where a day is; Stop ends the wait"


def cut(ground: Ground) -> str:
    """N7: cut connection."""
    for mode in ("reset", "reset-body", "broken"):
        with ground.backend(mode) as server, session(server) as run:
            run.controller.start()
            now = run.until(*OVER)
            need(now.status is Status.ERROR and now.run is None, f"{mode} ended as {now.status.value}")
            need(server.hits == TRIES, f"{mode}: {server.hits} requests")
            plain(now.error)
    return f"reset, reset-body and broken: {TRIES} tries each, then an error, nothing of a run"


def late_after_stop(ground: Ground) -> str:
    """N8: late answer after Stop."""
    with ground.backend("late:0.2") as server:
        worker = Worker()
        run = TrainingController(HttpSource(server.url), worker, chosen=ASKED)
        run.start()
        wait_until(lambda: server.hits == 1)
        run.stop()
        wait_until(lambda: worker.idle and server.connections == 0)
        now = run.tick(1 / 60)
        worker.close()
        need(now.status is Status.IDLE and now.run is None, f"{now.status.value}, a run: {now.run is not None}")
        return "idle, nothing appears; the connection was given up before the answer"


def late_after_restart(ground: Ground) -> str:
    """N9: late answer after a restart."""
    with ground.backend() as server, session(server) as run:
        due = asked(client(server), replace(ASKED, seed=8))
        run.serve("late:4")
        run.controller.start()
        run.tick(10)
        run.controller.stop()
        run.serve("healthy")
        run.controller.choose_seed(8)
        run.controller.start()
        now = run.until(*OVER)
        need(now.run and same(now.run, due), "not the numbers of the second run")
        run.tick(600)
        need(run.controller.now.run is now.run, "another run came later")
        return "the numbers of the second run alone"


def refused(modes: str, sentence: str = "") -> Callable[[Ground], str]:
    """A row whose modes each end as an error after one request, told in `sentence` where there is one."""

    def play(ground: Ground) -> str:
        told = set()
        with ground.backend() as server, session(server) as run:
            for mode in modes.split():
                run.serve(mode)
                hits = server.hits
                need(run.controller.start() or run.controller.retry(), f"{mode}: cannot be started")
                now = run.until(*OVER)
                need(now.status is Status.ERROR and now.run is None, f"{mode} ended as {now.status.value}")
                need(server.hits == hits + 1, f"{mode}: {server.hits - hits} requests")
                words = plain(now.error)
                need(not sentence or words.startswith(sentence), f"{mode} is told as '{words}'")
                told.add(words)
            run.serve("healthy")
            need(run.controller.retry() and run.until(*OVER).status is Status.COMPLETE, "Retry does not work after")
        return f"{modes.replace(' ', ', ')}: 1 request each, '{sorted(told)[0]}'; Retry completes"

    return play


def not_finite(ground: Ground) -> str:
    """N10: not finite."""
    hints = []
    with ground.backend() as server:
        for mode, source in (("nan", "simulated"), ("infinity", "simulated"), ("nan", "trained")):
            server.misbehave(mode)
            why = asked(client(server), replace(ASKED, source=source, points=60))
            need(isinstance(why, RunError) and why.code == "unusable", f"{mode} of a {source} run gave {why}")
            hint = why.hint if isinstance(why, RunError) else ""
            need("loss" in hint and "poch" in hint, f"not both field and epoch are named: {hint}")
            hints.append(hint)
    return f"refused: {' / '.join(dict.fromkeys(hints))}"


def flood(modes: str) -> Callable[[Ground], str]:
    """A row whose modes each end as an error, without much memory."""

    def play(ground: Ground) -> str:
        seen = []
        for mode in modes.split():
            with ground.backend(mode) as server:
                tracemalloc.start()
                try:
                    why = asked(client(server, deadline=1.0))
                    peak = tracemalloc.get_traced_memory()[1]
                finally:
                    tracemalloc.stop()
            need(isinstance(why, RunError), f"{mode} is a run")
            need(peak < GROWTH, f"{mode}: {peak / 2**20:.0f} MB")
            seen.append(f"{mode} {peak / 2**20:.0f} MB")
        return f"errors; memory of Python, client and server together: {', '.join(seen)}"

    return play


def strangers(ground: Ground) -> str:
    """N15: not our server."""
    play = refused("html not-http", STRANGER)(ground)
    body = b'{"success":true,"data":[]}'
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Type: %s\r\n\r\n"
    answers = {
        "wrong-ctype": (head % (len(body), b"text/plain"), body, STRANGER),
        "bom": (head % (len(body) + 3, b"application/json"), b"\xef\xbb\xbf" + body, UNUSABLE),
    }
    for name, (first, rest, due) in answers.items():
        with saying(first + rest) as url:
            why = asked(HttpSource(url, waits=()))
        need(isinstance(why, RunError) and str(why) == due, f"{name}: {why}")
    refused("utf16", UNUSABLE)(ground)
    return f"{play}; bom and utf16: '{UNUSABLE}'"


def header_tricks(ground: Ground) -> str:
    """N17: header tricks."""
    with ground.backend() as server:
        for mode in ("huge-header", "many-headers", "bad-chunk", "wrong-length", "continue-storm"):
            server.misbehave(mode)
            told = asked(client(server))
            need(isinstance(told, RunError) or mode == "continue-storm", f"{mode} is a run")
            server.misbehave("healthy")
            need(isinstance(asked(client(server)), TrainingRun), f"the request after {mode} fails")
    return "errors, a storm of '100 Continue' may pass; each next request is clean"


def leftovers(ground: Ground) -> str:
    """N18: leftovers on the connection."""
    with ground.backend() as server:
        source = client(server)
        for mode in ("leftovers", "leftovers", "healthy", "leftovers", "healthy"):
            server.misbehave(mode)
            run = asked(source)
            need(isinstance(run, TrainingRun), f"{mode}: {run}")
            need(isinstance(run, TrainingRun) and run.loss.max() < 2, "a number that nobody asked for is shown")
    return "five runs, the loss 666 in none"


def hostile_text(ground: Ground) -> str:
    """N19: hostile text."""
    with ground.backend() as server, ground.visualizer(server) as (built, pilot):
        assert pilot.screen.command
        pilot.screen.command("hostile-text")
        built.controller.start()
        for _ in range(120):
            pilot.tick()
        need(built.controller.now.status is Status.ERROR, f"ended as {built.controller.now.status.value}")
        built.app.draw()
        told = " ".join(str(text["text"]) for text in built.first.describe()["texts"])
        odd = [character for character in told if ord(character) < 32 or "\u202a" <= character <= "\u202e"]
        need(not odd, f"drawn as it came: {odd}")
        return f"drawn, {len(told)} characters, none of control or direction among them"


def proxies(ground: Ground) -> str:
    """N20: proxy variables."""
    dead = "http://127.0.0.1:9"
    with ground.backend() as server, environment(HTTP_PROXY=dead, http_proxy=dead, ALL_PROXY=dead, all_proxy=dead):
        run = asked(client(server))
    need(isinstance(run, TrainingRun), f"{run}")
    return "the backend on loopback is reached"


def dies_in_playback(ground: Ground) -> str:
    """N21: server dies in playback."""
    with ground.backend() as server, session(server) as run:
        run.controller.start()
        run.until(Status.TRAINING)
        server.stop()
        now = run.until(*OVER)
        need(now.status is Status.COMPLETE and now.epoch == ASKED.epochs, f"{now.status.value}, epoch {now.epoch}")
        return f"played to its end from memory, all {now.epoch} epochs"


def quit_in_flight(ground: Ground) -> str:
    """N22: quit in flight."""
    with ground.backend("hang") as server:
        source = HttpSource(server.url)
        built = stage.build(
            ground.window(), url=server.url, size=SIZE, theme="dark", scale=1.0, interval=50, source=source
        )
        built.borrowed = True
        built.controller.start()
        wait_until(lambda: server.hits == 1)
        workers = sum(thread.name == "worker" for thread in threading.enumerate())
        built.app.handle(Quit())
        goes_on = built.app.goes_on
        _, took = timed(built.close)
        left = sum(thread.name == "worker" for thread in threading.enumerate())
        need(not goes_on, "it goes on")
        need(took < 1.0 and left == workers - 1, f"closed after {took:.2f} s, {left} workers are left")
        return f"everything is given back {1000 * took:.0f} ms after the window was closed; no exit code is seen here"


def mashing(ground: Ground) -> str:
    """N23: button mashing."""
    chance = random.Random(7)
    with ground.backend("late:0.05") as server:
        transport = _Counting()
        worker = Worker()
        run = TrainingController(HttpSource(server.url, transport=transport), worker, interval=1, chosen=ASKED)
        wait_until(lambda: worker.idle)
        threads = threading.active_count()
        for _ in range(1000):
            getattr(run, chance.choice(("start", "stop", "retry")))()
            run.tick(1 / 60)
        run.stop()
        run.set_parameters(epochs=9)
        run.start()
        wait_until(lambda: run.tick(1 / 60).status in OVER)
        now = run.now
        need(transport.most <= 1, f"{transport.most} requests at a time")
        need(now.status is Status.COMPLETE and now.epochs == 9, f"the last choice is not what ended: {now.epochs}")
        worker.close()
        wait_until(lambda: server.connections == 0)
        grown = threading.active_count() - threads
        need(grown <= 33, f"{grown} threads more")  # the backend keeps those that it has for connections
        return (
            f"1,000 presses: {transport.most} request at a time, the last choice is shown, {max(0, grown)} threads more"
        )


class _Counting(HttpTransport):
    """Counts how many exchanges are under way at a time, at most."""

    def __init__(self) -> None:
        super().__init__()
        self.most = self._now = 0

    def post(
        self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation, lines: Lines | None = None
    ) -> Reply:
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            return super().post(url, body, deadline=deadline, cancellation=cancellation, lines=lines)
        finally:
            self._now -= 1


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """A server that says those bytes to whoever asks; its address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            head = b""
            while b"\r\n\r\n" not in head:
                head += self.request.recv(65536)
            self.request.sendall(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def asked_to_wait(after: str) -> float:
    """Seconds that are waited where a server says Retry-After: `after`."""
    answer = f"HTTP/1.1 429 Busy\r\nRetry-After: {after}\r\nContent-Length: 0\r\n\r\n".encode()
    waits: list[float] = []
    with saying(answer) as url:
        asked(HttpSource(url, waits=(0.5,), wait=lambda seconds, cancellation: waits.append(seconds)))
    return waits[0] if waits else 0.0


def plain(error: RunError | None) -> str:
    """What is told of an error. Raises Fails where it is nothing, or no visitor's words."""
    told = f"{error.sentence} {error.hint}" if error else ""
    words = [word for word in DECODERS if word in told.lower()]
    need(told and not words, f"told as '{told}'")
    return told


def same(run: TrainingRun, due: TrainingRun | RunError) -> bool:
    """Whether both have the same losses, bit for bit."""
    return isinstance(due, TrainingRun) and np.array_equal(run.loss, due.loss)


ROWS = (
    Row("N1", "nobody there", "a port that refuses", nobody_there),
    Row("N2", "no answer", "a backend that hangs", no_answer, slow=True),
    Row("N3", "drip", "a byte each 0.1 s; ten pieces in a minute", drip, slow=True),
    Row("N4", "two failures, then fine", "503 twice", two_failures),
    Row("N5", "must not be asked again", "400", not_again),
    Row("N6", "told to wait", "429 with Retry-After 1, far away, a date", told_to_wait),
    Row("N7", "cut connection", "resets, half an answer", cut),
    Row("N8", "late answer after Stop", "an answer after 0.2 s, Stop before", late_after_stop),
    Row("N9", "late answer after a restart", "an answer after 4 s, another run before", late_after_restart),
    Row("N10", "not finite", "NaN and Infinity for a loss", not_finite),
    Row(
        "N11",
        "wrong shape",
        "answers of another shape",
        refused("wrong-types missing-fields object null zero unsuccessful empty no-content"),
    ),
    Row(
        "N12",
        "wrong epochs",
        "epochs that do not follow each other",
        refused("missing-epochs duplicate-epochs negative-epochs out-of-order long-number too-many"),
    ),
    Row("N13", "flood", "32 MB, and a terabyte declared", flood("huge huge-declared"), slow=True),
    Row("N14", "bomb", "64 MB packed into little, broken gzip, 100,000 brackets", flood("gzip-bomb bad-gzip deep")),
    Row("N15", "not our server", "a page, another kind of content, a mark of order, UTF-16, no HTTP", strangers),
    Row("N16", "redirects", "307 to itself, 307 elsewhere", refused("redirect redirect-away", STRANGER)),
    Row("N17", "header tricks", "long, many, broken chunks, wrong length, a storm of 100", header_tricks),
    Row("N18", "leftovers on the connection", "a second answer behind the first", leftovers),
    Row("N19", "hostile text", "control characters, a turned line, marks", hostile_text),
    Row("N20", "proxy variables", "proxies that nobody serves", proxies),
    Row("N21", "server dies in playback", "the backend is stopped once the run is there", dies_in_playback),
    Row("N22", "quit in flight", "a backend that hangs, the window is closed", quit_in_flight, slow=True),
    Row("N23", "button mashing", "1,000 presses of Start, Stop and Retry", mashing),
)
