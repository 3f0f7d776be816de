"""Why there is no run, in words for a visitor. Knows nothing of where runs come from."""

from engine.retry import Passing


class RunError(Exception):
    """Why there is no run, in words for a visitor."""

    def __init__(self, sentence: str, *, hint: str, code: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.code = code

    @classmethod
    def unexpected(cls, error: Exception) -> "RunError":
        """For a fault of our own: still a sentence, never a traceback."""
        return cls(
            "Something went wrong inside the visualizer.", hint="Press R to try again.", code=type(error).__name__
        )


class PassingError(RunError, Passing):
    """A failure that may pass by itself, `after` so many seconds at least."""

    def __init__(self, sentence: str, *, hint: str, code: str, after: float = 0.0) -> None:
        super().__init__(sentence, hint=hint, code=code)
        self.after = after
