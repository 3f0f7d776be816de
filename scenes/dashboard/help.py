"""The help: all keys on one sheet of glass before the field. The run waits meanwhile; a row that is pressed is done."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from engine.graphics.renderer import Renderer
from engine.input import Event, Key, Press, Resize
from engine.overlay import Item, Overlay
from engine.scene import Scene

from . import frame
from .bindings import Binding
from .drawing import BODY, DIGITS, STRONG, TITLE, Drawing
from .header import tone
from .layout import Rect
from .words import stamp

if TYPE_CHECKING:
    from .scene import Dashboard

WIDE = 860  # units of the sheet's width at most
COLUMN = 300  # units that a column of rows needs
ROW, HEADING, TOP, FOOT = 26, 34, 64, 44  # units high
CAP = 22  # units, of a key's height
PAD = 24  # units
EDGE = 8  # pixels that the sheet keeps from the window's edge
SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)  # of the interface's scale, until all keys fit


class HelpScene(Scene):
    """Drawn from the dashboard's table of bindings. `close` takes it off the stack."""

    def __init__(self, dashboard: "Dashboard", close: Callable[[], object]) -> None:
        self._dashboard = dashboard
        self._close = close
        self._overlay = Overlay(dashboard.overlay.fonts, dashboard.size)
        self._rows: list[tuple[Rect, Binding]] = []
        self._sheet = Rect(0, 0, 1, 1)

    def entered(self) -> None:
        """See Scene."""
        self._overlay.resize(self._dashboard.size)
        self._fitting(0.0)  # a press may come before the first picture: scripts draw only where they are told to

    def handle(self, event: Event) -> bool:
        """Any key or press closes it; what a pressed row or key stands for is done after that."""
        match event:
            case Resize(size):
                self._dashboard.handle(event)
                self._overlay.resize(size)
                self._fitting(0.0)
            case Key(name, ctrl=False) if name not in ("left shift", "right shift"):
                self._close()
                if name not in ("f1", "escape", "?", "/", "tab"):
                    self._dashboard.handle(event)
            case Press(at):
                self._close()
                act = next((binding.act for rect, binding in self._rows if rect.holds(at)), None)
                if act and act != self._dashboard.open_help:
                    act()
        return True

    def draw(self, canvas: Renderer, *, now: float, blend: float) -> None:
        """See Scene."""
        scene = self._dashboard
        drawing = self._fitting(now)
        items = [*self._heading(drawing), *(item for rect, each in self._rows for item in _row(drawing, rect, each))]
        drawing.write("help", self._sheet, items)
        canvas.draw(frame.picture(scene, drawing, blend, panels=[self._sheet]))

    def describe(self) -> dict[str, Any]:
        """What can be seen, as of the dashboard."""
        told = self._dashboard.describe()
        sheet = {"help": list(self._sheet.bounds)}
        return {**told, "scene": "help", "panels": sheet, "texts": self._overlay.describe(), "controls": {}}

    def _fitting(self, now: float) -> Drawing:
        """The largest on which all keys fit, with everything in its place."""
        for drawing in self._drawings(now):
            if self._lay_out(drawing):
                break
        return drawing

    def _drawings(self, now: float) -> Iterator[Drawing]:
        """The sheet as large as all else, then smaller and smaller."""
        scene = self._dashboard
        for share in SHARES:
            smaller = replace(scene.layout, scale=scene.layout.scale * share)
            yield Drawing(smaller, scene.theme, self._overlay, now)

    def _lay_out(self, drawing: Drawing) -> bool:
        """Place everything; False if it is higher than the window."""
        px, (width, height) = drawing.px, drawing.layout.size
        groups = [list(group) for _, group in groupby(self._dashboard.bindings.table, key=lambda each: each.group)]
        across = min(WIDE, round(width / drawing.layout.scale) - 32)
        columns = max(1, min(3, (across - 2 * PAD) // (COLUMN - 40)))
        heights = [HEADING + ROW * len(group) for group in groups]
        share = sum(heights) / columns
        tall, places, column, used = 0, [], 0, 0
        for group, high in zip(groups, heights, strict=True):
            if used and used + high / 2 > 1.05 * share and column < columns - 1:
                column, used = column + 1, 0
            places.append((column, used, group))
            used += high
            tall = max(tall, used)
        w, h = px(across), px(TOP + tall + FOOT)
        self._sheet = sheet = Rect((width - w) // 2, (height - h) // 2, w, h)
        cell = (sheet.w - 2 * px(PAD)) // columns
        self._headings = [
            (sheet.x + px(PAD) + c * cell, sheet.y + px(TOP + y + 18), group[0].group) for c, y, group in places
        ]
        self._rows = [
            (Rect(sheet.x + px(PAD) + c * cell, sheet.y + px(TOP + y + HEADING - 8 + k * ROW), cell, px(ROW)), each)
            for c, y, group in places
            for k, each in enumerate(group)
        ]
        return h <= height - 2 * EDGE

    def _heading(self, drawing: Drawing) -> list[Item]:
        px, theme, sheet = drawing.px, drawing.theme, self._sheet
        foot = "Any key or tap closes this; a tap on a row does it, too."
        bottom = drawing.text(foot, (sheet.x + px(PAD), sheet.bottom - px(18)), size=12, colour=theme.muted)
        word = stamp(self._dashboard.snapshot)
        at = (sheet.right - px(PAD), sheet.y + px(38))
        return [
            drawing.text(word, at, size=12, face=STRONG, colour=tone(theme, word), align="right"),
            drawing.text("Keys", (sheet.x + px(PAD), sheet.y + px(40)), size=22, face=TITLE, colour=theme.accent),
            drawing.fitted(bottom, sheet.w - 2 * px(PAD)),
            *(drawing.text(name, (x, y), size=12, face=STRONG, colour=theme.muted) for x, y, name in self._headings),
        ]


def _row(drawing: Drawing, rect: Rect, binding: Binding) -> list[Item]:
    px, theme, fonts = drawing.px, drawing.theme, drawing.overlay.fonts
    items: list[Item] = []
    x, middle = rect.x, rect.y + rect.h / 2
    caps = binding.caps if len(binding.caps) < 4 else (f"{binding.caps[0]} – {binding.caps[-1]}",)
    for cap in caps:
        wide = max(px(CAP), fonts.width(cap, DIGITS, px(12)) + px(12))
        place = (x, middle - px(CAP) / 2, wide, px(CAP))
        drawing.shape(
            place, theme.track[0], alpha=drawing.ground(0.9), radius=5, line=theme.muted, line_width=1.0, line_alpha=0.4
        )
        items.append(drawing.text(cap, (x + wide / 2, middle + px(4)), size=12, face=DIGITS, align="middle"))
        x += wide + px(5)
    left = max(x + px(5), rect.x + px(66))
    text = drawing.text(binding.what, (left, middle + px(4.5)), size=13, face=BODY, colour=theme.text)
    return [*items, drawing.fitted(text, rect.right - left - px(6))]
