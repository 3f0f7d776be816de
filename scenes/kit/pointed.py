"""What the pointer is over, wherever that is: it is brought out in every place that shows it."""

from dataclasses import dataclass

from engine.input import Event, FocusLost, Move
from scenes.training.neuron import Place

from .part import Moment, Part


@dataclass
class Pointed:
    """A neuron, or a sample with the class that it has; one at a time, None for none."""

    neuron: Place | None = None
    sample: int | None = None
    label: int | None = None

    def clear(self) -> None:
        """The pointer is over nothing."""
        self.neuron = self.sample = self.label = None

    def meant(self, layers: tuple[int, ...]) -> Place | None:
        """The neuron that is brought out in a network of these layers: of a sample, that of its class."""
        place = self.neuron
        if place is None and self.label is not None:
            place = len(layers) - 1, self.label
        return place if place and place[0] < len(layers) and place[1] < layers[place[0]] else None


class Pointing(Part):
    """Hears first where the pointer goes: whoever has it over something says so then."""

    def __init__(self, pointed: Pointed) -> None:
        self._pointed = pointed

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: uses nothing."""
        if isinstance(event, Move | FocusLost):
            self._pointed.clear()
        return False

    def begin_anew(self) -> None:
        """See Part."""
        self._pointed.clear()
