"""Every neuron answers: by click, key and script; its card, its links, and what is lost without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.scripting.words import VerbError
from scenes.dashboard.link_plot import history
from scenes.dashboard.neuron_card import ROW, _list_place
from scenes.kit.findings import sentence
from scenes.kit.neuron_choice import NeuronChoice
from scenes.training.moment_line import read_line
from scenes.training.neuron import figures
from scenes.training.what_if import without
from scenes.world.world import World

LINE = "spiral learning_rate=0.1 epochs=40 seed=7 epoch=31"


@pytest.fixture
def trained(rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    """A run that is held at an epoch."""
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.open(*LINE.split(" "))
        pilot.until("paused", within="60s")
        pilot.run("1s")
        yield stage, pilot


def card(stage: Any) -> Any:
    return stage.first.entries()["neuron"]()


def test_a_script_asks_a_neuron_and_the_card_tells_what_computes_again(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    assert card(stage) is None
    pilot.neuron("1", "3")
    pilot.run("500ms")
    told, now = card(stage), stage.controller.now
    assert (told["name"], told["layer"], told["number"], told["rows"]) == ("1·3", 1, 3, 400)
    own = figures(now.network, now.state, (1, 2), loss="cross-entropy", before=now.run.at(30).state)
    assert told["bias"] == pytest.approx(own.bias, abs=1e-6)
    assert told["update"] == pytest.approx(own.update, abs=1e-6)
    assert [each["name"] for each in told["inputs"]] == ["x", "y", "x²", "y²"]
    for each, weight, gradient in zip(told["inputs"], now.state.weights[0][:, 2], own.gradients, strict=True):
        assert each["weight"] == pytest.approx(weight, abs=1e-6)
        assert each["gradient"] == pytest.approx(gradient, abs=1e-7)
    stage.app.draw()
    texts = [text["text"] for text in stage.first.entries()["texts"]() if text["panel"] == "data"]
    assert "Hidden 1, neuron 3" in texts and f"{own.weights[0]:.3f}" in texts
    pilot.neuron("none")
    pilot.run("500ms")
    stage.app.draw()
    assert card(stage) is None
    assert "Spiral" in [text["text"] for text in stage.first.entries()["texts"]() if text["panel"] == "data"]


@pytest.mark.parametrize(("layer", "number"), [("9", "1"), ("x", "1"), ("1", "7"), ("1", "0"), ("-1", "1"), ("1", "")])
def test_a_neuron_that_is_none_is_refused_in_words(trained: tuple[Any, Any], layer: str, number: str) -> None:
    stage, pilot = trained
    with pytest.raises(VerbError, match=r"is no (layer|neuron)"):
        pilot.neuron(layer, number)
    assert card(stage) is None


def places(stage: Any) -> dict[tuple[int, int], tuple[float, float]]:
    """Where each neuron is drawn, by a projection of our own."""
    world, page = stage.first.find(World), stage.first.page
    matrix = world.camera.view(1.0) @ world._projection(page)
    rest = world.field.neurons.rest
    points = np.column_stack([rest, np.ones(len(rest))]) @ matrix
    seen = (points[:, :2] / points[:, 3:] * (0.5, -0.5) + 0.5) * page.size
    return {world.field.place(k): (float(x), float(y)) for k, (x, y) in enumerate(seen)}


def test_each_neuron_is_asked_by_a_click_on_it_and_nobody_by_one_beside(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    world = stage.first.find(World)
    for place, (x, y) in places(stage).items():
        pilot.click(f"{x:.0f}", f"{y:.0f}")
        assert world.choice.place == place
    last = world.choice.place
    x, y = places(stage)[last]
    pilot.click(f"{x:.0f}", f"{y:.0f}")
    assert world.choice.place is None, "a click on the same one looks away"
    pilot.click(f"{x:.0f}", f"{y:.0f}")
    field = stage.first.page.field
    pilot.click(str(field.right - 12), str(field.bottom - 60))
    assert world.choice.place is None
    pilot.drag("field", "40", "10")
    assert world.choice.place is None, "who turns the field asks nobody"


def test_a_click_on_a_link_tells_of_that_link(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    world = stage.first.find(World)
    there = places(stage)
    weights = stage.controller.now.state.weights
    for target, source in (((1, 0), 0), ((3, 1), 4)):  # the outermost: no other lies over them
        (x, y), (x2, y2) = there[target[0] - 1, source], there[target]
        found = {}
        for share in (0.3, 0.4, 0.5, 0.6, 0.7):
            hit = world.link_at((x + (x2 - x) * share, y + (y2 - y) * share), stage.first.page)
            found[hit] = found.get(hit, 0) + 1
        assert max(found, key=lambda each: found[each]) == (target, source)
        pilot.neuron(str(target[0]), str(target[1] + 1), link=str(source + 1))
        told = card(stage)
        assert told["link"]["weight"] == pytest.approx(float(weights[target[0] - 1][source, target[1]]), abs=1e-6)
    (x, y), (x2, y2) = there[0, 0], there[1, 0]
    pilot.neuron("none")
    pilot.click(f"{x + (x2 - x) * 0.4:.0f}", f"{y + (y2 - y) * 0.4:.0f}", neuron="1.1.1")
    assert (world.choice.place, world.choice.source) == ((1, 0), 0)
    assert "link" in card(stage)
    with pytest.raises(VerbError, match="no link leads to an input"):
        pilot.neuron("0", "1", link="1")
    with pytest.raises(VerbError, match="is no input of that neuron"):
        pilot.neuron("1", "1", link="5")


def test_what_is_pointed_at_is_brought_out_in_field_flat_network_and_map(trained: tuple[Any, Any]) -> None:
    from scenes.dashboard.network import _placed_inner
    from scenes.dashboard.network_rows import PITCH, node_places
    from scenes.kit.theme import DARK
    from scenes.world.field import floating
    from scenes.world.field_rows import Aim, link_rows, neuron_rows

    stage, pilot = trained
    page, world = stage.first.page, stage.first.find(World)

    def title() -> str:
        stage.app.draw()
        texts = [text["text"] for text in stage.first.entries()["texts"]() if text["panel"] == "data"]
        return str(texts[0])

    assert title() == "Spiral" and world.pointed.meant(world.field.layers) is None
    rest = stage.app.draw()
    x, y = places(stage)[1, 2]
    pilot.point(f"{x:.0f}", f"{y:.0f}")
    assert world.pointed.meant(world.field.layers) == (1, 2) and title() == "1·3 says"
    inner = _placed_inner(page.px, page.panels["network"], 1.0)
    x, y = node_places(inner, world.field.layers, pitch=page.px(PITCH))[2][1].tolist()
    pilot.point(f"{x:.0f}", f"{y:.0f}")
    assert world.pointed.meant(world.field.layers) == (2, 1) and title() == "2·2 says"
    data = page.panels["data"]
    pilot.point(str(data.x + data.w // 2), str(data.y + data.h // 2))
    network = stage.controller.now.network
    found = world.pointed.sample
    assert found is not None and world.pointed.meant(world.field.layers) == (3, int(network.labels[found]))
    assert title() == "Spiral"
    pilot.neuron("2", "1")
    row = data.y + data.h - 60
    pilot.point(str(data.x + 60), str(row))
    assert world.pointed.neuron is not None and world.pointed.neuron[0] == 1
    pilot.point("10", "10")
    assert world.pointed == type(world.pointed)() and rest is None
    shape, place = world.field, floating(world.field.neurons, 0.0)
    aim = Aim(pointed=(1, 2))
    plain, brought = (link_rows(shape, place, DARK, 0.0, aim=each) for each in (Aim(), aim))
    own = np.isclose(plain[:, 0:3], place[shape.drawn((1, 2))]).all(1) | np.isclose(
        plain[:, 4:7], place[shape.drawn((1, 2))]
    ).all(1)
    assert (
        own.sum() == 4 + 5 and (brought[own, 11] >= plain[own, 11]).all() and (brought[own, 11] > plain[own, 11]).any()
    )
    assert (brought[~own] == plain[~own]).all()
    view = world.camera.view(1.0)
    assert (neuron_rows(shape, place, DARK, view, aim=aim)[:, 7] > 0.8).any()


def test_a_node_of_the_flat_network_is_asked_by_a_press(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    from scenes.dashboard.network import _placed_inner
    from scenes.dashboard.network_rows import PITCH, node_places

    page, world = stage.first.page, stage.first.find(World)
    inner = _placed_inner(page.px, page.panels["network"], 1.0)
    for layer, column in enumerate(node_places(inner, world.field.layers, pitch=page.px(PITCH))):
        for index, (x, y) in enumerate(column.tolist()):
            pilot.click(f"{x:.0f}", f"{y:.0f}")
            assert world.choice.place == (layer, index)


def test_keys_go_from_neuron_to_neuron_and_escape_looks_away_first(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    choice = stage.first.find(World).choice
    pilot.key("n")
    assert choice.place == (0, 0)
    pilot.key("b")
    assert choice.place == (3, 1)
    for key, place in (("left", (2, 3)), ("up", (2, 2)), ("left", (1, 3)), ("down", (1, 4)), ("right", (2, 3))):
        pilot.key(key)
        assert choice.place == place, key
    pilot.key("escape")
    assert choice.place is None and stage.controller.now.run is not None
    pilot.key("escape")
    assert stage.controller.now.run is None


def test_its_links_are_bright_and_all_others_recede(trained: tuple[Any, Any]) -> None:
    from scenes.kit.theme import DARK
    from scenes.world.field import floating
    from scenes.world.field_rows import Aim, Chosen, link_rows, neuron_rows

    stage, _ = trained
    world = stage.first.find(World)
    field, view = world.field, world.camera.view(1.0)
    place = floating(field.neurons, 0.0)
    plain, near = link_rows(field, place, DARK, 0.0), link_rows(field, place, DARK, 0.0, aim=Aim(Chosen((1, 2), 1.0)))
    here = place[field.drawn((1, 2))]
    own = (np.abs(plain[:, :3] - here).max(axis=1) < 1e-6) | (np.abs(plain[:, 4:7] - here).max(axis=1) < 1e-6)
    assert 0 < own.sum() < len(plain)
    assert (near[own, 11] >= plain[own, 11]).all() and (near[~own, 11] < 0.1 * plain[~own, 11] + 1e-6).all()
    neurons = neuron_rows(field, place, DARK, view, aim=Aim(Chosen((1, 2), 1.0)))
    assert (neurons[:, 10] > 0.9).sum() == 4 + 1 + 5, "inputs, the neuron, and the next layer"
    assert np.array_equal(
        neuron_rows(field, place, DARK, view, aim=Aim(Chosen((1, 2), 0.0)))[:, :7],
        neuron_rows(field, place, DARK, view)[:, :7],
    )


def test_a_silent_neuron_changes_map_figures_sentence_and_stamp_together(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    before = stage.controller.now
    pilot.neuron("1", "3")
    pilot.press("silence")
    pilot.run("500ms")
    now = stage.controller.now
    stage.app.draw()
    entries = stage.first.describe()
    expected = without(before.network, before.state, frozenset({(1, 2)}), "cross-entropy")
    assert entries["stamp"] == "WHAT IF"
    assert now.validation_accuracy == expected["validation_accuracy"] < before.validation_accuracy
    right, of = int(now.state.confusion.trace()), int(now.state.confusion.sum())
    assert (right, of) == (round(now.validation_accuracy), 100)
    was = round(before.validation_accuracy)
    assert (
        sentence(now)
        == f"With neuron 3 of hidden layer 1 silent: {right} of 100 unseen points right, instead of {was}."
    )
    texts = {text["text"] for text in entries["texts"]}
    assert f"{now.validation_accuracy:.1f}%" in texts and f"{before.validation_accuracy:.1f}%" not in texts
    line = read_line(entries["line"])
    assert line.silent == {(1, 2)}
    pilot.press("silence")
    pilot.run("500ms")
    assert stage.controller.now.state is before.state and stage.first.describe()["stamp"] == "REAL TRAINING"


def test_a_moment_with_a_silent_neuron_opens_again(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    pilot.open(*f"{LINE} silent=1.3,2.1".split(" "))
    pilot.until("paused", within="60s")
    now = stage.controller.now
    assert now.silent == {(1, 2), (2, 0)} and sentence(now).startswith("With 2 neurons silent: ")
    pilot.press("stop")
    pilot.press("start")
    pilot.until("training", within="60s")
    assert stage.controller.now.silent == frozenset(), "another run is whole"


def test_what_is_silenced_goes_on_through_the_epochs(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    pilot.neuron("2", "1")
    pilot.key("x")
    pilot.press("resume")
    pilot.run("3epochs")
    now = stage.controller.now
    assert now.silent == {(2, 0)} and not now.state.weights[2][0].any()
    assert now.run.at(now.epoch).state.weights[2][0].any(), "the run itself is untouched"


def test_a_press_on_an_input_tells_of_its_link_and_another_one_of_all_again(trained: tuple[Any, Any]) -> None:
    stage, pilot = trained
    pilot.neuron("1", "3")
    page, now = stage.first.page, stage.controller.now
    told = figures(now.network, now.state, (1, 2), loss="cross-entropy", before=now.run.at(30).state)
    _, top, count = _list_place(page.panels["data"], page.px, told)
    assert count == 4
    for row, source in enumerate(np.argsort(-told.shares, kind="stable").tolist()):
        at = (str(page.panels["data"].x + 40), str(top + page.px(ROW) * row - 4))
        pilot.click(*at)
        link = card(stage)["link"]
        assert link["name"] == f"{now.network.features[source]} → 1·3"
        assert link["weight"] == pytest.approx(now.state.weights[0][source, 2], abs=1e-6)
        assert link["before"] == pytest.approx(now.run.at(30).state.weights[0][source, 2], abs=1e-6)
        assert link["gradient"] == pytest.approx(told.gradients[source], abs=1e-8)
        stage.app.draw()
        pilot.click(*at)
        assert "link" not in card(stage)
    known = history(now.run, 31, (1, 2), 0)
    assert [each[:2] for each in known] == [(n, float(now.run.at(n).state.weights[0][0, 2])) for n in range(1, 32)]
    for n in (1, 17, 31):
        then = figures(now.network, now.run.at(n).state, (1, 2), loss="cross-entropy")
        assert known[n - 1][2] == pytest.approx(then.gradients[0], abs=1e-12)


def test_before_a_run_a_neuron_says_what_is_missing(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.run("2ticks")
        pilot.neuron("1", "2")
        stage.app.draw()
        texts = [text["text"] for text in stage.first.describe()["texts"]]
        assert "Press Start: then it has" in texts
        with pytest.raises(VerbError, match="cannot be used now"):
            pilot.press("silence")
        pilot.set("layers", "1")
        pilot.run("2ticks")
        assert stage.first.find(World).choice.place is None, "that network has no second neuron there"


def test_the_card_of_every_neuron_of_every_data_set_can_be_drawn(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path, size=(390, 844)) as (stage, pilot):
        for data in ("digits", "colours", "animals", "circle layers=none activation=relu loss=mean-squared-error"):
            pilot.open(*f"{data} epochs=5 learning_rate=0.1 epoch=3".split(" "))
            pilot.until("paused", within="60s")
            shape = stage.controller.now.network.shape
            for layer, count in enumerate(shape):
                pilot.neuron(str(layer), str(count))
                pilot.tick(3)
                stage.app.draw()
                told = card(stage)
                assert len(told["inputs"]) == (shape[layer - 1] if layer else 0)


def test_a_choice_steps_through_all_and_round() -> None:
    choice, seen = NeuronChoice(), []
    for _ in range(6):
        choice.step((2, 1, 2), 1)
        seen.append(choice.place)
    assert seen == [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1), (0, 0)]
    assert not NeuronChoice().move((2, 1), 1, 0)
    choice.fit((1,))
    choice.step((1,), 1)
    assert choice.place == (0, 0), "the only one stays looked at"
