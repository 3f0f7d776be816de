"""Loads and saves any dataclass as JSON. Never leaves half a file, never fails because of what it finds."""

import dataclasses
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec
import platformdirs

from .files import put, sweep

_KINDS = {int: "a whole number", float: "a number", bool: "true or false"}

LARGEST = 64 * 1024  # bytes; a settings file above this is not ours

Data = TypeVar("Data")


def default_path(application: str) -> Path:
    """settings.json in the folder that the system keeps for `application`'s settings."""
    return Path(platformdirs.user_config_dir(application, appauthor=False)) / "settings.json"


def load(kind: type[Data], path: Path, *, say: Callable[[str], None]) -> Data:
    """The settings in `path`, or the defaults. An unreadable file is moved aside (`.broken`), and `say` told."""
    sweep(path)
    try:
        if path.stat().st_size > LARGEST:
            raise msgspec.DecodeError(f"larger than {LARGEST} bytes")
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return kind()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
        aside = _set_aside(path)
        say(f"The settings in {path} could not be read ({why}). They are kept as {aside.name}; defaults are used.")
        return kind()
    except OSError as why:
        say(f"The settings in {path} could not be opened ({why.strerror}). Defaults are used.")
        return kind()


def save(data: Any, path: Path) -> bool:
    """Write `data` so that the file holds the old or the new content, whatever happens. False if it could not be."""
    return _try(lambda: put(path, msgspec.json.format(msgspec.json.encode(data), indent=2)))


def change(path: Path, values: Mapping[str, Any]) -> bool:
    """Save `values` into the file; all else that it holds stays. False if it could not be read or written."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except FileNotFoundError:
        found = {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _set_aside(path)
        found = {}
    except OSError:
        return False
    changed = {**found, **values}
    return changed == found or save(changed, path)


def override(data: Data, values: Mapping[str, Any]) -> Data:
    """`data` with those of `values` that are not None, each read as the field's own type.

    Raises ValueError that names the field, for a value that does not fit.
    """
    kinds = get_type_hints(type(data))
    changes = {}
    for name, value in values.items():
        if name in kinds and value is not None:
            try:
                changes[name] = msgspec.convert(value, kinds[name], strict=False)
            except msgspec.ValidationError:
                raise ValueError(f"{name} '{value}' is not {_KINDS.get(kinds[name], 'usable')}") from None
    return dataclasses.replace(data, **changes)  # type: ignore[type-var]


def from_environment(prefix: str, environment: Mapping[str, str]) -> dict[str, str]:
    """VIZ_THEME=light becomes {"theme": "light"} for the prefix "VIZ_"; empty values count as absent."""
    return {
        name.removeprefix(prefix).lower(): value
        for name, value in environment.items()
        if name.startswith(prefix) and value
    }


def _set_aside(path: Path) -> Path:
    aside = path.with_suffix(".broken")
    _try(lambda: os.replace(path, aside))
    return aside


def _try(action: Callable[[], object]) -> bool:
    try:
        action()
    except (OSError, UnicodeEncodeError):  # the latter of text that came in undecodable, from the environment
        return False
    return True
