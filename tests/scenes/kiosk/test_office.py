"""The office's page: what a person, a program and a monitor are told, who is told nothing, and what it survives."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import NamedTuple

import pytest

from scenes.kiosk import office as module
from scenes.kiosk.office import Office, Snapshot, as_json, is_loopback, metrics, page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PNG = b"\x89PNG\r\n\x1a\n and so on"
TOLD: Snapshot = {"status": "training", "language": "de", "epoch": 12, "loss": 0.25, "full_screen": True, "fault": None}
PLACES = ("/", "/status", "/screenshot.png", "/metrics")


class Told(NamedTuple):
    """An answer as a client has it."""

    status: int
    headers: dict[str, str]
    text: str
    body: bytes


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, nobody is too slow, unless a test says so; and closing is quick."""
    for name in ("PATIENCE", "LONGEST", "GRACE", "FAREWELL"):
        monkeypatch.setattr(module, name, 600.0)
    monkeypatch.setattr(module, "POLL", 0.01)


@pytest.fixture
def office() -> Iterator[Office]:
    with Office(lambda: TOLD, lambda: PNG) as opened:
        yield opened


def port_of(office: Office) -> int:
    return int(office.url.rpartition(":")[2])


def ask(office: Office, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Told:
    connection = HTTPConnection("127.0.0.1", port_of(office), timeout=600)
    try:
        connection.request(method, path, body, headers={name.title(): value for name, value in headers.items()})
        answer = connection.getresponse()
        data = answer.read()
        return Told(answer.status, dict(answer.getheaders()), data.decode("utf-8", "replace"), data)
    finally:
        connection.close()


def connected(office: Office) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port_of(office)), timeout=600)


def rest(client: socket.socket) -> bytes:
    """All that comes until the other side ends."""
    with client, client.makefile("rb") as file:
        return file.read()


def failing() -> Snapshot:
    raise RuntimeError("the secret of line 7")


def test_a_program_is_told_the_status_as_json(office: Office) -> None:
    told = ask(office, "/status")
    assert told.status == 200 and told.headers["Content-Type"] == "application/json"
    assert json.loads(told.text) == TOLD and office.url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (BROWSER, "text/html; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/*, */*;q=0.1", "text/html; charset=utf-8"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html, application/json", "application/json"),
        ("text/html;q=0.2, application/json;q=0.4", "application/json"),
        ("text/html;q=0", "application/json"),
        ("text/html;q=nonsense", "application/json"),
        ("", "application/json"),
    ],
)
def test_who_prefers_a_page_has_one(office: Office, accept: str, kind: str) -> None:
    assert ask(office, "/status", accept=accept).headers["Content-Type"] == kind


def test_the_page_needs_no_script_and_comes_again_by_itself(office: Office) -> None:
    text = ask(office, "/").text
    assert '<meta http-equiv="refresh" content="10">' in text and "color-scheme: light dark" in text
    assert '<th scope="row">full screen</th><td>yes</td>' in text and "<td>–</td>" in text and "<td>0.25</td>" in text
    assert "<script" not in text and "http://" not in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2419200.75, "2419201"), (99999.5, "99999.5"), (0.0625, "0.0625"), (float("nan"), "nan"), (False, "no"), (0, "0")],
)
def test_numbers_are_shown_as_people_write_them(value: float, shown: str) -> None:
    assert f"<td>{shown}</td>" in page({"value": value})


def test_all_that_stands_on_the_page_is_escaped() -> None:
    text = page({"<b>": "<script>&'\""}, query='?token="><i>')
    assert "<b>" not in text and "<script" not in text and "<i>" not in text
    assert "&lt;script&gt;&amp;&#x27;&quot;" in text


def test_the_picture_is_handed_on_as_it_is(office: Office) -> None:
    told = ask(office, "/screenshot.png")
    assert told.status == 200 and told.headers["Content-Type"] == "image/png" and told.body == PNG


def test_a_picture_that_is_not_there_yet_is_to_be_asked_for_again() -> None:
    with Office(dict, lambda: None) as office:
        told = ask(office, "/screenshot.png")
    assert told.status == 503 and told.headers["Retry-After"] == "5"


def test_a_monitor_has_every_number_and_two_of_the_texts(office: Office) -> None:
    told = ask(office, "/metrics")
    assert told.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert told.text == (
        "# TYPE visualizer_info gauge\n"
        'visualizer_info{status="training",language="de"} 1\n'
        "# TYPE visualizer_epoch gauge\nvisualizer_epoch 12\n"
        "# TYPE visualizer_loss gauge\nvisualizer_loss 0.25\n"
        "# TYPE visualizer_full_screen gauge\nvisualizer_full_screen 1\n"
    )


def test_figures_keep_to_the_format_whatever_is_told() -> None:
    told: Snapshot = {"status": 'a\\b "c"\nd', "info": 1, "frame-time": float("nan"), "frame time": 3, "most": 1e400}
    assert metrics(told).splitlines() == [
        "# TYPE visualizer_info gauge",
        r'visualizer_info{status="a\\b \"c\"\nd"} 1',
        "# TYPE visualizer_frame_time gauge",
        "visualizer_frame_time NaN",
        "# TYPE visualizer_most gauge",
        "visualizer_most +Inf",
    ]
    assert metrics({"version": "1"}) == "" and metrics({"language": None, "least": -1e400}).endswith(" -Inf\n")


def test_json_has_null_for_what_is_no_number_to_it() -> None:
    assert json.loads(as_json({"loss": float("nan"), "best": 1e400, "name": "Tübingen"})) == {
        "loss": None,
        "best": None,
        "name": "Tübingen",
    }


@pytest.mark.parametrize("path", ["/favicon.ico", "/status/", "//status/..", "/../etc/passwd", "/STATUS", "/%2e"])
def test_there_is_nothing_else(office: Office, path: str) -> None:
    assert ask(office, path).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"])
def test_nobody_can_do_more_than_look(office: Office, method: str) -> None:
    told = ask(office, "/status", method)
    assert told.status == 405 and told.headers["Allow"] == "GET, HEAD"


def test_a_body_is_not_read_and_its_sender_still_has_the_answer(office: Office) -> None:
    assert ask(office, "/status", "POST", b"x" * 500_000).status == 405
    assert ask(office, "/status", body=b"x" * 500_000, expect="100-continue").status == 200


@pytest.mark.parametrize("path", PLACES)
def test_head_is_get_without_the_body(office: Office, path: str) -> None:
    head, got = ask(office, path, "HEAD"), ask(office, path)
    assert head.body == b"" and head.status == got.status == 200
    assert {**head.headers, "Date": ""} == {**got.headers, "Date": ""}
    assert got.headers["Content-Length"] == str(len(got.body))


@pytest.mark.parametrize("path", [*PLACES, "/nowhere"])
def test_no_answer_is_kept_guessed_at_or_run(office: Office, path: str) -> None:
    headers = ask(office, path).headers
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert headers["Connection"] == "close" and "Python" not in headers["Server"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("127.0.0.1:8080", 200),
        ("[::1]:8080", 200),
        ("[::1]", 200),
        ("rebound.example", 403),
        ("localhost.rebound.example:80", 403),
        ("127.0.0.1.rebound.example", 403),
        ("192.168.1.5", 403),
        ("localhost@rebound.example", 403),
        ("", 403),
    ],
)
def test_a_foreign_name_that_leads_here_is_told_nothing(office: Office, host: str, status: int) -> None:
    assert ask(office, "/status", host=host).status == status


@pytest.mark.parametrize("hosts", [b"", b"Host: localhost\r\nHost: rebound.example\r\n"])
def test_one_name_must_be_asked_for(office: Office, hosts: bytes) -> None:
    with connected(office) as client:
        client.sendall(b"GET /status HTTP/1.1\r\n" + hosts + b"\r\n")
        assert rest(client).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "exhibit.example"])
def test_others_are_let_in_with_a_token_alone(host: str) -> None:
    with pytest.raises(ValueError, match="give a token"):
        Office(dict, lambda: None, host=host)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2", "::1", "Localhost"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_said_to_be_none(port: int) -> None:
    with pytest.raises(ValueError, match=f"Port {port} is none"):
        Office(dict, lambda: None, port=port)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/status", {}, 401),
        ("/status?token=wrong", {}, 401),
        ("/status?token=", {}, 401),
        ("/status?" + "token=wrong&" * 50, {}, 401),
        ("/status", {"authorization": "Bearer wrong"}, 401),
        ("/status", {"authorization": "Basic open,Sésam"}, 401),
        ("/nowhere", {}, 401),
        ("/status?token=open%2CS%C3%A9sam", {}, 200),
        ("/status", {"authorization": "bearer  open,Sésam"}, 200),
        ("/status?token=wrong", {"authorization": "Bearer open,Sésam"}, 200),
    ],
)
def test_with_a_token_only_who_knows_it_is_told(path: str, headers: dict[str, str], status: int) -> None:
    given = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    with Office(lambda: TOLD, lambda: PNG, token="open,Sésam") as office:
        told = ask(office, path, **given)
        assert told.status == status and ("WWW-Authenticate" in told.headers) == (status == 401)
        assert "token" not in office.url


def test_who_came_with_a_token_keeps_it_from_link_to_link() -> None:
    with Office(lambda: TOLD, lambda: PNG, token='a"b') as office:
        assert 'href="screenshot.png?token=a%22b"' in ask(office, "/?token=a%22b").text
        assert 'href="screenshot.png"' in ask(office, "/", authorization='Bearer a"b').text


def test_where_others_may_look_any_name_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_loopback", lambda host: False)  # a test opens no port to others
    with Office(lambda: TOLD, lambda: PNG, token="open") as office:
        assert ask(office, "/status?token=open", host="exhibit.example").status == 200


def test_what_cannot_be_told_is_one_plain_line(capfd: pytest.CaptureFixture[str]) -> None:
    with Office(failing, lambda: bytes(failing())) as office:
        for path in PLACES:
            told = ask(office, path)
            assert told.status == 500 and told.headers["Content-Type"] == "text/plain; charset=utf-8"
            assert "RuntimeError" in told.text and told.text.count("\n") == 1 and "secret" not in told.text
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", 431),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_is_answered_in_a_line(
    office: Office, request_: bytes, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with connected(office) as client:
        client.sendall(request_)
        answer = rest(client)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()) and b"<" not in answer
    assert ask(office, "/status").status == 200 and capfd.readouterr() == ("", "")


def test_a_port_that_is_taken_is_named(office: Office) -> None:
    port = port_of(office)
    with pytest.raises(OSError, match=f"Port {port} of 127.0.0.1 cannot be had"):
        Office(dict, lambda: None, port=port)
    assert ask(office, "/status").status == 200


def test_a_port_is_free_again_at_once() -> None:
    with Office(dict, lambda: None) as first:
        assert ask(first, "/status").status == 200
        port = port_of(first)
    with Office(dict, lambda: None, port=port) as second:
        assert ask(second, "/status").status == 200


def test_the_ninth_at_once_is_turned_away_and_a_place_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE", 0.01)
    inside, go_on = threading.Semaphore(0), threading.Event()

    def held() -> Snapshot:
        inside.release()
        go_on.wait()
        return TOLD

    with Office(held, lambda: PNG) as office:
        clients = [connected(office) for _ in range(module.MOST_CONNECTIONS)]
        for client in clients:
            client.sendall(b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n")
            inside.acquire()
        turned_away = rest(connected(office))
        assert turned_away.startswith(b"HTTP/1.1 503 ") and b"\r\nRetry-After: 5\r\n" in turned_away
        monkeypatch.setattr(module, "GRACE", 600.0)  # a place comes back a moment after its answer has been read
        go_on.set()
        assert all(rest(client).startswith(b"HTTP/1.1 200 ") for client in clients)
        assert ask(office, "/screenshot.png").status == 200


@pytest.mark.parametrize(("limit", "begun"), [("PATIENCE", b"GET /sta"), ("LONGEST", b""), ("LONGEST", b"GET / HT")])
def test_a_client_that_is_too_slow_is_left(
    monkeypatch: pytest.MonkeyPatch, limit: str, begun: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, limit, 0.05)
    with Office(dict, lambda: None) as office, connected(office) as client:
        try:
            client.sendall(begun)
            answer = rest(client)
        except ConnectionError:  # this test was slower still
            answer = b""
        assert answer == b""
    assert capfd.readouterr() == ("", "")


def test_closing_leaves_nothing_whatever_clients_do() -> None:
    before = set(threading.enumerate())
    office = Office(lambda: TOLD, lambda: PNG)
    silent, half = connected(office), connected(office)
    with silent, half:
        half.sendall(b"GET /")
        assert ask(office, "/status").status == 200
        office.close()
        office.close()
        assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        ask(office, "/status")


def test_closing_does_not_wait_for_what_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FAREWELL", 0.0)
    inside, go_on = threading.Event(), threading.Event()

    def hanging() -> bytes:
        inside.set()
        go_on.wait()
        return PNG

    office = Office(dict, hanging)
    with connected(office) as client:
        client.sendall(b"GET /screenshot.png HTTP/1.1\r\nHost: localhost\r\n\r\n")
        inside.wait()
        workers = [thread for thread in threading.enumerate() if thread.name.startswith("office-")]
        office.close()
        assert not go_on.is_set()
    go_on.set()
    for worker in workers:
        worker.join()


def test_a_client_that_leaves_in_the_middle_is_no_news(office: Office, capfd: pytest.CaptureFixture[str]) -> None:
    for begun in (b"", b"GET", b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        with connected(office) as client:
            client.sendall(begun)
    assert ask(office, "/status").status == 200 and capfd.readouterr() == ("", "")


def test_another_protocol_version_of_loopback_is_served_where_there_is_one() -> None:
    try:
        office = Office(lambda: TOLD, lambda: PNG, host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    with office, socket.create_connection(("::1", port_of(office)), timeout=600) as client:
        client.sendall(f"GET /status HTTP/1.1\r\nHost: {office.url.removeprefix('http://')}\r\n\r\n".encode())
        assert rest(client).startswith(b"HTTP/1.1 200 ") and office.url.startswith("http://[::1]:")


def test_localhost_is_this_machine_whatever_its_files_say() -> None:
    with Office(lambda: TOLD, lambda: PNG, host="localhost") as office:
        assert office.url.startswith("http://127.0.0.1:") and ask(office, "/").status == 200


@pytest.mark.parametrize("tell", [lambda: {"status": "\ud800"}, lambda: {"status": "Größe ✓"}])
def test_any_text_can_be_told(tell: Callable[[], Snapshot]) -> None:
    with Office(tell, lambda: None) as office:
        assert [ask(office, path).status for path in ("/", "/status", "/metrics")] == [200, 200, 200]
