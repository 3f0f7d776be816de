"""The help shows every key of the table, on every window; the run goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.resources import ASSETS
from scenes.kit.drawing import STRONG
from scenes.kit.help_layout import Sheet, cap_width, caps
from scenes.kit.keymap import Keymap
from scenes.kit.words import say
from scenes.stage import Stage

README = (ASSETS.parent / "README.md").read_text(encoding="utf-8")
SIZES = ["640x360", "1024x768", "1280x720", "1920x1080", "3840x2160", "1080x1920", "390x844"]
Played = tuple[Stage, Any, Callable[[], dict[str, Any]]]


@pytest.fixture
def played(rehearsed: Any, tmp_path: Path) -> Iterator[Played]:
    """A visualizer off screen, its pilot, and what it shows."""
    with rehearsed(tmp_path) as (stage, pilot):
        yield stage, pilot, lambda: (stage.app.draw(), stage.app.scenes.top.describe())[1]


def sheet(stage: Stage) -> Sheet:
    top: Any = stage.app.scenes.top
    found: Sheet = top._fitted(0.0)
    return found


def bindings(stage: Stage) -> Keymap:
    found = stage.first.find(Keymap)
    assert found
    return found


@pytest.mark.parametrize("size", SIZES)
def test_every_key_is_shown_whole_and_inside_the_sheet(played: Played, size: str) -> None:
    stage, pilot, look = played
    pilot.size(size)
    pilot.key("f1")
    told = look()
    words = {text["text"]: text["rect"] for text in told["texts"]}
    left, top, width, height = told["panels"]["help"]
    assert (
        left >= 0 and top >= 0 and left + width <= stage.app.renderer.size[0] and height <= stage.app.renderer.size[1]
    )
    for binding in bindings(stage).table:
        assert binding.what in words, binding.what
        assert len(binding.caps) > 3 or set(binding.caps) <= set(words)
    for text, (x, y, w, h) in words.items():
        assert left <= x and x + w <= left + width and top <= y and y + h <= top + height, text


def test_the_run_goes_on_behind_the_help_epoch_by_epoch(played: Played) -> None:
    stage, pilot, look = played
    pilot.press("start")
    pilot.until("training")
    pilot.run("1s")
    before = look()["epoch"]
    pilot.press("help")
    epochs = [before]
    for _ in range(120):
        pilot.run("1ticks")
        epochs.append(look()["epoch"])
    assert (look()["scene"], epochs[-1]) == ("help", before + 10)  # two seconds at 200 ms an epoch
    assert set(epochs) == set(range(before, before + 11))
    pilot.key("escape")
    assert (look()["scene"], look()["status"]) == ("dashboard", "training")
    assert stage.controller.now.epoch == epochs[-1]


@pytest.mark.parametrize("word", ["REAL TRAINING", "SIMULATED"])
def test_the_sheet_says_where_the_numbers_come_from_too(played: Played, word: str) -> None:
    _, pilot, look = played
    if word == "SIMULATED":
        pilot.press("dataset", "curve")
    pilot.press("start")
    pilot.until("training", within="9s")
    pilot.key("f1")
    assert word in [text["text"] for text in look()["texts"]]


def test_a_key_closes_the_help_and_does_what_it_stands_for(played: Played) -> None:
    _, pilot, look = played
    pilot.key("?")
    assert look()["scene"] == "help"
    pilot.key("t")
    assert (look()["scene"], look()["theme"]) == ("dashboard", "light")


def test_a_tap_on_a_row_does_it(played: Played) -> None:
    _, pilot, look = played
    pilot.key("f1")
    x, y, w, h = next(text["rect"] for text in look()["texts"] if text["text"] == "high contrast")
    pilot.click(str(x + w // 2), str(y + h // 2))
    assert (look()["scene"], look()["theme"]) == ("dashboard", "contrast")


def test_the_readme_names_every_key(played: Played) -> None:
    stage, _, _ = played
    table = README[README.index("| key") : README.index("## Verbs")]
    missing = [cap for binding in bindings(stage).table for cap in binding.caps if f"{cap}" not in table]
    assert not [cap for cap in missing if cap not in "←→↑↓2345="]


@pytest.mark.parametrize(
    ("size", "least"), [("1280x720", 24), ("1920x1080", 24), ("1024x400", 24), ("390x844", 44), ("1080x1920", 44)]
)
def test_a_row_acts_only_where_it_is_high_enough_to_be_hit_and_the_foot_says_so(
    played: Played, size: str, least: int
) -> None:
    stage, pilot, look = played
    pilot.size(size)
    pilot.key("f1")
    told = look()
    high = min(row.place.h for row in sheet(stage).rows) >= least
    assert high == (size not in ("390x844", "1024x400"))
    foot = next(text["text"] for text in told["texts"] if text["text"].startswith("Any key or tap closes this"))
    assert foot == say("help.acts" if high else "help.closes")
    x, y, w, h = next(text["rect"] for text in told["texts"] if text["text"] == "high contrast")
    pilot.click(str(x + w // 2), str(y + h // 2))
    assert (look()["scene"], look()["theme"]) == ("dashboard", "contrast" if high else "dark")


@pytest.mark.parametrize("size", SIZES)
def test_the_words_of_a_column_begin_in_one_line_right_of_its_widest_keys(played: Played, size: str) -> None:
    stage, pilot, look = played
    pilot.size(size)
    pilot.key("f1")
    look()
    top: Any = stage.app.scenes.top
    items = top._overlay._panels["help"].items
    what = {binding.what for binding in bindings(stage).table}
    columns = {item.at[0] for item in items if item.face == STRONG and item.align == "left"}  # where headings begin
    words = [item.at[0] for item in items if item.text in what]
    assert len(set(words)) == len(columns)
    for row in sheet(stage).rows:
        widths = [cap_width(sheet(stage).drawing, cap) for cap in caps(row.binding)]
        assert row.place.x + sum(widths) < row.words


@pytest.mark.parametrize(
    "what", ["one step", "least, most", "type a value", "set it", "turn, or move a slider", "zoom"]
)
def test_the_sheet_tells_of_the_focused_slider_and_of_the_pointer(played: Played, what: str) -> None:
    _, pilot, look = played
    pilot.key("f1")
    assert what in [text["text"] for text in look()["texts"]]


def test_what_the_sheet_says_of_a_focused_slider_is_so(played: Played) -> None:
    _, pilot, look = played

    def epochs() -> Any:
        return look()["controls"]["epochs"]["value"]

    while not look()["controls"]["epochs"]["focused"]:
        pilot.key("tab")
    values = []
    for key in ("right", "left", "home", "end", "7", "0", "enter"):
        pilot.key(key)
        values.append(epochs())
    assert values == [51, 50, 5, 200, 200, 200, 70]
