"""Plays scripts off screen and compares their shots with the goldens; writes goldens only where it is asked to."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.comparison import fingerprint
from engine.films.encoder import FilmError
from engine.resources import ASSETS
from engine.scripting.script import ScriptError, play
from engine.scripting.words import guess
from engine.window import Window
from scenes.scripting.checks import CHECKS
from scenes.scripting.play import found
from scenes.scripting.rehearsal import rehearsal
from scenes.scripting.scripted_transport import Server
from scenes.scripting.verbs import VERBS

from .golden import FINGERPRINTS, GoldenError, Goldens, Shot, homeless, reserved
from .verdict import Verdict, judge

ALL = "all"  # as a shot's name: every shot that failed

ServerFor = Callable[[], AbstractContextManager[Server]]


@dataclass(frozen=True)
class PictureOptions:
    """What a script begins with; its own verbs come after. `size` in pixels, `csv` rows as text.

    `class_column` is the column of them that is learned, empty for the last one.
    """

    size: tuple[int, int]
    theme: str = "dark"
    scale: float = 1.0
    csv: str = ""
    class_column: str = ""


@dataclass
class Sheet:
    """What became of one script: a verdict a shot, and what is wrong beyond them, one line each."""

    script: Path
    goldens: Goldens
    verdicts: list[Verdict] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    drawn_by: dict[str, str] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)  # the shots whose goldens were written

    @property
    def failed(self) -> bool:
        """Whether anything differed as it was found, accepted since or not."""
        return bool(self.lines) or any(verdict.problems for verdict in self.verdicts)


def check(script: Path, *, golden: Path | None, server: ServerFor, window: Window, options: PictureOptions) -> Sheet:
    """Play `script` with a server of its own and judge its shots, changing no golden.

    `golden`: see `home`. Raises GraphicsError or ShaderError; what is wrong with the script itself, or keeps it from
    being read, is a line of the sheet.
    """
    sheet = Sheet(script, Goldens(home(script, golden)))
    with tempfile.TemporaryDirectory(prefix="shots-") as folder:
        try:
            path = located(script)
            names, sheet.drawn_by = rehearse(path, out=Path(folder), server=server, window=window, options=options)
        except (ScriptError, FilmError) as why:
            sheet.lines.append(str(why))
            return sheet
        sheet.verdicts = [verdict(sheet.goldens, Shot.read(Path(folder), name, sheet.drawn_by)) for name in names]
    if not names:
        sheet.lines.append(f"{path.name} takes no shot: there is nothing to compare")
    sheet.lines += [f"{name} belongs to no shot of {path.name}: delete it" for name in sheet.goldens.orphans(names)]
    return sheet


def add_homeless(sheets: Sequence[Sheet]) -> None:
    """A line for each folder of goldens whose script is gone from beside it, in the sheet of its first neighbour.

    Only for sheets of goldens that lie beside their scripts: a folder elsewhere may serve scripts that are not here.
    """
    known: set[Path] = set()
    for sheet in sheets:
        folder = sheet.goldens.folder.parent
        if folder not in known:
            lines = (f"{folder / name} belongs to no script beside {folder}: delete it" for name in homeless(folder))
            sheet.lines += lines
        known.add(folder)


def home(script: Path, golden: Path | None) -> Path:
    """The folder for the goldens of `script`, whether it can be read or not: `golden`/<the script's name>.

    `golden` is the folder of that name beside the script unless it is given.
    """
    with suppress(ScriptError):  # said when it is its turn
        script = located(script)
    return (golden or script.parent / "golden") / script.stem


def located(script: Path) -> Path:
    """`script`, or the bundled one of that name. Raises ScriptError, also for a path that the system refuses."""
    try:
        return found(script)
    except (OSError, RuntimeError) as why:  # too long, not for us, or links in a circle
        raise ScriptError(f"{script}: {getattr(why, 'strerror', None) or why}") from None


def rehearse(
    script: Path, *, out: Path, server: ServerFor, window: Window, options: PictureOptions
) -> tuple[list[str], dict[str, str]]:
    """Play `script`; its shots, which are in `out`, and the fingerprint of what drew them. Its films are not written.

    Raises ScriptError, FilmError, GraphicsError or ShaderError.
    """
    with server() as lent:
        stage, pilot = rehearsal(url=lent.url, server=lent, out=out, window=window, **asdict(options))
        pilot.films.written = False
        try:
            with pilot.films.rolling():
                play(script, VERBS, pilot, cause=pilot.cause, checks=CHECKS)
            shots = [path.stem for path in pilot.written if path.parent == out and path.suffix == ".png"]
            return shots, fingerprint(stage.app.renderer.driver, ASSETS)
        finally:
            stage.close()


def verdict(goldens: Goldens, seen: Shot) -> Verdict:
    """Judge one shot; what is wrong with its golden is a problem like any other."""
    if reserved(seen.name):
        problem = f"its JSON would be {FINGERPRINTS}, which says what drew each golden: give the shot another name"
        return Verdict(seen.name, None, None, (problem,))
    try:
        return judge(goldens.shot(seen.name), seen)
    except GoldenError as why:
        return Verdict(seen.name, seen, None, (str(why),))
    except RecursionError:
        problem = f"the golden {seen.name}.json is damaged: restore it, or accept the shot anew"
        return Verdict(seen.name, seen, None, (problem,))


def accept(sheets: Sequence[Sheet], names: Sequence[str], *, force: bool) -> list[str]:
    """Accept the shots that failed and are named as the new goldens; the lines that say what was not written, and why.

    A golden that another driver drew is replaced only by `force`: there it is exact, from here it would only be alike.
    With `force` it is replaced even if it passes. What cannot be written is a line of its sheet. Raises ValueError for
    a name that no shot has.
    """
    known = [verdict.name for sheet in sheets for verdict in sheet.verdicts]
    for name in names:
        if name not in (*known, ALL) and all(sheet.verdicts for sheet in sheets):
            raise ValueError(f"there is no shot '{name}' to accept{guess(name, known)}")
    refused = []
    for sheet in sheets:
        for each in sheet.verdicts:
            if each.seen and (each.name in names or ALL in names):
                refused += _accept(sheet, each, each.seen, force=force)
    return refused


def _accept(sheet: Sheet, verdict: Verdict, seen: Shot, *, force: bool) -> list[str]:
    elsewhere = _drawn_elsewhere(sheet, verdict)
    if not verdict.problems and not (force and elsewhere):
        return []
    if elsewhere and not force:
        keys = ", ".join(f"{key} {value}" for key, value in elsewhere.items())
        return [f"{verdict.name} is not accepted: its golden was drawn with {keys}; accept it there, or add --force"]
    try:
        sheet.goldens.accept(seen)
        sheet.accepted.append(verdict.name)
    except OSError as why:
        sheet.lines.append(f"{verdict.name} is not accepted: {why.filename} cannot be written ({why.strerror})")
    return []


def _drawn_elsewhere(sheet: Sheet, verdict: Verdict) -> dict[str, str]:
    """In what the golden's fingerprint differs from this one; nothing where there is none."""
    try:
        known = verdict.golden.drawn_by if verdict.golden else sheet.goldens.fingerprints.get(verdict.name, {})
    except GoldenError:
        known = {}
    return {key: value for key, value in known.items() if sheet.drawn_by.get(key) != value}
