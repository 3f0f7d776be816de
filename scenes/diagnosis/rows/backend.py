"""Rows B: clients that misbehave, and what a real backend on loopback makes of them."""

import http.client
import json
import random
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median
from urllib.parse import urlsplit

from scenes.diagnosis.memory import resident
from scenes.embedded import Embedded
from scenes.training.sources.exchange import STREAM

from .ground import Ground, process
from .row import Row, need, on_posix
from .waiting import timed, wait_until

PATIENCE = 20.0  # seconds that a client here waits for an answer
SOON = 0.1  # seconds in which the health of a busy backend is told
MOST_THREADS = 34  # that a backend has: 32 connections, the loop that accepts, and one to spare
IN_WORDS = ("batch size", "learning rate", "epochs", "json", "body")  # where the web app's sentence has to be kept
FUZZED, BODIES = 10_000, 400
JSON = b"Content-Type: application/json\r\n"
HOST = b"Host: localhost\r\n"
TRAIN = b"POST /api/train HTTP/1.1\r\n" + HOST


def slowloris(ground: Ground) -> str:
    """B1: slow clients."""
    threads = threading.active_count()
    with ground.backend(timeout=3.0) as server:
        open_sockets = [_connected(server) for _ in range(350)]
        slow, stop = open_sockets[300:], threading.Event()

        def drip() -> None:
            for byte in b"POST /api/train HTTP/1.1\r\n" * 10:
                for each in slow:
                    with suppress(OSError):
                        each.sendall(bytes([byte]))
                if stop.wait(1.0):
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            slowest = 0.0
            for _ in range(20):
                answer, took = timed(lambda: _call(server, "GET", "/api/health"))
                need(answer[0] == 200, f"health is {answer[0]}")
                slowest = max(slowest, took)
            grown = threading.active_count() - threads - 1
            need(slowest < SOON, f"health took {1000 * slowest:.0f} ms")
            need(grown <= MOST_THREADS, f"{grown} threads more")
            wait_until(lambda: server.connections == 0)
        finally:
            stop.set()
            dripping.join()
            for each in open_sockets:
                each.close()
    return f"health in {1000 * slowest:.0f} ms at most, {grown} threads, every slow connection ended by its timeout"


def bad_length(ground: Ground) -> str:
    """B2: bad length."""
    cases = {
        "none": b"",
        "-1": b"Content-Length: -1\r\n",
        "x": b"Content-Length: x\r\n",
        "1_0": b"Content-Length: 1_0\r\n",
        "two": b"Content-Length: 2\r\nContent-Length: 3\r\n",
        "10^11": b"Content-Length: 100000000000\r\n",
        "chunked": b"Transfer-Encoding: chunked\r\n",
    }
    with ground.backend() as server:
        told = {}
        for name, length in cases.items():
            said = _said(server, TRAIN + JSON + length + b"\r\n{}")
            head, _, body = said.partition(b"\r\n\r\n")
            status = _status(said)
            need(status in (400, 411, 413), f"{name}: {status}")
            need(b"application/json" in head and "error" in json.loads(body), f"{name}: no JSON")
            told[name] = status
        need(_call(server, "GET", "/api/health")[0] == 200, "the server is gone")
    return ", ".join(f"{name} {status}" for name, status in told.items()) + ", each as JSON"


def bad_bodies(ground: Ground) -> str:
    """B3: bad bodies."""
    chance = random.Random(7)
    names = ("epochs", "learningRate", "batchSize", "seed", "source", "dataset", "layers", "points", "csv", "rows")
    odd: tuple[object, ...] = (
        None,
        True,
        -1,
        10**9,
        1.5,
        "10",
        [],
        {},
        [[[[1]]]],
        float("nan"),
        float("inf"),
        1e308,
        "ä" * 500,
        10**400,
    )
    counts: dict[int, int] = {}
    with ground.backend() as server:
        bodies = [json.dumps(each).encode() for each in odd] + [b"[" * 5000, b"{" * 10, b"\xff\xfe{}", b" " * 2**20]
        for _ in range(BODIES):
            asked = {chance.choice(names): chance.choice(odd) for _ in range(chance.randint(1, 3))}
            bodies.append(json.dumps({"epochs": 1, **asked}).encode())
        for body in bodies:
            status, told = _call(server, "POST", "/api/train", body)
            counts[status] = counts.get(status, 0) + 1
            need(status < 500, f"{status} for {body[:80]!r}")
            if status >= 400:
                complaint = json.loads(told)
                need(complaint.get("error") and "Traceback" not in str(complaint), f"{complaint} for {body[:80]!r}")
                named = complaint.get("field") or any(word in complaint["error"].lower() for word in IN_WORDS)
                need(named, f"no field is named for {body[:80]!r}: {complaint}")
        need(_call(server, "POST", "/api/train", b'{"epochs":1}')[0] == 200, "a valid request fails afterwards")
    told_all = ", ".join(f"{count} of {status}" for status, count in sorted(counts.items()))
    return f"{len(bodies)} bodies: {told_all}; a valid one works afterwards"


def raw_fuzz(ground: Ground) -> str:
    """B4: raw noise."""
    chance, log = random.Random(7), list[str]()
    good = TRAIN + JSON + b'Content-Length: 12\r\n\r\n{"epochs":1}'
    counts: dict[int, int] = {}
    with ground.backend(log=log.append) as server:
        before = resident()
        for number in range(FUZZED):
            sent = _mutated(good, chance) if number % 4 else chance.randbytes(chance.randint(1, 200))
            said = _said(server, sent)
            status = _status(said) if said else 0
            counts[status] = counts.get(status, 0) + 1
            need(status < 500, f"{status} for {sent[:120]!r}")
        need(_call(server, "GET", "/api/health")[0] == 200, "the server is gone")
        grown = resident() - before
    broken = [line for line in log if "ended by" in line or "Traceback" in line]
    need(not broken, f"in the log: {broken[:1]}")
    need(grown < 10, f"{grown:.0f} MB more")
    told = ", ".join(f"{count} of {status or 'nothing'}" for status, count in sorted(counts.items()))
    return f"{FUZZED:,} requests: {told}; {max(0.0, grown):.0f} MB more"


def foreign(ground: Ground) -> str:
    """B5: foreign host or page."""
    with ground.backend() as server:
        for host in ("evil.example", "localhost.evil.example", "192.168.1.2"):
            status = _status(_said(server, f"GET /api/health HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()))
            need(status == 403, f"{host}: {status}")
        for host in ("localhost", "127.0.0.1:3001", "[::1]"):
            status = _status(_said(server, f"GET /api/health HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()))
            need(status == 200, f"{host}: {status}")
        asks = b"OPTIONS /api/train HTTP/1.1\r\n" + HOST + b"Origin: http://evil.example\r\n\r\n"
        need(b"access-control" not in _said(server, asks).lower(), "a foreign page may read the answers")
    return "403 for foreign hosts, nothing permissive for a foreign page; the names of this machine work"


def port_taken(ground: Ground) -> str:
    """B6: port taken."""
    with ground.backend() as server:
        second = process("-m", "simulation_server", "--port", str(urlsplit(server.url).port))
        _, told = second.communicate(timeout=PATIENCE)
        lines = told.strip().splitlines()
        need(second.returncode not in (0, None), f"the second one ends with {second.returncode}")
        need(len(lines) == 1 and "Traceback" not in told, f"it says: {told}")
        need(_call(server, "GET", "/api/health")[0] == 200, "the first server is gone")
    return f"code {second.returncode}, '{lines[0]}'; the first one lives"


def stopped_in_request(ground: Ground) -> str:
    """B7: stopped in a request."""
    on_posix("SIGTERM")
    server = process("-m", "simulation_server", "--port", "0", "--delay", "5000")
    try:
        assert server.stdout
        port = int(server.stdout.readline().split("http://127.0.0.1:")[1].split(" ")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as asking:
            asking.sendall(TRAIN + JSON + b"Content-Length: 2\r\n\r\n{}")
            asking.settimeout(0.3)
            with suppress(TimeoutError):
                need(not asking.recv(1), "it has answered before its delay")
            asking.settimeout(PATIENCE)
            server.send_signal(signal.SIGTERM)
            code, took = timed(lambda: server.wait(PATIENCE))
            left = b""
            with suppress(OSError):
                left = asking.recv(65536)
        need(code == 0 and took < 1.0, f"code {code} after {took:.2f} s")
        need(not left, f"a client was sent {left[:60]!r}")
        with socket.create_server(("127.0.0.1", port)):
            pass
    finally:
        server.kill()
        server.communicate()
    return f"code 0 after {1000 * took:.0f} ms, the port is free, the client was sent nothing"


def slow_reader(ground: Ground) -> str:
    """B8: slow reader."""
    asked = {"source": "trained", "dataset": "digits", "layers": [64, 64], "epochs": 200, "batchSize": 256}
    body = json.dumps(asked).encode()
    with ground.backend(timeout=1.0) as server, socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(PATIENCE)
        reader.connect(("127.0.0.1", urlsplit(server.url).port))
        head = TRAIN + JSON + b"Accept: " + STREAM.encode() + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
        reader.sendall(head + body)
        need(reader.recv(1) == b"H", "nothing comes")
        begun = time.monotonic()
        slowest = 0.0
        while server.connections > 0:
            need(time.monotonic() - begun < 60, "its thread is not free after a minute")
            answer, took = timed(lambda: _call(server, "GET", "/api/health", closes=True))
            slowest = max(slowest, took)
            need(answer[0] == 200, "others are not served")
            wait_until(lambda: server.connections <= 1)
            time.sleep(0.05)
            with suppress(OSError):
                reader.recv(1)
    return f"its thread is free after {time.monotonic() - begun:.1f} s; others answered in {1000 * slowest:.0f} ms"


def kept_alive(ground: Ground) -> str:
    """B9: kept connection."""
    with ground.backend() as server, _connection(server) as kept:
        for number in range(100):
            kept.request("POST", "/api/train", json.dumps({"epochs": 1 + number % 7, "seed": number}))
            answer = kept.getresponse()
            rows = json.loads(answer.read())["data"]
            need(answer.status == 200 and len(rows) == 1 + number % 7, f"answer {number} is not its own")
        both = b"".join(
            TRAIN
            + JSON
            + b'Content-Length: 12\r\n%s\r\n{"epochs":%d}' % (b"Connection: close\r\n" * (count == 2), count)
            for count in (1, 2)
        )
        said = _said(server, both)
        need(said.count(b"HTTP/1.1 200") == 2 and said.count(b'"epoch"') == 3, "two at once are not answered in turn")
    return "100 right answers on one connection, and two for two that were sent at once"


def burst(ground: Ground) -> str:
    """B10: burst."""
    results: list[tuple[int, float]] = []
    with ground.backend() as server:

        def ask() -> None:
            answer, took = timed(lambda: _call(server, "POST", "/api/train", b'{"epochs":5}', closes=True))
            results.append((answer[0], took))

        for _ in range(10):
            asking = [threading.Thread(target=ask) for _ in range(64)]
            for each in asking:
                each.start()
            for each in asking:
                each.join()
    middle = median(took for _, took in results)
    statuses = sorted({status for status, _ in results})
    need(len(results) == 640 and set(statuses) <= {200, 503}, f"{len(results)} answers: {statuses}")
    need(middle < 0.05, f"the median is {1000 * middle:.0f} ms")
    good = sum(status == 200 for status, _ in results)
    return f"640 answers: {good} of 200, {640 - good} of 503; median {1000 * middle:.1f} ms"


def log_injection(ground: Ground) -> str:
    """B11: log injection."""
    log: list[str] = []
    with ground.backend(log=log.append) as server:
        for target in (b"/\x1b[31mred", b"/a%0d%0ab", b"/a\rforged", b"/\xe2\x80\xa8x"):
            _said(server, b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    need(log, "nothing was logged")
    odd = [line for line in log if not line.isprintable()]
    need(not odd, f"as it came: {odd[:1]}")
    return f"{len(log)} lines, each printable: {' / '.join(dict.fromkeys(log))}"


def same_seed(ground: Ground) -> str:
    """B12: same seed."""
    answers = []
    for _ in range(2):
        server = process("-m", "simulation_server", "--port", "0", "--seed", "7")
        try:
            assert server.stdout
            port = int(server.stdout.readline().split("http://127.0.0.1:")[1].split(" ")[0])
            told = b""
            for asked in ({"epochs": 20}, {"source": "trained", "epochs": 5, "points": 60}):
                with _connected_to(port) as kept:
                    kept.request("POST", "/api/train", json.dumps(asked), {"Accept": f"{STREAM}, application/json"})
                    told += kept.getresponse().read()
            answers.append(re.sub(rb'"milliseconds":[\d.e-]+', b"", told))  # how long an epoch took is no part of it
        finally:
            server.kill()
            server.communicate()
    need(len(answers[0]) > 1000 and answers[0] == answers[1], "the bytes differ")
    return f"two processes, a simulated and a trained run each: the same {len(answers[0]):,} bytes, times left out"


def _call(
    server: Embedded, method: str, path: str, body: bytes | None = None, *, closes: bool = False
) -> tuple[int, bytes]:
    """Status and body of one request on a connection of its own."""
    with _connection(server) as asking:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        asking.request(method, path, body, headers | ({"Connection": "close"} if closes else {}))
        answer = asking.getresponse()
        return answer.status, answer.read()


@contextmanager
def _connection(server: Embedded) -> Iterator[http.client.HTTPConnection]:
    with _connected_to(int(urlsplit(server.url).port or 0)) as made:
        yield made


@contextmanager
def _connected_to(port: int) -> Iterator[http.client.HTTPConnection]:
    made = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        yield made
    finally:
        made.close()


def _connected(server: Embedded) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(urlsplit(server.url).port or 0)), timeout=PATIENCE)


def _said(server: Embedded, data: bytes) -> bytes:
    """All that comes back for those bytes, after which nothing more is sent."""
    told = b""
    with _connected(server) as asking, suppress(ConnectionError):
        asking.sendall(data)
        asking.shutdown(socket.SHUT_WR)
        while piece := asking.recv(65536):
            told += piece
    return told


def _status(said: bytes) -> int:
    need(said.startswith(b"HTTP/1.1 "), f"no answer of HTTP: {said[:60]!r}")
    return int(said[9:12])


def _mutated(good: bytes, chance: random.Random) -> bytes:
    """That request with a few bytes changed, left out or put in."""
    made = bytearray(good)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made))
        made[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    return bytes(made)


ROWS = (
    Row("B1", "slow clients", "300 silent connections, 50 with a byte a second", slowloris, slow=True),
    Row("B2", "bad length", "none, -1, x, 1_0, two, 10^11, chunked", bad_length),
    Row("B3", "bad bodies", f"{BODIES} bodies of odd values, and some that are none", bad_bodies),
    Row("B4", "raw noise", f"{FUZZED:,} random or changed requests", raw_fuzz, slow=True),
    Row("B5", "foreign host or page", "hosts and an origin that are not this machine's", foreign),
    Row("B6", "port taken", "a second server on the same port", port_taken),
    Row("B7", "stopped in a request", "SIGTERM while an answer is waited for", stopped_in_request, slow=True),
    Row("B8", "slow reader", "10 MB asked for, 20 bytes a second read", slow_reader, slow=True),
    Row("B9", "kept connection", "100 requests on one, 2 at once", kept_alive),
    Row("B10", "burst", "64 at once, ten times", burst, slow=True),
    Row("B11", "log injection", "addresses with line ends and escapes", log_injection),
    Row("B12", "same seed", "the same requests to two processes", same_seed),
)
