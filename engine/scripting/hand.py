"""Pointer, wheel, fingers and keys as a hand uses them, tick by tick: the script's verbs that touch the screen."""

from collections.abc import Sequence

from engine.input import Key, Pinch, Point, Scroll

from .pilot import Pilot
from .screen import Screen
from .words import VerbError, guess, is_number, known_key, number, ticks

MODIFIERS = ("shift", "ctrl")
DRAG = "200ms"  # a drag is spread over so long, as a hand would
ENDS = ("yes", "no", "lost")  # how the button goes up: by hand, not at all, or unseen


def point(pilot: Pilot[Screen], where: str, value: str | None = None) -> None:
    """point CONTROL [VALUE] | PANEL | X Y: move the pointer there and press nothing; takes no time.

    What is under the pointer may tell more about itself.

        point theme
        point 320 200
    """
    pilot.pointer.move(pilot.find(where, value))


def press(pilot: Pilot[Screen], name: str, value: str | None = None, hold: str = "1ticks") -> None:
    """press CONTROL [VALUE] [hold=1ticks]: use a control; fails if it is hidden or disabled.

    The pointer moves there, goes down for `hold` and up again. Of the two ways to use a control this is the one
    that says so when a visitor could not have used it.

        press theme
        press dataset circle
    """
    control = pilot.screen.control(name, value)
    if control is None:
        raise VerbError(f"there is no control '{name}'{guess(name, pilot.screen.ask('controls'))}")
    if not control["enabled"]:
        raise VerbError(f"the control '{name}{f' {value}' if value else ''}' cannot be used now")
    click(pilot, name, value, hold)


def click(pilot: Pilot[Screen], where: str, value: str | None = None, hold: str = "1ticks") -> None:
    """click CONTROL [VALUE] | PANEL | X Y [hold=1ticks]: press and release the pointer there.

    A name stands for its middle, a slider's value for where the knob shows it.

        click speed 50
        click 320 200 hold=250ms
    """
    pilot.pointer.down(pilot.find(where, value))
    pilot.tick(max(1, ticks(hold)))
    _release(pilot, "yes")


def drag(
    pilot: Pilot[Screen], where: str, *way: str, over: str = DRAG, path: str = "", down: str = "yes", up: str = "yes"
) -> None:
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
        _follow(pilot, where, way, path.split(":") if path else [], down, up)
        return
    start, end = _way(pilot, where, *way)
    pilot.pointer.down(start)
    count = max(1, ticks(over))
    for step in range(1, count + 1):
        share = step / count
        pilot.pointer.move((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
        pilot.tick()
    _release(pilot, "yes")


def scroll(pilot: Pilot[Screen], where: str, *rest: str) -> None:
    """scroll CONTROL|PANEL STEPS... | X Y STEPS...: turn the wheel there; positive is away from you.

    Several numbers are turned one after the other, a tick each. `here` is where the pointer is.

        scroll field 3
        scroll speed -1 -1 -1
    """
    steps = rest[1:] if is_number(where) else rest
    if not steps:
        raise VerbError("scroll takes a place and a number of steps")
    at = pilot.find(where, rest[0] if is_number(where) else None)
    for step in [number(step) for step in steps]:
        if at != pilot.pointer.at:
            pilot.pointer.move(at)
        pilot.act(Scroll(at, step))
        pilot.tick()


def pinch(pilot: Pilot[Screen], where: str, *rest: str) -> None:
    """pinch PLACE FACTOR... | X Y FACTOR...: two fingers move apart (above 1) or together (below 1).

    Several factors are done one after the other, a tick each.

        pinch field 1.5
        pinch 320 200 0.9 0.9 0.9
    """
    factors = rest[1:] if is_number(where) else rest
    if not factors:
        raise VerbError("pinch takes a place and a factor, as in pinch field 1.5")
    at = pilot.find(where, rest[0] if is_number(where) else None)
    wrong = [factor for factor in factors if not number(factor) > 0]
    if wrong:
        raise VerbError(f"'{wrong[0]}' is not a factor above 0")
    for factor in factors:
        pilot.act(Pinch(at, number(factor)))
        pilot.tick()


def key(pilot: Pilot[Screen], name: str) -> None:
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
    pilot.act(Key(plain, shift="shift" in modifiers, ctrl="ctrl" in modifiers))
    pilot.tick()


def type_text(pilot: Pilot[Screen], text: str) -> None:
    """type TEXT: press the key of each letter of TEXT, a tick each; capitals with shift.

    For example:

        type "]]]t"
    """
    strange = [letter for letter in text if not letter.isprintable()]
    if strange:
        raise VerbError(f"there is no key for {strange[0]!r}")
    for letter in text:
        plain = "space" if letter == " " else letter.lower()
        pilot.act(Key(plain, shift=letter != letter.lower()))
        pilot.tick()


def _follow(pilot: Pilot[Screen], where: str, way: Sequence[str], steps: list[str], down: str, up: str) -> None:
    """A drag whose way is given step by step; the press takes a tick of its own."""
    if len(way) != is_number(where):
        raise VerbError("a path needs one place before it: a name, or X Y")
    valued = bool(steps) and not way and _is_value(steps[0])
    if down == "yes":
        pilot.pointer.down(pilot.find(where, way[0] if way else steps[0] if valued else None))
        pilot.tick()
        steps = steps[1:] if valued else steps
    for step in steps:
        _step(pilot, where, step)
    _release(pilot, up)


def _step(pilot: Pilot[Screen], where: str, step: str) -> None:
    if step.endswith("ticks"):
        pilot.tick(ticks(step))
        return
    if "," in step:
        dx, _, dy = step.partition(",")
        pilot.pointer.move((pilot.pointer.at[0] + number(dx), pilot.pointer.at[1] + number(dy)))
    elif is_number(where):
        raise VerbError(f"'{step}' is no distance DX,DY: only a slider has values")
    else:
        pilot.pointer.move(pilot.find(where, step))
    pilot.tick()


def _release(pilot: Pilot[Screen], how: str) -> None:
    if how != "no":
        pilot.pointer.up(seen=how == "yes")
        pilot.tick()


def _way(pilot: Pilot[Screen], where: str, *way: str) -> tuple[Point, Point]:
    """From where to where a drag goes."""
    if is_number(where) and len(way) == 3:
        start = pilot.find(where, way[0])
        return start, (start[0] + number(way[1]), start[1] + number(way[2]))
    start = pilot.find(where, None)
    if len(way) == 1:
        return start, pilot.find(where, way[0])
    if len(way) == 2:
        return start, (start[0] + number(way[0]), start[1] + number(way[1]))
    raise VerbError("drag takes a slider and a value, or a place and a distance DX DY")


def _is_value(step: str) -> bool:
    return "," not in step and not step.endswith("ticks")
