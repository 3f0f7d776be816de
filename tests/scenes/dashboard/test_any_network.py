"""Networks that nobody here has trained: any number of inputs, classes and layers is drawn, no word over another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.flat.overlay import Text
from scenes.dashboard.confusion import confusion_items
from scenes.dashboard.data import DataPanel
from scenes.dashboard.layout import layout
from scenes.dashboard.network import panel_words
from scenes.dashboard.network_rows import node_places
from scenes.kit.drawing import Drawing
from scenes.kit.part import Moment
from scenes.kit.places import Rect
from scenes.kit.theme import DARK
from scenes.training.epoch import Network, State
from scenes.training.lifecycle import Status
from scenes.training.parameters import RunParameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

PAGE = layout((1280, 720))
SEEN = 3  # samples


def shown(shape: tuple[int, ...], dataset: str = "mine") -> Snapshot:
    """A run of such a network at its first epoch, with numbers of no meaning."""
    inputs, outputs = shape[0], shape[-1]
    network = Network(
        shape,
        dataset,
        tuple(f"f{k}" for k in range(inputs)),
        tuple(f"a long name {k}" for k in range(outputs)),
        np.zeros(inputs, np.float32),
        np.ones(inputs, np.float32),
        "tanh",
        np.full((SEEN, inputs), 0.5, np.float32),
        np.zeros(SEEN, np.uint8),
        np.ones(SEEN, np.uint8),
    )
    state = State(
        tuple(np.full(pair, 0.1, np.float32) for pair in pairwise(shape)),
        tuple(np.zeros(count, np.float32) for count in shape[1:]),
        tuple(np.full(count, 0.5, np.float32) for count in shape),
        np.full(len(shape) - 1, 0.123, np.float32),
        np.full((outputs, outputs), 7, np.float32),
    )
    run = TrainingRun(RunParameters(dataset=dataset), network)
    known = {"epoch": 1, "head": 1, "loss": 0.5, "accuracy": 50.0, "validation_accuracy": 50.0}
    return Snapshot(Status.COMPLETE, run.parameters, 200, epochs=1, run=run, network=network, state=state, **known)


def spans(drawing: Drawing, texts: list[Text]) -> list[tuple[float, float, float]]:
    """Baseline, left and right end of each, in pixels, from the left to the right on each baseline."""
    told = []
    for text in texts:
        width = drawing.overlay.fonts.width(text.text, text.face, text.size)
        left = text.at[0] - {"left": 0.0, "middle": width / 2, "right": width}[text.align]
        told.append((text.at[1], left, left + width))
    return sorted(told)


@pytest.mark.parametrize("columns", [1, *range(3, 70), 100, 1024])
def test_rows_of_any_number_of_columns_are_drawn(drawing: Drawing, columns: int) -> None:
    told = shown((columns, 4, 3))
    network = told.run.network if told.run else None
    assert network and network.side == {25: 5, 36: 6, 49: 7, 64: 8, 100: 10, 1024: 32}.get(columns, 0)
    DataPanel().draw(drawing, Moment(told, PAGE, DARK))
    words = [text["text"] for text in drawing.overlay.describe()]
    assert ("a long name 0" in words) == ("Mix-ups" in words)
    plural = "" if columns == 1 else "s"
    assert (f"{columns} column{plural}, 3 classes" in words) == (not network.side)


def test_more_classes_than_the_matrix_has_room_for_are_told(drawing: Drawing) -> None:
    inner = PAGE.panels["data"]
    (first, *rest) = confusion_items(drawing, inner, np.zeros((400, 400), np.float32), ("c",) * 400)
    assert isinstance(first, Text) and first.text.startswith("400 classes: too many") and len(rest) < 3


@pytest.mark.parametrize(
    "layers", [(4, 6, 5, 2), (4,) * 16, (16,) * 15 + (10,), (1, 1024, 2), (1024, 2), (64, 32, 16, 10)]
)
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (390, 844)])
def test_no_word_of_the_flat_network_lies_over_another(
    drawing: Drawing, layers: tuple[int, ...], size: tuple[int, int]
) -> None:
    rect = layout(size).panels["network"]
    texts = [item for item in panel_words(drawing, rect, layers, shown(layers).state) if isinstance(item, Text)]
    placed = spans(drawing, texts)
    assert len({y for y, _, _ in placed}) == 3
    for (row, left, right), (below, start, _) in pairwise(placed):
        assert rect.x < left < right < rect.right and (below > row or start > right)


@pytest.mark.parametrize("layers", [(1024, 2), (1024, 1024, 2), (1,) * 16, (64,) * 16])
def test_every_neuron_of_the_flat_network_stands_in_its_room(layers: tuple[int, ...]) -> None:
    inner = Rect(10, 20, 256, 90)
    for x, y in np.concatenate(node_places(inner, layers)):
        assert inner.x <= x <= inner.right and inner.y <= y <= inner.bottom
