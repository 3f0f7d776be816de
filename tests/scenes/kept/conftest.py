"""Real runs as their lines, a folder they are kept in on a clock that counts, and what was said meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scenes.kept.store import KeptRun, Store
from simulation_server.training.parameters import Parameters
from simulation_server.training.run_lines import run_lines
from simulation_server.training.trainer import prepare

BEGAN = datetime(2026, 1, 27, 18, 44, 34)


def lines_of_a_run(**asked: Any) -> list[bytes]:
    """What the backend streams: a header, epochs of 1 ms each, an end; small, unless asked otherwise."""
    parameters = Parameters(**{"epochs": 3, "points": 40, **asked})
    ticks = count()
    sent = run_lines(parameters, prepare(parameters), clock=lambda: next(ticks) / 1000)
    return [line.rstrip(b"\n") for line in sent]


@pytest.fixture(scope="session")
def lines_of() -> Callable[..., list[bytes]]:
    return lines_of_a_run


@pytest.fixture(scope="session")
def lines() -> list[bytes]:
    """One small run of three epochs: five lines."""
    return lines_of_a_run(points=10, layers=(3, 2), features=("x", "y"))


def chances() -> Iterator[float]:
    """Ever another one, so that no two ids are the same."""
    for number in count():
        for place in range(4):
            yield number // 27 ** (3 - place) % 27 / 27 + 0.001


@dataclass
class Kept:
    """A folder, the store that fills it, and what it has said. Each run begins a second after the one before."""

    folder: Path
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._seconds, self._chances = count(), chances()

    def store(self, **options: Any) -> Store:
        return Store(
            self.folder,
            now=lambda: BEGAN + timedelta(seconds=next(self._seconds)),
            chance=lambda: next(self._chances),
            say=self.said.append,
            **options,
        )

    def keep(self, lines: list[bytes], *, store: Store | None = None, stopped: bool = False) -> KeptRun:
        """Keep a run of those lines."""
        keeper = (store or self.store()).keeper()
        for line in lines:
            keeper.line(line)
        keeper.close(stopped=stopped)
        return keeper

    @property
    def names(self) -> list[str]:
        """The files that are there, but the index."""
        return sorted(path.name for path in self.folder.iterdir() if path.suffix != ".sqlite")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "runs")


@pytest.fixture(scope="session")
def figures() -> Callable[..., list[bytes]]:
    """Lines of figures alone: `count` epochs, more for the header."""

    def made(count: int, **header: Any) -> list[bytes]:
        told = [{"type": "header", "version": 1, **header}]
        told += [{"type": "epoch", "epoch": n, "loss": 1 / n, "accuracy": 50 + n} for n in range(1, count + 1)]
        told += [{"type": "end", "status": "complete", "reason": "so it was", "epochs": count}]
        return [msgspec.json.encode(line) for line in told]

    return made
