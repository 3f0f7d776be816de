"""What somebody turns while a run is trained: held until it has been turned for good, then a change of that run."""

from dataclasses import dataclass, field, replace
from typing import Any

from .parameters import Parameters, RunParameters

SETTLE = 6  # ticks that nothing more is turned for, before it counts
STEERED = ("learning_rate", "batch_size", "momentum", "l1", "l2")  # settings that can be


Told = Parameters | RunParameters


@dataclass
class Steering:
    """`turned` has what is to be changed, by name, and nothing where nothing is."""

    turned: dict[str, Any] = field(default_factory=dict)
    _left: int = 0

    def turn(self, changes: dict[str, Any]) -> None:
        """These, too; what was turned before is replaced."""
        self.turned |= changes
        self.wait()

    def wait(self) -> None:
        """A hand is still on it."""
        self._left = SETTLE

    def tick(self) -> None:
        """One tick passes."""
        self._left = max(0, self._left - 1)

    @property
    def settled(self) -> bool:
        """Whether something has been turned for good."""
        return bool(self.turned) and not self._left

    def take(self) -> dict[str, Any]:
        """What has been turned, once."""
        turned, self.turned = self.turned, {}
        return turned


def in_effect(told: Told, epoch: int, turned: dict[str, Any]) -> Told:
    """The settings that a run has at that epoch: what it began with, what was changed before it, what is `turned`."""
    values: dict[str, Any] = {}
    for change in told.changes:
        if change.after_epoch < epoch:
            values |= {name: value for name, value in change.turned.items() if name in STEERED}
    values |= turned
    return replace(told, **values) if values else told
