"""The staff's panel of an exhibit: a keypad for the PIN, then how it stands, and what can be done: start anew, quit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.flat.overlay import Item, Overlay
from engine.graphics.picture import Picture
from engine.input import Event, Key, Point, Press
from engine.scene import Entries, Scene
from scenes.kit.context import SceneContext
from scenes.kit.drawing import DIGITS, STRONG, TITLE, Drawing
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Rect
from scenes.kit.words import say

from .pin_lock import PinLock

WIDE, HIGH = 340, 456  # units of the sheet
PAD, TOP, KEY, GAP = 24, 108, 56, 12  # units: at the sides, above the keypad, a key's height, between two
PADS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "enter")
LONGEST = 12  # digits
BACK = "back"
ALONE = 60.0  # seconds without a touch, after which it closes by itself
ROW = 22  # units between two lines of how it stands
SIZES, EDGE = (16, 14, 13, 12), 8  # units high, of the words on a key: the largest that has room; beside them


@dataclass(frozen=True)
class Act:
    """A button, whose words stand in the table under its name after "staff.", and what it does."""

    name: str
    does: Callable[[], object]


class StaffScene(Scene):
    """Over the scene `below`; `close` takes it off. `told` is how the exhibit stands, in words by key ("staff.")."""

    closes = True
    covers = False

    def __init__(
        self,
        context: SceneContext,
        below: PartScene,
        lock: PinLock,
        *,
        told: Callable[[], Mapping[str, str]],
        acts: Sequence[Act],
        close: Callable[[], object],
    ) -> None:
        self._context, self._below, self._lock, self._told, self._close = context, below, lock, told, close
        self._acts = [*acts, Act(BACK, close)]
        self._overlay = Overlay(context.fonts, context.renderer.size)
        self._typed, self._wrong = "", False
        self._time = self._alone = 0.0  # seconds
        self.open = False  # whether the PIN has been told

    def handle(self, event: Event) -> bool:
        """See Scene: fingers press keys, keyboards type them."""
        self._alone = 0.0
        match event:
            case Key(name, ctrl=False) if name.isdecimal() and len(name) == 1:
                self._press(name)
            case Key("return" | "enter"):
                self._press("enter")
            case Key("backspace" | "delete"):
                self._press("clear")
            case Press(at):
                found = self._under(at)
                if found:
                    self._press(found)
        return True

    def tick(self, dt: float) -> None:
        """See Scene."""
        self._time += dt
        self._alone += dt
        if self._alone >= ALONE:
            self._close()

    def picture(self, *, now: float, blend: float) -> Picture:
        """See Scene."""
        drawing, sheet = self._drawing(now), self._sheet()
        items = [*self._head(drawing, sheet), *self._buttons(drawing, sheet)]
        drawing.write("staff", sheet, items)
        return self._below.behind(drawing, blend, [(sheet, 0.0)])

    def entries(self) -> Entries:
        """See Scene."""
        return {"scene": lambda: "staff", "texts": self._overlay.describe, "open": lambda: self.open}

    def _press(self, name: str) -> None:
        if self.open:
            for act in self._acts:
                if act.name == name:
                    act.does()
        elif name == BACK:
            self._close()
        elif name == "clear":
            self._typed = ""
        elif name == "enter":
            self.open = self._lock.opens(self._typed, self._time)
            self._wrong = not self.open
            self._typed = ""
        elif name.isdecimal():
            self._typed = (self._typed + name)[:LONGEST]

    def _drawing(self, now: float) -> Drawing:
        page = self._below.page
        if self._overlay.surface.get_size() != page.size:
            self._overlay.resize(page.size)
        return Drawing(page, self._context.appearance.theme, self._overlay, now)

    def _sheet(self) -> Rect:
        page = self._below.page
        wide, high = min(page.px(WIDE), page.size[0] - 8), min(page.px(HIGH), page.size[1] - 8)
        return Rect((page.size[0] - wide) // 2, (page.size[1] - high) // 2, wide, high)

    def _places(self) -> dict[str, Rect]:
        """Where what can be pressed stands, by name."""
        sheet, px = self._sheet(), self._below.page.px
        left, wide = sheet.x + px(PAD), sheet.w - 2 * px(PAD)
        if self.open:
            top = sheet.bottom - px(PAD) - len(self._acts) * px(KEY)
            names = [act.name for act in self._acts]
            return {name: Rect(left, top + k * px(KEY), wide, px(KEY - GAP / 2)) for k, name in enumerate(names)}
        each = (wide - 2 * px(GAP)) // 3
        keys = {
            name: Rect(left + k % 3 * (each + px(GAP)), sheet.y + px(TOP) + k // 3 * px(KEY + GAP), each, px(KEY))
            for k, name in enumerate(PADS)
        }
        return keys | {BACK: Rect(left, keys["0"].bottom + px(GAP), wide, px(KEY - GAP))}

    def _under(self, at: Point) -> str | None:
        return next((name for name, place in self._places().items() if place.holds(at)), None)

    def _head(self, drawing: Drawing, sheet: Rect) -> list[Item]:
        px, theme, left = drawing.px, drawing.theme, sheet.x + drawing.px(PAD)
        items: list[Item] = [
            drawing.text(say("staff.title"), (left, sheet.y + px(42)), size=22, face=TITLE, colour=theme.accent),
        ]
        if self.open:
            for row, (name, text) in enumerate(self._told().items()):
                y = sheet.y + px(72) + row * px(ROW)
                value = drawing.text(text, (sheet.right - px(PAD), y), size=13, face=DIGITS, align="right")
                value = drawing.fitted(value, sheet.w * 0.6)
                room = sheet.w - 2 * px(PAD) - drawing.width(value) - px(8)
                items += [drawing.said(f"staff.{name}", (left, y), room, sizes=(13, 12, 11), colour=theme.muted), value]
            return items
        wait = self._lock.wait(self._time)
        wrong = "staff.wrong" if self._wrong and not self._typed else "staff.pin"
        says = say("staff.wait", seconds=wait) if wait else say(wrong)
        shown = "•" * len(self._typed) or says
        items.append(drawing.text(shown, (sheet.middle[0], sheet.y + px(84)), size=18, face=STRONG, align="middle"))
        return items

    def _buttons(self, drawing: Drawing, sheet: Rect) -> list[Item]:
        theme, items = drawing.theme, list[Item]()
        for name, place in self._places().items():
            drawing.shape(place.bounds, theme.track[0], alpha=drawing.ground(0.9), radius=10)
            at = (place.middle[0], place.middle[1] + drawing.px(6))
            if name.isdecimal():
                items.append(drawing.text(name, at, size=16, face=STRONG, align="middle"))
                continue
            room = place.w - drawing.px(EDGE)
            items.append(drawing.said(f"staff.{name}", at, room, sizes=SIZES, face=STRONG, align="middle"))
        return items
