"""What the verbs of a script act on: an app without a window, its screen, a pointer, ticks and files. Knows no verb."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from engine.app import App
from engine.films.clips import Clips
from engine.input import Event, Point

from .pointer import Pointer
from .screen import Screen, Told
from .words import VerbError, guess, is_number, number

Shown = TypeVar("Shown", bound=Screen, covariant=True)
Tick = Callable[["Pilot[Any]"], None]  # lets one tick pass


def plain_tick(pilot: "Pilot[Any]") -> None:
    """A tick at once, and a frame of each film. Raises VerbError after the end of the program, and FilmError."""
    if not pilot.app.scenes:
        raise VerbError("the program has ended: no verb can follow")
    pilot.app.tick()
    pilot.films.tick()


HERE = "here"


class Pilot(Generic[Shown]):
    """Drives `app`, whose `screen` it sees. `ticking` is how a tick passes, `act` takes what a hand does.

    `written` are the files of its shots, `marks` the moments that have a name: with the tick at which each was reached.
    """

    def __init__(
        self,
        app: App,
        screen: Shown,
        *,
        out: Path,
        ticking: Tick = plain_tick,
        act: Callable[[Event], object] | None = None,
    ) -> None:
        self.app = app
        self.screen = screen
        self.out = out
        self.ticking = ticking
        self.act = act or app.handle
        self.pointer = Pointer(self.act)
        self.films = Clips(app, out)
        self.written: list[Path] = []
        self.marks: list[tuple[str, int]] = []

    def tick(self, count: int = 1) -> None:
        """Let so many ticks pass."""
        for _ in range(count):
            self.ticking(self)

    def cause(self) -> str:
        """See Screen."""
        return self.screen.cause()

    def told(self) -> Told:
        """The description, with the mark that was passed last, if any."""
        return Told(self.screen, {"mark": self.marks[-1][0]} if self.marks else {})

    def find(self, where: str, value: str | None) -> Point:
        """The place that a script names, the point X Y, or `here`, where the pointer is. Raises VerbError."""
        if where == HERE:
            return self.pointer.at
        if is_number(where):
            if value is None:
                raise VerbError(f"'{where}' needs a second number: X Y in pixels")
            return self._inside((number(where), number(value)))
        at = self.screen.place(where, value)
        if at is None:
            known = self.screen.names()
            if where not in known:
                raise VerbError(f"there is nothing called '{where}'{guess(where, known)}")
            told = f"'{where}' has no '{value}'" if value else f"'{where}' needs a value, or is not to be seen now"
            raise VerbError(told)
        return at

    def _inside(self, at: Point) -> Point:
        width, height = self.app.renderer.size
        if not (0 <= at[0] < width and 0 <= at[1] < height):
            raise VerbError(f"{at[0]:g} {at[1]:g} lies outside the picture of {width}x{height}")
        return at
