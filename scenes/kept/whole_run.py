"""One run, read from its file as a source reads it, without waiting for anybody to see it."""

from dataclasses import dataclass, field
from pathlib import Path

from scenes.training.epoch import Ending, Epoch, Network, State, UnusableRun
from scenes.training.run import TrainingRun
from scenes.training.sources.line_reader import LineReader, reading
from scenes.training.sources.run_stream import RunStream


@dataclass
class WholeRun:
    """The figures of every epoch, and the state of one: the one that was `wanted`, None for the last.

    `trouble` says why what follows the last epoch could not be read; empty where all of it could.
    """

    wanted: int | None = None
    network: Network | None = None
    epochs: list[Epoch] = field(default_factory=list)  # without states
    state: State | None = None
    state_of: int = 0  # the epoch of the state
    ending: Ending | None = None
    trouble: str = ""

    def take(self, told: TrainingRun | Epoch) -> None:
        """What a stream reports."""
        if isinstance(told, TrainingRun):
            self.network = told.network
            return
        figures = (told.number, told.loss, told.accuracy, told.validation_loss, told.validation_accuracy)
        self.epochs.append(Epoch(*figures))
        if told.state and self.wanted in (None, told.number):
            self.state, self.state_of = told.state, told.number


def whole_run(path: Path, epoch: int | None = None) -> WholeRun:
    """All that can be read of the run in `path`, with the state of `epoch`. Raises OSError, and UnusableRun for no run.

    The last line of a run that was cut off in its middle is left out, as one that was never written.
    """
    run = WholeRun(epoch)
    stream = RunStream(run.take)
    with reading(path) as file:
        lines = LineReader(file)
        try:
            for line in lines:
                if line.strip():
                    stream.line(line.strip())
        except UnusableRun as why:
            run.trouble = f"line {lines.number:,}: {why}"
    if not run.epochs:
        raise UnusableRun(run.trouble or "it holds no epoch")
    run.ending = stream.ending
    return run
