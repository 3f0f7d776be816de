"""Tries again with growing waits. The waiting is given, so that it can be cancelled, or counted in ticks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import tenacity

from .worker import Cancellation

Result = TypeVar("Result")
Wait = Callable[[float, Cancellation], None]


class Passing(Exception):
    """A failure that may pass: worth another try, `after` so many seconds at least."""

    after = 0.0


@dataclass(frozen=True)
class Attempt:
    """Reported before each wait: try number `number` of `of` begins in `wait` seconds."""

    number: int
    of: int
    wait: float


def wait_or_cancel(seconds: float, cancellation: Cancellation) -> None:
    """Real waiting that ends at once on cancel."""
    cancellation.wait(seconds)


def attempt(
    call: Callable[[], Result],
    *,
    waits: Sequence[float],
    jitter: Callable[[float], float],
    wait: Wait,
    cancellation: Cancellation,
    report: Callable[[Attempt], None],
) -> Result:
    """Call once, and again after each of `waits` seconds (times `jitter`), or later, while it raises `Passing`.

    Raises the last failure; any failure that is not `Passing` at once.
    """

    def before_wait(state: tenacity.RetryCallState) -> None:
        seconds = state.next_action.sleep if state.next_action else 0.0
        report(Attempt(number=state.attempt_number + 1, of=len(waits) + 1, wait=seconds))

    def pause(seconds: float) -> None:
        wait(seconds, cancellation)

    def done(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number > len(waits) or cancellation.cancelled

    def due(state: tenacity.RetryCallState) -> float:
        if state.attempt_number > len(waits):
            return 0.0
        failure = state.outcome.exception() if state.outcome else None
        return max(jitter(waits[state.attempt_number - 1]), failure.after if isinstance(failure, Passing) else 0.0)

    retrying = tenacity.Retrying(
        stop=done,
        wait=due,
        retry=tenacity.retry_if_exception_type(Passing),
        before_sleep=before_wait,
        sleep=pause,
        reraise=True,
    )
    return retrying(call)
