"""How controls look under hand and key: the ring of the focus, growing and giving way, a quiet button."""

from engine.flat.overlay import Text

from .control_set import ControlSet
from .drawing import DIGITS, Drawing
from .places import Rect

GROW, SHRINK = 0.02, 0.04  # of a button, hovered and pressed
CHIP = 0.88  # of the room in which a small switch can be hit
CHIP_SIZES = (11, 10, 9)  # units high, of its word: the largest that has room
CELL_GROW, CELL_SHRINK = 0.05, 0.10  # of a cell of a grid and of the theme's switch


def focus_ring(drawing: Drawing, controls: ControlSet, name: str, rect: Rect, *, radius: float) -> None:
    """A ring around what has the keyboard's focus."""
    if controls.ui.by_key and controls.ui.focused == name:
        out = drawing.px(3)
        bounds = (rect.x - out, rect.y - out, rect.w + 2 * out, rect.h + 2 * out)
        drawing.shape(
            bounds, drawing.theme.accent, alpha=0.0, radius=radius + 3, line=drawing.theme.accent, line_width=2.0
        )


def scaled(rect: Rect, factor: float) -> tuple[float, float, float, float]:
    """`rect`, grown about its middle."""
    w, h = rect.w * factor, rect.h * factor
    return rect.middle[0] - w / 2, rect.middle[1] - h / 2, w, h


def quiet_button(drawing: Drawing, controls: ControlSet, name: str, blend: float) -> None:
    """A button without colour, for an icon or a word."""
    slot, look, theme = drawing.layout.slots[name], controls.reaction(name, blend), drawing.theme
    focus_ring(drawing, controls, name, slot, radius=10)
    bounds = scaled(slot, 1 + GROW * look.hover - SHRINK * look.press)
    drawing.shape(bounds, theme.track[0], alpha=drawing.ground(1 + 0.6 * look.hover), radius=10)


def chip(drawing: Drawing, controls: ControlSet, name: str, place: Rect, *, on: bool, blend: float) -> None:
    """A small switch in the middle of where it is hit: lit where it is `on`."""
    theme, hover = drawing.theme, controls.reaction(name, blend).hover
    bounds = scaled(place, CHIP + CELL_GROW * hover)
    focus_ring(drawing, controls, name, place, radius=8)
    if on:
        drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=7)
    else:
        drawing.shape(bounds, theme.track[0], alpha=drawing.ground(0.4 + 0.4 * hover), radius=7)


def chip_word(drawing: Drawing, key: str, place: Rect, *, on: bool) -> Text:
    """What stands on it."""
    at, room = (place.middle[0], place.middle[1] + drawing.px(3.5)), CHIP * place.w - drawing.px(2)
    ink = drawing.theme.on_accent if on else drawing.theme.muted
    return drawing.said(key, at, room, sizes=CHIP_SIZES, face=DIGITS, colour=ink, align="middle")
