"""No way out for visitors: what of the window's input an exhibit hears at all, and the corner that staff holds."""

from collections.abc import Callable

from engine.input import Drop, Event, FocusLost, Key, Move, Point, Press, Quit, Release

HELD = 3.0  # seconds that the corner has to be held
CORNER = 72  # pixels of a side of it
LOCKED = frozenset({"escape", "f11", "f", "f12"})  # leave, fill or unfill the screen, keep a picture
CHORDS = frozenset({"z", "y"})  # that visitors may use with Ctrl: undo, do it again


class Guard:
    """Stands before everything else that hears. `opened` is called once the corner has been held for long enough.

    While it is `shut`, nobody hears anything: the screen sleeps.
    """

    def __init__(self, opened: Callable[[], object]) -> None:
        self._opened = opened
        self._held: float | None = None  # seconds so far
        self.shut = False

    def hear(self, event: Event) -> bool:
        """Whether others are to hear of it."""
        if isinstance(event, Press):
            self._held = 0.0 if in_corner(event.at) else None
        elif isinstance(event, Release | FocusLost) or (isinstance(event, Move) and not in_corner(event.at)):
            self._held = None
        return not self.shut and not isinstance(event, Quit | Drop) and not locked(event)

    def tick(self, seconds: float) -> None:
        """Time has passed."""
        if self._held is None:
            return
        self._held += seconds
        if self._held >= HELD:
            self._held = None
            self._opened()


def in_corner(at: Point) -> bool:
    """Whether that is the corner of the staff: the upper left one."""
    return at[0] < CORNER and at[1] < CORNER


def locked(event: Event) -> bool:
    """Whether it is a key that would lead out, or in."""
    return isinstance(event, Key) and (event.name not in CHORDS if event.ctrl else event.name in LOCKED)
