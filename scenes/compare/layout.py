"""Where everything of the comparison stands: a line above, a card for each run, what can be turned, two charts."""

from collections.abc import Sequence

from scenes.kit.places import Box, Layout, Panel, Rect
from scenes.kit.scale import held
from scenes.training.changes import BATCH_SIZES
from scenes.training.worlds import LOOKS

MARGIN, GAP, PAD = 14, 10, 14  # units
HEAD, TURN, CHART = 54, 104, 190  # units high: the line above, what can be turned, a chart at least
NARROW_HEAD, NARROW_TURN = 102, 218  # the first two where rows stand below each other
CARD = (146, 210, 330)  # units: a card's width at least, its height at least and at most
ACT = 84  # units wide, of what can be done beside the cells, where there is room
STACKED = 900  # units of width below which the cells stand in two rows
BUTTON, BETWEEN = 40, 6  # units: how high buttons are, and from one to the next
NARROW = 700  # units of width below which charts stand above each other, and the page scrolls
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
CELLS = {
    "rate": tuple(f"rate.{rate:g}" for rate in RATES),
    "batch": tuple(f"batch.{size}" for size in BATCH_SIZES),
}
HEADS = ("back", "kept", "align", "difference")  # buttons of the line above, from the right
WIDTHS = {"back": 96, "kept": 132, "align": 108, "difference": 116}
CHIPS = {"log_axis": 36, "smoothing": 58, "seconds": 62, "figures": 50}  # units wide, beside the loss's title
CHIP, CHIPS_WIDE = 34, sum(CHIPS.values()) + 4 * len(CHIPS)  # units: how high, and of all of them
ROW, TABLE_HEAD = 23, 54  # units high: a row of the table, and what stands above the first
TURNED = ("play", "further", "repeat")
NOWHERE = Rect(-10, -10, 1, 1)


def card_of(number: int) -> str:
    """The panel, and the button, of the run with that number: people count from 1."""
    return f"run.{number + 1}"


def remove_of(number: int) -> str:
    """The button that takes it off the screen."""
    return f"remove.{number + 1}"


def arrange(
    size: tuple[int, int],
    scale: float,
    scroll: int,
    more: Sequence[Panel],
    *,
    numbers: Sequence[int],
    table: bool = False,
) -> Layout:
    """The layout of a window of `size` pixels with these runs; their figures as a `table`, or as curves."""
    del more
    scale = held(size, scale)
    width, height = size[0] / scale, size[1] / scale
    narrow, full = width < NARROW, width - 2 * MARGIN
    head = NARROW_HEAD if narrow else HEAD
    boxes: dict[str, Box] = {"head": (MARGIN, MARGIN, full, head)}
    slots = _head_slots(full, narrow=narrow)
    top: float = MARGIN + head + GAP
    turn = NARROW_TURN if width < STACKED else TURN
    charts = 2 * CHART + GAP if narrow else CHART
    cards = _cards(numbers, top, full, height - top - MARGIN - turn - charts - 2 * GAP)
    boxes |= cards
    slots |= cards
    for number in numbers:
        x, y, wide, _ = cards[card_of(number)]
        slots[remove_of(number)] = (x + wide - BUTTON, y + 2, BUTTON, BUTTON)
    top = max((y + high for _, y, _, high in cards.values()), default=top + CARD[1]) + GAP
    boxes["turn"] = (MARGIN, top, full, turn)
    slots |= _turn_slots(boxes["turn"], stacked=width < STACKED)
    top += turn + GAP
    each = full if narrow else (full - GAP) / 2
    tall = CHART if narrow else max(CHART, height - top - MARGIN)
    if table:
        high = max(height - top - MARGIN, TABLE_HEAD + ROW * (len(numbers) + 0.5))
        boxes["table"] = (MARGIN, top, full, high)
    else:
        boxes["loss"] = (MARGIN, top, each, tall)
        right = (MARGIN, top + CHART + GAP, each, tall) if narrow else (MARGIN + each + GAP, top, each, tall)
        boxes["accuracy"] = right
    slots |= _chip_slots(boxes["table" if table else "loss"])
    last = boxes["table" if table else "accuracy"]
    end = last[1] + last[3] + MARGIN

    def pixels(box: Box) -> Rect:
        x, y, right, under = (round(v * scale) for v in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
        return Rect(x, y - scroll, max(1, right - x), max(1, under - y))

    known = [name for number in range(LOOKS) for name in (card_of(number), remove_of(number))]
    return Layout(
        size=size,
        scale=scale,
        wide=not narrow,
        panels={name: pixels(box) for name, box in boxes.items()},
        slots={
            **dict.fromkeys([*known, "run", "remove"], NOWHERE),
            **{name: pixels(box) for name, box in slots.items()},
        },
        field=NOWHERE,
        height=max(size[1], round(end * scale)) if end * scale > size[1] + 1 else size[1],
    )


def _cards(numbers: Sequence[int], top: float, full: float, free: float) -> dict[str, Box]:
    """A card for each run, in as few rows as their width allows, of `free` units as high as fits."""
    across = max(1, min(len(numbers), int((full + GAP) / (CARD[0] + GAP))))
    rows = -(-max(1, len(numbers)) // across)
    high = min(max(CARD[1], (free - (rows - 1) * GAP) / rows), CARD[2])
    wide = (full - (across - 1) * GAP) / across
    boxes = {}
    for place, number in enumerate(numbers):
        row, column = divmod(place, across)
        boxes[card_of(number)] = (MARGIN + column * (wide + GAP), top + row * (high + GAP), wide, high)
    return boxes


def _head_slots(full: float, *, narrow: bool) -> dict[str, Box]:
    """Beside the words, or in a row below them."""
    slots: dict[str, Box] = {}
    right: float = MARGIN + full - PAD / 2
    each = (full - PAD - (len(HEADS) - 1) * BETWEEN) / len(HEADS)
    top = MARGIN + (NARROW_HEAD - BUTTON - 8.0 if narrow else (HEAD - BUTTON) / 2)
    for name in HEADS:
        wide = each if narrow else WIDTHS[name]
        right -= wide
        slots[name] = (right, top, wide, BUTTON)
        right -= BETWEEN
    return slots


def _chip_slots(chart: Box) -> dict[str, Box]:
    """At the right of the loss's title; where a finger would not hit them, the keys do the same."""
    slots, left = dict[str, Box](), chart[0] + chart[2] - CHIPS_WIDE - 6
    for name, wide in CHIPS.items():
        slots[name] = (left, chart[1] + 2, wide, CHIP)
        left += wide + 4
    return slots


def _turn_slots(box: Box, *, stacked: bool) -> dict[str, Box]:
    """Two rows of cells below their names: learning rates and batch sizes, side by side where there is room."""
    x, y, wide, _ = box
    inner, slots = wide - 2 * PAD, dict[str, Box]()
    top, acts = y + 52, 3 * ACT + 2 * BETWEEN
    second = top + BUTTON + 26
    rows = [(x + PAD, top, inner), (x + PAD, second, inner)]
    last, left, room = second + BUTTON + 8, x + PAD, inner
    if not stacked:
        room = acts
        share = (inner - acts - 4 * BETWEEN) / (len(RATES) + len(BATCH_SIZES))
        first = share * len(RATES)
        last, left = top, x + wide - PAD - acts
        rows = [(x + PAD, top, first), (x + PAD + first + 2 * BETWEEN, top, share * len(BATCH_SIZES))]
    for (name, cells), (begin, upper, across) in zip(CELLS.items(), rows, strict=True):
        each = (across + BETWEEN) / len(cells) - BETWEEN
        slots[name] = (begin, upper, across, BUTTON)
        for k, cell in enumerate(cells):
            slots[cell] = (begin + k * (each + BETWEEN), upper, each, BUTTON)
    for k, name in enumerate(TURNED):
        each = (room - 2 * BETWEEN) / 3
        slots[name] = (left + k * (each + BETWEEN), last, each, BUTTON)
    return slots
