"""The action buttons: the large one, Stop beside it, and a step where a run is paused."""

from dataclasses import replace

from engine.flat.fonts import Colour
from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.control_drawing import GROW, SHRINK, focus_ring, quiet_button, scaled
from scenes.kit.drawing import STRONG, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.shape_cache import ShapeCache
from scenes.training.lifecycle import Status

from .controls import RunControls, caption

SIZES, EDGE = (13, 12, 11), 12  # units high, of the words; at both sides of icon and words together
_WAITING = "loader-circle"
_ICONS = {
    "start": "play",
    "pause": "pause",
    "resume": "play",
    "retry": "rotate-ccw",
    "stop": "square",
    "undo": "undo-2",
}


class Actions(Part):
    """The large button and Stop."""

    def __init__(self, controls: RunControls) -> None:
        self._controls = controls
        self._cache = ShapeCache()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        self._cache.draw(drawing, self._controls.key(moment), lambda: self._draw(drawing, moment))

    def describe(self, moment: Moment) -> Entries:
        """See Part: the buttons have a panel of their own, even where they lie inside another one."""
        first, last = moment.page.slots["start"], moment.page.slots["stop"]
        return {"panels": lambda: {"actions": [first.x, first.y, last.right - first.x, first.h]}}

    def _draw(self, drawing: Drawing, moment: Moment) -> None:
        theme, controls, run, blend = drawing.theme, self._controls, moment.run, moment.blend
        name = controls.primary(run)
        waits = run.status is Status.LOADING
        other = "undo" if controls.ui.controls["undo"].visible else "stop"
        usable = controls.enabled(other)
        first = self._button(drawing, name, (theme.primary_start, theme.primary_end), dim=waits, blend=blend)
        second = self._button(drawing, other, None, dim=not usable, blend=blend)
        steps = bool(controls.ui.controls["step"].visible)
        if steps:
            quiet_button(drawing, controls, "step", blend)

        def words() -> list[Item]:
            icon = _WAITING if waits else _ICONS[name]
            main = _captioned(drawing, drawing.layout.slots[name], icon, caption(name, run), first)
            if steps:
                step = drawing.layout.slots["step"].middle
                main.append(drawing.icon("step-forward", step, size=15, colour=drawing.theme.text))
            return main + _captioned(drawing, drawing.layout.slots[other], _ICONS[other], caption(other, run), second)

        panel = "actions" if "actions" in drawing.layout.panels else "controls"
        drawing.words("actions", drawing.layout.panels[panel], (name, waits, other, usable, run.status), words)

    def _button(
        self, drawing: Drawing, name: str, fill: tuple[Colour, Colour] | None, *, dim: bool, blend: float
    ) -> Colour:
        """Draw the shape; the colour of what is written on it."""
        theme = drawing.theme
        slot, look = drawing.layout.slots[name], self._controls.reaction(name, blend)
        bounds = scaled(slot, 1 + GROW * look.hover - SHRINK * look.press)
        focus_ring(drawing, self._controls, name, slot, radius=10)
        if fill and not dim:
            glow = 0.0 if theme.light else 3.0 + 5.0 * look.hover
            drawing.shape(bounds, fill[0], second=fill[1], radius=10, glow=glow)
            return theme.on_accent
        if fill:
            drawing.shape(bounds, theme.track[0], alpha=drawing.ground(0.8), radius=10, sheen=0.6)
            return theme.text
        ink = theme.text if name == "undo" else theme.danger
        edge, alpha = (theme.track[0], 0.0) if dim else (ink, 0.08 + 0.06 * look.hover)
        drawing.shape(
            bounds,
            edge,
            alpha=alpha,
            radius=10,
            line=edge,
            line_width=1.2,
            line_alpha=0.35 if dim else 0.65 + 0.35 * look.hover,
        )
        return theme.muted if dim else ink


def _captioned(drawing: Drawing, slot: Rect, icon: str, key: str, ink: Colour) -> list[Item]:
    px = drawing.px
    size, gap = px(14), px(7)
    text = drawing.said(key, (0, 0), slot.w - size - gap - px(EDGE), sizes=SIZES, face=STRONG, colour=ink)
    x = slot.middle[0] - (drawing.width(text) + size + gap) / 2
    return [
        drawing.icon(icon, (x + size / 2, slot.middle[1]), size=14, colour=ink),
        replace(text, at=(x + size + gap, slot.middle[1] + px(4.5))),
    ]
