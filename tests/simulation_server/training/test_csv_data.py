"""A person's own file: what can be used is used, what cannot is named by its line, and nothing else happens."""

import csv
import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation_server.training.csv_data import MOST_ROWS, CsvError, CsvFile, read_csv
from simulation_server.training.trainer import COMPLETE, Epoch, Outcome

History = Callable[..., tuple[list[Epoch], Outcome]]

FLOWERS = b"width,length,kind\n1,2,rose\n3,4,tulip\n5,6.5,rose\n-7,8e-1,tulip\n"

finite = st.floats(-1e15, 1e15, allow_subnormal=False)


def problems(file: CsvFile) -> dict[int, str]:
    return {problem.line: problem.reason for problem in file.problems}


def test_a_header_names_the_columns_and_words_are_classes() -> None:
    file = read_csv(FLOWERS)
    assert file.dataset.features == ("width", "length")
    assert file.dataset.classes == ("rose", "tulip")
    np.testing.assert_array_equal(file.dataset.inputs, [[1, 2], [3, 4], [5, 6.5], [-7, 0.8]])
    assert file.dataset.labels.tolist() == [0, 1, 0, 1]
    assert file.problems == ()


def test_a_file_without_header_gets_numbered_columns_and_number_classes_in_order() -> None:
    file = read_csv(b"1,2,10\n3,4,9\n5,6,10\n7,8,9\n")
    assert file.dataset.features == ("column 1", "column 2")
    assert file.dataset.classes == ("9", "10")
    assert file.dataset.labels.tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize(
    "content",
    [
        FLOWERS.replace(b",", b";").replace(b".", b","),
        FLOWERS.replace(b",", b"\t"),
        b"\xef\xbb\xbf" + FLOWERS.replace(b"\n", b"\r\n"),
        FLOWERS.replace(b"\n", b"\r"),
        FLOWERS.replace(b"rose", b' "rose"').replace(b"\n", b"\n\n"),
    ],
    ids=["semicolons and decimal commas", "tabs", "mark and CRLF", "CR", "quotes and empty lines"],
)
def test_other_ways_to_write_the_same_file_give_the_same_rows(content: bytes) -> None:
    file, plain = read_csv(content), read_csv(FLOWERS)
    np.testing.assert_array_equal(file.dataset.inputs, plain.dataset.inputs)
    assert (file.dataset.features, file.dataset.classes) == (plain.dataset.features, plain.dataset.classes)
    assert file.problems == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1,b?d,rose", "column 2 is 'b?d', not a number"),
        (b"1,,rose", "column 2 is empty, not a number"),
        (b"nan,2,rose", "column 1 is 'nan', not a number"),
        (b"1_0,2,rose", "column 1 is '1_0', not a number"),
        (b"1,-inf,rose", "column 2 is '-inf', larger than 1e+15"),
        (b"1e999,2,rose", "column 1 is '1e999', larger than 1e+15"),
        (b"1,2", "it has 2 columns instead of 3"),
        (b"1,2,3,rose", "it has 4 columns instead of 3"),
        (b"1,2,", "its class is missing"),
        (b"1,2," + "é".encode() * 61, "its class has 61 characters; at most 60 can be shown"),
        (b'1,2,"rose', "its quotes do not match"),
        (b"1,2,ros\xe9", "it is not UTF-8 text"),
    ],
)
def test_a_bad_row_is_named_and_no_other_is_lost(row: bytes, reason: str) -> None:
    lines = FLOWERS.splitlines()
    file = read_csv(b"\n".join([*lines[:3], row, *lines[3:]]))
    assert problems(file) == {4: reason}
    np.testing.assert_array_equal(file.dataset.inputs, read_csv(FLOWERS).dataset.inputs)


def test_a_damaged_first_row_is_a_problem_and_not_a_header() -> None:
    assert problems(read_csv(b"1,x,a\n" + FLOWERS.split(b"\n", 1)[1])) == {1: "column 2 is 'x', not a number"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b" \n\n", "The file is empty"),
        (b"1\n2\n", "one column"),
        (b"x,y,class\n", "nothing but a header"),
        (b"1,a\n?,b\n?,b\n", "All usable rows have the class 'a'"),
        (b"1,a\n2,b\n", "No class has two rows"),
        (b"\xff,\xff\n", "No row can be used; the first problem is in line 1: it is not UTF-8 text"),
        (b"1,2,a\n" * (MOST_ROWS + 2), "Keep at most 100,000"),
        (b",".join([b"1"] * 66), "Keep at most 64"),
        (b"\n".join(b"1,%d" % number for number in range(65)), "Keep at most 64"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, message: str) -> None:
    with pytest.raises(CsvError, match=message):
        read_csv(content)


def test_the_largest_file_is_read_whole() -> None:
    file = read_csv(b"x,y,class\n" + b"1,2,a\n3,4,b\n" * (MOST_ROWS // 2))
    assert file.dataset.inputs.shape == (MOST_ROWS, 2)


def assert_read_or_refused(content: bytes) -> None:
    try:
        file = read_csv(content)
    except CsvError as refused:
        assert str(refused)
        return
    assert np.isfinite(file.dataset.inputs).all()
    assert len(file.dataset.inputs) == len(file.dataset.labels)
    lines = [problem.line for problem in file.problems]
    assert lines == sorted(set(lines))


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    assert_read_or_refused(content)


@settings(max_examples=300)
@given(st.text("0123456789.,;\t\n\r\"'-+e_ abnif\x00é\udcff", max_size=200))
def test_anything_like_a_table_is_read_or_refused_in_words(content: str) -> None:
    assert_read_or_refused(content.encode("utf-8", errors="surrogateescape"))


@given(st.lists(st.tuples(finite, finite, st.sampled_from(("red", "dark, blue", 'say "hi"', "é"))), min_size=9))
def test_what_another_program_writes_comes_back(rows: list[tuple[float, float, str]]) -> None:
    rows = [*rows, (0.0, 0.0, "red"), (1.0, 1.0, "é")]
    text = io.StringIO()
    csv.writer(text).writerows([("x", "y", "class"), *rows])
    file = read_csv(text.getvalue().encode())
    np.testing.assert_array_equal(file.dataset.inputs, [row[:2] for row in rows])
    assert [file.dataset.classes[label] for label in file.dataset.labels] == [row[2] for row in rows]
    assert file.problems == ()


def test_a_network_learns_from_a_file(history: History) -> None:
    rows = [f"{x},{y},{'far' if x * x + y * y > 20 else 'near'}" for x in range(-8, 9) for y in range(-8, 9)]
    table = read_csv("\n".join(rows).encode()).dataset
    epochs, outcome = history(dataset="csv", table=table, learning_rate=0.1)
    assert outcome.status == COMPLETE
    assert epochs[-1].validation_accuracy > 90.0
    assert [len(means) for means in epochs[-1].state.activations] == [2, 6, 5, 2]
