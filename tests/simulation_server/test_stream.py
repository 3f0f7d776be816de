"""One connection with a deadline."""

import socket
from http.client import LineTooLong

import pytest

from simulation_server.stream import LONGEST_HEAD, LONGEST_LINE, Overdue, Stream


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
    with pytest.raises(Overdue):
        while True:
            theirs.sendall(b"a")
            got += len(stream.read(1))
    assert got == 19


def test_a_new_request_starts_the_deadline_anew(ends):
    ours, theirs = ends
    now = [0.0]
    stream = Stream(ours, timeout=5.0, clock=lambda: now[0])
    for now[0] in (4.0, 8.0, 12.0):
        stream.begin()
        theirs.sendall(b"a\n")
        assert stream.readline() == stream.head == b"a\n"


def test_a_deadline_passes_while_nothing_comes(ends):
    stream = Stream(ends[0], timeout=0.01, clock=lambda: 0.0)
    with pytest.raises(Overdue):
        stream.readline()


def test_a_line_has_a_limit_and_so_have_all_lines_of_a_head(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    longest = b"a" * LONGEST_LINE + b"\n"
    theirs.sendall(longest + b"\n" + b"b" * (LONGEST_LINE + 1))
    assert [stream.readline(), stream.readline()] == [longest, b"\n"]
    with pytest.raises(LineTooLong):
        stream.readline()
    stream.begin()
    theirs.sendall(b"\n" * (LONGEST_HEAD + 1))
    assert len(stream.read(LONGEST_LINE + 1)) == LONGEST_LINE + 1  # no line, so it counts towards no limit
    assert all(stream.readline() == b"\n" for _ in range(LONGEST_HEAD))
    with pytest.raises(LineTooLong):
        stream.readline()


def test_the_end_of_a_connection_is_the_end_of_no_line(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    theirs.sendall(b"GET / HTTP/1.1")
    theirs.close()
    with pytest.raises(EOFError):
        stream.readline()


def test_what_is_written_is_sent_in_one_go(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    assert (stream.write(b"head"), stream.write(b"body")) == (4, 4)
    theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        theirs.recv(100)
    stream.flush()
    theirs.settimeout(5.0)
    assert theirs.recv(100) == b"headbody"


def test_only_a_stream_without_a_byte_to_read_is_idle_and_an_evicted_one_may_speak(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    assert stream.idle() and not stream.peer_is_gone()
    stream.evict()
    with pytest.raises(EOFError):
        stream.read(1)
    stream.write(b"farewell")
    stream.flush()
    assert theirs.recv(100) == b"farewell"
    assert not stream.idle()


def test_a_client_that_left_is_seen_without_reading(ends):
    ours, theirs = ends
    stream = Stream(ours, timeout=5.0, clock=lambda: 0.0)
    theirs.sendall(b"a")
    assert stream.read(1) == b"a"
    assert not stream.peer_is_gone()
    theirs.close()
    assert stream.peer_is_gone()
