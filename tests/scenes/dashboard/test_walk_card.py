"""One sample is led through the network: by press, key and script; points, pictures and colours of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.input import Move, Press, Release
from engine.scripting.words import VerbError
from scenes.training.inference import answers, given
from scenes.training.sample_walk import BACKWARD, FORWARD, LOSS, UPDATE, least_known, walked
from scenes.world.world import World

POINTS = "spiral learning_rate=0.1 epochs=40 seed=7 epoch=31"
DIGITS = "digits learning_rate=0.1 epochs=20 seed=7 epoch=20"
COLOURS = "colours learning_rate=0.1 epochs=20 seed=7 epoch=20"
STROKES = {  # as a hand writes them, from 0 to 1 of the square
    0: [[(0.5 + 0.25 * np.cos(a), 0.5 + 0.4 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)]],
    1: [[(0.5, 0.1), (0.5, 0.5), (0.5, 0.9)]],
    4: [[(0.55, 0.1), (0.25, 0.6), (0.75, 0.6)], [(0.6, 0.35), (0.55, 0.9)]],
    7: [[(0.28, 0.12), (0.7, 0.12), (0.5, 0.5), (0.42, 0.9)]],
}


@pytest.fixture
def shown(rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    with rehearsed(tmp_path) as (stage, pilot):
        yield stage, pilot


def opened(pilot: Any, line: str) -> None:
    pilot.open(*line.split(" "))
    pilot.until("paused" if "epoch=31" in line else "complete", within="60s")
    pilot.run("1s")


def entry(stage: Any) -> Any:
    return stage.first.entries()["walk"]()


def texts(stage: Any, panel: str) -> list[str]:
    stage.app.draw()
    return [text["text"] for text in stage.first.entries()["texts"]() if text["panel"] == panel]


def pad(stage: Any) -> tuple[int, int, int, int]:
    place: tuple[int, int, int, int] = stage.first.entries()["panels"]()["pad"]
    return place


def test_a_script_leads_a_sample_through_and_every_number_computes_again(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, POINTS)
    assert entry(stage) is None
    pilot.walk("12", step="3", neuron="2")
    now, told = stage.controller.now, entry(stage)
    own = walked(
        now.network, now.state, now.network.samples[11], int(now.network.labels[11]), loss="cross-entropy", rate=0.1
    )
    assert (told["sample"], told["step"], told["steps"], told["kind"]) == (12, 3, 9, FORWARD)
    assert told["neuron"] == "2·2" and told["output"] == pytest.approx(own.output((2, 1)), abs=1e-6)
    assert told["loss"] == pytest.approx(own.loss, abs=1e-6)
    for link, term in zip(told["links"], own.terms((2, 1)), strict=False):
        assert link["product"] == pytest.approx(term.product, abs=1e-6)
    assert f"{own.terms((2, 1))[0].product:.3f}" in texts(stage, "data")
    for step, kind in ((5, LOSS), (7, BACKWARD), (9, UPDATE)):
        pilot.walk("12", step=str(step))
        assert entry(stage)["kind"] == kind
    assert entry(stage)["loss_after"] < entry(stage)["loss"]  # a step on one sample alone helps that one
    pilot.walk("none")
    assert entry(stage) is None


def test_the_numbers_stand_on_the_links_of_the_field(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, POINTS)
    pilot.walk("12", step="2", neuron="1")
    pilot.run("500ms")
    world = stage.first.find(World)
    on_links = [name.text for name in world.labels.names if name.at]
    assert on_links == [f"{link['product']:.3f}" for link in entry(stage)["links"]]
    assert any(name["text"] in on_links for name in stage.first.entries()["labels"]())
    pilot.walk("12", step="9")
    pilot.run("500ms")
    assert all(" → " in name.text for name in world.labels.names if name.at)


def test_keys_and_buttons_go_step_by_step_and_a_click_asks_another_neuron(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, POINTS)
    now = stage.controller.now
    pilot.key("w")
    assert entry(stage)["sample"] == least_known(now.network, now.state) + 1
    pilot.key("right")
    assert (entry(stage)["step"], entry(stage)["kind"]) == (2, FORWARD)
    first = entry(stage)["neuron"]
    pilot.key("down" if first.endswith("·1") else "up")
    assert entry(stage)["neuron"] != first
    pilot.press("walk_next")
    assert entry(stage)["step"] == 3
    world = stage.first.find(World)
    world.ask((1, 4))
    assert (entry(stage)["step"], entry(stage)["neuron"]) == (2, "1·5")
    pilot.press("walk_back")
    with pytest.raises(VerbError, match="cannot be used now"):
        pilot.press("walk_back")
    before = entry(stage)["sample"]
    pilot.press("walk_other")
    assert entry(stage)["sample"] == before % len(now.network.samples) + 1
    pilot.key("escape")
    assert entry(stage) is None and stage.controller.now.epoch == 31


def test_it_plays_by_itself_to_the_end_and_begins_again(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, POINTS)
    pilot.key("a")
    pilot.run("2s")
    assert entry(stage)["step"] == 2
    pilot.run("14s")
    assert entry(stage)["step"] == entry(stage)["steps"]
    pilot.run("5s")
    assert entry(stage)["step"] == entry(stage)["steps"]
    pilot.press("walk_play")
    pilot.run("500ms")
    assert entry(stage)["step"] == 1


def test_a_run_that_is_under_way_is_held_and_one_that_goes_on_ends_the_walk(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    pilot.set("epochs", "200")
    pilot.press("start")
    pilot.until("training", within="30s")
    pilot.run("10epochs")
    pilot.press("walk")
    assert stage.controller.now.status.value == "paused" and entry(stage)
    then = entry(stage)["loss"]
    pilot.key(",")
    pilot.run("300ms")
    assert entry(stage)["loss"] != then  # the numbers are those of the epoch that is shown
    pilot.key("space")
    pilot.run("200ms")
    assert entry(stage) is None
    with pytest.raises(VerbError, match="no sample: 1 to"):
        pilot.walk("100000")


def test_a_press_on_the_map_leads_that_point_through_or_one_of_ones_own(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, POINTS)
    place = stage.first.page.panels["data"]
    corner = place.x + 24, place.y + 50
    pilot.click(str(corner[0]), str(corner[1]))
    told = entry(stage)
    assert told["sample"] is None and told["class"] == told["answer"]
    assert "Your own point" in texts(stage, "data")
    left, top, wide, _ = pad(stage)
    pilot.drag(str(left + wide // 3), str(top + 12), "20", "5")
    walk = stage.first.find(World).walk
    network = stage.controller.now.network
    shares = answers(network, stage.controller.now.state, given(network, walk.own[None, :]))[:, 0]
    assert entry(stage)["shares"] == pytest.approx(shares.tolist(), abs=1e-5)
    pilot.press("walk_next")
    for _ in range(3):
        pilot.press("walk_next")
    assert entry(stage)["kind"] == LOSS
    other = 1 - network.classes.index(entry(stage)["answer"])
    walk.say(other, stage.controller.now)
    pilot.run("100ms")
    assert entry(stage)["class"] == network.classes[other] and entry(stage)["loss"] > 0.69


@pytest.mark.parametrize("digit", list(STROKES))
def test_a_digit_that_is_drawn_is_read(shown: tuple[Any, Any], digit: int) -> None:
    stage, pilot = shown
    opened(pilot, DIGITS)
    pilot.key("d")
    left, top, wide, high = pad(stage)
    for stroke in STROKES[digit]:
        points = [(left + x * wide, top + y * high) for x, y in stroke]
        pilot.act(Press(points[0]))
        pilot.tick()
        for point in points[1:]:
            pilot.act(Move(point))
            pilot.tick()
        pilot.act(Release(points[-1]))
        pilot.tick()
    assert entry(stage)["answer"] == str(digit)
    assert "Your own picture" in texts(stage, "data")
    pilot.act(Move((left + 5.0, top + 5.0)))  # a pointer that is not down draws nothing
    assert entry(stage)["answer"] == str(digit)


def test_a_press_on_a_picture_leads_it_through(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, DIGITS)
    place = stage.first.page.panels["data"]
    pilot.click(str(place.x + 30), str(place.y + 60))
    assert entry(stage)["sample"] == 1
    assert "Picture 1, unseen" in texts(stage, "data")


def test_a_colour_of_ones_own_is_answered_and_words_stand_on_it_so(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, COLOURS)
    pilot.key("w")
    left, top, wide, high = pad(stage)
    said = {}
    for name, down in (("light", 0.03), ("dark", 0.97)):
        pilot.click(str(left + wide // 2), str(int(top + down * high)))
        said[name] = entry(stage)["answer"]
    assert said == {"light": "black text", "dark": "white text"}
    assert "Your own colour" in texts(stage, "data") and "Text" in texts(stage, "data")


def test_a_colour_of_ones_own_is_one_more_row_of_the_next_run(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, COLOURS)
    pilot.key("w")
    left, top, wide, high = pad(stage)
    pilot.click(str(left + wide // 2), str(top + high // 2))
    answer = entry(stage)["answer"]
    names = stage.controller.now.network.classes
    other = names[1 - names.index(answer)]
    stage.app.draw()
    row = next(text for text in stage.first.entries()["texts"]() if text["text"] == other and text["panel"] == "data")
    pilot.click(str(row["rect"][0] + 2), str(row["rect"][1] + row["rect"][3] // 2))
    assert entry(stage)["class"] == other and "you say so" in texts(stage, "data")
    pilot.press("walk_learn")
    own = stage.controller.chosen.rows
    assert len(own) == 1 and own[0][-1] == names.index(other)
    assert "is one more row" in stage.context.toast.text and "1 row of yours" in texts(stage, "data")
    pilot.press("start")
    pilot.until("complete", within="60s")
    now = stage.controller.now
    assert now.parameters.rows == own
    assert f"rows={','.join(f'{v:g}' for v in own[0])}" in stage.first.entries()["line"]()
    pilot.press("stop")
    pilot.key("ctrl+z")
    assert stage.controller.now.parameters.rows == own
    pilot.press("stop")
    pilot.dataset("circle")
    assert stage.controller.chosen.rows == ()


def test_without_a_trained_network_nothing_is_led_through(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    for key in ("w", "a", "d"):
        pilot.key(key)
        assert entry(stage) is None
    with pytest.raises(VerbError, match="no trained network"):
        pilot.walk("1")
    with pytest.raises(VerbError, match="cannot be used now"):
        pilot.press("walk")
    pilot.dataset("curve")
    pilot.press("start")
    pilot.until("training", within="30s")
    pilot.run("1s")
    pilot.key("w")
    assert entry(stage) is None and stage.controller.now.status.value == "training"


def test_nothing_of_a_walk_is_left_for_the_next_visitor(shown: tuple[Any, Any]) -> None:
    stage, pilot = shown
    opened(pilot, DIGITS)
    pilot.key("d")
    stage.first.begin_anew()
    assert entry(stage) is None
    pilot.key("d")
    assert not stage.first.find(World).walk.own.any()
