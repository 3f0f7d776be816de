"""Drives an App without a window: ticks, pointer, keys, shots. Every public method is a verb of the script language."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from engine import png
from engine.app import App
from engine.films.clips import Clips
from engine.films.encoder import FilmError
from engine.input import Resize

from .pointer import Describe, Place
from .timing import Timing
from .words import LONGEST_NUMBER, VerbError

LARGEST = 16384  # pixels of a side
LONGEST_MARK = 80  # characters


class Pilot(Timing):
    """The verbs that any app has. `place` finds what has a name on the screen, `describe` tells what is there.

    `written` are the files of its shots, `marks` the moments that have a name: with the tick at which each was reached.
    """

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
        super().__init__(app, place=place, describe=describe, status=status, statuses=statuses)
        self._out = out
        self.written: list[Path] = []
        self.marks: list[tuple[str, int]] = []
        self.films = Clips(app, out)

    def size(self, size: str) -> None:
        """size WIDTHxHEIGHT: make the picture so many pixels large.

        For example:

            size 640x400
        """
        width, _, height = size.partition("x")
        readable = width.isdecimal() and height.isdecimal() and len(size) <= 2 * LONGEST_NUMBER
        if not readable or not min(int(width), int(height)) >= 64:
            raise VerbError(f"'{size}' is not WIDTHxHEIGHT of at least 64 pixels, as in 1280x720")
        if max(int(width), int(height)) > LARGEST:
            raise VerbError(f"'{size}' has a side above {LARGEST} pixels")
        self._app.handle(Resize((int(width), int(height))))

    def mark(self, name: str, /) -> None:
        """mark NAME: name this moment, until the next mark.

        The name stands before each line of the progress and as `mark` in the description of each shot that follows;
        films begin and end at marks.

            mark "the first run"
        """
        if not name.strip() or not name.isprintable() or len(name) > LONGEST_MARK:
            raise VerbError(f"a mark is a name of 1 to {LONGEST_MARK} characters")
        self.marks.append((name, self._app.clock.count))
        try:
            self.films.mark(name)
        except FilmError as why:
            raise VerbError(str(why)) from None

    def shot(self, name: str) -> None:
        """shot NAME: write NAME.png and NAME.json of what is on the screen.

        For example:

            shot idle
        """
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
            told.write_text(json.dumps(self._told(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
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
        self.written += [out] if self.films.kept and self.films.written else []

    def _tick(self) -> None:
        super()._tick()
        self.films.tick()

    def _told(self) -> dict[str, Any]:
        """The description, with the mark that was passed last, if any."""
        return self._describe() | ({"mark": self.marks[-1][0]} if self.marks else {})


def verbs(pilot: Pilot | type[Pilot]) -> Iterator[str]:
    """The verbs that a script may use on `pilot`: its public methods."""
    yield from (name for name in dir(pilot) if not name.startswith("_") and callable(getattr(pilot, name)))
