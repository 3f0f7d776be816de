"""The field as rows for its pipelines: what is drawn of each neuron, link and mote at this moment."""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from scenes.kit.distinct import distinct
from scenes.kit.theme import Theme, loss_colour, unit
from scenes.training.neuron import Place

from .field import FULL, REST, Field, Rows
from .stand_ins import stand_ins
from .strengths import MOST_LINKS, Index, Strengths, apart, some
from .transition import Shown, Way
from .walk_look import WalkLook, carrying_rows, fade_links, light_neurons

CROWD = 100  # links that may be drawn at full strength
RECEDED, FAINT = 0.55, 0.55  # size and opacity of those neurons of a crowded layer that do not stand out
BEHIND, FAR, BRIGHTER = 0.22, 0.05, 1.7  # opacity of other neurons, of other links, and of its own, where one is chosen
STANDING = 1.06  # size of those that do
POINTED = 0.85  # glow of the neuron that is pointed at, at least


@dataclass(frozen=True)
class Chosen:
    """The neuron that is looked at, its layer and number, and how far all else recedes, 0 to 1."""

    place: Place
    aside: float


@dataclass(frozen=True)
class Aim:
    """What is brought out: the neuron that is looked at, a step of a walk, the neuron that is pointed at."""

    near: Chosen | None = None
    walk: WalkLook | None = None
    pointed: Place | None = None


NO_AIM = Aim()


def neuron_rows(field: Field, place: Rows, theme: Theme, view: Rows, blend: float = 1.0, *, aim: Aim = NO_AIM) -> Rows:
    """Rows for the neuron pipeline, the farthest first: float32 [count, 17]; `blend` of the way from the last tick.

    `place`: float32 [count, 3], where the neurons are.

    In a trained run each neuron bends and glows by its own activation, and wears what it sees; of a crowded layer the
    loudest stand out. While a picture is on its way, what glows is what it makes of that. Else all bend by progress, as
    the seed's do.
    """
    neurons, shown, asked = field.neurons, field.transition.at(blend), field.transition.question
    rows = _template(field.layers, theme).copy()
    rows[:, 0:3], rows[:, 9] = place, neurons.phase
    rows[:, 3] = neurons.radius * field.presence.at(blend)
    rows[:, 7] = 0.16 + 0.30 * shown.active + 0.14 * shown.busy
    rows[:, 8] = field.distortion.value
    lit = field.lamps.at(blend)
    if lit is not None:
        rows[:, 11] = lit = field.stand_ins.loudest(lit)
    if shown.strengths and shown.trained > 0:
        felt, stands = shown.strengths.felt, shown.strengths.prominent
        still = 1 - shown.trained  # none of it remains once all is trained: what has settled is exact
        rows[:, 7] = rows[:, 7] * still + (0.06 + 0.60 * (felt if lit is None else lit)) * shown.trained
        rows[:, 8] = rows[:, 8] * still + (REST + (FULL - REST) * felt) * shown.trained
        if field.crowded:
            seen = field.receding * shown.trained
            rows[:, 3] *= 1 + (RECEDED + (STANDING - RECEDED) * stands - 1) * seen
            rows[:, 10] += (FAINT - 1) * (1 - stands) * seen
    if asked is not None and shown.known + shown.trained > 0:
        pictures = bool(asked.network.side)
        slot = asked.slot[field.stand_ins.neurons]
        first, worn = field.layer == 0, slot >= 0 if shown.faces else np.zeros(neurons.count, dtype=bool)
        rows[:, 12] = slot
        rows[:, 13] = np.where(first, shown.known * (worn | pictures), shown.trained * worn)
    if near := aim.near:
        layer, chosen = near.place[0], field.drawn(near.place)
        linked = np.abs(field.layer - layer) == 1
        linked[chosen] = True
        rows[:, 10] *= np.where(linked, 1.0, 1 - (1 - BEHIND) * near.aside)
        rows[:, 7] *= np.where(linked, 1.0, 1 - near.aside)
        rows[chosen, 7] = max(rows[chosen, 7], 0.75 * near.aside)
    if aim.walk:
        light_neurons(aim.walk, field, rows)
    if aim.pointed:
        chosen = field.drawn(aim.pointed)
        rows[chosen, 7], rows[chosen, 10] = max(rows[chosen, 7], POINTED), 1.0
    return rows[np.argsort(place @ view[:3, 2], kind="stable")]


@cache
def _template(layers: tuple[int, ...], theme: Theme) -> Rows:
    """What no run changes of the neurons' rows: hues, opacity, no face, inks. float32 [drawn, 17]."""
    rows = np.zeros((len(stand_ins(layers).neurons), 17), dtype=np.float32)
    rows[:, 4:7] = neuron_hues(layers, theme)
    rows[:, 10], rows[:, 12], rows[:, 14:17] = 1.0, -1.0, face_inks(layers, theme)
    return rows


@cache
def neuron_hues(layers: tuple[int, ...], theme: Theme) -> Rows:
    """The colour of the layer of each neuron that is drawn: float32 [drawn, 3]."""
    hues: Rows = np.repeat(layer_hues(layers, theme.layers), stand_ins(layers).drawn, axis=0)
    return hues


@cache
def face_inks(layers: tuple[int, ...], theme: Theme) -> Rows:
    """What plus one looks like on each neuron that is drawn; an answer's is that of its class: float32 [drawn, 3]."""
    drawn = stand_ins(layers)
    answers = drawn.neurons[-drawn.drawn[-1] :] - sum(layers[:-1])
    told = [unit(theme.classes[k % len(theme.classes)]) for k in answers.tolist()]
    inks: Rows = np.array([unit(theme.yes)] * sum(drawn.drawn[:-1]) + told, dtype=np.float32)
    return inks


def link_rows(field: Field, place: Rows, theme: Theme, time: float, blend: float = 1.0, *, aim: Aim = NO_AIM) -> Rows:
    """Rows for the link pipeline: float32 [drawn, 13]; `blend` of the way from the last tick.

    In a trained run colour is the weight's sign, width and opacity its size, and what flows is its share of the
    gradient. Else opacity breathes as the seed's: .15 + .1 sin 2t.
    """
    shown, rest = field.transition.at(blend), some(field.link_count, MOST_LINKS)
    seen = shown.strengths if shown.trained > 0 else None
    if seen and shown.trained >= 1:
        index, ink = seen.index, _on_the_way(field.transition.way(blend), theme)
    elif seen:
        index = rest if len(rest) == field.link_count else distinct(rest, seen.index)
        ink = _weighed(seen.of(index), theme) * shown.trained
        ink += _resting(field, index, shown, theme, time) * (1 - shown.trained)
    else:
        index, ink = rest, _resting(field, rest, shown, theme, time)
    ink[:, 4:] *= field.presence.at(blend)
    begin, end, phase = field.links(index)
    if near := aim.near:
        chosen = field.drawn(near.place)
        own = (begin == chosen) | (end == chosen)
        ink[:, 4] *= np.where(own, 1 + (BRIGHTER - 1) * near.aside, 1 - (1 - FAR) * near.aside)
        ink[:, 4] = np.minimum(ink[:, 4], 1.0)
        ink[:, 5] *= np.where(own, 1.0, 1 - near.aside)
    if walk := aim.walk:
        fade_links(walk, field, begin, ink)
    elif aim.pointed:
        chosen = field.drawn(aim.pointed)
        own = (begin == chosen) | (end == chosen)
        ink[:, 4] = np.minimum(ink[:, 4] * np.where(own, BRIGHTER, 1.0), 1.0)
    rows = np.column_stack([place[begin], phase, place[end], ink])[ink[:, 4] > 0].astype(np.float32)
    return np.concatenate([rows, carrying_rows(walk, field, place, theme)]) if walk else rows


def _on_the_way(way: Way, theme: Theme) -> Rows:
    """The looks of a trained run between two epochs: both ends are made once, and mixed each frame."""
    before, after = way.before.strengths, way.after.strengths
    assert after
    ink = _weighed(after, theme)
    if way.share < 1 and before:
        old = _weighed(before, theme)
        return old + (ink - old) * np.float32(way.share)
    return ink.copy()


@lru_cache(maxsize=4)  # of both ends of the way, in the theme and that before it
def _weighed(strengths: Strengths, theme: Theme) -> Rows:
    """Width, colour, opacity and flow of each link by its weight: float32 [links, 6]; the weak of many have none."""
    size, count = strengths.size, strengths.count
    crowd = min(1.0, (CROWD / min(count, MOST_LINKS)) ** 0.7)  # many add up
    tint = strengths.colours(unit(theme.negative), unit(theme.positive))
    alpha = (0.04 + 0.62 * size) * theme.links * crowd * strengths.in_field
    drive = strengths.flow * crowd**1.5 * strengths.in_field  # light adds up where links cross, and they all do
    return np.column_stack([0.8 + 3.6 * size * crowd**0.5, tint, alpha, drive])


def _resting(field: Field, index: Index, shown: Shown, theme: Theme, time: float) -> Rows:
    """The same as the seed shows them: all alike, in the colours of their layers and of the loss."""
    hue, count = layer_hues(field.layers, theme.layers)[field.layer], len(index)
    begin, end, _ = field.links(index)
    own = 0.5 * (hue[begin] + hue[end])
    mood = np.array(unit(loss_colour(shown.loss, theme)), dtype=np.float32)
    tint = own + (mood - own) * 0.55 * shown.active
    alpha = np.full(count, (0.15 + 0.1 * np.sin(2 * time)) * theme.links * (1.0 + 0.5 * theme.light))
    loss = 1.0 + (shown.loss - 1.0) * shown.active  # that of no run is 1
    drive = np.full(count, 0.3 + 0.5 * min(1.0, loss))
    if field.link_count > MOST_LINKS:  # an even choice, each the fainter the more there are
        chosen = (index % apart(field.link_count, MOST_LINKS) == 0) * (CROWD / MOST_LINKS) ** 0.7
        alpha, drive = alpha * chosen, drive * chosen
    return np.column_stack([np.full(count, 1.3), tint, alpha, drive])


@cache
def layer_hues(layers: tuple[int, ...], colours: tuple[Colour, ...]) -> Rows:
    """A colour for each layer, from the input's to the output's: float32 [layers, 3]."""
    palette = np.array([unit(colour) for colour in colours], dtype=np.float32)
    at = np.linspace(0, len(palette) - 1, len(layers))
    return np.stack([np.interp(at, np.arange(len(palette)), palette[:, k]) for k in range(3)], axis=1)


def mote_rows(field: Field) -> Rows:
    """Rows for the particle pipeline: float32 [count, 4]."""
    return field.motes.pack("place", "phase")


def mote_spin(time: float) -> NDArray[np.float32]:
    """The slow turn of the whole sky, float32 [4, 4] for row vectors: .02 t about y, .1 sin .01 t about x."""
    y, x = 0.02 * time, 0.1 * np.sin(0.01 * time)
    cy, sy, cx, sx = np.cos(y), np.sin(y), np.cos(x), np.sin(x)
    about_y = np.array([[cy, 0, -sy, 0], [0, 1, 0, 0], [sy, 0, cy, 0], [0, 0, 0, 1]])
    about_x = np.array([[1, 0, 0, 0], [0, cx, sx, 0], [0, -sx, cx, 0], [0, 0, 0, 1]])
    turned: NDArray[np.float32] = (about_y @ about_x).astype(np.float32)
    return turned
