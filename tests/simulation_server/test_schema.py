"""What the body of a request may hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation_server.json_body import members
from simulation_server.schema import Invalid, Parameters, parameters_of

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KNOWN = st.sampled_from(["epochs", "learningRate", "batchSize", "seed", "other"])


def refused(body):
    with pytest.raises(Invalid) as caught:
        parameters_of(members(body))
    return caught.value


def test_an_absent_body_and_an_empty_object_mean_the_defaults():
    assert parameters_of(members(b"")) == parameters_of(members(b"{}")) == Parameters(50, 0.01, 32, None)


def test_unknown_keys_are_ignored_and_known_ones_taken():
    body = b'{"epochs":5,"colour":[1],"learningRate":1,"batchSize":64,"seed":9223372036854775807}'
    assert parameters_of(members(body)) == Parameters(5, 1.0, 64, 2**63 - 1)


def test_a_whole_number_written_as_a_fraction_is_a_whole_number():
    assert parameters_of(members(b'{"epochs":5e1,"batchSize":32.0,"seed":7.0}')) == Parameters(50, 0.01, 32, 7)


@pytest.mark.parametrize("epochs", [0, -1, 201, 1e9, -0.0, 10**30])
def test_epochs_out_of_range_get_the_message_of_the_web_app(epochs):
    error = refused(json.dumps({"epochs": epochs}).encode())
    assert (error.message, error.field) == ("Epochs must be between 1 and 200", None)


@pytest.mark.parametrize("rate", [0, -0.5, 1.0001, 5, 10**30])
def test_rates_out_of_range_get_the_message_of_the_web_app(rate):
    error = refused(json.dumps({"learningRate": rate}).encode())
    assert (error.message, error.field) == ("Learning rate must be between 0 and 1", None)


@pytest.mark.parametrize("size", [0, 17, 32.5, 512, -16])
def test_other_batch_sizes_get_the_message_of_the_web_app(size):
    error = refused(json.dumps({"batchSize": size}).encode())
    assert (error.message, error.field) == ("Batch size must be one of: 16, 32, 64, 128, 256", None)


@pytest.mark.parametrize("field", ["epochs", "learningRate", "batchSize", "seed"])
@pytest.mark.parametrize("value", [b'"3"', b"true", b"null", b"[]", b"{}", b"1e999", b"-1e999", b"9" * 5000])
def test_a_value_of_the_wrong_kind_names_its_field(field, value):
    error = refused(b'{"%b":%b}' % (field.encode(), value))
    assert error.field == field and error.message.startswith(field)


@pytest.mark.parametrize("body", [b'{"epochs":2.5}', b'{"seed":0.5}', b'{"seed":-1}', b'{"seed":9223372036854775808}'])
def test_fractions_and_seeds_out_of_range_name_their_field(body):
    assert refused(body).field in body.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b"3",
        b'"text"',
        b" ",
        b"{",
        b'{"epochs":NaN}',
        b'{"epochs":-Infinity}',
        b'{"epochs":01}',
        b"{}{}",
        b"\xef\xbb\xbf{}",
        b'{"a":"\xff"}',
        '{"epochs":3}'.encode("utf-16"),
        b'{"a":' + b"[" * 30_000,
        b"[" * 60_000,
    ],
)
def test_a_body_that_is_no_json_object_is_named_as_the_body(body):
    assert refused(body).field == "body"


def test_of_two_mistakes_the_one_the_web_app_checks_first_is_named():
    assert refused(b'{"batchSize":7,"learningRate":"x","epochs":0}').message == "Epochs must be between 1 and 200"
    assert refused(b'{"batchSize":7,"learningRate":2}').message == "Learning rate must be between 0 and 1"


@given(st.dictionaries(KNOWN, ANY_JSON, max_size=5) | ANY_JSON)
def test_any_json_is_either_taken_within_bounds_or_refused_in_words(content):
    try:
        wanted = parameters_of(members(json.dumps(content).encode()))
    except Invalid as error:
        assert error.message
        return
    assert 1 <= wanted.epochs <= 200 and 0 < wanted.learning_rate <= 1 and wanted.batch_size in (16, 32, 64, 128, 256)


@given(st.binary(max_size=200))
def test_any_bytes_are_either_taken_or_refused(body):
    try:
        parameters_of(members(body))
    except Invalid as error:
        assert error.message
