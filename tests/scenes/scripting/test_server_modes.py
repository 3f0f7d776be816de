"""Every way in which a script can make the backend misbehave, and every way to say it wrongly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.scripting.words import VerbError
from simulation_server.backend import Backend
from simulation_server.faults import MODES


@pytest.fixture(scope="module")
def server() -> Iterator[Backend]:
    """A backend that keeps running."""
    with Backend(seed=7) as backend:
        yield backend


@pytest.fixture
def pilot(server: Backend, rehearsed: Any, tmp_path: Path) -> Iterator[Any]:
    """The pilot of a visualizer without a window."""
    with rehearsed(tmp_path, server=server, size=(640, 400)) as (_, pilot):
        yield pilot


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_of_the_backend_can_be_named(pilot: Any, server: Backend, mode: str) -> None:
    pilot.server(mode)
    assert server.fault.mode in (mode, "healthy")


def test_an_unknown_mode_is_answered_with_those_there_are(pilot: Any) -> None:
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
def test_a_wrong_number_of_a_mode_is_named(pilot: Any, mode: str, why: str) -> None:
    with pytest.raises(VerbError) as caught:
        pilot.server(mode)
    assert why in str(caught.value)
