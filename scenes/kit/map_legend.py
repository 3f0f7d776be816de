"""What stands below the map: the classes in their inks, which points are seen, unseen and wrong, what its sides are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pygame

from engine.flat.fonts import Colour
from engine.flat.overlay import Image, Item, Text
from scenes.training.epoch import Network

from .answer_map import edge, mark
from .drawing import BODY, STRONG, Drawing
from .neuron_choice import called
from .places import Rect
from .theme import class_inks
from .words import say

SIZE = 11.5  # units high: what is said beside
LINE, FIRST_LINE = 16, 17  # units between two lines of the legend; from the map to the first one's baseline
AXES = ("x", "y")  # of a plane
LARGER = 1.4  # times that points are larger in the legend
BESIDE, APART, LEAST_APART = 4, 14, 5  # units from a mark to its words; from these to the next mark, and at least
LEAST_MAP = 176  # units of a side, below which the map is given the room of its legend, line by line
MEANT, LINE_AROUND = 5.5, 1.8  # units: the disc of what is meant, and the ring about it
FINE = 4  # times finer that it is drawn


@dataclass(frozen=True, eq=False)
class Entry:
    """A mark of the map and what it stands for. `kind`: see answer_map.mark."""

    kind: str
    ink: Colour
    text: str
    named: bool = False  # whether it stands for a class


def axes_words(drawing: Drawing, network: Network, place: Rect, baseline: int, before: Sequence[Item]) -> list[Item]:
    """What the map's sides are, at the end of a line of the legend, if there is room; of more columns, the rest."""
    across, up = AXES if network.flat else (called(network, name) for name in network.features[:2])
    told = say("map.rest") if len(network.numbers) > 2 else say("map.axes", across=across, up=up)
    taken = [item for item in before if isinstance(item, Text) and item.at[1] == baseline]
    axes = drawing.text(told, (place.right, baseline), size=SIZE, colour=drawing.theme.muted, align="right")
    width = drawing.overlay.fonts.width
    end = max((item.at[0] + width(item.text, item.face, item.size) for item in taken), default=place.x)
    return [axes] if end + drawing.px(APART) <= place.right - width(told, axes.face, axes.size) else []


def map_side(inner: Rect, scale: float) -> tuple[int, int]:
    """How large the map is within `inner`, in pixels, and how many lines of its legend have room below it."""
    for lines in (2, 1, 0):
        high = round((FIRST_LINE + LINE * (lines - 1)) * scale) if lines else 0
        side = min(inner.w, inner.h - high)
        if side >= min(inner.w, LEAST_MAP * scale) or not lines:
            break
    return max(1, side), lines


def legend(network: Network, drawing: Drawing, wrong: int | None) -> tuple[list[Entry], list[Entry]]:
    """Two lines: the classes in their inks; points by what they are, of which `wrong` stand in a ring if it is told."""
    theme, unseen = drawing.theme, int((network.training == 0).sum())
    inks = class_inks(theme, len(network.classes))
    names = [called(network, name) for name in network.classes]
    names = [say("map.class", name=name) for name in names] if network.flat else names  # others are words already
    named = [Entry("seen", ink, name, named=True) for ink, name in zip(inks, names, strict=True)]
    seen = len(network.samples) - unseen
    counted = [Entry("seen", theme.muted, say("map.seen", count=seen))] if seen else []
    counted.append(Entry("unseen", theme.muted, say("map.unseen", count=unseen)))
    return named, counted if wrong is None else [*counted, Entry("wrong", theme.text, say("map.wrong", count=wrong))]


def legend_line(drawing: Drawing, place: Rect, baseline: int, entries: Sequence[Entry]) -> list[Item]:
    """Marks and their words from the left of `place`, closer where they need it; what has no room is left out."""
    px, theme, scale = drawing.px, drawing.theme, drawing.layout.scale
    marks = [mark(each.kind, each.ink, theme, scale if each.kind == "wrong" else LARGER * scale) for each in entries]
    words = [drawing.text(each.text, (0, baseline), size=SIZE, face=STRONG if each.named else BODY) for each in entries]
    wide = [
        made.get_width() + px(BESIDE) + drawing.overlay.fonts.width(text.text, text.face, text.size)
        for made, text in zip(marks, words, strict=True)
    ]
    spare = (place.w - sum(wide)) / max(1, len(entries) - 1)
    apart = min(px(APART), max(px(LEAST_APART), int(spare)))
    x, items = place.x, list[Item]()
    for made, text, across in zip(marks, words, wide, strict=True):
        if x + across > place.right:
            break
        items.append(Image(made, (x, round(baseline - 0.36 * px(SIZE) - made.get_height() / 2))))
        items.append(replace(text, at=(x + made.get_width() + px(BESIDE), baseline)))
        x += across + apart
    return items


def marked(drawing: Drawing, rect: Rect, at: tuple[float, float], ink: Colour) -> Image:
    """A disc of that ink in a ring, about a place within `rect`: what is meant, or pointed at."""
    theme, unit = drawing.theme, FINE * drawing.layout.scale
    size = 2 * round((MEANT + LINE_AROUND + 1) * drawing.layout.scale)
    large = pygame.Surface((FINE * size, FINE * size), pygame.SRCALPHA)
    middle = (FINE * size / 2, FINE * size / 2)
    pygame.draw.circle(large, edge(theme), middle, (MEANT + LINE_AROUND) * unit)
    pygame.draw.circle(large, theme.text, middle, (MEANT + LINE_AROUND / 2) * unit)
    pygame.draw.circle(large, edge(theme), middle, (MEANT - LINE_AROUND / 2) * unit)
    pygame.draw.circle(large, ink, middle, (MEANT - LINE_AROUND) * unit)
    made = pygame.transform.smoothscale(large.premul_alpha(), (size, size))
    return Image(made, (round(rect.x + at[0] - size / 2), round(rect.y + at[1] - size / 2)))
