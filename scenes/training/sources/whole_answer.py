"""The classic answer, one JSON object with all epochs (docs/protocol.md): all of it is used, or none."""

import msgspec

from scenes.training.epoch import Epoch, UnusableRun

from .decoding import in_words
from .protocol import Loss, Percent


class _Row(msgspec.Struct):
    epoch: int
    loss: Loss
    accuracy: Percent


class _Answer(msgspec.Struct):
    success: bool
    data: list[_Row]


def read_answer(body: bytes, epochs: int) -> list[Epoch]:
    """All `epochs` that were asked for. Raises UnusableRun if anything in the answer is not as promised."""
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
        raise UnusableRun(f"the answer: {in_words(why, body)}") from None
    if not answer.success:
        raise UnusableRun("`success` is false")
    for due, row in enumerate(answer.data, start=1):
        if row.epoch != due or due > epochs:
            raise UnusableRun(f"epoch {row.epoch} came where epoch {min(due, epochs)} of {epochs} was due")
    if len(answer.data) != epochs:
        raise UnusableRun(f"{len(answer.data)} epochs were sent, {epochs} were asked for")
    return [Epoch(row.epoch, abs(row.loss), abs(row.accuracy)) for row in answer.data]
