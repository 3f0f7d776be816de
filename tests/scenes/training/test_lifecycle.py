"""Every pair of state and event, written out: what is not listed here as a way is refused."""

from __future__ import annotations

import pytest

from engine.state_machine import StateMachine
from scenes.training.lifecycle import EVENTS, TABLE, USER_EVENTS, Status

ORDER = (
    *("start", "pause", "resume", "stop", "retry", "set_param", "set_speed"),
    *("loaded", "failed", "tick", "tick_last", "internal_error"),
    *("step", "look", "replay", "undo", "undo_complete", "branch", "branched"),
)
REFUSED = "-"
PAIRS = {
    "idle": "loading - - - - idle idle - - - - error - - - paused complete - -",
    "loading": "- - - idle - - loading training error - - error - - - - - - -",
    "training": "- paused - idle - - training - error training complete error - - - - - training training",
    "paused": "- - training idle - - paused - error - - error paused paused - - - paused training",
    "complete": "loading - - idle - complete complete - - - - error - complete training - - complete training",
    "error": "- - - idle loading error error - - - - error - - - - - - -",
}
CASES = [
    (state, event, following)
    for state, row in PAIRS.items()
    for event, following in zip(ORDER, row.split(), strict=True)
]


@pytest.mark.parametrize(("state", "event", "following"), CASES)
def test_each_event_leads_where_the_table_says_or_nowhere(state: str, event: str, following: str) -> None:
    machine = StateMachine(TABLE, Status(state))
    legal = following != REFUSED
    assert machine.can(event) is legal
    assert machine.send(event) is legal
    assert machine.state is Status(following if legal else state)


def test_every_pair_of_a_state_and_an_event_has_a_case() -> None:
    assert {(Status(state), event) for state, event, _ in CASES} == {(s, e) for s in Status for e in EVENTS}
    assert (len(CASES), len(TABLE)) == (6 * 19, 43)


def test_an_event_that_nobody_knows_is_refused() -> None:
    machine = StateMachine(TABLE, Status.IDLE)
    assert not machine.send("explode")
    assert machine.state is Status.IDLE


def test_five_events_belong_to_buttons() -> None:
    assert USER_EVENTS == ("start", "pause", "resume", "stop", "retry")
