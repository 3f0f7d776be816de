"""The safe ramp tells high loss from low to every eye: simulated after Machado 2009, measured with CIEDE2000."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from scenes.kit.theme import THEMES, Theme, loss_colour, safe

Floats = NDArray[np.float64]
APART = 50.0  # CIEDE2000, between the ends of a safe ramp
TOLD = 40.0  # CIEDE2000, between the two signs of weights
EYES = {  # Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)


def lab(colour: Colour, eye: str = "normal") -> Floats:
    """CIE L*a*b* (D65) of an sRGB colour as `eye` sees it."""
    value = np.array(colour) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(np.array(EYES[eye]) @ linear, 0, 1) / WHITE
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def difference(one: Floats, other: Floats) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005) of two L*a*b* colours."""
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    g = 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25.0**7)))
    (l1, a1, b1), (l2, a2, b2) = one, other
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, colour = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    s_l = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_c, s_h = 1 + 0.045 * colour, 1 + 0.015 * colour * t
    bend = -np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2)))) * 2 * np.sqrt(colour**7 / (colour**7 + 25.0**7))
    dl, dc, dh = (l2 - l1) / s_l, (c2 - c1) / s_c, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / s_h
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + bend * dc * dh))


def seen_apart(one: Colour, other: Colour, eye: str) -> float:
    """CIEDE2000 of two colours as `eye` sees them."""
    return difference(lab(one, eye), lab(other, eye))


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_differences_are_those_of_the_published_table(
    one: tuple[float, ...], other: tuple[float, ...], known: float
) -> None:
    assert difference(np.array(one), np.array(other)) == pytest.approx(known, abs=1e-4)


def test_the_seeds_ramp_is_why_there_is_a_safe_one() -> None:
    apart = {eye: seen_apart(loss_colour(1), loss_colour(0), eye) for eye in EYES}
    assert {eye: round(value, 1) for eye, value in apart.items()} == {
        "normal": 71.5,
        "protan": 21.9,
        "deutan": 14.1,
        "tritan": 70.1,
    }


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_ends_of_the_safe_ramp_are_far_apart_for_every_eye(theme: Theme, eye: str) -> None:
    assert seen_apart(safe(theme).bad, safe(theme).good, eye) >= APART


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_safe_ramp_grows_darker_all_the_way_down(theme: Theme) -> None:
    lightness = [lab(loss_colour(share / 32, safe(theme)))[0] for share in range(33)]
    assert all(low < high for low, high in pairwise(lightness))


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_signs_of_weights_can_be_told_apart_by_every_eye(theme: Theme, eye: str) -> None:
    assert seen_apart(theme.positive, theme.negative, eye) >= TOLD


def test_high_contrast_needs_no_choice_to_be_safe() -> None:
    assert THEMES["contrast"] == safe(THEMES["contrast"])
