"""Each kind of input is written as a hand's verbs, and playing them gives the same ticks and the same last screen."""

from typing import Any

from engine.input import FocusLost, Key, Pinch, Release, Resize, Scroll
from scenes.kit.control_set import ControlSet

NARROW = (640, 400)


def test_buttons_are_pressed_by_name_and_held_as_long(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.rest(30)
        visitor.click("theme")
        visitor.click("dataset", "circle", hold=9)
        visitor.rest(3)

    assert studio.visit(acts) == [
        "wait 30ticks",
        "press theme hold=5ticks",
        "press dataset circle hold=9ticks",
        "wait 3ticks",
    ]


def test_a_slider_is_led_along_the_values_that_it_showed(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        x, y = visitor.stage.first.find(ControlSet).at("learning_rate", "0.03") or (0, 0)
        visitor.move(round(x), round(y))
        visitor.press()
        visitor.rest(2)
        for step in (3, 9, 4):
            visitor.move(visitor.at[0] + step, visitor.at[1] + 1)
            visitor.rest(1)
        visitor.rest(4)
        visitor.release()
        visitor.rest(2)
        visitor.click("epochs", "20", hold=2)

    lines = studio.visit(acts)
    assert lines[0].startswith("drag learning_rate path=0.03:1ticks:0.0")
    assert lines[0].endswith(":4ticks")
    assert lines[1:] == ["wait 1ticks", f"click epochs {lines[2].split()[2]} hold=2ticks"]


def test_the_field_is_dragged_scrolled_and_pinched(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        x, y = visitor.stage.first.page.field.middle
        visitor.move(x - 40, y + 10)
        visitor.press()
        visitor.rest(3)
        for step in ((4, 0), (9, -2), (7, 3)):
            visitor.move(visitor.at[0] + step[0], visitor.at[1] + step[1])
            visitor.rest(1)
        visitor.release()
        visitor.rest(5)
        for _ in range(3):
            visitor.tell(Scroll(visitor.at, 0.5))
            visitor.rest(1)
        visitor.tell(Pinch((x, y), 1.02), Pinch((x + 1, y), 1.03))
        visitor.rest(1)
        visitor.tell(Pinch((x, y), 0.9))
        visitor.rest(1)

    assert studio.visit(acts) == [
        "point 600 391 neuron=1.4",
        "drag 600 391 path=2ticks:4,0:9,-2:7,3",
        "wait 4ticks",
        "scroll field 0.5 0.5 0.5",
        "pinch field 1.0506 0.9",
    ]


def test_what_happens_in_the_middle_of_a_drag_is_kept_in_its_place(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.move(640, 300)
        visitor.press()
        visitor.rest(2)
        visitor.move(655, 300)
        visitor.rest(1)
        visitor.tell(Key("t"))
        visitor.rest(3)
        visitor.tell(Scroll(visitor.at, 2.0))
        visitor.tell(Resize((1400, 800)))
        visitor.move(700, 320)
        visitor.rest(4)
        visitor.release()
        visitor.rest(2)

    lines = studio.visit(acts)
    assert lines[:3] == ["drag 640 300 path=1ticks:15,0 up=no", "key t", "drag 655 300 path=2ticks down=no up=no"]
    assert lines[3:] == [
        "size 1400x800",
        "scroll here 2",
        "drag 655 300 path=45,20:2ticks down=no",
        "wait 1ticks",
    ]


def test_a_drag_that_another_window_ends_turns_no_further(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.move(640, 300)
        visitor.press()
        visitor.rest(5)
        visitor.tell(FocusLost())
        visitor.held = False
        visitor.move(700, 300)
        visitor.rest(5)
        visitor.tell(FocusLost(), Release((700, 300)))
        visitor.rest(5)

    pointed = ["point 700 300 neuron=2.2", "wait 4ticks", "point 0 0"]  # what the pointer is over is brought out
    assert studio.visit(acts) == ["drag 640 300 path=4ticks up=lost", *pointed, "wait 5ticks"]


def test_keys_come_with_their_modifiers_and_the_focus_moves(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.tell(Key("tab"), Key("tab"), Key("tab", shift=True), Key("right"), Key("'"), Key("#"))
        visitor.rest(9)
        visitor.tell(Key("left shift"), Key("f"), Key("=", shift=True), Key("c", ctrl=True))
        visitor.rest(9)

    assert studio.visit(acts)[2:6] == ["key shift+tab", "key right", "key ''\"'\"''", "key '#'"]


def test_a_page_that_scrolls_is_recorded_by_its_pixels(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.move(20, 380)
        visitor.press()
        visitor.rest(1)
        visitor.move(20, 300)
        visitor.rest(1)
        visitor.release()
        visitor.rest(1)
        visitor.tell(Scroll((20.0, 350.0), -2.0))
        visitor.rest(4)

    assert studio.visit(acts, NARROW)[0] == "drag 20 380 path=0,-80"


def test_clicks_that_do_nothing_do_nothing_again(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("stop")  # disabled
        x, y = visitor.stage.first.find(ControlSet).at("theme") or (0, 0)
        visitor.move(round(x), round(y))
        visitor.press()
        visitor.rest(2)
        visitor.move(x, y + 90)
        visitor.rest(2)
        visitor.release()
        visitor.rest(2)

    lines = studio.visit(acts)
    assert lines[0].startswith("click ") and lines[1].startswith("drag ")


def test_all_that_comes_in_one_tick_is_done_a_tick_after_the_other(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        x, y = visitor.stage.first.find(ControlSet).at("theme") or (0, 0)
        visitor.move(round(x), round(y))
        visitor.press()
        visitor.release()
        visitor.tell(Key("t"), Scroll((640.0, 300.0), 0.0), Scroll((640.0, 300.0), 1.0), Scroll((640.0, 300.0), 1.5))
        visitor.rest(6)

    assert studio.visit(acts) == ["press theme", "key t", "scroll field 2.5", "wait 2ticks"]
