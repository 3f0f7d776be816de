"""Reads the lines of one streamed run, and reports what they say."""

from dataclasses import replace

from engine.worker import Report
from scenes.training.epoch import Ending, Network, UnusableRun
from scenes.training.parameters import TRAINED
from scenes.training.run import LONGEST, TrainingRun

from .keeping import Keeper
from .protocol import End, Header, read_header, read_line


class RunStream:
    """Takes line after line: reports an empty run first, then each epoch, and keeps the ending.

    The run belongs to whom it is reported to; here the epochs are only counted. What the header says of the run is what
    it is, whatever was asked for; it may not end before its own last epoch. `trained`: it must be one that was trained,
    as a server was asked for; else it is that of a file, `name`. A `keeper` is handed each line that was accepted,
    before anybody is shown it.
    """

    def __init__(self, report: Report, *, trained: bool = False, name: str = "", keeper: Keeper | None = None) -> None:
        self.run: TrainingRun | None = None
        self.count = 0  # epochs so far
        self.ending: Ending | None = None
        self._trained = trained
        self._report = report
        self._name = name
        self._keeper = keeper
        self._network: Network | None = None
        self._validated = False  # whether there are figures of unseen rows

    def line(self, line: bytes) -> bool:
        """Whether it was the end. Raises UnusableRun if the line is not what is due."""
        if self.run is None:
            self._begin(read_header(line), line)
            return False
        if self.ending is not None:
            raise UnusableRun("a line follows the end")
        told = read_line(line, self._network)
        if isinstance(told, End):
            self._end(told)
            self._keep(line)
            return True
        most = self.run.parameters.epochs
        if told.number != self.count + 1 or (most is not None and told.number > most):
            raise UnusableRun(f"epoch {told.number} came where {self._due(most)} was due")
        if told.number > LONGEST:
            raise UnusableRun(f"it has more than {LONGEST:,} epochs")
        validated = told.validation_loss is not None
        if self.count and validated != self._validated:
            raise UnusableRun(f"epoch {told.number}: validation figures are in every epoch or in none")
        self._validated = validated
        self.count += 1
        self._keep(line)
        self._report(told)
        return False

    def _keep(self, line: bytes) -> None:
        if self._keeper:
            self._keeper.line(line)

    def _due(self, most: int | None) -> str:
        return "the end" if self.count == most else f"epoch {self.count + 1}"

    def _begin(self, header: Header, line: bytes) -> None:
        own = replace(header.parameters, name=self._name)
        if self._trained:
            if header.network is None:
                raise UnusableRun("the first line has no `shape`")
            if header.source != TRAINED:
                told = f"is '{header.source}'" if header.source else "is not told"
                raise UnusableRun(f"the `source` of the first line {told}, '{TRAINED}' was asked for")
            own = replace(own, source=TRAINED)
        self._network = header.network
        self.run = TrainingRun(own, header.network)
        self._keep(line)
        self.run.kept_as = self._keeper.run if self._keeper else ""
        self._report(self.run)

    def _end(self, told: End) -> None:
        most = self.run.parameters.epochs if self.run else None
        if told.epochs != self.count:
            raise UnusableRun(f"the end counts {told.epochs} epochs, {self.count} were sent")
        if told.ending.status == "complete" and most not in (None, self.count):
            raise UnusableRun(f"it is called complete after {self.count} of {most} epochs")
        if not self.count:
            raise UnusableRun("the run ended before its first epoch")
        self.ending = told.ending
