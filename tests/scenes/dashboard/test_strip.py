"""A page that scrolls goes behind a strip with the stamp: what is there cannot be hit, what is looked for is below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenes.stage import Stage

Phone = tuple[Stage, Any]


@pytest.fixture
def phone(rehearsed: Any, tmp_path: Path) -> Iterator[Phone]:
    """A phone whose page has been scrolled so far that the large button is behind the strip."""
    with rehearsed(tmp_path, size=(390, 844)) as (stage, pilot):
        board = stage.dashboard
        board.page.scroll = board.layout.slots["start"].y - 10
        board._lay_out()
        assert 0 < board.layout.slots["start"].y < board.layout.strip
        yield stage, pilot


def test_what_is_behind_the_strip_cannot_be_pressed(phone: Phone) -> None:
    stage, pilot = phone
    x, _ = stage.dashboard.layout.slots["start"].middle
    pilot.click(f"{x - 60:g}", "20")
    pilot.run("1s")
    assert stage.dashboard.snapshot.status.value == "idle"


def test_the_stamp_on_the_strip_is_pressed(phone: Phone) -> None:
    stage, pilot = phone
    x, y = stage.dashboard.layout.slots["source"].middle
    pilot.click(f"{x:g}", f"{y:g}")
    assert stage.dashboard.controller.chosen.source == "simulated"


def test_a_script_that_presses_finds_the_button_below_the_strip(phone: Phone) -> None:
    stage, pilot = phone
    pilot.press("start")
    assert stage.dashboard.layout.slots["start"].y >= stage.dashboard.layout.strip
    pilot.until("training")


def test_to_name_the_stamp_scrolls_nothing(phone: Phone) -> None:
    stage, pilot = phone
    before = stage.dashboard.page.scroll
    pilot.press("source")
    assert stage.dashboard.page.scroll == before


def test_tab_brings_each_control_into_sight(phone: Phone) -> None:
    stage, pilot = phone
    seen = set()
    for _ in range(30):
        pilot.key("tab")
        pilot.run("1ticks")
        board = stage.dashboard
        name = board.controls.ui.focused
        assert name
        slot = board.layout.slots[name]
        assert name == "source" or slot.y >= board.layout.strip, name
        assert slot.y >= 0 and slot.bottom <= 844, name
        seen.add(name)
    assert {"start", "speed", "theme", "log_axis", "dataset.circle"} <= seen


def test_the_wheel_scrolls_the_page_unless_a_slider_has_the_focus(phone: Phone) -> None:
    stage, pilot = phone
    board = stage.dashboard
    board.reveal("learning_rate")
    scroll, rate = board.page.scroll, board.controller.chosen.learning_rate
    x, y = board.layout.slots["learning_rate"].middle
    pilot.scroll(f"{x:g}", f"{y:g}", "-1")
    assert board.page.scroll > scroll and board.controller.chosen.learning_rate == rate
    board.controls.ui._focus("learning_rate")
    scroll = board.page.scroll
    x, y = board.layout.slots["learning_rate"].middle
    pilot.scroll(f"{x:g}", f"{y:g}", "-1")
    assert board.page.scroll == scroll and board.controller.chosen.learning_rate < rate


def test_messages_and_notices_are_in_sight_on_a_page_scrolled_to_its_end(phone: Phone) -> None:
    stage, pilot = phone
    board = stage.dashboard
    board.page.scroll = board.layout.height
    board._lay_out()
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
        assert words[text]["pixels"] and board.layout.strip <= top and top + high <= 844, text
