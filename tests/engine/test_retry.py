"""Trying again: only for what may pass, with the waits that were asked for, and never after a cancel."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from engine.retry import Attempt, Passing, attempt, wait_or_cancel
from engine.worker import Cancellation

WAITS = (0.5, 1.0, 2.0)


@dataclass
class Trial:
    """A call that fails as `failures` say and then answers, with all that happens around it written down."""

    failures: Sequence[Exception]
    calls: int = 0
    waited: list[float] = field(default_factory=list)
    reports: list[Attempt] = field(default_factory=list)
    cancellation: Cancellation = field(default_factory=Cancellation)
    cancelled_in: int | None = None  # the wait, from 0, that a cancel ends

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= len(self.failures):
            raise self.failures[self.calls - 1]
        return "answer"

    def wait(self, seconds: float, cancellation: Cancellation) -> None:
        """Pass at once; cancel where the test says so."""
        assert cancellation is self.cancellation
        if len(self.waited) == self.cancelled_in:
            cancellation.cancel()
        self.waited.append(seconds)

    def run(self, *, jitter: float = 1.0) -> str:
        """Try, with `jitter` as a factor on each wait."""
        return attempt(
            self,
            waits=WAITS,
            jitter=lambda seconds: seconds * jitter,
            wait=self.wait,
            cancellation=self.cancellation,
            report=self.reports.append,
        )


def passing(count: int) -> list[Exception]:
    """So many failures that may pass, each with its number."""
    return [Passing(number) for number in range(1, count + 1)]


def test_a_first_success_waits_for_nothing_and_reports_nothing() -> None:
    trial = Trial([])
    assert trial.run() == "answer"
    assert (trial.calls, trial.waited, trial.reports) == (1, [], [])


@pytest.mark.parametrize("failures", [1, 2, 3])
def test_each_failure_is_followed_by_the_next_wait(failures: int) -> None:
    trial = Trial(passing(failures))
    assert trial.run() == "answer"
    assert trial.calls == failures + 1
    assert trial.waited == list(WAITS[:failures])


def test_reports_say_which_try_begins_when() -> None:
    trial = Trial(passing(3))
    trial.run(jitter=2.0)
    assert trial.reports == [Attempt(2, 4, 1.0), Attempt(3, 4, 2.0), Attempt(4, 4, 4.0)]
    assert trial.waited == [report.wait for report in trial.reports]


def test_after_the_last_wait_the_last_failure_comes_out() -> None:
    trial = Trial(passing(9))
    with pytest.raises(Passing, match="4"):
        trial.run()
    assert trial.calls == 4 and len(trial.reports) == 3


def test_a_failure_that_does_not_pass_comes_out_at_once() -> None:
    trial = Trial([Passing("first"), KeyError("for good")])
    with pytest.raises(KeyError, match="for good"):
        trial.run()
    assert (trial.calls, trial.waited) == (2, [0.5])


def test_a_cancel_before_the_failure_ends_it_without_a_wait() -> None:
    trial = Trial(passing(9))
    trial.cancellation.cancel()
    with pytest.raises(Passing):
        trial.run()
    assert (trial.calls, trial.waited, trial.reports) == (1, [], [])


def test_a_cancel_during_a_wait_is_followed_by_no_further_wait() -> None:
    trial = Trial(passing(9), cancelled_in=1)
    with pytest.raises(Passing):
        trial.run()
    assert trial.waited == [0.5, 1.0]
    assert len(trial.reports) == 2


def test_no_waits_mean_one_try() -> None:
    trial = Trial(passing(1))
    with pytest.raises(Passing):
        attempt(
            trial,
            waits=(),
            jitter=float,
            wait=trial.wait,
            cancellation=trial.cancellation,
            report=trial.reports.append,
        )
    assert (trial.calls, trial.reports) == (1, [])


def test_real_waiting_ends_at_once_on_cancel() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    wait_or_cancel(3600.0, cancellation)
