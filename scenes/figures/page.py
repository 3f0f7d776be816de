"""The page of a figure: its paper and inks, its fonts, and the file that it becomes, with what it shows inside."""

import logging
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D

from engine.files import placed
from engine.flat.fonts import Colour
from engine.resources import ASSETS
from scenes.kit.run_colours import Pattern
from scenes.kit.theme import Theme, unit
from scenes.training.moment_line import NOTE

WIDE, HIGH = 6.8, 4.2  # inches
DOTS = 200  # an inch, of a .png
LEFT, RIGHT, HEAD, FOOT, LINE = 0.62, 0.62, 0.52, 0.52, 0.17  # inches: around a plot, and from line to line of words
SMALL, BODY, TITLE = 7.0, 9.0, 13.0  # points
IN_A_LINE = 118  # characters of the small line at the foot
MOST_LINES = 3
CANVASES = {".svg": FigureCanvasSVG, ".pdf": FigureCanvasPdf, ".png": FigureCanvasAgg}
FACES = {"Inter Medium": 500, "Inter SemiBold": 600, "Outfit SemiBold": 600, "JetBrains Mono Medium": 500}  # weights
BODY_FACE, STRONG_FACE, TITLE_FACE, DIGITS_FACE = FACES
OTHERS = ("DejaVu Sans", "sans-serif")  # where ours lack a letter, or are not there when it is opened
RULES: dict[str, Any] = {  # text stays text; a $ in somebody's own name is no formula; the same bytes every time
    "svg.fonttype": "none",
    "svg.hashsalt": "figure",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "path.simplify": False,
}


def font(size: float, face: str = BODY_FACE) -> FontProperties:
    """One of our own faces, `size` in points; beside it the family that others know it by."""
    _known_faces()
    family = face.removesuffix(" Medium").removesuffix(" SemiBold")
    return FontProperties(family=[face, family, *OTHERS], size=size, weight=FACES[face])


def digits(size: float = SMALL) -> FontProperties:
    """For figures that stand below each other."""
    return font(size, DIGITS_FACE)


@cache
def _known_faces() -> None:
    """Let matplotlib know our own; that it has not all of the others is nothing to be told."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    for face in FACES:
        name = face.replace("JetBrains Mono", "JetBrainsMono").replace(" ", "-")
        fontManager.addfont(str(ASSETS / "fonts" / f"{name}.ttf"))


def style_of(dashes: Pattern | None) -> Any:
    """As matplotlib has it: in widths of the line, which is two units wide."""
    return (0, tuple(part / 2 for part in dashes)) if dashes else "solid"


class Page:
    """One figure in the making: `legend` lines of words below its plot, then what it is, in small."""

    def __init__(self, theme: Theme, *, wide: float = WIDE, high: float = HIGH, legend: int = 0) -> None:
        matplotlib.rcParams.update(RULES)  # text asks for them where it is made, and files where they are written
        self.theme, self.wide, self.high = theme, wide, high + legend * LINE
        self._below = FOOT + 0.2 + legend * LINE
        self.figure = Figure(figsize=(self.wide, self.high), dpi=DOTS, facecolor=unit(theme.panel))

    def plot(self, *, left: float = LEFT, right: float = RIGHT) -> Axes:
        """The axes of the plot, bare; `left` and `right` in inches beside it."""
        box = (left, self._below, self.wide - left - right, self.high - HEAD - self._below)
        share = (box[0] / self.wide, box[1] / self.high, box[2] / self.wide, box[3] / self.high)
        axes = self.figure.add_axes(share, facecolor="none")
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, colors=unit(self.theme.muted), pad=5)
        return axes

    def word(self, text: str, x: float, y: float, ink: Colour, face: FontProperties, **how: Any) -> Any:
        """Words at this place, inches from the left and from the top."""
        at = (x / self.wide, 1 - y / self.high)
        return self.figure.text(*at, text, color=unit(ink), fontproperties=face, **how)

    def head(self, title: str, beside: str) -> None:
        """What the figure shows."""
        self.word(title, 0.2, 0.34, self.theme.text, font(TITLE, TITLE_FACE))
        self.word(beside, self.wide - 0.2, 0.34, self.theme.muted, font(BODY), ha="right")

    def key(self, row: int, text: str, ink: Colour, dashes: Pattern | None) -> None:
        """A line of the legend: a stroke of that ink, and what it means; the first `row` is 0."""
        y = self.high - self._below + 0.5 + row * LINE
        share = 1 - (y - 0.035) / self.high
        ends = ([0.22 / self.wide, 0.48 / self.wide], [share, share])
        self.figure.add_artist(Line2D(*ends, color=unit(ink), linewidth=2, linestyle=style_of(dashes)))
        self.word(text, 0.56, y, self.theme.text, font(SMALL + 1))

    def foot(self, text: str) -> None:
        """What would bring it back, in small, at the bottom."""
        lines = textwrap.wrap(text, IN_A_LINE)
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: IN_A_LINE - 1]}…"]
        for row, line in enumerate(lines):
            y = self.high - 0.12 - (len(lines) - 1 - row) * 0.12
            self.word(line, 0.2, y, self.theme.muted, font(SMALL - 1))

    def write(self, to: Path, title: str, lines: Sequence[str]) -> None:
        """Write the file, whose suffix says what it is; `lines` would bring back what it shows. Raises OSError."""
        kind, told = to.suffix.lower(), "; ".join(lines)
        inside: dict[str, dict[str, Any]] = {
            ".svg": {"Title": title, "Description": told, "Creator": NOTE.rstrip(": "), "Date": None},
            ".pdf": {"Title": title, "Subject": told, "Creator": NOTE.rstrip(": "), "CreationDate": None},
            ".png": {"Comment": NOTE + lines[0]} if lines else {},
        }
        with placed(to) as begun:
            canvas = CANVASES[kind](self.figure)
            canvas.print_figure(begun, format=kind[1:], metadata=inside[kind], facecolor=self.figure.get_facecolor())
