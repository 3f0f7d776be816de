"""Both charts in a scene of their own, as large as the window: what the charts' own speed is measured on."""

from collections.abc import Sequence

from engine.scene import SceneStack
from scenes.kit.context import SceneContext
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Layout, Panel, Rect

from .charts import Chart, View
from .control_slots import chart_slots
from .layout import CHARTS

MARGIN = 24  # pixels


def charts_alone(context: SceneContext, scenes: SceneStack) -> PartScene:
    """The scene; it has no buttons, and nothing to be laid on `scenes`."""
    view = View()
    loss = Chart("loss_chart", view, ceiling=None, suffix="")
    accuracy = Chart("accuracy_chart", view, ceiling=100.0, suffix="%")
    return PartScene("charts", context, _arrange, [loss, accuracy])


def _arrange(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
    """One below the other, without panes of glass."""
    wide, high = max(1, size[0] - 2 * MARGIN), max(1, (size[1] - 3 * MARGIN) // 2)
    places = {name: Rect(MARGIN, MARGIN + row * (high + MARGIN), wide, high) for row, name in enumerate(CHARTS)}
    slots = {name: Rect(*map(round, box)) for name, box in chart_slots(places[CHARTS[0]].bounds, 0.0).items()}
    return Layout(size, scale, True, places, slots, Rect(0, 0, 1, 1), size[1], floating=frozenset(CHARTS))
