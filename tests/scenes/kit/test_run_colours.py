"""Six runs are told apart by every eye, on every ground, and stand out from it."""

from __future__ import annotations

from itertools import combinations

import pytest

from scenes.kit.run_colours import DARK, LIGHT, PATTERNS, pattern, run_colour
from scenes.kit.theme import THEMES, Theme, contrast
from scenes.training.worlds import LOOKS
from tests.scenes.kit.test_colour_vision import EYES, seen_apart

APART = 20.0  # CIEDE2000


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_six_runs_are_told_apart_by_every_eye(colours: tuple[tuple[int, int, int], ...], eye: str) -> None:
    assert len(colours) == 6
    assert min(seen_apart(one, other, eye) for one, other in combinations(colours, 2)) >= APART


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_they_stand_out_from_their_ground(theme: Theme) -> None:
    assert min(contrast(run_colour(theme, number), theme.panel) for number in range(6)) >= 3.0


def test_from_the_seventh_on_they_come_again_with_dashes_and_then_with_dots() -> None:
    theme = next(iter(THEMES.values()))
    assert [pattern(number) for number in (0, 5, 6, 11, 12, 17)] == [each for each in PATTERNS for _ in range(2)]
    assert run_colour(theme, 6) == run_colour(theme, 0)
    looks = {(run_colour(theme, number), pattern(number)) for number in range(LOOKS)}
    assert len(looks) == LOOKS
