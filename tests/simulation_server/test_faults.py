"""Every fault on demand, seen from a client's socket."""

import contextlib
import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from simulation_server.backend import Backend
from simulation_server.faults import AMOUNTS, MODES, Fault

BODY = b'{"epochs":9,"seed":1}'
REQUEST = b"POST /api/train HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY


@pytest.mark.parametrize("mode", MODES)
def test_a_fault_reads_back_as_it_was_written(mode):
    assert Fault.parse(str(Fault.parse(mode))) == Fault.parse(mode)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("flakey:2", "did you mean 'flaky'"),
        ("xyzzy", "use one of: healthy"),
        ("silent:3", "takes no number"),
        ("late:soon", "'soon' is not a number"),
        ("late:", "'' is not a number"),
        ("late:nan", "out of range"),
        ("slow:-1", "out of range"),
        ("flaky:1.5", "out of range"),
        ("error:200", "between 400 and 599"),
    ],
)
def test_a_fault_that_does_not_exist_is_told_in_words(text, message):
    with pytest.raises(ValueError, match=message):
        Fault.parse(text)


def test_every_mode_with_a_number_has_one_by_default():
    assert AMOUNTS.keys() <= MODES.keys() and Fault.parse("late:0.25").amount == 0.25


@pytest.mark.parametrize("mode", sorted(MODES.keys() - {"silent", "hang", "slow", "late", "drip", "refused"}))
def test_a_fault_can_be_switched_on_and_the_server_is_well_after_it(backend, connect, call, mode):
    backend.fault = Fault.parse(mode)
    sock = connect(backend)
    sock.sendall(REQUEST)
    try:
        first = sock.recv(65536)
    except ConnectionResetError:
        first = b""
    assert bool(first) != (mode == "reset")
    sock.close()
    backend.fault = Fault.HEALTHY
    assert call(backend, "POST", "/api/train").status == 200
    assert backend.hits == 2


@pytest.mark.parametrize("mode", ["silent", "hang", "huge", "huge-declared", "drip", "late", "slow", "leftovers"])
def test_stopping_ends_a_fault_in_the_middle(connect, mode):
    backend = Backend(fault=Fault.parse(mode)).start()
    sock = connect(backend)
    sock.sendall(REQUEST)
    while not backend.hits:
        threading.Event().wait(0.01)
    backend.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("backend")]


def test_a_silent_server_says_nothing_until_it_is_released(backend, connect, call):
    backend.fault = Fault.parse("silent")
    sock = connect(backend)
    sock.sendall(REQUEST)
    sock.settimeout(0.1)
    with pytest.raises(TimeoutError):
        sock.recv(1)
    backend.fault = Fault.HEALTHY
    sock.settimeout(300)
    assert sock.recv(1) == b""
    assert call(backend, "GET", "/").status == 200


def test_a_silent_server_lets_go_of_a_client_that_left(backend, connect):
    backend.fault = Fault.parse("silent")
    sock = connect(backend)
    sock.sendall(REQUEST)
    while not backend.hits:
        threading.Event().wait(0.01)
    sock.close()
    while backend.connections:
        threading.Event().wait(0.01)


def test_a_refusing_server_keeps_its_port_and_comes_back(backend, connect, call):
    kept, url = connect(backend), backend.url
    kept.sendall(REQUEST)
    assert kept.recv(65536).startswith(b"HTTP/1.1 200")
    backend.fault = Fault.parse("refused")
    assert kept.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        connect(backend)
    with pytest.raises(OSError), socket.socket() as stranger:  # nobody else gets the port meanwhile
        stranger.bind(("127.0.0.1", int(url.rpartition(":")[2])))
    backend.fault = Fault.parse("flaky:1")
    assert [call(backend, "POST", "/api/train").status for _ in range(2)] == [503, 200]
    assert backend.url == url and backend.hits == 3


def test_a_server_may_start_out_refusing(connect, call):
    with Backend(fault=Fault.parse("refused")) as backend:
        with pytest.raises(ConnectionRefusedError):
            connect(backend)
        backend.fault = Fault.HEALTHY
        assert call(backend, "GET", "/").status == 200


def test_a_flaky_server_fails_as_often_as_told_and_counts_anew_each_time(backend, call):
    for _ in range(2):
        backend.fault = Fault.parse("flaky:2")
        assert [call(backend, "POST", "/api/train").status for _ in range(4)] == [503, 503, 200, 200]
    assert backend.hits == 8


def test_failures_leave_the_numbers_of_the_next_run_as_they_were(call):
    with Backend(seed=3) as steady, Backend(seed=3, fault=Fault.parse("flaky:2")) as flaky:
        failed = [call(flaky, "POST", "/api/train").status for _ in range(2)]
        assert failed == [503, 503]
        assert call(flaky, "POST", "/api/train").body == call(steady, "POST", "/api/train").body


@pytest.mark.parametrize("text", ["late:0.01", "slow:0.02"])
def test_a_slow_answer_is_the_right_one(backend, call, text):
    healthy = call(backend, "POST", "/api/train", {"seed": 1})
    backend.fault = Fault.parse(text)
    assert call(backend, "POST", "/api/train", {"seed": 1}).body == healthy.body


def test_faults_can_be_switched_while_requests_fly(backend, call):
    def hammer():
        while not done.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                call(backend, "POST", "/api/train", {"epochs": 2})

    done = threading.Event()
    with ThreadPoolExecutor(4) as clients:
        hammers = [clients.submit(hammer) for _ in range(4)]
        for text in ["silent", "refused", "reset", "healthy", "drip", "late:9", "broken", "slow:9", "healthy"] * 3:
            backend.fault = Fault.parse(text)
        done.set()
    assert [hammer.result() for hammer in hammers] == [None] * 4
    assert call(backend, "GET", "/api/health").status == 200


def test_answers_that_are_no_run_stay_as_they_are(backend, call):
    backend.fault = Fault.parse("nan")
    assert call(backend, "GET", "/api/health").content["status"] == "ok"
