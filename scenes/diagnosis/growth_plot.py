"""A plot on two logarithmic axes, drawn by our own renderer: how a frame's time grows with what it shows."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from pathlib import Path

import numpy as np

from engine.files import put
from engine.png import encoded
from engine.scene import SceneStack
from scenes import stage
from scenes.kit.context import SceneContext
from scenes.kit.curves import ribbon
from scenes.kit.drawing import DIGITS, STRONG, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Layout, Panel, Rect
from scenes.kit.theme import mixed

from .made_runs import MadeSource

SIZE = (960, 480)
LEFT, TOP, RIGHT, BOTTOM = 64, 56, 200, 56  # units around the plot
LINE = 1.25  # units, half of a line's width
NAMES = 16  # units, of the lines, that two of them are apart at least

Lines = Mapping[str, Sequence[tuple[float, float]]]  # by name: how much there is, and milliseconds


def draw(path: Path, title: str, counted: str, lines: Lines) -> list[str]:
    """Write `lines` as a PNG; returns the words in it. Raises OSError."""

    def opening(context: SceneContext, scenes: SceneStack) -> PartScene:
        return PartScene("growth", context, _arrange, [GrowthPlot(title, counted, lines)])

    built = stage.build(
        stage.hidden_window(),
        url="",
        size=SIZE,
        theme="dark",
        scale=1.0,
        interval=1,
        source=MadeSource(),
        opening=opening,
    )
    try:
        built.app.tick()
        built.app.draw()
        put(path, encoded(built.app.renderer.pixels()))
        return [told["text"] for told in built.scene.overlay.describe()]
    finally:
        built.close()


class GrowthPlot(Part):
    """Lines with their points, the decades of both axes, and the name of each line at its end."""

    def __init__(self, title: str, counted: str, lines: Lines) -> None:
        self._title, self._counted, self._lines = title, counted, lines
        places = [place for line in lines.values() for place in line]
        self._x, self._y = ([each[axis] for each in places] for axis in (0, 1))

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        theme, rect = drawing.theme, drawing.layout.panels["growth"]
        plot = Rect(rect.x + LEFT, rect.y + TOP, rect.w - LEFT - RIGHT, rect.h - TOP - BOTTOM)
        across, upright = _decades(self._x), _decades(self._y)
        words = [
            drawing.text(self._title, (rect.x + 24, rect.y + 32), size=16, face=TITLE),
            drawing.text(self._counted, (plot.x + plot.w / 2, rect.bottom - 12), colour=theme.muted, align="middle"),
        ]
        for power in upright:
            y = plot.bottom - _share(10.0**power, upright) * plot.h
            drawing.strips.append(
                ribbon(np.array([(plot.x, y), (plot.right, y)]), 0.5, mixed(theme.panel, theme.muted, 0.3))
            )
            words.append(drawing.text(f"{10.0**power:g} ms", (plot.x - 8, y + 4), size=11, face=DIGITS, align="right"))
        for power in across:
            x = plot.x + _share(10.0**power, across) * plot.w
            words.append(drawing.text(f"{10**power:,}", (x, plot.bottom + 18), size=11, face=DIGITS, align="middle"))
        inks = (theme.accuracy, theme.loss, theme.accent_start, theme.warn, theme.text)
        ends: list[tuple[float, str, tuple[int, int, int]]] = []
        for ink, (name, line) in zip(inks, self._lines.items(), strict=False):
            points = np.array(
                [
                    (plot.x + _share(count, across) * plot.w, plot.bottom - _share(ms, upright) * plot.h)
                    for count, ms in line
                ]
            )
            drawing.strips.append(ribbon(points, LINE, ink))
            for x, y in points:
                drawing.disc((float(x), float(y)), 3.5, ink)
            ends.append((float(points[-1, 1]), name, ink))
        below = -1e9
        for y, name, ink in sorted(ends):
            below = max(y, below + NAMES)
            words.append(drawing.text(name, (plot.right + 12, below + 4), size=12, face=STRONG, colour=ink))
        drawing.write("growth", rect, list(words))


def _decades(values: Sequence[float]) -> range:
    """Powers of ten from below the least to above the greatest."""
    return range(floor(log10(min(values))), ceil(log10(max(values))) + 1)


def _share(value: float, decades: range) -> float:
    return (log10(value) - decades[0]) / max(1, decades[-1] - decades[0])


def _arrange(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
    whole = Rect(0, 0, *size)
    return Layout(size, scale, True, {"growth": whole}, {}, whole, size[1], floating=frozenset({"growth"}))
