"""The script verbs of runs that are laid beside each other: kept, trained on from a moment, brought out."""

from typing import Any

from engine.scripting.words import LONGEST, VerbError, guess, ticks
from scenes.compare.view import View
from scenes.training.changes import TURNED, read

from .screen import VisualizerPilot


def keep(pilot: VisualizerPilot, still: str = "yes") -> None:
    """keep [yes | no]: leave the run that is played on the screen when the next one comes, or do not; see compare.

    For example:

        press start
        until complete
        keep yes
        set learning_rate 0.3
        press start
    """
    if still not in ("yes", "no"):
        raise VerbError(f"'{still}' is neither yes nor no")
    controller = pilot.screen.stage.controller
    if controller.now.kept is not (still == "yes") and not controller.keep():
        raise VerbError("there is no run to keep")
    controller.refresh()


def branch(pilot: VisualizerPilot, at: str = "", kept: str = "yes", **changes: str) -> None:
    """branch [at=EPOCH] [SETTING=VALUE ...] [kept=yes]: train on from an epoch of the run, with something turned.

    That is another run, equal to this one up to there, bit for bit. What can be turned: `learning_rate`, `batch_size`,
    `momentum`, `l1`, `l2`, and `silent`, neurons that say nothing from then on, as in silent=1.3+2.1. Without `at` it
    goes on from the epoch that is shown; behind the last one, with nothing turned, it is trained further. The run that
    there was stays beside it (see compare), but with kept=no. Time passes until the other one has come.

        press start
        until complete
        branch at=30 learning_rate=0.01
        until complete
    """
    controller = pilot.screen.stage.controller
    if unknown := [name for name in changes if name not in TURNED]:
        raise VerbError(f"'{unknown[0]}' cannot be turned in the middle of a run{guess(unknown[0], TURNED)}")
    if at and not (at.isdecimal() and len(at) < 8 and controller.look(int(at)) and controller.now.run):
        raise VerbError(f"epoch '{at}' cannot be looked at while the status is '{controller.now.status.value}'")
    try:
        turned: dict[str, Any] = _turned(changes)
        if not controller.branch(kept=kept != "no", **turned):
            raise VerbError("nothing can be trained on from here: it takes an epoch of a run that was trained here")
    except ValueError as why:
        raise VerbError(str(why)) from None
    for _ in range(ticks(f"{LONGEST:g}s")):
        pilot.tick()
        if not controller.now.branching:
            break
    if controller.refused:
        raise VerbError(controller.refused)


def _turned(changes: dict[str, str]) -> dict[str, Any]:
    """Raises ValueError for what cannot be."""
    if not changes:
        return {}
    (change,) = read("1:" + ",".join(f"{name}={text}" for name, text in changes.items()))
    return change.turned


def compare(pilot: VisualizerPilot, by: str = "") -> None:
    """compare [epoch | share]: lay all runs on the screen beside each other: the scene compare, brought to the front.

    Runs of unlike length are shown at the same epoch, or as far on their own way.

        press start
        until complete
        branch at=5 learning_rate=0.1
        compare epoch
    """
    if by not in ("", "epoch", "share"):
        raise VerbError(f"'{by}' is neither epoch nor share")
    stage = pilot.screen.stage
    stage.show("compare")
    view = stage.scene.find(View)
    if view and by:
        view.by_share = by == "share"
    stage.refresh()


def highlight(pilot: VisualizerPilot, number: str) -> None:
    """highlight NUMBER | none: bring out a run of the comparison, its card and its curves, as pointing at it does.

    Runs are counted from 1, as `runs` in the description has them.

        press start
        until complete
        branch at=5 learning_rate=0.1
        compare epoch
        highlight 2
        highlight none
    """
    view = pilot.screen.stage.scene.find(View)
    if view is None:
        raise VerbError("this scene compares no runs: use compare before")
    now = pilot.screen.stage.controller.now
    known = {each.number + 1 for each in now.beside} | ({now.number + 1} if now.run else set())
    if number != "none" and not (number.isdecimal() and int(number) in known):
        raise VerbError(f"there is no run {number}: there is {', '.join(map(str, sorted(known))) or 'none'}")
    view.bring_out(None if number == "none" else int(number) - 1)
