"""A visitor's own table: dropped on the window or pasted, it is what the next run learns."""

from pathlib import Path

from engine.input import Drop, Event
from scenes.kit.part import Moment, Part
from scenes.kit.toast import Toast
from scenes.training.controller import TrainingController
from scenes.training.table_file import own_rows

READ = 6.0  # seconds that a refusal stays to be read


class OwnTable(Part):
    """Takes files that are dropped."""

    def __init__(self, controller: TrainingController, toast: Toast) -> None:
        self._controller, self._toast = controller, toast

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part."""
        if isinstance(event, Drop):
            self.drop(event.path)
        return isinstance(event, Drop)

    def drop(self, path: Path) -> None:
        """Learn the rows of that file next, or say why not."""
        try:
            text = own_rows(path)
        except ValueError as why:
            self._toast.say(f"{why}".replace(str(path), path.name), seconds=READ)
        else:
            self.bring(text, path.name)

    def bring(self, text: str, name: str) -> None:
        """Learn these rows next, or say why not; `name` is what they are called."""
        if why := self._controller.bring(text):
            self._toast.say(f"{name}: {why}", seconds=READ)
        else:
            self._toast.say(f"{name} is what the next run learns")

    def learn(self, column: str) -> None:
        """Let that column of the table be what is learned, or say why not."""
        if why := self._controller.bring(self._controller.chosen.table, column):
            self._toast.say(why, seconds=READ)
