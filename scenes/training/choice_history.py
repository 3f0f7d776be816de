"""What has been chosen before, so that it can be taken back and chosen again. Chooses nothing itself."""

from collections.abc import Mapping
from typing import Any

from .parameters import Parameters

ONE_GESTURE = 60  # ticks within which turning one knob on is the same turn
MOST = 200  # choices that are kept


class ChoiceHistory:
    """Choices in the order in which they were made, and between them the runs that were put away."""

    def __init__(self) -> None:
        self._before: list[Parameters | None] = []  # what was chosen before; None where a run was put away
        self._undone: list[Parameters] = []
        self._touched: tuple[tuple[str, ...], int] | None = None  # what was chosen last, and how many ticks ago

    def __bool__(self) -> bool:
        return bool(self._before)

    def tick(self) -> None:
        """Let a tick pass."""
        if self._touched:
            self._touched = self._touched[0], self._touched[1] + 1

    def chose(self, before: Parameters, changes: Mapping[str, Any]) -> None:
        """`before` has been given up for one with these changes; one turn of a knob is one choice."""
        what = tuple(changes)
        turned = self._touched is not None and self._touched[0] == what and self._touched[1] <= ONE_GESTURE
        if not (turned and all(_is_turned(name, getattr(before, name), changes[name]) for name in what)):
            self._before = [*self._before[-MOST:], before]
        self._touched, self._undone = (what, 0), []

    def put_away(self) -> None:
        """A run has been put away."""
        self._before.append(None)
        self._touched = None

    @property
    def run_is_last(self) -> bool:
        """Whether the last that was done is that a run was put away."""
        return bool(self._before) and self._before[-1] is None

    def pass_over(self) -> None:
        """Forget the last that was done."""
        self._before.pop()

    def back(self, now: Parameters) -> Parameters:
        """What was chosen before `now`."""
        self._undone.append(now)
        self._touched = None
        return self._before.pop() or now

    def again(self, now: Parameters) -> Parameters | None:
        """What was taken back last; None where nothing was."""
        if not self._undone:
            return None
        self._before.append(now)
        self._touched = None
        return self._undone.pop()


def _is_turned(name: str, before: object, after: object) -> bool:
    """Whether a setting is a knob that goes from one value by way of others to the next; what is pressed is not."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        return len(before) == len(after)  # the neurons of a layer
    return name not in ("seed", "batch_size") and isinstance(after, int | float)
