"""One colour means one thing, to every eye: each pair of inks that could be taken for one another, with its limit.

Distances are CIEDE2000 as four kinds of eyes see the colours; contrasts are luminance's, after WCAG 2.2.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.flat.fonts import Colour
from scenes.kit.theme import THEMES, Theme, class_inks, mixed
from tests.scenes.kit.test_colour_vision import EYES, TOLD, seen_apart
from tests.scenes.kit.test_theme import READABLE, SEEN, contrast, pane

NOT_TAKEN = 12.0  # CIEDE2000, between inks of different meaning that may stand side by side
ONE_OF_TEN = 12.0  # CIEDE2000, between any two classes of ten
LAYERS_APART = 10.0  # CIEDE2000, between rings of neighbouring layers: their columns tell them apart as well
FAR = 8.0  # CIEDE2000, between a sign of weights and one of the further classes, or what only a button wears
SURE = 5.0  # contrast with the panel of an orange that is still called so
NEUTRAL = 24.0  # CIEDE2000, between what a neuron says and its silence
THEMES_ALL = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
EVERY_EYE = pytest.mark.parametrize("eye", EYES)


def grounds(theme: Theme) -> list[Colour]:
    """What marks lie on: the field's ground at its top and bottom, and a panel."""
    ends: list[Colour] = [tuple(round(255 * v) for v in end) for end in (theme.ground.top, theme.ground.bottom)]  # type: ignore[misc]
    return [*ends, pane(theme)]


def others(theme: Theme) -> dict[str, Colour]:
    """The inks that are no class's."""
    _, first, second, _ = theme.layers
    return {
        "positive": theme.positive,
        "negative": theme.negative,
        "inputs": theme.inputs,
        "hidden 1": first,
        "hidden 2": second,
        "yes": theme.yes,
        "no": theme.no,
    }


@EVERY_EYE
@THEMES_ALL
def test_the_two_famous_classes_are_far_apart(theme: Theme, eye: str) -> None:
    assert seen_apart(theme.classes[0], theme.classes[1], eye) >= TOLD


@EVERY_EYE
@THEMES_ALL
def test_yes_and_no_are_far_apart(theme: Theme, eye: str) -> None:
    assert seen_apart(theme.yes, theme.no, eye) >= TOLD


@EVERY_EYE
@THEMES_ALL
def test_yes_and_no_are_told_from_silence(theme: Theme, eye: str) -> None:
    assert min(seen_apart(ink, theme.zero, eye) for ink in (theme.yes, theme.no)) >= NEUTRAL


@EVERY_EYE
@THEMES_ALL
def test_neither_famous_class_is_taken_for_anything_else(theme: Theme, eye: str) -> None:
    buttons = {"button": theme.primary_start, "button's end": theme.primary_end}
    for ink in theme.classes[:2]:
        apart = {name: seen_apart(ink, other, eye) for name, other in (others(theme) | buttons).items()}
        assert min(apart.values()) >= NOT_TAKEN, apart


@EVERY_EYE
@THEMES_ALL
def test_no_link_is_taken_for_the_ring_it_ends_at_or_for_a_yes(theme: Theme, eye: str) -> None:
    for ink in (theme.positive, theme.negative):
        apart = {name: seen_apart(ink, other, eye) for name, other in others(theme).items() if other != ink}
        unlike = {name: value for name, value in apart.items() if name not in ("positive", "negative", "no")}
        assert min(unlike.values()) >= NOT_TAKEN, unlike
        assert apart["no"] >= FAR


@EVERY_EYE
@THEMES_ALL
def test_layers_can_be_told_apart(theme: Theme, eye: str) -> None:
    inks = (theme.inputs, *theme.layers[1:3])
    assert min(seen_apart(one, other, eye) for one, other in combinations(inks, 2)) >= LAYERS_APART


@EVERY_EYE
@THEMES_ALL
def test_ten_classes_can_be_told_apart_and_from_the_signs_of_weights(theme: Theme, eye: str) -> None:
    assert len(theme.classes) == 10
    assert min(seen_apart(one, other, eye) for one, other in combinations(theme.classes, 2)) >= ONE_OF_TEN
    signs = (theme.positive, theme.negative)
    assert min(seen_apart(one, other, eye) for one in signs for other in theme.classes[2:]) >= FAR


@THEMES_ALL
def test_every_mark_can_be_seen_on_its_ground(theme: Theme) -> None:
    marks = {name: ink for name, ink in others(theme).items() if name not in ("yes", "no")}
    marks |= {"outputs": theme.layers[3]} | {f"class {k}": ink for k, ink in enumerate(theme.classes)}
    for name, ink in marks.items():
        assert min(contrast(ink, ground) for ground in grounds(theme)) >= SEEN, name


@THEMES_ALL
def test_yes_is_light_and_no_is_dark(theme: Theme) -> None:
    """A map lies in a ring of its layer and is read by what is lit: its two inks differ in luminance as well."""
    assert contrast(theme.yes, theme.no) >= SEEN
    assert sum(theme.yes) > sum(theme.no)


@THEMES_ALL
def test_grey_words_can_be_read_on_the_bare_ground_too(theme: Theme) -> None:
    assert min(contrast(theme.muted, ground) for ground in grounds(theme)) >= READABLE


def test_no_theme_shares_an_ink_between_two_meanings() -> None:
    for theme in THEMES.values():
        inks = [*others(theme).values(), theme.layers[3], *theme.classes, theme.primary_start]
        assert len(set(inks)) == len(inks)


def test_the_orange_of_the_dark_map_is_no_brown() -> None:
    """Brown is a dark orange: on a dark panel the map is laid so thickly that its orange stays bright."""
    theme = THEMES["dark"]
    assert contrast(mixed(theme.panel, theme.classes[1], theme.map_share), pane(theme)) >= SURE


def test_links_in_the_light_are_at_least_three_fifths_opaque() -> None:
    assert 0.66 * THEMES["light"].links >= 0.60  # .66 is the opacity of the strongest, see link_rows


@pytest.mark.parametrize("count", [2, 3, 10, 23])
def test_classes_take_the_inks_of_the_theme_in_turn(count: int) -> None:
    theme = THEMES["dark"]
    inks = class_inks(theme, count)
    assert len(inks) == count and inks[:10] == list(theme.classes)[:count]
    assert all(inks[k] == inks[k - 10] for k in range(10, count))
