"""One gesture with the button down, and how a script says it: by the name of what was meant, where that is exact."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from engine.input import Point


@dataclass(frozen=True)
class Target:
    """What lies under a point, as a script calls it: a button, a slider, which has values, or else a mere place."""

    words: tuple[str, ...]
    holds: Callable[[Point], bool] = lambda _: True
    button: bool = False
    value: Callable[[Point], str] | None = None
    added: str = ""  # what a script adds to a click there, where what it does depends on more than the place


@dataclass
class Gesture:
    """From a press to its release, or a part of that. `steps` has an entry for each tick after the press: where the
    pointer moved to, with the slider's value there, or None for a tick without a move.
    """

    start: Point
    target: Target | None = None
    value: str = ""  # of the slider, where it was pressed
    added: str = ""  # see Target
    down: bool = True  # whether it begins with the press
    steps: list[tuple[Point, str] | None] = field(default_factory=list)

    def move(self, at: Point) -> None:
        """The pointer has moved to `at` in this tick."""
        self.steps.append((at, self.target.value(at) if self.target and self.target.value else ""))

    def rest(self) -> "Gesture":
        """The same gesture from now on: a name no longer says it exactly."""
        moves = [step for step in self.steps if step]
        return replace(self, start=moves[-1][0] if moves else self.start, target=None, down=False, steps=[])

    def ticks(self, up: str) -> int:
        """How long it lasts in a script."""
        return self.down + len(self.steps) + (up != "no")

    def line(self, up: str) -> str | None:
        """How a script says it; None if there is nothing to say. `up` as the verb drag has it."""
        named = self.target if self.down and up == "yes" else None
        moves = [step for step in self.steps if step]
        hold = f" hold={1 + len(self.steps)}ticks" if self.steps else ""
        if named and named.button and all(named.holds(at) for at, _ in moves):
            return f"press {' '.join(named.words)}{hold}"
        if named and named.button:
            named = None
        where = " ".join(named.words) if named else f"{self.start[0]:g} {self.start[1]:g}"
        if self.down and up == "yes" and not moves:
            added = f" {self.added}" if self.added else ""
            return " ".join(word for word in ("click", where, self.value if named else "") if word) + hold + added
        if named and named.value:
            return f"drag {where} path={':'.join([self.value, *_rests(step and step[1] for step in self.steps)])}"
        return self._drag(where, up)

    def _drag(self, where: str, up: str) -> str | None:
        path = ":".join(_rests(self._ways()))
        options = [f"path={path}"] if path else []
        options += [] if self.down else ["down=no"]
        options += [] if up == "yes" else [f"up={up}"]
        nothing = not self.down and up == "no" and not path
        return None if nothing else " ".join(["drag", where, *options])

    def _ways(self) -> Iterator[str | None]:
        before = self.start
        for step in self.steps:
            if step:
                yield f"{step[0][0] - before[0]:g},{step[0][1] - before[1]:g}"
                before = step[0]
            else:
                yield None


def _rests(steps: Iterable[str | None]) -> Iterator[str]:
    """The steps, with ticks in which nothing moved counted together."""
    for moved, group in groupby(steps, key=lambda step: step is not None):
        some = list(group)
        yield from ((step for step in some if step is not None) if moved else [f"{len(some)}ticks"])
