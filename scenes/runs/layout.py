"""Where the list of kept runs stands: what is looked for above, as many rows as have room, what can be done below."""

from collections.abc import Sequence

from scenes.kit.places import Box, Layout, Panel, Rect
from scenes.kit.scale import held

MARGIN, GAP, PAD = 14, 8, 14  # units
HEAD, ROW, FOOT = 60, 58, 56  # units high
NARROW_HEAD, NARROW_FOOT = 104, 102  # where words and buttons stand below each other
NARROW = 700  # units of width below which they do
BUTTON, BETWEEN = 40, 6  # units: how high buttons are, and from one to the next
BACK, SEARCH = 96, 260  # units wide
WIDEST = 1100  # units of a row: a longer line is hard to follow
ACTS = ("open_run", "lay_beside", "name_run", "remove_run", "newer", "older")  # from the left
MOST_ROWS = 40  # that any window shows
NOWHERE = Rect(-10, -10, 1, 1)


def row_of(place: int) -> str:
    """The panel, and the button, of that row from the top: people count from 1."""
    return f"row.{place + 1}"


def pin_of(place: int) -> str:
    """The button that pins its run."""
    return f"pin.{place + 1}"


def arrange(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel], *, shown: int) -> Layout:
    """The layout of a window of `size` pixels with so many rows, as far as they have room.

    The list itself is what moves, never the page.
    """
    del scroll, more
    scale = held(size, scale)
    width, height = size[0] / scale, size[1] / scale
    narrow = width < NARROW
    full = min(WIDEST, width - 2 * MARGIN)
    left = (width - full) / 2
    head, foot = (NARROW_HEAD, NARROW_FOOT) if narrow else (HEAD, FOOT)
    boxes: dict[str, Box] = {"head": (left, MARGIN, full, head)}
    top, under = MARGIN + head + GAP, height - MARGIN - foot
    count = max(1, min(MOST_ROWS, int((under - top) / (ROW + GAP))))
    slots = _head_slots(boxes["head"], narrow=narrow)
    for place in range(count):
        box = (left, top + place * (ROW + GAP), full, float(ROW))
        slots[row_of(place)] = box
        if place < shown:
            boxes[row_of(place)] = box
        slots[pin_of(place)] = (left + full - BUTTON - 6, box[1] + (ROW - BUTTON) / 2, BUTTON, BUTTON)
    boxes["list"] = (left, top, full, count * (ROW + GAP) - GAP)
    boxes["foot"] = (left, under, full, foot)
    slots |= _foot_slots(boxes["foot"], narrow=narrow)

    def pixels(box: Box) -> Rect:
        x, y, right, low = (round(v * scale) for v in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
        return Rect(x, y, max(1, right - x), max(1, low - y))

    unused = dict.fromkeys((name for k in range(count, MOST_ROWS) for name in (row_of(k), pin_of(k))), NOWHERE)
    everywhere = {name: pixels(box) for name, box in slots.items()}
    return Layout(
        size=size,
        scale=scale,
        wide=not narrow,
        panels={name: pixels(box) for name, box in boxes.items()},
        slots={**unused, "row": NOWHERE, "pin": NOWHERE, **everywhere},
        field=pixels((left, top, full, under - top - GAP)),
        height=size[1],
        floating=frozenset({"list"}),
    )


def rows_of(page: Layout) -> int:
    """How many rows there is room for."""
    return sum(name.startswith("row.") and place is not NOWHERE for name, place in page.slots.items())


def _head_slots(head: Box, *, narrow: bool) -> dict[str, Box]:
    """The field that is typed in, and the way back."""
    x, y, wide, high = head
    top = y + (high - BUTTON - 8 if narrow else (high - BUTTON) / 2)
    back = (x + wide - 8 - BACK, y + 8.0 if narrow else top, BACK, BUTTON)
    if narrow:
        return {"back": back, "search": (x + 8, top, wide - 16, BUTTON)}
    return {"back": back, "search": (back[0] - BETWEEN - SEARCH, top, SEARCH, BUTTON)}


def _foot_slots(foot: Box, *, narrow: bool) -> dict[str, Box]:
    """What can be done, in one row, or in two."""
    x, y, wide, _ = foot
    across = 3 if narrow else len(ACTS)
    each = (wide - 16 - (across - 1) * BETWEEN) / across
    slots = dict[str, Box]()
    for k, name in enumerate(ACTS):
        row, column = divmod(k, across)
        slots[name] = (x + 8 + column * (each + BETWEEN), y + 8 + row * (BUTTON + BETWEEN), each, BUTTON)
    return slots
