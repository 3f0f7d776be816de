"""The server under bad manners: slow, many, early, late and hostile connections."""

import contextlib
import random
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from simulation_server.backend import Backend, CannotListen
from simulation_server.faults import Fault

HEALTH = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST_HEALTH = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
TRAIN = b"POST /api/train HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def everything(sock):
    """Read until the server closes, in whatever way."""
    pieces = []
    try:
        while piece := sock.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def test_a_hundred_requests_on_one_socket_get_a_hundred_answers(backend, connect):
    sock = connect(backend)
    for _ in range(99):
        sock.sendall(HEALTH)
        assert sock.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")
    sock.sendall(LAST_HEALTH)
    assert everything(sock).count(b'"status":"ok"') == 1
    assert backend.hits == 100


def test_requests_sent_all_at_once_are_answered_in_order(backend, speak):
    bodies = [b'{"epochs":%d,"seed":1}' % count for count in range(1, 51)]
    requests = [TRAIN + b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies]
    answers = speak(backend, b"".join(requests) + LAST_HEALTH).split(b"HTTP/1.1 200 OK\r\n")[1:]
    assert [answer.count(b'"epoch"') for answer in answers] == [*range(1, 51), 0]


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /\r\n", 400),
        (b"junk\r\n\r\n", 400),
        (TRAIN + b"Content-Length: 1_0\r\n\r\n0123456789", 400),
        (TRAIN + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400),
        (TRAIN + b"\r\n{}", 411),
        (TRAIN + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 411),
        (TRAIN + b"Content-Length: 100000000000\r\n\r\n", 413),
        (b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200, 431),
    ],
)
def test_what_cannot_be_read_gets_an_answer_in_json_and_a_closed_connection(backend, connect, request_bytes, status):
    sock = connect(backend)
    sock.sendall(request_bytes)
    sock.shutdown(socket.SHUT_WR)
    head, body = everything(sock).split(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status) and b"Connection: close" in head
    assert body.startswith(b'{"error":"')


def test_a_megabyte_of_body_is_refused_in_words_not_with_a_reset(backend, call):
    refused = call(backend, "POST", "/api/train", b" " * 2**20)
    assert (refused.status, refused.content["field"]) == (413, "body")
    assert call(backend, "POST", "/api/train").status == 200


def test_a_request_that_never_ends_is_told_so_and_a_silent_one_is_closed(connect, stopped_clock):
    with Backend(timeout=0.2, clock=stopped_clock) as backend:
        silent, unfinished = connect(backend), connect(backend)
        unfinished.sendall(b"GET / HT")
        stopped_clock.go.set()
        assert everything(silent) == b""
        assert everything(unfinished).startswith(b"HTTP/1.1 408 ")


def test_silent_and_dripping_sockets_do_not_keep_others_out(backend, connect, call):
    threads_before = threading.active_count()
    slow = [connect(backend) for _ in range(350)]
    for byte in HEALTH[:5]:
        for dripping in slow[-20:]:
            dripping.sendall(bytes([byte]))
        assert call(backend, "GET", "/api/health").status == 200
        assert backend.connections <= 32 and threading.active_count() - threads_before <= 40


def test_a_burst_gets_answers_or_a_clean_refusal(backend, call):
    with ThreadPoolExecutor(64) as clients:
        for _ in range(5):
            statuses = list(clients.map(lambda _: call(backend, "POST", "/api/train").status, range(64)))
            assert set(statuses) <= {200, 503} and 200 in statuses


def test_when_every_connection_is_at_work_the_next_is_turned_away_in_json(call):
    at_work, go_on = threading.Semaphore(0), threading.Event()

    def work(seconds):
        at_work.release()
        go_on.wait(300)

    with Backend(most_connections=2, delay=(1, 1), sleep=work) as backend, ThreadPoolExecutor(2) as clients:
        busy = [clients.submit(call, backend, "POST", "/api/train") for _ in range(2)]
        for _ in busy:
            assert at_work.acquire(timeout=300)
        refused = call(backend, "GET", "/api/health")
        go_on.set()
        assert (refused.status, "error" in refused.content) == (503, True)
        assert [client.result().status for client in busy] == [200, 200]


def test_a_client_that_never_reads_is_given_up(connect, stopped_clock):
    request = TRAIN + b'Content-Length: 14\r\n\r\n{"epochs":200}'
    with Backend(timeout=0.2, clock=stopped_clock) as backend:
        sock = connect(backend)
        sock.sendall(request)
        stopped_clock.go.set()
        with contextlib.suppress(ConnectionError):  # it may be given up before all is sent
            sock.sendall(request * 2999)
        while not backend.hits or backend.connections:
            threading.Event().wait(0.01)
        assert 0 < backend.hits < 3000


def test_mutilated_requests_never_make_the_server_fail(backend, connect, call):
    chance = random.Random(20)
    whole = TRAIN + b'Content-Length: 13\r\n\r\n{"epochs": 20}'
    for _ in range(200):
        mutilated = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(mutilated))
            mutilated[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 2))
        sock = connect(backend)
        sock.sendall(mutilated)
        sock.shutdown(socket.SHUT_WR)
        assert not everything(sock).startswith(b"HTTP/1.1 5")
    assert call(backend, "GET", "/api/health").status == 200


def test_a_taken_port_is_told_in_one_sentence_and_the_first_server_lives(backend, call):
    with pytest.raises(CannotListen, match=r"^Port \d+ on 127.0.0.1 is taken; .*\.$"):
        Backend(port=int(urlsplit(backend.url).port or 0)).start()
    assert call(backend, "GET", "/api/health").status == 200


def test_an_address_that_does_not_exist_is_told_in_one_sentence():
    with pytest.raises(CannotListen, match=r"^Cannot listen on 192\.0\.2\.1"):
        Backend(host="192.0.2.1").start()


def test_stopping_in_mid_request_sends_no_half_answer_and_frees_port_and_threads(connect):
    backend = Backend(delay=(60, 60)).start()
    waiting, silent = connect(backend), connect(backend)
    waiting.sendall(TRAIN + b"Content-Length: 0\r\n\r\n")
    while not backend.hits:
        threading.Event().wait(0.01)
    backend.stop()
    assert everything(waiting) == everything(silent) == b""
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("backend")]
    with Backend(port=int(urlsplit(backend.url).port or 0)) as successor:
        assert successor.url == backend.url


def test_a_stopped_backend_comes_back_at_the_same_address(call):
    backend = Backend(fault=Fault.parse("error:418")).start()
    url = backend.url
    backend.stop()
    backend.stop()
    with pytest.raises(ConnectionRefusedError):
        call(backend, "GET", "/")
    with backend:
        assert backend.url == url and backend.start() is backend
        assert call(backend, "GET", "/").status == 418


def test_an_address_is_only_known_once_the_server_has_started():
    with pytest.raises(RuntimeError, match="start it first"):
        _ = Backend().url


def test_the_log_holds_one_printable_line_per_request(call, speak):
    log = []
    with Backend(log=log.append) as backend:
        speak(backend, b"GET /caf\xc3\xa9\x9b31m HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        call(backend, "GET", "/")
    assert log == [r"GET /caf\xc3\xa9\x9b31m 404", "GET / 200"]
