"""Where the controls go within their panels. Lengths in units."""

from scenes.kit.choices import CURVE
from scenes.kit.places import Box, Layout, Rect
from scenes.kit.scale import TOUCH
from scenes.training.parameters import BATCH_SIZES, DATASETS, OWN

MARGIN, GAP, PAD = 16, 12, 16
CONTROLS = 376  # height of the hyper-parameters with their buttons, at rest
LABEL = 16  # units that a control's label takes above it
GRID_EXTRA = 8  # units: a grid fills its row, where a slider is a thin line in it
PRIMARY = 0.62  # of the width of the buttons, for the large one
STAMP, INSIDE = 122, 480  # width of the stamp; of the header, from which it has room for it
AGAIN, AGAIN_TOP = 104, 20  # units: width of the button that plays a run again; from the panel's top to its middle
TRAVEL = 26  # units that the knob of the theme travels
SWITCH = 28  # height of what is drawn in the header; the room that can be hit may be higher
ACTION_NAMES = ("start", "pause", "resume", "retry")
CELLS = tuple(f"dataset.{name}" for name in (*DATASETS, CURVE, OWN))
BATCHES = tuple(f"batch_size.{size}" for size in BATCH_SIZES)


def control_slots(controls: Box, actions: Box, target: float, *, own: bool) -> dict[str, Box]:
    """Where the controls go in their panel; each slider's label stands above it. `own`: a visitor brings rows."""
    x, y, w, h = controls[0] + PAD, controls[1], controls[2] - 2 * PAD, controls[3]
    apart = actions is not controls
    rest = h - (44 + 8 if apart else 44 + 40 + 2 * PAD)
    row = (rest - 2 * GRID_EXTRA) / 5
    slots: dict[str, Box] = {}
    top = y + 44 + LABEL
    grids = {"dataset": CELLS if own else CELLS[:-1], "batch_size": BATCHES}
    for name in ("dataset", "learning_rate", "batch_size", "epochs", "speed"):
        if name in grids:
            grid = top + GRID_EXTRA / 2
            slots[name] = (x, grid, w, target)
            gap = 6 if len(grids[name]) < len(CELLS) else 4
            cell = (w + gap) / len(grids[name]) - gap
            slots.update({each: (x + k * (cell + gap), grid, cell, target) for k, each in enumerate(grids[name])})
            top += GRID_EXTRA
        else:
            slots[name] = (x, top, w, target)
        top += row
    size = target if target >= TOUCH else 40
    bottom = actions[1] + (actions[3] - size) / 2 if apart else y + h - PAD - size
    if apart:
        x, w = actions[0] + PAD, actions[2] - 2 * PAD
    main = (w - GAP) * PRIMARY
    slots.update(dict.fromkeys(ACTION_NAMES, (x, bottom, main, size)))
    slots["resume"] = (x, bottom, main - size - 8, size)
    slots["step"] = (x + main - size, bottom, size, size)
    slots["stop"] = slots["undo"] = (x + main + GAP, bottom, w - GAP - main, size)
    return slots


def header_slots(header: Box, target: float) -> dict[str, Box]:
    """Theme and help at the right of the header."""
    middle, high = header[1] + header[3] / 2, max(target, SWITCH)
    wide = max(SWITCH + TRAVEL, target)
    toggle = (header[0] + header[2] - PAD - wide, middle - high / 2, wide, high)
    ask = (toggle[0] - 8 - high, middle - high / 2, high, high)
    return {"theme": toggle, "help": ask}


def stamp_place(header: Box, field: Box, target: float) -> Box:
    """How a run came about, beside the switches of the header, or over the field where that is narrow."""
    high, left = max(target, SWITCH), header_slots(header, target)["help"][0]
    if header[2] < INSIDE:
        return field[0] + (field[2] - STAMP) / 2, field[1] + (high - SWITCH) / 2 + 2, STAMP, SWITCH
    return left - 8 - STAMP, header[1] + (header[3] - SWITCH) / 2, STAMP, SWITCH


def progress_slots(progress: Box, target: float) -> dict[str, Box]:
    """Playing a finished run again, at the right of its sentence, where else stands what remains."""
    high = max(target, SWITCH)
    wide = max(high, AGAIN)
    left, top = progress[0] + progress[2] - PAD - wide, progress[1] + max(0.0, AGAIN_TOP - high / 2)
    return {"replay": (left, top, wide, high)}


def chart_slots(chart: Box, target: float) -> dict[str, Box]:
    """How the loss is drawn, at the right of its title."""
    high = max(target, SWITCH)
    log, smooth = max(high, 34), max(high, 58)
    left, top = chart[0] + chart[2] - PAD - log - smooth - 4, chart[1] + max(0.0, 21 - high / 2)
    return {"log_axis": (left, top, log, high), "smoothing": (left + log + 4, top, smooth, high)}


def switch(page: Layout, name: str) -> Rect:
    """Where a switch is drawn, pixels: as high as all of them, though a finger may hit more than that."""
    slot, high = page.slots[name], page.px(SWITCH)
    wide = {"help": high, "theme": page.px(SWITCH + TRAVEL)}.get(name, slot.w)
    return Rect(slot.x + (slot.w - wide) // 2, slot.y + (slot.h - high) // 2, wide, high)
