"""The flat network at rest has the web app's own numbers."""

from __future__ import annotations

import numpy as np
import pytest

from engine.motion import turns
from scenes.dashboard.network_rows import dash_rows, link_rows, node_places, node_radius, node_rows
from scenes.kit.places import Rect
from scenes.kit.theme import DARK, unit
from scenes.world.field import LAYERS, pairs
from scenes.world.strengths import every

CANVAS = Rect(0, 0, 640, 340)
IDLE = (99, 102, 241)  # #6366f1
PLACES = node_places(CANVAS)
ALPHA, WIDTH, RATE, LEAST_ALPHA, LEAST_WIDTH = 7, 8, 12, 14, 15  # columns of a stroke
SIZE, FILL, LINE, GLOW, BEAT, FADE, SWING = 2, 7, 15, 18, 20, 22, 23  # columns of a disc


def test_layers_stand_at_80_240_400_and_560_of_640() -> None:
    assert [set(column[:, 0]) for column in PLACES] == [{80.0}, {240.0}, {400.0}, {560.0}]


def test_nodes_share_the_height_evenly() -> None:
    for column, count in zip(PLACES, (4, 6, 5, 2), strict=True):
        assert column[:, 1] == pytest.approx([340 / (count + 1) * (i + 1) for i in range(count)])


def test_there_are_17_nodes_and_64_links() -> None:
    assert (sum(map(len, PLACES)), pairs(LAYERS).shape[1]) == (17, 64)
    assert len(node_rows(PLACES, IDLE, 10.0)) == 2 * 17 and len(link_rows(PLACES, IDLE, every(64))) == 64


def test_links_breathe_between_the_opacities_and_widths_of_the_readme() -> None:
    rows = link_rows(PLACES, IDLE, every(64))
    assert rows[:, ALPHA] == pytest.approx(0.6) and rows[:, WIDTH] == pytest.approx(1.8)
    assert rows[:, ALPHA] * rows[:, LEAST_ALPHA] == pytest.approx(0.2)
    assert rows[:, WIDTH] * rows[:, LEAST_WIDTH] == pytest.approx(0.8)


def test_each_link_has_the_period_of_its_place() -> None:
    rows = link_rows(PLACES, IDLE, every(64))
    expected = [1.5 + 0.15 * layer + 0.03 * i + 0.02 * j for layer, i, j in pairs(LAYERS).T]
    assert 1 / rows[:, RATE] == pytest.approx(expected, rel=1e-3)
    assert len(np.unique(rows[:, RATE].round(6))) > 20  # they do not beat as one


def test_rings_breathe_from_14_to_18_in_two_seconds() -> None:
    rings = node_rows(PLACES, IDLE, node_radius(CANVAS))[:17]
    assert node_radius(CANVAS) == pytest.approx(10.88)  # the seed's 10, a little larger in a low panel
    rings = node_rows(PLACES, IDLE, 10.0)[:17]
    assert rings[:, SIZE] == pytest.approx(14) and rings[:, SIZE] + rings[:, SWING] == pytest.approx(18)
    assert rings[:, LINE] == pytest.approx(0.4) and rings[:, LINE] * (1 - rings[:, FADE]) == pytest.approx(0.1)
    assert rings[:, BEAT] == pytest.approx(turns(2.0)) == pytest.approx(0.5)


def test_nodes_fill_from_60_to_100_percent_in_a_second_and_a_half() -> None:
    discs = node_rows(PLACES, IDLE, 10.0)[17:]
    assert discs[:, FILL] == pytest.approx(1.0) and discs[:, FILL] * (1 - discs[:, FADE]) == pytest.approx(0.6)
    assert 1 / discs[:, BEAT] == pytest.approx(1.5)
    assert discs[:, SIZE] == pytest.approx(10.0)


def test_the_glow_of_a_node_of_radius_10_breathes_from_4_to_12() -> None:
    glow = node_rows(PLACES, IDLE, 10.0)[17:, GLOW]  # the shader breathes from half of it to half as much again
    assert 0.5 * glow == pytest.approx(4.0) and 1.5 * glow == pytest.approx(12.0)


def test_nodes_without_a_run_are_indigo() -> None:
    assert DARK.accent_start == IDLE
    assert node_rows(PLACES, DARK.accent_start, 10.0)[17:, 4:7] == pytest.approx(np.tile(unit(IDLE), (17, 1)))


def test_dashes_flow_along_the_links_they_lie_on() -> None:
    rows = link_rows(PLACES, IDLE, every(64))
    dashes = dash_rows(rows[::4], DARK, 2.0)
    assert (dashes[:, :4] == rows[::4, :4]).all()
    assert dashes[:, 10] == pytest.approx(6.0) and (dashes[:, 11] > 0).all()
