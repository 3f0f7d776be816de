"""Requests as bytes: what is understood, what is refused and with which status, and how answers are framed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation_server.handler import Handler
from simulation_server.large_bodies import LargeBodies
from simulation_server.line_response import LineResponse
from simulation_server.messages import LARGEST_BODY, Response
from simulation_server.stream import Stream

POST = b"POST /api/train HTTP/1.1\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
NO_CONTENT = Response(204)
DONE = b"HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"


class Wire:
    """A socket that is only bytes: what the client sends, until it closes its side, and each write that it is sent."""

    def __init__(self, data):
        self.data, self.sent = data, []

    def recv(self, count):
        piece, self.data = self.data[:count], self.data[count:]
        return piece

    def sendall(self, data):
        self.sent.append(bytes(data))

    def setsockopt(self, *option):
        pass

    settimeout = shutdown = setsockopt


def talk(data, answer=NO_CONTENT, **told):
    """Return the requests that are found in `data`, each of which gets `answer`, and what is written.

    `told` is what the listener has told the stream.
    """
    requests, wire = [], Wire(data)

    def respond(handler, request):
        requests.append(request)
        (handler.send_lines if isinstance(answer, LineResponse) else handler.send_whole)(answer)

    stream = Stream(wire, timeout=1.0, clock=lambda: 0.0)
    vars(stream).update(told)
    Handler(stream, ("", 0), None, respond=respond, log=lambda line: None, large=LargeBodies())
    assert not wire.data, "what is left unread makes the system reset the connection, and nobody reads our last words"
    return requests, wire.sent


def refusal(data, following=HIDDEN):
    """Return the status of the one error that is the answer to `data`; what follows is no request any more."""
    requests, (answer,) = talk(data + following)
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert requests == [] and "Connection: close" in lines and f"Content-Length: {len(body)}" in lines
    assert json.loads(body)["error"].isprintable()
    return int(head.split()[1])


def test_a_request_is_read_to_its_last_byte_and_no_further():
    (post, get), sent = talk(POST + b"Host: a\r\nContent-Length: 002\r\n\r\n{}GET /b?x=1 HTTP/1.1\r\n\r\n")
    assert (post.method, post.path, post.header("host"), post.body) == ("POST", "/api/train", "a", b"{}")
    assert (get.method, get.target, get.path, get.headers, get.body) == ("GET", "/b?x=1", "/b", {}, b"")
    assert sent == [DONE, DONE]


def test_a_head_that_comes_again_says_the_same_and_another_one_says_what_it_says():
    head = POST + b"Host: a\r\nX: 1\r\nContent-Length: 2\r\n\r\n"
    longer = head.replace(b"h: 2", b"h: 3")
    other, shorter = head.replace(b"X: 1", b"X: 2"), POST + b"Host: a\r\n\r\n"
    bodies = (
        (head, b"{}"),
        (head, b"[]"),
        (longer, b"abc"),
        (head, b"{}"),
        (other, b"x "),
        (shorter, b""),
        (head, b"yz"),
    )
    requests, sent = talk(b"".join(told + body for told, body in bodies))
    assert [request.body for request in requests] == [body for _, body in bodies]
    assert [request.header("x") for request in requests] == ["1", "1", "1", "1", "2", None, "1"]
    assert sent == [DONE] * len(bodies)


@pytest.mark.parametrize("evil", [b"X: 1\r\n folded\r\n", b"X 1\r\n", b"X: \x00\r\n", b"Content-Length: 3\r\n"])
def test_a_head_that_begins_like_the_one_before_is_read_to_its_end(evil):
    good = POST + b"Host: a\r\nContent-Length: 2\r\n\r\n"
    requests, (first, answer) = talk(good + b"{}" + good[:-2] + evil + b"\r\n{}" + HIDDEN)
    assert len(requests) == 1 and first == DONE
    assert answer.startswith(b"HTTP/1.1 400") and b"Connection: close" in answer


def test_a_head_that_comes_in_pieces_is_read_line_by_line():
    head = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    class Drips(Wire):
        def recv(self, count):
            return super().recv(1)

    requests, wire = [], Drips(head * 3)
    stream = Stream(wire, timeout=1.0, clock=lambda: 0.0)

    def respond(handler, request):
        requests.append(request)
        handler.send_whole(NO_CONTENT)

    Handler(stream, ("", 0), None, respond=respond, log=lambda line: None, large=LargeBodies())
    assert [request.headers for request in requests] == [{"host": ("a",)}] * 3


def test_a_header_has_a_name_in_any_case_and_every_value_without_the_blanks_around_it():
    (request,), _ = talk(b"GET // HTTP/1.0\nAccept:a\nACCEPT: \t b:c d \t\r\nX-Empty:\r\nX: caf\xe9\r\n\r\n")
    assert request.headers == {"accept": ("a", "b:c d"), "x-empty": ("",), "x": ("café",)}
    assert (request.target, request.minor_version) == ("//", 0)


@pytest.mark.parametrize(
    "kind", [b"message/rfc822", b"message/delivery-status", b"multipart/x; boundary*=idna'en'%E9", b";;"]
)
def test_no_type_of_a_body_makes_a_mail_of_its_request(kind):
    (request,), _ = talk(POST + b"Content-Type: " + kind + b"\r\nContent-Length: 4\r\n\r\na: b")
    assert (request.header("content-type"), request.body) == (kind.decode(), b"a: b")


@pytest.mark.parametrize("line", [b"\r\n", b"\n"])
def test_one_empty_line_may_come_before_a_request(line):
    (request,), _ = talk(line + b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (request.target, request.headers) == ("/", {"host": ("a",)})


@pytest.mark.parametrize("method", ["GET", "PUT", "BREW", "get", "M-SEARCH", "__class__"])
def test_every_method_is_left_to_the_routes(method):
    (request,), _ = talk(f"{method} / HTTP/1.1\r\n\r\n".encode())
    assert request.method == method


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (b"HTTP/1.1\r\n", True),
        (b"HTTP/1.1\r\nConnection: Close\r\n", False),
        (b"HTTP/1.1\r\nConnection: TE , close\r\n", False),
        (b"HTTP/1.1\r\nConnection: keep-alive\r\nConnection: close\r\n", False),
        (b"HTTP/1.1\r\nConnection: closed\r\n", True),
        (b"HTTP/1.0\r\n", False),
        (b"HTTP/1.0\r\nConnection: keep-alive\r\n", True),
        (b"HTTP/1.0\r\nConnection: keep-alive, close\r\n", False),
    ],
)
def test_the_client_decides_whether_the_connection_stays(line, kept):
    requests, sent = talk((b"GET / " + line + b"\r\n") * 2)
    assert len(requests) == len(sent) == (2 if kept else 1)
    assert (b"\r\nConnection: keep-alive\r\n" if kept else b"\r\nConnection: close\r\n") in sent[0]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Content-Length: -1", 400),
        (b"Content-Length: +5", 400),
        (b"Content-Length: x", 400),
        (b"Content-Length: 0x1", 400),
        (b"Content-Length: 1_0", 400),
        (b"Content-Length: 1 0", 400),
        (b"Content-Length: 1.0", 400),
        (b"Content-Length: \xb2", 400),
        (b"Content-Length:", 400),
        (b"Content-Length: 2, 2", 400),
        (b"Content-Length: 2\r\nContent-Length: 2", 400),
        (b"Content-Length: 0\r\ncontent-length: 40", 400),
        (b"Content-Length: 2\r\n 5", 400),
        (b"Content-Length:\r\n 5", 400),
        (b"Content-Length : 5", 400),
        (b"Content-Length: 5\x0b", 400),
        (b"Content-Length: 100000000000", 413),
        (b"Content-Length: " + b"9" * 5000, 413),
        (b"Content-Length: 65537", 413),
        (b"Transfer-Encoding: chunked", 411),
        (b"Transfer-Encoding: identity", 411),
        (b"Transfer-Encoding:", 411),
        (b"Transfer-Encoding: chunked\r\nContent-Length: 2", 411),
        (b"Content-Length: 2\r\nTRANSFER-ENCODING: chunked", 411),
        (b"Content-Length: 2\r\nTransfer-Encoding : chunked", 400),
        (b"Content-Length: 2\r\n Transfer-Encoding: chunked", 400),
        (b"Content-Length: 2\r\nX: y\rTransfer-Encoding: chunked", 400),
        (b"Content-Length: 2\r\nX: y\r\rTransfer-Encoding: chunked\r\n folded", 400),
        (b"Content-Length: 2\r\n\x00Transfer-Encoding: chunked", 400),
        (b"Content-Type: application/json", 411),
        (b"X: y\r\n\r\n{}", 411),
        (b"no colon", 400),
        (b"no colon\r\nContent-Length: 2", 400),
        (b"From somebody\r\nContent-Length: 2", 400),
        (b": no name", 400),
        (b" folded: line", 400),
        (b"a: b\r\n folded", 400),
        (b"a: b\r\n\tfolded", 400),
        (b"a: b\r\n ", 400),
        (b"a: \x00", 400),
        (b"a: \x7f", 400),
        (b"a: \x1b[31m", 400),
        (b"a: \x0c", 400),
        (b"a: b\r", 400),
        (b"a: b\rc: d", 400),
        (b"a : b", 400),
        (b"a\tb: c", 400),
        (b"a(b): c", 400),
        (b"a/b: c", 400),
        (b'"a": c', 400),
        (b"\xe9: c", 400),
        (b"\r\n".join([b"a: b"] * 101), 431),
        (b"a: " + b"b" * 9000, 431),
        (b"\r\n".join([b"a: " + b"b" * 6000] * 3), 431),
    ],
)
def test_a_head_that_cannot_be_trusted_is_refused(headers, status):
    assert refusal(b"POST / HTTP/1.1\r\n" + headers + b"\r\n\r\n") == status


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /", 400),
        (b"GET", 400),
        (b"", 400),
        (b"GET / HTTP/0.9", 400),
        (b"GET / HTTP/1", 400),
        (b"GET / HTTP/1.2", 400),
        (b"GET / HTTP/1.10", 400),
        (b"GET / HTTP/01.1", 400),
        (b"GET / HTTP/2.0", 400),
        (b"GET / HTTPS/1.1", 400),
        (b"GET / http/1.1", 400),
        (b"GET / HTTP/1.1 ", 400),
        (b"GET /a b HTTP/1.1", 400),
        (b"GET  / HTTP/1.1", 400),
        (b"GET\t/ HTTP/1.1", 400),
        (b"GET /\x0bHTTP/1.1", 400),
        (b"GET /\xa0 HTTP/1.1", 400),
        (b"GET /\rHTTP/1.1", 400),
        (b"GET /\x00 HTTP/1.1", 400),
        (b"GET /\x7f HTTP/1.1", 400),
        (b" GET / HTTP/1.1", 400),
        (b"G(T / HTTP/1.1", 400),
        (b"G\xcbT / HTTP/1.1", 400),
        (b"PRI * HTTP/2.0", 400),
        (b"HTTP/1.1 200 OK", 400),
        (b"\x16\x03\x01\x02\x00", 400),
        (b"\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1", 414),
        (b"a" * 9000, 414),
    ],
)
def test_a_first_line_that_is_no_request_is_refused_at_once(line, status):
    assert refusal((line or b"\r\n") + b"\r\n", following=b"") == status


def test_a_line_that_ends_in_two_returns_is_refused():
    assert refusal(b"GET / HTTP/1.1\r\r\n\r\n") == refusal(b"GET / HTTP/1.1\r\na: b\r\n\r\r\n\r\n") == 400


@pytest.mark.parametrize("data", [b"", b"GET", b"GET / HTTP/1.1", b"GET / HTTP/1.1\r\nHost: a\r\n", POST + b"\r\n"[:1]])
def test_a_head_without_its_end_is_no_request(data):
    assert talk(data) == ([], [])


def test_a_body_without_its_end_is_no_request():
    assert talk(POST + b"Content-Length: 3\r\n\r\n{}") == ([], [])


def test_what_is_refused_is_told_without_a_body_to_who_asked_for_none_and_to_nobody_after_them():
    requests, sent = talk(b"HEAD / HTTP/1.1\r\n\r\nHEAD / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert len(requests) == 1 and sent[1].startswith(b"HTTP/1.1 411 ") and sent[1].endswith(b"\r\n\r\n")
    requests, sent = talk(b"HEAD / HTTP/1.1\r\n\r\nnonsense\r\n")
    assert len(requests) == 1 and sent[1].startswith(b"HTTP/1.1 400 ") and sent[1].endswith(b'HTTP/1.1"}')


def test_too_many_headers_are_told_what_is_allowed():
    (answer,) = talk(POST + b"a: b\r\n" * 1000 + b"\r\n" + b" " * 2**20)[1]
    assert b"send fewer than 100, and at most 16384 bytes" in answer


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        (b"", [b"503"]),
        (b"GET", [b"503"]),
        (b"GET / HTTP/1.1\r\n\r\n", [b"204"]),
        (b"GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n", [b"204", b"503"]),
        (POST + b"Content-Length: 3\r\n\r\n{}", [b"503"]),
    ],
)
def test_who_must_make_room_is_told_so_unless_nothing_more_was_asked(data, answers):
    assert [answer.split()[1] for answer in talk(data, evicted=True)[1]] == answers


def test_who_is_turned_away_is_told_so_whatever_was_asked():
    requests, (answer,) = talk(b"GET / HTTP/1.1\r\n\r\n", turned_away=True)
    assert requests == [] and answer.startswith(b"HTTP/1.1 503 ") and b"\r\nConnection: close\r\n" in answer


def test_a_client_that_asks_before_sending_is_told_to_go_on():
    (request,), sent = talk(POST + b"Expect: 100-Continue\r\nContent-Length: 2\r\n\r\n{}")
    assert request.body == b"{}" and sent == [b"HTTP/1.1 100 Continue\r\n\r\n", DONE]


@pytest.mark.parametrize(
    ("headers", "status"),
    [(b"Content-Length: 70000", 413), (b"Content-Length: 2\r\na : b", 400), (b"Transfer-Encoding: chunked", 411)],
)
def test_a_client_is_not_told_to_go_on_with_what_will_be_refused(headers, status):
    assert refusal(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\n" + headers + b"\r\n\r\n") == status


@pytest.mark.parametrize("version_and_length", [b"1.1\r\nContent-Length: 0", b"1.0\r\nContent-Length: 2"])
def test_who_sends_no_body_or_does_not_know_the_words_is_not_told_to_go_on(version_and_length):
    (request, *_), sent = talk(b"POST / HTTP/" + version_and_length + b"\r\nExpect: 100-continue\r\n\r\n{}")
    assert len(request.body) in (0, 2) and not any(b"100 Continue" in each for each in sent)


def test_the_largest_body_is_taken():
    (request,), _ = talk(POST + b"Content-Length: 65536\r\n\r\n" + b" " * LARGEST_BODY)
    assert len(request.body) == 65536


@given(st.binary(max_size=300) | st.from_regex(rb"[A-Z]{3,4} /\S{0,9} HTTP/1.1\r\n(\w+:.{0,9}\r\n){0,3}\r\n.{0,9}"))
def test_any_bytes_are_requests_then_perhaps_a_client_error_and_nothing_after_it(data):
    requests, sent = talk(data)
    assert all(answer.startswith(b"HTTP/1.1 204 ") for answer in sent[: len(requests)])
    errors = sent[len(requests) :]
    assert len(errors) <= 1 and all(error.startswith(b"HTTP/1.1 4") for error in errors)


def test_a_response_without_content_announces_none():
    assert talk(b"GET / HTTP/1.1\r\n\r\n", Response(204))[1] == [DONE]


def test_a_response_is_one_write_with_neither_date_nor_server():
    answer = Response.json(200, {"a": 1})
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 7\r\n"
    assert talk(b"GET / HTTP/1.1\r\n\r\n", answer)[1] == [head + b'Connection: keep-alive\r\n\r\n{"a":1}']
    assert talk(b"HEAD / HTTP/1.1\r\n\r\n", answer)[1] == [head + b"Connection: keep-alive\r\n\r\n"]


def test_each_line_is_a_write_and_the_head_comes_with_the_first():
    answer = LineResponse(iter([b"a\n", b"bc\n"]), chunked=True, headers=(("X", "y"),))
    _, (first, *others) = talk(b"GET / HTTP/1.1\r\n\r\n", answer)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nX: y\r\n"
    assert first == head + b"Connection: keep-alive\r\n\r\n2\r\na\n\r\n"
    assert others == [b"3\r\nbc\n\r\n", b"0\r\n\r\n"]


def test_without_chunks_the_connection_ends_the_lines():
    answer = LineResponse(iter([b"a\n", b"bc\n"]), chunked=False)
    requests, (first, *others) = talk(b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" * 2, answer)
    head, _, line = first.partition(b"\r\n\r\n")
    assert b"Transfer-Encoding" not in head and head.endswith(b"\r\nConnection: close")
    assert [line, *others] == [b"a\n", b"bc\n"] and len(requests) == 1


@pytest.mark.parametrize("chunked", [True, False])
def test_even_no_lines_are_an_answer(chunked):
    (sent,) = talk(b"GET / HTTP/1.1\r\n\r\n", LineResponse(iter(()), chunked=chunked))[1]
    assert sent.startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(("most", "mark"), [(1, []), (2, []), (3, [b"0\r\n\r\n"]), (4, [b"0\r\n\r\n"])])
def test_an_answer_that_stops_early_computes_no_more_and_is_the_last_of_its_connection(most, mark):
    lines = iter([b"a\n", b"b\n"])
    answer = LineResponse(lines, chunked=True, most_pieces=most)
    requests, (first, *others) = talk(b"GET / HTTP/1.1\r\n\r\n" * 2, answer)
    assert len(requests) == 1 and first.endswith(b"\r\nConnection: close\r\n\r\n2\r\na\n\r\n")
    assert others == [b"2\r\nb\n\r\n"][: most - 1] + mark and len(list(lines)) == max(0, 2 - most)


@pytest.mark.parametrize("error", [TimeoutError, ConnectionResetError, BrokenPipeError])
def test_a_client_that_takes_no_answer_is_given_up_and_nothing_is_printed(error, monkeypatch, capsys):
    def fail(wire, data):
        raise error

    monkeypatch.setattr(Wire, "sendall", fail)
    requests, sent = talk(b"GET / HTTP/1.1\r\n\r\n" * 2)
    assert (len(requests), sent, capsys.readouterr()) == (1, [], ("", ""))
