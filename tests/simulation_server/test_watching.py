"""A client that watches a training, and leaves; a server that ends in the middle; more who want to train than may.

The trainings here are held at a gate: each epoch is computed only when the test lets it.
"""

import json
import queue
import threading

import pytest

from simulation_server.backend import Backend
from simulation_server.server_context import MOST_TRAININGS
from simulation_server.training import trainer

BODY = b'{"dataset":"digits","epochs":200}'
HEAD = b"POST /api/train HTTP/1.%d\r\nHost: localhost\r\n%bContent-Length: %d\r\n\r\n"
LINES = b"Accept: application/x-ndjson\r\n"
WIDE = b'{"dataset":"circle","points":10,"epochs":200,"layers":[64,64,64,64,64,64,64,64]}'
FLOOD = HEAD % (1, LINES, len(WIDE)) + WIDE  # 32 MB of lines, more than any socket takes at once
WATCH = HEAD % (1, LINES, len(BODY)) + BODY
WAIT = HEAD % (1, b"", len(BODY)) + BODY


class Gate:
    """Lets epochs through one by one and counts those that were computed."""

    def __init__(self):
        self.computed, self.arrived = [], queue.SimpleQueue()
        self._tickets = threading.Semaphore(0)

    def open(self, epochs=1):
        self._tickets.release(epochs)

    def train(self, parameters, data=None):
        run = trainer.train(parameters, data)
        while True:
            self.arrived.put(True)
            assert self._tickets.acquire(timeout=300)
            try:
                epoch = next(run)
            except StopIteration as end:
                return end.value
            self.computed.append(epoch.number)
            yield epoch


@pytest.fixture
def gate(monkeypatch):
    gate = Gate()
    monkeypatch.setattr("simulation_server.trained_run.train", gate.train)
    yield gate
    gate.open(100_000)


def lines_from(sock):
    """Yield each line as it comes, from a stream in chunks."""
    stream = sock.makefile("rb")
    while stream.readline().strip():
        pass
    while size := int(stream.readline() or b"0", 16):
        yield json.loads(stream.read(size))
        stream.readline()


def wait_until(condition):
    while not condition():
        threading.Event().wait(0.01)


def no_thread_left():
    return not [thread for thread in threading.enumerate() if thread.name.startswith("backend")]


def test_each_epoch_is_on_the_wire_before_the_next_is_computed(backend, connect, gate):
    sock = connect(backend)
    sock.sendall(WATCH)
    lines = lines_from(sock)
    assert next(lines)["type"] == "header" and gate.computed == []
    for number in (1, 2, 3):
        gate.open()
        assert next(lines)["epoch"] == number == gate.computed[-1]


@pytest.mark.parametrize("farewell", ["close", "half-close"])
@pytest.mark.parametrize("request_bytes", [WATCH, WAIT], ids=["lines", "one piece"])
def test_a_client_that_goes_away_stops_the_training_within_one_epoch(
    backend, connect, call, gate, request_bytes, farewell
):
    sock = connect(backend)
    sock.sendall(request_bytes)
    gate.open(2)
    for _ in range(3):
        gate.arrived.get(timeout=300)  # the third epoch is under way
    if farewell == "close":
        sock.close()
    else:
        sock.shutdown(1)
    gate.open(100)
    wait_until(lambda: not backend.connections)
    assert gate.computed == [1, 2, 3]
    assert call(backend, "GET", "/api/health").status == 200


def test_a_client_that_closed_only_its_side_is_told_that_the_run_is_cancelled(backend, connect, gate):
    sock = connect(backend)
    sock.sendall(WATCH)
    lines = lines_from(sock)
    next(lines)
    gate.open()
    next(lines)
    gate.arrived.get(timeout=300), gate.arrived.get(timeout=300)
    sock.shutdown(1)
    gate.open()
    *_, end = lines
    assert (end["type"], end["status"], end["epochs"]) == ("end", "cancelled", 2) and end["reason"]


@pytest.mark.parametrize("request_bytes", [WATCH, WAIT], ids=["lines", "one piece"])
def test_stopping_the_server_ends_a_training_in_the_middle(connect, gate, request_bytes):
    backend = Backend().start()
    sock = connect(backend)
    sock.sendall(request_bytes)
    gate.open(2)
    for _ in range(3):
        gate.arrived.get(timeout=300)
    backend.stop()  # returns though an epoch is under way
    gate.open(100)
    wait_until(no_thread_left)
    assert gate.computed == [1, 2, 3]


def test_stopping_the_server_frees_a_stream_that_nobody_reads(connect):
    backend = Backend(timeout=300.0).start()
    sock = connect(backend)
    sock.sendall(FLOOD)
    assert sock.recv(1)
    backend.stop()
    wait_until(no_thread_left)


def test_a_client_that_never_reads_is_given_up(connect, stopped_clock):
    with Backend(timeout=0.2, clock=stopped_clock) as backend:
        sock = connect(backend)
        sock.sendall(FLOOD)
        stopped_clock.go.set()
        wait_until(lambda: backend.hits and not backend.connections)


def test_only_so_many_networks_are_trained_at_once_and_curves_are_still_simulated(backend, connect, call, gate):
    watching = [connect(backend) for _ in range(MOST_TRAININGS)]
    for sock in watching:
        sock.sendall(WATCH)
        gate.arrived.get(timeout=300)
    for accept in ("application/json", "application/x-ndjson"):
        refused = call(backend, "POST", "/api/train", {"source": "trained"}, Accept=accept)
        assert refused.status == 503 and "already trains 4 networks" in refused.content["error"]
    assert call(backend, "POST", "/api/train", {"epochs": 1}).status == 200
    watching.pop().close()
    gate.open(100_000)
    wait_until(lambda: backend.connections <= MOST_TRAININGS - 1)
    assert call(backend, "POST", "/api/train", {"dataset": "circle", "epochs": 1}).status == 200
