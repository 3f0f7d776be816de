"""What the panels draw with: words, and rows for the shapes and strokes of one frame."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from engine.flat.overlay import Icon, Item, Overlay, Text

from .places import Layout, Rect
from .theme import Theme, unit
from .words import say

BODY, STRONG, TITLE = "Inter-Medium", "Inter-SemiBold", "Outfit-SemiBold"
DIGITS, FIGURES = "JetBrainsMono-Medium", "JetBrainsMono-Bold"

TITLE_BASE = 30  # units from the top of a panel to the baseline of its title

SHAPE_LAYOUT = "bounds:4 first:4 second:4 line:4 style:4 pulse:4"
RIBBON_LAYOUT = "ends:4 tint:4 style:4 pulse:4"
TILE_LAYOUT = "bounds:4 rim:4 wear:2 yes:3"
STRIP_LAYOUT = "at:2 tint:4 edge:2"

Pulse = tuple[float, float, float, float]
STILL: Pulse = (0.0, 0.0, 0.0, 0.0)


@dataclass
class Drawing:
    """Collects one frame. Widths and radii in units; positions in pixels."""

    layout: Layout
    theme: Theme
    overlay: Overlay
    now: float
    shapes: list[tuple[float, ...]] = field(default_factory=list)
    ribbons: list[NDArray[np.float32]] = field(default_factory=list)
    strips: list[NDArray[np.float32]] = field(default_factory=list)
    nodes: list[NDArray[np.float32]] = field(default_factory=list)
    tiles: list[NDArray[np.float32]] = field(default_factory=list)  # what wears a face, see world/faces

    def px(self, units: float) -> int:
        """Units to whole pixels."""
        return round(units * self.layout.scale)

    def ground(self, strength: float) -> float:
        """Opacity of a track that is `strength` times as strong as a rail, and still lets text on it be read."""
        return min(self.theme.under_text, strength * self.theme.track[1])

    def text(
        self,
        text: str,
        at: tuple[float, float],
        *,
        size: float = 13,
        face: str = BODY,
        colour: Colour | None = None,
        align: str = "left",
        alpha: float = 1.0,
        second: Colour | None = None,
    ) -> Text:
        """A run of text with its baseline at `at`; `size` in units."""
        return Text(text, at, face, max(6, self.px(size)), colour or self.theme.text, align, alpha, second)

    def fitted(self, text: Text, room: float) -> Text:
        """`text`, cut with an ellipsis where it is wider than `room` pixels."""
        fonts = self.overlay.fonts
        if fonts.width(text.text, text.face, text.size) <= room:
            return text
        kept = text.text[: fonts.cut(text.text, text.face, text.size, room - fonts.width("…", text.face, text.size))]
        while kept and fonts.width(kept.rstrip() + "…", text.face, text.size) > room:  # kerning
            kept = kept[:-1]
        return replace(text, text=kept.rstrip() + "…")

    def said(
        self,
        key: str,
        at: tuple[float, float],
        room: float,
        *,
        sizes: Sequence[float] = (13,),
        face: str = BODY,
        colour: Colour | None = None,
        align: str = "left",
        fields: Mapping[str, Any] | None = None,
    ) -> Text:
        """What stands under `key` in the table, in the first of `sizes` in which `room` pixels hold it.

        Where none does, its short form; where that is too long in all of them, too, that one is cut.
        """
        forms = [say(key, short=short, **(fields or {})) for short in (False, True)]
        return self.largest(forms, at, room, sizes=sizes, face=face, colour=colour, align=align)

    def largest(
        self, texts: Sequence[str], at: tuple[float, float], room: float, *, sizes: Sequence[float], **looks: Any
    ) -> Text:
        """The first of `texts` that `room` pixels hold in one of `sizes`, the first of these; else the last, cut."""
        for words in texts:
            for size in sizes:
                text = self.text(words, at, size=size, **looks)
                if self.width(text) <= room:
                    return text
        return self.fitted(text, room)

    def width(self, text: Text) -> int:
        """Pixels from the left of `text` to its right."""
        return self.overlay.fonts.width(text.text, text.face, text.size)

    def wrapped(self, text: str, room: float, *, size: float, face: str, most: int = 1000) -> list[str]:
        """`text` in lines of at most `room` pixels, broken at spaces, and within words that are longer than a line.

        No more than `most` lines: a text may be longer than anybody has room for.
        """
        fonts, pixels = self.overlay.fonts, self.px(size)
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and fonts.width(longer, face, pixels) <= room:
                lines[-1] = longer
                continue
            while len(word) > 1 and (kept := max(1, fonts.cut(word, face, pixels, room))) < len(word):
                lines.append(word[:kept])
                word = word[kept:]
            lines.append(word)
            if len(lines) > most:
                break
        return lines[:most]

    def notes(self, rect: Rect, lines: Sequence[str]) -> list[Item]:
        """Muted lines in the middle of a panel that has nothing to show yet; what is too long goes on in the next."""
        top, room = rect.y + rect.h / 2 - self.px(2), rect.w - self.px(32)
        lines = [part for line in lines for part in self.wrapped(line, room, size=12.5, face=BODY)]
        return [
            self.fitted(
                self.text(
                    line,
                    (rect.middle[0], top + self.px(18) * row),
                    size=12.5,
                    colour=self.theme.muted,
                    align="middle",
                ),
                room,
            )
            for row, line in enumerate(lines)
        ]

    def icon(
        self, name: str, at: tuple[float, float], *, size: float, colour: Colour, angle: float | None = None
    ) -> Icon:
        """An icon with its middle at `at`; `size` in units."""
        return Icon(name, at, self.px(size), colour, angle)

    def write(self, panel: str, rect: Rect, items: list[Item], *, front: bool = False) -> None:
        """Let a panel show these words; in `front`, nothing else is written within `rect`."""
        self.overlay.put(panel, rect.bounds, items, front=front)

    def words(
        self, panel: str, rect: Rect, key: object, make: Callable[[], list[Item]], *, front: bool = False
    ) -> None:
        """Let a panel show what `make` makes, which must depend on `key`, place and theme alone: else it stays.

        In `front`, nothing else is written within `rect`.
        """
        whole = (rect, key, self.theme.key, self.layout.scale)
        if not self.overlay.shows(panel, whole):
            self.overlay.put(panel, rect.bounds, make(), key=whole, front=front)

    def shape(
        self,
        bounds: tuple[float, float, float, float],
        first: Colour,
        *,
        alpha: float = 1.0,
        second: Colour | None = None,
        radius: float = 6.0,
        line: Colour | None = None,
        line_width: float = 0.0,
        line_alpha: float = 1.0,
        glow: float = 0.0,
        sheen: float = 0.0,
        pulse: Pulse = STILL,
    ) -> None:
        """A rounded box: `bounds` is left, top, width, height in pixels; the rest in units."""
        scale, tint = self.layout.scale, unit(first)
        x, y, w, h = bounds
        self.shapes.append(
            (
                *(x + w / 2, y + h / 2, w / 2, h / 2),
                *tint,
                alpha,
                *(unit(second) if second else tint),
                alpha,
                *(unit(line) if line else tint),
                line_alpha if line_width else 0.0,
                *(radius * scale, line_width * scale, glow * scale, sheen),
                *pulse,
            )
        )

    def disc(self, at: tuple[float, float], radius: float, colour: Colour, **looks: object) -> None:
        """A filled circle; `radius` in units."""
        r = radius * self.layout.scale
        self.shape((at[0] - r, at[1] - r, 2 * r, 2 * r), colour, radius=radius, **looks)  # type: ignore[arg-type]

    def shape_rows(self) -> NDArray[np.float32]:
        """float32 [count, 24]."""
        flat = chain.from_iterable(self.shapes)
        return np.fromiter(flat, dtype=np.float32, count=24 * len(self.shapes)).reshape(-1, 24)
