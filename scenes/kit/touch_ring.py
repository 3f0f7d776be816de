"""Where a script touches the screen while it is played before visitors: a ring that widens and fades."""

from engine.input import Point
from engine.motion import ease_out

from .drawing import Drawing
from .part import Moment, Part

SHOWN = 0.9  # seconds
REACH = (16.0, 30.0)  # units of radius, at first and at the end
FILL, LINE = 0.22, 0.9  # opacity at first


class TouchRing:
    """The latest touch, and how long ago it was."""

    def __init__(self) -> None:
        self._at: Point = (0.0, 0.0)
        self._age = SHOWN

    @property
    def at(self) -> Point | None:
        """Where the ring is, pixels; None once it has faded."""
        return self._at if self._age < SHOWN else None

    def show(self, at: Point) -> None:
        """Somebody's finger is at `at`, pixels."""
        self._at, self._age = at, 0.0

    def clear(self) -> None:
        """No finger."""
        self._age = SHOWN

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self._age = min(SHOWN, self._age + dt)

    @property
    def share(self) -> float:
        """How far it has faded, 0 to 1."""
        return self._age / SHOWN


class TouchMark(Part):
    """The ring, as long as it is to be seen."""

    def __init__(self, ring: TouchRing) -> None:
        self._ring = ring

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        at, share = self._ring.at, self._ring.share
        if not at:
            return
        radius = REACH[0] + (REACH[1] - REACH[0]) * ease_out(share)
        side, theme = 2 * drawing.px(radius), drawing.theme
        place = (at[0] - side / 2, at[1] - side / 2, side, side)
        drawing.shape(
            place,
            theme.text,
            alpha=FILL * (1 - share),
            radius=radius,
            line=theme.text,
            line_width=2.0,
            line_alpha=LINE * (1 - share),
        )
