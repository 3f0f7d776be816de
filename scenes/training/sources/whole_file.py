"""A recorded run, read from its file at once, to be laid beside others: with all that is kept of its states."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scenes.training.epoch import CUT, Ending, Epoch, UnusableRun
from scenes.training.failure import RunError
from scenes.training.moment_line import as_chosen
from scenes.training.parameters import TRAINED, Parameters, RunParameters
from scenes.training.run import TrainingRun

from .line_reader import LineReader, reading
from .plain import plain
from .run_stream import RunStream


@dataclass(frozen=True)
class RecordedRun:
    """The run, and what would give it again; None where nobody here can."""

    run: TrainingRun
    asked: Parameters | None


def whole_file(path: Path) -> RecordedRun:
    """The run in that file, as far as it goes. Raises RunError, in words, for what is no run."""
    said: list[Any] = []
    name = plain(path.name)
    stream = RunStream(said.append, name=name)
    try:
        with reading(path) as file:
            for line in LineReader(file):
                if line.strip():
                    stream.line(line.strip())
    except OSError as why:
        raise RunError(f"{name} cannot be read.", hint=f"{why.strerror or why}.", code="file") from None
    except UnusableRun as why:
        if stream.run is None or not stream.count:
            told = plain(str(why))
            hint = f"{told[:1].upper()}{told[1:]}. docs/protocol.md says what its lines hold."
            raise RunError(f"{name} is not a recorded run.", hint=hint, code="file") from None
    if stream.run is None or not stream.count:
        raise RunError(f"{name} is not a recorded run.", hint="It holds no epoch.", code="file")
    run = stream.run
    for told in said:
        if isinstance(told, Epoch):
            run.append(told)
    if not run.ended:
        run.end(stream.ending or Ending(CUT, ""))
    elif stream.ending:
        run.end(stream.ending)
    parameters = run.parameters
    if not isinstance(parameters, RunParameters) or run.network is None:
        return RecordedRun(run, None)
    return RecordedRun(run, as_chosen(replace(parameters, source=TRAINED)))
