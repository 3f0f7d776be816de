"""Rectangles, and where everything stands in one window. Knows no panel by name."""

from collections.abc import Callable
from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, top, width, height; units
SIDES = ("left", "right")


@dataclass(frozen=True)
class Rect:
    """Whole pixels from the top left."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """One past the last column."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """One past the last row."""
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """As a tuple."""
        return self.x, self.y, self.w, self.h

    def holds(self, at: tuple[float, float]) -> bool:
        """Whether the point lies inside."""
        return self.x <= at[0] < self.right and self.y <= at[1] < self.bottom


def nothing(box: Box, target: float) -> dict[str, Box]:
    """The places of no controls."""
    return {}


@dataclass(frozen=True)
class Panel:
    """A panel that a part adds to the layout of whatever scene it is put into.

    `height` in units; `side` of the field, where there is room beside it, else the panel stands below the others.
    `slots` says where its controls stand within its box, each at least `target` units high.
    """

    name: str
    height: float
    side: str = "right"
    slots: Callable[[Box, float], dict[str, Box]] = nothing


@dataclass(frozen=True)
class Layout:
    """Rectangles of panels, of the controls' slots, and of the open area where the field is seen."""

    size: tuple[int, int]
    scale: float
    wide: bool
    panels: dict[str, Rect]
    slots: dict[str, Rect]
    field: Rect
    height: int  # of the whole page, pixels; above size[1] it scrolls
    strip: int = 0  # pixels at the top that the page scrolls behind; 0 until something has been scrolled away
    strip_height: int = 0  # pixels of that strip, once there is one
    pinned: frozenset[str] = frozenset()  # panels and controls that stay in sight, however far the page is scrolled
    floating: frozenset[str] = frozenset()  # panels that lie over others, and have no glass of their own

    def px(self, units: float) -> int:
        """Units to whole pixels."""
        return round(units * self.scale)
