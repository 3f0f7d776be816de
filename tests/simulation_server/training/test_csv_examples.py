"""Tables as people have them: each with what must be read of it, and never anything else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from simulation_server.training.csv_data import CsvError, CsvFile, UnknownColumn, read_csv


class Read(NamedTuple):
    """What a table must give: the names of the inputs, their rows, and the class of each row."""

    features: tuple[str, ...]
    rows: list[list[float]]
    classes: list[str]


def read_of(file: CsvFile) -> Read:
    dataset = file.dataset
    return Read(dataset.features, dataset.inputs.tolist(), [dataset.classes[label] for label in dataset.labels])


def became(file: CsvFile) -> dict[str, str]:
    return {column.name: column.became for column in file.columns}


AB = ["a", "b", "a"]
PLAIN = Read(("x", "y"), [[1.0, 2.0], [3.0, 5.5], [2.0, 8.0]], AB)

SAME = {
    "commas": "x,y,kind\n1,2,a\n3,5.5,b\n2,8,a\n",
    "tabs": "x\ty\tkind\n1\t2\ta\n3\t5.5\tb\n2\t8\ta\n",
    "tabs and decimal commas": "x\ty\tkind\n1\t2,0\ta\n3\t5,5\tb\n2,0\t8\ta\n",
    "semicolons and decimal commas": "x;y;kind\n1;2;a\n3;5,5;b\n2;8,0;a\n",
    "semicolons and decimal points": "x;y;kind\n1;2;a\n3;5.5;b\n2;8.0;a\n",
    "blanks": "x  y kind\n 1   2 a\n3 5.5   b\n2 8 a  \n",
    "blanks and decimal commas": "x y kind\n1,0 2,0 a\n3,0 5,5 b\n2,0 8,0 a\n",
    "blanks and quotes": '"x" "y" "kind"\n1 2 "a"\n3 5.5 "b"\n2   8 "a"\n',
    "quoted numbers": '"x","y","kind"\n"1","2","a"\n"3","5.5","b"\n"2","8","a"\n',
    "quoted decimal commas between commas": 'x,y,kind\n1,"2,0",a\n3,"5,5",b\n2,"8,0",a\n',
    "what separates is told": "sep=;\nx;y;kind\n1;2;a\n3;5,5;b\n2;8;a\n",
    "what separates is told in quotes": '"sep=,"\nx,y,kind\n1,2,a\n3,5.5,b\n2,8,a\n',
    "tabs are told": "sep=\t\nx\ty\tkind\n1\t2\ta\n3\t5.5\tb\n2\t8\ta\n",
    "strokes": "x|y|kind\n1|2|a\n3|5.5|b\n2|8|a\n",
    "strokes are told": "sep=|\nx|y|kind\n1|2|a\n3|5.5|b\n2|8|a\n",
    "comments before the header": "# from the garden, in May\n# by me\nx,y,kind\n1,2,a\n3,5.5,b\n2,8,a\n",
    "the header is a comment": "# x y kind\n1 2 a\n3 5.5 b\n2 8 a\n",
    "a comma ends every line": "x,y,kind,\n1,2,a,\n3,5.5,b,\n2,8,a,\n",
    "a comma ends every line but the header": "x,y,kind\n1,2,a,\n3,5.5,b,\n2,8,a,\n",
    "empty columns at the end": "x;y;kind;;;\n1;2;a;;;\n3;5,5;b;;;\n2;8;a;;;\n",
    "a mark of its encoding": "\ufeffx,y,kind\n1,2,a\n3,5.5,b\n2,8,a\n",
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_one_table_in_many_dialects(content: str) -> None:
    for given in (content, content.encode()):
        file = read_csv(given)
        assert read_of(file) == PLAIN
        assert (file.problems, file.questions) == ((), ())
        assert became(file) == {"x": "number", "y": "number", "kind": "class"}


NUMBERS = {
    "thousands beside decimal commas": (
        "x;y;k\n1.540;2,5;a\n999;3,25;b\n2.100.300;7,5;a\n",
        [1540.0, 999.0, 2100300.0],
    ),
    "thousands and decimal commas": ("x;k\n1.540,5;a\n999;b\n0,25;a\n", [1540.5, 999.0, 0.25]),
    "thousands between tabs": ("x\tk\n1,540.5\ta\n2,100\tb\n0.25\ta\n", [1540.5, 2100.0, 0.25]),
    "thousands between semicolons": ("x;k\n1,540.5;a\n2,100;b\n0.25;a\n", [1540.5, 2100.0, 0.25]),
    "quoted thousands between commas": ('x,k\n"1,540.5",a\n"2,100",b\n0.25,a\n', [1540.5, 2100.0, 0.25]),
    "thousands grouped by blanks": ("x;k\n1 540,5;a\n2\u00a0000;b\n3\u202f000,25;a\n", [1540.5, 2000.0, 3000.25]),
    "thousands grouped as the Swiss do": ("x;k\n1'540.5;a\n2'000;b\n3;a\n", [1540.5, 2000.0, 3.0]),
    "three digits behind a point": ("x,k\n1.540,a\n2.125,b\n3.375,a\n", [1.54, 2.125, 3.375]),
    "three digits behind a comma, others tell": ("x;y;k\n1,540;0,5;a\n2,125;0,5;b\n3,375;1;a\n", [1.54, 2.125, 3.375]),
    "signs and exponents": ("x;k\n-1,5e3;a\n+2,5E-1;b\n.5;a\n", None),
    "a minus as in print": ("x;k\n−1,5;a\n2;b\n−0,25;a\n", [-1.5, 2.0, -0.25]),
    "signs and exponents with points": ("x;k\n-1.5e3;a\n+2.5E-1;b\n.5;a\n", [-1500.0, 0.25, 0.5]),
}


@pytest.mark.parametrize(("content", "values"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_mean_what_they_mean_to_whoever_wrote_them(content: str, values: list[float] | None) -> None:
    if values is None:  # commas and a point, each of which alone would decide
        with pytest.raises(CsvError, match="some of its numbers have a decimal comma, others a decimal point"):
            read_csv(content)
        return
    file = read_csv(content)
    assert [row[0] for row in file.dataset.inputs.tolist()] == values
    assert file.problems == ()


@pytest.mark.parametrize(
    "content",
    ["x\ty\tk\n1,540\t1\ta\n2,100\t2\tb\n3,111\t9\ta\n", 'x,y,k\n"1,540",1,a\n"2,100",2,b\n"3,111",9,a\n'],
    ids=["tabs", "quotes"],
)
def test_a_number_that_may_be_two_is_refused_with_its_column(content: str) -> None:
    file = read_csv(content)
    assert file.dataset.features == ("y",)
    assert file.columns[0].reason.startswith("it cannot be told whether 1,540 is 1540 or 1.54;")


@pytest.mark.parametrize(
    ("content", "value"), [("x;k\n1,540;a\n2,100;b\n3,111;a\n", 1.54), ("x;k\n1.540;a\n2.100;b\n3.111;a\n", 1.54)]
)
def test_what_semicolons_leave_likely_is_read_and_asked_about(content: str, value: float) -> None:
    file = read_csv(content)
    assert file.dataset.inputs[0, 0] == value
    assert len(file.questions) == 1 and f"the number {value}?" in file.questions[0]


def test_thousands_that_nothing_but_the_neighbours_tell_are_asked_about() -> None:
    asked = read_csv("x;y;k\n1.540;2,5;a\n2.100;3,25;b\n3.111;7,5;a\n").questions
    assert asked == ("Is 1.540 in 'x' the number 1540? It was read as that; write it without a mark if not.",)


def test_a_single_number_in_the_other_style_costs_its_row_and_no_more() -> None:
    rows = [f"{number},5;{'ab'[number % 2]}" for number in (5, 3, 8, 1, 9, 2) * 10]
    file = read_csv("\n".join(["x;k", *rows, "2.5;a"]))
    assert [(problem.line, problem.reason) for problem in file.problems] == [(62, "column 1 is '2.5', not a number")]


@pytest.mark.parametrize("content", ["1,2 rose\n3,4 tulip\n1,2 rose\n", "5,2 rooms\n9,3 rooms\n5,2 rooms\n"])
def test_where_commas_or_blanks_may_separate_neither_is_guessed(content: str) -> None:
    with pytest.raises(CsvError, match="It cannot be told whether commas or blanks separate the cells"):
        read_csv(content)


SEPARATED = {
    "a fraction and words between semicolons": ("x;c;k\n5,5;red;a\n2,5;blue;b\n5,5;red;a\n2,5;blue;b\n", 3, [5.5, 2.5]),
    "grouped twice": ("x;k\n1,540,300;a\n2,100,200;b\n1,540,300;a\n", 2, [1540300.0, 2100200.0]),
    "names with commas": ("n;x;k\nSmith, Jo;5;a\nLee, Al;2;b\nSmith, Jo;5;a\nLee, Al;2;b\n", 3, None),
    "a class with a semicolon": ("1,2,a;b\n5,6,c;d\n1,2,a;b\n5,6,c;d\n", 3, [1.0, 5.0]),
    "words with blanks": ("x,k\n5,New York\n2,Old Town\n5,New York\n2,Old Town\n", 2, [5.0, 2.0]),
    "blanks behind commas": ("x, k\n5, red rose\n2, old oak\n5, red rose\n2, old oak\n", 2, [5.0, 2.0]),
    "words with commas between tabs": ("x\tk\n5\tred, dark\n2\tred, light\n5\tred, dark\n", 2, [5.0, 2.0]),
}


@pytest.mark.parametrize(("content", "width", "values"), SEPARATED.values(), ids=SEPARATED)
def test_what_separates_is_what_leaves_the_cells_whole(content: str, width: int, values: list[float] | None) -> None:
    file = read_csv(content)
    assert len(file.columns) == width and file.problems == ()
    assert values is None or file.dataset.inputs[:2, 0].tolist() == values


HEADERS = {
    "years": ("2019,2020,2021,kind\n1.5,2,3,a\n2,3,4,b\n4,5,6,a\n", ("2019", "2020", "2021"), 3),
    "years behind a name": ("height,2019,2020,kind\n1.5,2,3,a\n2,3,4,b\n4,5,6,a\n", ("height", "2019", "2020"), 3),
    "numbers of columns": ("0,1,2,3\n5.1,3.5,1.4,0\n4.9,3.5,1.2,1\n5,3,1,0\n", ("0", "1", "2"), 3),
    "a row of words": ("red,big,yes\nblue,small,no\nred,small,no\nblue,big,yes\n", None, 4),
    "names above words": (
        "colour,size,kind\nred,big,yes\nblue,small,no\nred,small,no\nblue,big,yes\n",
        ("colour: blue", "colour: red", "size: big", "size: small"),
        4,
    ),
    "a row of numbers that rise": ("1,2,3,a\n4,5,6,b\n1,7,8,a\n9,3,2,b\n", ("column 1", "column 2", "column 3"), 4),
    "a row of years": ("1999,2004,a\n2001,2003,b\n1999,2000,a\n2001,2002,b\n", ("column 1", "column 2"), 4),
    "R leaves out the first name": ('"x" "kind"\n"one" 2.5 "a"\n"two" 3 "b"\n"three" 5 "a"\n', ("x",), 3),
}


@pytest.mark.parametrize(("content", "features", "rows"), HEADERS.values(), ids=HEADERS)
def test_a_header_is_told_from_a_row(content: str, features: tuple[str, ...] | None, rows: int) -> None:
    file = read_csv(content)
    assert len(file.dataset.labels) == rows and file.problems == ()
    assert features is None or file.dataset.features == features


def test_a_header_of_numbers_is_asked_about() -> None:
    (asked,) = read_csv("2019,2020,kind\n1.5,2,a\n2,3,b\n4,5,a\n").questions
    assert asked.startswith("Does the first line name the columns (2019, 2020, kind …)?")


def test_a_header_that_comes_again_is_no_row_and_still_a_header() -> None:
    file = read_csv("x,kind\n1,a\n2,b\nx,kind\n4,a\n")
    assert file.dataset.features == ("x",)
    assert [(problem.line, problem.reason) for problem in file.problems] == [(4, "column 1 is 'x', not a number")]


def test_words_become_an_input_each_and_truth_becomes_one() -> None:
    file = read_csv("x,colour,wet,k\n1,red,TRUE,a\n5,blue,false,b\n2,red,True,a\n3,blue,FALSE,b\n")
    assert read_of(file).features == ("x", "colour: blue", "colour: red", "wet")
    assert read_of(file).rows == [[1, 0, 1, 1], [5, 1, 0, 0], [2, 0, 1, 1], [3, 1, 0, 0]]
    assert [(column.became, column.inputs, column.words) for column in file.columns] == [
        ("number", 1, ()),
        ("coded", 2, ("blue", "red")),
        ("coded", 1, ("FALSE", "TRUE")),
        ("class", 0, ()),
    ]


def rows_of(*columns: list[object]) -> str:
    return "\n".join(",".join(map(str, row)) for row in zip(*columns, strict=True))


SPREAD = [number * 7 % 31 for number in range(60)]
KIND = ["a", "b"] * 30


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([f"n{number}" for number in range(60)], "it has 60 different words, such as 'n0'; at most 12 are coded"),
        ([f"n{number % 13}" for number in range(60)], "it has 13 different words"),
        (["one"] * 60, "it is 'one' in every row, which tells no rows apart"),
        (["", "NA"] * 30, "it is empty"),
        (["w" * 41, "v"] * 30, "its words have more than 40 characters"),
    ],
)
def test_a_column_of_words_that_says_nothing_is_left_out_and_told_why(words: list[object], reason: str) -> None:
    file = read_csv(rows_of(["word", *words], ["x", *SPREAD], ["k", *KIND]))
    assert file.dataset.features == ("x",) and file.problems == ()
    assert file.columns[0].became == "left out" and file.columns[0].reason.startswith(reason)


def test_words_of_their_own_in_nearly_every_row_are_left_out() -> None:
    file = read_csv("who,x,k\nAnn,1,a\nBob,5,b\nCid,2,a\nAnn,3,b\n")
    assert file.columns[0].reason.startswith("nearly every row has a word of its own")


@pytest.mark.parametrize("gap", ["", "NA", "N/A", "n/a", "nan", "NaN", "?", "NULL", "null", "-", " "])
def test_a_missing_value_costs_its_row_wherever_it_stands(gap: str) -> None:
    lines = ["1,red,a", "5,blue,b", "2,red,a", "3,blue,b"]
    file = read_csv("\n".join(["x,colour,k", *lines, f"{gap},red,a", f"1,{gap},a", f"1,red,{gap}"]))
    assert len(file.dataset.labels) == 4
    first, second, third = file.problems
    assert first.reason.startswith("column 1 is ") and first.reason.endswith(", not a number")
    assert second.reason.startswith("column 2 is ") and second.reason.endswith(", not a value")
    assert (third.line, third.reason) == (8, "its class is missing")


def test_namibia_is_a_country() -> None:
    lines = ["DE,1,a", "NA,5,b", "FR,2,a", "NA,3,b", "FR,2,b", "DE,1,a"]
    file = read_csv("\n".join(["country,x,k", *lines]))
    assert file.dataset.features == ("country: DE", "country: FR", "country: NA", "x")
    assert len(file.dataset.labels) == 6
    assert file.questions == (
        "Is 'NA' a code in 'country', such as Namibia's? It was read as one; leave the cell empty if not.",
    )


def test_namibia_is_a_class_and_elsewhere_na_is_missing() -> None:
    assert read_csv("1,DE\n5,NA\n2,FR\n3,NA\n2,FR\n1,DE\n").dataset.classes == ("DE", "FR", "NA")
    assert read_csv("1,DE\n5,NA\n2,Ghana\n3,NA\n2,Ghana\n1,DE\n").dataset.classes == ("DE", "Ghana")


def test_two_spellings_of_a_number_are_one_class_and_a_code_is_none() -> None:
    file = read_csv("x,k\n1,0\n5,0.0\n2,1.0\n3,1\n")
    assert (file.dataset.classes, file.dataset.labels.tolist()) == (("0", "1"), [0, 0, 1, 1])
    assert read_csv("x,k\n1,0.0e+00\n5,0.0e+00\n2,1.00000000000000000e+00\n").dataset.classes == ("0", "1")
    assert read_csv("x;k\n1;0,5\n5;0,50\n2;1\n3;1,0\n").dataset.classes == ("0,5", "1")
    assert read_csv("x,k\n1,007\n5,7\n2,007\n3,7\n").dataset.classes == ("007", "7")


@pytest.mark.parametrize("name", ["", "Unnamed: 0", '""'])
@pytest.mark.parametrize("first", [0, 1])
def test_the_index_that_other_programs_write_is_left_out_and_named(name: str, first: int) -> None:
    rows = [f"{number + first},{value},{kind}" for number, (value, kind) in enumerate(zip(SPREAD, KIND, strict=True))]
    file = read_csv("\n".join([f"{name},x,k", *rows]))
    assert file.dataset.features == ("x",)
    assert (file.columns[0].became, file.questions) == ("left out", ())
    assert file.columns[0].reason == "it counts the rows, and nothing about new rows can be learned from that"


@pytest.mark.parametrize("name", ["id", "row", "hour"])
def test_nothing_is_learned_from_the_number_of_a_row_whatever_it_is_called(name: str) -> None:
    rows = [f"{value},{number},{kind}" for number, (value, kind) in enumerate(zip(SPREAD, KIND, strict=True))]
    file = read_csv("\n".join([f"x,{name},k", *rows[:20], "?,20,a", *rows[21:]]))
    assert file.dataset.features == ("x",) and len(file.problems) == 1
    assert file.questions == (
        f"Does {name!r} only count the rows? It was left out for that; if it says more, shuffle the rows.",
    )


@pytest.mark.parametrize(("name", "kept"), [("id", False), ("customerId", False), ("row_no", False), ("rank", True)])
def test_row_numbers_that_were_shuffled_are_known_by_their_name(name: str, kept: bool) -> None:
    rows = [f"{number * 7 % 20},{value},{kind}" for number, (value, kind) in enumerate(zip(SPREAD, KIND, strict=True))]
    file = read_csv("\n".join([f"{name},x,k", *rows[:20]]))
    assert file.dataset.features == ((name, "x") if kept else ("x",))


def test_an_identifier_is_asked_about_by_its_name_and_other_distinct_numbers_are_not() -> None:
    far: list[object] = [1000 + number * 37 % 61 for number in range(60)]
    (question,) = asked(["passenger id", *far], ["x", *SPREAD], ["k", *KIND])
    assert question.startswith("Is 'passenger id' the number of a row or of a person?")
    assert asked(["salary", *far], ["x", *SPREAD], ["k", *KIND]) == ()


@pytest.mark.parametrize(
    "content",
    [
        "x,k\n1,234,a\n2,100,b\n2,345,a\n",
        "x,y,k\n1,5,2,5,a\n2,5,3,5,b\n1,0,1,5,a\n",
        "a,b,c,k\n1,2,a\n2,5,b\n3,1,a\n",
        "id,x,k\n1,1,234,a\n2,2,100,b\n3,2,345,a\n",
        "who,x,k\nAnn,1,234,a\nBob,2,100,b\nCid,2,345,a\n",
    ],
    ids=[
        "thousands without quotes",
        "decimal commas without quotes",
        "a name too many",
        "thousands behind a number",
        "thousands behind a name",
    ],
)
def test_names_that_do_not_fit_the_rows_are_refused(content: str) -> None:
    with pytest.raises(CsvError, match=r"Line 1 names . columns, and the rows have . cells"):
        read_csv(content)


def test_a_title_above_the_header_costs_its_own_line() -> None:
    file = read_csv("My garden, in May and in June, by me\nx,k\n1,a\n2,b\n4,a\n")
    assert file.dataset.features == ("x",) and [problem.line for problem in file.problems] == [1]


def test_where_the_neighbours_contradict_nothing_is_guessed() -> None:
    file = read_csv("x;y;k\n1.540;2,5;a\n2.5;3,25;b\n3.25;1,5;a\n")
    assert file.dataset.features == ("y",)
    assert file.columns[0].reason.startswith("it cannot be told whether 1.540 is 1.54 or 1540;")
    file = read_csv("x;y;k\n1.545;2,5;a\n2.5;3,25;b\n3.25;1.5;a\n".replace("1.545", "1.5"))
    assert file.dataset.features == ("x",)


def test_a_first_row_that_may_be_names_is_asked_about() -> None:
    (question,) = read_csv("0,1,2,3\n0,3,1,0\n4,3,1,1\n0,1,2,0\n").questions
    assert question.startswith("Is the first line (0, 1, 2, 3 …) a row?")


def test_numbers_that_a_computer_cannot_keep_apart_are_two_classes() -> None:
    rows = "1,9007199254740992\n5,9007199254740993\n" * 2
    assert read_csv(rows).dataset.classes == ("9007199254740992", "9007199254740993")


def test_a_table_of_row_numbers_alone_is_refused() -> None:
    with pytest.raises(CsvError, match=r"No column is left to learn from .'hour': it counts the rows"):
        read_csv("hour,k\n" + "\n".join(f"{hour},{'ab'[hour > 9]}" for hour in range(20)))


def asked(*columns: list[object]) -> tuple[str, ...]:
    return read_csv(rows_of(*columns)).questions


def test_what_may_not_be_meant_is_asked_about() -> None:
    rising: list[object] = ["customer", *(70 + 3 * number for number in range(60))]
    (question,) = asked(rising, ["x", *SPREAD], ["k", *KIND])
    assert question.startswith("Is 'customer' the number of a row or of a person?")
    (question,) = asked(["x", *SPREAD], ["city", *(f"c{number % 21}" for number in range(60))])
    assert question.startswith("'city' has 21 different answers.")
    (question,) = asked(["x", *SPREAD], ["price", *(number % 11 for number in range(60))])
    assert question.startswith("'price' has 11 different numbers. Is it an amount rather than a kind?")
    (question,) = asked(["x", *SPREAD], ["k", *(["Rose", "rose"] * 30)])
    assert question == "Are 'Rose' and 'rose' the same class? They are told apart; write both alike if so."
    (question,) = asked(["x", *SPREAD], ["y", *[""] * 40, *SPREAD[:20]], ["k", *KIND])
    assert question == "Is 'y' needed? In 40 of 60 rows it has no value, and they are left out for that."
    (question,) = asked(["zip", *(f"0{number * 37 % 61 + 1000}" for number in range(60))], ["x", *SPREAD], ["k", *KIND])
    assert question.startswith("Is 01000 in 'zip' a code, as of a post office?")
    assert asked(["x", *SPREAD], ["digit", *(number % 10 for number in range(60))]) == ()


def test_any_column_may_be_the_class() -> None:
    text = "Kind,x,y\na,1,2\nb,3,5\na,3,1\nb,6,1\n"
    for name in ("Kind", "kind", " Kind "):
        file = read_csv(text, class_column=name)
        assert read_of(file) == Read(("x", "y"), [[1, 2], [3, 5], [3, 1], [6, 1]], ["a", "b", "a", "b"])
        assert became(file) == {"Kind": "class", "x": "number", "y": "number"}
    assert read_csv("a,1\nb,2\na,5\n", class_column="column 1").dataset.classes == ("a", "b")
    assert read_csv("x,y\n1,0\n1,2\n0,4\n0,9\n", class_column="x").dataset.classes == ("0", "1")


@pytest.mark.parametrize(
    ("header", "name", "message"),
    [
        ("kind,x,y", "colour", "There is no column 'colour'. The columns are: kind, x, y."),
        ("kind,x,y", "", "There is no column ''. The columns are: kind, x, y."),
        ("kind,kind,y", "kind", "2 columns are called 'kind'. Give each a name of its own."),
    ],
)
def test_a_class_that_is_no_column_is_refused_with_the_columns_there_are(header: str, name: str, message: str) -> None:
    with pytest.raises(UnknownColumn) as why:
        read_csv(f"{header}\na,1,2\nb,3,5\na,3,1\n", class_column=name)
    assert str(why.value) == message


def test_a_bad_byte_costs_one_line_and_not_the_file() -> None:
    content = "x,k\n1,rosé\n2,tulip\n3,rosé\n4,tulip\n".encode()
    file = read_csv(content.replace("rosé".encode(), b"ros\xe9", 1))
    assert [(problem.line, problem.reason) for problem in file.problems] == [(2, "it is not UTF-8 text")]
    assert file.dataset.classes == ("rosé", "tulip")


def test_too_many_inputs_are_counted_with_their_words() -> None:
    names = ["x", *(f"w{number}" for number in range(6)), "k"]
    rows = [[row * 7 % 31, *(f"v{(row * step) % 11}" for step in range(1, 7)), "ab"[row % 2]] for row in range(90)]
    with pytest.raises(CsvError, match=r"67 inputs, each coded word being one. Keep at most 64"):
        read_csv("\n".join(",".join(map(str, row)) for row in [names, *rows]))


def test_values_are_what_the_network_is_given() -> None:
    file = read_csv("x,colour,k\n1,red,a\n5,blue,b\n2,red,a\n3,blue,b\n")
    np.testing.assert_array_equal(file.dataset.values, file.dataset.inputs)
