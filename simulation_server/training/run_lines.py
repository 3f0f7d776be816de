"""Trains and encodes in step: each line is computed only when it is asked for. Sends nothing, asks for no time."""

from collections.abc import Callable, Generator, Iterator, Sequence

from .parameters import Parameters
from .protocol import LeftOut, end_line, epoch_line, header_line
from .split import Split
from .table_columns import Column
from .trainer import CANCELLED, Epoch, Outcome, train

Run = Generator[Epoch, None, Outcome]

WHY_CANCELLED = "the client left or the server was stopped"


def run_lines(
    parameters: Parameters,
    data: Split,
    *,
    clock: Callable[[], float],
    run: Run | None = None,
    left_out: LeftOut | None = None,
    columns: Sequence[Column] = (),
    questions: Sequence[str] = (),
) -> Iterator[bytes]:
    """Yield the lines of one run; `clock` gives seconds, for the milliseconds of each epoch.

    `run` is the training itself, where the caller keeps a hand on it; `left_out` are the rows of a file that could not
    be used; `columns` and `questions` say what became of its columns, and what to ask about it. Close the iterator, and
    nothing more is computed. ValueError if a parameter is out of bounds.
    """
    epochs = train(parameters, data) if run is None else run
    yield header_line(parameters, data, left_out=left_out, columns=columns, questions=questions)
    while True:
        started = clock()
        try:
            epoch = next(epochs)
        except StopIteration as end:
            yield end_line(end.value)
            return
        yield epoch_line(epoch, milliseconds=(clock() - started) * 1000.0)


def until_cancelled(run: Run, cancelled: Callable[[], bool]) -> Run:
    """Yield the epochs of `run` and return its outcome; ask `cancelled` before each epoch whether to go on."""
    done = 0
    while not cancelled():
        try:
            epoch = next(run)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        yield epoch
        done += 1
    run.close()
    return Outcome(CANCELLED, WHY_CANCELLED, done)
