"""What a source hands on to whoever keeps runs: the lines that it accepted, as docs/protocol.md has them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import msgspec

from scenes.training.epoch import Epoch
from scenes.training.parameters import SIMULATED, Parameters

VERSION = 1  # of the protocol


class Keeper(Protocol):
    """Is handed one run, on the thread of its source. Never raises: no run is harmed by being kept.

    `run` is the id that it is kept under, once it has a line; empty as long as it is not kept.
    """

    run: str

    def line(self, line: bytes) -> None:
        """The next line that was accepted: the header first. With or without its line feed."""
        ...

    def close(self, *, stopped: bool) -> None:
        """No line follows; `stopped` where somebody wanted no more of it. May come before any line."""
        ...


Keep = Callable[[], Keeper]  # one for each run


def lines_of(parameters: Parameters, epochs: Sequence[Epoch], reason: str) -> Iterator[bytes]:
    """The lines of a simulated run that came in one piece, as it would have been streamed; `reason` is of its end."""
    asked: dict[str, Any] = {
        "learningRate": parameters.learning_rate,
        "batchSize": parameters.batch_size,
        "epochs": parameters.epochs,
    }
    asked |= {} if parameters.seed is None else {"seed": parameters.seed}
    yield _line(type="header", version=VERSION, source=SIMULATED, parameters=asked)
    for epoch in epochs:
        yield _line(type="epoch", epoch=epoch.number, loss=epoch.loss, accuracy=epoch.accuracy)
    yield end_line("complete", reason, len(epochs))


def end_line(status: str, reason: str, epochs: int) -> bytes:
    """The last line of a run of so many `epochs`; `status` is one of docs/protocol.md."""
    return _line(type="end", status=status, reason=reason, epochs=epochs)


def _line(**told: Any) -> bytes:
    return msgspec.json.encode(told)
