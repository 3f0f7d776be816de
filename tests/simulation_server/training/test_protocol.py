"""The lines of a run: stable, complete, and readable by somebody who has only docs/protocol.md."""

import base64
import json
import re
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from simulation_server.training.csv_data import MOST_FEATURES, read_csv
from simulation_server.training.parameters import Parameters
from simulation_server.training.protocol import end_line, epoch_line, header_line
from simulation_server.training.run_lines import run_lines
from simulation_server.training.trainer import CANCELLED, Outcome, prepare, train

PROTOCOL = Path(__file__).parents[3] / "docs" / "protocol.md"
DIGITS_SENT = 1e-6  # of a loss


def floats(text: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(text), dtype="<f4")


def whole_numbers(text: str) -> list[int]:
    return list(base64.b64decode(text))


def lines_of(parameters: Parameters) -> list[bytes]:
    ticks = count()
    return list(run_lines(parameters, prepare(parameters), clock=lambda: next(ticks) * 0.001))


@pytest.fixture(scope="module")
def example() -> list[dict[str, Any]]:
    """The example run that the protocol shows."""
    block = re.search(r"```ndjson\n(.*?)```", PROTOCOL.read_text("utf-8"), re.DOTALL)
    assert block is not None
    return [json.loads(line) for line in block[1].splitlines()]


def test_the_documented_example_is_what_the_server_sends(example: list[dict[str, Any]]) -> None:
    parameters = msgspec.convert(example[0]["parameters"], Parameters)
    sent = [json.loads(line) for line in lines_of(parameters)]
    assert [list(line) for line in sent] == [list(line) for line in example]
    for ours, shown in zip(sent, example, strict=True):
        for key, value in shown.items():
            if key in ("weights", "biases", "activations", "gradientNorms", "confusion"):
                np.testing.assert_allclose(floats(ours[key]), floats(value), rtol=1e-4, atol=1e-5)
            elif isinstance(value, float):
                assert ours[key] == pytest.approx(value, abs=1e-5)
            elif key not in ("offset", "scale"):
                assert ours[key] == value


def test_the_documented_epoch_can_be_computed_anew_from_its_own_weights(example: list[dict[str, Any]]) -> None:
    header, epoch = example[0], example[-2]
    shape, samples = header["shape"], header["samples"]
    assert header["features"] == ["x", "y"]
    links = list(pairwise(shape))
    weights = np.split(floats(epoch["weights"]), np.cumsum([a * b for a, b in links])[:-1])
    biases = np.split(floats(epoch["biases"]), np.cumsum(shape[1:])[:-1])
    points = floats(samples["values"]).reshape(samples["count"], samples["columns"])
    layer = (points - header["offset"]) / header["scale"]
    for index, (a, b) in enumerate(links):
        layer = layer @ weights[index].reshape(a, b) + biases[index]
        layer = np.tanh(layer) if index < len(links) - 1 else layer
    labels, training = np.array(whole_numbers(samples["labels"])), np.array(whole_numbers(samples["training"]), bool)
    right = layer.argmax(axis=1) == labels
    assert 100.0 * right[training].mean() == pytest.approx(epoch["accuracy"], abs=0.01)
    assert 100.0 * right[~training].mean() == pytest.approx(epoch["validationAccuracy"], abs=0.01)


@pytest.mark.parametrize("asked", [{}, {"dataset": "digits"}, {"layers": ()}, {"layers": (64,) * 8}], ids=str)
def test_an_epoch_comes_back_as_it_was(asked: dict[str, Any]) -> None:
    parameters = Parameters(epochs=1, **asked)
    epoch = next(train(parameters))
    line = json.loads(epoch_line(epoch, milliseconds=1.23456))
    state = epoch.state
    for key, arrays in (("weights", state.weights), ("biases", state.biases), ("activations", state.activations)):
        np.testing.assert_array_equal(floats(line[key]), np.concatenate([array.ravel() for array in arrays]))
    np.testing.assert_array_equal(floats(line["gradientNorms"]), state.gradient_norms)
    np.testing.assert_array_equal(floats(line["confusion"]), epoch.confusion.ravel())
    assert line["loss"] == pytest.approx(epoch.loss, abs=DIGITS_SENT)
    assert (line["epoch"], line["milliseconds"]) == (1, 1.235)


def test_the_header_of_a_cloud_holds_every_point_with_class_and_side() -> None:
    parameters = Parameters()
    data = prepare(parameters)
    header = json.loads(header_line(parameters, data))
    samples = header["samples"]
    assert (header["shape"], samples["count"], samples["columns"]) == ([4, 6, 5, 2], 500, 2)
    rows = np.concatenate([data.training_rows, data.validation_rows])
    points = floats(samples["values"]).reshape(500, 2)
    np.testing.assert_array_equal(points, data.dataset.values[rows].astype(np.float32))
    assert whole_numbers(samples["labels"]) == data.dataset.labels[rows].tolist()
    assert whole_numbers(samples["training"]) == [1] * header["trainingRows"] + [0] * header["validationRows"]


def test_the_header_of_the_digits_holds_ten_validation_samples_of_every_class_in_turn() -> None:
    parameters = Parameters(dataset="digits")
    data = prepare(parameters)
    samples = json.loads(header_line(parameters, data))["samples"]
    assert whole_numbers(samples["labels"]) == list(range(10)) * 10
    assert not any(whole_numbers(samples["training"]))
    pixels = floats(samples["values"]).reshape(100, 64)
    unseen = data.dataset.values[data.validation_rows].astype(np.float32)
    assert len(np.unique(pixels, axis=0)) == 100
    assert all((unseen == row).all(axis=1).any() for row in pixels)


def test_the_header_of_a_file_holds_at_most_a_hundred_validation_samples_with_every_class_before_a_second() -> None:
    rows = [f"{number},{number % 7},{'rare' if number % 100 == 0 else 'common'}" for number in range(1000)]
    data = prepare(Parameters(dataset="csv"), table=read_csv("\n".join(rows).encode()).dataset)
    samples = json.loads(header_line(Parameters(dataset="csv"), data))["samples"]
    labels = whole_numbers(samples["labels"])
    assert (samples["count"], len(data.validation_rows)) == (100, 200)
    assert labels == [0, 1, 0, 1, *[0] * 96]
    assert not any(whole_numbers(samples["training"]))


def test_the_header_of_the_widest_file_stays_small() -> None:
    names = [f"a rather long name of column {number}" for number in range(MOST_FEATURES)]
    rows = [
        ",".join([*(str(row * column + 0.5) for column in range(MOST_FEATURES)), str(row % 2)]) for row in range(600)
    ]
    data = prepare(
        Parameters(dataset="csv"), table=read_csv("\n".join([",".join([*names, "class"]), *rows]).encode()).dataset
    )
    line = header_line(Parameters(dataset="csv"), data)
    assert json.loads(line)["samples"]["count"] == 100
    assert len(line) < 64 * 1024, "a reader takes 2 MB, and a header is kept by every run"


def test_equal_runs_send_equal_bytes() -> None:
    parameters = Parameters(dataset="gaussians", epochs=3)
    assert lines_of(parameters) == lines_of(parameters)


def test_every_line_is_one_json_object_ending_in_a_newline() -> None:
    lines = lines_of(Parameters(epochs=4))
    assert [json.loads(line)["type"] for line in lines] == ["header", *["epoch"] * 4, "end"]
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)


def test_a_diverged_run_ends_with_the_reason() -> None:
    lines = [json.loads(line) for line in lines_of(Parameters(learning_rate=1.0))]
    assert lines[-1]["status"] == "diverged"
    assert "the learning rate 1 is too high" in lines[-1]["reason"]
    assert lines[-1]["epochs"] == len(lines) - 2 == lines[-2]["epoch"]


def test_a_cancelled_run_can_be_told() -> None:
    line = end_line(Outcome(CANCELLED, "the client went away", 3))
    assert line == b'{"type":"end","status":"cancelled","reason":"the client went away","epochs":3}\n'


def test_an_epoch_is_computed_only_when_it_is_asked_for() -> None:
    asked = Parameters(epochs=200)
    ticks = count()
    lines: Iterator[bytes] = run_lines(asked, prepare(asked), clock=lambda: float(next(ticks)))
    next(lines), next(lines)
    assert next(ticks) == 2  # one epoch was timed, with one look at the clock before and one after
