"""Text can be read where it stands: each ink against the pixels below it, in every state, as the driver drew them.

Nothing is assumed of backgrounds: a frame is drawn without its words, and each word is held against what is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from engine.flat.overlay import Icon, Overlay, Text
from engine.scripting.script import play
from scenes.scripting.verbs import VERBS
from scenes.stage import Stage

LIMITS = {"dark": 4.5, "light": 4.5, "contrast": 7.0}  # WCAG 2.2, 1.4.3 and 1.4.6
SEEN = 3.0  # WCAG 2.2, 1.4.11: icons
STATES = {  # in this order, each after the one before it; figures that slide in have arrived after eight ticks
    "idle": "run 1s",
    "a cell under the pointer": "point batch_size.64\nrun 30ticks",
    "the chosen cell under the pointer": "point batch_size.32\nrun 30ticks",
    "Start under the pointer": "point start\nrun 30ticks",
    "help under the pointer": "point help\nrun 30ticks",
    "the theme under the pointer": "point theme\nrun 30ticks",
    "both chips on, one under the pointer": "key l\nkey k\npoint log_axis\nrun 5s",
    "toast": "key l\nkey k\nrun 30ticks",
    "help": "key f1\nrun 2ticks",
    "loading": "key escape\npoint field\npress start\nuntil loading\nrun 12ticks",
    "training": "until training\nrun 20epochs\nrun 8ticks",
    "Stop under the pointer": "point stop\nrun 3epochs\nrun 8ticks",
    "tooltip of the loss": "point loss_chart\nrun 3epochs\nrun 8ticks",
    "tooltip of the accuracy": "point accuracy_chart\nrun 3epochs\nrun 8ticks",
    "paused": "press pause\npoint step\nrun 30ticks",
    "a neuron that is asked": "neuron 1 3\npoint field\nrun 30ticks",
    "one of its links": "click 1010 341\npoint field\nrun 30ticks",
    "an answer that is asked": "neuron 3 1\nrun 30ticks",
    "a silent neuron": "neuron 1 3\npress silence\nrun 30ticks",
    "the network's settings, locked": "press silence\nneuron none\npress settings network\npoint field\nrun 30ticks",
    "the data's settings, locked": "press settings data\npoint settings run\nrun 30ticks",
    "replay": "press settings run\nkey ,\nkey ,\nrun 30ticks",
    "digits": "press stop\nset dataset digits\npress start\nuntil training within=9s\nrun 3epochs\nrun 8ticks",
    "diverged": "press stop\nset dataset spiral\nset learning_rate 1\nset speed 20\npress start\nuntil training\n"
    "until complete\nrun 1s",
    "the next run told apart": "press dataset gaussians\nset batch_size 64\nset epochs 90\nrun 1s",
    "playing again": "press replay\nrun 30ticks",
    "undo": "press stop\nrun 30ticks",
    "the network's settings": "press settings network\npoint layers add\nrun 30ticks",
    "the data's settings": "press settings data\npoint new_seed\nrun 30ticks",
    "the run's settings again": "press settings run\nrun 30ticks",
    "simulated": "press dataset curve\npress start\nuntil training within=9s\nrun 30ticks",
    "put away": "press stop\nrun 30ticks",
    "error": "server error:500\npress start\nuntil error\nrun 1s",
}
PHONE = {
    "idle": "run 1s",
    "training": "press start\nuntil training\nrun 3epochs\nrun 8ticks",
    "later": "run 12epochs\nrun 8ticks",
}
Rgb = NDArray[np.float64]


def luminance(colour: Rgb) -> Rgb:
    """WCAG relative luminance of colours 0..255, on the last axis."""
    value = np.asarray(colour, dtype=np.float64) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: Rgb, other: Rgb) -> Rgb:
    light, dark = np.maximum(luminance(one), luminance(other)), np.minimum(luminance(one), luminance(other))
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class Ink:
    """A word or an icon, and how well it can be told from the worst pixel below it."""

    what: str
    panel: str
    icon: bool
    ratio: float


def inks(stage: Stage) -> Iterator[Ink]:
    """All words and icons of this moment."""
    top: Any = stage.app.scenes.top
    overlay: Overlay = stage.first.overlay if top is stage.first else top._overlay
    picture = top.picture(now=stage.app.clock.now, blend=1.0)
    stage.app.renderer.draw(replace(picture, overlay=Overlay(overlay.fonts, stage.app.renderer.size)))  # no words
    ground = stage.app.renderer.pixels()
    window = overlay.surface.get_rect()
    for name, panel in overlay._panels.items():
        for item, rect in zip(panel.items, panel.rects, strict=True):
            seen = rect.clip(window)
            if isinstance(item, (Text, Icon)) and seen.size != (0, 0):
                what = item.text if isinstance(item, Text) else item.name
                yield Ink(what, name, isinstance(item, Icon), worst(item, seen, rect, overlay, ground))


def worst(item: Text | Icon, seen: pygame.Rect, whole: pygame.Rect, overlay: Overlay, ground: Any) -> float:
    """The contrast of `item` against the pixel below its ink that it can be told from least."""
    below = ground[seen.top : seen.bottom, seen.left : seen.right].astype(np.float64)
    mask = pygame.mask.from_surface(overlay.surface.subsurface(seen), threshold=127)
    covered = np.array([[mask.get_at((x, y)) for x in range(seen.w)] for y in range(seen.h)], dtype=bool)
    last = item.second if isinstance(item, Text) and item.second else item.colour
    along = ((np.arange(seen.left, seen.right) - whole.left) / max(1, whole.w))[None, :, None]
    ink = np.array(item.colour) + (np.array(last) - np.array(item.colour)) * along
    alpha = item.alpha if isinstance(item, Text) else 1.0
    shown = below + (ink - below) * alpha
    ratios = contrast(shown, below)
    return float(ratios[covered].min()) if covered.any() else float(ratios.min())


def faint(stage: Stage, state: str, limit: float) -> list[str]:
    """What of this moment cannot be read, a sentence each."""
    return [
        f"{state}: '{ink.what}' in {ink.panel} has {ink.ratio:.2f}"
        for ink in inks(stage)
        if ink.ratio < (SEEN if ink.icon else limit)
    ]


def walk(pilot: Any, folder: Path, states: dict[str, str]) -> Iterator[str]:
    for state, script in states.items():
        path = folder / "part.script"
        path.write_text(script, encoding="utf-8")
        play(path, VERBS, pilot.pilot)
        yield state


@pytest.mark.parametrize("theme", LIMITS)
def test_every_word_and_icon_can_be_read_where_it_stands(rehearsed: Any, tmp_path: Path, theme: str) -> None:
    with rehearsed(tmp_path, theme=theme) as (stage, pilot):
        told = [each for state in walk(pilot, tmp_path, STATES) for each in faint(stage, state, LIMITS[theme])]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("theme", LIMITS)
def test_the_stamp_can_be_read_over_the_field_of_a_phone(rehearsed: Any, tmp_path: Path, theme: str) -> None:
    with rehearsed(tmp_path, theme=theme, size=(390, 844)) as (stage, pilot):
        told = [each for state in walk(pilot, tmp_path, PHONE) for each in faint(stage, state, LIMITS[theme])]
        assert "REAL TRAINING" in [ink.what for ink in inks(stage)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("theme", LIMITS)
def test_nothing_of_the_field_shines_through_a_notice(rehearsed: Any, tmp_path: Path, theme: str) -> None:
    with rehearsed(tmp_path, theme=theme) as (stage, pilot):
        list(walk(pilot, tmp_path, {"error": STATES["error"]}))
        told = [ink for ink in inks(stage) if ink.panel == "error"]
        x, y, w, h = stage.first.describe()["panels"]["error"]
        rim = stage.first.page.px(16)  # the corners
        inside = stage.app.renderer.pixels()[y + rim : y + h - rim, x + rim : x + w - rim].astype(int)
    assert len(told) == 4  # three sentences and a sign
    assert np.ptp(inside, axis=(0, 1)).max() <= 1
