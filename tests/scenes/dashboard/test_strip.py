"""A page that scrolls goes behind a strip with the stamp: what is there cannot be hit, what is looked for is below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenes.kit.control_set import ControlSet
from scenes.kit.scrolling import Scrolling
from scenes.stage import Stage

Phone = tuple[Stage, Any]


@pytest.fixture
def phone(rehearsed: Any, tmp_path: Path) -> Iterator[Phone]:
    """A phone whose page has been scrolled so far that the large button is behind the strip."""
    with rehearsed(tmp_path, size=(390, 844)) as (stage, pilot):
        board = stage.first
        board.find(Scrolling).scroll = board.page.slots["start"].y - 10
        assert 0 < board.page.slots["start"].y < board.page.strip
        yield stage, pilot


def test_what_is_behind_the_strip_cannot_be_pressed(phone: Phone) -> None:
    stage, pilot = phone
    x, _ = stage.first.page.slots["start"].middle
    pilot.click(f"{x - 60:g}", "20")
    pilot.run("1s")
    assert stage.controller.now.status.value == "idle"


def test_the_strip_says_how_the_run_came_about_once_there_is_one(phone: Phone) -> None:
    stage, pilot = phone
    stamp = stage.first.page.panels["stamp"]
    assert stage.first.page.strip >= stamp.bottom and not told(stage, "stamp")
    stage.controller.start()
    pilot.until("epoch", ">", "0", within="30s")
    assert told(stage, "stamp") == ["REAL TRAINING"]
    stage.controller.stop()
    pilot.run("1s")
    assert not told(stage, "stamp")


def told(stage: Any, panel: str) -> list[str]:
    stage.app.draw()
    return [each["text"] for each in stage.first.describe()["texts"] if each["panel"] == panel]


def test_a_script_that_presses_finds_the_button_below_the_strip(phone: Phone) -> None:
    stage, pilot = phone
    pilot.press("start")
    assert stage.first.page.slots["start"].y >= stage.first.page.strip
    pilot.until("training")


def test_to_name_the_stamp_scrolls_nothing(phone: Phone) -> None:
    stage, pilot = phone
    stage.controller.start()
    pilot.until("epoch", ">", "0", within="30s")
    before = stage.first.find(Scrolling).scroll
    pilot.point("stamp")
    assert stage.first.find(Scrolling).scroll == before


def test_tab_brings_each_control_into_sight(phone: Phone) -> None:
    stage, pilot = phone
    seen = set()
    for _ in range(30):
        pilot.key("tab")
        pilot.run("1ticks")
        board = stage.first
        name = board.find(ControlSet).ui.focused
        assert name
        slot = board.page.slots[name]
        assert slot.y >= board.page.strip, name
        assert slot.y >= 0 and slot.bottom <= 844, name
        seen.add(name)
    assert {"start", "speed", "theme", "log_axis", "dataset.circle"} <= seen


def test_the_wheel_scrolls_the_page_unless_a_slider_has_the_focus(phone: Phone) -> None:
    stage, pilot = phone
    board = stage.first
    board.reveal("learning_rate")
    scroll, rate = board.find(Scrolling).scroll, stage.controller.chosen.learning_rate
    x, y = board.page.slots["learning_rate"].middle
    pilot.scroll(f"{x:g}", f"{y:g}", "-1")
    assert board.find(Scrolling).scroll > scroll and stage.controller.chosen.learning_rate == rate
    board.find(ControlSet).ui._focus("learning_rate")
    scroll = board.find(Scrolling).scroll
    x, y = board.page.slots["learning_rate"].middle
    pilot.scroll(f"{x:g}", f"{y:g}", "-1")
    assert board.find(Scrolling).scroll == scroll and stage.controller.chosen.learning_rate < rate


def test_messages_and_notices_are_in_sight_on_a_page_scrolled_to_its_end(phone: Phone) -> None:
    stage, pilot = phone
    board = stage.first
    board.find(Scrolling).scroll = board.page.height
    pilot.server("error:500")
    pilot.key("space")
    pilot.until("error")
    pilot.run("1s")
    pilot.key("k")
    pilot.run("500ms")
    stage.app.draw()
    told = board.describe()
    words, bottom = {text["text"]: text for text in told["texts"]}, sum(told["panels"]["toast"][1::2])
    assert bottom == 844, "what is told of the message's panel is where the message is"
    for text in ("Smooth curves, what was measured behind them", f"code {told['error_code']}"):
        _, top, _, high = words[text]["rect"]
        assert words[text]["pixels"] and board.page.strip <= top and top + high <= 844, text
