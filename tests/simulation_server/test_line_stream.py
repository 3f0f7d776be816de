"""A stream as HTTP carries it: connections kept and closed, old clients, and a failure in the middle."""

import json

import pytest

from simulation_server.backend import Backend
from simulation_server.training import trainer

BODY = b'{"dataset":"circle","points":10,"epochs":2}'
HEAD = b"POST /api/train HTTP/1.%d\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n%bContent-Length: %d\r\n\r\n"
WATCH = HEAD % (1, b"", len(BODY)) + BODY


def to_the_end(sock):
    """Read one stream in chunks."""
    received = b""
    while not received.endswith(b"\r\n0\r\n\r\n"):
        piece = sock.recv(65536)
        assert piece
        received += piece
    return received


def test_two_runs_follow_each_other_on_one_connection(backend, connect):
    sock = connect(backend)
    for _ in range(3):
        sock.sendall(WATCH)
        assert to_the_end(sock).count(b'"type":"epoch"') == 2


def test_a_client_that_wants_no_more_gets_the_connection_closed_after_the_end(backend, speak):
    received = speak(backend, HEAD % (1, b"Connection: close\r\n", len(BODY)) + BODY)
    assert b"\r\nConnection: close\r\n" in received and received.endswith(b"\r\n0\r\n\r\n")


@pytest.mark.parametrize("connection", [b"", b"Connection: keep-alive\r\n"])
def test_a_client_of_http_1_0_gets_plain_lines_until_the_connection_closes(backend, speak, connection):
    head, _, lines = speak(backend, HEAD % (0, connection, len(BODY)) + BODY).partition(b"\r\n\r\n")
    assert b"Transfer-Encoding" not in head and b"Connection: close" in head
    assert [json.loads(line)["type"] for line in lines.splitlines()] == ["header", "epoch", "epoch", "end"]


def test_head_trains_nothing(backend, call):
    refused = call(backend, "HEAD", "/api/train", Accept="application/x-ndjson")
    assert (refused.status, refused.body) == (405, b"")


def test_a_failure_in_the_middle_cuts_the_stream_and_is_logged(connect, monkeypatch):
    def failing(parameters, data=None):
        yield next(trainer.train(parameters, data))
        raise RuntimeError("secret")

    monkeypatch.setattr("simulation_server.trained_run.train", failing)
    log = []
    with Backend(log=log.append, most_trainings=1) as backend:
        for _ in range(2):
            sock = connect(backend)
            sock.sendall(WATCH)
            received = b"".join(iter(lambda sock=sock: sock.recv(65536), b""))
            assert b'"type":"epoch"' in received and b'"type":"end"' not in received and b"secret" not in received
    assert log == ["POST /api/train failed: RuntimeError: secret"] * 2
