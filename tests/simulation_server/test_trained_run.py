"""Real training over HTTP: in one piece and in lines, from the shipped data and from a person's file."""

import base64
import json
import math
from itertools import pairwise

import pytest

from simulation_server.backend import Backend

LINES = {"Accept": "application/x-ndjson"}
SMALL = {"dataset": "circle", "points": 40, "epochs": 3, "layers": [3]}
FLOWERS = "width,length,kind\n" + "1,2,rose\n3,4,tulip\n" * 20


def lines(answer):
    assert (answer.status, answer.headers["content-type"]) == (200, "application/x-ndjson")
    return [json.loads(line, parse_constant=pytest.fail) for line in answer.body.splitlines()]


def numbers(line):
    """A line without the time it took."""
    return {key: value for key, value in line.items() if key != "milliseconds"}


def test_a_trained_run_in_one_piece_has_the_classic_rows_and_more(backend, call):
    content = call(backend, "POST", "/api/train", SMALL).content
    assert list(content) == ["success", "data", "status", "reason"]
    assert (content["success"], content["status"]) == (True, "complete")
    assert [row["epoch"] for row in content["data"]] == [1, 2, 3]
    names = ["epoch", "loss", "accuracy", "validationLoss", "validationAccuracy"]
    assert [list(row) for row in content["data"]] == [names] * 3


def test_numbers_are_printed_as_javascript_prints_them(backend, call):
    text = call(backend, "POST", "/api/train", {**SMALL, "epochs": 30}).body.decode()
    rows = json.loads(text, parse_float=str, parse_int=str)["data"]
    assert all(number == repr(float(number)).removesuffix(".0") for row in rows for number in row.values())
    assert any("." not in row["accuracy"] for row in rows) and all(len(row["loss"]) <= 6 for row in rows)


def test_a_diverged_run_is_a_result_and_not_an_error(backend, call):
    content = call(backend, "POST", "/api/train", {"source": "trained", "learningRate": 1}).content
    assert content["success"] is True and content["status"] == "diverged"
    assert f"at epoch {len(content['data'])}: the learning rate 1 is too high" in content["reason"]


def test_a_trained_run_in_lines_says_the_same_as_in_one_piece(backend, call):
    header, *epochs, end = lines(call(backend, "POST", "/api/train", SMALL, **LINES))
    rows = call(backend, "POST", "/api/train", SMALL).content["data"]
    assert (header["type"], header["source"], header["shape"]) == ("header", "trained", [4, 3, 2])
    for epoch, row in zip(epochs, rows, strict=True):
        assert epoch["type"] == "epoch" and epoch["loss"] == pytest.approx(row["loss"], abs=5.1e-5)
        assert (epoch["epoch"], epoch["accuracy"]) == (row["epoch"], row["accuracy"])
    assert end == {"type": "end", "status": "complete", "reason": "all epochs are trained", "epochs": 3}


@pytest.mark.parametrize("asked", [SMALL, {"dataset": "digits", "epochs": 1}, {"layers": [], "epochs": 1}], ids=str)
def test_the_arrays_have_the_sizes_that_the_shape_says(backend, call, asked):
    header, epoch, *_ = lines(call(backend, "POST", "/api/train", asked, **LINES))
    shape = header["shape"]
    sizes = {
        "weights": sum(a * b for a, b in pairwise(shape)),
        "biases": sum(shape[1:]),
        "activations": sum(shape),
        "gradientNorms": len(shape) - 1,
        "confusion": shape[-1] ** 2,
    }
    assert {key: len(base64.b64decode(epoch[key])) // 4 for key in sizes} == sizes
    assert len(base64.b64decode(header["samples"]["labels"])) == header["samples"]["count"]


def test_the_parameters_of_the_header_sent_back_give_the_same_numbers(backend, call):
    first = lines(call(backend, "POST", "/api/train", {**SMALL, "seed": 2**63 - 1, "noise": 0.3}, **LINES))
    again = lines(call(backend, "POST", "/api/train", first[0]["parameters"], **LINES))
    assert list(map(numbers, first)) == list(map(numbers, again))


def test_without_a_seed_every_training_is_the_same_and_leaves_the_simulated_ones_alone(call):
    with Backend(seed=7) as plain, Backend(seed=7) as trained_first:
        runs = [lines(call(trained_first, "POST", "/api/train", SMALL, **LINES)) for _ in range(2)]
        assert runs[0][0]["parameters"]["seed"] == 0 and numbers(runs[0][-2]) == numbers(runs[1][-2])
        simulated = [call(backend, "POST", "/api/train").body for backend in (plain, trained_first)]
        assert simulated[0] == simulated[1]


def test_a_simulated_run_in_lines_has_the_numbers_of_the_classic_answer_and_says_what_it_is(backend, call):
    asked = {"epochs": 5, "seed": 1, "source": "simulated"}
    header, *epochs, end = lines(call(backend, "POST", "/api/train", asked, **LINES))
    rows = call(backend, "POST", "/api/train", {"epochs": 5, "seed": 1}).content["data"]
    parameters = {"epochs": 5, "learningRate": 0.01, "batchSize": 32, "seed": 1}
    assert header == {"type": "header", "version": 1, "source": "simulated", "parameters": parameters}
    assert epochs == [{"type": "epoch", **row} for row in rows]
    assert end == {"type": "end", "status": "complete", "reason": "all epochs are simulated", "epochs": 5}


def test_a_simulated_run_that_says_so_is_the_one_that_does_not(backend, call):
    said = call(backend, "POST", "/api/train", {"epochs": 5, "seed": 1, "source": "simulated"})
    assert said.body == call(backend, "POST", "/api/train", {"epochs": 5, "seed": 1}).body


def test_a_file_is_learned_from_and_its_bad_rows_are_named(backend, call):
    text = FLOWERS + "1,?,rose\n1\n"
    asked = {"csv": text, "epochs": 2}
    left_out = {
        "rows": 2,
        "first": [
            {"line": 42, "reason": "column 2 is '?', not a number"},
            {"line": 43, "reason": "it has 1 columns instead of 3"},
        ],
    }
    header = lines(call(backend, "POST", "/api/train", asked, **LINES))[0]
    assert (header["dataset"], header["features"], header["classes"]) == ("csv", ["width", "length"], ["rose", "tulip"])
    assert header["leftOut"] == left_out and header["trainingRows"] + header["validationRows"] == 40
    assert call(backend, "POST", "/api/train", asked).content["leftOut"] == left_out


def test_of_many_bad_rows_the_first_are_named_and_all_are_counted(backend, call):
    header = lines(call(backend, "POST", "/api/train", {"csv": FLOWERS + "1,?,rose\n" * 500, "epochs": 1}, **LINES))[0]
    assert (header["leftOut"]["rows"], len(header["leftOut"]["first"])) == (500, 20)


def test_of_a_file_the_header_tells_what_became_of_its_columns_and_asks(backend, call):
    rows = [f"{number},{'red' if number % 3 else 'blue'},{number * 7 % 11},{'ab'[number % 2]}" for number in range(40)]
    asked = {"csv": "\n".join(["id,colour,x,kind", *rows]), "epochs": 1}
    columns = [
        {
            "name": "id",
            "became": "left out",
            "inputs": 0,
            "words": [],
            "reason": "it counts the rows, and nothing about new rows can be learned from that",
        },
        {"name": "colour", "became": "coded", "inputs": 2, "words": ["blue", "red"], "reason": ""},
        {"name": "x", "became": "number", "inputs": 1, "words": [], "reason": ""},
        {"name": "kind", "became": "class", "inputs": 0, "words": [], "reason": ""},
    ]
    header = lines(call(backend, "POST", "/api/train", asked, **LINES))[0]
    assert (header["features"], header["shape"][0]) == (["colour: blue", "colour: red", "x"], 3)
    assert header["columns"] == columns and len(header["questions"]) == 1
    content = call(backend, "POST", "/api/train", asked).content
    assert (content["columns"], content["questions"]) == (columns, header["questions"])


def test_only_a_file_has_columns_to_tell_of(backend, call):
    header = lines(call(backend, "POST", "/api/train", SMALL, **LINES))[0]
    assert not {"columns", "questions"} & header.keys()
    assert not {"columns", "questions"} & call(backend, "POST", "/api/train", SMALL).content.keys()


@pytest.mark.parametrize(("dataset", "columns", "count"), [("colours", 3, 100), ("animals", 6, 15)])
def test_everyday_data_are_trained_by_name_with_samples_as_of_a_table(backend, call, dataset, columns, count):
    header, *_, end = lines(call(backend, "POST", "/api/train", {"dataset": dataset, "epochs": 2}, **LINES))
    samples = header["samples"]
    assert (header["dataset"], header["shape"]) == (dataset, [columns, 6, 5, 2])
    assert (samples["count"], samples["columns"], end["epochs"]) == (count, columns, 2)
    assert not any(base64.b64decode(samples["training"]))


def test_the_class_is_the_column_that_is_named(backend, call):
    asked = {"csv": "kind,x,y\n" + "a,1,2\nb,3,5\na,3,1\n" * 5, "epochs": 1}
    header = lines(call(backend, "POST", "/api/train", {**asked, "classColumn": "kind"}, **LINES))[0]
    assert (header["classes"], header["features"]) == (["a", "b"], ["x", "y"])
    refused = call(backend, "POST", "/api/train", {**asked, "classColumn": "colour"})
    assert (refused.status, refused.content["field"]) == (400, "classColumn")
    assert refused.content["error"] == "There is no column 'colour'. The columns are: kind, x, y."


@pytest.mark.parametrize("accept", ["application/json", "application/x-ndjson"])
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"source": "trained", "epochs": 0}, "epochs"),
        ({"source": "simulated", "layers": [3]}, "layers"),
        ({"layers": [65]}, "layers"),
        ({"csv": ""}, "csv"),
        ({"csv": "1,2,a\n"}, "csv"),
        ({"csv": "1,a\n2,b\n"}, "csv"),
        ({"csv": "1,2,a\n" * 100_002}, "csv"),
        ({"dataset": "csv"}, "csv"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_mistake_is_one_sentence_with_the_field_and_holds_no_place(call, asked, field, accept):
    with Backend(most_trainings=1) as backend:
        for _ in range(2):
            refused = call(backend, "POST", "/api/train", asked, Accept=accept)
            assert (refused.status, refused.content["field"]) == (400, field) and refused.content["error"]
        assert call(backend, "POST", "/api/train", SMALL).status == 200


def test_a_file_of_a_hundred_thousand_rows_goes_through(backend, call):
    rows = "".join(f"{number}.25,{-number},{'odd' if number % 2 else 'even'}\n" for number in range(100_000))
    header, epoch, end = lines(call(backend, "POST", "/api/train", {"csv": rows, "epochs": 1, "layers": []}, **LINES))
    assert header["trainingRows"] + header["validationRows"] == 100_000
    assert math.isfinite(epoch["loss"]) and end["status"] == "complete"


@pytest.mark.parametrize(
    "asked", [SMALL, {"source": "trained", "dataset": "digits", "epochs": 1, "seed": 5}, {"csv": FLOWERS, "epochs": 1}]
)
def test_the_first_line_of_a_run_can_be_had_without_it(backend, call, asked):
    told = call(backend, "POST", "/api/train", asked, **LINES).body.splitlines(keepends=True)[0]
    hits = backend.hits
    assert backend.header(json.dumps(asked).encode()) == told and backend.hits == hits


@pytest.mark.parametrize("asked", [{"csv": "1,a\n"}, {"dataset": "csv"}, {"dataset": "none"}, {"points": 1}], ids=str)
def test_where_there_can_be_no_run_there_is_no_first_line_and_the_reason_is_the_servers(backend, call, asked):
    with pytest.raises(ValueError) as why:
        backend.header(json.dumps(asked).encode())
    assert str(why.value) == call(backend, "POST", "/api/train", asked).content["error"]
