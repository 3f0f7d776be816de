"""The runs that are on the screen together: the one that is played, and up to seven beside it.

Each has a number for as long as it is known, from 0: its colour. A number is given again only when nobody has it: of a
run that is kept, whoever opens it again finds it with the one that it had.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from .changes import Change
from .parameters import EPOCHS, Parameters
from .playback import Playback
from .run import TrainingRun

MOST = 8  # runs, with the one that is played
LOOKS = 18  # numbers that look unlike each other (kit/run_colours)


@dataclass(frozen=True)
class Beside:
    """A run beside the one that is played: `head` epochs of it have been shown."""

    run: TrainingRun
    number: int
    head: int


@dataclass
class World:
    """One run with its playback. `asked` is what it was asked for with, None where nobody here could give it again.

    `kept`: whether the next one leaves it there.
    """

    playback: Playback
    asked: Parameters | None
    number: int = 0
    kept: bool = False

    @property
    def whole(self) -> Parameters | None:
        """What would give the same run again: with the seed that it has, whoever chose it."""
        seed = self.playback.run.parameters.seed
        return self.asked if seed is None or self.asked is None else replace(self.asked, seed=seed)


@dataclass
class Branch:
    """A run that is being fetched, to be played on from `epoch`; the one before stays beside it where it is `kept`.

    One that is `steered` takes the place of the one that waits for it, and is `paused` where that one was.
    """

    asked: Parameters
    epoch: int
    kept: bool
    steered: bool = False
    paused: bool = False
    run: TrainingRun | None = None

    @property
    def there(self) -> bool:
        """Whether it has come as far as it is to be shown."""
        return self.run is not None and (self.run.available > self.epoch or self.run.ended)


@dataclass
class Worlds:
    """All of them; `others` in the order in which they were put beside.

    `known` has the numbers of kept runs, by their ids, that have been beside others, `before` those of other sessions.
    """

    others: list[World] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)

    def free_number(self, taken: frozenset[int] = frozenset()) -> int:
        """The least number that none of them has, nor had one that can come back; of LOOKS, as long as there are so."""
        used = {world.number for world in self.others} | taken
        fresh = (number for number in range(LOOKS) if number not in used and number not in self.known.values())
        return next(fresh, next(number for number in range(len(used) + 1) if number not in used))

    def number_of(self, run: TrainingRun, taken: frozenset[int]) -> int:
        """The number that this run had, unless another one on the screen has it; else a free one."""
        own = self.known.get(run.kept_as, self.before.get(run.kept_as)) if run.kept_as else None
        used = {world.number for world in self.others} | taken
        return self.free_number(taken) if own is None or own in used else own

    def add(self, world: World) -> None:
        """Put one beside; the oldest makes room."""
        self.others = [*self.others, world][-(MOST - 1) :]
        self.know(world)

    def know(self, world: World) -> None:
        """Keep its number for it: it has been beside others."""
        if kept_as := world.playback.run.kept_as:
            self.known.setdefault(kept_as, world.number)

    def take(self, number: int) -> World | None:
        """Take the one with that number away."""
        found = next((world for world in self.others if world.number == number), None)
        self.others = [world for world in self.others if world is not found]
        return found

    @property
    def told(self) -> tuple[Beside, ...]:
        """As a snapshot has them."""
        return tuple(Beside(each.playback.run, each.number, each.playback.epoch) for each in self.others)


def turned(asked: Parameters, epoch: int, changes: dict[str, Any]) -> Parameters:
    """`asked` with these changes after that epoch, and nothing of what was turned later. ValueError if it cannot be.

    Behind the last epoch there are as many again, as far as the backend goes.
    """
    before = tuple(change for change in asked.changes if change.after_epoch < epoch)
    same: dict[str, Any] = next((change.turned for change in asked.changes if change.after_epoch == epoch), {})
    epochs = asked.epochs if epoch < asked.epochs else min(EPOCHS[1], epoch + asked.epochs)
    journal = (*before, Change(epoch, **(same | changes))) if same or changes else before
    return replace(asked, epochs=epochs, changes=journal)
