"""Which neuron is looked at, a choice of whoever watches, never of the run; and what neurons are called."""

from dataclasses import dataclass, field

from engine.motion import Glide
from scenes.training.epoch import Network
from scenes.training.neuron import Place
from scenes.training.parameters import OWN

from .words import named, say

PIXEL = "pixel "  # what an input of a picture is called begins with this
TURNING = 0.25  # seconds that the light takes to turn to it


@dataclass
class NeuronChoice:
    """The neuron that is looked at, its layer and number, from 0; None for none. `light` runs 0 to 1 with it."""

    place: Place | None = None
    light: Glide = field(default_factory=lambda: Glide(0.0, seconds=TURNING))
    source: int | None = None  # the neuron of the layer before whose link is told of, too
    last: Place | None = None  # the one that the light leaves, while it does

    def choose(self, place: Place | None, source: int | None = None) -> None:
        """Look at another one, or at the link into it from `source`; at the same one again: at none."""
        if place and place == self.place and source not in (None, self.source):
            self.source = source
            return
        self.place, self.source = (None, None) if place == self.place else (place, source)
        self.last = self.place or self.last
        self.light.target = float(self.place is not None)

    def move(self, layers: tuple[int, ...], across: int, down: int) -> bool:
        """Look at the next one, `across` layers on and `down` neurons; whether one was looked at."""
        if self.place is None or not layers:
            return False
        layer = min(max(0, self.place[0] + across), len(layers) - 1)
        share = (self.place[1] + 0.5) / layers[self.place[0]]
        index = self.place[1] + down if layer == self.place[0] else int(share * layers[layer])
        place = layer, min(max(0, index), layers[layer] - 1)
        if place != self.place:
            self.choose(place)
        return True

    def step(self, layers: tuple[int, ...], way: int) -> None:
        """Look at the next one of all, layer after layer, and round again."""
        every = [(layer, index) for layer, count in enumerate(layers) for index in range(count)]
        first = 0 if way > 0 else len(every) - 1
        at = (every.index(self.place) + way) % len(every) if self.place in every else first
        if every[at] != self.place:
            self.choose(every[at])

    def fit(self, layers: tuple[int, ...]) -> None:
        """Look at none that a network of that shape has not."""
        if self.place and not (self.place[0] < len(layers) and self.place[1] < layers[self.place[0]]):
            self.choose(None)
        if self.last and not (self.last[0] < len(layers) and self.last[1] < layers[self.last[0]]):
            self.last = None

    def clear(self) -> None:
        """Look at none."""
        if self.place:
            self.choose(None)


def name_of(network: Network, place: Place) -> str:
    """What a neuron is called, whatever is spoken: inputs and answers by their names, hidden ones by number."""
    layer, index = place
    if layer == 0:
        return network.features[index]
    if layer == len(network.shape) - 1:
        return network.classes[index]
    return f"{layer}·{index + 1}"


def called(network: Network, name: str) -> str:
    """A class or a column of `network` in the language that is spoken; one of somebody's own table as it is."""
    if network.side and name.startswith(PIXEL):
        return say("pixel", at=name.removeprefix(PIXEL))
    return name if network.dataset == OWN else named(name)


def called_at(network: Network, place: Place) -> str:
    """What a neuron is called on the screen."""
    return called(network, name_of(network, place))


def title_of(network: Network, place: Place, *, short: bool = False) -> str:
    """The same, as the title of its card."""
    layer, index = place
    if layer == 0:
        return say("neuron.input", name=called(network, network.features[index]))
    if layer == len(network.shape) - 1:
        return say("neuron.answer", name=called(network, network.classes[index]))
    return say("neuron.hidden", short=short, layer=layer, number=index + 1)
