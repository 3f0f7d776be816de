"""Of a large network some neurons are drawn, each for those about it: nobody is lost, and nothing small is left out."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.world.field import network
from scenes.world.stand_ins import MOST, stand_ins

SHAPES = st.lists(st.integers(1, 3000), min_size=2, max_size=12).map(tuple)


@pytest.mark.parametrize("layers", [(4, 6, 5, 2), (64, 32, 16, 10), (784, 256, 128, 10), (1, 1)])
def test_a_network_that_can_be_drawn_whole_is(layers: tuple[int, ...]) -> None:
    found = stand_ins(layers)
    assert found.all and found.drawn == layers
    assert (found.neurons == np.arange(sum(layers))).all() and (found.group == found.neurons).all()
    values = np.random.default_rng(7).random(sum(layers)).astype(np.float32)
    assert found.loudest(values) is values


@given(SHAPES)
def test_every_neuron_has_one_that_stands_for_it_in_its_own_layer(layers: tuple[int, ...]) -> None:
    found = stand_ins(layers)
    assert sum(found.drawn) <= max(MOST, len(layers))
    assert all(1 <= drawn <= count for drawn, count in zip(found.drawn, layers, strict=True))
    of_layer = np.repeat(np.arange(len(layers)), layers)
    drawn_in = np.repeat(np.arange(len(layers)), found.drawn)
    assert (drawn_in[found.group] == of_layer).all()
    assert (found.group[found.neurons] == np.arange(len(found.neurons))).all()  # each one stands for itself
    assert set(found.group.tolist()) == set(range(sum(found.drawn)))
    assert all(drawn == count for drawn, count in zip(found.drawn, layers, strict=True) if count <= min(found.drawn))


@given(SHAPES)
def test_the_loudest_of_those_that_it_stands_for_is_shown(layers: tuple[int, ...]) -> None:
    found = stand_ins(layers)
    values = np.random.default_rng(sum(layers)).random(sum(layers)).astype(np.float32)
    due = np.zeros(len(found.neurons), dtype=np.float32)
    np.maximum.at(due, found.group, values)
    assert (found.loudest(values) == due).all()


def test_a_large_picture_stays_a_picture() -> None:
    found = stand_ins((10_000, 1500, 10))
    side = int(found.drawn[0] ** 0.5)
    assert side * side == found.drawn[0] and found.drawn[2] == 10
    rows = found.group[:10_000].reshape(100, 100)
    assert (rows[0] < side).all() and (rows[-1] >= side * (side - 1)).all()  # rows stay rows
    assert (rows[:, 0] % side == 0).all() and (rows[:, -1] % side == side - 1).all()


@pytest.mark.parametrize("layers", [(10, 60_000, 30_000, 10), (4, *[256] * 15, 2)])
def test_a_field_of_any_size_has_few_balls_and_links_that_end_in_them(layers: tuple[int, ...]) -> None:
    field = network(layers)
    assert field.neurons.count <= MOST and field.counts["neurons"] == sum(layers)
    total = sum(before * after for before, after in pairwise(layers))
    begin, end, _ = field.links(np.linspace(0, total - 1, 600).astype(np.int64))
    assert begin.max() < field.neurons.count and end.max() < field.neurons.count
    assert (field.layer[end] == field.layer[begin] + 1).all()
