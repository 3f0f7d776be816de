"""Runs that are told in one word, and the pieces that several tests draw from."""

from collections.abc import Callable
from typing import Any

import pytest

from simulation_server.training.datasets import Dataset
from simulation_server.training.parameters import Parameters
from simulation_server.training.trainer import Epoch, Outcome, prepare, train

History = tuple[list[Epoch], Outcome]


@pytest.fixture(scope="session")
def history() -> Callable[..., History]:
    """Train to the end: `history(dataset="circle", epochs=3)` gives all epochs and the outcome."""

    def to_the_end(*, table: Dataset | None = None, **asked: Any) -> History:
        parameters = Parameters(**asked)
        run = train(parameters, prepare(parameters, table=table))
        epochs = []
        while True:
            try:
                epochs.append(next(run))
            except StopIteration as end:
                return epochs, end.value

    return to_the_end
