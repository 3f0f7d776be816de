"""Every way in which a script can make the backend misbehave, and every way to say it wrongly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.window import Window
from engine.words import VerbError
from scenes.pilot import VisualizerPilot, rehearsal
from simulation_server.backend import Backend
from simulation_server.faults import MODES, Fault


class Server:
    """The backend as scripts see it."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.url = backend.url

    def misbehave(self, mode: str) -> None:
        self.backend.fault = Fault.parse(mode)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A backend that keeps running."""
    with Backend(seed=7) as backend:
        yield Server(backend)


@pytest.fixture
def pilot(server: Server, window: Window, tmp_path: Path) -> Iterator[VisualizerPilot]:
    """The pilot of a visualizer without a window."""
    stage, pilot = rehearsal(
        url=server.url, server=server, out=tmp_path, size=(640, 400), theme="dark", scale=1.0, window=window
    )
    yield pilot
    stage.close()


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_of_the_backend_can_be_named(pilot: VisualizerPilot, server: Server, mode: str) -> None:
    pilot.server(mode)
    assert server.backend.fault.mode in (mode, "healthy")


def test_an_unknown_mode_is_answered_with_those_there_are(pilot: VisualizerPilot) -> None:
    with pytest.raises(VerbError) as caught:
        pilot.server("xyzzy")
    assert all(mode in str(caught.value) for mode in MODES)
    with pytest.raises(VerbError, match="unknown fault 'brken', did you mean 'broken'"):
        pilot.server("brken")


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        ("slow:much", "'much' is not a number, write for example slow:2"),
        ("late:-1", "-1 is out of range"),
        ("hang:5", "the fault 'hang' takes no number"),
        ("error:200", "the status must be between 400 and 599, not 200"),
        ("flaky:1.5", "1.5 is out of range"),
        ("slow:601", "'slow:601' is not within 0 to 600 seconds"),
    ],
)
def test_a_wrong_number_of_a_mode_is_named(pilot: VisualizerPilot, mode: str, why: str) -> None:
    with pytest.raises(VerbError) as caught:
        pilot.server(mode)
    assert why in str(caught.value)
