"""A state machine does what its table says, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from engine.state_machine import StateMachine

TABLE = {("red", "go"): "green", ("green", "stop"): "red", ("green", "stay"): "green"}
EVENTS = ["go", "stop", "stay", "fly"]


def test_a_legal_event_moves_along_the_table() -> None:
    lamp = StateMachine(TABLE, "red")
    assert lamp.can("go") and lamp.send("go")
    assert lamp.state == "green"


def test_an_illegal_event_is_refused_and_changes_nothing() -> None:
    lamp = StateMachine(TABLE, "red")
    assert not lamp.can("stop")
    assert not lamp.send("stop")
    assert not lamp.send("fly")
    assert lamp.state == "red"


def test_a_way_back_to_the_same_state_is_a_legal_one() -> None:
    lamp = StateMachine(TABLE, "green")
    assert lamp.send("stay")
    assert lamp.state == "green"


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_asking_and_sending_agree(events: list[str]) -> None:
    lamp = StateMachine(TABLE, "red")
    for event in events:
        before, allowed = lamp.state, lamp.can(event)
        assert lamp.send(event) == allowed
        assert lamp.state == TABLE.get((before, event), before)
