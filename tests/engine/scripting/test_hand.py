"""Gestures as hands make them: how long a button stays down, which way a drag goes, what is done in mid-drag."""

from pathlib import Path
from typing import Any

import pytest

from engine.input import Event, FocusLost, Key, Move, Pinch, Point, Press, Release, Scroll
from engine.scene import Scene
from engine.scripting.words import VerbError

PLACES: dict[tuple[str, str | None], Point] = {
    ("field", None): (50.0, 60.0),
    **{("rate", str(value)): (10.0 * value, 20.0) for value in range(1, 9)},
}


class Canvas:
    size = (800, 600)


class Noted(Scene):
    """Keeps its events, each with the tick at which it came."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, Event]] = []
        self.ticks = 0

    def handle(self, event: Event) -> bool:
        self.heard.append((self.ticks, event))
        return True

    def tick(self, dt: float) -> None:
        self.ticks += 1


@pytest.fixture
def scene() -> Noted:
    """A scene that writes down what happens to it."""
    return Noted()


@pytest.fixture
def pilot(scene: Noted, piloted: Any, tmp_path: Path) -> Any:
    """A pilot of an app with a field and a slider from 1 to 8."""
    told = {"controls": {"rate": {"enabled": True}}, "panels": {}}
    return piloted(scene, Canvas(), places=PLACES, told=told, status=lambda: "idle", out=tmp_path)


def test_a_button_stays_down_as_long_as_it_is_held(pilot: Any, scene: Noted) -> None:
    pilot.press("rate", "2", hold="5ticks")
    at = (20.0, 20.0)
    assert scene.heard[1:] == [(0, Press(at)), (5, Release(at))]
    assert scene.ticks == 6


@pytest.mark.parametrize(("over", "count"), [("500ms", 30), ("1ticks", 1), ("0s", 1)])
def test_a_drag_takes_as_long_as_is_said(pilot: Any, scene: Noted, over: str, count: int) -> None:
    pilot.drag("field", "30", "0", over=over)
    moves = [event for _, event in scene.heard if isinstance(event, Move) and event.held]
    assert len(moves) == count and moves[-1].at == (80.0, 60.0)
    assert scene.ticks == count + 1


def test_a_path_is_followed_step_by_step_with_its_rests(pilot: Any, scene: Noted) -> None:
    pilot.drag("100", "200", path="3,-1:2ticks:0.5,4")
    assert scene.heard[1:] == [
        (0, Press((100.0, 200.0))),
        (1, Move((103.0, 199.0), (3.0, -1.0), held=True)),
        (4, Move((103.5, 203.0), (0.5, 4.0), held=True)),
        (5, Release((103.5, 203.0))),
    ]
    assert scene.ticks == 6


@pytest.mark.parametrize("path", ["50", "3,4:50", "2ticks:50"])
def test_the_way_from_a_point_is_made_of_distances(pilot: Any, scene: Noted, path: str) -> None:
    with pytest.raises(VerbError, match="50' is no distance"):
        pilot.drag("100", "200", path=path)


def test_a_slider_is_led_along_its_values(pilot: Any, scene: Noted) -> None:
    pilot.drag("rate", path="2:5:1ticks:4")
    assert [(tick, event.at) for tick, event in scene.heard if isinstance(event, Press)] == [(0, (20.0, 20.0))]
    moves = [(tick, event.at[0]) for tick, event in scene.heard if isinstance(event, Move) and event.held]
    assert moves == [(1, 50.0), (3, 40.0)]


def test_a_key_may_be_pressed_in_the_middle_of_a_drag(pilot: Any, scene: Noted) -> None:
    pilot.drag("100", "200", path="9,0", up="no")
    pilot.key("space")
    pilot.drag("100", "200", path="-20,0", down="no")
    assert [event for _, event in scene.heard[1:]] == [
        Press((100.0, 200.0)),
        Move((109.0, 200.0), (9.0, 0.0), held=True),
        Key("space"),
        Move((89.0, 200.0), (-20.0, 0.0), held=True),
        Release((89.0, 200.0)),
    ]


def test_the_program_may_not_see_the_release(pilot: Any, scene: Noted) -> None:
    pilot.drag("100", "200", up="lost")
    assert scene.heard[1:] == [(0, Press((100.0, 200.0))), (1, FocusLost())]


def test_the_pointer_moves_without_a_press_and_without_time(pilot: Any, scene: Noted) -> None:
    pilot.point("field")
    pilot.point("70", "60")
    assert scene.heard == [(0, Move((50.0, 60.0), (51.0, 61.0))), (0, Move((70.0, 60.0), (20.0, 0.0)))]


def test_several_steps_and_factors_take_a_tick_each(pilot: Any, scene: Noted) -> None:
    pilot.scroll("5", "6", "1", "-2")
    pilot.pinch("field", "1.5", "0.5")
    pilot.pinch("7", "8", "2")
    at = (5.0, 6.0)
    assert scene.heard[1:] == [
        (0, Scroll(at, 1.0)),
        (1, Scroll(at, -2.0)),
        (2, Pinch((50.0, 60.0), 1.5)),
        (3, Pinch((50.0, 60.0), 0.5)),
        (4, Pinch((7.0, 8.0), 2.0)),
    ]


def test_text_is_typed_key_by_key(pilot: Any, scene: Noted) -> None:
    pilot.type("a B+")
    assert scene.heard == [(0, Key("a")), (1, Key("space")), (2, Key("b", shift=True)), (3, Key("+"))]


@pytest.mark.parametrize(
    ("name", "key"),
    [("shift++", Key("+", shift=True)), ("Ctrl+Shift++", Key("+", shift=True, ctrl=True)), ("-", Key("-"))],
)
def test_plus_is_a_key_like_any_other(pilot: Any, scene: Noted, name: str, key: Key) -> None:
    pilot.key(name)
    assert scene.heard == [(0, key)]


@pytest.mark.parametrize(
    ("verb", "words", "options", "why"),
    [
        ("drag", ("field", "1", "2"), {"path": "1,1"}, "a path needs one place before it"),
        ("drag", ("100",), {"path": "1,1"}, "a path needs one place before it"),
        ("drag", ("field",), {"path": "1,x"}, "'x' is not a number"),
        ("drag", ("rate",), {"path": "2:99"}, "'rate' has no '99'"),
        ("drag", ("field", "1", "2"), {"up": "maybe"}, "down is yes or no, up is yes, no or lost"),
        ("drag", ("field", "1", "2"), {"down": "lost"}, "down is yes or no"),
        ("click", ("field",), {"hold": "long"}, "'long' is not a duration"),
        ("pinch", ("field",), {}, "pinch takes a place and a factor"),
        ("pinch", ("1", "2"), {}, "pinch takes a place and a factor"),
        ("pinch", ("field", "0"), {}, "'0' is not a factor above 0"),
        ("pinch", ("field", "2", "-1"), {}, "'-1' is not a factor above 0"),
        ("scroll", ("1", "2"), {}, "scroll takes a place and a number of steps"),
        ("type", ("a\n",), {}, "there is no key for '\\n'"),
        ("key", ("hyper",), {}, "there is no key 'hyper'"),
    ],
)
def test_what_no_hand_can_do_is_said(
    pilot: Any, verb: str, words: tuple[str, ...], options: dict[str, str], why: str
) -> None:
    with pytest.raises(VerbError) as caught:
        getattr(pilot, verb)(*words, **options)
    assert why in str(caught.value)


@pytest.mark.parametrize("name", ["banana+x", "alt+q", "shift+meta+x"])
def test_what_cannot_be_held_with_a_key_is_refused(pilot: Any, scene: Noted, name: str) -> None:
    with pytest.raises(VerbError, match="is no key that is held with another: use shift or ctrl"):
        pilot.key(name)
    assert scene.heard == []
