"""Where everything of a self-test stands: a line above, the moving bars, six panels below them."""

from collections.abc import Sequence

from scenes.kit.places import Box, Layout, Panel, Rect
from scenes.kit.scale import held

from .findings import COLOURS, FRAMES, KEYS, SOUND, TEARING, TOUCH, TRAINING

MARGIN, GAP, PAD = 14, 10, 16  # units
LEAST, UPRIGHT_LEAST = 620, 800  # units of height that everything needs; in a lower window it is smaller
HEAD, BAND, UPRIGHT_BAND = 58, 132, 196  # units high: the line above, and the bars, in wide windows and upright ones
STRIP = 62  # units of that where nothing stands but bars
END = (108, 40)  # units: the button that closes it
BUTTON, BETWEEN = 36, 8  # units: how high buttons are, and from one to the next
PANELS = (TOUCH, KEYS, COLOURS, FRAMES, SOUND, TRAINING)
RIGHT, WRONG, PLAY = "yes", "no", "play"


def arrange(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
    """The layout of a window of `size` pixels; it never scrolls."""
    del scroll, more
    columns = 3 if size[0] >= size[1] else 2
    scale = min(held(size, scale), size[1] / (LEAST if columns == 3 else UPRIGHT_LEAST))
    width, height = size[0] / scale, size[1] / scale
    full, band = width - 2 * MARGIN, BAND if columns == 3 else UPRIGHT_BAND
    boxes: dict[str, Box] = {
        "head": (MARGIN, MARGIN, full, HEAD),
        TEARING: (MARGIN, MARGIN + HEAD + GAP, full, band),
    }
    top = MARGIN + HEAD + band + 2 * GAP
    rows = -(-len(PANELS) // columns)
    wide, high = (full - (columns - 1) * GAP) / columns, (height - top - MARGIN - (rows - 1) * GAP) / rows
    for k, name in enumerate(PANELS):
        boxes[name] = (MARGIN + k % columns * (wide + GAP), top + k // columns * (high + GAP), wide, high)
    slots: dict[str, Box] = {"end": (width - MARGIN - 10 - END[0], MARGIN + (HEAD - END[1]) / 2, *END)}
    x, y, wide, high = boxes[TEARING]
    words = (
        (x + wide - 2 * MARGIN - 2 * 120, y, 2 * MARGIN + 2 * 120, high - STRIP)
        if columns == 3
        else (x, y, wide, high - STRIP)
    )
    slots |= _answers(TEARING, words)
    slots |= _answers(COLOURS, boxes[COLOURS]) | _answers(SOUND, boxes[SOUND], PLAY)

    def pixels(box: Box) -> Rect:
        x, y, right, under = (round(v * scale) for v in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
        return Rect(x, y, max(1, right - x), max(1, under - y))

    return Layout(
        size=size,
        scale=scale,
        wide=False,  # everything is for fingers
        panels={name: pixels(box) for name, box in boxes.items()},
        slots={name: pixels(box) for name, box in slots.items()},
        field=Rect(0, 0, *size),
        height=size[1],
    )


def _answers(name: str, box: Box, *before: str) -> dict[str, Box]:
    """The buttons at the foot of a panel, in a row, and the row itself."""
    names = (*before, RIGHT, WRONG)
    each = min(120.0, (box[2] - 2 * PAD - (len(names) - 1) * BETWEEN) / len(names))
    top = box[1] + box[3] - PAD / 2 - BUTTON - 4
    places = {
        f"{name}.{word}": (box[0] + PAD + k * (each + BETWEEN), top, each, float(BUTTON))
        for k, word in enumerate(names)
    }
    return {**places, name: (box[0] + PAD, top, len(names) * (each + BETWEEN) - BETWEEN, float(BUTTON))}
