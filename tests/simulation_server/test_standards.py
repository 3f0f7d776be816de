"""What the standards ask of a server: whole addresses, `*`, names as they are written, answers that pages can read."""

import pytest

from simulation_server.__main__ import _parser, main
from simulation_server.backend import LOOPBACK

PAGE = "http://localhost:3000"


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        ("http://127.0.0.1:3001/api/health", "wherever", 200),
        ("HTTP://localhost/api/health", "localhost", 200),
        ("http://localhost", "localhost", 200),
        ("http://localhost?x=1", "localhost", 200),
        ("http://evil.example/api/health", "localhost", 403),
        ("http:///api/health", "localhost", 400),
        ("http://me@localhost/api/health", "localhost", 400),
        ("ftp://localhost/api/health", "localhost", 404),
    ],
)
def test_a_whole_address_is_a_target_and_its_host_counts(backend, speak, target, host, status):
    said = speak(backend, f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert said.startswith(f"HTTP/1.1 {status} ".encode())


def test_options_of_the_server_as_a_whole_tells_all_methods(backend, speak):
    said = speak(backend, b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").decode()
    assert said.startswith("HTTP/1.1 204 ") and "\r\nAllow: GET, POST, HEAD, OPTIONS\r\n" in said


@pytest.mark.parametrize("host", ["localhost.", "LOCALHOST.:3001", "127.0.0.1."])
def test_a_name_may_end_with_the_root_of_all_names(backend, speak, host):
    said = speak(backend, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert said.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json; charset=utf8", 200),
        ('application/json;charset="UTF-8"', 200),
        ("application/json; charset=latin-1", 415),
    ],
)
def test_utf_8_is_known_by_both_its_names(backend, call, kind, status):
    assert call(backend, "POST", "/api/train", {"epochs": 1}, Content_Type=kind).status == status


@pytest.mark.parametrize(
    "request_",
    [
        "GET /nowhere HTTP/1.1\r\nHost: localhost",
        "DELETE / HTTP/1.1\r\nHost: localhost",
        "GET / HTTP/1.1\r\nHost: evil.example",
        "POST /api/train HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked",
        "POST /api/train HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999",
        "GET / HTTP/1.1\r\nHost: localhost\r\nBad header",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y" * 70_000,
    ],
)
@pytest.mark.parametrize("origin", [PAGE, "http://evil.example"])
def test_every_refusal_can_be_read_by_a_page_that_may(backend, speak, request_, origin):
    line, _, rest = request_.partition("\r\n")
    said = speak(backend, f"{line}\r\nOrigin: {origin}\r\n{rest}\r\nConnection: close\r\n\r\n".encode()).decode()
    assert said.startswith(("HTTP/1.1 4", "HTTP/1.1 5"))
    assert "\r\nVary: Origin\r\n" in said
    assert (f"\r\nAccess-Control-Allow-Origin: {origin}\r\n" in said) == (origin == PAGE)


def test_a_page_that_asks_before_is_told_the_methods(backend, call):
    told = call(backend, "OPTIONS", "/api/train", Origin=PAGE).headers
    assert told["access-control-allow-methods"] == "POST"
    assert "access-control-allow-methods" not in call(backend, "POST", "/api/train", {"epochs": 1}, Origin=PAGE).headers


@pytest.mark.parametrize("host", ["", "  ", "[]"])
def test_a_host_without_a_name_is_refused_rather_than_taken_for_all(host, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--host", host])
    assert ended.value.code == 2 and "0.0.0.0 stands for all" in capsys.readouterr().err


def test_the_usual_host_is_this_machine_alone():
    assert _parser().parse_args([]).host == LOOPBACK == "127.0.0.1"
