"""The script's verbs for pictures: how large they are, what a moment is called, and which are kept."""

import json
import unicodedata

from engine import png
from engine.files import put, sweep
from engine.films.encoder import FilmError
from engine.input import Resize

from .pilot import Pilot
from .screen import Screen
from .words import LONGEST_NUMBER, VerbError

LARGEST = 16384  # pixels of a side
LONGEST_MARK = 80  # characters


def size(pilot: Pilot[Screen], size: str) -> None:
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
    pilot.app.handle(Resize((int(width), int(height))))


def mark(pilot: Pilot[Screen], name: str, /) -> None:
    """mark NAME: name this moment, until the next mark.

    The name stands before each line of the progress and as `mark` in the description of each shot that follows;
    films begin and end at marks.

        mark "the first run"
    """
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_MARK:
        raise VerbError(f"a mark is a name of 1 to {LONGEST_MARK} characters")
    pilot.marks.append((name, pilot.app.clock.count))
    try:
        pilot.films.mark(name)
    except FilmError as why:
        raise VerbError(str(why)) from None


def shot(pilot: Pilot[Screen], name: str) -> None:
    """shot NAME: write NAME.png and NAME.json of what is on the screen.

    For example:

        shot idle
    """
    if not name.replace("-", "").replace("_", "").isalnum():
        raise VerbError(f"'{name}' is no name for a file: use letters, digits, - and _")
    picture, told = pilot.out / f"{name}.png", pilot.out / f"{name}.json"
    if picture in pilot.written:
        raise VerbError(f"there is a shot '{name}' already: each needs a name of its own")
    if alike := next((each.stem for each in pilot.written if _alike(each.name, picture.name)), ""):
        raise VerbError(f"'{name}' and '{alike}' are one name on some systems: tell them apart by more than capitals")
    pilot.app.draw()
    pixels = pilot.app.renderer.pixels()
    for path in (picture, told):
        sweep(path)
    try:
        put(picture, png.encoded(pixels, note=pilot.screen.note()), lasting=False)
        put(told, f"{json.dumps(pilot.told().whole(), indent=1, ensure_ascii=False)}\n".encode(), lasting=False)
    except OSError as why:
        raise VerbError(f"{picture} cannot be written ({why.strerror})") from None
    pilot.written += [picture, told]


def _alike(one: str, other: str) -> bool:
    """Whether some systems take both for the same file: by capitals, or by how accents are written."""
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()


def film(pilot: Pilot[Screen], name: str, *span: str, fps: str = "") -> None:
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
        out = pilot.films.add(name, begin=words.get("from", ""), end=words.get("to", ""), fps=fps)
    except FilmError as why:
        raise VerbError(str(why)) from None
    pilot.written += [out] if pilot.films.kept and pilot.films.written else []
