"""What the run makes of field and flat network changes over a few frames, and is exact when it has settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.clock import TICK
from scenes.dashboard.network import FlatNetwork
from scenes.kit.drawing import Drawing
from scenes.kit.part_scene import PartScene
from scenes.kit.theme import DARK
from scenes.training.lifecycle import Status
from scenes.world.field import network
from scenes.world.field_rows import link_rows, neuron_rows
from scenes.world.strengths import MOST, strengths
from scenes.world.transition import BLEND
from scenes.world.world import World

EYE = np.eye(4, dtype=np.float32)
ORDINARY = 0.12  # of the largest change that there can be, in one tick: two blends of 18 ticks may coincide
WIDEST, LARGEST, BRIGHTEST = 5.0, 0.40, 12.0  # a link's pixels, a neuron's radius, a disc's glow
DASH = 10  # column of a stroke: the length of its dashes

Seen = dict[object, NDArray[np.float32]]


def in_the_field(board: PartScene) -> Seen:
    """What light each link and neuron gives, by the field and the phase that are its own; 0 to 1 each."""
    seen: Seen = {}
    for part in board.find(World).field.parts:
        for row in link_rows(part, part.neurons.rest, DARK, 0.0):
            light = [*(row[8:11] * row[11]), row[11], row[7] / WIDEST * row[11], row[12]]
            seen["link", part.layers, row[3]] = np.array(light)
        for row in neuron_rows(part, part.neurons.rest, DARK, EYE):
            seen["neuron", part.layers, row[9]] = row[3] / LARGEST * np.array([1, row[7], row[8]])
    return seen


def in_the_panel(board: PartScene) -> Seen:
    """The same for the flat network: discs, and links where all are drawn; dashes come and go by themselves."""
    drawing = Drawing(board.page, board.moment().theme, board.overlay, 0.0)
    board.find(FlatNetwork).draw(drawing, board.moment())
    seen: Seen = {}
    for part, links, discs in zip(board.find(World).field.parts, drawing.ribbons, drawing.nodes, strict=False):
        for index, row in enumerate(discs):
            seen["disc", part.layers, index] = np.array([*(row[4:7] * row[7]), row[7], row[18] / BRIGHTEST * row[7]])
        strokes = links[links[:, DASH] == 0]
        if part.link_count == len(strokes) <= MOST:
            for index, row in enumerate(strokes[np.lexsort(strokes[:, :4].T)]):
                light = [*(row[4:7] * row[7]), row[7], row[8] / WIDEST * row[7]]
                seen["link", part.layers, index] = np.array(light)
    return seen


def jump(before: Seen, after: Seen) -> float:
    """The largest change of any one; what is not drawn has no light."""
    changes = [0.0]
    for name in before.keys() | after.keys():
        some = before[name] if name in before else np.zeros(1)
        changes.append(float(np.abs(some - (after[name] if name in after else np.zeros(1))).max()))
    return max(changes)


def ticks(stage: Any, pilot: Any, count: int) -> Iterator[tuple[float, float]]:
    """The jumps of field and panel in each of `count` ticks."""
    board = stage.first
    field, panel = in_the_field(board), in_the_panel(board)
    for _ in range(count):
        pilot.run("1ticks")
        field_now, panel_now = in_the_field(board), in_the_panel(board)
        shown = stage.controller.now.status is not Status.LOADING
        yield jump(field, field_now), jump(panel, panel_now) if shown and panel else 0.0
        field, panel = field_now, panel_now if shown else {}


@pytest.mark.parametrize("motion", ["full", "reduced"])
@pytest.mark.parametrize("dataset", ["spiral", "digits"])
def test_nothing_jumps_at_the_first_epoch_at_stop_or_from_epoch_to_epoch(
    rehearsed: Any, tmp_path: Path, dataset: str, motion: str
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        stage.appearance.choose(motion=motion)
        pilot.set("learning_rate", "0.1")
        pilot.dataset(dataset)
        pilot.press("start")
        jumps = list(ticks(stage, pilot, 60))
        assert stage.controller.now.epoch >= 2
        stage.controller.stop()
        jumps += list(ticks(stage, pilot, 30))
        assert stage.controller.now.status is Status.IDLE
    assert max(field for field, _ in jumps) < ORDINARY
    assert max(panel for _, panel in jumps) < ORDINARY


def test_a_paused_run_shows_exactly_its_epoch_a_moment_later(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        board, blend = stage.first, f"{round(BLEND / TICK)}ticks"
        pilot.press("start")
        pilot.until("epoch", ">=", "3", within="30s")
        pilot.press("pause")
        for doing in (lambda: None, stage.controller.step, lambda: stage.controller.look(1)):
            doing()
            pilot.run(blend)
            expected = network(board.find(World).field.layers)
            expected.transition.jump(stage.controller.now.state)
            expected.presence.jump(1.0)
            rest, now = expected.neurons.rest, board.find(World).field
            assert (link_rows(now, rest, DARK, 0.0)[:, 7:] == link_rows(expected, rest, DARK, 0.0)[:, 7:]).all()
            seen, due = neuron_rows(now, rest, DARK, EYE), neuron_rows(expected, rest, DARK, EYE)
            assert (seen[:, 7:9] == due[:, 7:9]).all()
        stage.controller.stop()
        pilot.run(blend)
        assert (
            board.find(World).field.transition.at(1.0).trained,
            board.find(World).field.transition.at(1.0).active,
        ) == (
            0.0,
            0.0,
        )


@pytest.mark.parametrize("speed", ["1", "10", "20", "40", "100", "200", "500"])
def test_the_field_is_never_behind_by_more_than_an_epoch(rehearsed: Any, tmp_path: Path, speed: str) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        board = stage.first
        pilot.set("speed", speed)
        pilot.press("start")
        pilot.until("epoch", ">=", "1", within="30s")
        pilot.run("300ms" if speed != "1" else "1ticks")
        for _ in range(40):
            last, shown = stage.controller.now, board.find(World).field.transition.at(1.0).strengths
            pilot.run("1ticks")
            if stage.controller.now.epoch != last.epoch:
                there = strengths(last.state)
                assert (shown.size == there.size).all() and (shown.sign == there.sign).all()
                assert (shown.flow == there.flow).all() and (shown.felt == there.felt).all()
        assert stage.controller.now.epoch > 1
