"""Any sequence of wishes, answers (late ones too) and ticks keeps the promises of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from engine.clock import TICK
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.playback import MOST_EPOCHS
from scenes.training.snapshot import Snapshot

LEGAL = {  # the buttons, and whether parameters may be chosen
    Status.IDLE: {"start", "set_param"},
    Status.LOADING: {"stop"},
    Status.TRAINING: {"pause", "stop"},
    Status.PAUSED: {"resume", "stop"},
    Status.COMPLETE: {"start", "stop", "set_param"},
    Status.ERROR: {"retry", "stop", "set_param"},
}
WISHES = st.sampled_from(["start", "pause", "resume", "stop", "retry"])
RESETTING = {"start", "stop", "retry"}


class AnyVisitor(RuleBasedStateMachine):
    """Presses what it likes, while the server answers when it likes."""

    def __init__(self, new_session: Callable[[], Any]) -> None:
        super().__init__()
        self.session = new_session()
        self.controller = self.session.controller
        self.worker = self.session.worker
        self.before = self.controller.snapshot()
        self.put_away: Snapshot | None = None  # the last that was shown of the run that undo would bring back

    @rule(wish=WISHES)
    def press(self, wish: str) -> None:
        state = self.controller.machine.state
        accepted = getattr(self.controller, wish)()
        assert accepted == (wish in LEGAL[state])
        self._look(reset=accepted and wish in RESETTING, same=not accepted)

    @rule(epochs=st.integers(1, 12), batch=st.sampled_from([16, 256]))
    def choose(self, epochs: int, batch: int) -> None:
        accepted = self.controller.set_parameters(epochs=epochs, batch_size=batch)
        assert accepted == ("set_param" in LEGAL[self.before.status])
        now = self.controller.snapshot()
        assert not accepted or now.controls.epochs == epochs
        assert now.run is None or now.parameters == now.run.parameters, "of a run, its own settings are told"
        self._look(same=not accepted)

    @rule(interval=st.integers(0, 600))
    def change_speed(self, interval: int) -> None:
        assert self.controller.set_interval(interval)
        now = self.controller.snapshot()
        assert (now.status, now.epoch, now.run) == (self.before.status, self.before.epoch, self.before.run)
        self._look()

    @rule(ticks=st.integers(1, 40))
    def let_time_pass(self, ticks: int) -> None:
        for _ in range(ticks):
            self.controller.tick(TICK)
            self._look()

    @rule()
    def step(self) -> None:
        before = self.before
        accepted = self.controller.step()
        assert accepted == (before.status is Status.PAUSED)
        now = self.controller.snapshot()
        if accepted and now.status is Status.PAUSED:
            assert now.epoch == before.epoch + 1
        self._look(same=not accepted)

    @rule(epoch=st.integers(-2, 20))
    def look_at(self, epoch: int) -> None:
        before = self.before
        accepted = self.controller.look(epoch)
        assert accepted == (before.status in (Status.PAUSED, Status.COMPLETE) and before.head > 0)
        now = self.controller.snapshot()
        if accepted:
            assert (now.status, now.head, now.run) == (before.status, before.head, before.run)
            assert now.epoch == min(max(1, epoch), now.head) and now.replay == (now.epoch < now.head)
        self._look(same=not accepted)

    @rule()
    def replay(self) -> None:
        before = self.before
        accepted = self.controller.replay()
        assert accepted == (before.status is Status.COMPLETE)
        now = self.controller.snapshot()
        if accepted:
            assert (now.status, now.head, now.run) == (Status.TRAINING, before.head, before.run)
            assert now.epoch == (before.epoch if before.replay else 1)
        self._look(same=not accepted)

    @rule()
    def look_ahead(self) -> None:
        before = self.before
        assert self.controller.look_ahead() == before.replay
        now = self.controller.snapshot()
        assert (now.epoch, now.head, now.replay) == (before.head, before.head, False)
        self._look(same=not before.replay)

    @rule()
    def undo(self) -> None:
        before, gone = self.before, self.put_away
        accepted = self.controller.undo()
        assert accepted == (before.status is Status.IDLE and gone is not None) == ("undo" in before.can)
        if accepted:
            assert gone is not None
            now = self.before = self.controller.snapshot()
            assert (now.run, now.head, now.epoch) == (gone.run, gone.head, gone.epoch)
            assert now.status is (Status.COMPLETE if gone.head == gone.epochs else Status.PAUSED)
            self.put_away = None
        self._look(same=not accepted)

    @precondition(lambda self: self.worker.in_flight)
    @rule(fails=st.booleans())
    def answer(self, fails: bool) -> None:
        self.session.failure = RunError("No.", hint="", code="no") if fails else None
        self.worker.finish()
        self._look(same=True)

    @precondition(lambda self: self.worker.given_up)
    @rule(fails=st.booleans(), data=st.data())
    def answer_late(self, fails: bool, data: st.DataObject) -> None:
        self.session.failure = RunError("Stale.", hint="", code="stale") if fails else None
        self.worker.finish(data.draw(st.sampled_from(self.worker.given_up)))
        self._look(same=True)

    @precondition(lambda self: self.before.status is Status.LOADING and self.worker.in_flight)
    @rule(wait=st.floats(0, 3))
    def try_again_later(self, wait: float) -> None:
        self.session.wait(wait)

    @rule()
    def break_inside(self) -> None:
        self.controller.fail(RunError("Broken inside.", hint="Press Retry.", code="bug"))
        self._look(reset=True)

    @invariant()
    def shown_epochs_are_a_prefix_of_the_data(self) -> None:
        now = self.before
        assert 0 <= now.epoch <= now.head <= now.epochs
        assert not now.replay or now.status in (Status.TRAINING, Status.PAUSED, Status.COMPLETE)
        assert (now.run is None) == (now.epochs == 0)
        if now.run:
            assert now.run in self.session.delivered
            assert now.epochs == now.run.epochs == len(now.run.loss)
        if now.run and now.epoch:
            serial = self.session.delivered.index(now.run) + 1
            assert now.loss == serial + 1 / (now.epoch + 1)
            assert now.best_accuracy == max(now.run.accuracy[: now.epoch])

    @invariant()
    def a_request_is_under_way_in_loading_only(self) -> None:
        loading = self.controller.machine.state is Status.LOADING
        assert self.worker.in_flight + self.worker.unheard == loading

    @invariant()
    def each_state_shows_what_it_must(self) -> None:
        now = self.before
        assert (now.error is not None) == (now.status is Status.ERROR)
        assert now.error is None or (now.error.sentence and now.error.code != "stale")
        assert (now.run is not None) == (now.status in (Status.TRAINING, Status.PAUSED, Status.COMPLETE))
        assert now.status is not Status.COMPLETE or now.head == now.epochs

    @invariant()
    def the_buttons_are_the_legal_wishes(self) -> None:
        asked = {*LEGAL[Status.IDLE], "pause", "resume", "stop", "retry"}
        assert {wish for wish in asked if self.controller.machine.can(wish)} == LEGAL[self.controller.machine.state]

    def _look(self, *, reset: bool = False, same: bool = False) -> None:
        """Compare with the last look: the head falls only on a reset, and grows as fast as the fastest speed."""
        now = self.controller.snapshot()
        assert not same or now == self.before
        assert reset or 0 <= now.head - self.before.head <= MOST_EPOCHS
        assert not reset or now.head == 0
        assert reset or self.before.run is None or now.run is self.before.run
        if now.run is not None:
            self.put_away = None
        elif self.before.run is not None and self.before.head:
            self.put_away = self.before
        self.before = now


def test_any_sequence_of_events_keeps_the_promises(new_session: Callable[[], Any]) -> None:
    run_state_machine_as_test(
        lambda: AnyVisitor(new_session), settings=settings(max_examples=150, stateful_step_count=50, deadline=None)
    )
