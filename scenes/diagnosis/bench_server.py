"""Measures the backend, in a process of its own: answers a second on kept connections, and lines of a stream."""

import json
import selectors
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from engine.resources import ROOT
from scenes.training.sources.exchange import STREAM

SECONDS = 3.0  # that each number of connections is measured
CONNECTIONS = (1, 8)
EPOCHS, STREAMED = 100, 200  # of a whole answer, and of a stream
PATIENCE = 30.0  # seconds


def measure(*, seconds: float = SECONDS) -> dict[str, Any]:
    """Answers to POST /api/train with 100 epochs, and epochs of a trained run, a second. Raises OSError."""
    command = [sys.executable, "-m", "simulation_server", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            said = next(line for line in server.stdout if "http://" in line)
            url = urlsplit(next(word for word in said.split() if word.startswith("http://")))
            at = (str(url.hostname), int(url.port or 80))
            answers = {str(count): round(_answers(at, count, seconds)) for count in CONNECTIONS}
            lines, first = _streamed(at)
        finally:
            server.terminate()
    return {"scene": "server", "answers_per_s": answers, "epochs_per_s": round(lines), "first_line_ms": round(first, 1)}


def _request(at: tuple[str, int], *, accept: str = "application/json", **asked: Any) -> bytes:
    body = json.dumps(asked).encode()
    lines = ["POST /api/train HTTP/1.1", f"Host: {at[0]}:{at[1]}", "Content-Type: application/json"]
    lines += [f"Accept: {accept}", f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def _answers(at: tuple[str, int], count: int, seconds: float) -> float:
    """A second, on so many kept connections, each of which asks again as soon as it has its answer."""
    request = _request(at, epochs=EPOCHS)
    got = 0
    with selectors.DefaultSelector() as chosen, ExitStack() as held:
        for _ in range(count):
            client = held.enter_context(socket.create_connection(at, timeout=PATIENCE))
            chosen.register(client, selectors.EVENT_READ, (client, bytearray()))
            client.sendall(request)
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            for key, _ in chosen.select(PATIENCE):
                client, answer = key.data
                answer += client.recv(1 << 16)
                if _whole(answer):
                    got += 1
                    answer.clear()
                    client.sendall(request)
        return got / (time.perf_counter() - begun)


def _whole(answer: bytearray) -> bool:
    """Whether head and body have come. Raises OSError for anything but a 200."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    if not answer.startswith(b"HTTP/1.1 200"):
        raise OSError(f"the server answered {bytes(answer[:40])!r}")
    head = bytes(answer[:end]).lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    return len(answer) >= end + 4 + length


def _streamed(at: tuple[str, int]) -> tuple[float, float]:
    """Epochs a second of a trained run, and milliseconds until its first line."""
    with socket.create_connection(at, timeout=PATIENCE) as client:
        begun = time.perf_counter()
        client.sendall(
            _request(at, accept=STREAM, source="trained", dataset="spiral", epochs=STREAMED, learningRate=0.1)
        )
        first, got = 0.0, b""
        while b'"type":"end"' not in got:
            piece = client.recv(1 << 16)
            if not piece:
                raise OSError("the stream broke off")
            got = got[-64:] + piece
            first = first or (time.perf_counter() - begun) * 1000
        return STREAMED / (time.perf_counter() - begun), first
