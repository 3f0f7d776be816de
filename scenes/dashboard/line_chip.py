"""A moment as one line: the small switch that copies it, and what pasting one does."""

from engine.clipboard import Clipboard
from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.control_drawing import CELL_GROW, focus_ring, scaled
from scenes.kit.drawing import DIGITS, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.toast import Toast
from scenes.kit.words import say
from scenes.training.controller import TrainingController
from scenes.training.moment_line import MomentLine, NotALine, line_of, read_line
from scenes.world.world import World

from .control_slots import switch
from .controls import RunControls
from .own_table import OwnTable

SIZE = 0.88  # of the room that can be hit
READ = 6.0  # seconds that a line stays to be read


class MomentLines:
    """Copies the moment that is shown, and brings one back."""

    def __init__(
        self, controller: TrainingController, world: World, toast: Toast, clipboard: Clipboard, table: OwnTable
    ) -> None:
        self._controller, self._world, self._toast, self._clipboard = controller, world, toast, clipboard
        self._table = table

    def copy(self) -> None:
        """Put the line of this moment on the clipboard, and say it."""
        line = line_of(self._controller.now, self._world.camera.place, self._world.looked)
        if line is None:
            self._toast.say(say("line.none"))
        elif self._clipboard.put(str(line)):
            self._toast.say(say("line.copied", line=line), seconds=READ)
        else:
            self._toast.say(say("line.no_clipboard"))

    def paste(self) -> None:
        """Open the moment whose line is on the clipboard; what has several lines is a table of the visitor's own."""
        text = self._clipboard.text()
        if "\n" in text.strip():
            self._table.bring(text, say("own.pasted"))
            return
        try:
            self.open(read_line(text))
        except NotALine as why:
            self._toast.say(say("line.nothing", why=why), seconds=READ)

    def open(self, line: MomentLine) -> bool:
        """Show that moment; whether it can be."""
        opened = self._controller.open(line.parameters, line.epoch, line.silent)
        if opened:
            self._world.look_again(line.looked)
        if opened and line.camera:
            self._world.camera.look_from(*line.camera)
        return opened


class LineChip(Part):
    """The switch that copies."""

    def __init__(self, controls: RunControls) -> None:
        self._controls = controls
        self._cache = ShapeCache()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        self._cache.draw(drawing, self._controls.key(moment), lambda: self._draw(drawing, moment.blend))

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"panels": lambda: {"line_chip": list(moment.page.panels["network"].bounds)}}

    def _draw(self, drawing: Drawing, blend: float) -> None:
        theme, place = drawing.theme, switch(drawing.layout, "copy")
        look = self._controls.reaction("copy", blend)
        focus_ring(drawing, self._controls, "copy", place, radius=8)
        alpha = drawing.ground(0.4 + 0.4 * look.hover + 0.4 * look.press)
        drawing.shape(scaled(place, SIZE + CELL_GROW * look.hover), theme.track[0], alpha=alpha, radius=7)

        def words() -> list[Item]:
            at, room = (place.middle[0], place.middle[1] + drawing.px(3.5)), SIZE * place.w - drawing.px(2)
            sizes = (11, 10, 9)
            return [
                drawing.said("network.copy", at, room, sizes=sizes, face=DIGITS, colour=theme.muted, align="middle")
            ]

        drawing.words("line_chip", drawing.layout.panels["network"], "copy", words)
