"""The two small switches of the charts: a logarithmic axis, smooth curves."""

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.control_drawing import chip, chip_word
from scenes.kit.drawing import Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.shape_cache import ShapeCache

from .charts import View
from .control_slots import switch
from .controls import RunControls


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
        view = self._view
        places = {name: switch(drawing.layout, name) for name in ("log_axis", "smoothing")}
        chosen = {"log_axis": view.log, "smoothing": view.smooth}
        for name, place in places.items():
            chip(drawing, self._controls, name, place, on=chosen[name], blend=blend)

        def words() -> list[Item]:
            keys = (("log_axis", "chart.log"), ("smoothing", "chart.smooth"))
            return [chip_word(drawing, key, places[name], on=chosen[name]) for name, key in keys]

        drawing.words("chips", drawing.layout.panels["loss_chart"], tuple(chosen.values()), words)
