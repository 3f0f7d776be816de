"""One exchange that can be given up at any moment, before, during and after the connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from engine.worker import Cancellation
from scenes.training.sources import transport as transport_module
from scenes.training.sources.exchange import LARGEST, Broken, Foreign, Interrupted, Overdue, Oversized, Reply
from scenes.training.sources.transport import HttpTransport
from simulation_server.backend import Backend
from simulation_server.faults import Fault

PATIENCE = 300.0  # seconds after which a test gives up on a thread that hangs
FAR = 3600.0  # seconds, a deadline that never comes


@pytest.fixture
def transport() -> Iterator[HttpTransport]:
    transport = HttpTransport()
    yield transport
    transport.close()


def post(
    transport: HttpTransport, url: str, *, deadline: float = FAR, cancellation: Cancellation | None = None
) -> Reply | Exception:
    """What came of it, within our patience: the reply or the exception."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(
                transport.post(
                    f"{url}/api/train", b"{}", deadline=deadline, cancellation=cancellation or Cancellation()
                )
            )
        except Exception as why:
            results.append(why)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert results, "the exchange hangs"
    return results[0]


@pytest.fixture
def crowded() -> Iterator[str]:
    """The address of a listener that is too busy to accept: connecting to it hangs."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(8)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        for each in waiting:
            each.close()


class OnConnect:
    """Calls `act` whenever an address is looked up: after the request began, before there is a socket."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
        look_up = socket.getaddrinfo

        def acting(*args: Any, **kwargs: Any) -> Any:
            act()
            return look_up(*args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", acting)


def test_a_reply_has_status_kind_and_the_whole_body(backend: Backend, transport: HttpTransport) -> None:
    reply = post(transport, backend.url)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.content_type.split(";")[0]) == (200, "application/json")
    assert reply.body.startswith(b'{"success":true') and reply.body.endswith(b"]}")


def test_each_exchange_has_a_connection_of_its_own(backend: Backend, transport: HttpTransport) -> None:
    for _ in range(5):
        assert isinstance(post(transport, backend.url), Reply)
        assert all(each.fileno() == -1 for each in transport._sockets.known), "left open for the next answer"
    assert backend.hits == 5


@pytest.mark.parametrize("mode", ["drip", "silent", "hang", "slow:60", "late:60", "huge-declared"])
def test_the_deadline_holds_over_the_whole_exchange(backend: Backend, transport: HttpTransport, mode: str) -> None:
    backend.fault = Fault.parse(mode)
    assert isinstance(post(transport, backend.url, deadline=0.2), Overdue)


def test_a_socket_that_times_out_before_the_watch_is_late_too(backend: Backend, transport: HttpTransport) -> None:
    backend.fault = Fault("huge-declared")
    with mock.patch.object(transport_module._Watch, "_wait", lambda _: None):  # a watch that oversleeps
        assert isinstance(post(transport, backend.url, deadline=0.2), Overdue)


@pytest.mark.parametrize("mode", ["broken", "reset", "reset-body", "bad-chunk", "refused"])
def test_an_exchange_that_breaks_off_is_broken(backend: Backend, transport: HttpTransport, mode: str) -> None:
    backend.fault = Fault(mode)
    why = post(transport, backend.url)
    assert isinstance(why, Broken) and why.reached == (mode != "refused")


@pytest.mark.parametrize("mode", ["not-http", "many-headers", "huge-header"])
def test_what_speaks_no_http_is_not_called_unreachable(backend: Backend, transport: HttpTransport, mode: str) -> None:
    backend.fault = Fault(mode)
    assert isinstance(post(transport, backend.url), Foreign)


def test_more_than_the_largest_answer_is_refused(backend: Backend, transport: HttpTransport) -> None:
    backend.fault = Fault("huge")
    assert isinstance(post(transport, backend.url), Oversized)
    assert LARGEST == 2 * 2**20


@pytest.mark.parametrize("mode", ["silent", "drip", "huge-declared"])
def test_cancelling_ends_an_exchange_under_way(backend: Backend, transport: HttpTransport, mode: str) -> None:
    backend.fault = Fault(mode)
    cancellation = Cancellation()
    stopper = threading.Thread(target=lambda: (_arrived(backend), cancellation.cancel()), daemon=True)
    stopper.start()
    assert isinstance(post(transport, backend.url, cancellation=cancellation), Interrupted)


def test_an_exchange_cancelled_beforehand_is_never_begun(backend: Backend, transport: HttpTransport) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    assert isinstance(post(transport, backend.url, cancellation=cancellation), Interrupted)
    assert backend.hits == 0


def test_cancelling_before_there_is_a_socket_ends_the_exchange(
    backend: Backend, transport: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend.fault = Fault("silent")
    cancellation = Cancellation()
    OnConnect(monkeypatch, cancellation.cancel)
    assert isinstance(post(transport, backend.url, cancellation=cancellation), Interrupted)
    assert backend.hits == 0


def test_cancelling_ends_a_connect_that_hangs(crowded: str, transport: HttpTransport) -> None:
    cancellation = Cancellation()
    stopper = threading.Timer(0.05, cancellation.cancel)  # early or late, it ends the same way
    stopper.start()
    assert isinstance(post(transport, crowded, cancellation=cancellation), Interrupted)


def test_the_deadline_ends_a_connect_that_hangs(crowded: str, transport: HttpTransport) -> None:
    assert isinstance(post(transport, crowded, deadline=0.2), Overdue)


def test_every_address_of_a_name_is_tried(
    backend: Backend, transport: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(backend.url.rpartition(":")[2])
    hosts = ["255.255.255.255", "127.0.0.2", "127.0.0.1"]  # impossible, refused, right
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, port)) for host in hosts]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    assert isinstance(post(transport, f"http://many.invalid:{port}"), Reply)


def test_after_giving_up_the_next_exchange_is_clean(backend: Backend, transport: HttpTransport) -> None:
    backend.fault = Fault("silent")
    assert isinstance(post(transport, backend.url, deadline=0.2), Overdue)
    backend.fault = Fault.HEALTHY
    assert isinstance(post(transport, backend.url), Reply)


def _arrived(backend: Backend) -> None:
    while backend.hits == 0:  # until pytest's time limit says that it never will
        threading.Event().wait(0.005)


@pytest.mark.parametrize("how", ["stop", "deadline"])
def test_looking_an_address_up_ends_with_stop_and_deadline(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """No system can end a look-up: it is left behind, and nobody waits for it."""
    asked, answered = threading.Event(), threading.Event()

    def late(*_: object, **__: object) -> list[object]:
        asked.set()
        answered.wait()
        raise socket.gaierror("nobody hears this any more")

    monkeypatch.setattr(socket, "getaddrinfo", late)
    cancellation, transport = Cancellation(), HttpTransport()
    stopping = threading.Thread(target=lambda: (asked.wait(), cancellation.cancel()))
    if how == "stop":
        stopping.start()
    try:
        with pytest.raises(Interrupted if how == "stop" else Overdue):
            deadline = 60.0 if how == "stop" else 0.2
            transport.post("http://nowhere.invalid/", b"", deadline=deadline, cancellation=cancellation)
    finally:
        answered.set()
        transport.close()


@pytest.mark.parametrize("place", [b"/elsewhere", b"\xff\xfe", b"http://[", "http://a\u2100.com/".encode()])
def test_a_redirect_is_an_answer_like_any_other(transport: HttpTransport, place: bytes) -> None:
    """It is neither followed nor taken apart, and its body is bounded as all are."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as one:
                one.recv(65_536)
                one.sendall(b"HTTP/1.1 302 So\r\nLocation: " + place + b"\r\nContent-Length: 2\r\n\r\nhi")

        serving = threading.Thread(target=answer)
        serving.start()
        reply = post(transport, f"http://127.0.0.1:{listening.getsockname()[1]}")
        serving.join()
    assert isinstance(reply, Reply) and (reply.status, reply.body) == (302, b"hi")
