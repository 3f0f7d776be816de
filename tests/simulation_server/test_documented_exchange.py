"""docs/protocol.md, taken at its word: its request is sent to a server, byte by byte."""

import json
import re
from pathlib import Path

import pytest

from simulation_server.json_body import KNOWN

PROTOCOL = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")
ARRAYS = ("weights", "biases", "activations", "gradientNorms", "confusion")  # compared number by number elsewhere


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PROTOCOL, re.DOTALL)


def lines_of(chunked):
    """Take the chunks apart: one line each, and nothing after the last."""
    lines = []
    while size := int(chunked[: chunked.index(b"\r\n")], 16):
        start = chunked.index(b"\r\n") + 2
        lines.append(chunked[start : start + size])
        assert chunked[start + size :].startswith(b"\r\n")
        chunked = chunked[start + size + 2 :]
    assert chunked == b"0\r\n\r\n" and all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    return [json.loads(line) for line in lines]


def rounded(value):
    """Numbers to five places, as another processor may round the last bits differently."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items() if key not in ("milliseconds", *ARRAYS)}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return round(value, 5) if isinstance(value, float) else value


def test_the_documented_request_gets_the_documented_answer(backend, connect):
    request, head = blocks("http")
    start, _, body = request.partition("\n\n")
    sock = connect(backend)
    sock.sendall(start.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body.rstrip("\n").encode())
    received = b""
    while not received.endswith(b"\r\n0\r\n\r\n"):
        piece = sock.recv(65536)
        assert piece
        received += piece
    sent_head, _, chunked = received.partition(b"\r\n\r\n")
    assert sent_head.decode().split("\r\n") == head.rstrip("\n").split("\n")
    documented = [json.loads(line) for line in blocks("ndjson")[0].splitlines()]
    sent = lines_of(chunked)
    assert [list(line) for line in sent] == [list(line) for line in documented]
    assert rounded(sent) == rounded(documented)


@pytest.mark.parametrize("name", KNOWN)
def test_every_field_is_documented(name):
    assert re.search(rf"^\| .*`{name}`", PROTOCOL, re.MULTILINE)
