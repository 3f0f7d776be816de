"""Reads a script and plays it by a table of verbs: one a line, words quoted as in a shell, # for comments.

A script is data: it can do what the verbs of the table do, and nothing else.
"""

import inspect
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from .words import VerbError, guess

LARGEST = 1024 * 1024  # bytes of one file
MOST_LINES = 100_000  # verbs of a whole script
DEEPEST = 8  # scripts that include each other
INCLUDE, MARK = "include", "mark"

Verbs = Mapping[str, Callable[..., object]]  # by name: what each does to the pilot, which it takes first
Checks = Mapping[str, Callable[..., object]]  # by name: what looks at the words of each, without a pilot


class ScriptError(Exception):
    """A script cannot be read or played; the message begins with file:line."""


@dataclass(frozen=True)
class Line:
    """One verb with its words and its name=value options; `place` is the file and the line where it stands."""

    number: int
    verb: str
    words: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)
    place: str = field(default="", compare=False)
    all: tuple[str, ...] = field(default=(), compare=False)  # words and options as they stand there

    def given(self, verb: Callable[..., object]) -> tuple[tuple[str, ...], dict[str, str]]:
        """Its words and options, as `verb` takes them: where there are no options, name=value is a word."""
        known = inspect.signature(verb).parameters.values()
        takes = any(each.default is not each.empty and each.kind is not each.POSITIONAL_ONLY for each in known)
        return (self.words, self.options) if takes else (self.all, {})


def read(path: Path) -> list[Line]:
    """The lines of a script, with those that it includes in their places. Raises ScriptError."""
    lines: list[Line] = []
    for line in _read(path, path.name, path.parent, (path.resolve(),)):
        if len(lines) == MOST_LINES:
            raise ScriptError(f"{line.place}: the script has more than {MOST_LINES} lines, with all it includes")
        lines.append(line)
    return lines


def checked(path: Path, verbs: Verbs, checks: Checks | None = None) -> list[Line]:
    """The lines of a script, each one of these `verbs` with words that it takes. Raises ScriptError.

    `checks`, by verb, look at the words themselves, with nothing there to act on; they raise VerbError.
    """
    lines, known = read(path), [*sorted(verbs), INCLUDE]
    for line in lines:
        if line.verb not in verbs:
            raise ScriptError(f"{line.place}: unknown verb '{line.verb}'{guess(line.verb, known)}")
        words, options = line.given(verbs[line.verb])
        _check_words(line, verbs[line.verb], (None, *words), options)
        if check := (checks or {}).get(line.verb):
            try:
                check(*words, **options)
            except VerbError as why:
                raise ScriptError(f"{line.place}: {line.verb}: {why}") from None
    return lines


def play(
    path: Path,
    verbs: Verbs,
    pilot: object,
    *,
    progress: Callable[[str], None] = lambda _: None,
    cause: Callable[[], str] = str,
    checks: Checks | None = None,
) -> None:
    """Play the whole script on `pilot`; nothing happens at all if a line cannot be right. Raises ScriptError.

    `progress` hears of each line before it is played, with the mark that was passed last. `cause` says why things may
    stand as they do, if anybody knows; `checks`: see `checked`.
    """
    passed = ""
    for line in checked(path, verbs, checks):
        progress(f"{passed}{line.place}: {line.verb} {' '.join(line.words)}".rstrip())
        try:
            words, options = line.given(verbs[line.verb])
            verbs[line.verb](pilot, *words, **options)
        except VerbError as why:
            known = f"; the screen says: {told}" if (told := cause()) else ""
            raise ScriptError(f"{line.place}: {line.verb}: {why}{known}") from None
        passed = f"[{line.words[0]}] " if line.verb == MARK else passed


def include(file: str, /, *, beside: Path, within: Path) -> Path:
    """include FILE: do here what another script says that lies beside this one, or in a folder below.

    A script reaches nothing outside its own folder: no absolute path, no `..`, no link that leads away. An included
    script may include others, eight deep at most, but never itself. A complaint names the file and the line at fault.

        include more.script
    """
    parts = PurePosixPath(file.replace("\\", "/")).parts
    if not parts or PurePosixPath(file).is_absolute() or PureWindowsPath(file).anchor or ".." in parts:
        raise VerbError(f"'{file}' is not a script beside this one: no absolute path and no ..")
    found = beside.joinpath(*parts)
    try:
        inside = found.resolve().is_relative_to(within.resolve())
        found.is_file()  # raises where there can be no such file
    except (OSError, RuntimeError, ValueError):  # too long, with a NUL, a link to itself
        raise VerbError(f"'{file[:60]}' is not the name of a script") from None
    if not inside:
        raise VerbError(f"'{file}' leads out of the script's own folder")
    return found


def _read(path: Path, name: str, within: Path, chain: tuple[Path, ...]) -> Iterator[Line]:
    """The lines of `path`, which complaints call `name`. `chain` is what includes it, itself at the end."""
    for number, text in enumerate(_text(path, name if len(chain) > 1 else str(path)).splitlines(), start=1):
        line = _line(f"{name}:{number}", number, text)
        if line and line.verb == INCLUDE:
            yield from _included(line, path, within, chain)
        elif line:
            yield line


def _included(line: Line, path: Path, within: Path, chain: tuple[Path, ...]) -> Iterator[Line]:
    _check_words(line, include, line.words, line.options, beside=path, within=within)
    try:
        found = include(line.words[0], beside=path.parent, within=within)
    except VerbError as why:
        raise ScriptError(f"{line.place}: {INCLUDE}: {why}") from None
    if found.resolve() in chain:
        raise ScriptError(f"{line.place}: {INCLUDE}: '{line.words[0]}' would include itself without end")
    if len(chain) == DEEPEST:
        raise ScriptError(f"{line.place}: {INCLUDE}: scripts lie more than {DEEPEST} deep in each other")
    if not found.is_file():
        near = [each.name for each in found.parent.glob(f"*{path.suffix}")]
        told = guess(found.name, sorted(near)) if near else ""
        raise ScriptError(f"{line.place}: {INCLUDE}: there is no script '{line.words[0]}'{told}")
    name = found.relative_to(within).as_posix()
    yield from _read(found, name, within, (*chain, found.resolve()))


def _text(path: Path, name: str) -> str:
    try:
        if path.exists() and not path.is_file():
            raise ScriptError(f"{name}: not a file: write the script into one, and name that")
        if path.stat().st_size > LARGEST:
            raise ScriptError(f"{name}: larger than {LARGEST} bytes: is this a script?")
        return path.read_text(encoding="utf-8-sig")  # some editors begin with a byte order mark
    except UnicodeDecodeError:
        raise ScriptError(f"{name}: not a text file in UTF-8: is this a script?") from None
    except OSError as why:
        raise ScriptError(f"{name}: {why.strerror}") from None


def _line(place: str, number: int, text: str) -> Line | None:
    try:
        words = shlex.split(text, comments=True)
    except ValueError as why:
        raise ScriptError(f"{place}: {why}") from None
    if not words:
        return None
    options = dict(word.split("=", 1) for word in words[1:] if _is_option(word))
    plain = [word for word in words[1:] if not _is_option(word)]
    return Line(number, words[0], tuple(plain), options, place, tuple(words[1:]))


def _is_option(word: str) -> bool:
    """name=value; but name==value is a comparison."""
    name, sign, value = word.partition("=")
    return bool(sign) and name.isidentifier() and not value.startswith("=")


def _check_words(
    line: Line, verb: Callable[..., object], words: Sequence[object], options: Mapping[str, str], **given: object
) -> None:
    try:
        inspect.signature(verb).bind(*words, **options, **given)
    except TypeError:
        usage = (inspect.getdoc(verb) or line.verb).splitlines()[0]
        raise ScriptError(f"{line.place}: {line.verb} does not take these words. Use: {usage}") from None
