"""The help: all keys on one sheet of glass before the field. The run goes on; a row that is pressed is done."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.flat.overlay import Item, Overlay, Text
from engine.graphics.picture import Picture
from engine.input import Event, Key, Point, Press
from engine.scene import Entries, Scene

from .context import SceneContext
from .drawing import BODY, DIGITS, STRONG, TITLE, Drawing
from .help_layout import BETWEEN, CAP, CAP_TEXT, PAD, Row, Sheet, cap_width, caps, fitted
from .keymap import Binding
from .part_scene import PartScene
from .run_words import stamp, stamp_colour, stamp_words
from .words import say

SIZES = (13, 12, 11, 10, 9, 8)  # units high, of what keys do: the largest at which all have room


class HelpScene(Scene):
    """The keys of the scene `below`, before what lies behind that one. `close` takes it off the stack."""

    closes = True

    def __init__(
        self, context: SceneContext, below: PartScene, table: Sequence[Binding], close: Callable[[], object]
    ) -> None:
        self._context, self._below, self._table, self._close = context, below, table, close
        self._overlay = Overlay(context.fonts, context.renderer.size)

    def handle(self, event: Event) -> bool:
        """Any key or press closes it; then what the key stands for is done, or the row that could be hit."""
        match event:
            case Key(name, ctrl=False) if name not in ("left shift", "right shift"):
                self._close()
                if name not in ("f1", "escape", "?", "tab"):
                    self._below.handle(event)
            case Press(at):
                self._close()
                self._act(at)
        return True

    def picture(self, *, now: float, blend: float) -> Picture:
        """See Scene."""
        sheet = self._fitted(now)
        size = _size(sheet)
        items = [*self._heading(sheet), *(item for row in sheet.rows for item in _row(sheet.drawing, row, size))]
        sheet.drawing.write("help", sheet.place, items)
        return self._below.behind(sheet.drawing, blend, [(sheet.place, 0.0)])

    def entries(self) -> Entries:
        """See Scene: what the scene below tells of the run, and this sheet."""
        told = self._below.entries()
        return {
            **told,
            "scene": lambda: "help",
            "panels": lambda: {"help": list(self._fitted(0.0).place.bounds)},
            "texts": self._overlay.describe,
            "text_layer": self._overlay.digest,
            "controls": dict,
        }

    def _act(self, at: Point) -> None:
        """Do what the row at `at` stands for, if a finger could mean just this one; but not open the help again."""
        sheet = self._fitted(0.0)
        rows = sheet.rows if sheet.acts else ()
        row = next((row for row in rows if row.place.holds(at)), None)
        if row and row.binding.act and "f1" not in row.binding.keys:
            row.binding.act()

    def _fitted(self, now: float) -> Sheet:
        page = self._below.page
        if self._overlay.surface.get_size() != page.size:
            self._overlay.resize(page.size)
        return fitted(Drawing(page, self._context.appearance.theme, self._overlay, now), self._table)

    def _heading(self, sheet: Sheet) -> list[Item]:
        drawing, place, theme = sheet.drawing, sheet.place, sheet.drawing.theme
        px, left = drawing.px, place.x + drawing.px(PAD)
        foot = say("help.acts" if sheet.acts else "help.closes")
        bottom = drawing.text(foot, (left, place.bottom - px(18)), size=12, colour=theme.muted)
        word, at = stamp(self._context.controller.now), (place.right - px(PAD), place.y + px(38))
        return [
            drawing.text(stamp_words(word), at, size=12, face=STRONG, colour=stamp_colour(theme, word), align="right"),
            drawing.text(say("help.title"), (left, place.y + px(40)), size=22, face=TITLE, colour=theme.accent),
            drawing.fitted(bottom, place.w - 2 * px(PAD)),
            *(drawing.text(name, (x, y), size=12, face=STRONG, colour=theme.muted) for x, y, name in sheet.headings),
        ]


def _size(sheet: Sheet) -> float:
    """Units: the largest size at which the words of all rows have room."""
    drawing = sheet.drawing

    def fits(size: float) -> bool:
        return all(drawing.width(_what(drawing, row, size)) <= _room(drawing, row) for row in sheet.rows)

    return next(filter(fits, SIZES), SIZES[-1])


def _what(drawing: Drawing, row: Row, size: float) -> Text:
    """What the keys of a row do."""
    at = (row.words, row.place.y + row.place.h / 2 + drawing.px(4.5))
    return drawing.text(row.binding.what, at, size=size, face=BODY, colour=drawing.theme.text)


def _room(drawing: Drawing, row: Row) -> int:
    return row.place.right - row.words - drawing.px(6)


def _row(drawing: Drawing, row: Row, size: float) -> list[Item]:
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
    text, room = _what(drawing, row, size), _room(drawing, row)
    brief = replace(text, text=row.binding.brief)
    return [*items, text if drawing.width(text) <= room else drawing.fitted(brief, room)]
