"""Controls do what pointer and keys ask, and nothing else: what is disabled or hidden stays as it is."""

from typing import Any

import pygame
import pytest

from engine.flat.controls import Button
from engine.flat.slider import Slider
from engine.input import FocusLost, Move, Press, Release

GO, STOP, NOWHERE = (30.0, 10.0), (30.0, 90.0), (300.0, 180.0)


def test_a_click_presses_the_button_under_it_once(desk: Any) -> None:
    desk.click(GO)
    desk.click(STOP)
    desk.click(NOWHERE)
    assert desk.log == ["go", "stop"]


def test_a_press_that_is_released_elsewhere_presses_nothing(desk: Any) -> None:
    desk.ui.handle(Press(GO))
    desk.ui.handle(Move(STOP, (0.0, 80.0), held=True))
    desk.ui.handle(Release(STOP))
    assert desk.log == []


def test_a_press_whose_release_goes_unseen_is_let_go(desk: Any) -> None:
    desk.ui.handle(Press(GO))
    desk.ui.handle(FocusLost())
    desk.ui.handle(Release(GO))
    assert desk.log == []


@pytest.mark.parametrize("key", ["space", "return", "enter"])
def test_a_focused_button_is_pressed_by_key(desk: Any, key: str) -> None:
    assert not desk.key(key)
    desk.key("tab")
    assert desk.key(key)
    assert desk.log == ["go"]


def test_a_disabled_button_does_nothing(desk: Any) -> None:
    desk.ui.show("go", visible=True, enabled=False)
    desk.click(GO)
    assert desk.log == []
    desk.ui.show("go", visible=True, enabled=True)
    desk.click(GO)
    assert desk.log == ["go"]


def test_a_hidden_button_cannot_be_hit(desk: Any) -> None:
    desk.ui.show("go", visible=False, enabled=True)
    desk.click(GO)
    assert desk.log == []


def test_a_button_disabled_while_it_is_held_does_not_press_on_release(desk: Any) -> None:
    desk.ui.handle(Press(GO))
    desk.ui.show("go", visible=True, enabled=False)
    desk.ui.handle(Release(GO))
    assert desk.log == []


def test_tab_goes_round_over_what_can_be_used(desk: Any) -> None:
    desk.ui.show("rate", visible=True, enabled=False)
    desk.ui.show("stop", visible=False, enabled=True)
    order = []
    for shift in (False, False, False, True, True):
        desk.key("tab", shift=shift)
        order.append(desk.ui.focused)
    assert order == ["go", "size", "go", "size", "go"]


def test_shift_tab_begins_at_the_end_and_a_press_takes_the_focus_away(desk: Any) -> None:
    desk.key("tab", shift=True)
    assert desk.ui.focused == "size"
    desk.ui.handle(Press(NOWHERE))
    assert desk.ui.focused is None


def test_what_is_hidden_or_disabled_loses_the_focus(desk: Any) -> None:
    for visible, enabled in ((False, True), (True, False)):
        desk.ui.focused = "go"
        desk.ui.show("go", visible=visible, enabled=enabled)
        assert desk.ui.focused is None


def test_with_nothing_to_focus_tab_changes_nothing(desk: Any) -> None:
    for name in desk.slots:
        desk.ui.show(name, visible=False, enabled=True)
    assert desk.key("tab")
    assert desk.ui.focused is None


def test_the_pointer_is_given_and_the_real_mouse_never_asked(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.mouse, "get_pos", lambda: (30, 90))
    desk.ui.handle(Move(GO, (0.0, 0.0)))
    desk.ui.tick(1 / 60)
    go, stop = desk.ui.controls["go"], desk.ui.controls["stop"]
    assert isinstance(go, Button) and isinstance(stop, Button)
    assert go.hovered and not stop.hovered


def test_controls_stay_usable_where_a_resize_puts_them(desk: Any) -> None:
    moved = {
        name: (left + 500, top + 400, 2 * width, height) for name, (left, top, width, height) in desk.slots.items()
    }
    desk.ui.place((1000, 700), moved)
    desk.click(GO)
    desk.click((600.0, 410.0))
    assert desk.log == ["go"]
    assert isinstance(desk.ui.controls["rate"], Slider)
    desk.click(desk.rate.at(0))
    assert desk.log == ["go", ("rate", 0)]


def test_a_pointer_that_comes_and_goes_leaves_nothing_in_the_queue(desk: Any) -> None:
    """Off screen nobody takes anything from it: a script of an hour would fill it, and end there."""
    seen = []
    for at in (GO, NOWHERE, STOP, NOWHERE):
        desk.ui.handle(Move(at))
        desk.ui.tick(1 / 60)
        seen.append(desk.ui.controls["go"].hovered)
    assert seen == [True, False, False, False]
    assert not pygame.event.get(pump=False)
