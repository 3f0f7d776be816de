"""Turns pygame's events into ours. Asks no device: what is not in an event is not known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot
from pathlib import Path

import pygame

from .keyboard import key_name

Point = tuple[float, float]


@dataclass(frozen=True)
class Press:
    """The left button or a finger goes down. Pixels from the top left, here and in all that follow."""

    at: Point


@dataclass(frozen=True)
class Release:
    """The left button or the finger goes up."""

    at: Point


@dataclass(frozen=True)
class Move:
    """The pointer moves by `by` pixels; `held` while the left button is down."""

    at: Point
    by: Point = (0.0, 0.0)
    held: bool = False


@dataclass(frozen=True)
class Scroll:
    """The wheel turns by `steps`, positive away from the user."""

    at: Point
    steps: float


@dataclass(frozen=True)
class Pinch:
    """Two fingers move apart (`scale` above 1) or together (below)."""

    at: Point
    scale: float


@dataclass(frozen=True)
class Key:
    """A key goes down. `name`: the character that it types, in lower case, else pygame's word ("space", "f11")."""

    name: str
    shift: bool = False
    ctrl: bool = False


@dataclass(frozen=True)
class Resize:
    """The drawable size is now `size` pixels."""

    size: tuple[int, int]


@dataclass(frozen=True)
class Drop:
    """A file has been dropped on the window."""

    path: Path


@dataclass(frozen=True)
class FocusLost:
    """Keys and buttons that are down will go up unseen: let go of everything."""


@dataclass(frozen=True)
class Quit:
    """The user or the system asks the program to end."""


Event = Press | Release | Move | Scroll | Pinch | Key | Resize | Drop | FocusLost | Quit


def joined(events: Iterable[Event]) -> Iterator[Event]:
    """The same, with one move for several in a row of a pointer that holds nothing.

    Each asks every control whether it is meant: a quick mouse, or one that has gone mad, would hold the frame up.
    """
    way: Move | None = None
    for event in events:
        if isinstance(event, Move) and not event.held:
            way = Move(event.at, (way.by[0] + event.by[0], way.by[1] + event.by[1])) if way else event
            continue
        if way:
            yield way
            way = None
        yield event
    if way:
        yield way


class Input:
    """Remembers what events leave out: whether the button is down, and where the fingers are."""

    def __init__(self) -> None:
        self.pointer: Point = (0.0, 0.0)
        self.held = False
        self._fingers: dict[int, Point] = {}

    def translate(self, event: pygame.event.Event, size: tuple[int, int]) -> Iterator[Event]:
        """Our events for one of pygame's; none for those that do not concern us. `size` places the fingers."""
        if event.type in (pygame.FINGERDOWN, pygame.FINGERUP, pygame.FINGERMOTION):
            yield from self._finger(event, size)
        elif event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION):
            ends = self.held and event.type == pygame.MOUSEBUTTONUP  # the first finger goes: SDL tells the mouse first
            if len(self._fingers) < 2 or ends:  # SDL makes mouse events of touches too; two fingers are a pinch
                yield from self._mouse(event)
        elif event.type == pygame.MOUSEWHEEL:
            yield Scroll(self.pointer, float(event.precise_y))
        elif event.type == pygame.KEYDOWN:
            mod = event.mod
            if name := key_name(event.key, event.scancode, event.unicode, mod):
                third = mod & (pygame.KMOD_MODE | pygame.KMOD_RALT)  # Windows tells AltGr as Ctrl with Alt
                yield Key(name, bool(mod & pygame.KMOD_SHIFT), bool(mod & pygame.KMOD_CTRL) and not third)
        elif event.type == pygame.DROPFILE:
            yield Drop(Path(event.file))
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.held = False
            self._fingers.clear()  # two that stayed behind would silence the mouse for good
            yield FocusLost()
        elif event.type == pygame.QUIT:
            yield Quit()

    def _mouse(self, event: pygame.event.Event) -> Iterator[Event]:
        x, y = event.pos
        before, self.pointer = self.pointer, (float(x), float(y))
        if event.type == pygame.MOUSEMOTION:
            yield Move(self.pointer, (self.pointer[0] - before[0], self.pointer[1] - before[1]), self.held)
        elif event.button == 1:
            self.held = event.type == pygame.MOUSEBUTTONDOWN
            yield Press(self.pointer) if self.held else Release(self.pointer)

    def _finger(self, event: pygame.event.Event, size: tuple[int, int]) -> Iterator[Event]:
        spread = self._spread()
        if event.type == pygame.FINGERUP:
            self._fingers.pop(event.finger_id, None)
            return
        self._fingers[event.finger_id] = (event.x * size[0], event.y * size[1])
        after = self._spread()
        if spread and after and event.type == pygame.FINGERMOTION:
            points = list(self._fingers.values())
            middle = (points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2
            yield Pinch(middle, after / spread)

    def _spread(self) -> float:
        if len(self._fingers) != 2:
            return 0.0
        (ax, ay), (bx, by) = self._fingers.values()
        return hypot(ax - bx, ay - by)
