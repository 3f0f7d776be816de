"""One thread for slow jobs: only the newest speaks, a cancel ends every wait, and scripted time counts ticks."""

import threading
from collections.abc import Iterator

import pytest

from engine.worker import Cancellation, Message, Report, VirtualTime, Worker

LONG = 3600.0  # seconds: a test that really waits for this runs into pytest's own limit
PATIENCE = 300.0  # seconds


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker that ends with the test."""
    made = Worker()
    yield made
    assert made.close(timeout=PATIENCE)


def finished(worker: Worker) -> list[Message]:
    """What the newest job has said once all jobs have ended."""
    with worker.changed:
        assert worker.changed.wait_for(lambda: worker.idle, PATIENCE)
    return list(worker.drain())


def test_a_job_reports_and_then_answers_under_its_ticket(worker: Worker) -> None:
    def job(_: Cancellation, report: Report) -> str:
        report("half way")
        return "done"

    ticket = worker.submit(job)
    assert finished(worker) == [Message(ticket, "report", "half way"), Message(ticket, "result", "done")]
    assert list(worker.drain()) == []


def test_a_failure_is_a_message_and_the_next_job_runs(worker: Worker) -> None:
    def fails(_: Cancellation, __: Report) -> None:
        raise LookupError("no such thing")

    worker.submit(fails)
    (message,) = finished(worker)
    assert message.kind == "error"
    assert isinstance(message.value, LookupError)
    worker.submit(lambda _, __: 7)
    assert [each.value for each in finished(worker)] == [7]


def test_only_the_newest_job_comes_out(worker: Worker) -> None:
    begun = threading.Event()

    def old(cancellation: Cancellation, report: Report) -> str:
        report("old")
        begun.set()
        cancellation.wait(LONG)
        report("too late")
        return "old"

    worker.submit(old)
    assert begun.wait(PATIENCE)
    newest = worker.submit(lambda _, __: "new")
    assert finished(worker) == [Message(newest, "result", "new")]


def test_a_job_that_was_replaced_before_it_began_never_runs(worker: Worker) -> None:
    begun, ran = threading.Event(), []

    def first(cancellation: Cancellation, _: Report) -> None:
        begun.set()
        cancellation.wait(LONG)
        ran.append("first")

    with worker.changed:  # the first job cannot be accounted for before this block ends, so the second still waits
        worker.submit(first)
        assert begun.wait(PATIENCE)
        worker.submit(lambda _, __: ran.append("second"))
        worker.submit(lambda _, __: ran.append("third"))
    finished(worker)
    assert ran == ["first", "third"]


def test_a_cancelled_job_says_nothing_more(worker: Worker) -> None:
    worker.submit(lambda cancellation, report: (cancellation.wait(LONG), report("late")))
    worker.cancel()
    assert finished(worker) == []


def test_a_message_that_waits_is_forgotten_on_cancel(worker: Worker) -> None:
    worker.submit(lambda _, __: "unread")
    with worker.changed:
        assert worker.changed.wait_for(lambda: worker.idle, PATIENCE)
    worker.cancel()
    assert list(worker.drain()) == []


def test_closing_ends_a_wait_and_the_thread() -> None:
    worker = Worker()
    worker.submit(lambda cancellation, _: cancellation.wait(LONG))
    assert worker.close(timeout=PATIENCE)


def test_closing_does_not_wait_for_ever_for_a_job_that_will_not_end() -> None:
    worker, gate = Worker(), threading.Event()
    worker.submit(lambda _, __: gate.wait(PATIENCE))
    with worker.changed:  # the thread cannot end before this block does
        gate.set()
        assert not worker.close(timeout=0.01)
    assert worker.close(timeout=PATIENCE)


def test_cancelling_calls_what_is_registered_and_only_within_its_block() -> None:
    cancellation, called = Cancellation(), []
    with cancellation.calls(lambda: called.append("outer")):
        with cancellation.calls(lambda: called.append("inner")):
            pass
        cancellation.cancel()
    assert called == ["outer"]
    assert cancellation.cancelled


def test_what_is_registered_after_the_cancel_is_called_at_once() -> None:
    cancellation, called = Cancellation(), []
    cancellation.cancel()
    with cancellation.calls(lambda: called.append("late")):
        assert called == ["late"]


def test_a_wait_after_the_cancel_returns_at_once() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    cancellation.wait(LONG)


def paced(worker: Worker) -> tuple[VirtualTime, list[str]]:
    """A job that says when its waits of one and of two seconds are over."""
    time, log = VirtualTime(worker), []

    def job(cancellation: Cancellation, _: Report) -> None:
        for seconds in (1.0, 2.0):
            time.wait(seconds, cancellation)
            log.append(f"{time.now:.1f}" if not cancellation.cancelled else "cancelled")

    worker.submit(job)
    time.settle()
    return time, log


@pytest.mark.parametrize("attempt", range(3))
def test_waits_are_counted_in_ticks_the_same_each_time(worker: Worker, attempt: int) -> None:
    time, log = paced(worker)
    seen = []
    for _ in range(32):
        time.advance(0.1)
        seen.append(len(log))
    assert log == ["1.0", "3.0"]
    assert seen == [0] * 9 + [1] * 20 + [2] * 3
    assert worker.idle


def test_time_stands_still_unless_it_is_advanced(worker: Worker) -> None:
    time, log = paced(worker)
    time.settle()
    assert log == [] and not worker.idle


def test_a_cancel_wakes_a_virtual_wait(worker: Worker) -> None:
    time, log = paced(worker)
    worker.cancel()
    time.settle()
    assert log == ["cancelled", "cancelled"]
    assert worker.idle and time.now == 0.0


def test_a_new_job_waits_its_own_time_after_the_old_one_was_cancelled(worker: Worker) -> None:
    time, log = paced(worker)
    time.advance(0.9)
    worker.submit(lambda cancellation, _: (time.wait(0.5, cancellation), log.append("new"))[1])
    time.settle()
    assert log == ["cancelled", "cancelled"]
    time.advance(0.4)
    assert "new" not in log
    time.advance(0.1)
    assert log[-1] == "new"


@pytest.mark.parametrize("job_is_first", [True, False])
def test_a_wait_is_counted_from_the_same_tick_however_busy_the_machine_is(worker: Worker, job_is_first: bool) -> None:
    time, go, log = VirtualTime(worker), threading.Event(), []
    waiters = worker.changed._waiters  # type: ignore[attr-defined]

    def job(cancellation: Cancellation, _: Report) -> None:
        go.wait(PATIENCE)
        time.wait(1.0, cancellation)
        log.append(f"{time.now:.1f}")

    def let_go_once_somebody_waits() -> None:
        while not waiters:
            pass
        go.set()

    worker.submit(job)
    if job_is_first:
        go.set()
        while not waiters:  # until the job waits
            pass
    else:
        threading.Thread(target=let_go_once_somebody_waits).start()  # until the main thread waits
    for _ in range(15):
        time.advance(0.1)
    assert log == ["1.1"]
