"""The small switches of the charts: a logarithmic axis, smooth curves, seconds instead of epochs, or all as a table."""

from collections.abc import Callable, Mapping

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.control_drawing import chip, chip_word
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.shape_cache import ShapeCache

from .chart_axes import timed
from .layout import CHIPS
from .view import View

OF_CURVES = ("log_axis", "smoothing", "seconds")


class Chips(Part):
    """Those of curves are there where curves are; seconds can be had where every run tells them."""

    def __init__(self, view: View, controls: ControlSet) -> None:
        self._view, self._controls, self._cache = view, controls, ShapeCache()
        controls.values |= {
            "log_axis": lambda: view.log,
            "smoothing": lambda: view.smooth,
            "seconds": lambda: view.by_seconds,
            "figures": lambda: view.table,
        }

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        view = self._view
        acts = (view.toggle_log, view.toggle_smooth, view.toggle_seconds, view.toggle_table)
        return dict(zip(CHIPS, acts, strict=True))

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        told, table = self._view.companions(moment.run, moment.theme.language), self._view.table
        for name in OF_CURVES:
            self._controls.ui.show(name, visible=not table, enabled=not table and (name != "seconds" or timed(told)))

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        view = self._view
        shown = [name for name in CHIPS if name == "figures" or not view.table]
        on = {"log_axis": view.log, "smoothing": view.smooth, "seconds": view.by_seconds, "figures": view.table}
        can = self._controls.enabled("seconds")
        key = self._controls.key(moment, drawing.layout, can, *on.values())
        self._cache.draw(drawing, key, lambda: self._draw(drawing, shown, on, moment.blend))
        rect = drawing.layout.panels["table" if view.table else "loss"]
        drawing.words("chips", rect, (view.table, can, *on.values()), lambda: self._words(drawing, shown, on))

    def _draw(self, drawing: Drawing, shown: list[str], on: dict[str, bool], blend: float) -> None:
        for name in shown:
            chip(drawing, self._controls, name, drawing.layout.slots[name], on=on[name], blend=blend)

    def _words(self, drawing: Drawing, shown: list[str], on: dict[str, bool]) -> list[Item]:
        keys = {name: f"compare.{name}" for name in CHIPS} | {"log_axis": "chart.log", "smoothing": "chart.smooth"}
        return [chip_word(drawing, keys[name], drawing.layout.slots[name], on=on[name]) for name in shown]

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        name = "table" if self._view.table else "loss"
        return {"panels": lambda: {"chips": list(moment.page.panels[name].bounds)}}
