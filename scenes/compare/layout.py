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
BUTTON, BETWEEN = 40, 6  # units: how high buttons are, and from one to the next
NARROW = 700  # units of width below which charts stand above each other, and the page scrolls
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
CELLS = {
    "rate": tuple(f"rate.{rate:g}" for rate in RATES),
    "batch": tuple(f"batch.{size}" for size in BATCH_SIZES),
}
HEADS = ("back", "kept", "align", "difference")  # buttons of the line above, from the right
WIDTHS = {"back": 96, "kept": 132, "align": 108, "difference": 116}
TURNED = ("play", "further")
NOWHERE = Rect(-10, -10, 1, 1)


def card_of(number: int) -> str:
    """The panel, and the button, of the run with that number: people count from 1."""
    return f"run.{number + 1}"


def remove_of(number: int) -> str:
    """The button that takes it off the screen."""
    return f"remove.{number + 1}"


def arrange(
    size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel], *, numbers: Sequence[int]
) -> Layout:
    """The layout of a window of `size` pixels with these runs."""
    del more
    scale = held(size, scale)
    width, height = size[0] / scale, size[1] / scale
    narrow, full = width < NARROW, width - 2 * MARGIN
    head = NARROW_HEAD if narrow else HEAD
    boxes: dict[str, Box] = {"head": (MARGIN, MARGIN, full, head)}
    slots = _head_slots(full, narrow=narrow)
    top: float = MARGIN + head + GAP
    across = max(1, min(len(numbers), int((full + GAP) / (CARD[0] + GAP))))
    rows = -(-max(1, len(numbers)) // across)
    turn = NARROW_TURN if narrow else TURN
    charts = 2 * CHART + GAP if narrow else CHART
    free = height - top - MARGIN - turn - charts - 2 * GAP
    high = min(max(CARD[1], (free - (rows - 1) * GAP) / rows), CARD[2])
    wide = (full - (across - 1) * GAP) / across
    for place, number in enumerate(numbers):
        row, column = divmod(place, across)
        box = (MARGIN + column * (wide + GAP), top + row * (high + GAP), wide, high)
        boxes[card_of(number)] = box
        slots[card_of(number)] = box
        slots[remove_of(number)] = (box[0] + wide - BUTTON, box[1] + 2, BUTTON, BUTTON)
    top += rows * (high + GAP)
    boxes["turn"] = (MARGIN, top, full, turn)
    slots |= _turn_slots(boxes["turn"], narrow=narrow)
    top += turn + GAP
    each = full if narrow else (full - GAP) / 2
    tall = CHART if narrow else max(CHART, height - top - MARGIN)
    boxes["loss"] = (MARGIN, top, each, tall)
    boxes["accuracy"] = (MARGIN, top + CHART + GAP, each, tall) if narrow else (MARGIN + each + GAP, top, each, tall)
    end = boxes["accuracy"][1] + boxes["accuracy"][3] + MARGIN

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


def _turn_slots(box: Box, *, narrow: bool) -> dict[str, Box]:
    """Two rows of cells below their names: learning rates and batch sizes, side by side where there is room."""
    x, y, wide, _ = box
    inner, slots = wide - 2 * PAD, dict[str, Box]()
    top, acts = y + 52, 2 * (BUTTON + 60) + BETWEEN
    second = top + BUTTON + 26
    rows = [(x + PAD, top, inner), (x + PAD, second, inner)]
    last, left, room = second + BUTTON + 8, x + PAD, inner
    if not narrow:
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
        each = (room - BETWEEN) / 2
        slots[name] = (left + k * (each + BETWEEN), last, each, BUTTON)
    return slots
