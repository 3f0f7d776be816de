"""Each kind of input is written as a hand's verbs, and playing them gives the same ticks and the same last screen."""

from typing import Any

from engine.input import FocusLost, Key, Pinch, Release, Resize, Scroll

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
        x, y = visitor.stage.dashboard.controls.at("learning_rate", "0.03") or (0, 0)
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
        x, y = visitor.stage.dashboard.layout.field.middle
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
        "drag 600 410 path=2ticks:4,0:9,-2:7,3",
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
        "scroll 655 300 2",
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

    assert studio.visit(acts) == ["drag 640 300 path=4ticks up=lost", "wait 9ticks"]


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
        x, y = visitor.stage.dashboard.controls.at("theme") or (0, 0)
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
        x, y = visitor.stage.dashboard.controls.at("theme") or (0, 0)
        visitor.move(round(x), round(y))
        visitor.press()
        visitor.release()
        visitor.tell(Key("t"), Scroll((640.0, 300.0), 0.0), Scroll((640.0, 300.0), 1.0), Scroll((640.0, 300.0), 1.5))
        visitor.rest(6)

    assert studio.visit(acts) == ["press theme", "key t", "scroll field 2.5", "wait 2ticks"]


def test_the_pointer_over_a_chart_is_kept_where_it_reads_another_epoch(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("start")
        visitor.rest(24 + 100)
        panel = visitor.stage.dashboard.layout.panels["loss_chart"]
        for step in range(40):
            visitor.move(panel.x + 20 + step * 3, panel.y + panel.h // 2)
            visitor.rest(1)
        visitor.tell(Key("t"))
        visitor.rest(2)

    lines = studio.visit(acts)
    assert 3 <= len([line for line in lines if line.startswith("point ")]) <= 15


def test_an_epoch_is_looked_at_again(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("start")
        visitor.rest(24 + 200)
        visitor.tell(Key("space"), Key("."), Key("."))
        visitor.rest(20)
        panel = visitor.stage.dashboard.layout.panels["accuracy_chart"]
        visitor.move(panel.x + 60, panel.y + panel.h // 2)
        visitor.press()
        visitor.rest(3)
        visitor.move(panel.x + 75, panel.y + panel.h // 2)
        visitor.rest(3)
        visitor.release()
        visitor.rest(3)
        assert visitor.stage.dashboard.snapshot.replay

    studio.visit(acts)


def test_help_is_opened_and_a_row_of_it_is_pressed(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.tell(Key("f1"))
        visitor.rest(5)
        visitor.tell(Key("left shift"), Key("left alt"))
        visitor.rest(5)
        visitor.click("help")
        visitor.move(640, 360)
        visitor.press()
        visitor.rest(3)
        visitor.release()
        visitor.rest(3)

    studio.visit(acts)


def test_a_value_is_typed_into_a_slider(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("epochs", "50")
        visitor.tell(*[Key(name) for name in ("[1]", "2", "9", "backspace", "return")])
        visitor.rest(9)
        assert visitor.stage.dashboard.snapshot.parameters.epochs == 12

    assert "key '[1]'" in studio.visit(acts)


def test_an_interface_that_goes_with_the_window_grows_with_it_again(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.tell(Resize((2560, 1440)))
        visitor.rest(3)
        assert visitor.stage.dashboard.scale > 1

    assert studio.visit(acts, scale=0.0) == ["size 2560x1440", "wait 3ticks"]
