"""The contract over HTTP: routes, statuses, messages and bytes."""

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation_server.api import ROUTES, ServerContext, answer
from simulation_server.backend import Backend
from simulation_server.messages import Request

GOLDEN = (
    b'{"success":true,"data":[{"epoch":1,"loss":0.2875,"accuracy":85.86},{"epoch":2,"loss":0.0829,"accuracy":94.7},'
    b'{"epoch":3,"loss":0.026,"accuracy":96.18}]}'
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
BODIES = st.dictionaries(st.sampled_from(["epochs", "learningRate", "batchSize", "seed"]), JSON) | JSON
CONTEXT = ServerContext(next_seed=lambda: 1, now=lambda: 1_700_000_000.5, delay=lambda: None)


def ask(method, target, *, body=b"", minor_version=1, bound="127.0.0.1", **headers):
    given_headers = {"host": "localhost:3001", "content-type": "application/json"} | headers
    values = {name.replace("_", "-"): (value,) for name, value in given_headers.items() if value is not None}
    return answer(Request(method, target, minor_version, values, body), context=CONTEXT, host=bound)


def test_a_seeded_run_is_these_very_bytes(backend, call):
    trained = call(backend, "POST", "/api/train", {"epochs": 3, "seed": 1})
    assert (trained.status, trained.body) == (200, GOLDEN)
    assert trained.headers["content-type"] == "application/json; charset=utf-8"


def test_numbers_are_printed_as_javascript_prints_them(backend, call):
    text = call(backend, "POST", "/api/train", {"epochs": 200, "seed": 5}).body.decode()
    rows = json.loads(text, parse_float=str, parse_int=str)["data"]
    printed = [row[name] for row in rows for name in ("epoch", "loss", "accuracy")]
    assert all(number == repr(float(number)).removesuffix(".0") for number in printed)
    assert any("." not in row["accuracy"] for row in rows)


def test_a_missing_body_means_fifty_epochs(backend, call):
    content = call(backend, "POST", "/api/train").content
    assert content["success"] is True
    assert [row["epoch"] for row in content["data"]] == list(range(1, 51))
    assert [list(row) for row in content["data"]] == [["epoch", "loss", "accuracy"]] * 50


@pytest.mark.parametrize(
    ("body", "answered"),
    [
        ({"epochs": 0}, b'{"error":"Epochs must be between 1 and 200"}'),
        ({"learningRate": 0}, b'{"error":"Learning rate must be between 0 and 1"}'),
        ({"batchSize": 20}, b'{"error":"Batch size must be one of: 16, 32, 64, 128, 256"}'),
    ],
)
def test_values_out_of_range_get_the_bytes_of_the_web_app(backend, call, body, answered):
    refused = call(backend, "POST", "/api/train", body)
    assert (refused.status, refused.body) == (400, answered)


@pytest.mark.parametrize("body", [b'{"epochs":2.5}', b'{"epochs":"3"}', b"{", b"[]", b"\xff", b"[" * 60_000])
def test_other_invalid_bodies_name_the_field(backend, call, body):
    refused = call(backend, "POST", "/api/train", body)
    assert refused.status == 400
    assert refused.content.keys() == {"error", "field"} and refused.content["field"] in ("epochs", "body")


@given(BODIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_json_makes_the_server_fail(body):
    response = ask("POST", "/api/train", body=json.dumps(body).encode())
    assert response.status in (200, 400)
    content = json.loads(response.body, parse_constant=pytest.fail)
    assert ("data" in content) == (response.status == 200)
    if response.status == 400 and "field" not in content:
        assert content["error"].startswith(("Epochs", "Learning rate", "Batch size"))


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": "text/plain"},
        {"content_type": "application/json; charset=utf-16"},
        {"content_encoding": "gzip"},
    ],
)
def test_a_body_that_is_no_plain_json_by_its_headers_is_refused(headers):
    response = ask("POST", "/api/train", body=b"{}", **headers)
    assert (response.status, json.loads(response.body)["field"]) == (415, "body")


@pytest.mark.parametrize("kind", [None, "application/json", 'Application/JSON; charset="UTF-8"'])
def test_json_is_taken_however_its_type_is_spelt(kind):
    assert ask("POST", "/api/train", body=b"{}", content_type=kind).status == 200


def test_health_tells_the_time_in_milliseconds():
    assert ask("GET", "/api/health?probe").body == b'{"status":"ok","timestamp":1700000000500}'


def test_the_root_lists_every_route():
    content = json.loads(ask("GET", "/").body)
    assert (content["service"], content["status"]) == ("AI Training Visualizer API", "running")
    routes = {f"{method} {path}" for path, methods in ROUTES.items() for method in methods}
    assert set(content["endpoints"]) == routes - {"GET /"}


@pytest.mark.parametrize("target", ["/nope", "/api", "/api/train/", "//", "http://localhost/", "*", "/\xff%00"])
def test_an_unknown_address_is_a_404_in_json(target):
    response = ask("GET", target)
    assert response.status == 404 and json.loads(response.body)["error"]


@pytest.mark.parametrize(
    ("method", "target", "allowed"),
    [
        ("GET", "/api/train", "POST, OPTIONS"),
        ("HEAD", "/api/train", "POST, OPTIONS"),
        ("POST", "/api/health", "GET, HEAD, OPTIONS"),
        ("BREW", "/", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_wrong_method_is_a_405_that_says_which_are_right(method, target, allowed):
    response = ask(method, target)
    assert response.status == 405 and dict(response.headers)["Allow"] == allowed
    assert json.loads(response.body)["error"]


def test_head_has_the_headers_of_get_and_no_body(backend, call):
    head, get = call(backend, "HEAD", "/"), call(backend, "GET", "/")
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


def test_runs_without_a_seed_follow_the_seed_of_the_server(call):
    def three_runs(seed):
        with Backend(seed=seed) as backend:
            return [call(backend, "POST", "/api/train", {"epochs": 5}).body for _ in range(3)]

    assert three_runs(7) == three_runs(7)
    assert three_runs(7) != three_runs(8)
    assert all(a != b for a, b in itertools.combinations(three_runs(None), 2))


def test_a_delay_is_slept_once_per_run_and_within_its_bounds(call):
    slept = []
    with Backend(delay=(0.3, 0.5), sleep=slept.append) as backend:
        assert call(backend, "POST", "/api/train").status == 200
        call(backend, "POST", "/api/train", {"epochs": 0})
        call(backend, "GET", "/api/health")
    assert len(slept) == 1 and 0.3 <= slept[0] <= 0.5


def test_an_error_inside_is_a_500_that_gives_nothing_away_and_a_line_in_the_log(call):
    def broken_clock():
        raise RuntimeError("secret\x1b\n")

    log = []
    with Backend(now=broken_clock, log=log.append) as backend:
        failed = call(backend, "GET", "/api/health")
        assert (failed.status, failed.body) == (500, b'{"error":"Internal server error"}')
        assert call(backend, "GET", "/").status == 200
    assert r"RuntimeError: secret\x1b\n" in log[0] and "\n" not in log[0]
