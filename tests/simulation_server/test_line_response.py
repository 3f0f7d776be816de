"""An answer line by line: who asks for it, and the pieces that it is sent in."""

import pytest

from simulation_server.line_response import LineResponse, wants_lines
from simulation_server.messages import Request


def request(*accept):
    return Request("POST", "/api/train", 1, {"accept": accept} if accept else {})


@pytest.mark.parametrize(
    "accept",
    [
        ("application/x-ndjson",),
        ("Application/X-NDJSON; q=0.5",),
        ("application/json, application/x-ndjson;q=1.0",),
        ("application/json", "application/x-ndjson"),
    ],
)
def test_lines_are_asked_for_by_name(accept):
    assert wants_lines(request(*accept))


@pytest.mark.parametrize(
    "accept",
    [
        (),
        ("*/*",),
        ("application/*",),
        ("application/json",),
        ("application/x-ndjson;q=0",),
        ("application/x-ndjson; q=0.000",),
        ("application/x-ndjson2",),
        ("",),
        (";,;;",),
    ],
)
def test_nothing_else_asks_for_lines(accept):
    assert not wants_lines(request(*accept))


def test_every_line_is_a_piece_in_a_chunk_of_its_own():
    answer = LineResponse(iter([b"a\n", b"bc\n"]), chunked=True)
    assert list(answer.pieces()) == [b"2\r\na\n\r\n", b"3\r\nbc\n\r\n", b"0\r\n\r\n"]
    assert ("Transfer-Encoding", "chunked") in answer.fields


def test_without_chunks_every_line_is_a_piece_and_nothing_marks_the_end():
    answer = LineResponse(iter([b"a\n", b"bc\n"]), chunked=False)
    assert list(answer.pieces()) == [b"a\n", b"bc\n", b""]
    assert "Transfer-Encoding" not in dict(answer.fields)


def test_a_line_is_only_computed_when_it_is_asked_for():
    computed = []
    lines = (computed.append(number) or b"%d\n" % number for number in range(5))
    pieces = LineResponse(lines, chunked=True).pieces()
    next(pieces), next(pieces)
    assert computed == [0, 1]


def test_the_whole_is_all_lines_and_gives_back_what_they_held():
    closed = []
    answer = LineResponse(iter([b"a\n", b"b\n"]), chunked=True, close=lambda: closed.append(True))
    assert (answer.whole().body, answer.whole().content_type) == (b"a\nb\n", "application/x-ndjson")
    assert closed
