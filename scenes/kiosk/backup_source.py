"""Two backends for an exhibit: another machine's, and ours, which takes over while that one does not answer.

Visitors notice nothing: no attempts are counted before them, and a run comes in any case.
"""

from collections.abc import Callable
from typing import Any

from engine.retry import Attempt
from engine.worker import Cancellation, Report
from scenes.training.epoch import Ending, Network
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.source import Source

AGAIN = 60.0  # seconds after which the other one is asked again
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
        """See Source."""
        if self._now() >= self._until:
            begun = False

            def quietly(value: Any) -> None:
                nonlocal begun
                begun = begun or isinstance(value, TrainingRun)
                if not isinstance(value, Attempt):
                    report(value)

            try:
                ending = self._first.run(parameters, cancellation, quietly)
            except RunError as why:
                if begun or why.code == STOPPED:
                    raise
                self._say(f"The other backend does not serve ({why.code}): ours takes over")
                self._until = self._now() + AGAIN
            else:
                if self._until > float("-inf"):
                    self._say("The other backend serves again")
                    self._until = float("-inf")
                return ending
        return self._second.run(parameters, cancellation, report)

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
