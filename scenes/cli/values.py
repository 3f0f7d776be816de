"""The values of the command line's options: text in, a checked value out, or argparse's error with an example.

Standard library only, as `arguments` is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

DEFAULT_PORT = 3001
MOST_SEEDS = 100  # runs of one combination of a sweep
DEMO = "demo.script"  # comes along; what there is to see where nobody asks for anything else
SCRIPTED_SEED = 7  # of every script, played or recorded, until it names another one
LARGEST_SEED, LONGEST_SEED = 2**63 - 1, 19  # the backend's; digits
FILMS = (".mp4", ".webp", ".gif", "")  # nothing: a folder of pictures
SHORTEST_SIDE, LONGEST_SIDE = 64, 16384  # pixels
SMALLEST_SCALE, LARGEST_SCALE = 0.75, 3.0
LARGEST_DRAWN = 12.0  # of pictures: the designed layout at 15360x8640
LAST_PORT = 65535
PATIENCE = 60.0  # seconds without a touch before the attract loop begins
SPEEDS = (1, 500)  # milliseconds an epoch
PATIENCES = (15.0, 86400.0)  # seconds
SOAK = 30.0  # minutes
LONGEST_SOAK = 100_000  # minutes or hours


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels from text such as 1280x720."""
    width, cross, height = text.lower().partition("x")
    sides = (width, height)
    if not cross or not all(side.isdecimal() and SHORTEST_SIDE <= int(side) <= LONGEST_SIDE for side in sides):
        raise _wrong(text, f"a size with sides of {SHORTEST_SIDE} to {LONGEST_SIDE} pixels", "1280x720")
    return int(width), int(height)


def scale(text: str, *, largest: float = LARGEST_SCALE) -> float:
    """How large the interface is drawn, where 1.0 is its designed size."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not SMALLEST_SCALE <= value <= largest:
        raise _wrong(text, f"a scale of {SMALLEST_SCALE} to {largest:g}", "1.5")
    return value


def film(text: str) -> Path:
    """The file or folder of a film."""
    if Path(text).suffix.lower() not in FILMS:
        raise _wrong(text, "a .mp4, .webp or .gif file, or a folder", "demo.mp4")
    return Path(text)


def port(text: str) -> int:
    """A TCP port, where 0 asks for any free one."""
    if not text.isdecimal() or int(text) > LAST_PORT:
        raise _wrong(text, f"a port of 0 to {LAST_PORT}, by --port or PORT", str(DEFAULT_PORT))
    return int(text)


def seeds(text: str) -> int:
    """How many runs of each combination a sweep has, 1 to 100."""
    if not text.isdecimal() or len(text) > 3 or not 1 <= int(text) <= MOST_SEEDS:
        raise argparse.ArgumentTypeError(f"a number of seeds is 1 to {MOST_SEEDS}, not '{text}'")
    return int(text)


def seed(text: str) -> int:
    """The whole number that random generators start from."""
    if not text.isdecimal() or len(text) > LONGEST_SEED or int(text) > LARGEST_SEED:
        raise _wrong(text, f"a whole number of 0 to {LARGEST_SEED}", "7")
    return int(text)


def frames(text: str) -> int:
    """How many frames to draw before the program ends."""
    if not text.isdecimal() or int(text) == 0:
        raise _wrong(text, "a whole number of 1 or more", "120")
    return int(text)


def seconds(text: str) -> float:
    """How long a visitor may be still."""
    if not text.isdecimal() or not PATIENCES[0] <= int(text) <= PATIENCES[1]:
        raise _wrong(text, f"a whole number of seconds from {PATIENCES[0]:g} to {PATIENCES[1]:g}", "60")
    return float(text)


def lasting(text: str) -> float:
    """How many minutes or hours a soak takes."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= LONGEST_SOAK:
        raise _wrong(text, f"a whole number from 1 to {LONGEST_SOAK}", f"{SOAK:g}")
    return float(text)


def speed(text: str) -> int:
    """Milliseconds an epoch."""
    if not text.isdecimal() or not SPEEDS[0] <= int(text) <= SPEEDS[1]:
        raise _wrong(text, f"a whole number of milliseconds from {SPEEDS[0]} to {SPEEDS[1]}", "20")
    return int(text)


def url(text: str) -> str:
    """The address of a backend, without a slash at its end."""
    from engine.addresses import public, read  # here, because most starts have no --url

    try:
        return read(text)
    except ValueError:
        raise _wrong(public(text), "an http or https address", f"http://127.0.0.1:{DEFAULT_PORT}") from None


def _wrong(text: str, expected: str, example: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"{text!r} is not {expected}; for example {example}")
