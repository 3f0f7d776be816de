"""Why there is no run, in words for a visitor. Knows nothing of where runs come from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.retry import Passing

NO_FACTS: Mapping[str, Any] = MappingProxyType({})


class RunError(Exception):
    """Why there is no run, in words for a visitor.

    Who speaks other languages than `sentence` and `hint` finds their words by `kind` and `way_on`, empty for what is
    said in these alone; `facts` are what stands in them, by name.
    """

    def __init__(
        self,
        sentence: str,
        *,
        hint: str,
        code: str,
        kind: str = "",
        way_on: str = "",
        facts: Mapping[str, Any] = NO_FACTS,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.code = code
        self.kind, self.way_on, self.facts = kind, way_on, facts

    @classmethod
    def unexpected(cls, error: Exception) -> "RunError":
        """For a fault of our own: still a sentence, never a traceback."""
        return cls(
            "Something went wrong inside the visualizer.",
            hint="Press R to try again.",
            code=type(error).__name__,
            kind="internal",
            way_on="key",
        )


class PassingError(RunError, Passing):
    """A failure that may pass by itself, `after` so many seconds at least."""

    def __init__(
        self,
        sentence: str,
        *,
        hint: str,
        code: str,
        kind: str = "",
        way_on: str = "",
        facts: Mapping[str, Any] = NO_FACTS,
        after: float = 0.0,
    ) -> None:
        super().__init__(sentence, hint=hint, code=code, kind=kind, way_on=way_on, facts=facts)
        self.after = after
