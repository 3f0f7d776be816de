"""One connection with a deadline."""

import socket

import pytest

from simulation_server.stream import Stream


@pytest.fixture
def ends():
    """Two ends of one TCP connection on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        theirs = socket.create_connection(server.getsockname())
        ours, _ = server.accept()
    with ours, theirs:
        yield ours, theirs


def test_drips_do_not_move_the_deadline(ends):
    ours, theirs = ends
    clock = iter(range(1000))  # a second passes each time the stream looks
    stream = Stream(ours, timeout=20.0, clock=lambda: float(next(clock)))
    got = 0
    with pytest.raises(TimeoutError):
        while True:
            theirs.sendall(b"a")
            got += len(stream.exactly(1))
    assert got == 19


def test_a_new_request_starts_the_deadline_anew(ends):
    ours, theirs = ends
    now = [0.0]
    stream = Stream(ours, timeout=5.0, clock=lambda: now[0])
    for now[0] in (4.0, 8.0, 12.0):
        stream.begin()
        theirs.sendall(b"a\n")
        assert stream.line(10) == b"a\n"
        assert stream.received == 2


def test_a_line_is_cut_at_its_limit(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    theirs.sendall(b"a" * 9 + b"\n" + b"b" * 10 + b"\n")
    assert stream.line(9) == b"a" * 9 + b"\n"
    with pytest.raises(OverflowError):
        stream.line(9)


def test_only_a_stream_without_a_byte_to_read_is_idle_and_an_evicted_one_may_speak(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    assert stream.idle() and not stream.peer_is_gone()
    stream.evict()
    with pytest.raises(EOFError):
        stream.exactly(1)
    stream.send(b"farewell")
    assert theirs.recv(100) == b"farewell"
    assert not stream.idle()


def test_a_client_that_left_is_seen_without_reading(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    theirs.sendall(b"a")
    assert stream.exactly(1) == b"a"
    assert not stream.peer_is_gone()
    theirs.close()
    assert stream.peer_is_gone()
