"""How runs are compared at this moment: what is brought out, how lengths are laid over each other, what links tell."""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.input import Event, FocusLost, Move
from engine.scene import Entries
from scenes.kit.part import Moment, Part
from scenes.kit.words import LANGUAGES
from scenes.training.snapshot import Snapshot

from .companions import Companion, companions

MOMENTS = 4  # that are remembered


@dataclass(eq=False)
class View(Part):
    """Shared by all parts of the comparison, and one of them, so that scripts find it."""

    by_share: bool = False  # whether a run of another length is shown as far on its own way, not at the same epoch
    difference: bool = False  # whether links tell how far a run is from the one that is played
    log: bool = False  # whether the loss stands on a logarithmic axis
    smooth: bool = False  # whether curves are smoothed; what was measured stays visible
    by_seconds: bool = False  # whether they lie over the seconds that training took, not over epochs
    table: bool = False  # whether figures stand in a table, not in charts
    highlight: int | None = None  # the number of the run that is brought out
    pointed: int | None = None  # the same, as long as the pointer is over it
    _names: tuple[object, dict[int, list[str]]] = field(default_factory=lambda: (None, {}))
    _known: dict[object, tuple[Companion, ...]] = field(default_factory=dict)  # of this moment, and of the next

    def toggle_share(self) -> None:
        """By epoch, or by the share of the way."""
        self.by_share = not self.by_share

    def toggle_difference(self) -> None:
        """Links by their weights, or by how far these are apart."""
        self.difference = not self.difference

    def toggle_log(self) -> None:
        """The loss on a logarithmic axis, and back."""
        self.log = not self.log

    def toggle_smooth(self) -> None:
        """Smooth curves, and back."""
        self.smooth = not self.smooth

    def toggle_seconds(self) -> None:
        """Over seconds, or over epochs."""
        self.by_seconds = not self.by_seconds

    def toggle_table(self) -> None:
        """Figures in a table, or charts."""
        self.table = not self.table

    @property
    def drawn(self) -> tuple[bool, bool, bool]:
        """How curves are drawn."""
        return self.log, self.smooth, self.by_seconds

    def bring_out(self, number: int | None) -> None:
        """Bring that run out, or none."""
        self.highlight = number

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: heard first; whatever the pointer is over says so after that."""
        if isinstance(event, Move | FocusLost):
            self.pointed = None
        return False

    def begin_anew(self) -> None:
        """See Part."""
        self.by_share = self.difference = self.log = self.smooth = self.by_seconds = self.table = False
        self.highlight = self.pointed = None

    @property
    def out(self) -> int | None:
        """The run that is brought out now."""
        return self.highlight if self.pointed is None else self.pointed

    def companions(self, now: Snapshot, language: str) -> tuple[Companion, ...]:
        """The runs of this moment; the same object until something of them changes."""
        assert language in LANGUAGES
        runs = tuple((id(each.run), each.number, each.head) for each in now.beside)
        key = runs, id(now.run), now.number, now.head, now.epoch, self.by_share, language
        if key not in self._known:
            if len(self._known) >= MOMENTS:
                self._known.clear()
            self._known[key] = companions(now, by_share=self.by_share)
        return self._known[key]

    def names(self, key: object, make: Callable[[], dict[int, list[str]]]) -> dict[int, list[str]]:
        """The lines of words that tell the runs apart, by number: made once for what they depend on."""
        if self._names[0] != key:
            self._names = key, make()
        return self._names[1]

    def describe(self, moment: Moment) -> Entries:
        """See Part: the runs that are compared; people count them from 1."""
        told = self.companions(moment.run, moment.theme.language)
        return {
            "runs": lambda: [
                {"number": each.number + 1, "epoch": each.epoch, "played": each.played, "differs": list(each.differs)}
                for each in told
            ],
            "highlight": lambda: None if self.out is None else self.out + 1,
        }
