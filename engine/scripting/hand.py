"""Pointer, wheel, fingers and keys as a hand uses them, tick by tick: the script's verbs that touch the screen."""

from collections.abc import Sequence

from engine.input import Key, Pinch, Scroll

from .pointer import Pointer
from .words import VerbError, guess, is_number, known_key, number, ticks

MODIFIERS = ("shift", "ctrl")
DRAG = "200ms"  # a drag is spread over so long, as a hand would
DRAG_TICKS = ticks(DRAG)
ENDS = ("yes", "no", "lost")  # how the button goes up: by hand, not at all, or unseen


class Hand(Pointer):
    """The verbs that touch an app. Each public method is one; its docstring is its manual."""

    def point(self, where: str, value: str | None = None) -> None:
        """point CONTROL [VALUE] | PANEL | X Y: move the pointer there and press nothing; takes no time.

        What is under the pointer may tell more about itself.

            point theme
            point 320 200
        """
        self._point(self._at(where, value))

    def press(self, name: str, value: str | None = None, hold: str = "1ticks") -> None:
        """press CONTROL [VALUE] [hold=1ticks]: use a control; fails if it is hidden or disabled.

        The pointer moves there, goes down for `hold` and up again. Of the two ways to use a control this is the one
        that says so when a visitor could not have used it.

            press theme
            press dataset circle
        """
        control = self._describe()["controls"].get(name)
        if control is None:
            raise VerbError(f"there is no control '{name}'{guess(name, self._describe()['controls'])}")
        if not control["enabled"]:
            raise VerbError(f"the control '{name}' cannot be used now")
        self.click(name, value, hold)

    def click(self, where: str, value: str | None = None, hold: str = "1ticks") -> None:
        """click CONTROL [VALUE] | PANEL | X Y [hold=1ticks]: press and release the pointer there.

        A name stands for its middle, a slider's value for where the knob shows it.

            click speed 50
            click 320 200 hold=250ms
        """
        self._down(self._at(where, value))
        self._pass(max(1, ticks(hold)))
        self._up("yes")

    def drag(self, where: str, *way: str, over: str = DRAG, path: str = "", down: str = "yes", up: str = "yes") -> None:
        """drag SLIDER VALUE | PANEL DX DY | X Y DX DY [over=200ms] [path=...]: press, move evenly, release.

        `path` gives the way of a hand, a step a tick, with colons between: `DX,DY` in pixels, a value of the slider,
        or a rest such as `5ticks`. The first value is where the slider is pressed. `down=no` and `up=no` leave out
        the press or the release, so that something else can be done in mid-drag; `up=lost` is a release that the
        program does not see, as when another window comes to the front.

            drag field 90 -12 over=1s
            drag speed 50
            drag field path=4,0:9,-1:5ticks:3,0
        """
        if up not in ENDS or down not in ENDS[:2]:
            raise VerbError("down is yes or no, up is yes, no or lost")
        if path or "no" in (down, up) or up == "lost":
            self._follow(where, way, path.split(":") if path else [], down, up)
            return
        start, end = self._way(where, *way)
        self._down(start)
        count = max(1, ticks(over))
        for step in range(1, count + 1):
            share = step / count
            self._point((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
            self._tick()
        self._up("yes")

    def scroll(self, where: str, *rest: str) -> None:
        """scroll CONTROL|PANEL STEPS... | X Y STEPS...: turn the wheel there; positive is away from you.

        Several numbers are turned one after the other, a tick each.

            scroll field 3
            scroll speed -1 -1 -1
        """
        steps = rest[1:] if is_number(where) else rest
        if not steps:
            raise VerbError("scroll takes a place and a number of steps")
        at = self._at(where, rest[0] if is_number(where) else None)
        for step in [number(step) for step in steps]:
            if at != self._pointer:
                self._point(at)
            self._app.handle(Scroll(at, step))
            self._tick()

    def pinch(self, where: str, *rest: str) -> None:
        """pinch PLACE FACTOR... | X Y FACTOR...: two fingers move apart (above 1) or together (below 1).

        Several factors are done one after the other, a tick each.

            pinch field 1.5
            pinch 320 200 0.9 0.9 0.9
        """
        factors = rest[1:] if is_number(where) else rest
        if not factors:
            raise VerbError("pinch takes a place and a factor, as in pinch field 1.5")
        at = self._at(where, rest[0] if is_number(where) else None)
        wrong = [factor for factor in factors if not number(factor) > 0]
        if wrong:
            raise VerbError(f"'{wrong[0]}' is not a factor above 0")
        for factor in factors:
            self._app.handle(Pinch(at, number(factor)))
            self._tick()

    def key(self, name: str) -> None:
        """key NAME: press a key: space, t, f11, left, shift+tab, ctrl+q.

        For example:

            key space
            key shift+tab
        """
        held, _, plain = name.lower().rpartition("+") if not name.endswith("+") else (name[:-1], "+", "+")
        if not known_key(plain):
            raise VerbError(f"there is no key '{plain}'")
        modifiers = [each for each in held.lower().split("+") if each]
        if strange := [each for each in modifiers if each not in MODIFIERS]:
            raise VerbError(f"'{strange[0]}' is no key that is held with another: use {' or '.join(MODIFIERS)}")
        self._app.handle(Key(plain, shift="shift" in modifiers, ctrl="ctrl" in modifiers))
        self._tick()

    def type(self, text: str) -> None:
        """type TEXT: press the key of each letter of TEXT, a tick each; capitals with shift.

        For example:

            type "]]]t"
        """
        strange = [letter for letter in text if not letter.isprintable()]
        if strange:
            raise VerbError(f"there is no key for {strange[0]!r}")
        for letter in text:
            plain = "space" if letter == " " else letter.lower()
            self._app.handle(Key(plain, shift=letter != letter.lower()))
            self._tick()

    def _follow(self, where: str, way: Sequence[str], steps: list[str], down: str, up: str) -> None:
        """A drag whose way is given step by step; the press takes a tick of its own."""
        if len(way) != is_number(where):
            raise VerbError("a path needs one place before it: a name, or X Y")
        valued = bool(steps) and not way and _is_value(steps[0])
        if down == "yes":
            self._down(self._at(where, way[0] if way else steps[0] if valued else None))
            self._tick()
            steps = steps[1:] if valued else steps
        for step in steps:
            self._step(where, step)
        self._up(up)

    def _step(self, where: str, step: str) -> None:
        if step.endswith("ticks"):
            self._pass(ticks(step))
            return
        if "," in step:
            dx, _, dy = step.partition(",")
            self._point((self._pointer[0] + number(dx), self._pointer[1] + number(dy)))
        else:
            self._point(self._at(where, step))
        self._tick()


def _is_value(step: str) -> bool:
    return "," not in step and not step.endswith("ticks")
