"""Where everything stands on the card of a walk, and how it is drawn: the sample, what is said, rows of numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.flat.overlay import Item, Text
from scenes.kit.drawing import BODY, DIGITS, STRONG, Drawing
from scenes.kit.places import Layout, Rect
from scenes.kit.walk_pad import COLOUR, NOTHING, kind_of, swatch_colour, swatch_ink
from scenes.kit.words import say
from scenes.training.epoch import Network
from scenes.training.sample_walk import BACKWARD, FORWARD, LOSS, SAMPLE, UPDATE, SampleWalk, Step

from .control_slots import WALK_ROW
from .walk_words import Row, Told

PAD, TOP = 16, 44  # units: at both sides, and above
SMALL, LARGE = 64, 148  # units of a side: the sample beside words, and where it is chosen or drawn
BESIDE, BELOW = 10, 8  # units between the sample and words, and numbers
SWATCH = 40  # units high, of a colour alone
ROW, LINE = 16, 14.5  # units between two rows of numbers, and between two lines of words
HEADING, SIZE, NUMBER, HEAD = 13, 11.5, 10.5, 10.5  # units high: the step, words, numbers, heads of columns
HEADINGS = (HEADING, 12, 11, 10, 9)  # units high, of the step's: the largest that has room
HEADS = (HEAD, 9.5, 8.5, 7.5)  # units high, of these: the largest that has room
MARK, MARKED, GAP = 4, 14, 3  # units: the height of a step's mark, the room above the buttons for them, between two
NAMED, MIDDLE = 0.38, 0.76  # of the width, where a name ends at most, and the middle column
BAR, EDGE = 0.17, 5  # opacity of the bar behind a row; units that it goes beyond the words
ROWS = {"colours": "colour", "animals": "animal"}  # what a row of these data is
INKS = {SAMPLE: "muted", FORWARD: "accent", LOSS: "warn", BACKWARD: "negative", UPDATE: "ok"}  # of the steps' marks


@dataclass(frozen=True)
class Page:
    """Places in pixels; `sample` is None where it has no look."""

    sample: Rect | None
    words: Rect
    table: Rect
    marks: tuple[Rect, ...]


def page_of(layout: Layout, walk: SampleWalk, step: Step) -> Page:
    """The page of a step."""
    rect, px = layout.panels["data"], layout.px
    left, top, wide = rect.x + px(PAD), rect.y + px(TOP), rect.w - 2 * px(PAD)
    foot = min(layout.slots[name].y for name in WALK_ROW) - px(MARKED)
    kind = kind_of(walk.network)
    side = px(LARGE if step.kind == SAMPLE else SMALL) if kind != NOTHING else 0
    side = min(side, foot - top - px(3 * ROW))
    beside = left + side + (px(BESIDE) if side else 0)
    high = side or px(HEADING + 4 + 2 * LINE)
    words = Rect(beside, top, left + wide - beside, high)
    table = Rect(left, top + high + px(BELOW), wide, foot - top - high - px(BELOW))
    count = len(walk.steps)
    each = (wide + px(GAP)) / count
    marks = tuple(
        Rect(round(left + k * each), foot + px(2), round((k + 1) * each) - round(k * each) - px(GAP), px(MARK))
        for k in range(count)
    )
    return Page(Rect(left, top, side, side) if side else None, words, table, marks)


def rows_placed(page: Page, px: Callable[[float], int], says: Told) -> list[tuple[Row, int]]:
    """Each row that has room with its baseline, the feet last; below the heads of the columns."""
    room = (page.table.h - px(HEAD + 4)) // px(ROW)
    kept = max(0, room - len(says.feet))
    rows = [*says.rows[:kept], *says.feet]
    if len(says.rows) > kept > 0:
        rest = len(says.rows) - kept + 1
        rows[kept - 1] = Row(say("walk.more", count=rest))
    return [(row, page.table.y + px(HEAD + 4) + px(ROW) * (k + 1) - px(4)) for k, row in enumerate(rows)]


def words(drawing: Drawing, page: Page, says: Told, walk: SampleWalk, step: Step) -> list[Item]:
    """The step's heading, its sentence, all numbers, and words on a colour."""
    px, theme = drawing.px, drawing.theme
    swatch = swatch_place(page, px, walk, step)
    at = (page.words.x, page.words.y + px(HEADING - 2))
    items: list[Item] = [drawing.largest([says.heading], at, page.words.w, sizes=HEADINGS, face=STRONG)]
    if swatch:
        base = (swatch.middle[0], swatch.middle[1] + px(5))
        items.append(
            drawing.text(say("visit.sample"), base, size=15, face=STRONG, colour=swatch_ink(walk), align="middle")
        )
    most = max(1, int((page.words.h - px(HEADING + 2)) // px(LINE)))
    lines = [each for line in says.lines for each in drawing.wrapped(line, page.words.w, size=SIZE, face=BODY)]
    for k, line in enumerate(lines[:most]):
        y = page.words.y + px(HEADING + 2) + px(LINE) * (k + 1) - px(3)
        items.append(drawing.text(line, (page.words.x, y), size=SIZE, colour=theme.muted))
    left, wide, head = page.table.x, page.table.w, page.table.y + px(HEAD)
    ends = ((left, "left"), (left + round(MIDDLE * wide), "right"), (left + wide, "right"))
    items += _heads(drawing, page, says, [(x, align, head) for x, align in ends])
    placed = rows_placed(page, px, says)
    feet = {id(row) for row in says.feet}
    for row, y in placed:
        foot = id(row) in feet
        name = drawing.text(row.name, (left, y), size=SIZE, face=STRONG if foot else BODY)
        middle = drawing.text(row.middle, (ends[1][0], y), size=NUMBER, face=DIGITS, colour=theme.muted, align="right")
        taken = drawing.overlay.fonts.width(middle.text, middle.face, middle.size)
        items.append(drawing.fitted(name, round(MIDDLE * wide) - taken - px(6) if row.middle else MIDDLE * wide))
        items += [middle] if row.middle else []
        if row.right:
            items.append(drawing.text(row.right, (left + wide, y), size=NUMBER, face=DIGITS, align="right"))
    return items


def _heads(drawing: Drawing, page: Page, says: Told, ends: list[tuple[int, str, int]]) -> list[Item]:
    """The heads of the columns, all of one size: the largest at which none meets the next."""
    found = list[Text]()
    for size in HEADS:
        found = [
            drawing.text(text, (x, y), size=size, colour=drawing.theme.muted, align=align)
            for text, (x, align, y) in zip(says.heads, ends, strict=True)
        ]
        first, middle, last = map(drawing.width, found)
        gap = drawing.px(HEAD / 2)
        apart = first + middle + gap * bool(middle) <= round(MIDDLE * page.table.w) if middle else True
        if apart and last + gap <= (1 - MIDDLE) * page.table.w + (0 if middle else MIDDLE * page.table.w - first):
            break
    return [text for text in found if text.text]


def swatch_place(page: Page, px: Callable[[float], int], walk: SampleWalk, step: Step) -> Rect | None:
    """Where a colour stands alone, with words on it: below what is said, or in the place of the sample."""
    if page.sample is None or kind_of(walk.network) != COLOUR:
        return None
    if step.kind != SAMPLE:
        return page.sample
    return Rect(page.words.x, page.words.bottom - px(SWATCH), page.words.w, px(SWATCH))


def shapes(drawing: Drawing, page: Page, says: Told, walk: SampleWalk, at: int) -> None:
    """A bar behind each row, as long as what it carries, and a mark for each step, filled up to the one shown."""
    px, theme = drawing.px, drawing.theme
    swatch = swatch_place(page, px, walk, walk.steps[at])
    if swatch:
        drawing.shape(swatch.bounds, swatch_colour(walk), radius=8)
    for row, y in rows_placed(page, px, says):
        if row.share is not None:
            ink = theme.positive if row.sign > 0 else theme.negative
            wide = max(px(2), (page.table.w + 2 * px(EDGE)) * row.share)
            drawing.shape((page.table.x - px(EDGE), y - px(ROW) + px(5), wide, px(ROW - 2)), ink, alpha=BAR, radius=3)
    for k, (place, step) in enumerate(zip(page.marks, walk.steps, strict=True)):
        ink = getattr(theme, INKS[step.kind]) if k <= at else theme.track[0]
        alpha = 1.0 if k == at else 0.55 if k < at else drawing.ground(0.8)
        drawing.shape(place.bounds, ink, alpha=alpha, radius=2)


def title_of(network: Network, sample: int | None) -> str:
    """What is led through."""
    what = "picture" if network.side else "point" if network.flat else ROWS.get(network.dataset, "row")
    if sample is None:
        return say(f"walk.own.{what}")
    return say(f"walk.{'seen' if network.training[sample] else 'unseen'}.{what}", number=sample + 1)
