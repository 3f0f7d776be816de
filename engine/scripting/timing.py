"""The script's verbs in which time passes until something is so, and the one that says whether it is."""

from collections.abc import Callable, Sequence
from typing import Any

from .expectation import TEXT, compares, unmet
from .hand import Hand
from .words import VerbError, guess, ticks


class Timing(Hand):
    """Lets time pass. `status` tells the status, `statuses` are all that there are, if they are known."""

    def __init__(self, *given: Any, status: Callable[[], str], statuses: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self._status = status
        self._statuses = statuses

    def run(self, duration: str) -> None:
        """run DURATION: let time pass; DURATION as 2s, 250ms or 90ticks."""
        self._pass(ticks(duration))

    def wait(self, duration: str) -> None:
        """wait DURATION: the same as run, which reads better where nothing is running.

        For example:

            wait 250ms
        """
        self.run(duration)

    def until(self, first: str, *rest: str, within: str = "30s") -> None:
        """until STATUS | NAME OPERATOR VALUE ... [within=30s]: let time pass until it is so; fails if it never is.

        Takes one status, or whatever `expect` takes.

            press start
            until training within=5s
            until progress >= 0.2 within=60s
        """
        if not rest and not compares(first):
            self._until_status(first, within)
            return
        for _ in range(ticks(within)):
            if self._unmet(first, *rest) is None:
                return
            self._tick()
        if why := self._unmet(first, *rest):
            raise VerbError(f"{why}, after {within}")

    def expect(self, first: str, *rest: str) -> None:
        """expect NAME [OPERATOR] VALUE | HOW CONTROL... | text [!=] WORDS: fail unless it is so, and say what is there.

        HOW is enabled, disabled, visible, hidden or focused. NAME is one of the description that a shot writes, with
        dots to what is inside, or a control, which stands for its value. Operators: `< <= > >= == !=`; without one,
        `==`. A number is equal to as many decimals as are written. `none` is what is not there. `text` looks for
        words that can be seen.

            expect status idle
            expect scale >= 1
            expect size.0 1280
            expect speed == 200
            expect error none
            expect enabled start speed
            expect disabled stop
            expect text "Speed"
            expect text != "Stopped"
        """
        if first == "status" and rest:
            self._check_status(rest[-1])
        if why := self._unmet(first, *rest):
            raise VerbError(why)

    def _told(self) -> dict[str, Any]:
        """What is expected of."""
        return self._describe()

    def _unmet(self, *words: str) -> str | None:
        if words[0] == TEXT:
            self._app.draw()  # words are put on the screen by drawing
        return unmet(words, self._told())

    def _until_status(self, status: str, within: str) -> None:
        self._check_status(status)
        for _ in range(ticks(within)):
            if self._status() == status:
                return
            self._tick()
        if (now := self._status()) != status:
            raise VerbError(f"the status is still '{now}' after {within}, not '{status}'")

    def _check_status(self, status: str) -> None:
        if self._statuses and status not in self._statuses:
            raise VerbError(f"there is no status '{status}'{guess(status, self._statuses)}")
