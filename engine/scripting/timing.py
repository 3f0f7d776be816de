"""The script's verbs in which time passes until something is so, and the one that says whether it is."""

from collections.abc import Callable
from typing import Any

from .expectation import TEXT, compares, unmet
from .pilot import Pilot
from .screen import Screen
from .words import VerbError, guess, ticks


def run(pilot: Pilot[Screen], duration: str) -> None:
    """run DURATION: let time pass; DURATION as 2s, 250ms or 90ticks."""
    pilot.tick(ticks(duration))


def waiting(run: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    """The verb `wait` that goes with a verb `run`."""

    def wait(pilot: Any, duration: str) -> None:
        """wait DURATION: the same as run, which reads better where nothing is running.

        For example:

            wait 250ms
        """
        run(pilot, duration)

    return wait


def until(pilot: Pilot[Screen], first: str, *rest: str, within: str = "30s") -> None:
    """until STATUS | NAME OPERATOR VALUE ... [within=30s]: let time pass until it is so; fails if it never is.

    Takes one status, or whatever `expect` takes.

        press start
        until training within=5s
        until progress >= 0.2 within=60s
    """
    if not rest and not compares(first):
        _until_status(pilot, first, within)
        return
    for _ in range(ticks(within)):
        if _unmet(pilot, first, *rest) is None:
            return
        pilot.tick()
    if why := _unmet(pilot, first, *rest):
        raise VerbError(f"{why}, after {within}")


def expect(pilot: Pilot[Screen], first: str, *rest: str) -> None:
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
        _check_status(pilot, rest[-1])
    if why := _unmet(pilot, first, *rest):
        raise VerbError(why)


def _unmet(pilot: Pilot[Screen], *words: str) -> str | None:
    if words[0].startswith(TEXT):  # also of the entries texts and text_layer
        pilot.app.draw()  # words are put on the screen by drawing
    return unmet(words, pilot.told())


def _until_status(pilot: Pilot[Screen], status: str, within: str) -> None:
    _check_status(pilot, status)
    for _ in range(ticks(within)):
        if pilot.screen.status() == status:
            return
        pilot.tick()
    if (now := pilot.screen.status()) != status:
        raise VerbError(f"the status is still '{now}' after {within}, not '{status}'")


def _check_status(pilot: Pilot[Screen], status: str) -> None:
    known = pilot.screen.statuses
    if known and status not in known:
        raise VerbError(f"there is no status '{status}'{guess(status, known)}")
