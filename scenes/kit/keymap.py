"""Which key does what: one table, from which the keys are heard, the help is drawn, and the README is checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.input import Event, Key

from .part import Moment, Part

NAMES = {"escape": "Esc", "left": "←", "right": "→", "up": "↑", "down": "↓", "f1": "F1", "f11": "F11", "f12": "F12"}


@dataclass(frozen=True)
class Binding:
    """One or more keys, what they do in words, and the act; None for what window or control do themselves."""

    group: str
    keys: tuple[str, ...]
    what: str
    act: Callable[[], object] | None = None
    caption: Callable[[str], str] = str  # what stands on a key of this keyboard

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys as they are written on them."""
        return tuple(NAMES.get(key, self.caption(key).title()) for key in self.keys)


SLIDER = (  # engine/flat/slider.py
    Binding("Focused slider", ("left", "right"), "one step"),
    Binding("Focused slider", ("home", "end"), "least, most"),
    Binding("Focused slider", ("0 – 9",), "type a value"),
    Binding("Focused slider", ("Enter",), "set it"),
)
POINTER = (  # scenes/world/camera_input.py, engine/flat/controls.py
    Binding("Pointer", ("click",), "ask a neuron"),
    Binding("Pointer", ("drag",), "turn, or move a slider"),
    Binding("Pointer", ("wheel",), "zoom, or move a slider"),
    Binding("Pointer", ("pinch",), "zoom"),
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
