"""Controls: pygame-gui's elements carry hits, hovering and state; how they look is drawn elsewhere, in GL.

pygame-gui reads the real mouse by itself; here the pointer is given, so that scripts and screenshots are exact.
"""

from collections.abc import Callable
from typing import Any

import pygame
import pygame_gui
from pygame_gui.core import UIElement
from pygame_gui.core.drawable_shapes.drawable_shape import DrawableShape
from pygame_gui.elements import UIButton

from engine.input import Event, FocusLost, Key, Move, Point, Press, Release, Scroll

from .ranges import Range, Unfit
from .slider import Placed, Slider

Bounds = tuple[int, int, int, int]  # left, top, width, height, pixels

SETTLING = 3  # ticks
_CLEAR = "#00000000"
_STATES = ("normal", "hovered", "disabled", "selected", "active")
_INVISIBLE = {
    "button": {
        "colours": {f"{state}_{part}": _CLEAR for state in _STATES for part in ("bg", "border", "text")},
        "misc": {"shape": "rectangle", "border_width": "0", "shadow_width": "0"},
    }
}


class _Area(DrawableShape):
    """The rectangle in which a button is hit, in the place of the surfaces that pygame-gui would draw of it."""

    def __init__(self, rect: pygame.Rect) -> None:
        self.rect = rect.copy()  # and nothing of what a shape is made of otherwise: no surface, no words

    def collide_point(self, point: Any) -> bool:
        """Whether a point lies in it."""
        return self.rect.collidepoint(point[0], point[1])

    def set_position(self, point: Any) -> None:
        """Move it."""
        self.rect.topleft = point

    def set_dimensions(self, dimensions: Any) -> bool:
        """Make it so large; never is there another surface for it."""
        self.rect.size = dimensions
        return False

    def set_active_state(self, state_str: str) -> None:
        """Looks the same in each."""

    def update(self, time_delta: float) -> None:
        """Nothing moves."""

    def has_fresh_surface(self) -> bool:
        """Never."""
        return False


class Button(Placed, UIButton):
    """A button that calls `press`. Raises nothing and posts nothing: a refused press changes nothing."""

    def __init__(self, manager: pygame_gui.UIManager, press: Callable[[], object]) -> None:
        self.press = press
        self.value: Any = None
        super().__init__(pygame.Rect(0, 0, 1, 1), "", manager)

    def rebuild(self) -> None:
        """pygame-gui's own hook: what it would draw is drawn elsewhere, so all that it makes is a place to be hit."""
        self.drawable_shape = _Area(self.rect)

    def on_self_event(self, event: int, data: dict[str, Any] | None = None) -> None:
        """pygame-gui's own hook: a press is a call, and no event goes through the queue."""
        if event == pygame_gui.UI_BUTTON_PRESSED:
            self.press()

    def on_hovered(self) -> None:
        """pygame-gui's own hook: its buttons post two events here, and off screen nobody ever takes them."""
        UIElement.on_hovered(self)

    def on_unhovered(self) -> None:
        """The same, when the pointer leaves."""
        UIElement.on_unhovered(self)

    def key(self, name: str) -> bool:
        """Space and Enter press it while it has the focus."""
        if name in ("space", "return", "enter"):
            self.press()
            return True
        return False


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
        self._restless = SETTLING  # ticks until all have taken notice of what happened last
        self.focused: str | None = None
        self.by_key = False  # whether Tab has put the focus there: only then a ring shows it
        self.complain: Callable[[Unfit], object] = lambda _: None  # who is told that what was typed does not fit

    def button(self, name: str, press: Callable[[], object]) -> Button:
        """Add a button."""
        self.controls[name] = made = Button(self.manager, press)
        return made

    def slider(self, name: str, over: Range, value: float, change: Callable[[float], object]) -> Slider:
        """Add a slider that shows `value` and asks for changes; it moves when its `value` is set, not before."""
        self.controls[name] = made = Slider(self.manager, over, value, change, complain=self._complain)
        return made

    def _complain(self, unfit: Unfit) -> None:
        self.complain(unfit)  # as it is when somebody types, not when the slider was made

    def place(self, size: tuple[int, int], slots: dict[str, Bounds]) -> None:
        """Put each control where `slots` says, in a window of `size` pixels."""
        if size != self.manager.window_resolution:
            self.manager.set_window_resolution(size)
        self._restless = SETTLING
        for name, control in self.controls.items():
            control.place(slots[name])

    def show(self, name: str, *, visible: bool, enabled: bool) -> None:
        """Show or hide, enable or disable."""
        control = self.controls[name]
        if bool(control.visible) != visible:
            self._restless = SETTLING
            control.show() if visible else control.hide()
        if control.is_enabled != enabled:
            self._restless = SETTLING
            control.enable() if enabled else control.disable()
        if self.focused == name and not (visible and enabled):
            self._focus(None)
        if isinstance(control, Slider) and not visible:
            control.held = False  # it would not see the release

    def handle(self, event: Event) -> bool:
        """Give an event to the controls; True if one of them used it."""
        self._restless = SETTLING
        match event:
            case Press(at):
                self._focus(self._slider_at(at))
                self.by_key = False
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

    def unfocus(self) -> None:
        """Take the focus from whatever has it."""
        self._focus(None)
        self.by_key = False

    @property
    def restless(self) -> bool:
        """Whether some of them have yet to take notice of what happened last."""
        return self._restless > 0

    def tick(self, dt: float) -> None:
        """Let hovering go on by `dt` seconds; where nothing has happened, nothing can have changed."""
        if self._restless:
            self._restless -= 1
            self.manager.update(dt)

    def _point(self, at: Point) -> None:
        self.manager.pointer = (round(at[0]), round(at[1]))

    def _process(self, kind: int, at: Point, **fields: Any) -> bool:
        return bool(self.manager.process_events(pygame.event.Event(kind, pos=at, **fields)))

    def _scroll(self, at: Point, steps: float) -> bool:
        slider = self.controls.get(self._slider_at(at) or "")
        if isinstance(slider, Slider):
            slider.step(1 if steps > 0 else -1)
        return slider is not None

    def _slider_at(self, at: Point) -> str | None:
        """The slider under the pointer, which takes keys from then on."""
        sliders = [(name, each) for name, each in self.controls.items() if isinstance(each, Slider) and each.visible]
        return next((name for name, each in sliders if each.is_enabled and each.hover_point(*at)), None)

    def _key(self, key: Key) -> bool:
        if key.name == "tab":
            self.by_key = True
            self._focus_next(-1 if key.shift else 1)
            return True
        return bool(self.focused) and self.controls[self.focused or ""].key(key.name)

    def _focus_next(self, way: int) -> None:
        names = [name for name, control in self.controls.items() if control.visible and control.is_enabled]
        if not names:
            return
        at = names.index(self.focused) if self.focused in names else (-1 if way > 0 else len(names))
        self._focus(names[(at + way) % len(names)])

    def _focus(self, name: str | None) -> None:
        left = self.controls.get(self.focused or "")
        if isinstance(left, Slider):
            left.typed = ""
        self.focused = name
