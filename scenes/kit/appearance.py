"""How the dashboard looks: theme, ramp of the loss, motion. Each can be changed at any moment, and is remembered."""

from collections.abc import Callable

from engine.motion import Spring

from .theme import MOTIONS, RAMPS, THEMES, Theme, safe


class Appearance:
    """Theme, ramp and motion by name; calls `changed` after each change. Raises KeyError for names not known."""

    def __init__(
        self, *, theme: str, ramp: str = "seed", motion: str = "full", changed: Callable[[], None] = lambda: None
    ) -> None:
        self.name = theme
        self.ramp = ramp
        self.motion = motion
        self.theme: Theme = THEMES[theme]
        self.knob = Spring(float(self.theme.light), float(self.theme.light))
        self._changed: Callable[[], None] = lambda: None
        self.choose()
        self._changed = changed

    @property
    def still(self) -> bool:
        """Whether nothing moves but what the run itself moves."""
        return self.motion == "reduced"

    def choose(self, *, theme: str | None = None, ramp: str | None = None, motion: str | None = None) -> None:
        """Change what is named, and leave the rest."""
        self.name, self.ramp, self.motion = theme or self.name, ramp or self.ramp, motion or self.motion
        chosen, _, _ = THEMES[self.name], RAMPS.index(self.ramp), MOTIONS.index(self.motion)
        self.theme = safe(chosen) if self.ramp == "safe" else chosen
        self.knob.target = float(self.theme.light)
        if self.still:
            self.knob.value, self.knob.speed = self.knob.target, 0.0
        self._changed()

    def toggle_theme(self) -> None:
        """Dark to light and back; from high contrast to dark."""
        self.choose(theme={"dark": "light"}.get(self.name, "dark"))

    def toggle_contrast(self) -> None:
        """To high contrast, and back to dark."""
        self.choose(theme="dark" if self.name == "contrast" else "contrast")

    def toggle_ramp(self) -> None:
        """The ramp that every eye can tell apart, and back."""
        self.choose(ramp="seed" if self.ramp == "safe" else "safe")

    def toggle_motion(self) -> None:
        """Only what the run moves, and back."""
        self.choose(motion="full" if self.still else "reduced")
