"""The visualizer as the verbs of a script see it: what stands on its screen by name, and what is behind it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.input import Point
from engine.scripting.pilot import Pilot
from engine.scripting.words import VerbError
from scenes.stage import Stage
from scenes.training.lifecycle import Status


class Visualizer:
    """The screen of `stage`. `command` says what its backend does, if that is ours to say; it raises ValueError."""

    statuses = tuple(status.value for status in Status)

    def __init__(self, stage: Stage, command: Callable[[str], None] | None) -> None:
        self.stage = stage
        self.command = command

    def status(self) -> str:
        """That of the run."""
        return self.stage.controller.now.status.value

    def cause(self) -> str:
        """See Screen: what went wrong, in the sentence of the notice."""
        error = self.stage.controller.now.error
        return f"{error.sentence} {error.hint}".strip() if error else ""

    def place(self, name: str, value: str | None) -> Point | None:
        """See Screen; scrolls there first. Raises VerbError for a value that cannot be."""
        try:
            return self.stage.scene.place(name, value)
        except ValueError:
            raise VerbError(f"'{value}' is no value for '{name}'") from None

    def names(self) -> Sequence[str]:
        """Controls, panels and the field."""
        return self.stage.scene.names

    def control(self, name: str, value: str | None = None) -> Mapping[str, Any] | None:
        """See Screen: none while another scene lies on top."""
        scene = self.stage.scene
        return scene.control(name, value) if scene is self.stage.app.scenes.top else None

    def note(self) -> bytes:
        """See Screen: the line that brings the moment back."""
        return self.stage.note()

    def ask(self, name: str) -> Any:
        """See Screen: what the top scene tells."""
        return self.stage.app.scenes.top.entries()[name]()

    def describe(self) -> dict[str, Any]:
        """See Screen: what the top scene tells."""
        return self.stage.app.scenes.top.describe()


VisualizerPilot = Pilot[Visualizer]
