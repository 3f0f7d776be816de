"""Colours of runs that are drawn together: a run keeps its own for as long as it is known.

The first six are apart by 20 and more (CIEDE2000) for normal, protan, deutan and tritan eyes (Machado 2009), and stand
out from their ground by 3:1 and more; found by search. From the seventh on they come again, with dashes, from the
thirteenth on with dots.
"""

from engine.flat.fonts import Colour

from .theme import Theme

Pattern = tuple[float, float]
PATTERNS: tuple[Pattern | None, ...] = (None, (7.0, 4.0), (2.0, 3.5))

DARK: tuple[Colour, ...] = (
    (225, 180, 255),
    (210, 240, 45),
    (195, 45, 15),
    (105, 210, 165),
    (150, 15, 255),
    (60, 135, 120),
)
LIGHT: tuple[Colour, ...] = ((30, 135, 255), (90, 0, 15), (135, 150, 0), (180, 60, 105), (30, 15, 240), (60, 0, 90))


def run_colour(theme: Theme, number: int) -> Colour:
    """That of the run with this number, from 0."""
    colours = LIGHT if theme.light else DARK
    return colours[number % len(colours)]


def pattern(number: int) -> Pattern | None:
    """The dashes and gaps of its line, in units; None for a whole line, which the first six have."""
    return PATTERNS[number // len(DARK) % len(PATTERNS)]
