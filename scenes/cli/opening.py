"""What `open` is asked to show: a file, a run that was kept, or the moment that a picture or a line tells."""

from collections.abc import Callable, Sequence
from pathlib import Path

from engine import png
from scenes.kept.choosing import NotOneRun
from scenes.kept.command import kept_path
from scenes.training.moment_line import NOTE, MomentLine, NotALine, read_line
from scenes.training.parameter_words import CALLED
from scenes.training.parameters import CURVE, DATASETS
from scenes.training.worlds import MOST

LARGEST_PICTURE = 512 * 1024**2  # bytes


def what_is_meant(words: Sequence[str], kept: Callable[[str], Path] = kept_path) -> MomentLine | Path:
    """The moment of a line or of a picture, or the path of a recorded run. Raises ValueError in words.

    A file comes first, then a line, then what `kept` knows by that id or name.
    """
    text = " ".join(words).strip()
    path = Path(text)
    if path.suffix.lower() == ".png":
        return _of_picture(path)
    if path.exists() or (len(words) == 1 and (path.suffix or path.name != text)):  # it is a file, or looks like one
        return path
    a_line = "=" in text or text.split(" ")[0] in (*DATASETS, *CALLED, CURVE)
    try:
        return _read(text) if a_line else kept(text)
    except NotOneRun:
        raise
    except ValueError as why:
        try:
            return kept(text)  # a name may begin as a line does
        except NotOneRun:
            raise why from None


def run_paths(words: Sequence[str], kept: Callable[[str], Path] = kept_path) -> list[Path]:
    """The files of two to eight runs: paths, or what `kept` knows by that id or name. Raises ValueError in words."""
    if not 2 <= len(words) <= MOST:
        raise ValueError(f"two to {MOST} runs can stand beside each other, not {len(words)}")
    return [
        path if (path := Path(word)).exists() or path.suffix in (".ndjson", ".gz") else kept(word) for word in words
    ]


def _of_picture(path: Path) -> MomentLine:
    try:
        if path.stat().st_size > LARGEST_PICTURE:
            raise ValueError(f"{path} is no picture of this program: it is too large")
        note = png.note_of(path.read_bytes()).decode("latin-1")
    except OSError as why:
        raise ValueError(f"{path}: {why.strerror}") from None
    except ValueError as why:
        raise ValueError(f"{path} cannot be opened: {why}") from None
    if not note.startswith(NOTE):
        raise ValueError(f"{path} carries no line of a moment: open a picture that F12, play or check has written")
    return _read(note.removeprefix(NOTE))


def _read(text: str) -> MomentLine:
    try:
        return read_line(text)
    except NotALine as why:
        raise ValueError(f"{why}") from None
