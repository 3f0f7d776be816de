"""Where everything goes: a pure function of size, scale and scroll. Lengths in units, results in whole pixels."""

from dataclasses import dataclass

WIDE = 1024  # units; below, one column that scrolls
MARGIN, GAP, PAD = 16, 12, 16
HEADER, CARD, PROGRESS, ERROR = 52, 84, 60, 96
CONTROLS = 344  # units, at rest
NETWORK = 212  # units, at least
COLUMN = (288, 400)  # units, narrowest and widest
FIELD = (220, 420)  # units high in one column
CHART = 232  # units high in one column
ACTIONS = 64  # units high in one column, where the buttons stand apart
LABEL = 18  # units that a control's label takes above it
BATCH_EXTRA = 12  # units: the grid fills its row, where a slider is a thin line in it
TOUCH, POINTER = 44, 28  # height of what can be hit, in units

ACTION_NAMES = ("start", "pause", "resume", "retry")
SLIDERS = ("learning_rate", "epochs", "speed")
BATCHES = tuple(f"batch_size.{size}" for size in (16, 32, 64, 128, 256))
CARDS = ("epoch", "loss", "accuracy", "best")


@dataclass(frozen=True)
class Rect:
    """Whole pixels from the top left."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """One past the last column."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """One past the last row."""
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """As a tuple."""
        return self.x, self.y, self.w, self.h

    def holds(self, at: tuple[float, float]) -> bool:
        """Whether the point lies inside."""
        return self.x <= at[0] < self.right and self.y <= at[1] < self.bottom


@dataclass(frozen=True)
class Layout:
    """Rectangles of panels, of the controls' slots, and of the open area where the field is seen."""

    size: tuple[int, int]
    scale: float
    wide: bool
    panels: dict[str, Rect]
    slots: dict[str, Rect]
    field: Rect
    height: int  # of the whole page, pixels; above size[1] it scrolls

    def px(self, units: float) -> int:
        """Units to whole pixels."""
        return round(units * self.scale)


Box = tuple[float, float, float, float]  # units: left, top, width, height


def layout(size: tuple[int, int], scale: float = 1.0, scroll: int = 0) -> Layout:
    """The layout of a window of `size` pixels, `scroll` pixels down the page."""
    width, height = size[0] / scale, size[1] / scale
    wide = width >= WIDE
    panels, slots, field, page = _columns(width, height) if wide else _stack(width, height)

    def pixels(box: Box) -> Rect:
        left, top, right, bottom = (round(v * scale) for v in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
        return Rect(left, top - scroll, right - left, bottom - top)

    return Layout(
        size=size,
        scale=scale,
        wide=wide,
        panels={name: pixels(box) for name, box in panels.items()},
        slots={name: pixels(box) for name, box in slots.items()},
        field=pixels(field),
        height=round(page * scale),
    )


def _columns(width: float, height: float) -> tuple[dict[str, Box], dict[str, Box], Box, float]:
    """Controls and network at the left, figures and charts at the right, the field between them."""
    column = min(COLUMN[1], max(COLUMN[0], 0.2 * width))
    top, bottom = MARGIN / 1.3 + HEADER + GAP, max(height, 640) - MARGIN - PROGRESS - GAP
    left, right = MARGIN, width - MARGIN - column
    room = bottom - top
    spare = max(0.0, room - CONTROLS - GAP - NETWORK)
    controls = CONTROLS + min(0.36 * spare, 110)
    half = (column - GAP) / 2
    card = CARD + min(0.1 * spare, 24)
    chart = (room - 2 * card - 3 * GAP) / 2
    charts = top + 2 * (card + GAP)
    panels: dict[str, Box] = {
        "header": (MARGIN, MARGIN / 1.3, width - 2 * MARGIN, HEADER),
        "controls": (left, top, column, controls),
        "network": (left, top + controls + GAP, column, room - controls - GAP),
        "loss_chart": (right, charts, column, chart),
        "accuracy_chart": (right, charts + chart + GAP, column, chart),
        "progress": (MARGIN, bottom + GAP, width - 2 * MARGIN, PROGRESS),
    }
    for index, name in enumerate(CARDS):
        x, y = right + (index % 2) * (half + GAP), top + (index // 2) * (card + GAP)
        panels[f"card_{name}"] = (x, y, half, card)
    field = (left + column + GAP, top, right - left - column - 2 * GAP, room)
    panels["error"] = _error(field)
    slots = _slots(panels["controls"], panels["controls"], POINTER)
    slots["theme"] = _toggle(panels["header"])
    return panels, slots, field, max(height, bottom + GAP + PROGRESS + MARGIN)


def _stack(width: float, height: float) -> tuple[dict[str, Box], dict[str, Box], Box, float]:
    """One column: the field and the buttons first, so that a phone shows what matters without scrolling."""
    column = min(width - 2 * MARGIN, 640.0)
    left = (width - column) / 2
    panels: dict[str, Box] = {"header": (left, MARGIN / 1.3, column, HEADER)}
    y = MARGIN / 1.3 + HEADER + GAP
    field = (left, y, column, min(FIELD[1], max(FIELD[0], 0.3 * height)))
    y += field[3] + GAP
    for name, size in (("progress", PROGRESS + 22), ("actions", ACTIONS)):
        panels[name] = (left, y, column, size)
        y += size + GAP
    across = 4 if column >= 560 else 2
    card = (column - (across - 1) * GAP) / across
    for index, name in enumerate(CARDS):
        panels[f"card_{name}"] = (left + index % across * (card + GAP), y + index // across * (CARD + GAP), card, CARD)
    y += 4 // across * (CARD + GAP)
    controls = CONTROLS - 64 + 4 * (TOUCH - POINTER)
    for name, size in (("controls", controls), ("network", 240), ("loss_chart", CHART), ("accuracy_chart", CHART)):
        panels[name] = (left, y, column, size)
        y += size + GAP
    panels["error"] = _error(field)
    slots = _slots(panels["controls"], panels["actions"], TOUCH)
    slots["theme"] = _toggle(panels["header"])
    return panels, slots, field, y - GAP + MARGIN


def _slots(controls: Box, actions: Box, target: float) -> dict[str, Box]:
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
    size = TOUCH if apart else 40
    bottom = actions[1] + (actions[3] - size) / 2 if apart else y + h - PAD - size
    half = (w - GAP) / 2
    slots.update(dict.fromkeys(ACTION_NAMES, (x, bottom, half, size)))
    slots["stop"] = (x + half + GAP, bottom, half, size)
    return slots


def _toggle(header: Box) -> Box:
    return header[0] + header[2] - PAD - 52, header[1] + (header[3] - 28) / 2, 52, 28


def _error(field: Box) -> Box:
    width = min(560.0, field[2] - 2 * GAP)
    return field[0] + (field[2] - width) / 2, field[1] + GAP, width, ERROR
