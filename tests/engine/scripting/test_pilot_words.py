"""The words of a script: durations in whole ticks, numbers that pygame can hold."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scripting.words import LONGEST, VerbError, is_number, number, ticks


@pytest.mark.parametrize(
    ("duration", "count"),
    [("2s", 120), ("250ms", 15), ("90ticks", 90), ("0s", 0), ("2.5s", 150), (f"{LONGEST:g}s", 36000)],
)
def test_durations_are_whole_ticks(duration: str, count: int) -> None:
    assert ticks(duration) == count


@pytest.mark.parametrize("duration", ["", "s", "2", "2m", "two s", "1e3s", "nans", "infs", "--2s", "2 s"])
def test_what_is_no_duration_is_refused(duration: str) -> None:
    with pytest.raises(VerbError, match="is not a duration, as in 2s, 250ms or 90ticks"):
        ticks(duration)


@pytest.mark.parametrize("duration", ["-1s", "601s", "99999999ms"])
def test_durations_have_their_limits(duration: str) -> None:
    with pytest.raises(VerbError, match="is not within 0 to 600 s"):
        ticks(duration)


@given(st.one_of(st.text(max_size=20), st.from_regex(r"-?[0-9]{0,400}\.?[0-9]*", fullmatch=True)))
def test_every_word_is_a_finite_number_or_is_refused(word: str) -> None:
    if is_number(word):
        assert isfinite(number(word))
    else:
        with pytest.raises(VerbError):
            number(word)
