"""The visualizer as the verbs of a script see it: what stands on its screen by name, and what is behind it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.input import Point
from engine.scripting.pilot import Pilot
from engine.scripting.words import VerbError
from scenes.dashboard.description import entries
from scenes.dashboard.scene import Dashboard
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
        return self.stage.dashboard.snapshot.status.value

    def place(self, name: str, value: str | None) -> Point | None:
        """See Screen; scrolls there first. Raises VerbError for a value that cannot be."""
        dashboard = self.stage.dashboard
        dashboard.reveal(name)
        if value is None and name == "field":
            return dashboard.layout.field.middle
        if value is None and name in dashboard.layout.panels:
            return dashboard.layout.panels[name].middle
        try:
            return dashboard.controls.at(name, value)
        except ValueError:
            raise VerbError(f"'{value}' is no value for '{name}'") from None

    def names(self) -> Sequence[str]:
        """Controls, panels and the field."""
        return [*self.ask("controls"), *self.ask("panels"), "field"]

    def control(self, name: str) -> Mapping[str, Any] | None:
        """See Screen: none while another scene lies on top."""
        controls: dict[str, Mapping[str, Any]] = self.ask("controls")
        return controls.get(name)

    def ask(self, name: str) -> Any:
        """See Screen. Scenes other than the dashboard tell all at once."""
        top = self.stage.app.scenes.top
        return entries(top)[name]() if isinstance(top, Dashboard) else top.describe()[name]

    def describe(self) -> dict[str, Any]:
        """See Screen: what the top scene tells."""
        return self.stage.app.scenes.top.describe()


VisualizerPilot = Pilot[Visualizer]
