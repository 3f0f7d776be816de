"""Kept runs are found, named, pinned, removed and taken back, opened again and compared; their colours stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.input import Key, Press, Release, Scroll
from scenes.kept.contents import contents
from scenes.kept.index import Index
from scenes.kept.label import label_path, read_label, relabel
from scenes.kept.numbers import note_numbers, numbers_in
from scenes.runs.layout import ACTS, arrange, rows_of
from scenes.runs.shelf import Shelf
from scenes.training.lifecycle import Status
from scenes.training.worlds import LOOKS
from tests.scenes.kept.conftest import Kept, lines_of_a_run

SIZES = [(1280, 720), (1920, 1080), (390, 844), (640, 400), (1080, 1920)]
COUNT = 14


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return lines_of_a_run(points=10, layers=(3, 2), features=("x", "y"))


@pytest.fixture
def kept(tmp_path: Path, lines: list[bytes]) -> Kept:
    """Fourteen runs: the newest one of digits."""
    made = Kept(tmp_path / "runs")
    store = made.store()
    for _ in range(COUNT - 1):
        made.keep(lines, store=store)
    made.keep(lines_of_a_run(dataset="circle", learning_rate=0.3, points=10, layers=(3,)), store=store)
    return made


@pytest.fixture
def shown(kept: Kept, rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Any, Any, Shelf]]:
    """The list on the screen: the stage, its pilot, the shelf."""
    with rehearsed(tmp_path) as (stage, pilot):
        stage.context.kept_in = kept.folder
        stage.show("runs")
        pilot.run("2ticks")
        shelf = stage.scene.find(Shelf)
        assert shelf
        yield stage, pilot, shelf


def keys(stage: Any, *names: str) -> None:
    for name in names:
        stage.scene.handle(Key(name.removeprefix("ctrl+"), ctrl=name.startswith("ctrl+")))


def again(stage: Any, pilot: Any) -> None:
    """Go away, and come back."""
    stage.show("dashboard")
    pilot.run("1ticks")
    keys(stage, "h")
    pilot.run("1ticks")


def until_shown(stage: Any, pilot: Any, name: str) -> None:
    """Reading is done on a thread of its own: the list says when."""
    while stage.scene.name == "runs" and stage.scene.find(Shelf).loading:
        pilot.run("1ticks")
    assert stage.scene.name == name


def test_the_newest_stands_first_and_keys_go_through_all(shown: Any) -> None:
    stage, pilot, shelf = shown
    ids = [run.id for run in shelf.found]
    assert len(ids) == COUNT and ids == sorted(ids, reverse=True)
    rows = rows_of(stage.scene.page)
    assert stage.scene.entries()["rows"]() == ids[:rows]
    keys(stage, "end")
    assert shelf.spoken_of.id == ids[-1] and stage.scene.entries()["rows"]() == ids[-rows:]
    keys(stage, "up", "home", "page down")
    assert stage.scene.entries()["rows"]() == ids[COUNT - rows :] and shelf.current >= shelf.top
    stage.scene.handle(Scroll((600.0, 300.0), 50.0))
    assert shelf.top == 0
    pilot.run("1ticks")


def test_search_finds_by_every_word_and_a_name(shown: Any) -> None:
    stage, _, shelf = shown
    keys(stage, "/", *"circle", "space", *"0.3")
    assert [run.dataset for run in shelf.found] == ["circle"] and stage.scene.entries()["search"]() == "circle 0.3"
    keys(stage, "return", "n", *"two rings", "return")
    assert shelf.found[0].name == "two rings" and shelf.typing == ""
    keys(stage, "/", "escape")
    assert len(shelf.found) == COUNT
    keys(stage, "n")
    stage.scene.handle(Key("a", shift=True))
    keys(stage, "f5", "escape")
    assert shelf.name == "two ringsA" and shelf.found[0].name == "two rings"
    keys(stage, "/", *"rings", "backspace", "s")
    assert [run.name for run in shelf.found] == ["two rings"]
    keys(stage, "x")
    assert shelf.found == [] and shelf.spoken_of is None and shelf.meant == []
    keys(stage, "return", "return", "n", "p", "space", "delete", "c")  # nothing is there to be meant
    assert shelf.typing == ""


def test_a_name_is_given_once(shown: Any) -> None:
    stage, _, shelf = shown
    keys(stage, "n", "a", "return", "down", "n", "A", "return")
    assert [run.name for run in shelf.runs if run.name] == ["a"]
    assert "a" in stage.context.toast.text.lower()


def test_a_pin_brings_it_to_the_front_and_stays(shown: Any, kept: Kept) -> None:
    stage, pilot, shelf = shown
    last = shelf.found[-1].id
    keys(stage, "end", "p")
    assert shelf.found[0].id == last and shelf.spoken_of.id == last
    assert read_label(label_path(kept.folder, last)).pinned
    pilot.press("pin", "1")
    assert not read_label(label_path(kept.folder, last)).pinned


def test_what_is_removed_comes_back_until_the_list_is_left(shown: Any, kept: Kept) -> None:
    stage, _pilot, shelf = shown
    first, second = (run.id for run in shelf.found[:2])
    keys(stage, "delete")
    assert shelf.found[0].id == second and first in contents(kept.folder)
    keys(stage, "ctrl+z")
    assert shelf.found[0].id == first
    keys(stage, "delete", "escape")
    assert stage.scene.name == "dashboard" and first not in contents(kept.folder)
    assert len(contents(kept.folder)) == COUNT - 1


def test_a_run_is_opened_again_and_several_are_compared(shown: Any, kept: Kept) -> None:
    stage, pilot, _shelf = shown
    keys(stage, "return")
    until_shown(stage, pilot, "dashboard")
    now = stage.controller.now
    assert now.status is Status.COMPLETE and now.parameters.dataset == "circle" and now.epoch == 3
    stage.show("runs")
    pilot.run("1ticks")
    pilot.press("row", "2")
    keys(stage, "n", *"two", "return")
    pilot.press("row", "3")
    pilot.press("lay_beside")
    until_shown(stage, pilot, "compare")
    pilot.run("2ticks")
    told = stage.scene.entries()["runs"]()
    assert len(told) == 2 and stage.controller.now.status is Status.COMPLETE
    assert [each["differs"][:1] for each in told] == [["two"], []]


def test_no_colour_changes_whatever_is_removed_and_opened_again(shown: Any, kept: Kept) -> None:
    stage, pilot, shelf = shown
    ids = [run.id for run in shelf.found]

    def lay(*chosen: str) -> dict[str, int]:
        stage.show("runs")
        pilot.run("1ticks")
        now = stage.scene.find(Shelf)
        now.chosen = list(chosen)
        keys(stage, "c")
        until_shown(stage, pilot, "compare")
        controller = stage.controller.refresh()
        runs = [(each.run, each.number) for each in controller.beside] + [(controller.run, controller.number)]
        return {run.kept_as: number for run, number in runs}

    seen = lay(*ids[:3])
    assert sorted(seen.values()) == [0, 1, 2]
    stage.controller.remove(stage.controller.now.number)
    for group in (ids[3:6], ids[1:5], ids[6:14], ids[:8], ids[4:7]):
        now = lay(*group)
        assert len(set(now.values())) == len(group)
        for run, number in now.items():
            assert seen.setdefault(run, number) == number and number < LOOKS
    assert len(seen) == COUNT and len(set(seen.values())) == COUNT
    keys(stage, "h")
    assert numbers_in(kept.folder) == seen
    shelf.folder = kept.folder
    relabel(kept.folder, ids[0], name="called", number=seen[ids[0]])
    assert numbers_in(kept.folder) == seen


def test_another_session_has_the_same_colours(kept: Kept, rehearsed: Any, tmp_path: Path) -> None:
    ids = [run.id for run in Index(kept.folder).runs()]
    note_numbers(kept.folder, {ids[0]: 5, ids[1]: 9, "gone": 3})
    with rehearsed(tmp_path) as (stage, pilot):
        stage.context.kept_in = kept.folder
        stage.show("runs")
        pilot.run("1ticks")
        stage.scene.find(Shelf).chosen = ids[:3]
        keys(stage, "c")
        until_shown(stage, pilot, "compare")
        assert stage.controller.numbers == {ids[0]: 5, ids[1]: 9, ids[2]: 0}


@pytest.mark.parametrize("disk", ["read", "write"])
def test_what_the_disk_says_is_one_sentence(disk: str, shown: Any, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, pilot, _ = shown

    def broken(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scenes.runs.shelf." + ("mend" if disk == "read" else "relabel"), broken)
    again(stage, pilot)
    if disk == "write":
        keys(stage, "p")
    assert "No space left on device" in stage.context.toast.text


def test_a_run_that_cannot_be_read_is_listed_and_said(shown: Any, kept: Kept) -> None:
    stage, pilot, shelf = shown
    path = contents(kept.folder)[shelf.found[0].id].path
    path.write_bytes(b"no run at all")
    again(stage, pilot)
    pilot.run("2ticks")
    assert stage.scene.name == "runs" and len(stage.scene.find(Shelf).found) == COUNT
    keys(stage, "home", "return")
    pilot.run("1ticks")
    assert stage.scene.name == "runs" and stage.context.toast.text


def test_a_run_that_is_being_trained_is_neither_opened_nor_removed(shown: Any, kept: Kept, lines: list[bytes]) -> None:
    stage, pilot, _ = shown
    running = kept.store().keeper()
    for line in lines[:3]:
        running.line(line)
    again(stage, pilot)
    pilot.run("1ticks")
    shelf = stage.scene.find(Shelf)
    place = [run.status for run in shelf.found].index("running")
    keys(stage, "home")
    shelf.go(place)
    for name in ("return", "delete"):
        keys(stage, name)
        assert "still" in stage.context.toast.text and not shelf.loading and len(shelf.found) == COUNT + 1
    running.close(stopped=True)


def test_where_nothing_is_kept_it_says_so(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        keys(stage, "h")
        assert stage.scene.name == "dashboard" and "not kept here" in stage.context.toast.text
        for folder, words in ((None, "not kept here"), (tmp_path / "none", "No run is kept yet")):
            stage.context.kept_in = folder
            stage.show("runs")
            pilot.run("2ticks")
            stage.scene.drawing()
            assert words in str(stage.scene.entries()["texts"]())
            keys(stage, "return", "c", "n", "delete", "space", "p", "down", "escape")
            assert stage.scene.name == "dashboard"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [0.75, 1.0, 2.0])
def test_everything_lies_in_the_window_and_is_large_enough_for_a_finger(size: tuple[int, int], scale: float) -> None:
    page = arrange(size, scale, 0, (), shown=100)
    inside = [*page.panels.values(), *(page.slots[name] for name in (*ACTS, "search", "back"))]
    for rect in inside:
        assert rect.x >= 0 and rect.right <= size[0] and rect.y >= 0 and rect.bottom <= size[1]
    assert rows_of(page) >= 1
    for name in ACTS:
        assert page.slots[name].h >= 40 * page.scale - 1


def test_a_press_on_a_row_reaches_that_run(shown: Any) -> None:
    stage, pilot, shelf = shown
    keys(stage, "end")
    pilot.run("1ticks")
    at = stage.scene.page.slots["row.2"].middle
    for event in (Press(at), Release(at)):
        stage.scene.handle(event)
    assert shelf.chosen == [shelf.found[shelf.top + 1].id]


def test_at_most_eight_are_chosen(shown: Any) -> None:
    stage, _, shelf = shown
    for _ in range(10):
        keys(stage, "space", "down")
    assert len(shelf.chosen) == 8 and "8" in stage.context.toast.text
