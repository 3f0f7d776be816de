"""What a script asks of the backend before it plays: that one answers, and that it is one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from scenes.scripting.play import Unreachable, ask
from simulation_server.backend import Backend

Serve = Callable[[bytes], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Somebody who answers whatever is asked with these bytes: the address."""
    listening = []

    def start(answer: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listening.append(listener)

        def once() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        threading.Thread(target=once, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listening:
        listener.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail.example ESMTP\r\n",
        b"",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x" + b"y" * 70_000,
    ],
)
def test_what_is_no_backend_is_told_in_a_sentence(serve: Serve, answer: bytes) -> None:
    with pytest.raises(Unreachable) as error:
        ask(serve(answer))
    assert "is not the training server" in str(error.value) or "cannot be reached" in str(error.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1 x:3001", "http://127.0.0.1:x", "http://[", "http://127.0.0.1:1"])
def test_an_address_where_nobody_answers_is_told_in_a_sentence(address: str) -> None:
    with pytest.raises(Unreachable):
        ask(address)


def test_a_backend_is_one() -> None:
    with Backend(seed=7) as server:
        ask(server.url)
