"""Where runs come from: one contract, whatever is behind it."""

from typing import Protocol

from engine.worker import Cancellation, Report
from scenes.training.epoch import Ending, Network
from scenes.training.parameters import Parameters


class Source(Protocol):
    """Gives one run after the other, each to a worker's thread.

    A source that has no use for the parameters (`takes_parameters`) passes them over.
    """

    takes_parameters: bool

    def run(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        """Report the TrainingRun, empty, then each Epoch in its turn, and return how it ended.

        Each Attempt is reported before it where a failure may pass; none once the run has been reported, which then
        belongs to whom it was reported to: of it only `shown` and `parameters` may be read here. Ends soon after
        `cancellation`. Raises RunError; what has been reported before stays true.
        """
        ...

    def preview(self, parameters: Parameters) -> Network | None:
        """The network that a run with these would have, before anything is trained; None where nobody knows.

        The same object as long as nothing changes that it depends on. Asks no server, and never raises.
        """
        ...

    def refusal(self, parameters: Parameters) -> str:
        """Why there can be no run with these, in words; nothing where there can, or nobody knows before it is asked."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...
