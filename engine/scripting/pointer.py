"""The pointer of a script: where it is, what it finds by name, and the ticks that pass under it. Knows no verb."""

from collections.abc import Callable
from typing import Any

from engine.app import App
from engine.input import FocusLost, Move, Point, Press, Release

from .words import VerbError, guess, is_number, number

Place = Callable[[str, str | None], Point | None]
Describe = Callable[[], dict[str, Any]]


class Pointer:
    """Moves over an app. `place` finds what has a name on the screen, `describe` tells what is there."""

    def __init__(self, app: App, *, place: Place, describe: Describe) -> None:
        self._app = app
        self._place = place
        self._describe = describe
        self._pointer: Point = (-1.0, -1.0)
        self._held = False

    def _tick(self) -> None:
        if not self._app.scenes:
            raise VerbError("the program has ended: no verb can follow")
        self._app.tick()

    def _pass(self, count: int) -> None:
        for _ in range(count):
            self._tick()

    def _point(self, at: Point) -> None:
        by = (at[0] - self._pointer[0], at[1] - self._pointer[1])
        self._pointer = at
        self._app.handle(Move(at, by, self._held))

    def _down(self, at: Point) -> None:
        self._point(at)
        self._held = True
        self._app.handle(Press(at))

    def _up(self, how: str) -> None:
        if how != "no":
            self._held = False
            self._app.handle(Release(self._pointer) if how == "yes" else FocusLost())
            self._tick()

    def _at(self, where: str, value: str | None) -> Point:
        if is_number(where):
            if value is None:
                raise VerbError(f"'{where}' needs a second number: X Y in pixels")
            return self._inside((number(where), number(value)))
        at = self._place(where, value)
        if at is None:
            known = [*self._describe()["controls"], *self._describe()["panels"], "field"]
            if where not in known:
                raise VerbError(f"there is nothing called '{where}'{guess(where, known)}")
            told = f"'{where}' has no '{value}'" if value else f"'{where}' needs a value, or is not to be seen now"
            raise VerbError(told)
        return at

    def _inside(self, at: Point) -> Point:
        width, height = self._app.renderer.size
        if not (0 <= at[0] < width and 0 <= at[1] < height):
            raise VerbError(f"{at[0]:g} {at[1]:g} lies outside the picture of {width}x{height}")
        return at

    def _way(self, where: str, *way: str) -> tuple[Point, Point]:
        if is_number(where) and len(way) == 3:
            start = self._at(where, way[0])
            return start, (start[0] + number(way[1]), start[1] + number(way[2]))
        start = self._at(where, None)
        if len(way) == 1:
            return start, self._at(where, way[0])
        if len(way) == 2:
            return start, (start[0] + number(way[0]), start[1] + number(way[1]))
        raise VerbError("drag takes a slider and a value, or a place and a distance DX DY")
