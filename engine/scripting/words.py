"""The words of a script's lines: durations, numbers, keys, and what was probably meant. Does nothing itself."""

from collections.abc import Iterable
from difflib import get_close_matches

import pygame

from engine.clock import TICKS_PER_SECOND

_CODES = [name for name in dir(pygame) if name.startswith("K_")]
KEYS = {name.removeprefix("K_").lower() for name in _CODES}  # as programs write them, and as events name them
KEYS |= {name for code in _CODES if (name := pygame.key.name(getattr(pygame, code)))}
LONGEST = 600.0  # seconds that one verb may run
LONGEST_NUMBER = 12  # characters; pygame cannot hold the largest floats


class VerbError(ValueError):
    """A verb cannot be done; the message says why, and what is known."""


def ticks(duration: str) -> int:
    """ "2.5s", "250ms" or "90ticks" in whole ticks. Raises VerbError."""
    for unit, per_second in (("ticks", TICKS_PER_SECOND), ("ms", 1000), ("s", 1)):
        if duration.endswith(unit) and is_number(duration.removesuffix(unit)):
            seconds = float(duration.removesuffix(unit)) / per_second
            if 0 <= seconds <= LONGEST:
                return round(seconds * TICKS_PER_SECOND)
            raise VerbError(f"'{duration}' is not within 0 to {LONGEST:g} s")
    raise VerbError(f"'{duration}' is not a duration, as in 2s, 250ms or 90ticks")


def guess(word: str, known: Iterable[str]) -> str:
    """ ", did you mean 'x'?" for the nearest of `known`, or all of them."""
    names = list(known)
    close = get_close_matches(word, names, n=1)
    return f", did you mean '{close[0]}'?" if close else f"; known are: {', '.join(names)}"


def known_key(name: str) -> bool:
    """Whether there is a key of that name: a letter or sign, or one that pygame has a word for."""
    return (len(name) == 1 and name.isprintable()) or name in KEYS


def is_number(text: str) -> bool:
    """Whether `text` is a plain number of at most `LONGEST_NUMBER` characters."""
    return len(text) <= LONGEST_NUMBER and text.removeprefix("-").replace(".", "", 1).isdecimal()


def number(text: str) -> float:
    """`text` as a number. Raises VerbError."""
    if not is_number(text):
        raise VerbError(f"'{text}' is not a number")
    return float(text)
