"""What a self-test shows: one part for what is heard and said everywhere, one for each panel."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from engine.flat.overlay import Item
from engine.input import Event, Key, Move, Pinch, Press
from engine.scene import Entries
from engine.sound import Sound
from scenes.kit.control_drawing import quiet_button
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, DIGITS, FIGURES, STRONG, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.words import say

from .findings import ASKED, ASKED_KEYS, SOUND, TEARING, Findings, Verdict
from .layout import PAD, PLAY, RIGHT, STRIP, WRONG

TONE = (440.0, 0.8)  # hertz and seconds
SIGNS = {"left": "←", "up": "↑", "down": "↓", "right": "→", "space": "␣"}  # what stands on a key, where it is no word
FIGURE = 40  # units: a large number
TITLED, SMALL = 16, 13  # units: a title, and small words
LINE = 18  # units from one line of small words to the next
STEPS = 16  # of grey, and of each of the three colours
BARS, WIDE, CROSSING = 5, 22, 2.0  # moving bars, how wide they are in units, and the seconds in which one crosses


class Listener(Part):
    """Hears everything first, and keeps what it says; takes nothing but the key that closes the test."""

    def __init__(self, found: Findings, end: Callable[[], object]) -> None:
        self._found, self._end = found, end

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part."""
        found, size = self._found, moment.page.size
        match event:
            case Key("escape"):
                self._end()
                return True
            case Key(name):
                found.pressed(name)
            case Press(at) | Move(at, held=True):
                found.touched(at, size)
            case Pinch(at):
                found.touched(at, size)
                found.fingers = 2
        return False

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        self._found.heard(moment.run, dt)

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"selftest": lambda: {name: verdict.value for name, verdict in self._found.verdicts().items()}}


class Head(Part):
    """The line above: what there is to do, what is left, and the button that closes the test."""

    def __init__(self, found: Findings, controls: ControlSet, end: Callable[[], object]) -> None:
        self._found, self._controls, self._end = found, controls, end

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        return {"end": self._end}

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        quiet_button(drawing, self._controls, "end", moment.blend)
        told = self._found.verdicts().values()
        left, wrong = sum(v is Verdict.OPEN for v in told), sum(v is Verdict.WRONG for v in told)
        rect = drawing.layout.panels["head"]
        drawing.words("head", rect, (left, wrong), lambda: self._words(drawing, rect, left, wrong))

    def _words(self, drawing: Drawing, rect: Rect, left: int, wrong: int) -> list[Item]:
        px, theme, end = drawing.px, drawing.theme, drawing.layout.slots["end"]
        key, ink = ("left", theme.muted) if left else ("faulty", theme.danger) if wrong else ("done", theme.ok)
        at, room = rect.x + px(PAD), end.x - rect.x - px(2 * PAD)
        title = drawing.text(say("selftest"), (at, rect.y + px(25)), size=19, face=TITLE, colour=theme.accent)
        says = drawing.text(say(f"selftest.{key}", left=left, wrong=wrong), (at, rect.y + px(46)), size=13, colour=ink)
        ends = drawing.text(
            say("selftest.end"), (end.middle[0], end.middle[1] + px(5)), size=14, face=STRONG, align="middle"
        )
        return [drawing.fitted(title, room), drawing.fitted(says, room), drawing.fitted(ends, end.w)]


class Told(Part):
    """A panel with a title, how its test stands, a few small words and buttons; between them what there is to see."""

    words_above = False  # the small ones stand right below the title, not above the buttons

    def __init__(self, name: str, found: Findings, controls: ControlSet) -> None:
        self.name, self.found, self._controls = name, found, controls
        self._key: object = None
        self._items: list[Item] = []
        self._inner = Rect(0, 0, 1, 1)

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part: where only somebody in front of the screen can say, two to say it with."""
        if self.name not in ASKED:
            return {}
        return {f"{self.name}.{word}": partial(self._answer, word == RIGHT) for word in (RIGHT, WRONG)}

    def _answer(self, right: bool) -> None:
        self.found.answers[self.name] = right

    def says(self) -> str:
        """The small words of this moment."""
        return say(f"selftest.{self.name}.asked")

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """Draw what there is to see within `inner`."""

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        for name in self.buttons():
            quiet_button(drawing, self._controls, name, moment.blend)
        verdict, says = self.found.verdicts()[self.name], self.says()
        key = drawing.layout, drawing.theme.key, verdict, says
        if key != self._key:
            self._key, (self._items, self._inner) = key, self._words(drawing, verdict, says)
        drawing.write(self.name, drawing.layout.panels[self.name], self._items)
        self.show(drawing, self._inner)

    def _words(self, drawing: Drawing, verdict: Verdict, says: str) -> tuple[list[Item], Rect]:
        """What is written, and the place that it leaves free."""
        px, theme, width = drawing.px, drawing.theme, drawing.overlay.fonts.width
        rect, slots = drawing.layout.panels[self.name], [drawing.layout.slots[name] for name in self.buttons()]
        left, right, y = rect.x + px(PAD), rect.right - px(PAD), rect.y + px(28)
        ink = {Verdict.RIGHT: theme.ok, Verdict.WRONG: theme.danger, Verdict.OPEN: theme.muted}[verdict]
        named = say(f"selftest.{self.name}")
        size = TITLED if width(named, TITLE, px(TITLED)) <= right - left else SMALL
        title = drawing.text(named, (left, y), size=size, face=TITLE)
        beside = bool(slots) and self.words_above and slots[0].x > rect.middle[0]  # the buttons are, not below
        end = slots[0].x - px(PAD) if beside else right
        stands = drawing.text(say(f"selftest.{verdict.value}"), (end, y), size=SMALL, face=STRONG, colour=ink)
        needed = width(title.text, TITLE, title.size) + width(stands.text, STRONG, stands.size) + px(PAD)
        if needed > right - left:  # then below each other
            y += px(LINE)
            stands = replace(stands, at=(left, y))
        else:
            stands = replace(stands, align="right")
        lines = drawing.wrapped(says, end - left, size=SMALL, face=BODY)
        high = px(LINE) * len(lines)
        foot = min((slot.y for slot in slots), default=rect.bottom) - px(10)
        first = y + px(LINE + 4) if self.words_above else foot - high + px(LINE - 4)
        items: list[Item] = [drawing.fitted(title, right - left), drawing.fitted(stands, right - left)]
        for k, line in enumerate(lines):
            items.append(drawing.text(line, (left, first + px(LINE) * k), size=SMALL, colour=theme.muted))
        for name, slot in zip(self.buttons(), slots, strict=True):
            items.append(self._on_button(drawing, name.partition(".")[2], slot))
        top = y + px(14)
        return items, Rect(left, top, right - left, max(1, foot - high - px(8) - top))

    def _on_button(self, drawing: Drawing, word: str, slot: Rect) -> Item:
        if word == PLAY:
            return drawing.icon("play", slot.middle, size=18, colour=drawing.theme.text)
        at = (slot.middle[0], slot.middle[1] + drawing.px(5))
        text = drawing.text(say(f"selftest.{word}"), at, size=14, face=STRONG, align="middle")
        return drawing.fitted(text, slot.w - drawing.px(6))


class Touched(Told):
    """The screen in small: which of its parts have been touched."""

    def says(self) -> str:
        """See Told."""
        return say("selftest.touch.two" if self.found.fingers > 1 else "selftest.touch.asked")

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """See Told."""
        across, down = self.found.grid
        size, theme = drawing.layout.size, drawing.theme
        share = min(inner.w / size[0], inner.h / size[1])
        wide, high = share * size[0] / across, share * size[1] / down
        left, top = inner.middle[0] - wide * across / 2, inner.y + (inner.h - high * down) / 2
        gap = drawing.px(3)
        for column in range(across):
            for row in range(down):
                place = (left + column * wide + gap / 2, top + row * high + gap / 2, wide - gap, high - gap)
                lit = (column, row) in self.found.parts
                ink, alpha = (theme.ok, 0.9) if lit else (theme.track[0], theme.track[1])
                drawing.shape(place, ink, alpha=alpha, radius=4)


class Pressed(Told):
    """Five keys, and which of them have been pressed."""

    def says(self) -> str:
        """See Told."""
        last = self.found.last_key
        return say("selftest.keys.last", name=SIGNS.get(last, last)) if last else say("selftest.keys.asked")

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """See Told."""
        theme, gap = drawing.theme, drawing.px(6)
        side = min((inner.w - (len(ASKED_KEYS) - 1) * gap) / len(ASKED_KEYS), inner.h, drawing.px(52))
        left = inner.middle[0] - (len(ASKED_KEYS) * (side + gap) - gap) / 2
        items: list[Item] = []
        for k, key in enumerate(ASKED_KEYS):
            place = (left + k * (side + gap), inner.middle[1] - side / 2, side, side)
            lit = key in self.found.keys
            ink, alpha = (theme.ok, 0.9) if lit else (theme.track[0], theme.track[1])
            drawing.shape(place, ink, alpha=alpha, radius=8)
            sign, at = SIGNS[key], (place[0] + side / 2, place[1] + side / 2 + drawing.px(6))
            colour = theme.on_accent if lit else theme.text
            items.append(drawing.text(sign, at, size=17, face=DIGITS, colour=colour, align="middle"))
        drawing.write("keys.signs", inner, items)


class Colours(Told):
    """Steps from black to white and of each of a screen's three colours; each of them is to be told from the next."""

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """See Told."""
        high, wide = inner.h / 4, inner.w / STEPS
        for row, (red, green, blue) in enumerate(((1, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1))):
            for k in range(STEPS):
                level = round(255 * k / (STEPS - 1))
                left, right = round(inner.x + k * wide), round(inner.x + (k + 1) * wide)
                top, below = round(inner.y + row * high), round(inner.y + (row + 1) * high)
                drawing.shape(
                    (left, top, right - left, below - top), (red * level, green * level, blue * level), radius=0
                )


class Tearing(Told):
    """Bars that cross the whole screen: where a picture is shown in two halves, they break."""

    words_above = True

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """See Told."""
        wide, high = drawing.px(WIDE), drawing.px(STRIP - PAD)
        top = drawing.layout.panels[TEARING].bottom - drawing.px(PAD) - high
        moved = drawing.now / CROSSING % 1.0
        for k in range(BARS):
            left = inner.x + (moved + k / BARS) % 1.0 * (inner.w + wide) - wide
            x, right = max(left, inner.x), min(left + wide, inner.right)
            if right > x:
                drawing.shape((x, top, right - x, high), drawing.theme.text, radius=0)


class Paced(Told):
    """How many frames a second there are, and how even they come."""

    def says(self) -> str:
        """See Told."""
        pace = self.found.pace
        return say("selftest.frames.slowest", slowest=pace[1] * 1000) if pace else say("selftest.frames.asked")

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """See Told."""
        pace = self.found.pace
        figure(drawing, self.name, f"{pace[0]:.0f}" if pace else "–", inner)


class Sounding(Told):
    """A tone, and whether it is heard."""

    def __init__(self, found: Findings, controls: ControlSet, sound: Sound) -> None:
        super().__init__(SOUND, found, controls)
        self._sound = sound

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Told."""
        return {f"{SOUND}.{PLAY}": partial(self._sound.play, *TONE), **super().buttons()}

    def says(self) -> str:
        """See Told."""
        return self.found.silence or super().says()

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """See Told."""
        figure(drawing, self.name, f"{TONE[0]:.0f} Hz", inner)


class Trained(Told):
    """A short run: whether the backend trains, and how soon its first epoch is there."""

    def says(self) -> str:
        """See Told."""
        found = self.found
        came, of = found.epochs
        if found.error or not found.first_epoch:
            return found.error or say("selftest.training.asked")
        return say("selftest.training.came", came=came, of=of, first=found.first_epoch)

    def show(self, drawing: Drawing, inner: Rect) -> None:
        """See Told."""
        came, of = self.found.epochs
        theme, high = drawing.theme, drawing.px(8)
        top = inner.bottom - high
        figure(drawing, self.name, str(came), Rect(inner.x, inner.y, inner.w, max(1, inner.h - 2 * high)))
        drawing.shape((inner.x, top, inner.w, high), theme.track[0], alpha=theme.track[1], radius=4)
        if came and of:
            wide = max(high, inner.w * came / of)
            drawing.shape((inner.x, top, wide, high), theme.accent_start, second=theme.accent_end, radius=4)


def figure(drawing: Drawing, name: str, text: str, inner: Rect) -> None:
    """A large number in the middle of the panel called `name`."""
    at = (inner.middle[0], inner.middle[1] + drawing.px(FIGURE / 3))
    drawing.write(f"{name}.figure", inner, [drawing.text(text, at, size=FIGURE, face=FIGURES, align="middle")])
