"""The script verbs for how the visualizer looks. None of them takes time."""

from typing import Any

from engine.scripting.pilot import Pilot
from engine.scripting.words import VerbError, is_number
from scenes.cli.settings import FITTING
from scenes.cli.values import LARGEST_DRAWN, SMALLEST_SCALE
from scenes.kit.theme import MOTIONS, RAMPS, THEMES
from scenes.stage import Stage

FIT = "fit"  # the scale that goes with the picture's size


class Looks(Pilot):
    """The pilot of a stage, whose looks it can change."""

    def __init__(self, stage: Stage, **given: Any) -> None:
        super().__init__(stage.app, **given)
        self._stage = stage

    def theme(self, name: str) -> None:
        """theme dark|light|contrast: change the colours.

        For example:

            theme light
        """
        if name not in THEMES:
            raise VerbError(f"there is no theme '{name}': choose {' or '.join(THEMES)}")
        self._stage.appearance.choose(theme=name)

    def ramp(self, name: str) -> None:
        """ramp seed|safe: the colours of the loss; safe ones can be told apart by every eye.

        For example:

            ramp safe
        """
        if name not in RAMPS:
            raise VerbError(f"there is no ramp '{name}': choose {' or '.join(RAMPS)}")
        self._stage.appearance.choose(ramp=name)

    def motion(self, name: str) -> None:
        """motion full|reduced: whether more moves than the run itself does.

        For example:

            motion reduced
        """
        if name not in MOTIONS:
            raise VerbError(f"there is no motion '{name}': choose {' or '.join(MOTIONS)}")
        self._stage.appearance.choose(motion=name)

    def scale(self, factor: str) -> None:
        """scale FACTOR|fit: make the interface 0.75 to 12 times as large, or as large as goes with the picture's size.

        For example:

            scale 1.25
        """
        if factor != FIT and not (is_number(factor) and SMALLEST_SCALE <= float(factor) <= LARGEST_DRAWN):
            raise VerbError(f"'{factor}' is not within {SMALLEST_SCALE:g} to {LARGEST_DRAWN:g}, nor the word {FIT}")
        self._stage.context.scale.wished = FITTING if factor == FIT else float(factor)
