"""The two small switches of the charts: a logarithmic axis, smooth curves."""

from engine.overlay import Item

from .buttons import focus_ring, scaled
from .charts import View
from .controls import Controls
from .drawing import DIGITS, Drawing
from .header import switch


def draw_chips(drawing: Drawing, controls: Controls, view: View, *, blend: float) -> None:
    """How the curves are drawn: on a logarithmic axis, smoothed."""
    theme = drawing.theme
    places = {name: switch(drawing, name) for name in ("log_axis", "smoothing")}
    chosen = {"log_axis": view.log, "smoothing": view.smooth}
    inks = {name: theme.text if on else theme.muted for name, on in chosen.items()}
    for name, place in places.items():
        alpha = theme.track[1] * (0.45 + 0.6 * controls.look(name, blend).hover + 1.1 * chosen[name])
        focus_ring(drawing, controls, name, place, radius=8)
        drawing.shape(scaled(place, 0.88), theme.track[0], alpha=alpha, radius=7)

    def words() -> list[Item]:
        at = places["log_axis"].middle
        log = drawing.text(
            "log", (at[0], at[1] + drawing.px(3.5)), size=11, face=DIGITS, colour=inks["log_axis"], align="middle"
        )
        return [log, drawing.icon("spline", places["smoothing"].middle, size=14, colour=inks["smoothing"])]

    panel = drawing.layout.panels["loss_chart"]
    drawing.words("chips", panel, tuple(chosen.values()), words)
