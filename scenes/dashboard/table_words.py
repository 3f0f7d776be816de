"""What the data panel says of a table: what became of its columns, its classes, and what was left out."""

from collections.abc import Callable, Sequence

from engine.flat.fonts import Colour
from engine.flat.overlay import Item
from scenes.kit.drawing import BODY, STRONG, Drawing
from scenes.kit.map_legend import SIZE
from scenes.kit.neuron_choice import called
from scenes.kit.places import Rect
from scenes.kit.words import counted, say
from scenes.training.epoch import Column, Network, State

from .confusion import confusion_items

WORDS = 12.5  # units high: what is told of a table
COLUMN, TOLD = 18, 3  # units that a column takes in the list of them; sentences below it, at most


def paragraphs(drawing: Drawing, inner: Rect, told: Sequence[tuple[str, str, Colour]]) -> list[Item]:
    """Each text with its face and ink, in as many lines as it needs; what has no room below is left out."""
    px, items = drawing.px, list[Item]()
    y = inner.y + px(14)
    for text, face, ink in told:
        most = max(1, (inner.bottom - y) // px(17) + 1)
        for line in drawing.wrapped(text, inner.w, size=WORDS, face=face, most=most):
            if y + px(3) > inner.bottom:
                return items
            items.append(drawing.text(line, (inner.x, y), size=WORDS, face=face, colour=ink))
            y += px(17)
        y += px(3)
    return items


def columns_shown(inner: Rect, px: Callable[[float], int], network: Network) -> int:
    """How many columns of a table have room in the list of them; what is asked and left out stands below it."""
    told = min(TOLD, len(network.questions) + len(network.left_out))
    room = inner.h - px(2 * COLUMN + 2 * 17 * told)
    return max(1, min(len(network.columns), room // px(COLUMN)))


def _columns(drawing: Drawing, inner: Rect, network: Network) -> list[Item]:
    """What became of each column of a visitor's table; below, what is asked, and which rows are left out."""
    theme, px = drawing.theme, drawing.px
    count, items = columns_shown(inner, px, network), list[Item]()
    for row, column in enumerate(network.columns[:count]):
        y = inner.y + px(COLUMN) * row + px(12)
        ink = {"class": theme.accent, "left out": theme.muted}.get(column.became, theme.text)
        what = drawing.text(_became(column), (inner.right, y), size=SIZE, colour=ink, align="right")
        what = drawing.fitted(what, round(0.62 * inner.w))
        room = inner.w - drawing.overlay.fonts.width(what.text, what.face, what.size) - px(8)
        face = STRONG if column.became == "class" else BODY
        items += [
            drawing.fitted(drawing.text(column.name, (inner.x, y), size=WORDS, face=face, colour=ink), room),
            what,
        ]
    more = len(network.columns) - count
    hint, at = "table.more" if more else "table.press", (inner.x, inner.y + px(COLUMN * count + 14))
    items.append(drawing.said(hint, at, inner.w, sizes=(SIZE, 10.5), colour=theme.muted, fields={"count": more}))
    top = inner.y + px(COLUMN * (count + 1))
    below = Rect(inner.x, top, inner.w, max(0, inner.bottom - top))
    told = [*network.questions, *network.left_out][:TOLD]
    return items + paragraphs(drawing, below, [(line, BODY, theme.warn) for line in told])


def _became(column: Column) -> str:
    """What became of a column, in a few words."""
    if column.became == "class":
        return say("table.learned")
    if column.became == "left out":
        return say("table.left_out", reason=column.reason)
    return say("table.words", count=len(column.words)) if column.words else say("table.number")


def table_words(drawing: Drawing, inner: Rect, network: Network) -> list[Item]:
    """What the rows of a table hold, before anything is learned from them."""
    theme = drawing.theme
    if network.columns:
        return _columns(drawing, inner, network)
    told = [
        (counted("table.columns", len(network.features)), STRONG, theme.text),
        (", ".join(called(network, name) for name in network.features), BODY, theme.muted),
        (counted("table.classes", len(network.classes)), STRONG, theme.text),
        (", ".join(called(network, name) for name in network.classes), BODY, theme.muted),
        *((line, BODY, theme.warn) for line in network.left_out[:3]),
    ]
    return paragraphs(drawing, inner, told)


def mix_ups(drawing: Drawing, inner: Rect, network: Network, state: State) -> list[Item]:
    """The confusion of the classes of rows that are no pictures, and which rows could not be used."""
    px, theme = drawing.px, drawing.theme
    told = f"{counted('table.columns', len(network.features))}, {say('table.classes', count=len(network.classes))}"
    lines, classes = [told, *network.left_out[:3]], tuple(called(network, name) for name in network.classes)
    above = Rect(inner.x, inner.y, inner.w, inner.h - px(16) * len(lines) - px(3))
    items = confusion_items(drawing, above, state.confusion, classes)
    for row, line in enumerate(lines):
        at = (inner.x, above.bottom + px(16 + 16 * row))
        ink = theme.warn if row > 0 else theme.muted
        items.append(drawing.fitted(drawing.text(line, at, size=11.5, colour=ink), inner.w))
    return items
