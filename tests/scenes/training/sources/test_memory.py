"""However long a file is, what is held of it is bounded."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.clock import TICK
from engine.worker import VirtualTime, Worker
from scenes.training.controller import TrainingController
from scenes.training.kept_states import KeptStates
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot
from scenes.training.sources.file import FileSource

MEBIBYTE = 1024 * 1024
PATIENCE = 10.0  # seconds after which a test gives up on a thread that hangs


def played(path: Path, *, hear: Callable[[Snapshot], None] = lambda now: None) -> tuple[TrainingController, int]:
    """Play a file to its end in scripted time, as fast as can be; the peak of what was held, in bytes."""
    gc.collect()
    tracemalloc.start()
    try:
        worker = Worker()
        time = VirtualTime(worker)
        controller = TrainingController(FileSource(path, wait=time.wait), worker, interval=1)
        controller.start()
        while controller.snapshot().status is not Status.COMPLETE:
            time.advance(TICK)
            hear(controller.tick(TICK))
            time.settle()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert worker.close(timeout=PATIENCE)
    return controller, peak


def test_20000_epochs_of_figures_alone_take_a_few_megabytes(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    controller, peak = played(figures_file(tmp_path / "run", 20_000))
    assert controller.snapshot().epoch == 20_000
    assert peak < 5 * MEBIBYTE


def test_5000_states_take_what_they_were_given_and_what_is_read_ahead(
    long_file: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = long_file(tmp_path / "run", 5000), list[KeptStates]()

    def small(_: int) -> KeptStates:
        kept.append(KeptStates(MEBIBYTE))
        return kept[-1]

    monkeypatch.setattr("scenes.training.run.KeptStates", small)
    sizes: list[int] = []
    controller, peak = played(path, hear=lambda now: sizes.append(kept[0].size if kept else 0))
    assert max(sizes) <= MEBIBYTE and controller.snapshot().kept_every > 1
    assert peak < 8 * MEBIBYTE, "a megabyte of the past, and the states of 512 epochs that are still to come"
    run = controller.snapshot().run
    assert run and run.at(1).state and run.at(5000).state


def test_the_count_of_bytes_is_close_to_what_python_takes(long_file: Callable[..., Path], tmp_path: Path) -> None:
    path = long_file(tmp_path / "run", 1500)
    held: dict[str, Any] = {}

    def hear(now: Snapshot) -> None:
        if now.status is Status.COMPLETE:
            held["traced"] = tracemalloc.get_traced_memory()[0]

    controller, _ = played(path, hear=hear)
    run = controller.snapshot().run
    assert run
    counted = sum(state.size for number in range(1, 1501) if (state := run.at(number).state))
    assert 0.8 < held["traced"] / counted < 1.25
