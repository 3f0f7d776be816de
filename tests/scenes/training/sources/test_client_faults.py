"""Every way in which the server can misbehave ends in a run or in a RunError, and nothing of it stays behind."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from engine.worker import Cancellation
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.exchange import Reply
from scenes.training.sources.http import HttpSource
from simulation_server.backend import Backend
from simulation_server.faults import MODES, Fault

NewClient = Callable[..., HttpSource]
Outcome = Callable[[HttpSource], TrainingRun | RunError]
Followed = Callable[..., TrainingRun]
DeadlineAfter = Callable[[Callable[[int], bool]], None]
ASKED = Parameters(learning_rate=0.1, batch_size=64, epochs=6)
OF_STREAMS = ("cut", "stall")  # tests/scenes/training/sources/test_run_stream.py
MEBIBYTE = 2**20

RETRIED = {
    "unreachable": "refused",
    "broken": "broken reset reset-body bad-chunk",
    "timeout": "silent hang drip slow:60 late:60 huge-declared",
    "http-500": "error",
    "http-503": "error:503 flaky:9",
    "http-429": "busy error:429",
}
AT_ONCE = {
    "unusable": (
        "nan infinity wrong-types missing-fields duplicate-epochs out-of-order negative-epochs missing-epochs object"
        " null zero unsuccessful empty deep long-number utf16 bad-gzip wrong-length gzip-bomb"
    ),
    "too-large": "too-many huge",
    "http-200": "html",
    "http-204": "no-content",
    "http-307": "redirect redirect-away",
    "http-400": "hostile-text error:400",
    "http-404": "error:404",
    "not-http": "not-http many-headers huge-header",
}
PASSED = ("healthy", "flaky", "continue-storm", "leftovers")


def each(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(mode, code) for code, modes in table.items() for mode in modes.split()]


def test_every_mode_of_the_server_is_tried_here() -> None:
    tried = {Fault.parse(mode).mode for mode, _ in each(RETRIED) + each(AT_ONCE)}
    assert tried | set(PASSED) | set(OF_STREAMS) == set(MODES)


@pytest.mark.parametrize(("mode", "code"), each(AT_ONCE))
def test_what_will_not_pass_is_asked_for_once(
    backend: Backend, mode: str, code: str, new_client: NewClient, outcome: Outcome
) -> None:
    backend.fault = Fault.parse(mode)
    error = outcome(new_client())
    assert isinstance(error, RunError)
    assert (error.code, bool(error.sentence), bool(error.hint), backend.hits) == (code, True, True, 1)


@pytest.mark.parametrize(("mode", "code"), each(RETRIED))
def test_what_may_pass_is_tried_again(
    backend: Backend, mode: str, code: str, new_client: NewClient, outcome: Outcome, deadline_after: DeadlineAfter
) -> None:
    backend.fault = Fault.parse(mode)
    short = {"waits": (0.5,)} if code == "timeout" else {}
    if short:
        deadline_after(lambda number: backend.hits >= number)
    error = outcome(new_client(**short))
    assert isinstance(error, RunError)
    assert (error.code, bool(error.sentence), error.hint.count(backend.url)) == (code, True, 1)
    assert backend.hits == {"refused": 0}.get(mode, 2 if short else 4)


@pytest.mark.parametrize("mode", PASSED)
def test_what_ends_well_is_a_run(backend: Backend, mode: str, new_client: NewClient, outcome: Outcome) -> None:
    backend.fault = Fault.parse(mode)
    run = outcome(new_client())
    assert isinstance(run, TrainingRun) and run.ended
    assert backend.hits == (3 if mode == "flaky" else 1)


@pytest.mark.parametrize("mode", ["huge", "too-many", "gzip-bomb"])
def test_a_flood_is_refused_without_taking_it_in(
    backend: Backend, mode: str, monkeypatch: pytest.MonkeyPatch, new_client: NewClient, outcome: Outcome
) -> None:
    read: list[int] = []
    whole = HttpSource._check

    def spy(client: HttpSource, reply: Reply, kind: str) -> None:
        read.append(len(reply.body))
        whole(client, reply, kind)

    monkeypatch.setattr(HttpSource, "_check", spy)
    backend.fault = Fault.parse(mode)
    assert isinstance(outcome(new_client()), RunError)
    assert sum(read) < MEBIBYTE


def test_a_huge_answer_does_not_grow_memory(backend: Backend, new_client: NewClient, outcome: Outcome) -> None:
    backend.fault = Fault("huge")
    tracemalloc.start()
    try:
        outcome(new_client())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * MEBIBYTE  # client and server together; the answer has 32


def test_nothing_that_is_left_on_a_connection_ever_shows(
    backend: Backend, new_client: NewClient, followed: Followed
) -> None:
    client = new_client()
    for mode in ("healthy", "leftovers", "healthy", "wrong-length", "healthy", "leftovers", "leftovers", "healthy"):
        backend.fault = Fault(mode)
        try:
            run = followed(client, ASKED)
        except RunError as why:
            assert (mode, why.code) == ("wrong-length", "unusable")
        else:
            assert mode != "wrong-length" and run.ended and run.loss.max() < 2
    client.close()


@pytest.mark.parametrize("mode", ["many-headers", "huge-header", "bad-chunk", "huge", "silent", "broken"])
def test_the_next_request_is_clean_after_a_bad_one(
    backend: Backend, mode: str, new_client: NewClient, followed: Followed, deadline_after: DeadlineAfter
) -> None:
    client = new_client(waits=())
    deadline_after(lambda _: backend.fault.mode == "silent" and backend.hits > 0)
    backend.fault = Fault(mode)
    with pytest.raises(RunError):
        client.run(ASKED, Cancellation(), lambda report: None)
    backend.fault = Fault.HEALTHY
    assert followed(new_client(), ASKED).ended
    assert followed(client, ASKED).ended
    client.close()


def test_a_server_that_comes_back_is_found_again_by_the_same_client(
    backend: Backend, new_client: NewClient, followed: Followed
) -> None:
    client = new_client(waits=())
    assert followed(client, ASKED).ended
    backend.stop()
    with pytest.raises(RunError, match="reached"):
        client.run(ASKED, Cancellation(), lambda report: None)
    backend.start()
    assert followed(client, ASKED).ended
    client.close()
