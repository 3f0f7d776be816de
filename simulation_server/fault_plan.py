"""The words in which a fault is written: what a server does, step by step, instead of a healthy answer."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

from .line_response import Answer, LineResponse
from .messages import Response


@dataclass(frozen=True, slots=True)
class Pause:
    """Do nothing for so many seconds; None means until the fault is switched off or the client leaves."""

    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Reset:
    """Drop the connection with a TCP reset."""


Step = Response | LineResponse | bytes | Pause | Reset
"""A response keeps the connection, as a healthy one would; after raw bytes it is closed."""

Plan = Generator[Step, None, None]


@dataclass(frozen=True, slots=True)
class Call:
    """One request that meets a fault."""

    number: int  # 1 for the first request since the fault was switched on
    amount: float  # the number after the colon, in the unit of the mode
    healthy: Callable[[], Answer]  # computes what a healthy server would answer; whoever calls it closes the lines

    def whole(self) -> Response:
        """Return what a healthy server would answer in one piece, after computing all lines of a stream."""
        answer = self.healthy()
        return answer.whole() if isinstance(answer, LineResponse) else answer


Mode = Callable[[Call], Plan]
