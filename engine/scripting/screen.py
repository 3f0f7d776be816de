"""What the verbs of a script ask of a screen: each question costs no more than its answer. Who shows it, answers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from engine.input import Point


class Screen(Protocol):
    """What can be seen, and what has a name there."""

    @property
    def statuses(self) -> Sequence[str]:
        """All that `status` can be; none where that is not known."""
        ...

    def status(self) -> str:
        """The status now."""
        ...

    def cause(self) -> str:
        """Why things stand as they do, where the screen says that; else nothing."""
        ...

    def place(self, name: str, value: str | None) -> Point | None:
        """Where to point at what has this name, or at a value of it; None where it is not to be seen."""
        ...

    def names(self) -> Sequence[str]:
        """All that can have a place."""
        ...

    def control(self, name: str, value: str | None = None) -> Mapping[str, Any] | None:
        """How one control stands; None if there is none of that name."""
        ...

    def note(self) -> bytes:
        """What a picture of this moment says of itself, Latin-1; nothing where there is nothing to say."""
        ...

    def ask(self, name: str) -> Any:
        """One entry of the description. Raises KeyError if there is none."""
        ...

    def describe(self) -> dict[str, Any]:
        """The whole description, with all that is written on the screen."""
        ...


class Told(Mapping[str, Any]):
    """The description of a screen, and what a script adds to it. An entry is made when it is looked at."""

    def __init__(self, screen: Screen, added: Mapping[str, Any]) -> None:
        self._screen = screen
        self._added = added

    def __getitem__(self, name: str) -> Any:
        return self._added[name] if name in self._added else self._screen.ask(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __len__(self) -> int:
        return len(self.whole())

    def whole(self) -> dict[str, Any]:
        """Every entry."""
        return {**self._screen.describe(), **self._added}
