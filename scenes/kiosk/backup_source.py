"""Two backends for an exhibit: another machine's, and ours, which takes over while that one does not answer.

Visitors notice nothing: no attempts are counted before them, and a run comes in any case.
"""

from collections.abc import Callable
from dataclasses import replace
from math import isclose
from typing import Any

from engine.retry import Attempt
from engine.worker import Cancellation, Report
from scenes.training.epoch import Ending, Epoch, Network
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.source import Source

AGAIN = 60.0  # seconds after which the other one is asked again
SAME = 1e-6  # share by which the losses of an epoch may differ: other processors may round the last bit otherwise
STOPPED = "stopped"  # the code of an error that is none: somebody has asked for the end


class BackupSource:
    """Asks `first`, and `second` where that has no answer. `say` takes a line of the log; `now` is in seconds."""

    takes_parameters = True

    def __init__(
        self, first: Source, second: Source, *, say: Callable[[str], object], now: Callable[[], float]
    ) -> None:
        self._first, self._second, self._say, self._now = first, second, say, now
        self._until = float("-inf")  # when the first one is asked again

    def run(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        """See Source. A run that breaks off is gone on with: the same settings and seed give the same epochs."""
        if self._now() < self._until:
            return self._second.run(parameters, cancellation, report)
        begun = _Begun(report)
        try:
            ending = self._first.run(parameters, cancellation, begun)
        except RunError as why:
            if why.code == STOPPED:
                raise
            self._say(f"The other backend does not serve ({why.code}): ours takes over")
            self._until = self._now() + AGAIN
            same = begun.parameters(parameters)
            return self._second.run(same, cancellation, _Further(begun, why) if begun.run else report)
        if self._until > float("-inf"):
            self._say("The other backend serves again")
            self._until = float("-inf")
        return ending

    def preview(self, parameters: Parameters) -> Network | None:
        """See Source: ours knows."""
        return self._second.preview(parameters)

    def refusal(self, parameters: Parameters) -> str:
        """See Source: ours knows."""
        return self._second.refusal(parameters)

    def close(self) -> None:
        """See Source."""
        self._first.close()
        self._second.close()


class _Begun:
    """Hands on what is reported, but for attempts, and keeps what is needed to go on elsewhere."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.run: TrainingRun | None = None
        self.last: Epoch | None = None

    def __call__(self, value: Any) -> None:
        if isinstance(value, TrainingRun):
            self.run = value
        elif isinstance(value, Epoch):
            self.last = value
        if not isinstance(value, Attempt):
            self.report(value)

    def parameters(self, asked: Parameters) -> Parameters:
        """Those that give the run that has begun once more; those `asked` for where none has."""
        seed = self.run.parameters.seed if self.run else None
        return asked if seed is None else replace(asked, seed=seed)


class _Further:
    """Hands on what has not been reported yet of a run that begins once more. Raises `why` where it is another run."""

    def __init__(self, begun: _Begun, why: RunError) -> None:
        self._begun, self._why = begun, why

    def __call__(self, value: Any) -> None:
        last, number = self._begun.last, self._begun.last.number if self._begun.last else 0
        if isinstance(value, TrainingRun | Attempt):
            return
        if isinstance(value, Epoch) and value.number <= number:
            if last and value.number == number and not isclose(value.loss, last.loss, rel_tol=SAME):
                raise self._why  # nothing is told of two runs as if it were one
            return
        self._begun.report(value)
