"""Where everything goes on the help's sheet: groups of rows in columns. Draws nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scenes.kit.keymap import Binding

from .drawing import DIGITS, Drawing
from .places import Rect
from .scale import LEAST, reach

WIDE = 1140  # units of the sheet's width at most
COLUMN = 260  # units that a column of rows needs
ROW, TIGHT = 26, 22  # units high; the latter where more has to be on the sheet
HEADING, TOP, FOOT = 34, 64, 44  # units high
CAP, CAP_TEXT = 22, 12  # units: a key's height at most, and of its letters
BETWEEN = 5  # units between two keys
BESIDE = 10  # units between keys and words
PAD = 24  # units
EDGE = 8  # pixels that the sheet keeps from the window's edge
SHARES = tuple(share / 20 for share in range(20, 7, -1))  # of the interface's scale, until all keys fit


@dataclass(frozen=True)
class Row:
    """One binding: its place, and where its words begin; pixels."""

    place: Rect
    words: int
    binding: Binding


@dataclass(frozen=True)
class Sheet:
    """All places, in pixels; `drawing` has the scale at which they fit."""

    drawing: Drawing
    place: Rect
    headings: tuple[tuple[int, int, str], ...]  # left, baseline, name
    rows: tuple[Row, ...]
    acts: bool  # whether rows are high enough to be pressed


def fitted(drawing: Drawing, table: Sequence[Binding]) -> Sheet:
    """The largest sheet that the window of `drawing` holds; where fingers press, with rows for them if they fit."""
    layout = drawing.layout
    least = LEAST if layout.wide else round(reach(layout.scale, touch=True) * layout.scale)
    for scale, row in _sizes(layout.scale, touch=not layout.wide):
        smaller = replace(drawing, layout=replace(layout, scale=scale))
        places, tall = _columns(smaller, table, row)
        if smaller.px(TOP + tall + FOOT) <= layout.size[1] - 2 * EDGE:
            break
    return _placed(smaller, places, tall, row, acts=smaller.px(row) >= least)


def caps(binding: Binding) -> tuple[str, ...]:
    """What is written on the keys that are drawn: many are drawn as one, from the first to the last."""
    shown = binding.caps
    return shown if len(shown) < 4 else (f"{shown[0]} – {shown[-1]}",)


def cap_width(drawing: Drawing, cap: str) -> int:
    """Pixels of a key that says `cap`."""
    return max(drawing.px(CAP), drawing.overlay.fonts.width(cap, DIGITS, drawing.px(CAP_TEXT)) + drawing.px(CAP_TEXT))


Place = tuple[int, float, list[Binding]]  # column, units below the first row's top, the group


def _sizes(scale: float, *, touch: bool) -> Iterator[tuple[float, float]]:
    """Pixels a unit, and units a row, from the most comfortable."""
    if touch:
        yield scale, reach(scale, touch=True)
    for share in SHARES:
        yield scale * share, ROW
        yield scale * share, TIGHT


def _across(drawing: Drawing) -> tuple[int, int]:
    """Units of the sheet's width, and how many columns it has."""
    units = min(WIDE, round(drawing.layout.size[0] / drawing.layout.scale) - 32)
    return units, max(1, min(4, (units - 2 * PAD) // COLUMN))


def _columns(drawing: Drawing, table: Sequence[Binding], row: float) -> tuple[list[Place], float]:
    """Groups in columns of about the same height, and the highest; units."""
    groups = [list(group) for _, group in groupby(table, key=lambda each: each.of)]
    _, columns = _across(drawing)
    heights = [HEADING + row * len(group) for group in groups]
    share, tall, used, column = sum(heights) / columns, 0.0, 0.0, 0
    places: list[Place] = []
    for group, high in zip(groups, heights, strict=True):
        if used and used + high / 2 > 1.05 * share and column < columns - 1:
            column, used = column + 1, 0.0
        places.append((column, used, group))
        used += high
        tall = max(tall, used)
    return places, tall


def _placed(drawing: Drawing, places: list[Place], tall: float, row: float, *, acts: bool) -> Sheet:
    px, (width, height), (units, columns) = drawing.px, drawing.layout.size, _across(drawing)
    w, h = px(units), px(TOP + tall + FOOT)
    sheet = Rect((width - w) // 2, (height - h) // 2, w, h)
    cell = (w - 2 * px(PAD)) // columns
    rows: list[Row] = []
    for column in range(columns):
        left = sheet.x + px(PAD) + column * cell
        groups = [(y, group) for c, y, group in places if c == column]
        words = left + max((_caps_width(drawing, each) for _, group in groups for each in group), default=0)
        for y, group in groups:
            tops = [sheet.y + px(TOP + y + HEADING - 8 + k * row) for k in range(len(group))]
            rows += [
                Row(Rect(left, top, cell, px(row)), words + px(BESIDE), each)
                for top, each in zip(tops, group, strict=True)
            ]
    headings = [(sheet.x + px(PAD) + c * cell, sheet.y + px(TOP + y + 18), group[0].group) for c, y, group in places]
    return Sheet(drawing, sheet, tuple(headings), tuple(rows), acts)


def _caps_width(drawing: Drawing, binding: Binding) -> int:
    """Pixels of all keys of a row."""
    shown = caps(binding)
    return sum(cap_width(drawing, cap) for cap in shown) + drawing.px(BETWEEN) * (len(shown) - 1)
