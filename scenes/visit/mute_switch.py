"""The button that mutes an exhibit for as long as its visitor stays; only where there is anything to hear."""

from collections.abc import Callable, Mapping

from engine.scene import Entries
from scenes.kit.control_drawing import GROW, SHRINK, focus_ring, scaled
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import Drawing
from scenes.kit.hearing import Hearing
from scenes.kit.part import Moment, Part

from .layout import MUTE

SIZE = 22  # units of the sign


class MuteSwitch(Part):
    """Over the field, at the end of the row of languages."""

    def __init__(self, hearing: Hearing, controls: ControlSet) -> None:
        self._hearing, self._controls = hearing, controls

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        return {MUTE: self._hearing.toggle}

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        sounds = self._hearing.sounds
        self._controls.ui.show(MUTE, visible=sounds, enabled=sounds)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        if not self._hearing.sounds:
            return
        place, look = drawing.layout.slots[MUTE], self._controls.reaction(MUTE, moment.blend)
        focus_ring(drawing, self._controls, MUTE, place, radius=12)
        bounds = scaled(place, 1 + GROW * look.hover - SHRINK * look.press)
        drawing.shape(bounds, drawing.theme.panel, alpha=0.92, radius=12)
        name = "volume-x" if self._hearing.muted else "volume-2"
        ink = drawing.theme.muted if self._hearing.muted else drawing.theme.text
        sign = drawing.icon(name, place.middle, size=SIZE, colour=ink)
        drawing.words(MUTE, place, self._hearing.muted, lambda: [sign])

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"muted": lambda: self._hearing.muted}

    def begin_anew(self) -> None:
        """See Part: the next visitor hears it again."""
        self._hearing.muted = False
