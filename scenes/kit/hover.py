"""Which panel the pointer is over: it is lifted a little, by its shadow and its border."""

from engine.input import Event, FocusLost, Move, Point, Press
from engine.motion import Eased

from .part import Moment, Part

RATE = 12.0  # per second
OUTSIDE: Point = (-1.0, -1.0)


class Hover(Part):
    """Remembers the pointer, and how far each panel is lifted: 0 to 1."""

    def __init__(self) -> None:
        self._pointer = OUTSIDE
        self._lifts: dict[str, Eased] = {}

    def handle(self, event: Event, moment: Moment) -> bool:
        """Follow the pointer, and use nothing."""
        match event:
            case Move(at) | Press(at):
                self._pointer = at
            case FocusLost():
                self._pointer = OUTSIDE
        return False

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        for name, rect in moment.page.panels.items():
            lift = self._lifts.setdefault(name, Eased(0.0, rate=RATE))
            lift.target = float(rect.holds(self._pointer))
            lift.tick(dt)

    def lift(self, name: str, blend: float) -> float:
        """How far `name` is lifted, 0 to 1."""
        return self._lifts[name].at(blend) if name in self._lifts else 0.0
