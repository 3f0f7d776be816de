"""Whether anything is to be heard: an operator has it sound, and whoever is there may mute it."""

from dataclasses import dataclass


@dataclass
class Hearing:
    """`sounds`: whether there is anything that could be heard, so that a switch for it makes sense."""

    sounds: bool = False
    muted: bool = False

    @property
    def on(self) -> bool:
        """Whether it is heard now."""
        return self.sounds and not self.muted

    def toggle(self) -> None:
        """Mute it, or let it be heard again."""
        self.muted = not self.muted
