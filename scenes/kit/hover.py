"""Which panel the pointer is over: it is lifted a little, by its shadow and its border."""

from engine.input import Event, FocusLost, Move, Point, Press
from engine.motion import Eased

from .part import Moment, Part
from .places import Layout

RATE = 12.0  # per second
OUTSIDE: Point = (-1.0, -1.0)


class Hover(Part):
    """Remembers the pointer, and how far each panel is lifted: 0 to 1."""

    def __init__(self) -> None:
        self._pointer = OUTSIDE
        self._lifts: dict[str, Eased] = {}
        self._aim: tuple[Layout, Point] | None = None  # page and pointer that the lifts follow
        self._moving = True

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
        aim = self._aim
        if aim is None or aim[0] is not moment.page or aim[1] != self._pointer:
            self._aim = moment.page, self._pointer
            for name, rect in moment.page.panels.items():
                self._lifts.setdefault(name, Eased(0.0, rate=RATE)).target = float(rect.holds(self._pointer))
            self._moving = True
        if self._moving:
            for lift in self._lifts.values():
                lift.tick(dt)
            self._moving = any(lift.moving for lift in self._lifts.values())

    @property
    def rest(self) -> object:
        """What the lifts have come to rest for: another object once they have moved; None while one of them moves."""
        return None if self._moving else self._aim

    def lift(self, name: str, blend: float) -> float:
        """How far `name` is lifted, 0 to 1."""
        return self._lifts[name].at(blend) if name in self._lifts else 0.0
