"""Requests as bytes: what is understood, what is refused and with which status."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation_server.wire import LARGEST_BODY, Refused, Request, Response, read_request


class Bytes:
    """A source that is only bytes."""

    def __init__(self, data):
        self.data, self.sent = data, b""

    def line(self, limit):
        end = self.data.find(b"\n", 0, limit + 1) + 1
        if not end:
            raise OverflowError if len(self.data) > limit else EOFError
        return self.exactly(end)

    def exactly(self, count):
        if count > len(self.data):
            raise EOFError
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def buffered(self):
        return self.data

    def send(self, data):
        self.sent += data


def refusal(data):
    with pytest.raises(Refused) as caught:
        read_request(Bytes(data))
    return caught.value.response


def test_a_request_is_read_to_its_last_byte_and_no_further():
    source = Bytes(b"POST /api/train?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 002\r\n\r\n{}GET / HTTP/1.1\r\n")
    request = read_request(source)
    assert (request.method, request.path, request.header("host"), request.body) == ("POST", "/api/train", "a", b"{}")
    assert source.data == b"GET / HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (b"HTTP/1.1\r\n", True),
        (b"HTTP/1.1\r\nConnection: Close\r\n", False),
        (b"HTTP/1.0\r\n", False),
        (b"HTTP/1.0\r\nConnection: keep-alive\r\n", True),
    ],
)
def test_the_client_decides_whether_the_connection_stays(line, kept):
    assert read_request(Bytes(b"GET / " + line + b"\r\n")).keep_alive is kept


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Content-Length: -1", 400),
        (b"Content-Length: x", 400),
        (b"Content-Length: 1_0", 400),
        (b"Content-Length: \xb2", 400),
        (b"Content-Length:", 400),
        (b"Content-Length: 2\r\nContent-Length: 2", 400),
        (b"Content-Length: 100000000000", 413),
        (b"Content-Length: " + b"9" * 5000, 413),
        (b"Content-Length: 65537", 413),
        (b"Transfer-Encoding: chunked", 411),
        (b"Transfer-Encoding: chunked\r\nContent-Length: 2", 411),
        (b"Content-Type: application/json", 411),
        (b"X: y\r\n\r\n{}", 411),
        (b"no colon", 400),
        (b" folded: line", 400),
        (b"a: \x00", 400),
        (b"a : b", 400),
        (b"\r\n".join([b"a: b"] * 101), 431),
        (b"a: " + b"b" * 9000, 431),
        (b"\r\n".join([b"a: " + b"b" * 6000] * 3), 431),
    ],
)
def test_a_head_that_cannot_be_trusted_is_refused(headers, status):
    assert refusal(b"POST /api/train HTTP/1.1\r\n" + headers + b"\r\n\r\n").status == status


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /", 400),
        (b"GET", 400),
        (b"GET / HTTP/0.9", 400),
        (b"GET / HTTP/2.0", 400),
        (b"GET /a b HTTP/1.1", 400),
        (b"\x16\x03\x01\x02\x00", 400),
        (b"\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1", 414),
    ],
)
def test_a_first_line_that_is_no_request_is_refused_at_once(line, status):
    assert refusal(line + b"\r\n").status == status


def test_a_client_that_asks_before_sending_is_told_to_go_on():
    source = Bytes(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}")
    assert read_request(source).body == b"{}"
    assert source.sent == b"HTTP/1.1 100 Continue\r\n\r\n"


def test_the_largest_body_is_taken():
    assert (
        len(read_request(Bytes(b"POST / HTTP/1.1\r\nContent-Length: 65536\r\n\r\n" + b" " * LARGEST_BODY)).body)
        == 65536
    )


@given(st.binary(max_size=300) | st.from_regex(rb"[A-Z]{3,4} /\S{0,9} HTTP/1.1\r\n(\w+:.{0,9}\r\n){0,3}\r\n.{0,9}"))
def test_any_bytes_are_a_request_a_client_error_or_too_few(data):
    try:
        assert isinstance(read_request(Bytes(data)), Request)
    except Refused as refused:
        assert 400 <= refused.response.status < 500
    except EOFError:
        pass


def test_a_response_without_content_announces_none():
    assert Response(204).encode(keep_alive=True) == b"HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"
