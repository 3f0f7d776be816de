"""How the action buttons look, and what a control shows under hand and key."""

from engine.flat.fonts import Colour
from engine.flat.overlay import Item
from scenes.kit.drawing import STRONG, Drawing
from scenes.kit.places import Rect
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from .controls import Controls, caption

GROW, SHRINK = 0.02, 0.04  # of a button, hovered and pressed
CELL_GROW, CELL_SHRINK = 0.05, 0.10  # of a cell of a grid and of the theme's switch
_WAITING = "loader-circle"
_ICONS = {"start": "play", "pause": "pause", "resume": "play", "retry": "rotate-ccw", "stop": "square"}


def draw_actions(drawing: Drawing, panel: str, controls: Controls, snapshot: Snapshot, *, blend: float) -> None:
    """The large button and Stop."""
    theme = drawing.theme
    name = controls.primary(snapshot)
    waits = snapshot.status is Status.LOADING
    stoppable = controls.enabled("stop")
    first = _button(drawing, controls, name, (theme.primary_start, theme.primary_end), dim=waits, blend=blend)
    second = _button(drawing, controls, "stop", None, dim=not stoppable, blend=blend)
    steps = bool(controls.ui.controls["step"].visible)
    if steps:
        _plain(drawing, controls, "step", blend)

    def words() -> list[Item]:
        icon = _WAITING if waits else _ICONS[name]
        main = _captioned(drawing, drawing.layout.slots[name], icon, caption(name, snapshot), first)
        if steps:
            step = drawing.layout.slots["step"].middle
            main.append(drawing.icon("step-forward", step, size=15, colour=drawing.theme.text))
        return main + _captioned(
            drawing, drawing.layout.slots["stop"], _ICONS["stop"], caption("stop", snapshot), second
        )

    drawing.words("actions", drawing.layout.panels[panel], (name, waits, stoppable, snapshot.status), words)


def focus_ring(drawing: Drawing, controls: Controls, name: str, rect: Rect, *, radius: float) -> None:
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


def _button(
    drawing: Drawing, controls: Controls, name: str, fill: tuple[Colour, Colour] | None, *, dim: bool, blend: float
) -> Colour:
    """Draw the shape; the colour of what is written on it."""
    theme = drawing.theme
    slot, look = drawing.layout.slots[name], controls.look(name, blend)
    bounds = scaled(slot, 1 + GROW * look.hover - SHRINK * look.press)
    focus_ring(drawing, controls, name, slot, radius=10)
    if fill and not dim:
        glow = 0.0 if theme.light else 3.0 + 5.0 * look.hover
        drawing.shape(bounds, fill[0], second=fill[1], radius=10, glow=glow)
        return theme.on_accent
    if fill:
        drawing.shape(bounds, theme.track[0], alpha=drawing.ground(0.8), radius=10, sheen=0.6)
        return theme.text
    edge, alpha = (theme.track[0], 0.0) if dim else (theme.danger, 0.08 + 0.06 * look.hover)
    drawing.shape(
        bounds,
        edge,
        alpha=alpha,
        radius=10,
        line=edge,
        line_width=1.2,
        line_alpha=0.35 if dim else 0.65 + 0.35 * look.hover,
    )
    return theme.muted if dim else theme.danger


def _plain(drawing: Drawing, controls: Controls, name: str, blend: float) -> None:
    """A quiet button for an icon."""
    slot, look, theme = drawing.layout.slots[name], controls.look(name, blend), drawing.theme
    focus_ring(drawing, controls, name, slot, radius=10)
    bounds = scaled(slot, 1 + GROW * look.hover - SHRINK * look.press)
    drawing.shape(bounds, theme.track[0], alpha=drawing.ground(1 + 0.6 * look.hover), radius=10)


def _captioned(drawing: Drawing, slot: Rect, icon: str, text: str, ink: Colour) -> list[Item]:
    px = drawing.px
    size, gap = px(14), px(7)
    width = drawing.overlay.fonts.width(text, STRONG, px(13))
    x = slot.middle[0] - (width + size + gap) / 2
    return [
        drawing.icon(icon, (x + size / 2, slot.middle[1]), size=14, colour=ink),
        drawing.text(text, (x + size + gap, slot.middle[1] + px(4.5)), size=13, face=STRONG, colour=ink),
    ]
