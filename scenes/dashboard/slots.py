"""Where the controls go within their panels. Lengths in units."""

MARGIN, GAP, PAD = 16, 12, 16
CONTROLS = 344  # height of the hyper-parameters with their buttons, at rest
LABEL = 18  # units that a control's label takes above it
BATCH_EXTRA = 12  # units: the grid fills its row, where a slider is a thin line in it
PRIMARY = 0.62  # of the width of the buttons, for the large one
TOUCH, POINTER = 44, 28  # height of what can be hit
ACTION_NAMES = ("start", "pause", "resume", "retry")
BATCHES = tuple(f"batch_size.{size}" for size in (16, 32, 64, 128, 256))

Box = tuple[float, float, float, float]  # left, top, width, height


def control_slots(controls: Box, actions: Box, target: float) -> dict[str, Box]:
    """Where the controls go in their panel; each slider's label stands above it."""
    x, y, w, h = controls[0] + PAD, controls[1], controls[2] - 2 * PAD, controls[3]
    apart = actions is not controls
    rest = h - (48 + 8 if apart else 48 + 40 + 2 * PAD)
    row = (rest - BATCH_EXTRA) / 4
    slots: dict[str, Box] = {}
    top = y + 48 + LABEL
    for name in ("learning_rate", "batch_size", "epochs", "speed"):
        if name == "batch_size":
            grid = top + BATCH_EXTRA / 2
            slots[name] = (x, grid, w, target)
            cell = (w - 4 * 6) / 5
            slots.update({batch: (x + k * (cell + 6), grid, cell, target) for k, batch in enumerate(BATCHES)})
            top += BATCH_EXTRA
        else:
            slots[name] = (x, top, w, target)
        top += row
    size = TOUCH if target == TOUCH else 40
    bottom = actions[1] + (actions[3] - size) / 2 if apart else y + h - PAD - size
    main = (w - GAP) * PRIMARY
    slots.update(dict.fromkeys(ACTION_NAMES, (x, bottom, main, size)))
    slots["stop"] = (x + main + GAP, bottom, w - GAP - main, size)
    return slots


def toggle_slot(header: Box) -> Box:
    """The theme toggle, at the right of the header."""
    return header[0] + header[2] - PAD - 52, header[1] + (header[3] - 28) / 2, 52, 28
