"""Which key does what: one table, from which the keys are heard, the help is drawn, and the README is checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.input import Event, Key

from .part import Moment, Part
from .words import say

NAMES = {"escape": "Esc", "left": "←", "right": "→", "up": "↑", "down": "↓", "f1": "F1", "f11": "F11", "f12": "F12"}


GESTURES = ("click", "drag", "wheel", "pinch")  # which have words; what stands on a key has none


@dataclass(frozen=True)
class Binding:
    """One or more keys, what they do, and the act; None for what window or control do themselves.

    `of` and `does` are the ends of keys of the table: of the group that it stands in ("keys."), and of what it does
    ("key.").
    """

    of: str
    keys: tuple[str, ...]
    does: str
    act: Callable[[], object] | None = None
    caption: Callable[[str], str] = str  # what stands on a key of this keyboard

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys as they are written on them."""
        return tuple(
            say(f"gesture.{key}") if key in GESTURES else NAMES.get(key, self.caption(key).title()) for key in self.keys
        )

    @property
    def group(self) -> str:
        """What it stands under, in words."""
        return say(f"keys.{self.of}")

    @property
    def what(self) -> str:
        """What it does, in words."""
        return say(f"key.{self.does}")

    @property
    def brief(self) -> str:
        """The same for a narrow place."""
        return say(f"key.{self.does}", short=True)


SLIDER = (  # engine/flat/slider.py
    Binding("slider", ("left", "right"), "slider.step"),
    Binding("slider", ("home", "end"), "slider.ends"),
    Binding("slider", ("0 – 9",), "slider.type"),
    Binding("slider", ("Enter",), "slider.set"),
)
POINTER = (  # scenes/world/camera_input.py, engine/flat/controls.py
    Binding("pointer", ("click",), "click"),
    Binding("pointer", ("drag",), "drag"),
    Binding("pointer", ("wheel",), "wheel"),
    Binding("pointer", ("pinch",), "pinch"),
)


class Keymap(Part):
    """The keys of a scene, for those that no control has taken. `unlisted` keys stand in no table by themselves."""

    def __init__(self, table: Sequence[Binding], unlisted: Mapping[str, Callable[[], object]]) -> None:
        self.table = table
        self._acts = {key: binding.act for binding in table if binding.act for key in binding.keys} | dict(unlisted)

    def handle(self, event: Event, moment: Moment) -> bool:
        """Do what a key stands for; True if it stands for something."""
        if not isinstance(event, Key):
            return False
        act = self._acts.get(f"ctrl+{event.name}" if event.ctrl else event.name)
        if act:
            act()
        return act is not None
