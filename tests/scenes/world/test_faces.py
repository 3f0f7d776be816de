"""What a neuron wears is what it computes: each face against the same network computed apart, in float64."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.kit.theme import DARK, unit
from scenes.training.epoch import Network, State
from scenes.training.sources.protocol import read_header, read_line
from scenes.world.faces import BINS, EXCITING, REACH, Faces, Question, faces, lamps, question
from scenes.world.field import network as field_of
from scenes.world.field_rows import neuron_rows
from simulation_server.training.csv_data import read_csv
from simulation_server.training.parameters import Parameters
from simulation_server.training.protocol import epoch_line, header_line
from simulation_server.training.trainer import prepare, train

Doubles = NDArray[np.float64]
ROWS = "\n".join(f"{x},{(x * 7) % 5},{'low' if x < 12 else 'high' if x < 24 else 'top'}" for x in range(36))


@cache
def run(dataset: str) -> tuple[Network, State]:
    """A network and its state after three epochs, through the wire as in the program."""
    asked = Parameters(dataset=dataset, epochs=3, learning_rate=0.1)
    split = prepare(asked, table=read_csv(ROWS.encode()).dataset if dataset == "csv" else None)
    told = read_header(header_line(asked, split)).network
    assert told
    *_, last = train(asked, split)
    epoch = read_line(epoch_line(last, milliseconds=1.0), told)
    assert epoch.state  # type: ignore[union-attr]
    return told, epoch.state  # type: ignore[union-attr]


def doubled(network: Network, state: State, rows: Doubles) -> list[Doubles]:
    """What every layer makes of `rows` [rows, columns], the scaled inputs first: float64 [rows, neurons] each."""
    made = {"x": rows[:, 0], "y": rows[:, 1], "x²": rows[:, 0] ** 2, "y²": rows[:, 1] ** 2} if network.flat else {}
    seen = np.column_stack([made[name] for name in network.features]) if network.flat else rows
    told = [(seen - network.offset) / network.scale]
    for k, (weights, biases) in enumerate(zip(state.weights, state.biases, strict=True)):
        signal = told[-1] @ weights.astype(np.float64) + biases
        if k < len(state.weights) - 1:
            told.append(np.tanh(signal))
        else:
            grown = np.exp(signal - signal.max(axis=1, keepdims=True))
            told.append(grown / grown.sum(axis=1, keepdims=True))
    return told


def level(values: Doubles) -> Doubles:
    return np.clip(values, -1, 1) * 127 + 128


def asked(network: Network) -> Question:
    return question(network)


@pytest.mark.parametrize("dataset", ["spiral", "circle", "exclusive-or", "gaussians"])
def test_over_the_plane_each_face_is_its_neurons_own_value_to_one_level(dataset: str) -> None:
    network, state = run(dataset)
    worn = faces(asked(network), state).astype(np.float64)
    side = worn.shape[1]
    places = (np.arange(side) + 0.5) / side * 2 * REACH - REACH
    points = np.array([(x, y) for y in -places for x in places])
    inputs, *hidden, answers = doubled(network, state, points)
    due = [np.clip(inputs / 2, -1, 1), *(each / max(1.0, np.abs(each).max()) for each in hidden), answers]
    expected = level(np.concatenate(due, axis=1)).T.reshape(-1, side, side)
    assert worn.shape == expected.shape == (17, 64, 64)
    assert np.abs(worn - expected).max() <= 1.0


def test_a_digit_shows_first_its_weights_then_what_excites_it_most() -> None:
    network, state = run("digits")
    answer = asked(network)
    worn = faces(answer, state)
    assert answer.slot[:64].tolist() == [-1] * 64 and worn.shape[0] == 58
    for neuron in range(32):
        weights = state.weights[0][:, neuron].astype(np.float64).reshape(8, 8)
        small = worn[neuron][2::4, 2::4].astype(np.float64)
        assert np.abs(small - level(weights / np.abs(weights).max())).max() <= 1.0
    _, _, second, outputs = doubled(network, state, network.samples.astype(np.float64))
    for values, first in ((second, 32), (outputs, 48)):
        for neuron in range(values.shape[1]):
            most = np.argsort(-values[:, neuron], kind="stable")[:EXCITING]
            mean = np.clip(network.samples[most].astype(np.float64), 0, 1).mean(axis=0).reshape(8, 8)
            small = worn[first + neuron][2::4, 2::4].astype(np.float64)
            assert np.abs(small - level(mean / mean.max())).max() <= 1.0


def test_a_neuron_of_a_table_shows_how_its_values_are_spread_over_each_class() -> None:
    network, state = run("csv")
    worn = faces(asked(network), state)
    layers = doubled(network, state, network.samples.astype(np.float64))
    values = np.concatenate([layers[0] / 2, *layers[1:-1], 2 * layers[-1] - 1], axis=1)
    side, classes = worn.shape[1], len(network.classes)
    assert len(worn) == sum(network.shape)
    for neuron in range(len(worn)):
        for k in range(classes):
            own = np.clip(values[network.labels == k, neuron], -1, 1)
            band = worn[neuron][round((k + 0.5) * side / classes)].astype(int)
            at = (own + 1) / 2 * (BINS - 1)
            spread = np.exp(-(((np.arange(BINS) - np.floor(at + 0.5)[:, None]) / 1.2) ** 2)).sum(axis=0)
            expected = level(spread / spread.max())[np.arange(side) * BINS // side]
            assert np.abs(band - expected).max() <= 1.0


def test_without_a_state_only_the_inputs_are_known() -> None:
    network, state = run("spiral")
    worn, later = faces(asked(network), None), faces(asked(network), state)
    assert (worn[4:] == 128).all() and (worn[:4] == later[:4]).all() and (worn[:4] != 128).any()


def test_what_is_seen_glides_from_one_epoch_to_the_next() -> None:
    before, after = np.full((1, 2, 2), 10, np.uint8), np.full((1, 2, 2), 110, np.uint8)
    assert [int(Faces(before, after, share).now[0, 0, 0]) for share in (0.0, 0.25, 0.5, 1.0)] == [10, 35, 60, 110]


def test_a_lamp_is_as_bright_as_its_neuron_is_active_for_the_picture_on_its_way() -> None:
    network, state = run("digits")
    for sample in (0, 7):
        told = lamps(asked(network), state, sample)
        layers = [each[0] for each in doubled(network, state, network.samples[sample : sample + 1].astype(np.float64))]
        due = [np.clip(network.samples[sample], 0, 1), *(np.abs(h) / np.abs(h).max() for h in layers[1:-1]), layers[-1]]
        assert told == pytest.approx(np.concatenate(due), abs=1e-4)


@pytest.mark.parametrize(
    ("shape", "worn"),
    [((2, 3, 2), 7), ((2, 64, 2), 68), ((2, 65, 2), 4), ((2, *(64,) * 4, 2), 196), ((2, 999, 999, 2), 0)],
)
def test_layers_that_are_too_wide_to_be_seen_have_no_faces_and_a_large_network_is_not_asked(
    shape: tuple[int, ...], worn: int
) -> None:
    count = shape[-1]
    network = Network(
        shape=shape,
        dataset="circle",
        features=("x", "y"),
        classes=tuple(map(str, range(count))),
        offset=np.zeros(2, np.float32),
        scale=np.ones(2, np.float32),
        activation="tanh",
        samples=np.zeros((4, 2), np.float32),
        labels=np.zeros(4, np.uint8),
        training=np.ones(4, np.uint8),
    )
    told = question(network)
    assert told.count == worn
    assert told.slot[told.slot >= 0].tolist() == list(range(told.count))
    wide = np.repeat([n > 64 for n in shape], shape)
    assert (told.slot[wide] == -1).all()


def test_an_answer_wears_the_ink_of_its_class_and_all_others_that_of_yes() -> None:
    network, state = run("spiral")
    field = field_of(network.shape)
    field.transition.ask(question(network))
    field.transition.jump(state)
    rows = neuron_rows(field, field.neurons.rest, DARK, np.eye(4, dtype=np.float32))
    by_slot = {int(row[12]): row for row in rows}
    assert sorted(by_slot) == list(range(17))
    assert by_slot[15][14:17] == pytest.approx(unit(DARK.classes[0])) and by_slot[16][14:17] == pytest.approx(
        unit(DARK.classes[1])
    )
    assert all(by_slot[k][14:17] == pytest.approx(unit(DARK.yes)) for k in range(15))


def test_a_network_too_large_for_faces_still_lights_up() -> None:
    """More than 64,000 weights: nobody has a face, but the picture on its way is asked by itself."""
    shape = (784, 90, 10)
    rng = np.random.default_rng(7)
    weights = tuple(rng.normal(0, 0.05, pair).astype(np.float32) for pair in pairwise(shape))
    biases = tuple(np.zeros(count, dtype=np.float32) for count in shape[1:])
    samples, classes = rng.random((3, 784), dtype=np.float32), tuple("0123456789")
    scale = np.ones(784, dtype=np.float32)
    none = np.zeros(3, dtype=np.uint8)
    network = Network(shape, "pictures", ("p",) * 784, classes, scale * 0, scale, "tanh", samples, none, none)
    state = State(weights, biases, tuple(np.zeros(n, dtype=np.float32) for n in shape), scale[:2], np.eye(10))
    made = question(network)
    assert made.count == 0 and made.asked.size == 0
    lit = lamps(made, state, 2)
    expected = doubled(network, state, samples.astype(np.float64))[-1][2]
    assert np.abs(lit[-10:] - expected).max() < 1e-5


def test_pictures_without_a_sample_have_no_faces() -> None:
    network, _ = run("digits")
    assert question(replace(network, samples=network.samples[:0])).count == 0
