"""Writes down what a person does in a window, as lines of a script. Opens no file, asks for no time.

Waits are counted from what the screen shows rather than from the clock: a script's exchange with a backend takes a
scripted time, a live one as long as it takes, and still the same act comes at the same moment of the run.
"""

import shlex
from collections.abc import Callable, Iterator

from engine.input import Event, FocusLost, Key, Move, Pinch, Point, Press, Release, Resize, Scroll

from .gesture import Gesture
from .one_act_a_tick import Acts
from .waits import Brief, Gap, patience
from .watched import Watched

NOWHERE: Point = (0.0, 0.0)  # where nothing lies under the pointer
SMALLEST = 64  # pixels of a side that a script can ask for


class Recorder:
    """Stands between an app's input and its scenes. `lines` is what has been done so far, as a script says it.

    `heard` is called after each tick.
    """

    def __init__(self, watched: Watched, *, heard: Callable[[], None] = lambda: None) -> None:
        self._watched = watched
        self._heard = heard
        self._acts = Acts(watched.inside)
        self._moment = watched.moment()
        self._lines: list[str] = []
        self._series: tuple[str, str] | None = None  # the verb and the place that the last line may go on with
        self._gap = Gap()
        self._gesture: tuple[Gesture, Gap] | None = None
        self._acted = False
        self._brief = self._phase()

    def lines(self) -> list[str]:
        """Everything up to now; a gesture that has not ended yet, and the time since the last one, at the end."""
        gesture, gap = self._gesture or (None, self._gap)
        last = gesture.line("no") if gesture else None
        waits = self._brief.lines(gap.since) if self._brief else gap.lines(self._watched.figure)
        return [*self._lines, *waits, *([last] if last else [])]

    def hear(self, event: Event) -> bool:
        """Take input in; True if it is to be handled at once, False if it comes out of `due`."""
        if isinstance(event, Resize):
            width, height = (max(SMALLEST, side) for side in event.size)
            self.say(f"size {width}x{height}", 0)
            return True
        self._acts.hear(event)
        return False

    def due(self) -> Iterator[Event]:
        """What is to be handled before the next tick, one after the other."""
        passing, act = self._acts.next()
        for event in passing:
            before = self._watched.pointed()
            yield event
            if self._watched.pointed() != before:
                x, y = self._watched.inside(event.at if isinstance(event, Move) else NOWHERE)
                self.say(f"point {x:.0f} {y:.0f} {self._watched.pointing()}".rstrip(), 0)
        self._acted = act is not None
        if act:
            self._note(act)
            yield act

    def ticked(self) -> None:
        """A tick has passed."""
        before, self._moment = self._moment, self._watched.moment()
        if not self._acted:
            self._rested(before.status != self._moment.status)
        self._gap.total += 1
        if before.status != self._moment.status:
            self._changed(before.status, self._moment.status)
        elif before.figure != self._moment.figure and not self._acted and self._gesture is None:
            self._gap.figure, self._gap.since = self._moment.figure, 0
        self._heard()

    def say(self, line: str, ticks: int) -> None:
        """Write a line that takes so many ticks; a gesture that is under way is interrupted for it."""
        self._interrupt()
        self._write(line, ticks, self._taken())

    def _rested(self, changed: bool) -> None:
        """A tick without an act. In a brief status it counts only as long as the status would last in a script."""
        if self._gesture is None:
            self._gap.since += 1
            return
        gesture, gap = self._gesture
        if changed or not (self._brief and self._brief.full(gesture.ticks("no") + gap.since)):
            gesture.steps.append(None)

    def _changed(self, before: str, after: str) -> None:
        """The status has changed. What comes by itself is waited for, in the middle of a gesture too."""
        alone = self._watched.by_itself(before, after)
        if alone:
            self._interrupt()
        if self._brief:
            self._lines += self._brief.lines()
        self._brief = self._phase()
        if alone and self._gesture:
            self._lines.append(f"until {after}{patience(self._gap.total)}")
        elif alone:
            self._gap.untils.append(after)
            self._gap.figure, self._gap.since = None, 0

    def _phase(self) -> Brief | None:
        limit = self._watched.limit(self._moment.status)
        return None if limit is None else Brief(limit)

    def _interrupt(self) -> None:
        if self._gesture:
            rest = self._gesture[0].rest()
            self._end_gesture("no")
            self._gesture = rest, Gap()

    def _note(self, act: Event) -> None:
        match act:
            case Press(at):
                self._gesture = self._pressed(at), self._taken()
            case Move(at) if self._gesture:
                self._gesture[0].move(at)
            case Release(at):
                if self._gesture and (target := self._watched.target(at)):
                    self._gesture[0].added = target.added  # a click does what it does where it ends
                self._end_gesture("yes")
            case FocusLost():
                self._end_gesture("lost")
            case Key():
                self.say(f"key {shlex.quote(_key(act))}", 1)
            case Scroll(at, steps):
                self._repeat("scroll", self._place(at), f"{steps:.4f}")
            case Pinch(at, scale):
                self._repeat("pinch", self._place(at), f"{scale:.6f}")

    def _pressed(self, at: Point) -> Gesture:
        """By name where it lands on a control; elsewhere every pixel counts."""
        target = self._watched.target(at)
        named = target if target and (target.button or target.value) else None
        return Gesture(at, named, named.value(at) if named and named.value else "")

    def _place(self, at: Point) -> str:
        if self._gesture:  # the pointer may have left the picture, and must not be moved
            return "here"
        target = self._watched.target(at)
        at = self._watched.inside((round(at[0]), round(at[1])))
        return target.words[0] if target and not target.button else f"{at[0]:g} {at[1]:g}"

    def _repeat(self, verb: str, place: str, amount: str) -> None:
        """A verb that takes several amounts, a tick each, goes on in the last line if nothing came between."""
        amount = amount.rstrip("0").rstrip(".")
        if self._series == (verb, place) and self._gap.empty and not self._gesture:
            self._prolong(f" {amount}")
            return
        self.say(f"{verb} {place} {amount}", 1)
        self._series = (verb, place)

    def _prolong(self, words: str) -> None:
        """Add words to the last line, which takes a tick more."""
        if self._brief and self._brief.entries:
            wait, line, ticks = self._brief.entries[-1]
            self._brief.entries[-1] = (wait, line + words, ticks + 1)
        else:
            self._lines[-1] += words

    def _end_gesture(self, up: str) -> None:
        if self._gesture:
            (gesture, gap), self._gesture = self._gesture, None
            if line := gesture.line(up):
                self._write(line, gesture.ticks(up), gap)

    def _write(self, line: str, ticks: int, gap: Gap) -> None:
        if self._brief:
            self._brief.entries.append((gap.since, line, ticks))
        else:
            self._lines += [*gap.lines(self._watched.figure), line]
        self._series = None

    def _taken(self) -> Gap:
        """The gap that ends now; the next one begins."""
        gap, self._gap = self._gap, Gap()
        return gap


def _key(key: Key) -> str:
    return f"{'ctrl+' if key.ctrl else ''}{'shift+' if key.shift else ''}{key.name}"
