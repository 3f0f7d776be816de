"""Looking at any epoch: the pointer over a chart reads it, pressing there or on the bar shows it again."""

from engine.input import Event, FocusLost, Move, Point, Press, Release
from engine.scene import Entries
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.training.controller import TrainingController
from scenes.training.snapshot import Snapshot

from .charts import View, last_of, plot_of
from .layout import CHARTS
from .stats import bar_of

REACH = 16  # units around the bar that still hit it: 44 in all, for a finger


class Timeline(Part):
    """Knows which epoch the pointer is over, and lets the controller look there."""

    def __init__(self, controller: TrainingController, view: View) -> None:
        self._controller = controller
        self._view = view
        self._held: Rect | None = None

    def handle(self, event: Event, moment: Moment) -> bool:
        """Follow the pointer; True for what was used."""
        layout, snapshot = moment.page, moment.run
        match event:
            case Press(at):
                self._held = self._under(at, moment, bar=True)
                return self._look(at, layout, snapshot)
            case Move(at):
                over = self._under(at, moment, bar=False)
                epoch = _epoch(at, over, last_of(snapshot)) if over and snapshot.head else 0
                self._view.cursor = epoch if 0 < epoch <= snapshot.head else None
                return self._look(at, layout, snapshot)
            case Release():
                used, self._held = self._held is not None, None
                return used
            case FocusLost():
                self._held = self._view.cursor = None
        return False

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"hover": lambda: self._view.cursor}

    def _look(self, at: Point, layout: Layout, snapshot: Snapshot) -> bool:
        if self._held is None:
            return False
        on_bar = self._held == bar_of(layout)
        last = (snapshot.epochs or snapshot.head) if on_bar else last_of(snapshot)
        if not self._controller.look(min(_epoch(at, self._held, last), snapshot.head)):
            self._held = None
            return False
        return True

    def _under(self, at: Point, moment: Moment, *, bar: bool) -> Rect | None:
        layout = moment.page
        places = [plot_of(layout, layout.panels[name], moment.run) for name in CHARTS]
        if bar:
            rail, out = bar_of(layout), layout.px(REACH)
            if Rect(rail.x - out, rail.y - out, rail.w + 2 * out, rail.h + 2 * out).holds(at):
                return rail
        return next((place for place in places if place.holds(at)), None)


def _epoch(at: Point, place: Rect, last: int) -> int:
    """The epoch nearest to the pointer, from 1 to the `last` that `place` has room for."""
    share = min(1.0, max(0.0, (at[0] - place.x) / max(1, place.w)))
    return 1 + round(share * max(0, last - 1))
