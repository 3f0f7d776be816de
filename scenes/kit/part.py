"""What scenes are made of: parts, each told the same moment. A new panel is a new part, and a line in a list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.flat.overlay import Item
from engine.input import Event, Point
from engine.scene import Entries
from scenes.training.snapshot import Snapshot

from .drawing import Drawing
from .places import Layout, Panel
from .theme import Theme


@dataclass(frozen=True)
class Moment:
    """What every part is told: the run at its last tick, where everything stands, and how it is to look."""

    run: Snapshot
    page: Layout
    theme: Theme
    still: bool = False  # nothing moves but what the run itself moves
    blend: float = 1.0  # 0 to 1: how far a frame lies between the last two ticks


class Part:
    """One thing on the screen. A part overrides what it needs; by itself it does, draws and tells nothing.

    Parts are ticked and drawn in the order of the scene's list, and hear of events in the opposite one: what lies in
    front hears first.
    """

    panel: Panel | None = None  # the place that it needs, where the scene's layout has none for it

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """Buttons of its own, and what each does; their places are `panel.slots`."""
        return {}

    def handle(self, event: Event, moment: Moment) -> bool:
        """Take an event; True if nobody else is to have it."""
        return False

    def tick(self, moment: Moment, dt: float) -> None:
        """Move on by `dt` seconds."""

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """Add what is to be seen. What it keeps to be quicker next time may change, nothing else."""

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """Make what the next epoch will need, before it is shown: `moment` is the next one's. Draws nothing.

        Returns words that it will write then. What it makes must be what it would have made at that moment.
        """
        return ()

    def describe(self, moment: Moment) -> Entries:
        """What can be seen, by name. Dictionaries of one name, such as `panels`, are joined with those of others."""
        return {}

    def added_to_click(self, at: Point, moment: Moment) -> str:
        """What a script adds to a click at this point, so that it does the same whatever has moved meanwhile."""
        return ""

    def begin_anew(self) -> None:
        """Be as at the start: somebody else comes."""
