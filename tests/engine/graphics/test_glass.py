"""Frosted panels: blurred and tinted inside, lit at the border, and nothing at all outside without a shadow."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from engine.graphics.picture import Glass, Picture
from engine.graphics.renderer import Renderer

Make = Callable[..., Renderer]
Shown = Callable[..., np.ndarray]

LAYOUT = "bounds:4 first:4 second:4 line:4 style:4 pulse:4"
CLEAR = (0.0, 0.0, 0.0, 0.0)
PLAIN = Glass(tint=CLEAR, border=CLEAR, shadow=CLEAR, lift=CLEAR, spread=12.0, bloom=0.0, bias=0.0)
PANEL = [[40.0, 30.0, 120.0, 90.0, 0.0, 10.0]]


@pytest.fixture
def shown(renderer: Make, picture: Callable[..., Picture], box: Callable[..., list[float]]) -> Shown:
    """int [128, 160, 3]: stripes with panels of a glass on them."""
    made = renderer((160, 128))
    stripes = made.pipeline("shape", layout=LAYOUT)
    bars = [box(x, 0, x + 4, 128, (1.0, 1.0, 1.0, 1.0)) for x in range(0, 160, 8)]
    stripes.write(np.array(bars, dtype=np.float32))

    def draw(glass: Glass, panels: list[list[float]] = PANEL) -> np.ndarray:
        rows = np.array(panels, dtype=np.float32).reshape(-1, 6)
        made.draw(picture(made, world=[stripes], glass=glass, panels=rows))
        return made.pixels().astype(int)

    return draw


def outside(pixels: np.ndarray) -> np.ndarray:
    """The same, with the panel's rectangle blanked."""
    blank = pixels.copy()
    blank[30:90, 40:120] = 0
    return blank


def test_what_lies_behind_a_panel_is_blurred_and_the_rest_is_not(shown: Shown) -> None:
    bare, covered = shown(PLAIN, []), shown(PLAIN)
    assert np.ptp(bare[60, 60:100, 0]) > 100
    assert np.ptp(covered[60, 60:100, 0]) < 30
    assert (outside(covered) == outside(bare)).all()


def test_the_tint_covers_as_much_as_it_says(shown: Shown) -> None:
    clear = shown(PLAIN)[60, 80]
    half = shown(replace(PLAIN, tint=(1.0, 0.0, 0.0, 0.5)))[60, 80]
    full = shown(replace(PLAIN, tint=(1.0, 0.0, 0.0, 1.0)))[60, 80]
    assert full.tolist() == pytest.approx([255, 0, 0], abs=2)
    assert half == pytest.approx((clear + full) / 2, abs=3)


def test_corners_are_round(shown: Shown) -> None:
    bare, covered = shown(PLAIN, []), shown(replace(PLAIN, tint=(1.0, 0.0, 0.0, 1.0)))
    for y, x in ((30, 40), (30, 119), (89, 40), (89, 119)):
        assert (covered[y, x] == bare[y, x]).all()
    for y, x in ((34, 44), (34, 115), (85, 44), (85, 115), (60, 41), (31, 80)):
        assert covered[y, x].tolist() == pytest.approx([255, 0, 0], abs=4)


def test_the_border_is_brighter_above_than_below(shown: Shown) -> None:
    black = replace(PLAIN, tint=(0.0, 0.0, 0.0, 1.0))
    lit = shown(replace(black, border=(1.0, 1.0, 1.0, 0.5))) - shown(black)
    assert lit[30, 80, 0] > lit[89, 80, 0] > 5
    assert lit[60, 40, 0] > 5 and lit[60, 119, 0] > 5
    assert (lit[33:86, 53:107] == 0).all()
    assert (outside(lit) == 0).all()


def test_a_shadow_darkens_what_is_outside_and_fades(shown: Shown) -> None:
    darker = shown(PLAIN) - shown(replace(PLAIN, shadow=(0.0, 0.0, 0.0, 0.8)))
    assert darker[:, 80].max() > 20
    assert darker[95, 80:88].max() > darker[101, 80:88].max() > 0
    assert (darker[:4] == 0).all() and (darker[:, :4] == 0).all()


def test_a_panel_under_the_pointer_is_lifted(shown: Shown) -> None:
    looks = replace(PLAIN, border=(1.0, 1.0, 1.0, 0.4), lift=(0.0, 0.0, 0.0, 0.8))
    resting, lifted = shown(looks), shown(looks, [[40.0, 30.0, 120.0, 90.0, 1.0, 12.0]])
    assert (lifted[30, 60:100] > resting[30, 60:100]).all()  # its border is brighter
    assert (lifted[95, 60:100] < resting[95, 60:100]).all()  # and it throws a shadow


def test_panels_that_move_leave_nothing_behind(shown: Shown) -> None:
    tinted = replace(PLAIN, tint=(1.0, 0.0, 0.0, 1.0), border=(1.0, 1.0, 1.0, 0.5), shadow=(0.0, 0.0, 0.0, 0.5))
    bare = shown(PLAIN, [])
    shown(tinted)
    shown(tinted, [[10.0, 10.0, 60.0, 60.0, 0.0, 6.0], [80.0, 60.0, 150.0, 120.0, 0.0, 6.0]])
    assert (shown(tinted, []) == bare).all()
