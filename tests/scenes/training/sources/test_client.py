"""What the client asks, waits, reports and quotes, with a real server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.request import Request, urlopen

import pytest
import requests

from engine.retry import Attempt, wait_or_cancel
from engine.worker import Cancellation, Worker
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.exchange import Reply
from scenes.training.sources.http import DEADLINE, WAITS, HttpSource
from scenes.training.sources.plain import plain
from simulation_server.backend import Backend
from simulation_server.faults import Fault

NewClient = Callable[..., HttpSource]
Outcome = Callable[[HttpSource], TrainingRun | RunError]
Followed = Callable[..., TrainingRun]
ASKED = Parameters(learning_rate=0.1, batch_size=64, epochs=6)
PATIENCE = 300.0  # seconds after which a test gives up on a thread that hangs


def test_a_run_is_what_the_server_says(backend: Backend, new_client: NewClient, followed: Followed) -> None:
    body = json.dumps({"epochs": 6, "learningRate": 0.1, "batchSize": 64, "seed": 3}).encode()
    request = Request(f"{backend.url}/api/train", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=PATIENCE) as response:
        rows = json.load(response)["data"]
    asked = replace(ASKED, seed=3)
    run = followed(new_client(), asked)
    assert [[n, loss, share] for n, loss, share in zip(range(1, 7), run.loss, run.accuracy, strict=True)] == [
        [row["epoch"], row["loss"], row["accuracy"]] for row in rows
    ]
    assert (run.parameters, run.ended) == (asked, True)


def test_three_waits_are_told_and_waited_before_it_gives_up(backend: Backend, new_client: NewClient) -> None:
    backend.fault = Fault("broken")
    waited: list[float] = []
    told: list[Attempt] = []
    client = new_client(wait=lambda seconds, cancellation: waited.append(seconds))
    with pytest.raises(RunError):
        client.run(ASKED, Cancellation(), told.append)
    assert waited == [0.5, 1.0, 2.0]
    assert told == [Attempt(2, 4, 0.5), Attempt(3, 4, 1.0), Attempt(4, 4, 2.0)]


def test_the_jitter_is_told_and_waited(backend: Backend, new_client: NewClient, followed: Followed) -> None:
    backend.fault = Fault("flaky", 2)
    waited: list[float] = []
    told: list[Any] = []
    client = new_client(jitter=lambda wait: wait * 3, wait=lambda wait, _: waited.append(wait))
    assert followed(client, ASKED, told.append).ended
    assert waited == [value.wait for value in told if isinstance(value, Attempt)] == [1.5, 3.0]


def test_by_default_a_try_has_15_seconds_and_waits_grow_with_little_jitter(backend: Backend) -> None:
    backend.fault = Fault("broken")
    waited: list[float] = []
    with pytest.raises(RunError):
        HttpSource(backend.url, wait=lambda seconds, cancellation: waited.append(seconds)).run(
            ASKED, Cancellation(), lambda report: None
        )
    assert (DEADLINE, WAITS) == (15.0, (0.5, 1.0, 2.0))
    assert all(0.9 <= real / planned <= 1.1 for real, planned in zip(waited, WAITS, strict=True))


def test_a_refusal_is_quoted(backend: Backend, new_client: NewClient, outcome: Outcome) -> None:
    backend.fault = Fault("error", 418)
    error = outcome(new_client())
    assert str(error) == "The training server refused: Fault on demand: 418"


def test_hostile_words_are_made_plain(backend: Backend, new_client: NewClient, outcome: Outcome) -> None:
    backend.fault = Fault("hostile-text")
    error = outcome(new_client())
    assert isinstance(error, RunError)
    assert error.sentence.isprintable() and "texet" not in error.sentence and len(error.sentence) < 200


def test_of_long_words_only_the_beginning_is_read() -> None:
    assert plain("   " + "ж" * 10_000_000) == "ж" * 160
    assert plain("a\nb. ", 4) == "a b"


@pytest.mark.parametrize(
    "body",
    [b'{"error":""}', b'{"error":"\\n\\u202e"}', b'{"error":"ValueError: x"}', b"{}", b"null", b"\xff", b"[" * 100_000],
)
def test_a_refusal_without_words_says_so(body: bytes, outcome: Outcome) -> None:
    client = HttpSource("http://nowhere.invalid", transport=Canned(Reply(400, "application/json", body)))
    assert str(outcome(client)) == "The training server refused: it gave no reason"


class Canned:
    """A transport that always brings the same reply."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def post(
        self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation, lines: object = None
    ) -> Reply:
        return self.reply

    def close(self) -> None:
        pass


def in_a_thread(job: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """The thread that runs `job`, and the list that its result or RunError goes to."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(job())
        except RunError as why:
            results.append(why)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, results


def test_stop_in_the_wait_for_the_next_try_ends_it_without_another_request(
    backend: Backend, new_client: NewClient
) -> None:
    backend.fault = Fault("broken")
    cancellation, waiting = Cancellation(), threading.Event()
    client = new_client(waits=(3600.0,), wait=wait_or_cancel)
    thread, results = in_a_thread(lambda: client.run(ASKED, cancellation, lambda report: waiting.set()))
    assert waiting.wait(PATIENCE)
    backend.fault = Fault("silent")
    cancellation.cancel()
    thread.join(PATIENCE)
    assert [error.code for error in results] == ["stopped"]
    assert backend.hits == 1


def test_giving_up_a_job_that_a_silent_server_holds_frees_the_worker(backend: Backend, new_client: NewClient) -> None:
    backend.fault = Fault("silent")
    client, worker = new_client(deadline=3600.0), Worker()
    worker.submit(lambda cancellation, report: client.run(ASKED, cancellation, report))
    while backend.hits == 0:  # the request arrives, or pytest's time limit says that it did not
        threading.Event().wait(0.005)
    worker.cancel()
    with worker.changed:
        assert worker.changed.wait_for(lambda: worker.idle, PATIENCE)
    assert list(worker.drain()) == []
    assert worker.close(timeout=PATIENCE)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_proxies_of_the_environment_are_ignored(
    backend: Backend, monkeypatch: pytest.MonkeyPatch, name: str, new_client: NewClient, outcome: Outcome
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{backend.url}/api/health", timeout=PATIENCE)  # the variable does break a client that listens
    assert isinstance(outcome(new_client()), TrainingRun)


@pytest.mark.parametrize("url", ["nonsense", "http://:80", "http://[::1", "ftp://127.0.0.1", "http://127.0.0.1:99999"])
def test_an_address_that_is_none_is_an_error_with_a_sentence(url: str, outcome: Outcome) -> None:
    error = outcome(HttpSource(url, waits=()))
    assert isinstance(error, RunError) and error.sentence and url in error.hint
