"""Colours: the seed's ramp to the digit, and text that can be read."""

import pytest

from engine.text import Colour
from scenes.theme import THEMES, Theme, loss_colour, mixed, safe

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
    assert contrast(getattr(theme, token), pane(theme)) >= (READABLE if token not in ("loss", "accuracy") else SEEN)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_large_figures_can_be_read(theme: Theme) -> None:
    assert min(contrast(theme.loss, pane(theme)), contrast(theme.accuracy, pane(theme))) >= SEEN


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
