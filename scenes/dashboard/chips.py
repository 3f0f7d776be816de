"""The two small switches of the charts: a logarithmic axis, smooth curves."""

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.control_drawing import CELL_GROW, focus_ring, scaled
from scenes.kit.drawing import DIGITS, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.shape_cache import ShapeCache

from .charts import View
from .control_slots import switch
from .controls import RunControls

SIZE = 0.88  # of the room that can be hit
WORDS = (11, 10, 9)  # units high: the largest that has room


class Chips(Part):
    """How the curves are drawn: on a logarithmic axis, smoothed."""

    def __init__(self, controls: RunControls, view: View) -> None:
        self._controls, self._view = controls, view
        self._cache = ShapeCache()
        controls.values |= {"log_axis": lambda: view.log, "smoothing": lambda: view.smooth}

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        key = self._controls.key(moment, self._view.log, self._view.smooth)
        self._cache.draw(drawing, key, lambda: self._draw(drawing, moment.blend))

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"panels": lambda: {"chips": list(moment.page.panels["loss_chart"].bounds)}}

    def begin_anew(self) -> None:
        """See Part."""
        self._view.log = self._view.smooth = False

    def _draw(self, drawing: Drawing, blend: float) -> None:
        theme, view = drawing.theme, self._view
        places = {name: switch(drawing.layout, name) for name in ("log_axis", "smoothing")}
        chosen = {"log_axis": view.log, "smoothing": view.smooth}
        inks = {name: theme.on_accent if on else theme.muted for name, on in chosen.items()}
        for name, place in places.items():
            hover = self._controls.reaction(name, blend).hover
            bounds = scaled(place, SIZE + CELL_GROW * hover)
            focus_ring(drawing, self._controls, name, place, radius=8)
            if chosen[name]:
                drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=7)
            else:
                drawing.shape(bounds, theme.track[0], alpha=drawing.ground(0.4 + 0.4 * hover), radius=7)

        def words() -> list[Item]:
            at = {name: (place.middle[0], place.middle[1] + drawing.px(3.5)) for name, place in places.items()}
            room = {name: SIZE * place.w - drawing.px(2) for name, place in places.items()}
            return [
                drawing.said(key, at[name], room[name], sizes=WORDS, face=DIGITS, colour=inks[name], align="middle")
                for name, key in (("log_axis", "chart.log"), ("smoothing", "chart.smooth"))
            ]

        drawing.words("chips", drawing.layout.panels["loss_chart"], tuple(chosen.values()), words)
