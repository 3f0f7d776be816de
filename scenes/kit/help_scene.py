"""The help: all keys on one sheet of glass before the field. The run waits meanwhile; a row that is pressed is done."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.flat.overlay import Item, Overlay
from engine.graphics.renderer import Renderer
from engine.input import Event, Key, Point, Press, Resize
from engine.scene import Scene
from scenes.dashboard import frame
from scenes.dashboard.header import tone
from scenes.dashboard.words import stamp

from .drawing import BODY, DIGITS, STRONG, TITLE, Drawing
from .help_layout import BETWEEN, CAP, CAP_TEXT, PAD, Row, Sheet, cap_width, caps, fitted

if TYPE_CHECKING:
    from scenes.dashboard.scene import Dashboard

CLOSES = "Any key or tap closes this."
ACTS = "Any key or tap closes this; a tap on a row does it, too."


class HelpScene(Scene):
    """Drawn from the dashboard's table of bindings. `close` takes it off the stack."""

    def __init__(self, dashboard: "Dashboard", close: Callable[[], object]) -> None:
        self._dashboard = dashboard
        self._close = close
        self._overlay = Overlay(dashboard.overlay.fonts, dashboard.size)
        self._sheet = self._fitted(0.0)  # a press may come before the first picture: scripts draw only where told to

    def entered(self) -> None:
        """See Scene."""
        self._overlay.resize(self._dashboard.size)
        self._sheet = self._fitted(0.0)

    def handle(self, event: Event) -> bool:
        """Any key or press closes it; then what the key stands for is done, or the row that could be hit."""
        match event:
            case Resize(size):
                self._dashboard.handle(event)
                self._overlay.resize(size)
                self._sheet = self._fitted(0.0)
            case Key(name, ctrl=False) if name not in ("left shift", "right shift"):
                self._close()
                if name not in ("f1", "escape", "?", "/", "tab"):
                    self._dashboard.handle(event)
            case Press(at):
                self._close()
                self._act(at)
        return True

    def draw(self, canvas: Renderer, *, now: float, blend: float) -> None:
        """See Scene."""
        self._sheet = sheet = self._fitted(now)
        items = [*self._heading(sheet), *(item for row in sheet.rows for item in _row(sheet.drawing, row))]
        sheet.drawing.write("help", sheet.place, items)
        canvas.draw(frame.picture(self._dashboard, sheet.drawing, blend, panels=[sheet.place]))

    def describe(self) -> dict[str, Any]:
        """What can be seen, as of the dashboard."""
        told = self._dashboard.describe()
        sheet = {"help": list(self._sheet.place.bounds)}
        return {**told, "scene": "help", "panels": sheet, "texts": self._overlay.describe(), "controls": {}}

    def _act(self, at: Point) -> None:
        """Do what the row at `at` stands for, if a finger could mean just this one."""
        rows = self._sheet.rows if self._sheet.acts else ()
        act = next((row.binding.act for row in rows if row.place.holds(at)), None)
        if act and act != self._dashboard.open_help:
            act()

    def _fitted(self, now: float) -> Sheet:
        scene = self._dashboard
        return fitted(Drawing(scene.layout, scene.theme, self._overlay, now), scene.bindings.table)

    def _heading(self, sheet: Sheet) -> list[Item]:
        drawing, place, theme = sheet.drawing, sheet.place, sheet.drawing.theme
        px, left = drawing.px, place.x + drawing.px(PAD)
        foot = ACTS if sheet.acts else CLOSES
        bottom = drawing.text(foot, (left, place.bottom - px(18)), size=12, colour=theme.muted)
        word, at = stamp(self._dashboard.snapshot), (place.right - px(PAD), place.y + px(38))
        return [
            drawing.text(word, at, size=12, face=STRONG, colour=tone(theme, word), align="right"),
            drawing.text("Keys", (left, place.y + px(40)), size=22, face=TITLE, colour=theme.accent),
            drawing.fitted(bottom, place.w - 2 * px(PAD)),
            *(drawing.text(name, (x, y), size=12, face=STRONG, colour=theme.muted) for x, y, name in sheet.headings),
        ]


def _row(drawing: Drawing, row: Row) -> list[Item]:
    px, theme, items = drawing.px, drawing.theme, list[Item]()
    x, middle, high = row.place.x, row.place.y + row.place.h / 2, min(px(CAP), row.place.h - px(3))
    for cap in caps(row.binding):
        wide = cap_width(drawing, cap)
        place = (x, middle - high / 2, wide, high)
        drawing.shape(
            place, theme.track[0], alpha=drawing.ground(0.9), radius=5, line=theme.muted, line_width=1.0, line_alpha=0.4
        )
        at = (x + wide / 2, middle + px(4))
        items.append(drawing.text(cap, at, size=CAP_TEXT, face=DIGITS, align="middle"))
        x += wide + px(BETWEEN)
    text = drawing.text(row.binding.what, (row.words, middle + px(4.5)), size=13, face=BODY, colour=theme.text)
    return [*items, drawing.fitted(text, row.place.right - row.words - px(6))]
