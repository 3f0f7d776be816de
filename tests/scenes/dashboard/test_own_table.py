"""A visitor's own table in the window: dropped or pasted, seen column by column, learned by any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine.input import Drop, Input
from scenes.dashboard.data import TOP
from scenes.dashboard.table_words import COLUMN
from scenes.kit.answer_map import AROUND, REACH, extent, mistakes, placed, plane, side_of, unseen

ROWS = "id,leaf,length,kind\n" + "".join(
    f"{k + 1},{'round' if k % 2 else 'long'},{k % 7}.5,{'oak' if k % 3 else 'pine'}\n" for k in range(60)
)


@pytest.fixture
def board(rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.tick(2)
        yield stage, pilot


def drop(stage: Any, pilot: Any, path: Path, content: bytes | str) -> str:
    """Drop a file with this content on the window; what the message says."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    stage.app.handle(Drop(path))
    pilot.tick(2)
    stage.app.draw()
    told: str = stage.context.toast.text
    return told


def column_texts(stage: Any) -> list[str]:
    stage.app.draw()
    return [text["text"] for text in stage.first.entries()["texts"]() if text["panel"] == "data"]


def test_pygames_own_event_becomes_ours() -> None:
    (event,) = Input().translate(pygame.event.Event(pygame.DROPFILE, file="/somewhere/mine.csv"), (10, 10))
    assert event == Drop(Path("/somewhere/mine.csv"))


def test_a_dropped_file_is_shown_by_its_columns_and_then_learned(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, pilot = board
    assert drop(stage, pilot, tmp_path / "trees.csv", ROWS) == "trees.csv is what the next run learns"
    texts = column_texts(stage)
    assert {"id", "leaf", "length", "kind", "2 words", "a number", "what is learned"} <= set(texts)
    assert any(text.startswith("left out: it counts the row") for text in texts)
    told = stage.first.describe()
    assert told["sentence"] == "Press Start: it will learn the column “kind” of your own rows from the others."
    assert told["controls"]["dataset"]["value"] == "csv"
    pilot.press("start")
    pilot.until("training", within="60s")
    assert stage.controller.now.network.classes == ("oak", "pine")


def test_a_finished_run_makes_room_for_a_table_and_comes_back(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, pilot = board
    pilot.set("epochs", "5")
    pilot.set("speed", "10")
    pilot.press("start")
    pilot.until("complete", within="60s")
    assert drop(stage, pilot, tmp_path / "trees.csv", ROWS) == "trees.csv is what the next run learns"
    assert stage.controller.now.run is None and "leaf" in column_texts(stage)
    pilot.key("ctrl+z")
    assert stage.controller.now.run is not None


def test_a_press_on_a_column_learns_that_one_and_undo_brings_back_the_other(
    board: tuple[Any, Any], tmp_path: Path
) -> None:
    stage, pilot = board
    drop(stage, pilot, tmp_path / "trees.csv", ROWS)
    page = stage.first.page
    panel = page.panels["data"]

    def press(row: int) -> None:
        pilot.click(str(panel.x + page.px(40)), str(panel.y + page.px(TOP + COLUMN * row + 9)))
        pilot.tick(2)

    press(1)
    assert stage.controller.chosen.class_column == "leaf"
    assert stage.controller.now.network.classes == ("long", "round")
    assert stage.first.describe()["sentence"].startswith("Press Start: it will learn the column “leaf”")
    press(0)
    assert stage.controller.chosen.class_column == "leaf", "row numbers are no classes"
    assert stage.context.toast.text
    pilot.key("ctrl+z")
    pilot.tick(2)
    assert stage.controller.now.network.classes == ("oak", "pine")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "The file is empty"),
        ("one.csv", b"a,b\n1,oak\n2,oak\n", "All usable rows have the class 'oak'"),
        ("sheet.xlsx", b"PK\x03\x04rest", "sheet.xlsx is a workbook: save its table as CSV"),
        ("photo.jpg", b"\xff\xd8\xff\x00\x00", "is not a text file"),
    ],
)
def test_what_cannot_be_learned_is_refused_in_words_and_nothing_changes(
    board: tuple[Any, Any], tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    stage, pilot = board
    before = stage.controller.chosen
    said = drop(stage, pilot, tmp_path / name, content)
    assert told in said and name in said and str(tmp_path) not in said
    assert stage.controller.chosen == before


def test_a_file_that_is_gone_and_a_folder_are_told(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, _ = board
    for path in (tmp_path / "gone.csv", tmp_path):
        stage.app.handle(Drop(path))
        assert path.name in stage.context.toast.text


def test_while_a_run_is_on_nothing_is_brought(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, pilot = board
    pilot.press("start")
    pilot.until("training", within="60s")
    assert "Press Stop first" in drop(stage, pilot, tmp_path / "trees.csv", ROWS)
    assert stage.controller.chosen.table == ""


def test_a_pasted_table_is_learned(board: tuple[Any, Any]) -> None:
    stage, pilot = board

    class Held:
        def text(self) -> str:
            return ROWS.replace(",", "\t").replace(".", ",")

    lines = stage.first._controls.ui.controls["copy"].press.__self__
    lines._clipboard = Held()
    pilot.key("ctrl+v")
    pilot.tick(2)
    assert stage.context.toast.text == "What was pasted is what the next run learns"
    assert stage.controller.now.network.classes == ("oak", "pine")


def test_the_cell_for_own_rows_says_how_to_bring_some(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, pilot = board
    pilot.press("dataset", "own")
    assert stage.context.toast.text == "Drop a table on the window, or copy one and press Ctrl+V"
    assert stage.controller.chosen.dataset == "spiral"
    drop(stage, pilot, tmp_path / "trees.csv", ROWS)
    pilot.press("dataset", "spiral")
    pilot.press("dataset", "own")
    assert stage.controller.chosen.dataset == "csv"


def test_a_table_of_many_columns_shows_as_many_as_have_room(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, pilot = board
    names = ",".join(f"c{k}" for k in range(40))
    rows = "\n".join(",".join(str((k * 7 + row) % 11) for k in range(40)) + f",{'ab'[row % 2]}" for row in range(30))
    drop(stage, pilot, tmp_path / "wide.csv", f"{names},kind\n{rows}\n")
    texts = column_texts(stage)
    assert any(text.endswith("more; press one to learn it") for text in texts)


def test_two_columns_of_numbers_have_a_map_whose_points_and_mistakes_are_those_of_the_network(
    board: tuple[Any, Any], tmp_path: Path
) -> None:
    stage, pilot = board
    rows = "".join(f"{100 + 3 * k},{k * 37 % 50 / 1000},{'hi' if k * 37 % 50 > 25 else 'lo'}\n" for k in range(50))
    drop(stage, pilot, tmp_path / "two.csv", "far,near,kind\n" + rows)
    pilot.set("learning_rate", "0.1")
    pilot.press("start")
    pilot.until("complete", within="60s")
    pilot.run("1s")
    network, state = stage.controller.now.network, stage.controller.now.state
    assert network.mapped and not network.flat
    at = placed(network, network.samples)
    assert np.abs(at).max() < REACH and np.ptp(at, axis=0) == pytest.approx(2 * REACH / AROUND, rel=1e-3)
    middle, half = extent(network)
    np.testing.assert_allclose(at * half / REACH + middle, network.samples, rtol=1e-4, atol=1e-5)
    wrong = mistakes(network, state, unseen(network))
    counted = int(state.confusion.sum() - state.confusion.trace())
    assert len(wrong) == counted
    asked = plane(network)
    side = side_of(network)
    corner = asked.reshape(2, side, side)[:, 0, 0] * network.scale + network.offset
    np.testing.assert_allclose(corner, middle + half * (-1, 1), rtol=1e-3)
    texts = column_texts(stage)
    assert {"hi", "lo", "far: across, near: up", f"wrong {counted}"} <= set(texts)


def test_a_table_with_one_column_to_learn_from_has_the_mix_ups(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, pilot = board
    drop(stage, pilot, tmp_path / "flat.csv", "a,b,kind\n" + "".join(f"{k},5,{'xy'[k % 2]}\n" for k in range(20)))
    pilot.press("start")
    pilot.until("complete", within="60s")
    stage.app.draw()
    assert not stage.controller.now.network.mapped and "confusion matrix" in column_texts(stage)


def test_of_more_columns_any_two_are_chosen_and_the_rest_is_at_its_mean(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.open(*["colours", "learning_rate=0.1", "epochs=9", "seed=7", "epoch=9"])
        pilot.until("complete", within="60s")
        pilot.run("1s")
        network = stage.controller.now.network
        assert network.numbers == (0, 1, 2)
        seen = []
        for name in ("map_across", "map_across", "map_up", "map_up", "map_up"):
            stage.app.draw()
            seen.append([text for text in column_texts(stage) if text.startswith(("→", "↑"))])
            pilot.press(name)
            pilot.tick(2)
        assert seen[0] == ["→ red", "↑ green"] and seen[1] == ["→ blue", "↑ green"] and seen[2] == ["→ red", "↑ green"]
        assert all(across[2:] != up[2:] for across, up in seen)
        assert "rest at mean" in column_texts(stage)
        asked = plane(network, (0, 2))
        assert np.abs(asked[1]).max() < 1e-5, "what is scaled by mean and deviation is 0 at its mean"
        assert np.ptp(asked[0]) > 1 and np.ptp(asked[2]) > 1
        np.testing.assert_allclose(
            placed(network, network.samples, (0, 2))[:, 1], placed(network, network.samples, (2, 0))[:, 0]
        )
        pilot.press("mix_ups")
        pilot.tick(2)
        texts = column_texts(stage)
        assert "confusion matrix" in texts
        pilot.neuron("1", "1")
        assert not stage.first.entries()["controls"]()["map_up"]["visible"]


def test_columns_of_two_values_are_no_sides_of_a_map(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.open(*["animals", "learning_rate=0.1", "epochs=3", "seed=7", "epoch=3"])
        pilot.until("complete", within="60s")
        pilot.run("1s")
        assert stage.controller.now.network.numbers == (0,)
        assert "confusion matrix" in column_texts(stage)
