"""When the place of a training is free again: read from the answer itself, without a server."""

import json
from contextlib import ExitStack

import pytest

from simulation_server.api import answer
from simulation_server.limiter import Limiter
from simulation_server.messages import Request
from simulation_server.server_context import ServerContext

ASKED = b'{"dataset":"circle","points":10,"epochs":3}'


@pytest.fixture
def places(monkeypatch):
    monkeypatch.setattr("simulation_server.limiter.GRACE", 0.0)
    return Limiter(1)


def is_free(places):
    with ExitStack() as held:
        return places.take(held)


def ask(places, *, body=ASKED, gone=lambda: False):
    headers = {"host": ("localhost",), "accept": ("application/x-ndjson",)}
    context = ServerContext(lambda: 1, lambda: 0.0, lambda: None, gone=gone, trainings=places)
    return answer(Request("POST", "/api/train", 1, headers, body), context=context, host="127.0.0.1")


def test_a_run_holds_its_place_until_its_end_is_told(places):
    lines = []
    for line in ask(places).lines:
        lines.append(json.loads(line)["type"])
        assert is_free(places) == (lines[-1] == "end")
    assert lines == ["header", "epoch", "epoch", "epoch", "end"]


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_run_that_is_closed_early_gives_its_place_back(places, taken):
    stream = ask(places)
    for _ in range(taken):
        next(stream.lines)
    assert not is_free(places)
    stream.close()
    assert is_free(places)


def test_a_run_that_nobody_waits_for_computes_nothing_more_and_says_so(places):
    gone = iter([False, True])
    kinds = [json.loads(line) for line in ask(places, gone=lambda: next(gone)).lines]
    assert [line["type"] for line in kinds] == ["header", "epoch", "end"]
    assert (kinds[-1]["status"], kinds[-1]["epochs"]) == ("cancelled", 1) and is_free(places)


def test_a_second_run_is_told_to_come_back(places):
    first = ask(places)
    assert ask(places).status == 503
    first.close()
    assert [*ask(places).lines]


def test_a_mistake_takes_no_place(places):
    assert ask(places, body=b'{"csv":"1,2,a"}').status == 400 and is_free(places)
