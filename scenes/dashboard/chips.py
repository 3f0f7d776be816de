"""The two small switches of the charts: a logarithmic axis, smooth curves."""

from engine.flat.overlay import Item
from scenes.kit.drawing import DIGITS, Drawing

from .buttons import CELL_GROW, focus_ring, scaled
from .charts import View
from .controls import Controls
from .header import switch

SIZE = 0.88  # of the room that can be hit


def draw_chips(drawing: Drawing, controls: Controls, view: View, *, blend: float) -> None:
    """How the curves are drawn: on a logarithmic axis, smoothed."""
    theme = drawing.theme
    places = {name: switch(drawing, name) for name in ("log_axis", "smoothing")}
    chosen = {"log_axis": view.log, "smoothing": view.smooth}
    inks = {name: theme.on_accent if on else theme.muted for name, on in chosen.items()}
    for name, place in places.items():
        hover = controls.look(name, blend).hover
        bounds = scaled(place, SIZE + CELL_GROW * hover)
        focus_ring(drawing, controls, name, place, radius=8)
        if chosen[name]:
            drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=7)
        else:
            drawing.shape(bounds, theme.track[0], alpha=drawing.ground(0.4 + 0.4 * hover), radius=7)

    def words() -> list[Item]:
        at = places["log_axis"].middle
        log = drawing.text(
            "log", (at[0], at[1] + drawing.px(3.5)), size=11, face=DIGITS, colour=inks["log_axis"], align="middle"
        )
        return [log, drawing.icon("spline", places["smoothing"].middle, size=14, colour=inks["smoothing"])]

    panel = drawing.layout.panels["loss_chart"]
    drawing.words("chips", panel, tuple(chosen.values()), words)
