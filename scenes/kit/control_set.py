"""The controls of a scene: hits, focus and keys, how far each is hovered and pressed, and what scripts may know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.flat.controls import Button, Ui
from engine.flat.ranges import Range
from engine.flat.slider import Slider
from engine.input import Event, Key, Point
from engine.motion import Eased
from engine.scene import Entries
from engine.scripting.words import VerbError

from .part import Moment, Part
from .places import Layout
from .scrolling import takes


@dataclass(frozen=True)
class Reaction:
    """How a control stands this frame, for drawing: shares run 0 to 1 and ease."""

    hover: float
    press: float


class ControlSet(Part):
    """Buttons and sliders by name, in the order of Tab. A name such as `dataset.spiral` is a cell of `dataset`.

    `reveal` scrolls to a control that a key has reached.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self.ui = Ui(size)
        self.moving = True  # whether any of them looks different than a tick ago
        self.reveal: Callable[[str], object] = lambda _: None
        self.values: dict[str, Callable[[], object]] = {}  # what a control shows, for those that show something
        self._sliders: dict[str, Slider] = {}
        self._reactions: dict[str, tuple[Eased, Eased]] = {}
        self._page: Layout | None = None  # where they have been placed
        self._hands: object = None  # what hand and keys do to their look, until something happens

    def button(self, name: str, press: Callable[[], object]) -> Button:
        """Add a button."""
        self._reactions[name] = (Eased(0.0, rate=18.0), Eased(0.0, rate=30.0))
        return self.ui.button(name, press)

    def slider(self, name: str, over: Range, value: float, change: Callable[[float], object]) -> Slider:
        """Add a slider that asks `change` for another value."""
        self._reactions[name] = (Eased(0.0, rate=18.0), Eased(0.0, rate=30.0))
        self._sliders[name] = made = self.ui.slider(name, over, value, change)
        return made

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: a page that scrolls takes some events, whatever lies under the pointer."""
        self.place(moment.page)
        self._hands = None
        if takes(event, moment.page, self.ui.focused):
            return False
        used = self.ui.handle(event)
        if used and isinstance(event, Key):
            self.reveal(self.ui.focused or "")
        return used

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part; where nothing has happened since all came to rest, all of it stays as it is."""
        self.place(moment.page)
        if not (self.ui.restless or self.moving):
            return
        self._hands = None
        self.ui.tick(dt)
        moving = False
        for name, (hover, press) in self._reactions.items():
            control = self.ui.controls[name]
            over = control.is_enabled and (control.hovered or control.held)
            hover.target, press.target = float(over), float(control.held)
            hover.tick(dt)
            press.tick(dt)
            moving |= hover.moving or press.moving
        self.moving = moving

    def begin_anew(self) -> None:
        """See Part."""
        self.ui.unfocus()
        self._hands = None

    def place(self, page: Layout) -> None:
        """Stand where `page` says."""
        if page is not self._page:
            self._page = page
            self.ui.place(page.size, {name: page.slots[name].bounds for name in self.ui.controls})

    def reaction(self, name: str, blend: float) -> Reaction:
        """How far `name` is hovered and pressed."""
        hover, press = self._reactions[name]
        return Reaction(hover.at(blend), press.at(blend))

    @property
    def touched(self) -> dict[str, Reaction]:
        """What is under the pointer or held, and so looks different than at rest."""
        aims = {name: Reaction(hover.target, press.target) for name, (hover, press) in self._reactions.items()}
        return {name: aim for name, aim in aims.items() if aim != Reaction(0.0, 0.0)}

    @property
    def typed(self) -> dict[str, str]:
        """What has been typed on sliders and not yet taken."""
        return {name: each.typed for name, each in self._sliders.items() if each.typed}

    def enabled(self, name: str) -> bool:
        """Whether `name` can be used now."""
        return bool(self.ui.controls[name].is_enabled)

    def step(self, name: str, steps: int) -> None:
        """Move a slider by `steps` to the right, if it can be used now."""
        control = self.ui.controls[name]
        if isinstance(control, Slider):
            control.step(steps)

    def key(self, moment: Moment, *more: object) -> object:
        """All that the look of controls depends on, and `more`; None while it moves."""
        if self.moving:
            return None
        self._hands = self._hands or (self.ui.focused, self.ui.by_key, self.typed, self.touched)
        run = moment.run
        return run.settings, run.controls, run.can, run.interval, run.status, moment.theme.key, self._hands, *more

    def set(self, name: str, text: str, moment: Moment) -> None:
        """Give a control exactly the value written as `text`. Raises VerbError."""
        raise VerbError(f"there is no value to set for '{name}'")

    def at(self, name: str, value: str | None = None) -> Point | None:
        """Where to point at a control, or at a value of it; None where it is not to be seen. Raises ValueError."""
        control = self.ui.controls.get(self.cell(name, value))
        slider = self.ui.controls.get(name)
        if isinstance(slider, Slider) and value is not None:
            wanted = float(value)
            return slider.at(wanted) if slider.range.low <= wanted <= slider.range.high else None
        if isinstance(control, Slider):
            return control.at(control.value)
        if isinstance(control, Button) and control.visible:
            x, y = control.rect.center
            return float(x), float(y)
        return None

    def cell(self, name: str, value: str | None) -> str:
        """The control that a value of `name` is, where each value has a cell of its own."""
        return name if value is None else f"{name}.{value}"

    def under(self, at: Point) -> str | None:
        """The name of the control that a press at this point would reach."""
        controls = self.ui.controls.items()
        return next((name for name, control in controls if control.visible and control.hover_point(*at)), None)

    @property
    def names(self) -> list[str]:
        """What scripts call the controls; the cells of a grid are values of one."""
        return list(dict.fromkeys(name.partition(".")[0] for name in self.ui.controls))

    def stands(self, name: str, page: Layout, value: str | None = None) -> dict[str, Any]:
        """How one control stands: rect, value, enabled, focused, visible. Raises KeyError.

        A grid can be used if one of its cells can; with a `value`, if the cell of that value can.
        """
        self.place(page)
        parts = [part for part in self.ui.controls if part == name or part.startswith(f"{name}.")]
        if not parts:
            raise KeyError(name)
        cell = self.cell(name, value)
        asked = [self.ui.controls[part] for part in parts if part == cell or cell not in self.ui.controls]
        return {
            "rect": list(page.slots[name].bounds),
            "value": self.values[name]() if name in self.values else None,
            "enabled": any(each.visible and each.is_enabled for each in asked),
            "focused": self.ui.focused in parts,
            "visible": any(each.visible for each in asked),
        }

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"controls": lambda: {name: self.stands(name, moment.page) for name in self.names}}


def add_buttons(controls: ControlSet, buttons: Mapping[str, Callable[[], object]]) -> None:
    """Those of a part that brings its own."""
    for name, press in buttons.items():
        controls.button(name, press)
