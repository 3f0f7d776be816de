"""Drives an App without a window: ticks, pointer, keys, shots. Every public method is a verb of the script language."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from . import png
from .app import App
from .films.clips import Clips
from .films.encoder import FilmError
from .input import Key, Move, Point, Press, Release, Resize, Scroll
from .words import LONGEST_NUMBER, VerbError, guess, is_number, known_key, number, ticks

DRAG_TICKS = 12  # a drag is spread over so many ticks, as a hand would
LARGEST = 16384  # pixels of a side

Place = Callable[[str, str | None], Point | None]
Describe = Callable[[], dict[str, Any]]


class Pilot:
    """The verbs that any app has. `place` finds what has a name on the screen, `describe` tells what is there."""

    def __init__(
        self,
        app: App,
        *,
        place: Place,
        describe: Describe,
        status: Callable[[], str],
        out: Path,
        statuses: Sequence[str] = (),
    ) -> None:
        self._app = app
        self._place = place
        self._describe = describe
        self._status = status
        self._statuses = statuses
        self._out = out
        self._pointer: Point = (-1.0, -1.0)
        self.written: list[Path] = []
        self.marks: list[tuple[str, int]] = []
        self.films = Clips(app, out)

    def size(self, size: str) -> None:
        """size WIDTHxHEIGHT: make the picture so many pixels large."""
        width, _, height = size.partition("x")
        readable = width.isdecimal() and height.isdecimal() and len(size) <= 2 * LONGEST_NUMBER
        if not readable or not min(int(width), int(height)) >= 64:
            raise VerbError(f"'{size}' is not WIDTHxHEIGHT of at least 64 pixels, as in 1280x720")
        if max(int(width), int(height)) > LARGEST:
            raise VerbError(f"'{size}' has a side above {LARGEST} pixels")
        self._app.handle(Resize((int(width), int(height))))

    def run(self, duration: str) -> None:
        """run DURATION: let time pass; DURATION as 2s, 250ms or 90ticks."""
        for _ in range(ticks(duration)):
            self._tick()

    def until(self, status: str, within: str = "30s") -> None:
        """until STATUS [within=30s]: let time pass until the screen says so; fails if it never does."""
        if self._statuses and status not in self._statuses:
            raise VerbError(f"there is no status '{status}'{guess(status, self._statuses)}")
        for _ in range(ticks(within)):
            if self._status() == status:
                return
            self._tick()
        now = self._status()
        if now != status:
            raise VerbError(f"the status is still '{now}' after {within}, not '{status}'")

    def press(self, name: str, value: str | None = None) -> None:
        """press CONTROL [VALUE]: use a control; fails if it is hidden or disabled."""
        control = self._describe()["controls"].get(name)
        if control is None:
            raise VerbError(f"there is no control '{name}'{guess(name, self._describe()['controls'])}")
        if not control["enabled"]:
            raise VerbError(f"the control '{name}' cannot be used now")
        self.click(name, value)

    def click(self, where: str, value: str | None = None) -> None:
        """click CONTROL [VALUE] | PANEL | X Y: press and release the pointer there."""
        self._point(self._at(where, value))
        self._app.handle(Press(self._pointer))
        self._tick()
        self._app.handle(Release(self._pointer))
        self._tick()

    def drag(self, where: str, *way: str) -> None:
        """drag SLIDER VALUE | PANEL DX DY | X Y DX DY: press, move over a fifth of a second, release."""
        start, end = self._way(where, *way)
        self._point(start)
        self._app.handle(Press(start))
        for step in range(1, DRAG_TICKS + 1):
            share = step / DRAG_TICKS
            at = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            self._point(at, held=True)
            self._tick()
        self._app.handle(Release(end))
        self._tick()

    def scroll(self, where: str, *rest: str) -> None:
        """scroll CONTROL|PANEL STEPS | X Y STEPS: turn the wheel there; positive is away from you."""
        if len(rest) not in (1, 2):
            raise VerbError("scroll takes a place and a number of steps")
        self._point(self._at(where, rest[0] if len(rest) == 2 else None))
        self._app.handle(Scroll(self._pointer, number(rest[-1])))
        self._tick()

    def key(self, name: str) -> None:
        """key NAME: press a key: space, t, f11, left, shift+tab, ctrl+q."""
        *modifiers, plain = name.lower().split("+") if name != "+" else ["+"]
        if not known_key(plain):
            raise VerbError(f"there is no key '{plain}'")
        self._app.handle(Key(plain, shift="shift" in modifiers, ctrl="ctrl" in modifiers))
        self._tick()

    def shot(self, name: str) -> None:
        """shot NAME: write NAME.png and NAME.json of what is on the screen."""
        if not name.replace("-", "").replace("_", "").isalnum():
            raise VerbError(f"'{name}' is no name for a file: use letters, digits, - and _")
        if self._out / f"{name}.png" in self.written:
            raise VerbError(f"there is a shot '{name}' already: each needs a name of its own")
        self._app.draw()
        pixels = self._app.renderer.pixels()
        picture, told = self._out / f"{name}.png", self._out / f"{name}.json"
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            picture.write_bytes(png.encoded(pixels))
            told.write_text(json.dumps(self._describe(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        except OSError as why:
            raise VerbError(f"{picture} cannot be written ({why})") from None
        self.written += [picture, told]

    def film(self, name: str, *span: str, fps: str = "") -> None:
        """film NAME [from MARK] [to MARK] [fps=60]: keep every frame between two marks that come later.

        NAME alone is NAME.mp4; NAME.webp and NAME.gif are those, with 30 frames a second unless told otherwise; NAME/
        is a folder of numbered pictures. Without `from` it begins here, without `to` it ends with the script.

            film opening/ from start to end
            mark start
            run 200ms
            mark end
        """
        words = dict(zip(span[::2], span[1::2], strict=False))
        if not words.keys() <= {"from", "to"} or 2 * len(words) != len(span):
            raise VerbError(f"'{' '.join(span)}' is not 'from MARK', 'to MARK' or both")
        if not name.removesuffix("/").replace(".", "", 1).replace("-", "").replace("_", "").isalnum():
            raise VerbError(f"'{name}' is no name for a film: use letters, digits, - and _")
        try:
            out = self.films.add(name, begin=words.get("from", ""), end=words.get("to", ""), fps=fps)
        except FilmError as why:
            raise VerbError(str(why)) from None
        self.written += [out] if self.films.kept else []

    def mark(self, name: str, /) -> None:
        """mark NAME: name this moment."""
        self.marks.append((name, self._app.clock.count))
        self.films.mark(name)

    def _tick(self) -> None:
        if not self._app.scenes:
            raise VerbError("the program has ended: no verb can follow")
        self._app.tick()
        self.films.tick()

    def _point(self, at: Point, *, held: bool = False) -> None:
        by = (at[0] - self._pointer[0], at[1] - self._pointer[1])
        self._pointer = at
        self._app.handle(Move(at, by, held))

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


def verbs(pilot: Pilot) -> Iterator[str]:
    """The verbs that a script may use on `pilot`: its public methods."""
    yield from (name for name in dir(pilot) if not name.startswith("_") and callable(getattr(pilot, name)))
