"""A header is checked whole, in one place: what gets past it can be drawn, asked and counted."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from scenes.training.epoch import UnusableRun
from scenes.training.inference import answers, given
from scenes.training.parameters import RunParameters
from scenes.training.run import LONGEST
from scenes.training.sources.protocol import read_header, read_line
from scenes.world.field import network as field_of
from scenes.world.field import pairs
from scenes.world.strengths import strengths

Lines = tuple[dict[str, Any], dict[str, Any]]  # the header and the first epoch


def text(values: Any, kind: str = "<f4") -> str:
    return base64.b64encode(np.asarray(values).astype(kind).tobytes()).decode()


@pytest.fixture
def circle(trained_file: Callable[..., Path], tmp_path: Path) -> Lines:
    lines = trained_file(tmp_path / "run", dataset="circle", epochs=1, points=20).read_bytes().splitlines()
    return msgspec.json.decode(lines[0]), msgspec.json.decode(lines[1])


@pytest.fixture
def digits(trained_file: Callable[..., Path], tmp_path: Path) -> Lines:
    lines = trained_file(tmp_path / "run", dataset="digits", epochs=1).read_bytes().splitlines()
    return msgspec.json.decode(lines[0]), msgspec.json.decode(lines[1])


def refused(told: dict[str, Any]) -> str:
    with pytest.raises(UnusableRun) as why:
        read_header(msgspec.json.encode(told))
    return str(why.value)


def small(*shape: int) -> dict[str, Any]:
    """A header of a network of that shape."""
    names = [f"n{k}" for k in range(shape[0])]
    return {
        "type": "header",
        "version": 1,
        "shape": shape,
        "dataset": "mine",
        "features": names,
        "classes": [f"c{k}" for k in range(shape[-1])],
        "offset": [0] * shape[0],
        "scale": [1] * shape[0],
        "parameters": {"activation": "relu"},
        "samples": {"count": 0, "columns": shape[0], "values": "", "labels": "", "training": ""},
    }


def zeros(*shape: int) -> dict[str, Any]:
    """An epoch of such a network."""
    links = sum(a * b for a, b in itertools.pairwise(shape))
    return {
        "type": "epoch",
        "epoch": 1,
        "loss": 1,
        "accuracy": 1,
        "validationLoss": 1,
        "validationAccuracy": 1,
        "weights": text(np.zeros(links)),
        "biases": text(np.zeros(sum(shape[1:]))),
        "activations": text(np.zeros(sum(shape))),
        "gradientNorms": text(np.zeros(len(shape) - 1)),
        "confusion": text(np.zeros(shape[-1] ** 2)),
    }


def test_labels_outside_the_classes_are_named(circle: Lines) -> None:
    circle[0]["samples"]["labels"] = text([7] * 20, "u1")
    assert refused(circle[0]) == "`labels` of samples name class 7 of 2"


def test_samples_that_the_network_cannot_be_asked_about_are_named(digits: Lines) -> None:
    rows = digits[0]["samples"]
    rows |= {
        "columns": 32,
        "count": 2 * rows["count"],
        "labels": text([0] * 200, "u1"),
        "training": text([0] * 200, "u1"),
    }
    assert refused(digits[0]) == "samples have 32 columns and 64 `features`"


def test_points_far_outside_of_the_plane_are_refused(circle: Lines) -> None:
    circle[0]["samples"]["values"] = text([3e38] * 40)
    assert "lie beyond 1e+06" in refused(circle[0])


def test_more_points_than_can_be_drawn_are_refused(circle: Lines) -> None:
    count = 10_001
    rows = {"values": text(np.zeros(2 * count)), "labels": text(np.zeros(count), "u1"), "count": count}
    circle[0]["samples"] |= {**rows, "training": rows["labels"]}
    assert "10000" in refused(circle[0])


def test_more_pictures_or_classes_than_can_be_shown_are_refused(circle: Lines) -> None:
    circle[0]["samples"] |= {"count": 10_000, "columns": 64}
    assert "524,288 numbers of samples, cannot be shown" in refused(circle[0])
    assert "more than 100 `classes`" in refused(small(2, 101))


def test_one_class_alone_is_refused() -> None:
    assert "two or more" in refused(small(2, 1))


@pytest.mark.parametrize("value", [0, 1e-40, 1e39, -1e300])
def test_a_scale_beyond_32_bits_is_refused(circle: Lines, value: float) -> None:
    circle[0]["scale"][0] = value
    assert refused(circle[0]) == "`offset` or `scale` cannot be used"


@pytest.mark.parametrize("key", ["features", "classes", "offset", "scale", "dataset", "samples", "parameters"])
def test_what_is_missing_beside_a_shape_is_named(circle: Lines, key: str) -> None:
    del circle[0][key]
    assert f"`{key}`" in refused(circle[0])


@pytest.mark.parametrize("key", ["features", "classes", "offset", "scale"])
def test_empty_lists_are_refused_in_words(circle: Lines, key: str) -> None:
    circle[0][key] = []
    assert refused(circle[0])


@pytest.mark.parametrize("epochs", [0, -1, 1.5, LONGEST + 1, 10**30])
def test_absurd_numbers_of_epochs_are_refused(epochs: float) -> None:
    assert "parameters.epochs" in refused({"type": "header", "version": 1, "parameters": {"epochs": epochs}})


def test_what_a_run_says_of_itself_is_taken_within_no_bounds_of_a_visitor() -> None:
    asked = {"learningRate": 3.5, "batchSize": 7, "epochs": 20_000, "optimiser": "Adam"}
    header = read_header(
        msgspec.json.encode({"type": "header", "version": 1, "parameters": asked, "title": "A\u202e\n" + "b" * 900})
    )
    assert header.network is None
    assert header.parameters == RunParameters(3.5, 7, 20_000, title="A  " + "b" * 57)


@pytest.mark.parametrize("counts", [[-1, 0, 0, 0], [1e30, 0, 0, 0]])
def test_counts_that_are_none_are_refused(circle: Lines, counts: list[float]) -> None:
    network = read_header(msgspec.json.encode(circle[0])).network
    with pytest.raises(UnusableRun, match="confusion"):
        read_line(msgspec.json.encode(circle[1] | {"confusion": text(counts)}), network)


def test_a_length_below_zero_is_refused(circle: Lines) -> None:
    network = read_header(msgspec.json.encode(circle[0])).network
    count = len(base64.b64decode(circle[1]["gradientNorms"])) // 4
    with pytest.raises(UnusableRun, match="gradientNorms"):
        read_line(msgspec.json.encode(circle[1] | {"gradientNorms": text([-1] * count)}), network)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
@pytest.mark.parametrize("value", [3e38, -3e38, 1e20])
def test_weights_that_overflow_give_answers_that_are_numbers(circle: Lines, activation: str, value: float) -> None:
    circle[0]["parameters"]["activation"] = activation
    network = read_header(msgspec.json.encode(circle[0])).network
    links = len(base64.b64decode(circle[1]["weights"])) // 4
    signs = np.where(np.arange(links) % 3, value, -value)
    epoch = read_line(msgspec.json.encode(circle[1] | {"weights": text(signs)}), network)
    assert network and epoch.state  # type: ignore[union-attr]
    shares = answers(network, epoch.state, given(network, network.samples))  # type: ignore[union-attr]
    assert np.isfinite(shares).all() and shares.sum(axis=0) == pytest.approx(1)
    seen = strengths(epoch.state)  # type: ignore[union-attr]
    assert all(np.isfinite(each).all() for each in (seen.size, seen.flow, seen.felt))


def test_rows_of_a_network_without_samples_have_no_answers() -> None:
    network = read_header(msgspec.json.encode(small(3, 2))).network
    epoch = read_line(msgspec.json.encode(zeros(3, 2)), network)
    assert network and answers(network, epoch.state, given(network, network.samples)).shape == (2, 0)  # type: ignore[union-attr, arg-type]


def test_a_million_links_are_counted_at_once_and_in_their_order() -> None:
    shape = (1024, 1024, 2)
    network = read_header(msgspec.json.encode(small(*shape))).network
    assert network and read_line(msgspec.json.encode(zeros(*shape)), network)
    index = pairs(shape).T
    assert len(index) == 1024 * 1026
    assert index[[0, 1, 1024, -1]].tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0], [1, 1023, 1]]
    assert field_of(shape).link_count == len(index)


def test_links_are_in_the_order_of_the_weights() -> None:
    shape = (4, 6, 5, 2)
    slow = [(k, i, j) for k in range(len(shape) - 1) for i in range(shape[k]) for j in range(shape[k + 1])]
    assert pairs(shape).T.tolist() == [list(each) for each in slow]


def test_more_weights_than_can_be_shown_are_refused() -> None:
    assert "weights: more than" in refused(small(1024, 1024, 1024, 2))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"version":1}', "`type` is missing"),
        (b'{"type":"end","status":"complete","reason":"","epochs":0}', "is no header"),
        (b'{"type":"header","version":' + b"9" * 18 + b"}", "`version` is not a whole number of at most 2147483648"),
        (
            b'{"type":"header","version":"1","title":"a hunt for NaN"}',
            "`version` is a text where a whole number is due",
        ),
        (b'{"type":"header","version":NaN}', "NaN and Infinity are no JSON numbers"),
        (b'{"error":"loss became NaN"}', "it is a server's complaint: loss became NaN"),
    ],
)
def test_a_first_line_that_is_none_is_told_by_what_is_amiss(line: bytes, told: str) -> None:
    with pytest.raises(UnusableRun, match=re.escape(told)):
        read_header(line)


COLUMNS: list[dict[str, Any]] = [
    {"name": "k", "became": "class"},
    {"name": "x", "became": "number", "inputs": 1},
    {"name": "c\nd", "became": "coded", "inputs": 2, "words": ["red", "", "blue"]},
    {"name": "id", "became": "left out", "reason": "it counts " + "a" * 500},
]


def test_what_became_of_the_columns_of_a_table_is_kept_in_words_that_can_be_shown() -> None:
    told = small(3, 2) | {"dataset": "csv", "columns": COLUMNS, "questions": ["Is it?\x1b", " ", "q" * 900]}
    network = read_header(msgspec.json.encode(told)).network
    assert network is not None
    assert [(column.name, column.became, column.inputs) for column in network.columns] == [
        ("k", "class", 0),
        ("x", "number", 1),
        ("c d", "coded", 2),
        ("id", "left out", 0),
    ]
    assert network.columns[2].words == ("red", "?", "blue") and len(network.columns[3].reason) == 160
    assert network.questions == ("Is it?", "q" * 400)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"columns": COLUMNS[:2]}, "`columns` make 1 inputs, and there are 3 `features`"),
        ({"columns": [{"name": "x", "became": "lost", "inputs": 3}]}, "became 'lost', which is not known"),
        ({"columns": [{"name": "x", "became": "number", "inputs": -1}]}, "is not a whole number of at least 0"),
        ({"columns": [{"name": "x", "became": "number", "inputs": 5000}]}, "is not a whole number of at most 1024"),
        ({"columns": [{"name": 3, "became": "number"}]}, "is a whole number where a text is due"),
        ({"columns": [{"name": "x"}]}, "`became` is missing"),
        ({"columns": [{"name": "x", "became": "class"}] * 1025}, "`columns` has not the length that is due"),
        ({"columns": [{"name": "x", "became": "coded", "words": [""] * 257}]}, "has not the length that is due"),
        ({"questions": "one"}, "`questions` is a text where a list is due"),
        ({"questions": [None]}, "is null where a text is due"),
        ({"questions": ["?"] * 101}, "`questions` has not the length that is due"),
    ],
)
def test_columns_that_cannot_be_are_refused_by_name(changed: dict[str, Any], message: str) -> None:
    assert message in refused(small(3, 2) | {"dataset": "csv"} | changed)
