"""Answers with a real training run: lines as the epochs are computed, or the web app's JSON when all are.

Loads the trainer, so it is imported only when training is asked for.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from .json_body import Invalid, Members, members
from .line_response import Answer, LineResponse, wants_lines
from .messages import Request, Response
from .server_context import ServerContext
from .training.csv_data import Column, CsvFile, UnknownColumn, read_csv
from .training.protocol import LeftOut, header_line
from .training.run_lines import Run, run_lines, until_cancelled
from .training.split import Split
from .training.trainer import Epoch, Outcome, network_shape, prepare, train
from .training_request import TrainingRequest, parse_training

LOSS_DECIMALS, ACCURACY_DECIMALS = 4, 2  # as in the web app's answers; the lines carry more


@dataclass(frozen=True, eq=False)
class _Prepared:
    """The rows to train with, and of a person's own file: what could not be used, its columns, what to ask about it."""

    data: Split
    left_out: LeftOut
    columns: tuple[Column, ...] = ()
    questions: tuple[str, ...] = ()


def training(request: Request, given: Members, context: ServerContext) -> Answer:
    """Train what is asked for, for as long as somebody waits for it; raises Invalid."""
    wanted = parse_training(given)
    with ExitStack() as held:
        if not context.trainings.take(held):
            most = context.trainings.most
            return Response.error(503, f"The server already trains {most} networks; try again when one has ended")
        ready = _prepared(wanted)
        context.delay()
        if not wants_lines(request):
            return _classic(wanted, ready, context)
        place = held.pop_all()
        run = _holding(place, until_cancelled(train(wanted.parameters, ready.data), context.gone))
        lines = run_lines(
            wanted.parameters,
            ready.data,
            clock=context.clock,
            run=run,
            left_out=ready.left_out,
            columns=ready.columns,
            questions=ready.questions,
        )
        return LineResponse(lines, chunked=request.minor_version > 0, close=place.close)


def header(body: bytes) -> bytes:
    """Return the first line of the run that the `body` of a request asks for; trains nothing.

    ValueError, in the words of the server's refusal, if it asks for none that there can be.
    """
    try:
        wanted = parse_training(members(body))
        ready = _prepared(wanted)
    except Invalid as why:
        raise ValueError(why.message) from why
    return header_line(
        wanted.parameters, ready.data, left_out=ready.left_out, columns=ready.columns, questions=ready.questions
    )


def _holding(place: ExitStack, run: Run) -> Run:
    """Give the place back as soon as the training has ended, before its end is told."""
    with place:
        return (yield from run)


def _prepared(wanted: TrainingRequest) -> _Prepared:
    """Read the person's own file, if there is one, and divide the rows."""
    file: CsvFile | None = None
    try:
        if wanted.csv is not None:
            file = read_csv(wanted.csv, class_column=wanted.class_column)
        data = prepare(wanted.parameters, table=file.dataset if file else None)
    except UnknownColumn as error:
        raise Invalid(str(error), field="classColumn") from error
    except ValueError as error:  # the parameters are checked, so only the rows of a file can be at fault
        raise Invalid(str(error), field="csv") from error
    try:
        network_shape(wanted.parameters, data)
    except ValueError as error:  # a change silences a neuron that there is not
        raise Invalid(str(error), field="changes") from error
    if file is None:
        return _Prepared(data, LeftOut())
    return _Prepared(data, LeftOut.of(file.problems), file.columns, file.questions)


def _classic(wanted: TrainingRequest, ready: _Prepared, context: ServerContext) -> Response:
    rows, run = [], until_cancelled(train(wanted.parameters, ready.data), context.gone)
    while True:
        try:
            rows.append(_row(next(run)))
        except StopIteration as end:
            outcome: Outcome = end.value
            break
    answer = {"success": True, "data": rows, "status": outcome.status, "reason": outcome.reason}
    told = {"leftOut": ready.left_out, "columns": ready.columns, "questions": ready.questions}
    return Response.json(200, answer | (told if wanted.csv is not None else {}))


def _row(epoch: Epoch) -> dict[str, float]:
    return {
        "epoch": epoch.number,
        "loss": _short(epoch.loss, LOSS_DECIMALS),
        "accuracy": _short(epoch.accuracy, ACCURACY_DECIMALS),
        "validationLoss": _short(epoch.validation_loss, LOSS_DECIMALS),
        "validationAccuracy": _short(epoch.validation_accuracy, ACCURACY_DECIMALS),
    }


def _short(value: float, decimals: int) -> float:
    """Round, and make whole numbers ints, so that they are printed as JavaScript prints them: 97, not 97.0."""
    rounded = round(value, decimals)
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
