"""How scenes look, and what they speak: theme, ramp of the loss, motion, language. Each can change at any moment."""

from collections.abc import Callable
from dataclasses import replace

from engine.motion import Spring

from .theme import MOTIONS, RAMPS, THEMES, Theme, safe
from .words import FIRST, speak


class Appearance:
    """All of them by name; calls `changed` after each change. Raises KeyError for names that are not known."""

    def __init__(
        self,
        *,
        theme: str,
        ramp: str = "seed",
        motion: str = "full",
        language: str = FIRST,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = theme
        self.ramp = ramp
        self.motion = motion
        self.language = language
        self.theme: Theme = THEMES[theme]
        self.knob = Spring(float(self.theme.light), float(self.theme.light))
        self._changed: Callable[[], None] = lambda: None
        self.choose()
        self._changed = changed

    @property
    def still(self) -> bool:
        """Whether nothing moves but what the run itself moves."""
        return self.motion == "reduced"

    def choose(
        self,
        *,
        theme: str | None = None,
        ramp: str | None = None,
        motion: str | None = None,
        language: str | None = None,
    ) -> None:
        """Change what is named, and leave the rest."""
        speak(language or self.language)
        self.language = language or self.language
        self.name, self.ramp, self.motion = theme or self.name, ramp or self.ramp, motion or self.motion
        chosen, _, _ = THEMES[self.name], RAMPS.index(self.ramp), MOTIONS.index(self.motion)
        chosen = chosen if self.language == chosen.language else replace(chosen, language=self.language)
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
