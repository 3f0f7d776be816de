"""A table written in any dialect is read back as the same numbers; what is damaged is refused, and never misread."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulation_server.training.csv_data import CsvError, CsvFile, read_csv
from simulation_server.training.table_numbers import COMMA, POINT, STYLES, evidence, number

WORDS = ("rose", "tulip", "dark, blue", "semi;colon", 'say "hi"', "é", "two words")
TELLING = 0.5  # a number that shows how all of its column are written

amounts = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda value: round(value, 4)),
)
tables = st.lists(st.tuples(amounts, amounts, st.sampled_from(WORDS)), min_size=4, max_size=30)


def plain(value: float) -> str:
    """Digits without an exponent, as a spreadsheet shows them."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def grouped(text: str) -> str:
    whole, point, fraction = text.partition(".")
    return f"{int(whole):,}" + point + fraction if abs(int(whole)) >= 1000 else text


def local(text: str) -> str:
    """The same digits with a decimal comma, thousands grouped by points."""
    return text.translate(str.maketrans(",.", ".,"))


DIALECTS = {
    "commas": (",", plain),
    "semicolons": (";", plain),
    "tabs": ("\t", plain),
    "blanks": (" ", plain),
    "semicolons, decimal commas": (";", lambda value: local(plain(value))),
    "tabs, decimal commas": ("\t", lambda value: local(plain(value))),
    "quoted decimal commas": (",", lambda value: local(plain(value))),
    "blanks, decimal commas": (" ", lambda value: local(plain(value))),
    "semicolons, all grouped": (";", lambda value: local(grouped(plain(value)))),
    "tabs, thousands": ("\t", lambda value: grouped(plain(value))),
    "quoted thousands": (",", lambda value: grouped(plain(value))),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@settings(max_examples=25)
@given(rows=tables)
def test_a_table_in_any_dialect_comes_back(dialect: str, ending: str, rows: list[tuple[float, float, str]]) -> None:
    separator, written = DIALECTS[dialect]
    rows = [(TELLING, TELLING, "rose"), *rows, (-1 - TELLING, TELLING, "tulip"), (TELLING, TELLING, "rose")]
    if separator == " ":  # where a semicolon in words is not quoted, blanks do not seem to separate
        rows = [(x, y, word.replace(";", ":")) for x, y, word in rows]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=ending)
    writer.writerows([("x", "y", "class"), *((written(x), written(y), word) for x, y, word in rows)])
    file = read_csv(text.getvalue())
    np.testing.assert_array_equal(file.dataset.inputs, [[float(plain(x)), float(plain(y))] for x, y, _ in rows])
    assert [file.dataset.classes[label] for label in file.dataset.labels] == [row[2] for row in rows]
    assert (file.problems, file.dataset.features) == ((), ("x", "y"))


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(STYLES))
def test_a_number_is_read_in_the_style_in_which_it_was_written(value: float, style: str) -> None:
    text = repr(value) if style == POINT else repr(value).replace(".", ",")
    assert number(text, style) == value


@given(st.text("0123456789.,-+ e'_", min_size=1, max_size=9))
def test_what_shows_its_style_is_a_number_in_no_other_one(cell: str) -> None:
    numeric, style = evidence(cell.strip())
    values = {each: number(cell.strip(), each) for each in STYLES}
    assert numeric == any(value is not None for value in values.values())
    if style in STYLES:
        assert values[POINT if style == COMMA else COMMA] is None
    elif numeric and not style:
        assert values[POINT] == values[COMMA]
    assert not any(value is not None and math.isnan(value) for value in values.values())


@settings(max_examples=300)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["1", "2,5", "3.5", "1.540", "1,540", "red", "NA", "", "TRUE", '"a,b"', "0"]),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(",;\t "),
)
def test_any_table_of_odd_cells_is_read_or_refused_in_words(rows: list[list[str]], separator: str) -> None:
    try:
        file = read_csv("\n".join(separator.join(row) for row in rows))
    except CsvError as refused:
        assert str(refused).endswith(".")
        return
    check(file, len(rows))


def check(file: CsvFile, lines: int) -> None:
    """What holds of every file that is read."""
    dataset = file.dataset
    assert np.isfinite(dataset.inputs).all()
    assert dataset.inputs.shape == (len(dataset.labels), len(dataset.features))
    assert sum(column.inputs for column in file.columns) == len(dataset.features)
    assert [column.became for column in file.columns].count("class") == 1
    assert all((column.became == "left out") == bool(column.reason) for column in file.columns)
    assert set(dataset.labels) <= set(range(len(dataset.classes)))
    assert len(dataset.labels) + len(file.problems) <= lines
    assert all(question.count("?") >= 1 for question in file.questions)


@settings(max_examples=100)
@given(tables, st.integers(0, 40))
def test_a_spoiled_line_changes_no_other_row(rows: list[tuple[float, float, str]], where: int) -> None:
    rows = [(TELLING, TELLING, "rose"), *rows, (-1 - TELLING, TELLING, "tulip"), (TELLING, TELLING, "rose")]
    lines = [f'{plain(x)};{plain(y)};"{word.replace(chr(34), chr(34) * 2)}"' for x, y, word in rows]
    whole = read_csv("\n".join(["x;y;class", *lines]))
    at = min(where, len(lines))
    spoiled = read_csv("\n".join(["x;y;class", *lines[:at], "1;spoiled;rose", *lines[at:]]))
    assume(whole.columns == spoiled.columns)
    np.testing.assert_array_equal(whole.dataset.inputs, spoiled.dataset.inputs)
    assert [problem.line for problem in spoiled.problems] == [at + 2]
