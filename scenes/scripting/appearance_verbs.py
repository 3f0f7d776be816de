"""The script verbs for how the visualizer looks. None of them takes time."""

from collections.abc import Collection

from engine.scripting.words import VerbError, is_number
from scenes.cli.settings import FITTING
from scenes.cli.values import LARGEST_DRAWN, SMALLEST_SCALE
from scenes.kit.theme import MOTIONS, RAMPS, THEMES
from scenes.kit.words import LANGUAGES

from .screen import VisualizerPilot

FIT = "fit"  # the scale that goes with the picture's size


def theme(pilot: VisualizerPilot, name: str) -> None:
    """theme dark|light|contrast: change the colours.

    For example:

        theme light
    """
    _check("theme", name, THEMES)
    pilot.screen.stage.appearance.choose(theme=name)


def ramp(pilot: VisualizerPilot, name: str) -> None:
    """ramp seed|safe: the colours of the loss; safe ones can be told apart by every eye.

    For example:

        ramp safe
    """
    _check("ramp", name, RAMPS)
    pilot.screen.stage.appearance.choose(ramp=name)


def motion(pilot: VisualizerPilot, name: str) -> None:
    """motion full|reduced: whether more moves than the run itself does.

    For example:

        motion reduced
    """
    _check("motion", name, MOTIONS)
    pilot.screen.stage.appearance.choose(motion=name)


def language(pilot: VisualizerPilot, code: str) -> None:
    """language en|de|fr|es|tr: what everything on the screen is said in.

    For example:

        language de
    """
    _check("language", code, LANGUAGES)
    pilot.screen.stage.appearance.choose(language=code)


def projector(pilot: VisualizerPilot, state: str) -> None:
    """projector on|off: whether what is learned has the stage, with large words and figures.

    For example:

        projector on
    """
    if state not in ("on", "off"):
        raise VerbError(f"'{state}' is neither on nor off")
    pilot.screen.stage.context.scale.projector = state == "on"


def scale(pilot: VisualizerPilot, factor: str) -> None:
    """scale FACTOR|fit: make the interface 0.75 to 12 times as large, or as large as goes with the picture's size.

    For example:

        scale 1.25
    """
    if factor != FIT and not (is_number(factor) and SMALLEST_SCALE <= float(factor) <= LARGEST_DRAWN):
        raise VerbError(f"'{factor}' is not within {SMALLEST_SCALE:g} to {LARGEST_DRAWN:g}, nor the word {FIT}")
    pilot.screen.stage.context.scale.wished = FITTING if factor == FIT else float(factor)


def _check(kind: str, name: str, known: Collection[str]) -> None:
    """Raises VerbError where `name` is none of those of its kind."""
    if name not in known:
        raise VerbError(f"there is no {kind} '{name}': choose {' or '.join(known)}")
