"""A slider on pygame-gui's element: it carries hits and state; how it looks is drawn elsewhere."""

from collections.abc import Callable

import pygame
from pygame_gui import UIManager
from pygame_gui.core import UIElement

from engine.input import Point

from .ranges import Range, Unfit

LONGEST_TYPED = 6  # characters
ROUNDING = 1e-9  # by which a typed number may differ from the value that it names


class Placed(UIElement):
    """An element that stands where it is told, and tells no other: none of ours is anchored to another one.

    pygame-gui would ask all of them each time, whether they are: with a hundred controls, ten thousand questions.
    """

    def place(self, bounds: tuple[int, int, int, int]) -> None:
        """Stand there: left, top, width, height in pixels."""
        if self.relative_rect == bounds:
            return
        self.relative_rect.update(bounds)
        self._update_absolute_rect_position_from_anchors(recalculate_margins=True)
        self.rect.size = self.relative_rect.size
        if self.drawable_shape is not None:
            self.drawable_shape.set_dimensions(self.rect.size)
            self.drawable_shape.set_position(self.rect.topleft)
        self._update_container_clip()


class Slider(Placed):
    """A slider over a `Range`: jumps to a click on its track, drags, takes arrows, Home, End and the wheel."""

    def __init__(
        self,
        manager: UIManager,
        over: Range,
        value: float,
        change: Callable[[float], object],
        *,
        complain: Callable[[Unfit], object],
    ) -> None:
        """`change` is asked to change the value, `complain` is told of a typed one that does not fit."""
        self.range = over
        self.value = value
        self.held = False
        self.typed = ""  # what has been typed and not yet taken
        self._change = change
        self._complain = complain
        super().__init__(
            pygame.Rect(0, 0, 1, 1),
            manager,
            container=None,
            starting_height=1,
            layer_thickness=1,
            element_id=["slider"],
        )
        self._set_image(manager.get_universal_empty_surface())

    @property
    def share(self) -> float:
        """Where the knob stands, 0 at the left to 1."""
        return self.range.share(self.value)

    def process_event(self, event: pygame.event.Event) -> bool:
        """pygame-gui's own hook: True for what the slider has used."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.hover_point(*event.pos):
            self.held = self.is_enabled
            self._follow(event.pos)
            return True
        if event.type == pygame.MOUSEMOTION and self.held:
            self._follow(event.pos)
            return True
        if event.type == pygame.MOUSEBUTTONUP and self.held:
            self.held = False
            return True
        return False

    def at(self, value: float) -> Point:
        """The middle of the knob when it shows `value`, in pixels."""
        inset = self.rect.height / 2
        return self.rect.left + inset + self.range.share(value) * (self.rect.width - 2 * inset), self.rect.centery

    def value_at(self, pos: Point) -> float:
        """The value that a pointer at `pos` asks for, in pixels."""
        inset = self.rect.height / 2
        return self.range.value((pos[0] - self.rect.left - inset) / max(1.0, self.rect.width - 2 * inset))

    def step(self, steps: int) -> None:
        """Move the knob `steps` to the right."""
        self._set(self.range.moved(self.value, steps))

    def key(self, name: str) -> bool:
        """Arrows move by one step, page keys by ten, Home and End to the ends; digits are typed, Enter takes them."""
        return self._type(name.strip("[]") if len(name) == 3 else name) or self._move(name)

    def _type(self, name: str) -> bool:
        """Digits and the point, keypad or not."""
        if len(name) == 1 and name in "0123456789." and len(self.typed) < LONGEST_TYPED:
            self.typed += name
            return True
        if not self.typed:
            return False
        if name in ("return", "enter"):
            self._take(self.typed)
        self.typed = self.typed[:-1] if name == "backspace" else ""
        return name in ("return", "enter", "backspace", "escape")

    def _take(self, typed: str) -> None:
        low, high = self.range.low, self.range.high
        try:
            value = float(typed)
        except ValueError:
            value = -1.0
        if not low <= value <= high:
            self._complain(Unfit(typed, low, high))
        elif abs(self.range.exact(value) - value) > ROUNDING:
            self._complain(Unfit(typed, low, high, self.range.grain))
        else:
            self._set(self.range.exact(value))

    def _move(self, name: str) -> bool:
        steps = {"right": 1, "up": 1, "left": -1, "down": -1, "page up": 10, "page down": -10}
        ends = {"home": 0.0, "end": 1.0}
        if name in steps:
            self.step(steps[name])
        elif name in ends:
            self._set(self.range.value(ends[name]))
        return name in steps or name in ends

    def _follow(self, pos: Point) -> None:
        if self.held:
            self._set(self.value_at(pos))

    def _set(self, value: float) -> None:
        if self.is_enabled and value != self.value:
            self._change(value)
