"""Who may ask: names of this machine, and the web app in development."""

import json

import pytest

from simulation_server.api import ServerContext, answer
from simulation_server.messages import Request

CONTEXT = ServerContext(next_seed=lambda: 1, now=lambda: 1_700_000_000.5, delay=lambda: None)


def ask(method, target, *, body=b"", minor_version=1, bound="127.0.0.1", **headers):
    given_headers = {"host": "localhost:3001", "content-type": "application/json"} | headers
    values = {name.replace("_", "-"): (value,) for name, value in given_headers.items() if value is not None}
    return answer(Request(method, target, minor_version, values, body), context=CONTEXT, host=bound)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:5", "127.0.0.1:3001", "[::1]:3001", "[::1]"])
def test_this_machine_may_be_called_by_its_own_names(host):
    assert ask("GET", "/", host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io:80", "", "192.168.1.2", "::1"]
)
def test_a_foreign_host_is_refused(host):
    response = ask("GET", "/", host=host)
    assert response.status == 403 and json.loads(response.body)["error"]


def test_the_bound_host_is_allowed_and_on_all_addresses_any_address_but_no_name():
    assert ask("GET", "/", host="192.168.1.2:3001", bound="192.168.1.2").status == 200
    assert ask("GET", "/", host="192.168.1.2:3001", bound="0.0.0.0").status == 200
    assert ask("GET", "/", host="evil.example", bound="0.0.0.0").status == 403


def test_only_http_1_0_may_leave_the_host_out():
    assert ask("GET", "/", host=None).status == 400
    assert ask("GET", "/", host=None, minor_version=0).status == 200


@pytest.mark.parametrize("origin", ["http://localhost:3000", "http://127.0.0.1:3000"])
def test_the_web_app_in_development_may_read_the_answers(origin):
    preflight = ask("OPTIONS", "/api/train", origin=origin)
    assert (preflight.status, preflight.body) == (204, b"")
    assert dict(preflight.headers)["Access-Control-Allow-Origin"] == origin
    assert dict(preflight.headers)["Access-Control-Allow-Methods"] == "POST"
    assert dict(ask("POST", "/api/train", origin=origin).headers)["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost:3000", "http://localhost:3001"])
def test_no_other_origin_gets_a_permissive_header(origin):
    for method in ("OPTIONS", "POST"):
        names = {name for name, _ in ask(method, "/api/train", origin=origin).headers}
        assert not any(name.startswith("Access-Control") for name in names) and "Vary" in names
