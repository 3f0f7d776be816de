"""Decides what becomes of each column of a table: numbers, words that are coded, the class, or left out, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .table_numbers import COMMA, POINT, STYLES, number
from .table_problems import SHOWN, UnknownColumn, listed, shown
from .table_survey import Survey

NUMBER, CODED, CLASS, LEFT_OUT = KINDS = ("number", "coded", "class", "left out")
MOST_CODED = 12  # different words of a column that is coded
LONGEST_WORD = 40  # characters
TRUTH = ("FALSE", "TRUE")  # a column of these is one input, 0 or 1
UPPER_CODE, LOWER_CODE = re.compile("[A-Z]{2}"), re.compile("[a-z]{2}")


@dataclass(frozen=True)
class Column:
    """What became of a column: `became` is one of KINDS.

    inputs: how many inputs of the network are made of it. words: what is coded, in the order of its inputs (TRUE and
    FALSE, as (FALSE, TRUE), are one input). reason: why it is left out, in words.
    """

    name: str
    became: str
    inputs: int = 0
    words: tuple[str, ...] = ()
    reason: str = ""

    @property
    def features(self) -> tuple[str, ...]:
        """The names of its inputs."""
        if self.became == CODED and self.inputs > 1:
            return tuple(f"{self.name}: {word}" for word in self.words)
        return (self.name,) * self.inputs

    def left_out(self, reason: str) -> Column:
        """Return the same column, which is left out."""
        return replace(self, became=LEFT_OUT, inputs=0, words=(), reason=reason)


def style_of(survey: Survey, others: Sequence[Survey], separator: str) -> tuple[str, str]:
    """Return the style of a column's numbers, and why it cannot be told, in words, or nothing.

    The column's own numbers decide; where each of them can be read in both ways, those of the other columns do. Where
    the others contradict, a number that can be read in both ways is not guessed.
    """
    own = survey.styles
    if len(own) > 1:
        return POINT, "some of its numbers have a decimal comma, others a decimal point; write all of them alike"
    told = {style for other in others if other is not survey for style in other.styles}
    if not survey.unclear or (own and told != set(STYLES) - set(own)):
        return (own[0] if own else POINT), ""
    if not own and len(told) == 1:
        return told.pop(), ""
    if not told and "," not in survey.unclear:
        return POINT, ""
    if not told and separator == ";":
        return COMMA, ""
    values = " or ".join(f"{number(survey.unclear, style):g}" for style in (POINT, COMMA))
    return POINT, f"it cannot be told whether {survey.unclear} is {values}; write it without a mark that groups digits"


def class_position(names: Sequence[str], wanted: str | None) -> int:
    """Return where the class stands: in the last column, or in the one of that name. UnknownColumn if there is none.

    A name in other capitals will do where only one column has it.
    """
    if wanted is None:
        return len(names) - 1
    name = wanted.strip()[:SHOWN]
    for alike in (str.strip, str.casefold):
        found = [position for position, each in enumerate(names) if alike(each) == alike(name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownColumn(f"{len(found)} columns are called {shown(wanted)}. Give each a name of its own.")
    raise UnknownColumn(f"There is no column {wanted[:SHOWN]!r}. The columns are: {listed(names)}.")


def gap_words(survey: Survey) -> tuple[str, ...]:
    """Return those spellings of a missing value that are values here: NA, where all others are two-letter codes."""
    for code, word in ((UPPER_CODE, "NA"), (LOWER_CODE, "na")):
        if survey.gaps[word] and len(survey.vocabulary) > 1 and all(map(code.fullmatch, survey.vocabulary)):
            return (word,)
    return ()


def column_of(name: str, survey: Survey, unclear: str) -> Column:
    """Return what becomes of a column that is not the class; `unclear`: why its numbers cannot be read, or nothing."""
    column = Column(name, NUMBER, inputs=1)
    if not survey.numbers and not survey.words:
        return column.left_out("it is empty")
    if survey.numbers >= survey.words:
        return column.left_out(unclear) if unclear else column
    words = sorted({*survey.vocabulary, *gap_words(survey)})
    if {word.upper() for word in words} <= set(TRUTH):
        return Column(name, CODED, inputs=1, words=TRUTH)
    if survey.many or len(words) > MOST_CODED:
        count = f"more than {len(words) - 1:,}" if survey.many else f"{len(words)}"
        return column.left_out(
            f"it has {count} different words, such as {shown(words[0])}; at most {MOST_CODED} are coded"
        )
    rows = survey.numbers + survey.words + sum(survey.gaps[word] for word in gap_words(survey))
    if len(words) > 2 and 2 * len(words) > rows:
        return column.left_out(
            f"nearly every row has a word of its own, such as {shown(words[0])}, and they say nothing about new rows"
        )
    if len(words) == 1:
        return column.left_out(f"it is {shown(words[0])} in every row, which tells no rows apart")
    if max(map(len, words)) > LONGEST_WORD:
        return column.left_out(f"its words have more than {LONGEST_WORD} characters")
    return Column(name, CODED, inputs=len(words), words=tuple(words))
