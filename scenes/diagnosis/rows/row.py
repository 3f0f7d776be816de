"""What a row of the fault catalogue is: a fault, how it is injected, and what tries it."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from .ground import Ground


class Fails(Exception):
    """A row does not hold; the words say what was seen instead."""


class NotHere(Exception):
    """A row cannot be brought about by this program alone; the words say why."""


@dataclass(frozen=True)
class Row:
    """`name` as in the catalogue, `fault` and `injected` in words. `play` brings it about and returns what was seen.

    `play` raises Fails or NotHere. A `slow` row takes more than half a second, or looks at a clock.
    """

    name: str
    fault: str
    injected: str
    play: Callable[[Ground], str]
    slow: bool = False


def need(held: object, instead: str) -> None:
    """Go on where that has held. Raises Fails with what was seen `instead`."""
    if not held:
        raise Fails(instead)


def on_posix(what: str) -> None:
    """Go on where there is that. Raises NotHere on other systems."""
    if os.name != "posix":
        raise NotHere(f"{what} is known to POSIX systems alone")


def elsewhere(name: str, fault: str, why: str) -> Row:
    """A row that cannot be played here, with the reason."""

    def play(ground: Ground) -> str:
        raise NotHere(why)

    return Row(name, fault, "nothing", play)
