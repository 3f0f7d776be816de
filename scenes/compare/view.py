"""How runs are compared at this moment: what is brought out, how lengths are laid over each other, what links tell."""

from dataclasses import dataclass, field

from engine.input import Event, FocusLost, Move
from scenes.kit.part import Moment, Part
from scenes.kit.words import LANGUAGES
from scenes.training.snapshot import Snapshot

from .companions import Companion, companions


@dataclass(eq=False)
class View(Part):
    """Shared by all parts of the comparison, and one of them, so that scripts find it."""

    by_share: bool = False  # whether a run of another length is shown as far on its own way, not at the same epoch
    difference: bool = False  # whether links tell how far a run is from the one that is played
    highlight: int | None = None  # the number of the run that is brought out
    pointed: int | None = None  # the same, as long as the pointer is over it
    _known: tuple[object, tuple[Companion, ...]] = field(default=(None, ()))

    def toggle_share(self) -> None:
        """By epoch, or by the share of the way."""
        self.by_share = not self.by_share

    def toggle_difference(self) -> None:
        """Links by their weights, or by how far these are apart."""
        self.difference = not self.difference

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
        self.by_share = self.difference = False
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
        if key != self._known[0]:
            self._known = key, companions(now, by_share=self.by_share)
        return self._known[1]
