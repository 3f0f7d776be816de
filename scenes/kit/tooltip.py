"""What a chart says of the epoch under the pointer: a line through both charts, and a small box of figures."""

from engine.flat.fonts import Colour
from engine.flat.overlay import Item

from .drawing import DIGITS, STRONG, Drawing
from .places import Rect

SIZE = 11  # units, of the figures
ROW = 14  # units from line to line
PAD = 8  # units


def crosshair(drawing: Drawing, plot: Rect, x: float) -> None:
    """A thin upright line at `x` pixels."""
    width = max(1, drawing.px(1))
    drawing.shape((round(x) - width / 2, plot.y, width, plot.h), drawing.theme.muted, alpha=0.7, radius=0)


def box(drawing: Drawing, chart: str, within: Rect, x: float, lines: list[str], tone: Colour) -> None:
    """The figures, beside the line at `x`, inside of `within` where they have room there."""
    px, theme, fonts = drawing.px, drawing.theme, drawing.overlay.fonts
    faces = (STRONG, *(DIGITS for _ in lines[1:]))
    inks = (theme.text, tone, theme.muted)
    wide = max(fonts.width(text, face, px(SIZE)) for text, face in zip(lines, faces, strict=True)) + 2 * px(PAD)
    high = px(ROW) * len(lines) + px(8)
    right = x + px(10) + wide <= within.right
    left = round(x + px(10)) if right else max(within.x, round(x - px(10) - wide))
    place = Rect(left, within.y + max(0, (within.h - high) // 2), wide, high)
    drawing.shape(place.bounds, theme.panel, alpha=0.96, radius=7, line=theme.muted, line_width=1.0, line_alpha=0.45)
    words: list[Item] = [
        drawing.text(text, (left + px(PAD), place.y + px(15 + ROW * row)), size=SIZE, face=face, colour=ink)
        for row, (text, face, ink) in enumerate(zip(lines, faces, inks, strict=False))
    ]
    drawing.write(f"{chart}.tooltip", place, words)
