"""What a request for training may hold, and how each mistake is told."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation_server.json_body import KNOWN, Invalid, members
from simulation_server.training.parameters import Parameters, checked
from simulation_server.training_request import parse_training

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def parsed(**fields):
    return parse_training(members(json.dumps(fields).encode()))


def refused(**fields):
    with pytest.raises(Invalid) as caught:
        parsed(**fields)
    return caught.value


def test_what_is_left_out_has_the_defaults_of_the_trainer():
    assert parsed().parameters == Parameters()
    assert parsed().csv is None


def test_every_field_is_taken():
    fields = {
        "dataset": "circle",
        "features": ["sin x", "xy"],
        "points": 60.0,
        "noise": 0,
        "layers": [8, 64.0, 1],
        "activation": "relu",
        "loss": "mean-squared-error",
        "learningRate": 1,
        "batchSize": 16,
        "epochs": 200,
        "momentum": 0.99,
        "l1": 0.1,
        "l2": 0.05,
        "split": 0.5,
        "seed": 2**63 - 1,
    }
    assert msgspec.json.decode(msgspec.json.encode(parsed(**fields).parameters)) == fields
    assert {type(width) for width in parsed(**fields).parameters.layers} == {int}


@pytest.mark.parametrize("layers", [[], [1] * 8, [64], None])
def test_layers_may_be_none_or_many(layers):
    assert parsed(layers=layers).parameters.layers == (None if layers is None else tuple(layers))


@pytest.mark.parametrize(
    ("field", "value", "bounds"),
    [
        ("points", 9, "whole number between 10 and 2000"),
        ("points", 2001, "whole number between 10 and 2000"),
        ("points", 10.5, "whole number between 10 and 2000"),
        ("points", "50", "whole number between 10 and 2000, not text"),
        ("noise", -0.01, "number between 0 and 0.5"),
        ("noise", 0.51, "number between 0 and 0.5"),
        ("momentum", 1, "number between 0 and 0.99"),
        ("momentum", True, "number between 0 and 0.99, not true or false"),
        ("momentum", None, "number between 0 and 0.99, not null"),
        ("l1", 0.11, "number between 0 and 0.1"),
        ("l2", 10**400, "number between 0 and 0.1|number that can be used"),
        ("split", 0.49, "number between 0.5 and 0.9"),
        ("split", 0.91, "number between 0.5 and 0.9"),
        ("layers", [65], "at most 8 whole numbers between 1 and 64"),
        ("layers", [0], "at most 8 whole numbers between 1 and 64"),
        ("layers", [1] * 9, "at most 8 whole numbers between 1 and 64"),
        ("layers", [True], "at most 8 whole numbers between 1 and 64"),
        ("layers", [2.5], "at most 8 whole numbers between 1 and 64"),
        ("layers", 6, "at most 8 whole numbers between 1 and 64"),
        ("dataset", "moons", "one of: circle, exclusive-or, gaussians, spiral, digits, colours, animals, csv"),
        ("dataset", [], "one of: circle"),
        ("activation", "gelu", "one of: tanh, relu, sigmoid, linear"),
        ("loss", "hinge", "one of: cross-entropy, mean-squared-error"),
        ("features", [], "at least one of: x, y, x², y², xy, sin x, sin y"),
        ("features", ["x", "x"], "none twice"),
        ("features", ["z"], "at least one of: x, y"),
        ("features", [["x"]], "at least one of: x, y"),
        ("features", "x", "at least one of: x, y"),
        ("rows", 5, "rows must be a list of at most 100 lists"),
        ("rows", [[1, 2, 0]] * 101, "rows must be a list of at most 100 lists"),
        ("rows", [[1, 2]], "rows must be a list of at most 100 lists"),
        ("rows", [[1, 7, 0]], "rows must be a list of at most 100 lists"),
        ("rows", [[1, 2, 2]], "rows must be a list of at most 100 lists"),
        ("rows", [["1", 2, 0]], "rows must be a list of at most 100 lists"),
        ("rows", [[True, 2, 0]], "rows must be a list of at most 100 lists"),
        ("epochs", 201, "between 1 and 200"),
        ("learningRate", 0, "between 0 and 1"),
        ("batchSize", 17, "one of: 16, 32, 64, 128, 256"),
        ("seed", 2**63, "between 0 and 9223372036854775807"),
        ("csv", 5, "text of a CSV file"),
        ("csv", ["1,2,a"], "text of a CSV file"),
        ("classColumn", 3, "name of a column"),
        ("classColumn", "k" * 201, "name of a column"),
        ("classColumn", "kind", "send the file's text in csv"),
    ],
)
def test_a_value_out_of_bounds_names_its_field_and_the_bounds(field, value, bounds):
    error = refused(source="trained", **{field: value})
    assert error.field == field and error.status == 400
    assert any(bound in error.message for bound in bounds.split("|"))


def test_a_file_needs_no_data_set_and_takes_no_other():
    assert parsed(csv="1,2,a").parameters.dataset == "csv"
    assert parsed(csv="1,2,a", dataset="csv").csv == "1,2,a"
    assert refused(csv="1,2,a", dataset="spiral").field == "csv"
    assert refused(dataset="csv").field == "csv"


def test_a_file_may_come_with_the_name_of_its_class():
    assert parsed(csv="kind,x\na,1", classColumn="kind").class_column == "kind"
    assert parsed(csv="kind,x\na,1").class_column is None
    assert parsed(csv="kind,x\na,1", classColumn=None).class_column is None


@given(st.dictionaries(st.sampled_from(KNOWN), ANY_JSON, max_size=6))
def test_any_json_is_either_taken_within_bounds_or_refused_by_name(content):
    try:
        wanted = parse_training(members(json.dumps(content).encode()))
    except Invalid as error:
        assert error.message and error.field in (*KNOWN, "body")
        return
    assert checked(wanted.parameters) == wanted.parameters


def test_a_journal_is_taken_and_each_mistake_in_it_is_told_of_the_field():
    journal = [{"afterEpoch": 3, "learningRate": 0.5}, {"afterEpoch": 9, "silent": [[1, 2]], "batchSize": 64}]
    taken = parsed(changes=journal).parameters
    assert msgspec.to_builtins(taken)["changes"] == ({**journal[0]}, {**journal[1], "silent": ((1, 2),)})
    for wrong, sentence in [
        (5, "a list of at most 100 objects"),
        ([{"afterEpoch": 3}], "at least one of learningRate"),
        ([{"afterEpoch": 3, "rate": 1}], "unknown field"),
        ([{"afterEpoch": 50, "l1": 0.1}], "before the last epoch, 50"),
        ([*reversed(journal)], "in the order"),
    ]:
        told = refused(changes=wrong)
        assert told.field == "changes" and sentence in told.message, (wrong, told.message)
    assert refused(source="trained", changes=[None]).field == "changes"
