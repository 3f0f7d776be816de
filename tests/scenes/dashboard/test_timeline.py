"""Any epoch that has been shown can be looked at again, by pointer and key, and everything on the screen follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scenes.dashboard.charts import TOP

Played = tuple[Any, Callable[[], dict[str, Any]]]


@pytest.fixture
def paused(rehearsed: Any, tmp_path: Path) -> Iterator[Played]:
    """A run held near epoch 20, and what the screen shows of it."""
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("start")
        pilot.until("training")
        pilot.run("4s")
        pilot.press("pause")
        yield pilot, lambda: (stage.app.draw(), stage.first.describe())[1]


def test_an_epoch_shown_again_is_what_it_was(paused: Played) -> None:
    pilot, look = paused
    seen = {}
    for _ in range(3):
        now = look()
        seen[now["epoch"]] = now
        pilot.key(".")
    head = look()["head"]
    for epoch, then in seen.items():
        while look()["epoch"] > epoch:
            pilot.key(",")
        now = look()
        assert (now["epoch"], now["head"], now["stamp"]) == (epoch, head, "REPLAY")
        for figure in ("loss", "accuracy", "best_accuracy", "validation_loss", "validation_accuracy", "progress"):
            assert now[figure] == then[figure], figure
        while look()["epoch"] < head:
            pilot.key(".")
        assert look()["stamp"] == "REAL TRAINING"


def test_dragging_the_bar_looks_back_and_resuming_plays_on_from_there(paused: Played) -> None:
    pilot, look = paused
    before = look()
    x, y, w, h = before["panels"]["progress"]
    pilot.drag(str(x + w // 2), str(y + h // 2), "-200", "0")
    now = look()
    assert now["epoch"] < before["epoch"] == now["head"] and now["status"] == "paused"
    looked_at = now["epoch"]
    pilot.press("resume")
    pilot.run("100ms")
    assert looked_at <= look()["epoch"] <= looked_at + 1, "it plays on from there"
    pilot.until("epoch", ">", str(before["epoch"]), within="60s")
    assert look()["stamp"] == "REAL TRAINING"


def test_stepping_shows_one_epoch_and_completes_after_the_last(paused: Played) -> None:
    pilot, look = paused
    before = look()["epoch"]
    for wanted in range(before + 1, 51):
        pilot.press("step")
        assert (look()["epoch"], look()["status"]) == (wanted, "paused")
    pilot.press("step")
    pilot.until("complete")
    assert look()["epoch"] == 50


def test_the_pointer_over_one_chart_reads_both(paused: Played) -> None:
    pilot, look = paused
    x, y, w, h = look()["panels"]["loss_chart"]
    pilot.click(str(x + w // 4), str(y + h // 2))
    told = look()
    places = {text["text"]: text["rect"] for text in told["texts"] if text["panel"].endswith("_chart")}
    read = (f"{told['loss']:.4f}", f"{told['validation_loss']:.4f}")
    right = (f"{told['accuracy']:.2f}%", f"{told['validation_accuracy']:.2f}%")
    assert {f"epoch {told['hover']}", *read, *right} <= set(places)
    assert {"seen", "unseen"} <= set(places), "the names of the lines stay"
    assert all(places[text][1] + places[text][3] <= y + TOP for text in read), "what is read covers no curve"
    pilot.click("field")
    assert look()["hover"] is None
