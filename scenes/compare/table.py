"""The runs as a table of figures at the epochs that are shown: in each column the best one is marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.drawing import BODY, DIGITS, FIGURES, STRONG, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_colours import run_colour
from scenes.kit.run_words import loss_figure, percent
from scenes.kit.words import say

from .companions import Companion
from .layout import CHIPS, PAD, ROW, TABLE_HEAD
from .view import View

SIZES = (12, 11, 10, 9)  # units high, of what stands above a column
FIGURE = 13  # units high
NAME, LEAST = (
    0.34,
    74,
)  # share of the width that names have; units of a column: of fewer columns where they are narrower


@dataclass(frozen=True)
class _Column:
    """One figure of all runs: `value` of a run, None where it has none; `best` picks the best of several."""

    key: str
    value: Callable[[Companion], float | None]
    text: Callable[[float], str]
    best: Callable[[Sequence[float]], float] | None


def _unseen_accuracy(each: Companion) -> float | None:
    return each.run.at(each.epoch).validation_accuracy


def _unseen_loss(each: Companion) -> float | None:
    return each.run.at(each.epoch).validation_loss


def _accuracy(each: Companion) -> float | None:
    return each.run.at(each.epoch).accuracy


def _loss(each: Companion) -> float | None:
    return each.run.at(each.epoch).loss


def _best(each: Companion) -> float | None:
    found = each.run.best_unseen(each.epoch)
    return found[1] if found else None


def _seconds(each: Companion) -> float | None:
    seconds = each.run.seconds
    return float(seconds[each.epoch - 1]) if len(seconds) >= each.epoch else None


def _epochs(each: Companion) -> float | None:
    return float(each.epoch)


def _loss_text(value: float) -> str:
    return loss_figure(value).strip()


def _seconds_text(value: float) -> str:
    return f"{value:.2f} s"


def _epochs_text(value: float) -> str:
    return f"{value:,.0f}"


COLUMNS = (  # the first ones stay where there is little room
    _Column("compare.column.unseen", _unseen_accuracy, percent, max),
    _Column("compare.column.unseen_loss", _unseen_loss, _loss_text, min),
    _Column("compare.column.best", _best, percent, max),
    _Column("compare.column.accuracy", _accuracy, percent, max),
    _Column("compare.column.loss", _loss, _loss_text, min),
    _Column("compare.column.epochs", _epochs, _epochs_text, None),
    _Column("compare.column.seconds", _seconds, _seconds_text, min),
)


class Table(Part):
    """Where curves stand otherwise."""

    def __init__(self, view: View) -> None:
        self._view = view

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        if not self._view.table:
            drawing.overlay.remove("table")
            return
        rect, told = drawing.layout.panels["table"], self._view.companions(moment.run, moment.theme.language)
        for row, each in enumerate(told):
            at = (rect.x + drawing.px(PAD + 5), self._base(drawing, rect, row) - drawing.px(4.5))
            drawing.disc(at, 5, run_colour(drawing.theme, each.number))
        drawing.words("table", rect, told, lambda: self._words(drawing, rect, told))

    def _base(self, drawing: Drawing, rect: Rect, row: int) -> int:
        return rect.y + drawing.px(TABLE_HEAD + ROW * (row + 0.7))

    def _words(self, drawing: Drawing, rect: Rect, told: Sequence[Companion]) -> list[Item]:
        px, theme = drawing.px, drawing.theme
        title = drawing.text(say("compare.figures.title"), (rect.x + px(PAD), rect.y + px(25)), size=15, face=TITLE)
        items: list[Item] = [drawing.fitted(title, drawing.layout.slots[next(iter(CHIPS))].x - rect.x - px(PAD))]
        left, right = rect.x + px(PAD) + round(NAME * rect.w), rect.right - px(PAD)
        columns = COLUMNS[: max(2, min(len(COLUMNS), (right - left) // px(LEAST)))]
        each_wide = (right - left) / len(columns)
        for row, each in enumerate(told):
            name = " · ".join(each.differs) or say("compare.alone" if len(told) == 1 else "compare.same")
            begin = (rect.x + px(PAD + 18), self._base(drawing, rect, row))
            items.append(drawing.fitted(drawing.text(name, begin, size=12, face=STRONG), left - begin[0] - px(8)))
        for place, column in enumerate(columns):
            end = left + (place + 1) * each_wide
            at = (end, rect.y + px(TABLE_HEAD - 2))
            ink = theme.muted
            items.append(
                drawing.said(column.key, at, each_wide - px(6), sizes=SIZES, face=BODY, colour=ink, align="right")
            )
            items += self._figures(drawing, rect, told, column, end)
        return items

    def _figures(
        self, drawing: Drawing, rect: Rect, told: Sequence[Companion], column: _Column, end: float
    ) -> list[Item]:
        """Those of one column, a dash where there is none; the best in its own ink, if not all are as good."""
        values = [column.value(each) if each.epoch else None for each in told]
        known = [value for value in values if value is not None]
        best = column.best(known) if column.best and len(set(known)) > 1 else None
        items = list[Item]()
        for row, value in enumerate(values):
            marked = best is not None and value == best
            text, face = ("–" if value is None else column.text(value)), FIGURES if marked else DIGITS
            ink = drawing.theme.ok if marked else drawing.theme.text
            at = (end, self._base(drawing, rect, row))
            items.append(drawing.text(text, at, size=FIGURE, face=face, colour=ink, align="right"))
        return items

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"table": lambda: self._view.table}
