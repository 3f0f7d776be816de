"""The embedded backend starts beside the window; what keeps it from starting is said where it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engine.resources import ROOT
from scenes.__main__ import NO_BACKEND, main
from scenes.embedded import Embedded
from simulation_server.backend import Backend, CannotListen

SENTENCE = "The port 1 cannot be had: choose another one"


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no port can be had."""

    def start(_: Backend) -> Backend:
        raise CannotListen(SENTENCE)

    monkeypatch.setattr(Backend, "start", start)


def test_whoever_asks_is_told_in_a_sentence_and_it_can_be_ended(refused: None) -> None:
    with Embedded(7) as backend:
        with pytest.raises(CannotListen, match=SENTENCE):
            _ = backend.url
        with pytest.raises(CannotListen, match=SENTENCE):
            backend.misbehave("healthy")


def test_the_program_ends_with_one_line_and_its_own_exit_code(
    refused: None, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    assert main(["play", "demo.script", "--out", str(tmp_path)]) == NO_BACKEND
    assert capsys.readouterr().err.strip().splitlines()[-1] == f"viz: {SENTENCE}"


def test_no_first_frame_waits_for_what_only_a_run_needs() -> None:
    """What fetches runs, and numpy's masked arrays, are loaded behind it or never."""
    script = "import sys, scenes.stage; print(*{'requests', 'urllib3', 'numpy.ma'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""
