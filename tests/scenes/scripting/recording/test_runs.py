"""A run is recorded from state to state: what comes by itself is waited for, however long it took."""

from typing import Any

import pytest

from engine.input import Key
from scenes.kit.control_set import ControlSet


def test_a_run_is_followed_from_state_to_state(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("start")
        visitor.rest(24 + 45)
        visitor.click("pause", hold=1)
        visitor.rest(40)
        visitor.click("resume")
        visitor.rest(20)
        visitor.click("stop")
        visitor.rest(10)

    assert studio.visit(acts) == [
        "press start hold=5ticks",
        "until training",
        "until epoch >= 4",
        "wait 9ticks",
        "press pause",
        "wait 40ticks",
        "press resume hold=5ticks",
        "until epoch >= 6",
        "wait 7ticks",
        "press stop hold=5ticks",
        "wait 10ticks",
    ]


def test_a_run_to_its_end_and_a_second_one(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.tell(Key("]"), *[Key("]")] * 17)
        visitor.rest(30)
        visitor.tell(Key("space"))
        visitor.rest(140)
        visitor.tell(Key("space"))
        visitor.rest(60)

    lines = studio.visit(acts)
    assert lines.count("key ']'") == 18
    told = [line for line in lines[18:] if not line.startswith(("wait", "until epoch"))]
    assert told == ["key space", "until training", "until complete", "key space", "until training"]


def test_the_speed_is_changed_in_the_middle_of_a_run(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("start")
        visitor.rest(60)
        x, y = visitor.stage.first.find(ControlSet).at("speed", "200") or (0, 0)
        visitor.move(round(x), round(y))
        visitor.press()
        for _ in range(30):
            visitor.move(visitor.at[0] + 4, visitor.at[1])
            visitor.rest(2)
        visitor.release()
        visitor.rest(25)

    studio.visit(acts)


@pytest.mark.parametrize("late", ["0.05", "1.5", "4"])
def test_however_long_the_answer_took_the_states_and_the_epochs_are_the_same(studio: Any, late: str) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("start")
        visitor.pilot.until("training")
        visitor.rest(50)
        visitor.click("pause")
        visitor.rest(15)
        visitor.click("theme")
        visitor.click("resume")
        visitor.rest(33)
        visitor.click("stop")
        visitor.tell(Key("space"))
        visitor.rest(3)
        visitor.click("stop", hold=1)
        visitor.tell(Key("space"))
        visitor.pilot.until("epoch>=3")
        visitor.click("pause")

    studio.visit(acts, late=late)


def test_who_stops_during_a_long_wait_stops_during_the_short_one(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("start")
        visitor.rest(200)
        visitor.tell(Key("t"))
        visitor.rest(100)
        visitor.click("stop")
        visitor.rest(7)

    lines = studio.visit(acts, late="9")
    assert lines == [
        "press start hold=5ticks",
        "wait 10ticks",
        "key t",
        "wait 11ticks",
        "press stop",
        "wait 7ticks",
    ]
