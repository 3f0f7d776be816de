"""The confusion matrix: which class was taken for which, with its axes and its worst mistake in words."""

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.overlay import Image, Item
from scenes.kit.drawing import BODY, DIGITS, STRONG, Drawing
from scenes.kit.places import Rect
from scenes.kit.theme import Theme, mixed
from scenes.kit.words import say

LARGEST = 236  # units of a side: more would say no more
SMALLEST_CELL = 7  # units in which a label can stand
LABEL = 8.5  # units high
LEGEND, APART = 116, 8  # units wide, of the words beside the matrix; from these to it
SIZES = (11.5, 10.5, 9.5, 8.5)  # units high, of these: the largest that has room


def confusion_items(drawing: Drawing, inner: Rect, counts: NDArray[np.float32], classes: tuple[str, ...]) -> list[Item]:
    """The matrix at the right of `inner`, its legend at the left. `counts`: float32 [class, answer]."""
    px, count = drawing.px, len(classes)
    longest = max(drawing.overlay.fonts.width(name, DIGITS, px(LABEL)) for name in classes)
    beside, above = min(longest, px(56)) + px(5), px(13)
    cell = int(min(inner.h - above, inner.w - beside - px(LEGEND), px(LARGEST))) // count
    if cell < 1:
        text = say("confusion.many", count=count)
        lines = drawing.wrapped(text, inner.w, size=11.5, face=BODY)
        at = [(inner.x, inner.y + px(23 + 16 * row)) for row in range(len(lines))]
        return [
            drawing.text(line, place, size=11.5, colour=drawing.theme.muted)
            for line, place in zip(lines, at, strict=True)
        ]
    side = cell * count
    place = Rect(inner.right - side, inner.y + above, side, side)
    items: list[Item] = [Image(_matrix(counts, drawing.theme, side), (place.x, place.y))]
    if cell >= px(SMALLEST_CELL):
        items += _labels(drawing, place, cell, beside, classes)
    return items + _legend(drawing, inner, counts, classes)


def worst(counts: NDArray[np.float32], classes: tuple[str, ...]) -> str:
    """The most frequent mistake in words: "8 taken for 1: 3 times"; empty if there is none."""
    wrong = counts * (1 - np.eye(len(counts), dtype=np.float32))
    true, told = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
    times = int(wrong[true, told])
    return say("confusion.worst", true=classes[true], told=classes[told], times=times) if times else ""


def _labels(drawing: Drawing, place: Rect, cell: int, beside: int, classes: tuple[str, ...]) -> list[Item]:
    px, ink = drawing.px, drawing.theme.muted
    items: list[Item] = []
    for k, name in enumerate(classes):
        middle = (k + 0.5) * cell
        down = (place.x - px(5), place.y + middle + px(3))
        across = (place.x + middle, place.y - px(4))
        row = drawing.text(name, down, size=LABEL, face=DIGITS, colour=ink, align="right")
        column = drawing.text(name, across, size=LABEL, face=DIGITS, colour=ink, align="middle")
        items += [drawing.fitted(row, beside - px(5)), drawing.fitted(column, cell - px(1) if len(name) > 1 else cell)]
    return items


def _legend(drawing: Drawing, inner: Rect, counts: NDArray[np.float32], classes: tuple[str, ...]) -> list[Item]:
    px, theme = drawing.px, drawing.theme
    mistake = worst(counts, classes)
    right, every = int(np.trace(counts)), int(counts.sum())
    heads = (
        ("title", STRONG, theme.text),
        ("plain", BODY, theme.muted),
        ("rows", BODY, theme.muted),
        ("columns", BODY, theme.muted),
        ("right", BODY, theme.ok),
    )
    most = range(max(0, inner.h) // px(16) + 1)
    rows = [(inner.x, inner.y + px(23 + 16 * row)) for row in most if px(26 + 16 * row) <= inner.h]
    counts_told = {"right": right, "of": every}
    items: list[Item] = [
        drawing.said(f"confusion.{key}", at, px(LEGEND - APART), sizes=SIZES, face=face, colour=ink, fields=counts_told)
        for at, (key, face, ink) in zip(rows, heads, strict=False)
    ]
    lines = drawing.wrapped(mistake, px(LEGEND), size=SIZES[0], face=BODY)
    told = [
        drawing.fitted(drawing.text(line, at, size=SIZES[0], colour=theme.danger), px(LEGEND))
        for at, line in zip(rows[len(heads) :], lines, strict=False)
    ]
    return [*items, *told]


def _matrix(counts: NDArray[np.float32], theme: Theme, size: int) -> pygame.Surface:
    """Each row's shares: what is right in green, what is wrong in red."""
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ground = np.array(mixed(theme.panel, theme.muted, 0.14), dtype=np.float32)
    hue = np.where(np.eye(len(counts))[..., None] > 0, np.array(theme.good), np.array(theme.bad)).astype(np.float32)
    pixels = ground + (hue - ground) * np.sqrt(shares)[..., None]
    image = pygame.image.frombuffer(pixels.clip(0, 255).astype(np.uint8).tobytes(), counts.shape, "RGB")
    return pygame.transform.scale(image, (size, size)).convert_alpha()
