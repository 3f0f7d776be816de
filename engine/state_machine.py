"""A state machine that is a table. Knows no state by name."""

from collections.abc import Mapping
from typing import Generic, TypeVar

State = TypeVar("State")


class StateMachine(Generic[State]):
    """Holds one state and moves only along `table`: (state, event) -> next state. Anything else is refused."""

    def __init__(self, table: Mapping[tuple[State, str], State], state: State) -> None:
        self.table = table
        self.state = state
        legal: dict[State, set[str]] = {}
        for left, event in table:
            legal.setdefault(left, set()).add(event)
        self._legal = {left: frozenset(events) for left, events in legal.items()}

    @property
    def wishes(self) -> frozenset[str]:
        """The events that are legal now."""
        return self._legal.get(self.state, frozenset())

    def can(self, event: str) -> bool:
        """Whether `event` is legal now. Buttons ask this, so that there is no second truth."""
        return (self.state, event) in self.table

    def send(self, event: str) -> bool:
        """Take the way that the table gives. An illegal event changes nothing and returns False."""
        following = self.table.get((self.state, event))
        if following is None:
            return False
        self.state = following
        return True
