"""The picture is the run: what is drawn of a link, a neuron or a point is computed from the weights at that epoch."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from engine.window import Window
from scenes.dashboard.network_rows import activation_rows, node_places, node_rows, weight_rows
from scenes.dashboard.network_rows import link_rows as strokes
from scenes.kit.answer_map import GRID, REACH, boundary, plane
from scenes.kit.places import Rect
from scenes.kit.theme import DARK, class_inks, unit
from scenes.training.epoch import Network, State
from scenes.training.inference import answers, given
from scenes.training.sources.protocol import read_header, read_line
from scenes.world.field import LAYERS, network, pairs
from scenes.world.field_rows import link_rows, neuron_rows
from scenes.world.strengths import MOST, MOST_LINKS, SILENT, strengths
from simulation_server.training.parameters import Parameters
from simulation_server.training.protocol import epoch_line, header_line
from simulation_server.training.trainer import prepare, train

INNER = Rect(20, 30, 300, 180)


@cache
def run(dataset: str, epochs: int = 3) -> tuple[Network, State]:
    """A network and its state after `epochs`, through the wire as in the program."""
    asked = Parameters(dataset=dataset, epochs=epochs, learning_rate=0.1)
    split = prepare(asked)
    network_ = read_header(header_line(asked, split)).network
    assert network_
    *_, last = train(asked, split)
    epoch = read_line(epoch_line(last, milliseconds=1.0), network_)
    assert epoch.state  # type: ignore[union-attr]
    return network_, epoch.state  # type: ignore[union-attr]


def share(state: State, k: int, i: int, j: int) -> float:
    return float(state.weights[k][i, j] / np.abs(state.weights[k]).max())


@pytest.mark.parametrize("dataset", ["spiral", "digits"])
def test_every_link_of_the_field_is_its_weight(dataset: str) -> None:
    network_, state = run(dataset)
    field = network(network_.shape)
    field.transition.jump(state)
    rows = link_rows(field, field.neurons.rest, DARK, 0.0)
    assert len(rows) == min(field.link_count, MOST_LINKS)
    size = [abs(share(state, k, i, j)) for k, i, j in pairs(network_.shape).T]
    weakest = sorted(size)[-len(rows)]
    drawn = {(*row[0:3].round(4), *row[4:7].round(4)): row for row in rows}
    first = np.concatenate([[0], np.cumsum(network_.shape)])
    place = field.neurons.rest.round(4)
    for k, i, j in pairs(network_.shape).T:
        weight = share(state, k, i, j)
        row = drawn.get((*place[first[k] + i], *place[first[k + 1] + j]))
        if abs(weight) < weakest - 1e-6:
            continue
        if row is None:
            assert abs(weight) <= weakest + 1e-6
            continue
        assert row[8:11] == pytest.approx(unit(DARK.positive if weight >= 0 else DARK.negative), abs=1e-6)
        assert row[11] == pytest.approx((0.04 + 0.62 * abs(weight)) * row_crowd(len(rows)), rel=1e-4)
        flow = state.gradient_norms[k] / state.gradient_norms.max()
        assert row[12] == pytest.approx(flow * abs(weight) * row_crowd(len(rows)) ** 1.5, rel=1e-3, abs=1e-6)


def row_crowd(count: int) -> float:
    return float(min(1.0, (100 / count) ** 0.7))


@pytest.mark.parametrize("dataset", ["spiral", "digits"])
def test_every_neuron_bends_and_glows_by_its_own_activation(dataset: str) -> None:
    network_, state = run(dataset)
    field = network(network_.shape)
    field.transition.jump(state)
    view = np.eye(4, dtype=np.float32)
    rows = {tuple(row[:3].round(4)): row for row in neuron_rows(field, field.neurons.rest, DARK, view)}
    felt = np.concatenate([np.abs(a) / max(np.abs(a).max(), SILENT) for a in state.activations])
    for place, activation in zip(field.neurons.rest.round(4), felt, strict=True):
        assert rows[tuple(place)][8] == pytest.approx(0.2 + 0.4 * activation, abs=1e-5)
        assert rows[tuple(place)][7] == pytest.approx(0.06 + 0.6 * activation, abs=1e-5)


def test_the_flat_network_draws_the_same_weights() -> None:
    network_, state = run("spiral")
    places = node_places(INNER, network_.shape)
    seen = strengths(state)
    rows = weight_rows(strokes(places, (1, 2, 3), seen.index, network_.shape), seen, DARK, 1.0)
    drawn = {tuple(row[:4].round(2)): row for row in rows}
    assert len(drawn) == 64
    for k, i, j in pairs(network_.shape).T:
        weight = share(state, k, i, j)
        row = drawn[tuple(np.float32([*places[k][i], *places[k + 1][j]]).round(2))]
        assert row[4:7] == pytest.approx(unit(DARK.positive if weight >= 0 else DARK.negative), abs=1e-6)
        assert row[8] == pytest.approx(0.4 + 2.0 * abs(weight), rel=1e-5)


def test_of_a_large_network_the_strongest_links_are_drawn_each_with_its_weight() -> None:
    network_, state = run("digits")
    places = node_places(INNER, network_.shape)
    seen = strengths(state)
    rows = weight_rows(strokes(places, (1, 2, 3), seen.index, network_.shape), seen, DARK, 1.0)
    drawn = {tuple(row[:4].round(2)): row for row in rows}
    links = [(abs(share(state, k, i, j)), k, i, j) for k, i, j in pairs(network_.shape).T]
    strongest = sorted(links, reverse=True)[:MOST]
    assert len(drawn) == MOST < len(links)
    for size, k, i, j in strongest:
        row = drawn[tuple(np.float32([*places[k][i], *places[k + 1][j]]).round(2))]
        assert row[8] == pytest.approx(0.4 + 2.0 * size, rel=1e-5)


@pytest.mark.parametrize("shape", [(64, 32, 16, 10), (4, 64, 64, 2), (7, 33, 5), (2, *(64,) * 8, 3)], ids=str)
def test_every_neuron_of_a_flat_network_has_a_place_of_its_own(shape: tuple[int, ...]) -> None:
    places = np.concatenate(node_places(INNER, shape))
    assert len(places) == len({tuple(place) for place in places.round(3)}) == sum(shape)
    assert (places >= (INNER.x, INNER.y)).all() and (places <= (INNER.right, INNER.bottom)).all()


def test_the_flat_network_glows_by_activation() -> None:
    network_, state = run("spiral")
    places = node_places(INNER, network_.shape)
    rows = activation_rows(node_rows(places, (1, 2, 3), 8.0), strengths(state), network_.shape, DARK)
    felt = np.concatenate([np.abs(a) / max(np.abs(a).max(), SILENT) for a in state.activations])
    np.testing.assert_allclose(rows[len(felt) :, 7], 0.25 + 0.75 * felt, rtol=1e-5)


@pytest.mark.parametrize("dataset", ["spiral", "circle", "digits"])
def test_the_client_answers_as_the_trainer_does(dataset: str) -> None:
    network_, state = run(dataset)
    told = answers(network_, state, given(network_, network_.samples))
    assert told.shape == (len(network_.classes), len(network_.samples))
    np.testing.assert_allclose(told.sum(axis=0), 1, rtol=1e-5)
    if network_.flat:
        unseen = network_.training == 0
        right = (told.argmax(axis=0) == network_.labels)[unseen].mean()
        total = state.confusion.trace() / state.confusion.sum()
        assert right == pytest.approx(float(total), abs=1e-6)


def test_the_boundary_is_the_networks_answer_at_each_point(window: Window) -> None:
    network_, state = run("circle", epochs=30)
    seen = plane(network_)
    image = boundary(network_, state, seen, DARK, GRID)
    palette = class_inks(DARK, 2)
    for x, y in [(0.0, 0.0), (5.5, 5.5), (-5.5, 0.0), (0.0, 5.8)]:
        told = answers(network_, state, given(network_, np.array([[x, y]], dtype=np.float32)))[:, 0]
        column, row = (round((0.5 + v / (2 * REACH)) * (GRID - 1)) for v in (x, -y))
        red, _, blue, _ = image.get_at((column, row))
        assert (blue > red) == (palette[told.argmax()][2] > palette[told.argmax()][0])


def test_without_a_run_the_field_is_the_seeds() -> None:
    field = network()
    assert field.layers == LAYERS == (4, 6, 5, 2)
    assert field.counts == {"neurons": 17, "links": 64, "particles": 80}
    assert link_rows(field, field.neurons.rest, DARK, 0.0)[:, 11] == pytest.approx(0.15, abs=1e-6)
    assert link_rows(field, field.neurons.rest, DARK, np.pi / 4)[:, 11] == pytest.approx(0.25, abs=1e-6)
    assert link_rows(field, field.neurons.rest, DARK, 3 * np.pi / 4)[:, 11] == pytest.approx(0.05, abs=1e-6)
