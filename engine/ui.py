"""Controls: pygame-gui's elements carry hits, hovering and state; how they look is drawn elsewhere, in GL.

pygame-gui reads the real mouse by itself; here the pointer is given, so that scripts and screenshots are exact.
"""

from collections.abc import Callable
from typing import Any

import pygame
import pygame_gui
from pygame_gui.core import UIElement
from pygame_gui.elements import UIButton

from .input import Event, FocusLost, Key, Move, Point, Press, Release, Scroll
from .ranges import Range

Bounds = tuple[int, int, int, int]  # left, top, width, height, pixels

_CLEAR = "#00000000"
_STATES = ("normal", "hovered", "disabled", "selected", "active")
_INVISIBLE = {
    "button": {
        "colours": {f"{state}_{part}": _CLEAR for state in _STATES for part in ("bg", "border", "text")},
        "misc": {"shape": "rectangle", "border_width": "0", "shadow_width": "0"},
    }
}


class Button(UIButton):
    """A button that calls `press`. Raises nothing and posts nothing: a refused press changes nothing."""

    def __init__(self, ui: "Ui", press: Callable[[], object]) -> None:
        self.press = press
        self.value: Any = None
        super().__init__(pygame.Rect(0, 0, 1, 1), "", ui.manager)

    def on_self_event(self, event: int, data: dict[str, Any] | None = None) -> None:
        """pygame-gui's own hook: a press is a call, and no event goes through the queue."""
        if event == pygame_gui.UI_BUTTON_PRESSED:
            self.press()

    def key(self, name: str) -> bool:
        """Space and Enter press it while it has the focus."""
        if name in ("space", "return", "enter"):
            self.press()
            return True
        return False


class Slider(UIElement):
    """A slider over a `Range`: jumps to a click on its track, drags, takes arrows, Home, End and the wheel."""

    def __init__(self, ui: "Ui", over: Range, value: float, change: Callable[[float], object]) -> None:
        self.range = over
        self.value = value
        self.held = False
        self._change = change
        super().__init__(
            pygame.Rect(0, 0, 1, 1),
            ui.manager,
            container=None,
            starting_height=1,
            layer_thickness=1,
            element_id=["slider"],
        )
        self._set_image(ui.manager.get_universal_empty_surface())

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

    def step(self, steps: int) -> None:
        """Move the knob `steps` to the right."""
        self._set(self.range.moved(self.value, steps))

    def key(self, name: str) -> bool:
        """Arrows move by one step, page keys by ten, Home and End to the ends."""
        steps = {"right": 1, "up": 1, "left": -1, "down": -1, "page up": 10, "page down": -10}
        ends = {"home": 0.0, "end": 1.0}
        if name in steps:
            self.step(steps[name])
        elif name in ends:
            self._set(self.range.value(ends[name]))
        return name in steps or name in ends

    def _follow(self, pos: Point) -> None:
        if self.held:
            inset = self.rect.height / 2
            self._set(self.range.value((pos[0] - self.rect.left - inset) / max(1.0, self.rect.width - 2 * inset)))

    def _set(self, value: float) -> None:
        if self.is_enabled and value != self.value:
            self._change(value)


Control = Button | Slider


class _Manager(pygame_gui.UIManager):
    """A manager that is told where the pointer is."""

    pointer: tuple[int, int] = (-1, -1)

    def _update_mouse_position(self) -> None:
        self.mouse_position = self.pointer


class Ui:
    """The controls of a scene by name, in the order of Tab."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.manager = _Manager(size, theme_path=_INVISIBLE, enable_live_theme_updates=False)
        self.controls: dict[str, Control] = {}
        self.focused: str | None = None

    def button(self, name: str, press: Callable[[], object]) -> Button:
        """Add a button."""
        self.controls[name] = made = Button(self, press)
        return made

    def slider(self, name: str, over: Range, value: float, change: Callable[[float], object]) -> Slider:
        """Add a slider that shows `value` and asks for changes; it moves when its `value` is set, not before."""
        self.controls[name] = made = Slider(self, over, value, change)
        return made

    def place(self, size: tuple[int, int], slots: dict[str, Bounds]) -> None:
        """Put each control where `slots` says, in a window of `size` pixels."""
        if size != self.manager.window_resolution:
            self.manager.set_window_resolution(size)
        for name, control in self.controls.items():
            left, top, width, height = slots[name]
            if control.relative_rect.size != (width, height):
                control.set_dimensions((width, height))
            if control.relative_rect.topleft != (left, top):
                control.set_relative_position((left, top))

    def show(self, name: str, *, visible: bool, enabled: bool) -> None:
        """Show or hide, enable or disable."""
        control = self.controls[name]
        if bool(control.visible) != visible:
            control.show() if visible else control.hide()
        if control.is_enabled != enabled:
            control.enable() if enabled else control.disable()
        if self.focused == name and not (visible and enabled):
            self.focused = None
        if isinstance(control, Slider) and not visible:
            control.held = False  # it would not see the release

    def handle(self, event: Event) -> bool:
        """Give an event to the controls; True if one of them used it."""
        match event:
            case Press(at):
                self.focused = None
                self._point(at)
                return self._process(pygame.MOUSEBUTTONDOWN, at, button=1)
            case Release(at):
                self._point(at)
                return self._process(pygame.MOUSEBUTTONUP, at, button=1)
            case Move(at, by):
                self._point(at)
                return self._process(pygame.MOUSEMOTION, at, rel=by, buttons=(0, 0, 0))
            case Scroll(at, steps):
                return self._scroll(at, steps)
            case Key():
                return self._key(event)
            case FocusLost():
                self._process(pygame.MOUSEBUTTONUP, (-1, -1), button=1)
        return False

    def tick(self, dt: float) -> None:
        """Let hovering and timers go on by `dt` seconds."""
        self.manager.update(dt)

    def _point(self, at: Point) -> None:
        self.manager.pointer = (round(at[0]), round(at[1]))

    def _process(self, kind: int, at: Point, **fields: Any) -> bool:
        return bool(self.manager.process_events(pygame.event.Event(kind, pos=at, **fields)))

    def _scroll(self, at: Point, steps: float) -> bool:
        for control in self.controls.values():
            if isinstance(control, Slider) and control.visible and control.hover_point(*at):
                control.step(1 if steps > 0 else -1)
                return True
        return False

    def _key(self, key: Key) -> bool:
        if key.name == "tab":
            self._focus_next(-1 if key.shift else 1)
            return True
        return bool(self.focused) and self.controls[self.focused or ""].key(key.name)

    def _focus_next(self, way: int) -> None:
        names = [name for name, control in self.controls.items() if control.visible and control.is_enabled]
        if not names:
            return
        at = names.index(self.focused) if self.focused in names else (-1 if way > 0 else len(names))
        self.focused = names[(at + way) % len(names)]
