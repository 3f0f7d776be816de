"""How controls look under hand and key: the ring of the focus, growing and giving way, a quiet button."""

from .control_set import ControlSet
from .drawing import Drawing
from .places import Rect

GROW, SHRINK = 0.02, 0.04  # of a button, hovered and pressed
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
