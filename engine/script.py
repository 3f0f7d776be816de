"""Reads a script and plays it on a pilot: one verb a line, words quoted as in a shell, # for comments.

A script is data: it can do what the pilot's verbs do, and nothing else.
"""

import inspect
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .pilot import Pilot, verbs
from .words import VerbError, guess

LARGEST = 1024 * 1024  # bytes


class ScriptError(Exception):
    """A script cannot be read or played; the message begins with file:line."""


@dataclass(frozen=True)
class Line:
    """One verb with its words and its name=value options."""

    number: int
    verb: str
    words: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> list[Line]:
    """The lines of a script. Raises ScriptError."""
    try:
        if path.stat().st_size > LARGEST:
            raise ScriptError(f"{path}: larger than {LARGEST} bytes: is this a script?")
        text = path.read_text(encoding="utf-8-sig")  # some editors begin with a byte order mark
    except UnicodeDecodeError:
        raise ScriptError(f"{path}: not a text file in UTF-8: is this a script?") from None
    except OSError as why:
        raise ScriptError(f"{path}: {why.strerror}") from None
    lines = [_line(f"{path.name}:{number}", number, line) for number, line in enumerate(text.splitlines(), start=1)]
    return [line for line in lines if line]


def play(path: Path, pilot: Pilot, *, progress: Callable[[str], None] = lambda _: None) -> None:
    """Play the whole script; nothing happens at all if a line names an unknown verb. Raises ScriptError."""
    lines = read(path)
    known = list(verbs(pilot))
    for line in lines:
        _check(f"{path.name}:{line.number}", line, known, pilot)
    for line in lines:
        progress(f"{path.name}:{line.number}: {line.verb} {' '.join(line.words)}".rstrip())
        try:
            getattr(pilot, line.verb)(*line.words, **line.options)
        except VerbError as why:
            raise ScriptError(f"{path.name}:{line.number}: {line.verb}: {why}") from None


def _line(place: str, number: int, text: str) -> Line | None:
    try:
        words = shlex.split(text, comments=True)
    except ValueError as why:
        raise ScriptError(f"{place}: {why}") from None
    if not words:
        return None
    options = dict(word.split("=", 1) for word in words[1:] if word.partition("=")[0].isidentifier() and "=" in word)
    plain = [word for word in words[1:] if not ("=" in word and word.partition("=")[0].isidentifier())]
    return Line(number, words[0], tuple(plain), options)


def _check(place: str, line: Line, known: list[str], pilot: Pilot) -> None:
    if line.verb not in known:
        raise ScriptError(f"{place}: unknown verb '{line.verb}'{guess(line.verb, known)}")
    verb = getattr(pilot, line.verb)
    try:
        inspect.signature(verb).bind(*line.words, **line.options)
    except TypeError:
        usage = (inspect.getdoc(verb) or line.verb).splitlines()[0]
        raise ScriptError(f"{place}: {line.verb} does not take these words. Use: {usage}") from None
