"""Charts, help and typed values: what is done away from the field and the plain controls is recorded as exactly."""

from typing import Any

from engine.input import Key, Resize


def test_the_pointer_over_a_chart_is_kept_where_it_reads_another_epoch(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.click("start")
        visitor.rest(24 + 100)
        panel = visitor.stage.first.page.panels["loss_chart"]
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
        panel = visitor.stage.first.page.panels["accuracy_chart"]
        visitor.move(panel.x + 60, panel.y + panel.h // 2)
        visitor.press()
        visitor.rest(3)
        visitor.move(panel.x + 75, panel.y + panel.h // 2)
        visitor.rest(3)
        visitor.release()
        visitor.rest(3)
        assert visitor.stage.controller.now.replay

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
        assert visitor.stage.controller.now.parameters.epochs == 12

    assert "key '[1]'" in studio.visit(acts)


def test_an_interface_that_goes_with_the_window_grows_with_it_again(studio: Any) -> None:
    def acts(visitor: Any) -> None:
        visitor.tell(Resize((2560, 1440)))
        visitor.rest(3)
        assert visitor.stage.first.page.scale > 1

    assert studio.visit(acts, scale=0.0) == ["size 2560x1440", "wait 3ticks"]
