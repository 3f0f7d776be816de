"""The one file with everything that an operator sets, in TOML: read whole, each mistake told with its line.

Standard library only, since the supervisor reads it before anything else is there.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD = """\
# What this exhibit shows, and when. Everything is as written here where a line is left out.
# python3 viz.py kiosk THIS-FILE.toml starts it; every line is checked before anything is shown.
"""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
ALL_DAY = ("00:00", "24:00")
SPOKEN = ("en", "de", "fr", "es", "tr")  # as in scenes/kit/words.py
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")  # how PNG and JPEG begin
PIN = re.compile(r"\d{4,12}", re.ASCII)


class KioskFileError(ValueError):
    """The file cannot be used; the message has a line for each mistake."""


@dataclass(frozen=True)
class Key:
    """One thing that can be set: where, its usual value, what it is for, and what is asked of it.

    `asked` returns what is amiss with a value, or nothing.
    """

    section: str
    name: str
    usual: Any
    what: str
    asked: Callable[[Any], str] = lambda value: ""

    @property
    def called(self) -> str:
        """How it is called in messages."""
        return f"{self.section}.{self.name}" if self.section else self.name


def within(low: float, high: float) -> Callable[[Any], str]:
    """A number between both."""
    return lambda value: "" if low <= value <= high else f"is not within {low:g} to {high:g}"


def one_of(*known: str) -> Callable[[Any], str]:
    """One of these words."""
    return lambda value: "" if value in known else f"is none of {', '.join(known)}"


def _scale(value: float) -> str:
    return "" if value == 0 or 0.75 <= value <= 3 else "is neither 0 nor within 0.75 to 3"


def _switch(value: float) -> str:
    return "" if value == 0 or 0.3 <= value <= 30 else "is neither 0 nor within 0.3 to 30"


def _pin(value: str) -> str:
    return "" if not value or PIN.fullmatch(value) else 'is not 4 to 12 digits, as in "4711"'


def _clock(value: str) -> str:
    return "" if not value or CLOCK.fullmatch(value) else 'is no time of day, as in "04:30"'


def _hours(value: str) -> str:
    if value in ("open", "closed"):
        return ""
    begin, dash, end = value.partition("-")
    fine = dash and CLOCK.fullmatch(begin) and (CLOCK.fullmatch(end) or end == ALL_DAY[1]) and begin < end
    return "" if fine else 'is not "open", "closed", or from when to when, as in "09:00-18:00"'


KEYS = (
    Key("", "script", "", "what plays while nobody is there: a file, or a script that comes along; empty: what fits"),
    Key("", "patience", 60.0, "seconds without a touch before it plays again", within(5, 3600)),
    Key("", "visit", True, "visitors are led: three choices, then something of their own; false: all of the dashboard"),
    Key(
        "",
        "language",
        "en",
        "what all is said in, until a visitor chooses another: en, de, fr, es or tr",
        one_of(*SPOKEN),
    ),
    Key(
        "",
        "switch",
        0.0,
        "for one switch: seconds from one marked button to the next; Space presses it",
        _switch,
    ),
    Key("", "title", "", "stands in the header, or beside what visitors are asked where there is no logo"),
    Key("", "logo", "", "a PNG or JPEG beside what visitors are asked, from the folder of this file; empty: none"),
    Key(
        "", "pin", "", "opens the staff panel, after three seconds on the upper left corner; empty: there is none", _pin
    ),
    Key("", "folder", "", "where log, counters and day reports go; empty: the user's data folder"),
    Key("screen", "theme", "dark", "dark, light or contrast", one_of("dark", "light", "contrast")),
    Key("screen", "motion", "full", "full, or reduced: only what the run itself moves", one_of("full", "reduced")),
    Key("screen", "ramp", "seed", "colours of the loss: seed, or safe for every eye", one_of("seed", "safe")),
    Key("screen", "scale", 0.0, "size of the interface, 0.75 to 3; 0: goes with the screen", _scale),
    Key("screen", "projector", False, "for the back row: the answer large, large words"),
    Key("screen", "monitor", 0, "which screen is filled, counted from 0", within(0, 15)),
    Key("screen", "pointer", False, "whether the mouse pointer is seen"),
    Key("training", "url", "", "another backend; while it does not answer, ours takes over. Empty: ours alone"),
    Key("training", "speed", 200, "milliseconds an epoch, 1 to 500", within(1, 500)),
    Key("training", "seed", -1, "the same number gives the same runs; -1: another run each time", within(-1, 2**62)),
    Key(
        "sound",
        "volume",
        0.0,
        "0 to 1: a chime before it begins anew, if somebody is still there; 0: silent",
        within(0, 1),
    ),
    Key("sound", "spoken", False, "what visitors are asked is spoken, too; needs speech-dispatcher (spd-say)"),
    Key("sound", "loss", False, "while a network learns, its loss is heard, too: lower and lower"),
    *(
        Key("hours", day, "open", f'when it is lit on {day.title()}s: "09:00-18:00", "open" or "closed"', _hours)
        for day in DAYS
    ),
    Key(
        "limits",
        "memory",
        1500,
        "megabytes, beyond which it is restarted once nobody is there; 0: never",
        within(0, 1e6),
    ),
    Key("limits", "restart_at", "04:30", "when it is restarted each night, once nobody is there; empty: never", _clock),
    Key("office", "port", 0, "where /status, /screenshot.png and /metrics are served; 0: nowhere", within(0, 65535)),
    Key("office", "host", "127.0.0.1", "for whom: 127.0.0.1 is this machine alone; others need a token"),
    Key("office", "token", "", "what the local network has to know"),
)


@dataclass(frozen=True)
class KioskFile:
    """What is set: `values` by what the keys are called."""

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """What is set under `name`, such as "screen.theme"; what is usual where nothing is. Raises KeyError."""
        if name in self.values:
            return self.values[name]
        return next(key.usual for key in KEYS if key.called == name)

    @property
    def scene(self) -> str:
        """The scene that it opens with."""
        return "visit" if self["visit"] else "dashboard"

    @property
    def script(self) -> Path:
        """What plays while nobody is there."""
        return Path(self["script"] or ("visit.script" if self["visit"] else "demo.script"))

    @property
    def logo(self) -> Path | None:
        """The operator's picture."""
        return _beside(self.path, self["logo"])

    def lit(self, weekday: int, minutes: int) -> bool:
        """Whether the screen is lit on that day, 0 for Monday, so many minutes after midnight."""
        told = self[f"hours.{DAYS[weekday]}"]
        if told in ("open", "closed"):
            return bool(told == "open")
        begin, _, end = told.partition("-")
        return minutes_of(begin) <= minutes < minutes_of(end)


def _beside(path: Path | None, name: str) -> Path | None:
    """The file of that name, from the folder of the one at `path`; None for no name."""
    return (path.parent if path else Path()) / name if name else None


def _no_picture(path: Path) -> str:
    """What is amiss with the picture there, or nothing."""
    try:
        with path.open("rb") as opened:
            return "" if opened.read(8).startswith(PICTURES) else "is no PNG and no JPEG"
    except OSError as why:
        return f"cannot be read: {why.strerror}"


def minutes_of(clock: str) -> int:
    """Minutes after midnight of a time such as 09:30."""
    hours, _, minutes = clock.partition(":")
    return 60 * int(hours) + int(minutes)


def example() -> str:
    """A file with every key, what it is for, and what is usual."""
    lines, section = [HEAD], ""
    for key in KEYS:
        if key.section != section:
            section = key.section
            lines.append(f"\n[{section}]\n")
        lines.append(f"{f'{key.name} = {_written(key.usual)}':32} # {key.what}\n")
    return "".join(lines)


def read(path: Path) -> KioskFile:
    """What the file at `path` sets. Raises KioskFileError with a line for each mistake."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as why:
        raise KioskFileError(
            f"{path}: {why.strerror}; python3 viz.py kiosk --example prints one to begin with"
        ) from None
    except UnicodeDecodeError:
        raise KioskFileError(f"{path} is not a text in UTF-8") from None
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        raise KioskFileError(f"{path}: {why}") from None
    values, mistakes = _checked(told, text)
    if values.get("office.host", "127.0.0.1") not in ("127.0.0.1", "localhost", "::1") and not values.get(
        "office.token"
    ):
        mistakes.append((_line_of(text, "office", "host"), "office.host: what the local network can ask needs a token"))
    if (logo := _beside(path, values.get("logo", ""))) and (wrong := _no_picture(logo)):
        mistakes.append((_line_of(text, "", "logo"), f"logo {_written(values['logo'])} {wrong}"))
    if mistakes:
        raise KioskFileError("\n".join(f"{path}: line {line}: {mistake}" for line, mistake in sorted(mistakes)))
    return KioskFile(path, values)


def _checked(told: Mapping[str, Any], text: str) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """What is set, by what the keys are called; and what is amiss, by line."""
    values: dict[str, Any] = {}
    mistakes: list[tuple[int, str]] = []
    sections = {key.section for key in KEYS}
    found = [("", name, value) for name, value in told.items() if name not in sections]
    for section in sections - {""}:
        inside = told.get(section, {})
        if isinstance(inside, dict):
            found += [(section, name, value) for name, value in inside.items()]
        else:
            mistakes.append((_line_of(text, "", section), f"{section} is a section: write [{section}]"))
    for section, name, value in found:
        line = _line_of(text, section, name)
        key = next((each for each in KEYS if (each.section, each.name) == (section, name)), None)
        if key is None:
            mistakes.append((line, f"{f'{section}.{name}' if section else name} is nothing that can be set"))
        elif why := _amiss(key, value):
            mistakes.append((line, f"{key.called} {_written(value)} {why}"))
        else:
            values[key.called] = float(value) if isinstance(key.usual, float) else value
    return values, mistakes


def _amiss(key: Key, value: Any) -> str:
    usual = key.usual
    if isinstance(usual, bool) or isinstance(value, bool):
        return "" if isinstance(usual, bool) and isinstance(value, bool) else "is not true or false"
    if isinstance(usual, str):
        return key.asked(value) if isinstance(value, str) else "is no text: put it in quotes"
    if not isinstance(value, int | float) or (isinstance(usual, int) and not isinstance(value, int)):
        return f"is no {'whole ' if isinstance(usual, int) else ''}number"
    return key.asked(value)


def _line_of(text: str, section: str, name: str) -> int:
    """Where that key, or that section, is set: counted from 1; 1 where it cannot be found."""
    here = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if head := re.match(r"\s*\[\s*([^\]\s]+)\s*\]", line):
            here = head[1]
            if here == name and not section:
                return number
        elif here == section and re.match(rf"""\s*["']?{re.escape(name)}["']?\s*[=.]""", line):
            return number
    return 1


def _written(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{value:g}" if isinstance(value, float) else str(value)
