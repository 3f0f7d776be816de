"""What a recorder has to know of the screen that it watches; who shows something tells it."""

from dataclasses import dataclass
from typing import Protocol

from engine.input import Point

from .gesture import Target


@dataclass(frozen=True)
class Moment:
    """What waits hold on to: the status, and a figure that only grows while the status stays."""

    status: str
    figure: int = 0


class Watched(Protocol):
    """What a recorder has to know of the screen. `figure` is what a script calls the moment's figure."""

    figure: str

    def target(self, at: Point) -> Target | None:
        """What a script may call by name at this point, if anything."""
        ...

    def inside(self, at: Point) -> Point:
        """The nearest point of the picture."""
        ...

    def pointed(self) -> object:
        """What the pointer alone has brought about: where it changes, a script has to move the pointer as well."""
        ...

    def pointing(self) -> str:
        """What a script adds where it moves the pointer, so that the same is pointed at; or nothing."""
        ...

    def moment(self) -> Moment:
        """This tick's."""
        ...

    def by_itself(self, before: str, after: str) -> bool:
        """Whether this change of status comes by itself, so that a script has to wait for it."""
        ...

    def limit(self, status: str) -> int | None:
        """After how many ticks a script leaves `status` by itself, where that is not as long as it was live."""
        ...
