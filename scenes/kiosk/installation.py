"""Writes what a Debian needs to run the exhibit into a folder: units, scripts, and what is what. Changes no system.

The texts are files in `assets/kiosk/`, with `@name@` where a place of `Places` belongs. What was written is remembered
beside it, in the format of sha256sum, so that a file which somebody has edited is told from one of an older version.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from engine.files import put, sweep
from engine.resources import ASSETS

DEFAULT_FOLDER = Path("kiosk-install")
RECORD = "written.sha256"
NEW = ".new"  # behind the name of what somebody has edited
TEXTS = ASSETS / "kiosk"
KINDS = (".service", ".sh", ".ini", ".txt")
PLAIN = re.compile(r"[A-Za-z0-9._/+-]+")  # needs no quotes, neither in a script nor in a unit
LEFT_OVER = re.compile(r"@[a-z_]+@")


@dataclass(frozen=True)
class Places:
    """Where everything lies on the machine of the exhibit: whole paths, and the user who runs it.

    Raises ValueError for what scripts and units could not take as it is.
    """

    program: str = "/opt/visualizer"
    settings: str = "/etc/visualizer/kiosk.toml"
    units: str = "/etc/systemd/system"
    home: str = "/var/lib/visualizer"
    terminal: str = "/dev/tty1"
    python: str = "/usr/bin/python3"
    cage: str = "/usr/bin/cage"
    weston: str = "/usr/bin/weston"
    user: str = "kiosk"

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not PLAIN.fullmatch(value):
                raise ValueError(f"{name} is {value!r}: only letters, digits and . _ / + - can be used.")
            if name != "user" and not value.startswith("/"):
                raise ValueError(f"{name} is {value!r}: it has to begin with a slash.")


DEBIAN = Places()


def write(folder: Path, *, source: Path, places: Places = DEBIAN) -> list[Path]:
    """Write units and scripts that install the checkout `source`; return what was written, none where all is there.

    A file that somebody has edited is kept, and the new one written beside, with `.new` at its end. Other files in the
    folder are left alone. Raises OSError.
    """
    texts = filled(source, places)
    before = _recorded(folder / RECORD)
    written = []
    for name, text in texts.items():
        path = _written(folder / name, text.encode(), before.get(name))
        if path:
            written.append(path)
    lines = [f"{_digest(text.encode())}  {name}\n" for name, text in texts.items()]
    if _content(folder / RECORD) != (record := "".join(lines).encode()):
        put(folder / RECORD, record)
    return written


def filled(source: Path, places: Places) -> dict[str, str]:
    """Name and text of every file, with the places put in."""
    words = {
        **asdict(places),
        "settings_folder": str(PurePosixPath(places.settings).parent),
        "terminal_name": PurePosixPath(places.terminal).name,
        "source": shlex.quote(str(source.resolve())),
    }
    names = sorted(path.name for path in TEXTS.iterdir() if path.suffix in KINDS)
    return {name: _filled((TEXTS / name).read_text(encoding="utf-8"), words) for name in names}


def _filled(text: str, words: dict[str, str]) -> str:
    """The text with every `@name@` replaced, in one go, so that nothing is looked for in what was put in."""
    return LEFT_OVER.sub(lambda found: words[found[0].strip("@")], text)


def _written(path: Path, data: bytes, before: str | None) -> Path | None:
    """Write it there, or beside what was edited since `before`, the digest of the last time; where, if anywhere."""
    beside = path.with_name(path.name + NEW)
    there = _content(path)
    edited = there is not None and there != data and _digest(there) != before
    if not edited:
        beside.unlink(missing_ok=True)
    target = beside if edited else path
    if _content(target) == data:
        return None
    sweep(target)
    put(target, data)
    target.chmod(0o755 if path.suffix == ".sh" else 0o644)
    return target


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _recorded(path: Path) -> dict[str, str]:
    """The digest of each name as it was written last; of lines that cannot be read none."""
    content = _content(path)
    lines = (line.split("  ", 1) for line in (content or b"").decode(errors="replace").splitlines())
    return {words[1]: words[0] for words in lines if len(words) == 2}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
