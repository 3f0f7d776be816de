"""What a script expects is compared with what is there, and a complaint says what that is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scripting.expectation import compares, unmet
from engine.scripting.words import VerbError

TOLD: dict[str, Any] = {
    "status": "idle",
    "figure": None,
    "share": 0.7312,
    "count": 17,
    "size": [640, 400],
    "flat": True,
    "counts": {"dots": 3, "lines": 4},
    "texts": [{"text": "Speed", "pixels": 9}, {"text": "Loud and clear", "pixels": 4}, {"text": "Away", "pixels": 0}],
    "controls": {
        "start": {"enabled": True, "visible": True, "focused": False, "value": None},
        "stop": {"enabled": False, "visible": True, "focused": True, "value": None},
        "rate": {"enabled": True, "visible": False, "focused": False, "value": 0.03},
    },
}


@pytest.mark.parametrize(
    "line",
    [
        "status idle",
        "status == idle",
        "status != busy",
        "figure none",
        "figure != 3",
        "share < 0.8",
        "share>=0.7312",
        "share 0.73",
        "share 1",
        "share != 0.74",
        "count 17",
        "count==17",
        "count > -1",
        "size.1 400",
        "counts.lines <= 4",
        "flat yes",
        "flat != false",
        "rate 0.03",
        "controls.rate.value 0.03",
        "rate.visible no",
        "status != none",
        "enabled start rate",
        "disabled stop",
        "visible start stop",
        "hidden rate",
        "focused stop",
        "text Speed",
        "text == clear",
        "text != Away",
    ],
)
def test_what_is_so_is_met(line: str) -> None:
    assert unmet(line.split(), TOLD) is None


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("status busy", "status is 'idle', not busy"),
        ("figure < 3", "figure is none, not < 3"),
        ("figure 3", "figure is none, not 3"),
        ("status none", "status is 'idle', not none"),
        ("share < 0.5", "share is 0.7312, not < 0.5"),
        ("share 0.74", "share is 0.7312, not 0.74"),
        ("count>17", "count is 17, not > 17"),
        ("flat no", "flat is yes, not no"),
        ("rate 0.1", "rate is 0.03, not 0.1"),
        ("enabled start stop", "not enabled: stop"),
        ("hidden start rate stop", "not hidden: start, stop"),
        ("text Sped", "the screen does not say 'Sped', did you mean 'Speed'?"),
        ("text Away", "the screen does not say 'Away'; known are: Speed, Loud and clear"),
        ("text != Loud", "the screen says 'Loud and clear'"),
    ],
)
def test_what_is_not_so_is_told_with_what_is_there_instead(line: str, there: str) -> None:
    assert unmet(line.split(), TOLD) == there


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("shre < 1", "there is nothing called 'shre', did you mean 'share'?"),
        ("rte 1", "there is nothing called 'rte', did you mean 'rate'?"),
        ("counts.lnes 4", "'counts' has no 'lnes', did you mean 'lines'?"),
        ("size.2 4", "'size' has no '2'; known are: 0, 1"),
        ("share.x 4", "'share' has no 'x': it has no parts"),
        ("counts 4", "'counts' has parts: counts.dots, counts.lines"),
        ("status", "'status' is not NAME [OPERATOR] VALUE"),
        ("share < 1 2", "'share < 1 2' is not NAME [OPERATOR] VALUE"),
        ("share =< 1", "there is no operator '=<': use one of <= >= == != < >"),
        ("share < many", "'many' is not a number"),
        ("status < idle", "'status' is a word: it can be compared by == and != alone"),
        ("flat 1", "'flat' is yes or no, never '1'"),
        ("enabled", "enabled needs the names of controls; known are: start, stop, rate"),
        ("enabled strt", "there is no control 'strt', did you mean 'start'?"),
        ("text", "text needs words in quotes"),
        ("text Loud and", "text needs words in quotes"),
    ],
)
def test_what_means_nothing_is_an_error_with_a_guess(line: str, why: str) -> None:
    with pytest.raises(VerbError) as caught:
        unmet(line.split(), TOLD)
    assert why in str(caught.value)


@given(st.floats(-99999, 99999), st.integers(0, 4))
def test_a_number_equals_itself_written_with_fewer_decimals(value: float, decimals: int) -> None:
    written = f"{value:.{decimals}f}"
    assert unmet(["x", written], {"x": value}) is None
    assert unmet(["x", "!=", written], {"x": value}) is not None


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_any_words_are_met_or_not_or_refused_by_name(words: list[str]) -> None:
    try:
        answer = unmet(words, TOLD)
    except VerbError as why:
        answer = str(why)
    assert answer is None or answer


@pytest.mark.parametrize(("word", "is_one"), [("a>=1", True), ("a.b==c", True), ("training", False), ("a>", False)])
def test_a_comparison_may_be_one_word(word: str, is_one: bool) -> None:
    assert compares(word) == is_one
