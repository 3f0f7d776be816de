"""Bodies above 64 KB: only where a file may come, only so large, only a few at once."""

import json
import socket
import threading

import pytest

from simulation_server.large_bodies import LARGEST_WITH_CSV, MOST_AT_ONCE

HEAD = b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
FILE = json.dumps({"csv": "1,2,a\n3,4,b\n" * 10_000, "epochs": 1, "layers": []}).encode()


def answer(sock):
    """Read one whole answer."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = sock.recv(65536)
        assert piece
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.partition(b"Content-Length: ")[2].split()[0])
    while len(body) < length:
        body += sock.recv(65536)
    return int(head.split()[1]), json.loads(body)


@pytest.mark.parametrize(("path", "length"), [(b"/api/health", 70_000), (b"/api/train", LARGEST_WITH_CSV + 1)])
def test_a_body_too_large_for_its_address_is_refused_before_it_is_read(backend, connect, path, length):
    sock = connect(backend)
    sock.sendall(HEAD % (path, length))
    status, content = answer(sock)
    assert (status, content["field"]) == (413, "body")


def test_of_many_large_bodies_a_few_are_read_at_once_and_others_are_told_to_come_back(backend, connect, call):
    reading = [connect(backend) for _ in range(MOST_AT_ONCE)]
    for sock in reading:
        sock.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert answer(sock)[0] == 200
        sock.sendall(HEAD.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n") % (b"/api/train", len(FILE)))
        assert sock.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"  # from here on its place is taken
    turned_away = connect(backend)
    turned_away.sendall(HEAD % (b"/api/train", len(FILE)))
    assert answer(turned_away)[0] == 503
    assert call(backend, "POST", "/api/train", {"epochs": 1}).status == 200
    for sock in reading:
        sock.sendall(FILE)
    assert [answer(sock)[0] for sock in reading] == [200, 200]
    for sock in (*reading, turned_away):
        sock.close()
    while backend.connections:
        threading.Event().wait(0.01)
    assert call(backend, "POST", "/api/train", FILE).status == 200


def test_a_large_body_that_never_comes_gives_its_place_back(backend, connect, call):
    for _ in range(MOST_AT_ONCE + 1):
        sock = connect(backend)
        sock.sendall(HEAD.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n") % (b"/api/train", len(FILE)))
        assert sock.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.shutdown(socket.SHUT_WR)
        assert sock.recv(1) == b""  # the server has ended the connection, and given back what it held
    assert call(backend, "POST", "/api/train", FILE).status == 200
