"""pygame's events become ours: one pointer, pinches, and nothing that stays held by mistake."""

from typing import Any

import pygame
import pytest

from engine.input import Event, FocusLost, Input, Key, Move, Pinch, Press, Quit, Release, Scroll, joined

SIZE = (200, 100)


def told(source: Input, kind: int, **fields: Any) -> list[Event]:
    """Our events for one of pygame's."""
    return list(source.translate(pygame.event.Event(kind, **fields), SIZE))


def finger(source: Input, kind: int, which: int, x: float, y: float) -> list[Event]:
    """A finger at a share of the window."""
    return told(source, kind, touch_id=1, finger_id=which, x=x, y=y, dx=0.0, dy=0.0)


def mouse(source: Input, kind: int, pos: tuple[int, int], button: int = 1) -> list[Event]:
    """A mouse event as SDL makes it, of touches too."""
    if kind == pygame.MOUSEMOTION:
        return told(source, kind, pos=pos, rel=(0, 0), buttons=(0, 0, 0))
    return told(source, kind, pos=pos, button=button)


def pinching() -> Input:
    """An input that two fingers touch, 100 pixels apart, the first of which SDL also tells as the mouse."""
    source = Input()
    mouse(source, pygame.MOUSEBUTTONDOWN, (50, 50))
    finger(source, pygame.FINGERDOWN, 1, 0.25, 0.5)
    finger(source, pygame.FINGERDOWN, 2, 0.75, 0.5)
    return source


def test_the_left_button_presses_moves_and_releases() -> None:
    source = Input()
    assert mouse(source, pygame.MOUSEBUTTONDOWN, (10, 20)) == [Press((10.0, 20.0))]
    assert mouse(source, pygame.MOUSEMOTION, (13, 18)) == [Move((13.0, 18.0), (3.0, -2.0), held=True)]
    assert mouse(source, pygame.MOUSEBUTTONUP, (13, 18)) == [Release((13.0, 18.0))]
    assert mouse(source, pygame.MOUSEMOTION, (14, 18)) == [Move((14.0, 18.0), (1.0, 0.0), held=False)]


@pytest.mark.parametrize("button", [2, 3, 4, 5])
def test_other_buttons_are_not_the_pointer(button: int) -> None:
    source = Input()
    assert mouse(source, pygame.MOUSEBUTTONDOWN, (10, 20), button) == []
    assert not source.held


def test_the_wheel_turns_where_the_pointer_is_in_parts_of_a_step() -> None:
    source = Input()
    mouse(source, pygame.MOUSEMOTION, (30, 40))
    assert told(source, pygame.MOUSEWHEEL, x=0, y=1, precise_x=0.0, precise_y=0.25) == [Scroll((30.0, 40.0), 0.25)]


def test_two_fingers_that_move_apart_are_a_pinch_about_their_middle() -> None:
    source = pinching()
    assert finger(source, pygame.FINGERMOTION, 2, 1.0, 0.5) == [Pinch((125.0, 50.0), 1.5)]


def test_a_pinch_out_and_back_zooms_by_nothing() -> None:
    source = pinching()
    scale = 1.0
    for x in (0.8, 1.0, 0.5, 0.75):
        (pinch,) = finger(source, pygame.FINGERMOTION, 2, x, 0.5)
        assert isinstance(pinch, Pinch)
        scale *= pinch.scale
    assert scale == pytest.approx(1.0)


def test_one_finger_alone_and_three_together_are_no_pinch() -> None:
    source = Input()
    assert finger(source, pygame.FINGERDOWN, 1, 0.25, 0.5) == []
    assert finger(source, pygame.FINGERMOTION, 1, 0.5, 0.5) == []
    finger(source, pygame.FINGERDOWN, 2, 0.75, 0.5)
    finger(source, pygame.FINGERDOWN, 3, 0.75, 0.9)
    assert finger(source, pygame.FINGERMOTION, 2, 0.9, 0.5) == []


def test_fingers_on_one_spot_divide_by_nothing() -> None:
    source = Input()
    finger(source, pygame.FINGERDOWN, 1, 0.5, 0.5)
    finger(source, pygame.FINGERDOWN, 2, 0.5, 0.5)
    assert finger(source, pygame.FINGERMOTION, 2, 0.6, 0.5) == []
    assert finger(source, pygame.FINGERMOTION, 2, 0.5, 0.5) == []


def test_a_finger_that_was_never_seen_can_be_lifted() -> None:
    assert finger(Input(), pygame.FINGERUP, 7, 0.5, 0.5) == []


def test_mouse_events_of_touches_are_ignored_while_two_fingers_are_down() -> None:
    source = pinching()
    assert mouse(source, pygame.MOUSEMOTION, (60, 50)) == []
    assert source.pointer == (50.0, 50.0)
    finger(source, pygame.FINGERUP, 2, 0.75, 0.5)
    assert mouse(source, pygame.MOUSEMOTION, (60, 50)) == [Move((60.0, 50.0), (10.0, 0.0), held=True)]


def test_a_second_press_is_ignored_while_two_fingers_are_down() -> None:
    source = pinching()
    mouse(source, pygame.MOUSEBUTTONUP, (50, 50))
    assert mouse(source, pygame.MOUSEBUTTONDOWN, (150, 50)) == []
    assert not source.held


def test_the_first_finger_that_leaves_a_pinch_lets_go() -> None:
    source = pinching()
    assert mouse(source, pygame.MOUSEBUTTONUP, (50, 50)) == [Release((50.0, 50.0))]  # SDL tells the mouse first
    finger(source, pygame.FINGERUP, 1, 0.25, 0.5)
    finger(source, pygame.FINGERUP, 2, 0.75, 0.5)
    assert mouse(source, pygame.MOUSEMOTION, (60, 50)) == [Move((60.0, 50.0), (10.0, 0.0), held=False)]


def test_losing_the_focus_lets_go_of_the_button() -> None:
    source = Input()
    mouse(source, pygame.MOUSEBUTTONDOWN, (10, 20))
    assert told(source, pygame.WINDOWFOCUSLOST) == [FocusLost()]
    assert mouse(source, pygame.MOUSEMOTION, (10, 21)) == [Move((10.0, 21.0), (0.0, 1.0), held=False)]


def test_losing_the_focus_forgets_the_fingers() -> None:
    source = pinching()
    told(source, pygame.WINDOWFOCUSLOST)
    assert mouse(source, pygame.MOUSEBUTTONDOWN, (10, 20)) == [Press((10.0, 20.0))]


@pytest.mark.parametrize(
    ("key", "mod", "expected"),
    [
        (pygame.K_SPACE, pygame.KMOD_NONE, Key("space")),
        (pygame.K_TAB, pygame.KMOD_RSHIFT, Key("tab", shift=True)),
        (pygame.K_q, pygame.KMOD_LCTRL, Key("q", ctrl=True)),
        (pygame.K_F11, pygame.KMOD_NUM, Key("f11")),
    ],
)
def test_keys_are_told_by_name_with_their_modifiers(key: int, mod: int, expected: Key, window: object) -> None:
    assert told(Input(), pygame.KEYDOWN, key=key, mod=mod, unicode="", scancode=0) == [expected]


def test_closing_the_window_quits_and_what_does_not_concern_us_is_passed_over() -> None:
    assert told(Input(), pygame.QUIT) == [Quit()]
    assert told(Input(), pygame.KEYUP, key=pygame.K_q, mod=0) == []
    assert told(Input(), pygame.WINDOWMOVED, x=1, y=2) == []


def test_moves_in_a_row_of_a_pointer_that_holds_nothing_are_one_and_all_else_is_as_it_was() -> None:
    told: list[Event] = [
        Move((1.0, 1.0), (1.0, 0.0)),
        Move((4.0, 3.0), (3.0, 2.0)),
        Key("t"),
        Move((5.0, 3.0), (1.0, 0.0)),
    ]
    drag: list[Event] = [
        Press((5.0, 3.0)),
        Move((6.0, 3.0), (1.0, 0.0), held=True),
        Move((9.0, 3.0), (3.0, 0.0), held=True),
    ]
    assert list(joined([*told, *drag])) == [Move((4.0, 3.0), (4.0, 2.0)), *told[2:], *drag]
    assert list(joined(drag + told[:2])) == [*drag, Move((4.0, 3.0), (4.0, 2.0))]
    assert list(joined([])) == []
