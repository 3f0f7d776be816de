"""The pointer of a script: where it is, and whether its button is down. Lets no time pass."""

from collections.abc import Callable

from engine.input import Event, FocusLost, Move, Point, Press, Release


class Pointer:
    """Tells `act` of all that it does."""

    def __init__(self, act: Callable[[Event], object]) -> None:
        self.at: Point = (-1.0, -1.0)
        self._act = act
        self._held = False

    def move(self, to: Point) -> None:
        """Go there, whether the button is down or not."""
        by = (to[0] - self.at[0], to[1] - self.at[1])
        self.at = to
        self._act(Move(to, by, self._held))

    def down(self, at: Point) -> None:
        """Press the button there."""
        self.move(at)
        self._held = True
        self._act(Press(at))

    def up(self, *, seen: bool = True) -> None:
        """Release the button; not `seen` as when another window comes to the front."""
        self._held = False
        self._act(Release(self.at) if seen else FocusLost())
