"""Faults on demand, met by a client that watches a training line by line."""

import contextlib
import json
import threading

import pytest

from simulation_server.backend import Backend
from simulation_server.fault_plan import Call, Pause
from simulation_server.faults import MODES, Fault
from simulation_server.line_response import LineResponse

ASKED = {"dataset": "circle", "points": 10, "epochs": 9}
BODY = json.dumps(ASKED).encode()
REQUEST = (
    b"POST /api/train HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\nContent-Length: %d\r\n\r\n"
    % len(BODY)
    + BODY
)
ENDLESS = {"silent", "hang", "slow", "late", "drip", "refused", "stall"}


def kinds(answer):
    assert answer.status == 200
    return [json.loads(line)["type"] for line in answer.body.splitlines()]


def rows(backend, call, fault):
    backend.fault = Fault.parse(fault)
    lines = call(backend, "POST", "/api/train", ASKED, Accept="application/x-ndjson").body.splitlines()
    return [json.loads(line) for line in lines[1:-1]]


@pytest.mark.parametrize("count", [0, 1, 4, 9])
def test_a_cut_stream_has_so_many_epochs_and_no_end(backend, call, count):
    backend.fault = Fault.parse(f"cut:{count}")
    answer = call(backend, "POST", "/api/train", ASKED, Accept="application/x-ndjson")
    assert kinds(answer) == ["header", *["epoch"] * count]


def test_a_cut_beyond_the_end_cuts_nothing(backend, call):
    backend.fault = Fault.parse("cut:10")
    answer = call(backend, "POST", "/api/train", ASKED, Accept="application/x-ndjson")
    assert kinds(answer) == ["header", *["epoch"] * 9, "end"]


@pytest.mark.parametrize("count", [0, 4])
def test_a_stalled_stream_goes_silent_after_so_many_epochs_until_it_is_released(backend, connect, call, count):
    backend.fault = Fault.parse(f"stall:{count}")
    sock = connect(backend)
    sock.sendall(REQUEST)
    received = b""
    while received.count(b"}\n\r\n") < 1 + count:  # the end of each chunk
        received += sock.recv(65536)
    sock.settimeout(0.1)
    with pytest.raises(TimeoutError):
        sock.recv(1)
    backend.fault = Fault.HEALTHY
    sock.settimeout(300)
    assert sock.recv(1) == b""
    assert received.count(b'"type":"epoch"') == count and b'"type":"end"' not in received
    assert call(backend, "POST", "/api/train", ASKED).status == 200


def test_a_stalled_stream_lets_go_of_a_client_that_left_and_of_its_place(connect, call):
    with Backend(fault=Fault.parse("stall:1"), most_trainings=1) as backend:
        sock = connect(backend)
        sock.sendall(REQUEST)
        assert sock.recv(1)
        sock.close()
        while backend.connections:
            threading.Event().wait(0.01)
        backend.fault = Fault.HEALTHY
        assert call(backend, "POST", "/api/train", ASKED).status == 200


@pytest.mark.parametrize("fault", ["cut:1", "stall:1"])
def test_answers_that_are_no_stream_stay_as_they_are(backend, call, fault):
    healthy = call(backend, "POST", "/api/train", {"seed": 1}).body
    backend.fault = Fault.parse(fault)
    assert call(backend, "POST", "/api/train", {"seed": 1}).body == healthy


@pytest.mark.parametrize("text", ["cut:-1", "cut:1.5", "stall:x", "stall:nan"])
def test_a_count_of_epochs_is_a_whole_number(text):
    with pytest.raises(ValueError, match=r"write for example (cut|stall):3"):
        Fault.parse(text)


def test_tampered_epochs_come_in_lines_too(backend, call):
    lost = b'"loss":NaN'
    backend.fault = Fault.parse("nan")
    assert call(backend, "POST", "/api/train", ASKED, Accept="application/x-ndjson").body.count(lost) == 1
    assert [row["epoch"] for row in rows(backend, call, "missing-epochs")] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert [row["epoch"] for row in rows(backend, call, "out-of-order")] == list(range(9, 0, -1))
    assert rows(backend, call, "wrong-types")[0]["accuracy"] is True
    assert len(rows(backend, call, "missing-fields")[-1]) == 2


@pytest.mark.parametrize("mode", sorted(MODES.keys() - ENDLESS))
def test_a_stream_survives_every_fault_and_the_server_is_well_after_it(connect, call, mode):
    log = []
    with Backend(fault=Fault.parse(mode), most_trainings=1, log=log.append) as backend:
        sock = connect(backend)
        sock.sendall(REQUEST)
        with contextlib.suppress(ConnectionResetError):
            assert sock.recv(65536) or mode == "reset"
        sock.close()
        backend.fault = Fault.HEALTHY
        while backend.connections:
            threading.Event().wait(0.01)
        assert kinds(call(backend, "POST", "/api/train", ASKED, Accept="application/x-ndjson"))[-1] == "end"
    assert not [line for line in log if "failed" in line or "ended by" in line]


@pytest.mark.parametrize("mode", ["slow:0.02", "late:0.01", "flaky:0"])
def test_a_slow_stream_is_the_right_one(backend, call, mode):
    backend.fault = Fault.parse(mode)
    answer = call(backend, "POST", "/api/train", ASKED, Accept="application/x-ndjson")
    assert kinds(answer) == ["header", *["epoch"] * 9, "end"]


@pytest.mark.parametrize("mode", sorted(ENDLESS - {"refused"}))
def test_stopping_ends_a_fault_in_the_middle_of_a_stream(connect, mode):
    backend = Backend(fault=Fault.parse(mode)).start()
    sock = connect(backend)
    sock.sendall(REQUEST)
    while not backend.hits:
        threading.Event().wait(0.01)
    backend.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("backend")]


@pytest.mark.parametrize("chunked", [True, False])
def test_a_stall_is_planned_as_pieces_and_a_pause_without_end_and_keeps_what_it_holds(chunked):
    closed = []
    stream = LineResponse(iter([b"h\n", b"1\n", b"2\n"]), chunked, close=lambda: closed.append(True))
    plan = MODES["stall"](Call(1, 1, lambda: stream))
    begun = next(plan)
    assert (next(begun.lines), begun.most_pieces) == (b"h\n", 2)
    begun.close()
    assert next(plan) == Pause() and not closed
    assert list(plan) == [] and closed
