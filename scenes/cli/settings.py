"""What the visualizer remembers or is told: command line over environment over settings file over default."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from engine import settings
from engine.quality import CHOICES
from scenes.kit.theme import MOTIONS, RAMPS, THEMES
from scenes.training.playback import INTERVAL, INTERVALS

from .values import LARGEST_SCALE, SMALLEST_SCALE, size, url

APPLICATION = "ai-training-visualizer"
PREFIX = "VIZ_"
NAMES = {"url": "api_url", "interval": "speed"}  # where the environment's word differs
DESIGN = (1280, 720)
FITTING = 0.0  # the scale that goes with the window

Value = TypeVar("Value")


@dataclass(frozen=True)
class Settings:
    """Sizes in pixels; `scale` 0 goes with the window; `interval` in milliseconds an epoch; `url` of a backend, empty
    for the embedded one."""

    theme: str = "dark"
    ramp: str = "seed"
    motion: str = "full"
    quality: str = "auto"
    interval: int = INTERVAL
    url: str = ""
    size: str = f"{DESIGN[0]}x{DESIGN[1]}"
    scale: float = FITTING
    fullscreen: bool = False
    projector: bool = False

    @property
    def looks(self) -> dict[str, Any]:
        """What scenes.stage.build takes of them, by name."""
        return {name: getattr(self, name) for name in ("theme", "ramp", "motion", "scale", "projector", "interval")}

    def checked(self) -> "Settings":
        """Itself. Raises ValueError that names the setting and what it may be."""
        if self.theme not in THEMES:
            raise ValueError(f"theme '{self.theme}' is not known: choose {' or '.join(THEMES)}")
        for name, known in (("ramp", RAMPS), ("motion", MOTIONS), ("quality", CHOICES)):
            if getattr(self, name) not in known:
                raise ValueError(f"{name} '{getattr(self, name)}' is not known: choose {' or '.join(known)}")
        if not INTERVALS[0] <= self.interval <= INTERVALS[1]:
            raise ValueError(f"speed {self.interval} is not within {INTERVALS[0]} to {INTERVALS[1]} ms an epoch")
        if self.scale != FITTING and not SMALLEST_SCALE <= self.scale <= LARGEST_SCALE:
            raise ValueError(f"scale {self.scale:g} is not within {SMALLEST_SCALE:g} to {LARGEST_SCALE:g}")
        if self.url:
            _read(url, "url", self.url)
        pixels(self.size)
        return self


def pixels(text: str) -> tuple[int, int]:
    """ "1280x720" as numbers. Raises ValueError."""
    return _read(size, "size", text)


def _read(read: Callable[[str], Value], name: str, text: str) -> Value:
    """What the command line would make of it. Raises ValueError that names the setting."""
    try:
        return read(text)
    except argparse.ArgumentTypeError as why:
        raise ValueError(f"{name} {why}") from None


def resolve(
    arguments: argparse.Namespace, environment: Mapping[str, str], path: Path | None, *, say: Callable[[str], None]
) -> Settings:
    """The settings in force. A broken file is passed over with a word; raises ValueError for the rest."""
    stored = settings.load(Settings, path, say=say) if path else Settings()
    try:
        stored = stored.checked()
    except ValueError as why:
        say(f"A saved setting was not usable ({why}). Defaults are used.")
        stored = Settings()
    told = settings.from_environment(PREFIX, environment)
    named = {field: told.get(NAMES.get(field, field)) for field in Settings.__dataclass_fields__}
    over_file = settings.override(stored, named)
    given = vars(arguments)
    if isinstance(given.get("size"), tuple):  # the command line's sizes are numbers already
        given = {**given, "size": "x".join(map(str, given["size"]))}
    return settings.override(over_file, given).checked()


def remember(path: Path, *, theme: str, ramp: str, motion: str, interval: int) -> bool:
    """Save what was changed by hand; the rest of the file stays as it is. False if it could not be written.

    The first start leaves a file in any case: from then on no hint is needed.
    """
    return settings.change(path, {"theme": theme, "ramp": ramp, "motion": motion, "interval": interval})
