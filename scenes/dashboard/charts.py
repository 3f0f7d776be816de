"""The charts of loss and accuracy: axes, grid, words. What is made is kept until the data change."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

from engine.overlay import Item
from engine.text import Colour
from scenes.theme import mixed, unit
from scenes.training.controller import Snapshot
from scenes.training.run import Column, TrainingRun

from .curves import area, curve, ribbon
from .drawing import DIGITS, STILL, TITLE, Drawing
from .layout import Rect

LINE = 2.5  # units


@dataclass(frozen=True)
class Axis:
    """A vertical axis from 0 to `top` with round `ticks`."""

    top: float
    ticks: tuple[float, ...]
    digits: int

    def label(self, tick: float) -> str:
        """The tick in as many digits as the step needs."""
        return f"{tick:.{self.digits}f}"


def axis(highest: float, *, most: int = 5) -> Axis:
    """An axis from 0 on round numbers (1, 2, 2.5 or 5 times a power of ten) that holds `highest`."""
    highest = max(highest, 1e-6)
    rough = highest / most
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    count = max(1, ceil(highest / step - 1e-9))
    digits = max(0, -floor(log10(step)) + (1 if abs(step / 10 ** floor(log10(step)) - 2.5) < 1e-6 else 0))
    return Axis(step * count, tuple(step * k for k in range(count + 1)), digits)


def epoch_ticks(epochs: int, *, most: int) -> list[int]:
    """Round epoch numbers from 1 to `epochs`, each once, both ends among them."""
    steps = (1, 2, 5, 10, 20, 25, 50, 100)
    step = next((s for s in steps if epochs / s <= most), epochs)
    inner = [k for k in range(step, epochs, step) if k > step * 0.5 and epochs - k >= step * 0.6]
    return sorted({1, *[k for k in inner if k >= 1 + step * 0.5], epochs})


class Chart:
    """One panel. Keeps what it made until the epoch, the run, the place or the theme changes."""

    def __init__(self, name: str, title: str, *, ceiling: float | None, suffix: str) -> None:
        self.name = name
        self._title = title
        self._ceiling = ceiling
        self._suffix = suffix
        self._key: object = None
        self._grid = np.zeros((0, 16), dtype=np.float32)
        self._strips: list[NDArray[np.float32]] = []
        self._words: list[Item] = []
        self._last: tuple[float, float] = (0.0, 0.0)  # pixels, of the latest value

    def draw(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> None:
        """Add this chart to the drawing."""
        values, unseen = (column[: snapshot.epoch] for column in self._values(snapshot.run))
        epochs = snapshot.epochs or snapshot.parameters.epochs
        key = (rect, snapshot.run, len(values), epochs, drawing.theme.name, drawing.layout.scale)
        if key != self._key:
            self._key = key
            self._make(drawing, rect, values, unseen, epochs)
        drawing.ribbons.append(self._grid)
        drawing.strips += self._strips
        if len(values):
            x, y = self._last
            drawing.disc((x, y), 3.6, self._colour(drawing), glow=6.0)
            drawing.disc((x, y), 1.6, (255, 255, 255))
        drawing.write(self.name, rect, self._words)

    def _make(self, drawing: Drawing, rect: Rect, values: Column, unseen: Column, epochs: int) -> None:
        px = drawing.px
        left, top, right, bottom = px(44), px(48), px(18), px(30)
        plot = Rect(rect.x + left, rect.y + top, rect.w - left - right, max(px(20), rect.h - top - bottom))
        highest = max(float(np.concatenate([values, unseen, [0.0]]).max()), 1e-3) if len(values) else 1.0
        scale = axis(self._ceiling or highest, most=4 if plot.h > px(90) else 2)
        self._grid = self._grid_rows(drawing, plot, scale)
        self._words = self._labels(drawing, rect, plot, scale, len(values), epochs)
        self._strips = []
        if len(unseen) > 1:
            pale = mixed(drawing.theme.panel, self._colour(drawing), 0.55)
            self._strips.append(ribbon(curve(unseen, epochs, plot, scale.top), 0.75 * drawing.layout.scale, pale))
        if len(values):
            points = curve(values, epochs, plot, scale.top)
            self._last = (float(points[-1, 0]), float(plot.bottom - values[-1] / scale.top * plot.h))
            if len(points) > 1:
                colour = self._colour(drawing)
                self._strips.insert(0, area(points, plot, colour))
                self._strips.append(ribbon(points, LINE / 2 * drawing.layout.scale, colour))

    def _grid_rows(self, drawing: Drawing, plot: Rect, scale: Axis) -> NDArray[np.float32]:
        colour, alpha = drawing.theme.grid
        y = plot.bottom - np.array(scale.ticks) / scale.top * plot.h
        y = np.round(y) + 0.5
        count = len(y)
        ends = np.column_stack([np.full(count, plot.x), y, np.full(count, plot.right), y])
        tint = np.tile((*unit(colour), alpha), (count, 1))
        style = np.tile((1.0, 0.0, 3.0 * drawing.layout.scale, 0.0), (count, 1))
        style[0, 2] = 0.0  # the ground is a whole line
        return np.column_stack([ends, tint, style, np.tile(STILL, (count, 1))]).astype(np.float32)

    def _labels(self, drawing: Drawing, rect: Rect, plot: Rect, scale: Axis, recorded: int, epochs: int) -> list[Item]:
        px, muted = drawing.px, drawing.theme.muted
        told = f"{recorded} epoch{'' if recorded == 1 else 's'} recorded" if recorded else "No data yet"
        words: list[Item] = [
            drawing.text(self._title, (rect.x + px(16), rect.y + px(30)), size=15, face=TITLE),
            drawing.text(told, (rect.right - px(16), rect.y + px(30)), size=12, colour=muted, align="right"),
        ]
        for tick in scale.ticks:
            at = (plot.x - px(8), plot.bottom - tick / scale.top * plot.h + px(3.5))
            text = scale.label(tick) + self._suffix
            words.append(drawing.text(text, at, size=10.5, face=DIGITS, colour=muted, align="right"))
        for epoch in epoch_ticks(epochs, most=5 if plot.w < px(300) else 8):
            under = (plot.x + (epoch - 1) / max(1, epochs - 1) * plot.w, plot.bottom + px(16))
            words.append(drawing.text(str(epoch), under, size=10.5, face=DIGITS, colour=muted, align="middle"))
        return words

    def _values(self, run: TrainingRun | None) -> tuple[Column, Column]:
        """What the network learned from, and what it has not seen: float64 [available] each, the latter maybe empty."""
        if run is None:
            return np.zeros(0), np.zeros(0)
        if self.name == "loss_chart":
            return run.loss, run.validation_loss
        return run.accuracy, run.validation_accuracy

    def _colour(self, drawing: Drawing) -> Colour:
        return drawing.theme.loss if self.name == "loss_chart" else drawing.theme.accuracy
