"""What the field shows while one sample is led through the network: which links carry what, and what glows.

The links into one neuron carry their numbers; where the way goes back, their gradients, and pulses run the other way.
Of the update there are the links that it moves most, with their weights before and after.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenes.kit.neuron_choice import called
from scenes.kit.run_words import both, short
from scenes.kit.theme import Theme, unit
from scenes.kit.words import say
from scenes.training.neuron import Place
from scenes.training.sample_walk import BACKWARD, FORWARD, LOSS, SAMPLE, UPDATE, SampleWalk, Step, Term

from .field import Field, Rows
from .labels import MOST, Name, clipped

CARRYING = 24  # links into one neuron that are drawn, those that carry most
FAINT, FAR = 0.30, 0.04  # opacity of the other links of the layer, and of the rest
AWAY = 0.35  # opacity of neurons that have not been reached, or have nothing to do with the step
ROOM = 11  # characters that stand beside an input
ALONG = 0.45  # of the way of a link, where its number stands


@dataclass(frozen=True, eq=False)
class WalkLook:
    """One step of a walk, told of the neuron `focus` of its layer; all else recedes as far as `aside` says, 0 to 1."""

    walk: SampleWalk
    step: Step
    focus: int
    aside: float = 1.0

    @property
    def back(self) -> bool:
        """Whether the way goes from the answers to the inputs."""
        return self.step.kind == BACKWARD

    @property
    def place(self) -> Place | None:
        """The neuron that is told of."""
        return (self.step.layer, self.focus) if self.step.layer else None

    @property
    def carried(self) -> "Carried":
        """The links that carry something, and what."""
        return _carried(self.walk, self.step, self.focus)


@dataclass(frozen=True, eq=False)
class Carried:
    """Made once a step. `terms` are the links that carry something, the most first, `values` float64 [terms] what.

    `levels` float32 [all neurons]: how bright each is, 0 to 1, by what it puts out, or on the way back by its delta.
    `near` bool [all neurons]: whether each has to do with the step.
    """

    terms: list[Term]
    values: NDArray[np.float64]
    levels: Rows
    near: NDArray[np.bool_]


@lru_cache(maxsize=4)  # of the step that is shown and of the one before
def _carried(walk: SampleWalk, step: Step, focus: int) -> Carried:
    if step.kind in (FORWARD, BACKWARD):
        terms = walk.terms((step.layer, focus), back=step.kind == BACKWARD, most=CARRYING)
    else:
        terms = walk.moved() if step.kind == UPDATE else []
    if step.kind == UPDATE:
        values = [term.after - term.weight for term in terms]
    else:
        values = [term.gradient if step.kind == BACKWARD else term.product for term in terms]
    return Carried(terms, np.array(values, dtype=np.float64), _levels(walk, step), _near(walk, step))


def _levels(walk: SampleWalk, step: Step) -> Rows:
    shape, back = walk.network.shape, step.kind == BACKWARD
    parts = []
    for layer in range(len(shape)):
        values = np.abs(walk.sent.outputs[layer][:, 0])
        if back and layer >= step.layer:
            values = np.abs(walk.learned.deltas[layer - 1][:, 0])
        elif layer == 0 and walk.network.side:
            values = np.clip(walk.row, 0, 1).astype(np.float64)
        reached = step.kind != FORWARD or layer <= step.layer
        whole = layer == len(shape) - 1 and not back  # an answer is bright as it is probable
        parts.append(values / (1.0 if whole else max(float(values.max()), 1e-9)) * reached)
    levels: Rows = np.concatenate(parts).astype(np.float32)
    return levels


def _near(walk: SampleWalk, step: Step) -> NDArray[np.bool_]:
    shape, k = walk.network.shape, step.layer
    last = len(shape) - 1
    low, high = {SAMPLE: (0, 0), LOSS: (last, last), UPDATE: (0, last), BACKWARD: (k - 1, k)}.get(step.kind, (0, k))
    return np.repeat([low <= layer <= high for layer in range(len(shape))], shape)


def fade_links(look: WalkLook, field: Field, begin: NDArray[np.int64], ink: Rows) -> None:
    """Let all links recede, those of the layer less; `ink`, float32 [links, 6], is changed: opacity and flow."""
    own = field.layer[begin] == look.step.layer - 1
    ink[:, 4] *= 1 - (1 - np.where(own, FAINT, FAR)) * look.aside
    ink[:, 5] *= 1 - look.aside


def carrying_rows(look: WalkLook, field: Field, place: Rows, theme: Theme) -> Rows:
    """Rows for the link pipeline of those that carry something: float32 [terms, 13]; pulses run the way it goes."""
    terms, values = look.carried.terms, look.carried.values
    if not terms:
        return np.zeros((0, 13), dtype=np.float32)
    sources = [field.drawn((term.target[0] - 1, term.source)) for term in terms]
    targets = [field.drawn(term.target) for term in terms]
    begin, end = (targets, sources) if look.back else (sources, targets)
    size = np.abs(values) / max(float(np.abs(values).max()), 1e-300)
    more = (values >= 0)[:, None]
    tint = np.where(more, unit(theme.positive), unit(theme.negative))
    alpha = (0.35 + 0.6 * size) * look.aside
    drive = np.full(len(terms), 0.9 * (look.step.kind != UPDATE)) * look.aside
    phase = np.zeros(len(terms))  # they set out together
    return np.column_stack([place[begin], phase, place[end], 1.2 + 3.4 * size, tint, alpha, drive]).astype(np.float32)


def light_neurons(look: WalkLook, field: Field, rows: Rows) -> None:
    """Let neurons glow by the sample alone; `rows`, see field_rows.neuron_rows, are changed."""
    drawn, aside = field.stand_ins.neurons, np.float32(look.aside)
    level = look.carried.levels[drawn]
    rows[:, 11] += (level - rows[:, 11]) * aside
    rows[:, 7] += (0.04 + 0.8 * level - rows[:, 7]) * aside
    rows[:, 10] *= np.where(look.carried.near[drawn], 1.0, 1 - (1 - AWAY) * aside)
    if look.place:
        rows[field.drawn(look.place), 7] = max(rows[field.drawn(look.place), 7], aside)


def walk_names(look: WalkLook, field: Field, theme: Theme) -> list[Name]:
    """The numbers of the step, the most important first: of the links, then of the neurons; inputs with theirs."""
    shape, step = look.walk.network.shape, look.step
    found = list[Name]()
    if step.layer:
        first, asked = sum(shape[: step.layer]), (step.layer, look.focus)
        found.append(Name(_of_neuron(look, asked), step.layer, first + look.focus, theme.accent, full=True, after=True))
    for term, value in zip(look.carried.terms, look.carried.values.tolist(), strict=True):
        source, target = ((term.target[0] - 1, term.source), term.target)
        here, there = (field.neurons.rest[field.drawn(each)] for each in (source, target))
        along = 0.5 if step.kind == UPDATE else ALONG
        x, y, z = (here + (there - here) * along).round(4).tolist()
        text = " → ".join(both(term.weight, term.after)) if step.kind == UPDATE else short(value)
        found.append(Name(text, term.target[0], ink=theme.positive if value >= 0 else theme.negative, at=(x, y, z)))
    if step.layer and shape[step.layer] <= MOST:
        first = sum(shape[: step.layer])
        rest = [index for index in range(shape[step.layer]) if index != look.focus]
        found += [
            Name(
                _of_neuron(look, (step.layer, k), alone=False), step.layer, first + k, of=shape[step.layer], after=True
            )
            for k in rest
        ]
    return found


def input_words(look: WalkLook) -> dict[int, str]:
    """What the names of inputs say meanwhile, by number."""
    network = look.walk.network
    if network.side or network.shape[0] > MOST:
        return {}
    told = {}
    for k, name in enumerate(network.features):
        number = f"{look.walk.output((0, k)):.2f}"
        text = f"{clipped(called(network, name))} {number}"
        told[k] = text if len(text) <= ROOM else number  # a longer one would cover what it names
    return told


def _of_neuron(look: WalkLook, place: Place, *, alone: bool = True) -> str:
    """What a neuron puts out, or its delta; `alone`, with the word for it."""
    network, last = look.walk.network, len(look.walk.network.shape) - 1
    if look.back:
        number = short(look.walk.delta(place))
        return say("walk.delta.number", number=number) if alone else number
    if place[0] == last:
        return f"{clipped(called(network, network.classes[place[1]]))} {100 * look.walk.output(place):.1f}%"
    return short(look.walk.output(place))
