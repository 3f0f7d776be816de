"""Sliders follow the pointer, the keys and the wheel, and only while they may."""

from typing import Any

import pytest

from engine.flat.controls import Ui
from engine.flat.ranges import Range
from engine.input import FocusLost, Move, Press, Release, Scroll

NOWHERE = (300.0, 180.0)


def test_a_click_on_the_track_jumps_there(desk: Any) -> None:
    assert desk.ui.handle(Press(desk.rate.at(8)))
    assert desk.log == [("rate", 8)]
    assert desk.rate.share == 0.8


def test_a_drag_follows_beyond_the_ends_until_the_release(desk: Any) -> None:
    desk.ui.handle(Press(desk.rate.at(5)))
    for x in (desk.rate.at(6)[0], 500.0, -500.0):
        desk.ui.handle(Move((x, 190.0), (1.0, 0.0), held=True))
    desk.ui.handle(Release((-500.0, 190.0)))
    assert not desk.ui.handle(Move(desk.rate.at(4), (1.0, 0.0)))
    assert desk.log == [("rate", 6), ("rate", 10), ("rate", 0)]


def test_a_click_on_a_reversed_slider_lands_where_its_knob_stands(desk: Any) -> None:
    for value in (9, 1, 4):
        desk.click(desk.size.at(value))
    assert desk.log == [("size", 9), ("size", 1), ("size", 4)]
    assert desk.size.at(9)[0] < desk.size.at(1)[0]


@pytest.mark.parametrize(
    ("key", "value"),
    [("right", 6), ("up", 6), ("left", 4), ("down", 4), ("home", 0), ("end", 10), ("page up", 10), ("page down", 0)],
)
def test_keys_move_a_focused_slider(desk: Any, key: str, value: float) -> None:
    desk.ui.focused = "rate"
    assert desk.key(key)
    assert desk.log == [("rate", value)]
    assert not desk.key("x")


def test_the_wheel_steps_the_slider_under_the_pointer(desk: Any) -> None:
    assert desk.ui.handle(Scroll(desk.rate.at(1), 3.0))
    assert desk.ui.handle(Scroll(desk.rate.at(1), -0.2))
    assert not desk.ui.handle(Scroll(NOWHERE, 1.0))
    assert desk.log == [("rate", 6), ("rate", 5)]


def test_a_disabled_slider_stays_where_it_is(desk: Any) -> None:
    desk.ui.show("rate", visible=True, enabled=False)
    desk.click(desk.rate.at(9))
    desk.ui.handle(Scroll(desk.rate.at(9), 1.0))
    desk.rate.key("end")
    assert desk.log == [] and desk.rate.value == 5


def test_a_slider_hidden_during_a_drag_is_let_go(desk: Any) -> None:
    desk.ui.handle(Press(desk.rate.at(5)))
    desk.ui.show("rate", visible=False, enabled=True)
    desk.ui.handle(Release(desk.rate.at(5)))
    desk.ui.show("rate", visible=True, enabled=True)
    desk.ui.handle(Move(desk.rate.at(9), (1.0, 0.0)))
    assert desk.log == []


def test_losing_the_focus_ends_a_drag(desk: Any) -> None:
    desk.ui.handle(Press(desk.rate.at(5)))
    desk.ui.handle(FocusLost())
    desk.ui.handle(Move(desk.rate.at(9), (1.0, 0.0)))
    assert desk.log == []


def test_a_slider_asks_and_moves_only_when_it_is_told(window: object) -> None:
    ui, asked = Ui((320, 200)), []
    slider = ui.slider("rate", Range(0, 10, 1), 5, asked.append)
    ui.place((320, 200), {"rate": (0, 40, 120, 20)})
    ui.handle(Press(slider.at(8)))
    assert asked == [8] and slider.value == 5
