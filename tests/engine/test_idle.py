"""Somebody is there when something is done, and not when a table trembles."""

import pytest

from engine.clock import TICK
from engine.idle import Idle
from engine.input import Event, FocusLost, Key, Move, Pinch, Press, Quit, Release, Resize, Scroll


@pytest.fixture
def idle() -> Idle:
    """Nobody for a minute, with the pointer somewhere."""
    made = Idle()
    made.hear(Move((500.0, 300.0), (500.0, 300.0)))
    made.tick(60.0)
    return made


@pytest.mark.parametrize(
    "event",
    [
        Press((1, 1)),
        Release((1, 1)),
        Key("a"),
        Scroll((1, 1), 1.0),
        Pinch((1, 1), 1.1),
        Move((1, 1), (1, 0), held=True),
        Move((99, 1), (40, 0)),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_a_person_does_begins_the_count_anew(idle: Idle, event: Event) -> None:
    assert idle.hear(event)
    assert idle.seconds == 0


@pytest.mark.parametrize("event", [Resize((9, 9)), FocusLost(), Quit()], ids=lambda event: type(event).__name__)
def test_what_the_system_does_is_nobody(idle: Idle, event: Event) -> None:
    assert not idle.hear(event)
    assert idle.seconds == 60


def test_where_the_pointer_is_at_first_is_nobody() -> None:
    idle = Idle()
    idle.tick(5)
    assert not idle.hear(Move((640.0, 360.0), (640.0, 360.0)))
    assert idle.seconds == 5


def test_a_trembling_pointer_is_nobody_for_an_hour(idle: Idle) -> None:
    for tick in range(3600 * 60):
        if tick % 10 == 0:
            assert not idle.hear(Move((500, 300), (1.0 if tick % 20 else -1.0, 0.0)))
        idle.tick(TICK)
    assert idle.seconds == pytest.approx(3660)


def test_a_slow_hand_is_somebody(idle: Idle) -> None:
    heard = []
    for _ in range(60):
        heard.append(idle.hear(Move((500, 300), (1.0, 0.0))))
        idle.tick(TICK)
    assert any(heard)
