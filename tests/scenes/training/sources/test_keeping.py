"""What a source hands on to be kept is what it accepted: as it came, or as it would have been streamed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.worker import Cancellation
from scenes.training.epoch import UnusableRun
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.http import HttpSource
from scenes.training.sources.run_stream import RunStream
from simulation_server.backend import Backend
from simulation_server.faults import Fault

Followed = Callable[..., TrainingRun]
TRAINED = Parameters(source="trained", epochs=4, seed=3)


class Keeper:
    """Remembers what it was handed."""

    run = ""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.stopped: bool | None = None

    def line(self, line: bytes) -> None:
        assert self.stopped is None
        self.lines.append(line)

    def close(self, *, stopped: bool) -> None:
        self.stopped = stopped


@pytest.fixture
def keepers() -> list[Keeper]:
    return []


@pytest.fixture
def client(new_client: Callable[..., HttpSource], keepers: list[Keeper]) -> HttpSource:
    def keep() -> Keeper:
        keepers.append(Keeper())
        return keepers[-1]

    return new_client(keep=keep)


def read_again(lines: list[bytes]) -> tuple[list[Any], RunStream]:
    told: list[Any] = []
    stream = RunStream(told.append)
    for line in lines:
        stream.line(line)
    return told, stream


@pytest.mark.parametrize("asked", [TRAINED, Parameters(epochs=4, seed=3)], ids=["trained", "simulated"])
def test_what_is_kept_is_the_run_that_was_shown(
    client: HttpSource, keepers: list[Keeper], followed: Followed, asked: Parameters
) -> None:
    run = followed(client, asked)
    (keeper,) = keepers
    assert keeper.stopped is False and len(keeper.lines) == 6
    (begun, *epochs), stream = read_again(keeper.lines)
    assert stream.ending == run.ending
    assert [each.loss for each in epochs] == run.loss.tolist()
    assert [each.accuracy for each in epochs] == run.accuracy.tolist()
    told = begun.parameters
    assert (told.learning_rate, told.batch_size, told.epochs, told.seed) == (0.01, 32, 4, 3)
    assert (begun.network is None) == (run.network is None)


def test_a_line_is_kept_before_it_is_shown(client: HttpSource, keepers: list[Keeper], followed: Followed) -> None:
    seen: list[int] = []
    followed(client, TRAINED, lambda told: seen.append(len(keepers[0].lines)))
    assert seen == [1, 2, 3, 4, 5]


def test_what_is_refused_is_not_kept() -> None:
    keeper = Keeper()
    stream = RunStream(lambda told: None, keeper=keeper)
    header, wrong = b'{"type":"header","version":1}', b'{"type":"epoch","epoch":2,"loss":1,"accuracy":1}'
    stream.line(header)
    for line in (wrong, b"no line", b'{"type":"end","status":"complete","reason":"","epochs":0}'):
        with pytest.raises(UnusableRun):
            stream.line(line)
    assert keeper.lines == [header]


def test_a_run_that_is_cut_off_is_kept_up_to_there(client: HttpSource, keepers: list[Keeper], backend: Backend) -> None:
    backend.fault = Fault("cut", 2)
    with pytest.raises(RunError):
        client.run(TRAINED, Cancellation(), lambda told: None)
    assert (len(keepers[-1].lines), keepers[-1].stopped) == (3, False)


def test_a_run_that_is_stopped_says_so(client: HttpSource, keepers: list[Keeper]) -> None:
    cancellation = Cancellation()
    with pytest.raises(RunError):
        client.run(Parameters(source="trained", epochs=200), cancellation, lambda told: cancellation.cancel())
    assert keepers[-1].stopped is True and 1 <= len(keepers[-1].lines) < 202


def test_a_server_that_never_answers_leaves_no_line(
    client: HttpSource, keepers: list[Keeper], backend: Backend
) -> None:
    backend.fault = Fault("error", 500)
    with pytest.raises(RunError):
        client.run(TRAINED, Cancellation(), lambda told: None)
    assert keepers and not any(keeper.lines for keeper in keepers)
