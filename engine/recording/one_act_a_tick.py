"""Lets a person's input through one act a tick, so that a script, whose verbs take whole ticks, can say it exactly.

Positions become whole pixels. What comes faster is added up (moves, wheel, pinch) or waits for the next tick: nobody
notices a sixtieth of a second, and a recording is true to the tick.
"""

from collections import deque
from collections.abc import Callable

from engine.input import Event, FocusLost, Key, Move, Pinch, Point, Press, Release, Scroll
from engine.scripting.words import known_key

MOST_STEPS = 1000.0  # of the wheel, in one tick
FACTORS = (0.001, 1000.0)  # of a pinch, in one tick
MODIFIERS = ("left shift", "right shift", "left ctrl", "right ctrl")  # told by the keys that they go with
STEP_DIGITS, FACTOR_DIGITS = 4, 6  # decimals that a script writes


class Acts:
    """A queue of input. `inside` brings a point into the picture; `held` is whether the button is down by now."""

    def __init__(self, inside: Callable[[Point], Point]) -> None:
        self.held = False
        self._at: Point = (0.0, 0.0)
        self._inside = inside
        self._queue: deque[Event] = deque()

    def hear(self, event: Event) -> None:
        """Take an event in, to be handed on in its order."""
        self._queue.append(event)

    def next(self) -> tuple[list[Event], Event | None]:
        """What to handle before the next tick: events that change nothing, and then one act, if there is one."""
        passing: list[Event] = []
        while self._queue:
            event = self._queue.popleft()
            if self._is_act(event) and (act := self._exact(event)):
                return passing, act
            if not isinstance(event, Scroll | Pinch):
                passing.append(event)
        return passing, None

    def _is_act(self, event: Event) -> bool:
        match event:
            case Move(_, _, held):
                return held and self.held
            case Release() | FocusLost():
                return self.held
            case Key(name):
                return known_key(name) and name == name.lower() and name not in MODIFIERS
        return True

    def _exact(self, event: Event) -> Event | None:
        """The event as a script can say it; None if nothing is left of it."""
        match event:
            case Press(at) if self.held:  # of a second device: one button cannot go down twice
                return self._moved(_whole(at))
            case Press(at):
                self.held, self._at = True, self._inside(_whole(at))
                return Press(self._at)
            case Move(at):
                return self._moved(_whole(self._last_move(at)))
            case Release():
                self.held = False
                return Release(self._at)
            case FocusLost():
                self.held = False
            case Scroll(at, steps):
                steps = round(max(-MOST_STEPS, min(MOST_STEPS, self._all_steps(at, steps))), STEP_DIGITS)
                return Scroll(self._at if self.held else self._inside(_whole(at)), steps) if steps else None
            case Pinch(at, scale):
                return Pinch(at, self._all_factors(scale)) if scale > 0 else None
        return event

    def _moved(self, at: Point) -> Move:
        before, self._at = self._at, at
        return Move(at, (at[0] - before[0], at[1] - before[1]), held=True)

    def _last_move(self, at: Point) -> Point:
        while self._queue and isinstance(self._queue[0], Move) and self._queue[0].held:
            at = self._queue[0].at
            self._queue.popleft()
        return at

    def _all_steps(self, at: Point, steps: float) -> float:
        while self._queue and isinstance(self._queue[0], Scroll) and self._queue[0].at == at:
            steps += self._queue[0].steps
            self._queue.popleft()
        return steps

    def _all_factors(self, scale: float) -> float:
        while self._queue and isinstance(self._queue[0], Pinch) and self._queue[0].scale > 0:
            scale *= self._queue[0].scale
            self._queue.popleft()
        return round(max(FACTORS[0], min(FACTORS[1], scale)), FACTOR_DIGITS)


def _whole(at: Point) -> Point:
    return float(round(at[0])), float(round(at[1]))
