"""The goldens of one script: a folder with NAME.png and NAME.json of each shot, and who drew each of them."""

import json
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from engine.comparison import Pixels, load

from .atomic import replace_all
from .shape import misshapen

FINGERPRINTS = "fingerprints.json"  # shot: what drew it (engine.comparison.fingerprint)
SUFFIXES = (".png", ".json")


def reserved(shot: str) -> bool:
    """Whether no shot can be called so, because its golden would be the file of fingerprints, on some file system."""
    return f"{shot}.json".casefold() == FINGERPRINTS


class GoldenError(ValueError):
    """A golden is missing, damaged or nobody's; the message is one line that names it."""


@dataclass(frozen=True)
class Shot:
    """One picture, what it tells of itself, and what drew it. `files` are the bytes of both, by suffix."""

    name: str
    pixels: Pixels = field(repr=False)
    told: dict[str, Any] = field(repr=False)
    files: dict[str, bytes] = field(repr=False)
    drawn_by: dict[str, str]

    @classmethod
    def read(cls, folder: Path, name: str, drawn_by: dict[str, str]) -> "Shot":
        """The shot that lies in `folder`. Raises GoldenError."""
        missing = [name + suffix for suffix in SUFFIXES if not (folder / (name + suffix)).is_file()]
        if missing:
            raise GoldenError(f"there is no golden {' and no '.join(missing)}")
        try:
            pixels = load(folder / f"{name}.png")
            files = {suffix: (folder / (name + suffix)).read_bytes() for suffix in SUFFIXES}
        except (OSError, ValueError) as why:
            raise GoldenError(f"the golden {why}") from None
        told = _read_json(folder / f"{name}.json")
        if place := misshapen(told):
            raise GoldenError(f"the golden {name}.json is damaged at {place}: restore it, or accept the shot anew")
        return cls(name, pixels, told, files, drawn_by)


class Goldens:
    """Reads and writes the folder. It is made when the first golden is accepted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def fingerprints(self) -> dict[str, dict[str, str]]:
        """What drew each shot. Raises GoldenError."""
        path = self.folder / FINGERPRINTS
        known = _read_json(path) if path.exists() else {}
        try:
            known = msgspec.convert(known, dict[str, dict[str, str]])
        except msgspec.ValidationError:
            raise GoldenError(f"{FINGERPRINTS} is damaged: restore it, or accept all shots anew") from None
        return {_composed(name): by for name, by in known.items()}

    def shot(self, name: str) -> Shot:
        """The golden of that name. Raises GoldenError."""
        shot = Shot.read(self.folder, self._written(name), self.fingerprints.get(_composed(name), {}))
        if not shot.drawn_by:
            raise GoldenError(f"{FINGERPRINTS} does not say what drew the golden {name}.png: restore it, or accept it")
        return shot

    def orphans(self, shots: Collection[str]) -> list[str]:
        """The files in the folder that belong to none of `shots`."""
        own = {_composed(name) + suffix for name in shots if not reserved(name) for suffix in SUFFIXES} | {FINGERPRINTS}
        return sorted(path.name for path in self.folder.glob("*") if _composed(path.name) not in own)

    def accept(self, shot: Shot) -> None:
        """Let `shot` be the golden of its name. What is the same already is not written.

        Raises OSError that names the file; then every golden is as it was.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            known = self.fingerprints
        except GoldenError:
            known = {}
        known = {name: by for name, by in known.items() if (self.folder / f"{self._written(name)}.png").exists()}
        known[_composed(shot.name)] = shot.drawn_by
        text = json.dumps(known, indent=1, sort_keys=True) + "\n"
        lying = self._written(shot.name)
        files = {lying + suffix: data for suffix, data in shot.files.items()} | {FINGERPRINTS: text.encode()}
        replace_all({self.folder / name: data for name, data in files.items()})
        self.fingerprints = known

    def _written(self, name: str) -> str:
        """The name in the Unicode form in which its golden lies in the folder."""
        forms = (name, *(unicodedata.normalize(form, name) for form in ("NFC", "NFD")))
        return next((form for form in forms if (self.folder / f"{form}.png").exists()), name)


def homeless(folder: Path) -> list[str]:
    """The folders of goldens in `folder` whose script is gone: there is no file of their name beside `folder`.

    Does not look at folders that hold no fingerprints: they may be anybody's.
    """
    scripts = {_composed(path.stem) for path in folder.parent.glob("*") if path.is_file()}
    own = (each.parent.name for each in folder.glob(f"*/{FINGERPRINTS}"))
    return sorted(name for name in own if _composed(name) not in scripts)


def _composed(name: str) -> str:
    """The name in one Unicode form: a file system or a version control may have taken its letters apart (NFD)."""
    return unicodedata.normalize("NFC", name)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_bytes())
        json.dumps(read, ensure_ascii=False).encode()  # half a surrogate parses, but nothing can tell of it
    except (OSError, ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise GoldenError(f"the golden {path.name} is damaged: restore it, or accept the shot anew")
    return read
