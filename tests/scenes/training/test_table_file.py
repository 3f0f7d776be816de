"""A visitor's own rows: what can be used is learned, what cannot is named by line."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.scripting.words import VerbError
from scenes.training.table_file import own_rows

ROOT = Path(__file__).resolve().parents[3]
ROWS = "".join(f"{k / 10},{(k * 7 % 11) / 5},{'high' if k > 20 else 'low'}\n" for k in range(40))


def test_own_rows_are_learned_and_bad_ones_named(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path, csv="width,height,kind\n" + ROWS + "spoiled,row,low\n") as (stage, pilot):
        pilot.press("start")
        pilot.until("complete")
        pilot.run("1s")
        stage.app.draw()
        told = stage.first.describe()
        assert "line 42: " in " ".join(stage.controller.now.network.left_out)
    assert (told["parameters"]["dataset"], told["shape"][0], told["shape"][-1]) == ("csv", 2, 2)
    assert told["accuracy"] > 80
    words = [text["text"] for text in told["texts"] if text["panel"] == "data"]
    assert "1 row left out" in words
    assert {"low", "high"} <= set(words) and "width: across, height: up" in words, "a map of both columns"


def test_there_is_a_way_back_to_ones_own_rows(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path, csv="width,height,kind\n" + ROWS) as (stage, pilot):
        pilot.press("dataset", "circle")
        assert stage.controller.chosen.dataset == "circle"
        pilot.press("dataset", "csv")
        assert stage.controller.chosen.dataset == "csv"
        pilot.dataset("circle")
        pilot.dataset("csv")
        stage.app.draw()
        told = stage.first.describe()
    assert "Own" in [text["text"] for text in told["texts"]]
    slots = stage.first.page.slots
    cells = [slots[name] for name in slots if name.startswith("dataset.")]
    assert len(cells) == 9
    assert all(one.right < other.x or one.bottom < other.y for one, other in pairwise(cells))


def test_without_rows_of_ones_own_the_choice_says_how_to_bring_some(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("dataset", "own")
        assert "Drop a table" in stage.context.toast.text and stage.controller.chosen.dataset == "spiral"
        with pytest.raises(VerbError, match="'csv' is no value for 'dataset'"):
            pilot.dataset("csv")


def test_a_table_is_chosen_in_the_dialog_of_the_desktop(rehearsed: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("width,height,kind\n" + ROWS, encoding="utf-8")
    with rehearsed(tmp_path) as (stage, pilot):
        dialog = stage.context.file_dialog
        pilot.key("ctrl+o")
        assert "Drop a table" in stage.context.toast.text  # there is none off screen
        for chosen in (path, tmp_path / "gone.csv"):
            dialog.known = [(sys.executable, "-c", f"print({str(chosen)!r})")]
            pilot.press("dataset", "own")
            assert "Choose a table" in stage.context.toast.text
            dialog._asked.wait()
            pilot.tick(2)
            assert stage.controller.chosen.dataset == "csv"
        assert "gone.csv" in stage.context.toast.text  # and the one before is kept
        assert stage.controller.chosen.table.startswith("width")


TABLE = 'größe,café,art\n1,2,rosé\n3,4,"flieder – weiß"\n'


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp1252"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        b"\xfe\xff" + TABLE.encode("utf-16-be"),
    ],
    ids=["UTF-8", "UTF-8 with its mark", "Windows-1252", "UTF-16", "UTF-16-LE", "UTF-16-BE", "UTF-16-BE with its mark"],
)
def test_the_encoding_of_a_file_is_recognised(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.csv").write_bytes(content)
    assert own_rows(tmp_path / "mine.csv") == TABLE


def test_what_is_latin_1_is_read_as_that_also_with_one_letter_of_it(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes("1,2,rosé\n3,4,tulip\n".encode("latin-1"))
    assert own_rows(tmp_path / "mine.csv") == "1,2,rosé\n3,4,tulip\n"


def test_a_bad_byte_among_good_letters_is_marked_and_changes_no_other_line(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(TABLE.encode().replace("weiß".encode(), b"wei\xdf"))
    assert own_rows(tmp_path / "mine.csv") == TABLE.replace("weiß", "wei\ufffd")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and more", "is a workbook: save its table as CSV"),
        (b"\xd0\xcf\x11\xe0 and more", "is a workbook: save its table as CSV"),
        (b"a,b\x00,c\n", "is not a text file"),
        (("é" * (4 * 1024 * 1024)).encode("latin-1"), "MB in UTF-8: send fewer rows"),
    ],
    ids=["xlsx", "xls", "zeros", "large in UTF-8"],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "mine.csv").write_bytes(content)
    with pytest.raises(ValueError, match=rf"mine\.csv.*{reason}"):
        own_rows(tmp_path / "mine.csv")


def test_the_class_of_ones_own_rows_can_be_named(rehearsed: Any, tmp_path: Path) -> None:
    rows = "".join(f"{'high' if k > 20 else 'low'},{k / 10},{(k * 7 % 11) / 5}\n" for k in range(40))
    with rehearsed(tmp_path, csv="kind,width,height\n" + rows, class_column="kind") as (stage, pilot):
        pilot.press("start")
        pilot.until("complete")
        network = stage.controller.now.network
    assert (network.classes, network.features) == (("high", "low"), ("width", "height"))
    assert [(column.name, column.became) for column in network.columns] == [
        ("kind", "class"),
        ("width", "number"),
        ("height", "number"),
    ]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"x" * (8 * 1024 * 1024)])
def test_a_file_that_cannot_be_used_is_named_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content)
    command = [sys.executable, "-P", "-m", "scenes", "play", "demo.script", "--csv", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 2
    assert "mine.csv" in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
