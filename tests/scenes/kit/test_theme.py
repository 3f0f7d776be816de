"""Colours: the seed's ramp to the digit, and text that can be read on a bare panel.

What stands on anything else is held against its own ground in tests/scenes/dashboard/test_contrast.py.
"""

import pytest

from engine.flat.fonts import Colour
from scenes.kit.theme import THEMES, Theme, loss_colour, mixed, safe

READABLE = 4.5  # WCAG 2.2, contrast of text
ENHANCED = 7.0  # WCAG 2.2, enhanced contrast of text
SEEN = 3.0  # WCAG 2.2, contrast of what is not text


def luminance(colour: Colour) -> float:
    """WCAG relative luminance."""
    parts = [value / 255 for value in colour]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pane(theme: Theme) -> Colour:
    """The panel over its ground."""
    ground: Colour = tuple(round(255 * value) for value in theme.ground.top)  # type: ignore[assignment]
    return mixed(ground, theme.panel, theme.panel_share)


@pytest.mark.parametrize(
    ("loss", "colour"),
    [(1.0, (239, 68, 68)), (0.5, (128, 127, 99)), (0.0, (16, 185, 129)), (7.0, (239, 68, 68)), (-1, (16, 185, 129))],
)
def test_loss_has_the_colour_of_the_readme(loss: float, colour: Colour) -> None:
    assert loss_colour(loss) == colour


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("token", ["text", "muted", "accent", "ok", "warn", "danger", "loss", "accuracy", "title_end"])
def test_text_can_be_read_on_its_panel(theme: Theme, token: str) -> None:
    assert contrast(getattr(theme, token), pane(theme)) >= READABLE


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("token", ["primary_start", "primary_end"])
def test_white_text_can_be_read_on_the_large_button(theme: Theme, token: str) -> None:
    assert contrast(theme.on_accent, getattr(theme, token)) >= READABLE


@pytest.mark.parametrize("token", ["text", "muted", "accent", "ok", "warn", "danger", "loss", "accuracy"])
def test_high_contrast_is_high(token: str) -> None:
    theme = THEMES["contrast"]
    assert contrast(getattr(theme, token), pane(theme)) >= ENHANCED
    assert contrast(theme.on_accent, theme.primary_start) >= ENHANCED
    assert contrast(theme.border[0], pane(theme)) >= SEEN


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_safe_ramp_can_be_seen_on_its_panel(theme: Theme) -> None:
    made = safe(theme)
    assert min(contrast(colour, pane(made)) for colour in (made.bad, made.good)) >= SEEN


SEEDS = {  # the web app's own tokens, on its own cards
    "dark": {
        "text": (226, 232, 240),
        "muted": (148, 163, 184),
        "accent": (129, 140, 248),
        "ok": (16, 185, 129),
        "warn": (245, 158, 11),
        "danger": (244, 63, 94),
    },
    "light": {
        "text": (30, 41, 59),
        "muted": (100, 116, 139),
        "accent": (79, 70, 229),
        "ok": (5, 150, 105),
        "warn": (217, 119, 6),
        "danger": (220, 38, 38),
    },
}


@pytest.mark.parametrize("name", SEEDS)
def test_no_token_reads_worse_than_the_seeds(name: str) -> None:
    theme = THEMES[name]
    for token, colour in SEEDS[name].items():
        assert contrast(getattr(theme, token), pane(theme)) >= contrast(colour, pane(theme)) - 1e-9, token


def test_accents_and_gradients_are_the_seeds() -> None:
    dark, light = THEMES["dark"], THEMES["light"]
    assert (dark.accent, dark.accent_start, dark.accent_end) == ((129, 140, 248), (99, 102, 241), (34, 211, 238))
    assert light.accent == (79, 70, 229)


def test_the_dark_card_is_the_seeds_within_two_levels_of_255() -> None:
    theme = THEMES["dark"]
    assert theme.panel == pytest.approx((15, 15, 40), abs=2) and theme.panel_share == 0.70
    assert [255 * value for value in theme.ground.top] == pytest.approx([10, 10, 26], abs=2)
