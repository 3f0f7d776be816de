"""Where everything goes: a pure function of size, scale and scroll. Lengths in units, results in whole pixels.

Columns beside the field on a screen, two columns in a smaller window, a page of two columns below the field on an
upright kiosk, one column on a phone and in a low window. A page that is longer than the window scrolls.
"""

from collections.abc import Sequence

from scenes.kit.places import SIDES, Box, Layout, Panel, Rect
from scenes.kit.scale import TOUCH, held, reach

from .control_slots import (
    CONTROLS,
    GAP,
    INSIDE,
    MARGIN,
    PAD,
    SWITCH,
    chart_slots,
    control_slots,
    data_slots,
    header_slots,
    network_slots,
    progress_slots,
    stamp_place,
)

WIDE, LANDSCAPE = 1024, 1.15  # units of width, and width over height, from which panels stand beside the field
FOUR = 560  # units of width in which four figures have room side by side
TWO = 720  # units of width from which a projector has two columns
BESIDE = (700, 720)  # units of width from which a window has two columns: a low one, and an upright one
ASIDE = 300  # units of width of the narrower one, at least
HEADER, CARD, PROGRESS, ERROR = 52, 80, 60, 96
NETWORK = 188  # units, at least
DATA = 52  # units that what is learned is higher than wide: its title above, its legend below
COLUMN = (288, 400)  # units, narrowest and widest
FIELD = (220, 420)  # units high in one column
FLAT = ERROR  # units high at least: a notice covers nothing else
CHARTS_HIGH = 380  # units high in one column
LEAST_CHARTS = 190  # units high beside the field
LEGEND, EXPLAINED = (20, 38), (130, 300)  # units: of one line below the field, and of two; of a field that has them
AXIS = 22  # units that the epochs take below the lower chart: one axis for both
ACTIONS = 64  # units high in one column, where the buttons stand apart
TOUCHED = 114  # units that touch makes the controls higher, a second line of cells included
STRIP = 44  # units at the window's top, where the stamp stays while the page scrolls below it
LOW = 700  # units of height that columns have at least: a lower window scrolls
SWITCHES, ACTING = 262, 262  # units that the switches of the header take, and the buttons beside them
FAR_FOUR, FAR_CHARTS = 520, 230  # units beside the answer, from which figures stand in one row; width of charts there
PROJECTED_LOW = 430  # units of height that a projector's first page has at least
PAGE, WIDEST = 1600, 320  # units, the widest page and the widest figure
COLUMN_ALONE = (640, 700)  # units, of one column: upright, and in a low window

CARDS = ("epoch", "loss", "accuracy", "best")
SHARES = {"epoch": 1.0, "loss": 1.2, "accuracy": 2.5, "best": 1.1}  # of a row, as their figures need it
WIDE_ROW, TALL_CARD = 800, 104  # units of a row of cards from which their figures are larger, and they as high
NARROWEST = 96  # units of the narrowest card from which they have these shares
CHARTS = ("loss_chart", "accuracy_chart")
PINNED = frozenset({"stamp", "error"})  # what is to be seen wherever on the page somebody is
FLOATING = frozenset({"error", "legend", "stamp", *CHARTS})  # without a glass of their own: both charts stand on one


Arrangement = tuple[dict[str, Box], Box, float]  # panels, field, height of the page


def layout(
    size: tuple[int, int],
    scale: float = 1.0,
    scroll: int = 0,
    more: Sequence[Panel] = (),
    *,
    projector: bool = False,
) -> Layout:
    """The layout of a window of `size` pixels, `scroll` pixels down the page; its scale is what the window holds.

    `more` are panels that stand there beside the dashboard's own. On a `projector` what is learned has the stage, and
    the settings stand further down the page.
    """
    scale = held(size, scale)
    width, height = size[0] / scale, size[1] / scale
    wide = width >= WIDE and width >= LANDSCAPE * height
    projector = projector and width >= TWO and width >= LANDSCAPE * height
    wide = wide or projector
    upright = height >= width
    arrange = _columns if wide else _stack if width < BESIDE[upright] else _page if upright else _beside
    arrange = _projected if projector else arrange
    target = reach(scale, touch=not wide)
    panels, field, page = arrange(width, height, target, more)
    panels |= _charts(panels["charts"])
    x, y, across, high = field
    above = 0.0 if panels["header"][2] >= INSIDE else (target + SWITCH) / 2 + 4  # the stamp stands there
    below = next((tall for tall, least in zip(LEGEND[::-1], EXPLAINED[::-1], strict=True) if high >= least), 0.0)
    whole, field = field, (x, y + above, across, high - above - below)
    if below:
        panels["legend"] = (x, y + high - below, across, below)
    controls = panels["controls"]
    slots = control_slots(controls, panels.get("actions", controls), target)
    slots |= header_slots(panels["header"], target) | chart_slots(panels["loss_chart"], target)
    slots |= progress_slots(panels["progress"], target) | network_slots(panels["network"], target)
    slots |= data_slots(panels["data"], target)
    panels["stamp"] = stamp_place(panels["header"], whole, target)
    for panel in more:
        slots |= panel.slots(panels[panel.name], target)

    def pixels(box: Box) -> Rect:
        left, top, right, bottom = (round(v * scale) for v in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
        return Rect(left, top - scroll, right - left, bottom - top)

    placed, shown = ({name: pixels(box) for name, box in each.items()} for each in (slots, panels))
    high = max(round(STRIP * scale), shown["stamp"].h)
    strip = _pinned(shown, high, scale)
    return Layout(
        size=size,
        scale=scale,
        wide=wide,
        panels=shown,
        slots=placed,
        field=pixels(field),
        height=round(page * scale),
        strip=strip,
        strip_height=high,
        pinned=PINNED,
        floating=FLOATING | {"actions"} if projector else FLOATING,
    )


def _pinned(shown: dict[str, Rect], high: int, scale: float) -> int:
    """Keep in sight what is to be seen wherever on the page somebody is; the height of the strip behind it, pixels."""
    stamp = shown["stamp"]
    highest = (high - stamp.h) // 2
    if stamp.y >= highest:
        return 0
    shown["stamp"] = Rect(stamp.x, highest, stamp.w, stamp.h)
    error = shown["error"]
    shown["error"] = Rect(error.x, max(error.y, high + round(GAP * scale)), error.w, error.h)
    return high


def _columns(width: float, height: float, target: float, more: Sequence[Panel]) -> Arrangement:
    """Controls and network at the left, data and charts at the right, figures over the field between them."""
    column = min(COLUMN[1], max(COLUMN[0], 0.2 * width))
    beside = {side: sum(panel.height + GAP for panel in more if panel.side == side) for side in SIDES}
    low = LOW + max(beside.values())
    top, bottom = MARGIN / 1.3 + HEADER + GAP, max(height, low) - MARGIN - PROGRESS - GAP
    left, right = MARGIN, width - MARGIN - column
    room = bottom - top
    spare = max(0.0, room - beside["left"] - CONTROLS - GAP - NETWORK)
    controls = CONTROLS + min(0.36 * spare, 110)
    data = min(column + DATA, room - beside["right"] - GAP - LEAST_CHARTS)
    middle, across = left + column + GAP, right - left - column - 2 * GAP
    in_row = 4 if across >= FOUR else 2
    row = min(in_row * (WIDEST + GAP) - GAP, across)
    bar = width - 2 * MARGIN if width < 1.5 * PAGE else PAGE  # on a wall it would be a line without an end
    panels: dict[str, Box] = {
        "header": (MARGIN, MARGIN / 1.3, width - 2 * MARGIN, HEADER),
        "controls": (left, top, column, controls),
        "network": (left, top + controls + GAP, column, room - beside["left"] - controls - GAP),
        "data": (right, top, column, data),
        "charts": (right, top + data + GAP, column, room - beside["right"] - data - GAP),
        "progress": ((width - bar) / 2, bottom + GAP, bar, PROGRESS),
    }
    for side, x in (("left", left), ("right", right)):
        y = bottom - beside[side] + GAP
        for panel in more:
            if panel.side == side:
                panels[panel.name] = (x, y, column, panel.height)
                y += panel.height + GAP
    card = TALL_CARD if row >= WIDE_ROW else CARD
    panels |= _cards(middle + (across - row) / 2, top, row, in_row, card=card)
    figures = 4 // in_row * (card + GAP)
    field = (middle, top + figures, across, room - figures)
    panels["error"] = _error(field)
    return panels, field, max(height, bottom + GAP + PROGRESS + MARGIN)


def _projected(width: float, height: float, target: float, more: Sequence[Panel]) -> Arrangement:
    """What is learned as large as the window is high, the figures beside it, the network small; the rest below."""
    edge, gap = MARGIN / 2, GAP / 1.5
    top, bottom = edge + TOUCH + gap, max(height, PROJECTED_LOW) - edge - PROGRESS - gap
    side = min(bottom - top - DATA, 0.5 * width)
    large = side + 2 * PAD
    right, rest = edge + large + gap, width - 2 * edge - large - gap
    panels: dict[str, Box] = {
        "header": (edge, edge, width - 2 * edge, TOUCH),
        "data": (edge, top, large, bottom - top),
        "progress": (edge, bottom + gap, width - 2 * edge, PROGRESS),
        "actions": (width - edge - SWITCHES - ACTING, edge, ACTING, TOUCH),  # on the header
        **_cards(right, top, rest, 4 if rest >= FAR_FOUR else 2, gap, least=0),
    }
    figures = (CARD + gap) * (1 if rest >= FAR_FOUR else 2)
    across = rest - gap - FAR_CHARTS if rest >= FAR_FOUR else rest
    field = (right, top + figures, across, bottom - top - figures)
    panels["error"] = _error(field)
    y, full = bottom + gap + PROGRESS + gap, width - 2 * edge
    half, controls = (full - gap) / 2, CONTROLS - ACTIONS + 8
    panels["controls"] = (edge, y, half, controls)
    panels["network"] = (edge + half + gap, y, half, controls)
    y += controls + gap
    if rest >= FAR_FOUR:
        panels["charts"] = (right + across + gap, field[1], FAR_CHARTS, field[3])
    else:
        panels["charts"] = (edge, y, full, CHARTS_HIGH)
        y += CHARTS_HIGH + gap
    for panel in more:
        panels[panel.name] = (edge, y, full, panel.height)
        y += panel.height + gap
    return panels, field, y - gap + edge


def _cards(
    left: float,
    top: float,
    width: float,
    in_row: int,
    gap: float = GAP,
    card: float = CARD,
    *,
    least: float = NARROWEST,
) -> dict[str, Box]:
    """The four cards in one row or two; in one, each is as wide as its figures need, where there is room."""
    shares, room = [1.0] * in_row, width - (in_row - 1) * gap
    if in_row == len(CARDS) and room / sum(SHARES.values()) >= least:
        shares = [SHARES[name] for name in CARDS]
    share = room / sum(shares)
    placed: dict[str, Box] = {}
    for k, name in enumerate(CARDS):
        column, row = k % in_row, k // in_row
        x = left + share * sum(shares[:column]) + column * gap
        placed[f"card_{name}"] = (x, top + row * (card + gap), share * shares[column], card)
    return placed


def _page(width: float, height: float, target: float, more: Sequence[Panel]) -> Arrangement:
    """Field, progress and figures in the whole width, then controls beside the network, data beside the charts."""
    extra = target - TOUCH  # units more that a finger needs where the interface is small
    full, controls, header = min(width, PAGE) - 2 * MARGIN, CONTROLS + TOUCHED + 7 * extra, HEADER + extra
    left, half, third = (width - full) / 2, (full - GAP) / 2, (full - 2 * GAP) / 3
    row = min(third + DATA, 400)
    panels: dict[str, Box] = {"header": (left, MARGIN / 1.3, full, header)}
    top = MARGIN / 1.3 + header + GAP
    card = TALL_CARD if full >= WIDE_ROW else CARD
    below = PROGRESS + card + controls + row + 4 * GAP
    field = (left, top, full, max(FIELD[1], height - top - below - MARGIN))
    y = top + field[3] + GAP
    panels["progress"] = (left, y, full, PROGRESS)
    y += PROGRESS + GAP
    panels |= _cards(left, y, full, 4, card=card)
    y += card + GAP
    panels["controls"] = (left, y, half, controls)
    panels["network"] = (left + half + GAP, y, half, controls)
    y += controls + GAP
    panels["data"] = (left, y, third, row)
    panels["charts"] = (left + third + GAP, y, 2 * third + GAP, row)
    panels["error"] = _error(field)
    y += row + GAP
    for panel in more:
        panels[panel.name] = (left, y, full, panel.height)
        y += panel.height + GAP
    return panels, field, y - GAP + MARGIN


def _stack(width: float, height: float, target: float, more: Sequence[Panel]) -> Arrangement:
    """One column: the field and the buttons first, so that a phone shows what matters without scrolling."""
    extra = target - TOUCH  # units more that a finger needs where the interface is small
    column, header, actions = min(width - 2 * MARGIN, COLUMN_ALONE[width > height]), HEADER + extra, ACTIONS + extra
    left, inside = (width - column) / 2, column >= INSIDE
    panels: dict[str, Box] = {"header": (left, MARGIN / 1.3, column, header)}
    y = MARGIN / 1.3 + header + GAP
    stamp = 0 if inside else (target + SWITCH) / 2  # units of the field above the notice, where the stamp is not inside
    low = FLAT if inside else stamp + 8 + FLAT
    below = PROGRESS + 22 + actions + 2 * GAP + MARGIN
    least = min(FIELD[0], max(low, height - y - GAP - below))  # a low window shows the buttons, too
    field = (left, y, column, min(FIELD[1], max(least, 0.3 * height)))
    y += field[3] + GAP
    for name, size in (("progress", PROGRESS + 22), ("actions", actions)):
        panels[name] = (left, y, column, size)
        y += size + GAP
    across = 4 if column >= 560 else 2
    panels |= _cards(left, y, column, across)
    y += 4 // across * (CARD + GAP)
    controls = CONTROLS - 64 + TOUCHED + 6 * extra
    data = min(column + DATA, 420)
    rest = [("data", data), ("controls", controls), ("network", 240), ("charts", CHARTS_HIGH)]
    rest += [(panel.name, panel.height) for panel in more]
    for name, tall in rest:
        panels[name] = (left, y, column, tall)
        y += tall + GAP
    panels["error"] = _error(field, below=stamp)
    return panels, field, y - GAP + MARGIN


def _beside(width: float, height: float, target: float, more: Sequence[Panel]) -> Arrangement:
    """Two columns, as high as they are: field, progress and answer; beside them buttons, figures and settings."""
    extra = target - TOUCH  # units more that a finger needs where the interface is small
    aside = max(ASIDE, 6 * (target + 6) - 6 + 2 * PAD, 7 * target + 2 * PAD)  # cells that a finger can hit, in a row
    left, right = MARGIN, width - MARGIN - aside
    across, header = right - GAP - left, HEADER + extra
    panels: dict[str, Box] = {"header": (left, MARGIN / 1.3, width - 2 * MARGIN, header)}
    top = MARGIN / 1.3 + header + GAP
    progress, actions = PROGRESS + 22, ACTIONS + extra
    field = (left, top, across, max(FIELD[0], height - top - GAP - progress - MARGIN))
    panels["progress"] = (left, top + field[3] + GAP, across, progress)
    panels["actions"] = (right, top, aside, actions)
    panels |= _cards(right, top + actions + GAP, aside, 2)
    ends = {left: panels["progress"][1] + progress + GAP, right: top + actions + 2 * (CARD + GAP) + GAP}
    beside = [("controls", right, CONTROLS - 64 + TOUCHED + 6 * extra), ("data", left, min(across + DATA, 420))]
    beside += [("network", left, 240), ("charts", right, CHARTS_HIGH)]
    for name, x, tall in beside:
        panels[name] = (x, ends[x], across if x == left else aside, tall)
        ends[x] += tall + GAP
    for panel in more:
        x = min(ends, key=lambda side: ends[side])
        panels[panel.name] = (x, ends[x], across if x == left else aside, panel.height)
        ends[x] += panel.height + GAP
    panels["error"] = _error(field)
    return panels, field, max(ends.values()) - GAP + MARGIN


def _charts(panel: Box) -> dict[str, Box]:
    """Both charts on one panel, one below the other, over one axis of epochs."""
    x, y, width, height = panel
    upper = (height - AXIS) / 2
    return {"loss_chart": (x, y, width, upper), "accuracy_chart": (x, y + upper, width, height - upper)}


def _error(field: Box, *, below: float = 0.0) -> Box:
    width = min(640.0, field[2] - 2 * GAP)
    gap = max(0.0, min(GAP, (field[3] - below - ERROR) / 2))
    return field[0] + (field[2] - width) / 2, field[1] + below + gap, width, ERROR
