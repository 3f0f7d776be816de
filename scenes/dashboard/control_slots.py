"""Where the controls go within their panels. Lengths in units."""

from scenes.kit.choices import LAYER_ACTS
from scenes.kit.places import Box, Layout, Rect
from scenes.kit.scale import TOUCH
from scenes.training.parameters import ACTIVATIONS, BATCH_SIZES, CURVE, DATASETS, FEATURES, LOSSES, OWN

MARGIN, GAP, PAD = 16, 12, 16
CONTROLS = 384  # height of the hyper-parameters with their buttons, at rest
LABEL = 16  # units that a control's label takes above it
GRID_EXTRA = 8  # units: a grid fills its row, where a slider is a thin line in it
PRIMARY = 0.62  # of the width of the buttons, for the large one
STAMP, INSIDE = 122, 480  # width of the stamp; of the header, from which it has room for it
BRANCH, BESIDE = 34, 6  # units: width of the button that lays runs beside each other, and from it to the next
AGAIN, AGAIN_TOP = 104, 20  # units: width of the button that plays a run again; from the panel's top to its middle
COPY, SILENCE, WALK = 44, 62, 58  # units wide
WALK_ROW = {  # units wide, at least; the last two are never there together, and stand in one place
    "walk_back": 30,
    "walk_play": 62,
    "walk_next": 30,
    "walk_other": 60,
    "walk_draw": 48,
    "walk_learn": 58,
}
CHIPS, CHIP = ("map_across", "map_up", "mix_ups"), 24  # of the map of a table with several columns; units high
TRAVEL = 26  # units that the knob of the theme travels
SWITCH = 28  # height of what is drawn in the header; the room that can be hit may be higher
ACTION_NAMES = ("start", "pause", "resume", "retry")
CELLS = tuple(f"dataset.{name}" for name in (*DATASETS, CURVE, OWN))
BATCHES = tuple(f"batch_size.{size}" for size in BATCH_SIZES)
GRIDS = {
    "dataset": CELLS,
    "batch_size": BATCHES,
    "layers": tuple(f"layers.{act}" for act in LAYER_ACTS),
    "activation": tuple(f"activation.{name}" for name in ACTIVATIONS),
    "loss": tuple(f"loss.{name}" for name in LOSSES),
    "features": tuple(f"features.{name}" for name in FEATURES),
    "new_seed": ("new_seed",),
}
TABS: dict[str, tuple[tuple[str, ...], ...]] = {  # the rows of each; what shares a row shares its width
    "run": (("dataset",), ("learning_rate",), ("batch_size",), ("epochs",), ("speed",)),
    "network": (("layers",), ("neurons",), ("activation",), ("loss", "momentum"), ("l1", "l2")),
    "data": (("features",), ("points",), ("noise",), ("split",), ("seed", "new_seed")),
}
TWO_LINES = frozenset({"dataset"})  # grids whose cells stand in two lines
LINE_GAP = 6  # units between those
MOST_APART = 6  # cells in a line that stand apart where fingers press them
TAB_OF = {name: tab for tab, rows in TABS.items() for row in rows for name in row}
TAB_WIDTHS = {"run": 48, "network": 78, "data": 54}  # units, as their words need it
TAB_HIGH, TAB_MIDDLE = 28, 25  # units: of a tab as it is drawn, and how far below the panel's top
BETWEEN = 16  # units between two settings in one row


def control_slots(controls: Box, actions: Box, target: float) -> dict[str, Box]:
    """Where the controls go in their panel; each slider's label stands above it.

    The settings of all tabs lie in the same room: those of one are shown at a time.
    """
    x, y, w, h = controls[0] + PAD, controls[1], controls[2] - 2 * PAD, controls[3]
    apart = actions is not controls
    rest = h - (44 + 8 if apart else 44 + 40 + 2 * PAD)
    slots = _tab_slots(x - 10, y, target)  # their words begin where the labels do
    for rows in TABS.values():
        slots |= _setting_slots((x, y + 44 + LABEL, w, rest), rows, target)
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


def _tab_slots(left: float, top: float, target: float) -> dict[str, Box]:
    high = max(target, TAB_HIGH)
    upper = top + max(0.0, TAB_MIDDLE - high / 2)
    widths = {name: max(wide, target) for name, wide in TAB_WIDTHS.items()}
    slots: dict[str, Box] = {"settings": (left, upper, sum(widths.values()), high)}
    for name, wide in widths.items():
        slots[f"settings.{name}"] = (left, upper, wide, high)
        left += wide
    return slots


def _setting_slots(room: Box, rows: tuple[tuple[str, ...], ...], target: float) -> dict[str, Box]:
    """Where the settings of one tab stand, one row below the other."""
    x, top, width, high = room
    grids = sum(row[0] in GRIDS for row in rows)
    more = min(GRID_EXTRA, 2 * GRID_EXTRA / max(1, grids))
    second = target + LINE_GAP  # what a second line of cells takes
    pitch = (high - more * grids - second * sum(row[0] in TWO_LINES for row in rows)) / len(rows)
    slots: dict[str, Box] = {}
    for row in rows:
        each = (width - BETWEEN * (len(row) - 1)) / len(row)
        for k, name in enumerate(row):
            left, lower = x + k * (each + BETWEEN), top + (more / 2 if name in GRIDS and row[0] in GRIDS else 0)
            slots[name] = (left, lower, each, target)
            cells = GRIDS.get(name, ())
            in_line = -(-len(cells) // (2 if name in TWO_LINES else 1))
            gap = 6 if in_line <= MOST_APART else 0 if target >= TOUCH else 4
            cell = (each + gap) / max(1, in_line) - gap
            for n, one in enumerate(cells):
                line, column = divmod(n, in_line)
                slots[one] = (left + column * (cell + gap), lower + line * second, cell, target)
            if name in TWO_LINES:
                slots[name] = (left, lower, each, target + second)
        top += pitch + (more if row[0] in GRIDS else 0) + (second if row[0] in TWO_LINES else 0)
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
    """Playing a finished run again and comparing it, at the right of its sentence, where else stands what remains."""
    high = max(target, SWITCH)
    wide, square = max(high, AGAIN), max(high, BRANCH)
    left, top = progress[0] + progress[2] - PAD - wide, progress[1] + max(0.0, AGAIN_TOP - high / 2)
    return {"replay": (left, top, wide, high), "compare": (left - BESIDE - square, top, square, high)}


def chart_slots(chart: Box, target: float) -> dict[str, Box]:
    """How the loss is drawn, at the right of its title."""
    high = max(target, SWITCH)
    log, smooth = max(high, 34), max(high, 58)
    left, top = chart[0] + chart[2] - PAD - log - smooth - 4, chart[1] + max(0.0, 21 - high / 2)
    return {"log_axis": (left, top, log, high), "smoothing": (left + log + 4, top, smooth, high)}


def data_slots(data: Box, target: float) -> dict[str, Box]:
    """What stands at the right of its title, below it, and at its foot: of the data, a neuron, or a sample's walk."""
    high, top = max(target, SWITCH), data[1] + max(0.0, 25 - max(target, SWITCH) / 2)
    right, wide = data[0] + data[2] - PAD, max(high, SILENCE)
    slots = {"close_neuron": (right - high, top, high, high), "silence": (right - high - 4 - wide, top, wide, high)}
    slots["close_walk"] = slots["close_neuron"]
    slots["walk"] = (right - max(high, WALK), top, max(high, WALK), high)
    slots |= _walk_slots((data[0] + PAD, data[1], right - data[0] - PAD, data[3] - 10), high)
    below, left = max(data[1] + 42.0, top + high + 2), data[0] + PAD
    third = (right - left + 6) / 3 - 6
    return slots | {name: (left + k * (third + 6), below, third, max(target, CHIP)) for k, name in enumerate(CHIPS)}


def _walk_slots(room: Box, high: float) -> dict[str, Box]:
    """The buttons of a walk at the foot of its card, in one row, or in two where that is too narrow."""
    *names, _, last = WALK_ROW
    names.append(last)  # the wider of the two
    wide = {name: max(high, least) for name, least in WALK_ROW.items()}
    lines = [names] if sum(wide[name] for name in names) + 3 * (len(names) - 1) <= room[2] else [names[:3], names[3:]]
    slots: dict[str, Box] = {}
    for row, line in enumerate(lines):
        x, y = room[0], room[1] + room[3] - high - row * (high + 6)
        spare = (room[2] - sum(wide[name] for name in line)) / (len(line) - 1)
        for name in line:
            slots[name] = (x, y, wide[name], high)
            x += wide[name] + spare
    left, top, across, tall = slots[last]
    slots["walk_draw"] = (left + across - wide["walk_draw"], top, wide["walk_draw"], tall)
    return slots


def network_slots(network: Box, target: float) -> dict[str, Box]:
    """Copying the moment, at the right of the title."""
    high = max(target, SWITCH)
    wide = max(high, COPY)
    return {"copy": (network[0] + network[2] - PAD - wide, network[1] + max(0.0, 25 - high / 2), wide, high)}


def switch(page: Layout, name: str) -> Rect:
    """Where a switch is drawn, pixels: as high as all of them, though a finger may hit more than that."""
    slot, high = page.slots[name], page.px(SWITCH)
    wide = {"help": high, "theme": page.px(SWITCH + TRAVEL), "close_neuron": high, "close_walk": high}.get(name, slot.w)
    return Rect(slot.x + (slot.w - wide) // 2, slot.y + (slot.h - high) // 2, wide, high)
