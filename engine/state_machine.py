"""A state machine that is a table. Knows no state by name."""

from collections.abc import Mapping
from typing import Generic, TypeVar

State = TypeVar("State")


class StateMachine(Generic[State]):
    """Holds one state and moves only along `table`: (state, event) -> next state. Anything else is refused."""

    def __init__(self, table: Mapping[tuple[State, str], State], state: State) -> None:
        self.table = table
        legal: dict[State, set[str]] = {}
        for left, event in table:
            legal.setdefault(left, set()).add(event)
        self._legal = {left: frozenset(events) for left, events in legal.items()}
        self._enter(state)

    def can(self, event: str) -> bool:
        """Whether `event` is legal now. Buttons ask this, so that there is no second truth."""
        return event in self.wishes

    def send(self, event: str) -> bool:
        """Take the way that the table gives. An illegal event changes nothing and returns False."""
        following = self.table.get((self.state, event))
        if following is None:
            return False
        self._enter(following)
        return True

    def _enter(self, state: State) -> None:
        self.state = state
        self.wishes: frozenset[str] = self._legal.get(state, frozenset())  # the events that are legal now
