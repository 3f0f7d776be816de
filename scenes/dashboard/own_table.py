"""A visitor's own table: chosen in a dialog, dropped on the window or pasted, it is what the next run learns."""

from pathlib import Path

from engine.file_dialog import FileDialog
from engine.input import Drop, Event
from scenes.kit.part import Moment, Part
from scenes.kit.toast import Toast
from scenes.kit.words import say
from scenes.training.controller import BUSY, TrainingController
from scenes.training.lifecycle import Status
from scenes.training.table_file import own_rows

READ = 6.0  # seconds that a refusal stays to be read


class OwnTable(Part):
    """Takes files that are chosen, or dropped."""

    def __init__(self, controller: TrainingController, toast: Toast, dialog: FileDialog) -> None:
        self._controller, self._toast, self._dialog = controller, toast, dialog

    def ask(self) -> None:
        """Let a file be chosen in the desktop's dialog; where there is none, say how else a table comes in."""
        self._toast.say(say("own.choosing" if self._dialog.ask() else "own.drop"))

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        if path := self._dialog.chosen():
            self.drop(path)

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
        """Learn these rows next, or say why not; `name` is what they are called. A finished run makes room for them."""
        if why := self._controller.bring(text):
            self._toast.say(f"{name}: {_refusal(why)}", seconds=READ)
            return
        if self._controller.now.status is Status.COMPLETE:
            self._controller.stop()  # Ctrl+Z brings it back
        self._toast.say(say("own.learned", name=name))

    def learn(self, column: str) -> None:
        """Let that column of the table be what is learned, or say why not."""
        if why := self._controller.bring(self._controller.chosen.table, column):
            self._toast.say(_refusal(why), seconds=READ)


def _refusal(why: str) -> str:
    """Why a table is not taken; what the backend finds in it has the backend's own words."""
    return say("own.busy") if why == BUSY else why
