"""Reads the lines of one streamed run, and reports what they say."""

from engine.worker import Report
from scenes.training.parameters import Parameters
from scenes.training.run import Ending, TrainingRun, UnusableRun

from .protocol import read_header, read_line


class RunStream:
    """Takes line after line: reports an empty run first, then each epoch, and keeps the ending.

    The run belongs to whom it is reported to; here the epochs are only counted.
    """

    def __init__(self, parameters: Parameters, report: Report) -> None:
        self.begun = False
        self.ending: Ending | None = None
        self._parameters = parameters
        self._report = report
        self._count = 0

    def line(self, line: bytes) -> None:
        """Raises UnusableRun if the line is not what is due."""
        if not self.begun:
            self._network = read_header(line)
            self.begun = True
            self._report(TrainingRun(self._parameters, self._network))
            return
        if self.ending is not None:
            raise UnusableRun("a line follows the end")
        told = read_line(line, self._network)
        if isinstance(told, Ending):
            self.ending = told
            return
        self._count += 1
        if told.number != self._count or self._count > self._parameters.epochs:
            raise UnusableRun(f"epoch {told.number} came where epoch {self._count} was due")
        self._report(told)
