"""What is learned: the decision boundary over the points of a plane, or samples with the network's answers."""

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.overlay import Image, Item
from scenes.kit.drawing import DIGITS, STRONG, TITLE, TITLE_BASE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import TITLES
from scenes.kit.theme import Theme, class_inks, mixed
from scenes.training.epoch import Floats, Network, State
from scenes.training.inference import answers, given
from scenes.training.lifecycle import Status
from scenes.training.parameters import RunParameters
from scenes.training.snapshot import Snapshot

from . import skeleton
from .confusion import confusion_items

FINE = 3  # times finer that points are drawn, for smooth edges
GRID = 128  # points a side at which the network is asked
STRIP = 10  # samples that are shown
LONGEST_ANSWER = 3  # characters that stand below one of them whole: 8≠1
REACH = 6.4  # the plane that is shown lies within plus and minus this
UNSURE = 0.14  # of an ink over the panel, where all classes are equally likely
_NOTHING = ("A simulated curve learns", "nothing. Press SIMULATED", "to train a real network.")


class DataPanel(Part):
    """Keeps what it made until epoch, run, place or theme change."""

    def __init__(self) -> None:
        self._key: object = None
        self._words: list[Item] = []
        self._dots_key: object = None
        self._dots = pygame.Surface((1, 1), pygame.SRCALPHA)
        self._seen: Floats = np.zeros((1, 1), dtype=np.float32)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        rect, snapshot = drawing.layout.panels["data"], moment.run
        if snapshot.status is Status.LOADING:
            skeleton.data(drawing, rect)
        key = (
            rect,
            snapshot.run,
            snapshot.epoch,
            drawing.theme.key,
            drawing.layout.scale,
            snapshot.parameters,
            snapshot.status,
        )
        if key != self._key:
            self._key = key
            self._words = self._made(drawing, rect, snapshot)
        drawing.write("data", rect, self._words)

    def _made(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> list[Item]:
        px, asked = drawing.px, snapshot.parameters
        network = snapshot.run.network if snapshot.run else None
        learned = network.dataset if network else asked.dataset if asked.source != "simulated" else ""
        name = _title(snapshot, learned or "")
        title = drawing.text(name, (rect.x + px(16), rect.y + px(TITLE_BASE)), size=15, face=TITLE)
        words: list[Item] = [drawing.fitted(title, rect.w - px(32))]
        if network is None or snapshot.state is None:
            if snapshot.status is Status.LOADING:
                return words
            return words + drawing.notes(rect, _lines(snapshot))
        inner = Rect(rect.x + px(16), rect.y + px(42), rect.w - px(32), rect.h - px(58))
        if network.flat:
            side = min(inner.w, inner.h)
            square = Rect(round(inner.middle[0] - side / 2), inner.y + (inner.h - side) // 2, side, side)
            if self._dots_key != (network, side, drawing.theme.key):
                self._dots_key = (network, side, drawing.theme.key)
                self._dots = points(network, drawing.theme, side, drawing.layout.scale)
                self._seen = plane(network)
            ground = boundary(network, snapshot.state, self._seen, drawing.theme, side)
            ground.blit(self._dots, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
            return [*words, Image(ground, (square.x, square.y))]
        if network.side:
            return words + _samples(drawing, inner, network, snapshot.state)
        return words + _own(drawing, inner, network, snapshot.state)


def plane(network: Network) -> Floats:
    """What the network is given of the plane, row by row from the top: float32 [features, GRID * GRID]."""
    line = np.linspace(-REACH, REACH, GRID, dtype=np.float32)
    x, y = np.meshgrid(line, -line)
    return given(network, np.stack([x.ravel(), y.ravel()], axis=1))


def boundary(network: Network, state: State, seen: Floats, theme: Theme, side: int) -> pygame.Surface:
    """The network's answer over the `plane` that is `seen`, `side` pixels square, y upwards."""
    shares = answers(network, state, seen)
    count = len(shares)
    palette = np.array(class_inks(theme, count), dtype=np.float32)
    ground = np.array(theme.panel, dtype=np.float32)
    sure = UNSURE + (theme.map_share - UNSURE) / (count - 1) * (shares.max(axis=0) * count - 1)
    shares *= sure
    colours = (palette - ground).T @ shares + ground[:, None]
    pixels = np.ascontiguousarray(colours.T.astype(np.uint8))
    image = pygame.image.frombuffer(pixels.data, (GRID, GRID), "RGB")
    return pygame.transform.smoothscale(image, (side, side)).convert_alpha()


def points(network: Network, theme: Theme, side: int, scale: float) -> pygame.Surface:
    """The samples over the plane, `side` pixels square, premultiplied: discs were learned from, rings are unseen."""
    large = pygame.Surface((FINE * side, FINE * side), pygame.SRCALPHA)
    palette = class_inks(theme, len(network.classes))
    places = (0.5 + network.samples * (1, -1) / (2 * REACH)) * FINE * side
    edge = (255, 255, 255) if theme.light else (8, 8, 22)
    radius = max(2.0, 2.3 * FINE * scale)
    for place, label, learned in zip(places.tolist(), network.labels, network.training, strict=True):
        colour = palette[min(int(label), len(palette) - 1)]
        pygame.draw.circle(large, edge, place, radius + 0.6 * FINE * scale)
        pygame.draw.circle(large, colour, place, radius)
        if not learned:
            pygame.draw.circle(large, edge, place, radius * 0.5)
    return pygame.transform.smoothscale(large.premul_alpha(), (side, side))


def _title(snapshot: Snapshot, learned: str) -> str:
    """What is learned, in the run's own words where it has some."""
    own = snapshot.parameters.title if isinstance(snapshot.parameters, RunParameters) else ""
    return own or TITLES.get(learned, learned or "Data")


def _lines(snapshot: Snapshot) -> tuple[str, ...]:
    free = snapshot.status in (Status.IDLE, Status.COMPLETE, Status.ERROR)
    if isinstance(snapshot.parameters, RunParameters):
        if snapshot.run is None:
            return (
                ("There is no run", "to show.")
                if snapshot.status is Status.ERROR
                else ("Press Play to see", "the run.")
            )
        if snapshot.run.network is None:
            return (snapshot.parameters.name, "Loss and accuracy alone:", "the network was not recorded.")
    if snapshot.parameters.source != "trained":
        return _NOTHING if free else ("A simulated curve", "learns nothing.")
    if snapshot.status is Status.ERROR:
        return ("There is no run", "to show.")
    if snapshot.status is Status.IDLE or snapshot.status is Status.COMPLETE:
        return ("Press Start to see", "what is learned.")
    return ("Waiting for", "the first epoch.")


def _own(drawing: Drawing, inner: Rect, network: Network, state: State) -> list[Item]:
    """The confusion of the classes of rows that are no pictures, and which rows could not be used."""
    px, theme = drawing.px, drawing.theme
    columns = len(network.features)
    told = f"{columns} column{'s' if columns > 1 else ''}, {len(network.classes)} classes"
    lines = [told, *network.left_out[:3]]
    below = px(16) * len(lines) + px(8)
    above = Rect(inner.x, inner.y, inner.w, inner.h - below)
    items = confusion_items(drawing, above, state.confusion, network.classes)
    for row, line in enumerate(lines):
        at = (inner.x, above.bottom + px(18 + 16 * row))
        ink = theme.warn if row > 0 else theme.muted
        items.append(drawing.fitted(drawing.text(line, at, size=11.5, colour=ink), inner.w))
    return items


def _samples(drawing: Drawing, inner: Rect, network: Network, state: State) -> list[Item]:
    """A strip of ten samples with the answers below them, and the confusion of classes."""
    px, theme = drawing.px, drawing.theme
    told = answers(network, state, given(network, network.samples)).argmax(axis=0)
    cell, items = inner.w / STRIP, list[Item]()
    size = int(cell - px(4))
    for index, (row, label, answer) in enumerate(zip(network.samples[:STRIP], network.labels, told, strict=False)):
        x = inner.x + cell * (index + 0.5)
        items.append(Image(_glyph(row, network.side, theme, size), (round(x - size / 2), inner.y + px(2))))
        right = answer == label
        text = network.classes[answer] if right else f"{network.classes[answer]}≠{network.classes[label]}"
        at = (x, inner.y + px(2) + size + px(13))
        ink = theme.ok if right else theme.danger
        said = drawing.text(text, at, size=11.5, face=STRONG if right else DIGITS, colour=ink, align="middle")
        items.append(drawing.fitted(said, cell - px(2)) if len(text) > LONGEST_ANSWER else said)
    top = inner.y + size + px(22)
    below = Rect(inner.x, top, inner.w, inner.bottom - top)
    return items + confusion_items(drawing, below, state.confusion, network.classes)


def _glyph(row: NDArray[np.float32], side: int, theme: Theme, size: int) -> pygame.Surface:
    share = np.clip(row.reshape(side, side, 1), 0, 1)
    ground = np.array(mixed(theme.panel, theme.muted, 0.14), dtype=np.float32)
    pixels = ground + (np.array(theme.text, dtype=np.float32) - ground) * share
    image = pygame.image.frombuffer(pixels.astype(np.uint8).tobytes(), (side, side), "RGB")
    return pygame.transform.scale(image, (size, size)).convert_alpha()
