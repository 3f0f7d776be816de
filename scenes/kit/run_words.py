"""The words for the states and the numbers of a run. No pixels."""

from math import ceil, floor, log10

from engine.flat.fonts import Colour
from scenes.training.epoch import CUT
from scenes.training.lifecycle import Status
from scenes.training.parameters import FILE
from scenes.training.snapshot import Snapshot

from .theme import Theme

TITLES = {
    "circle": "Circle",
    "exclusive-or": "Exclusive or",
    "gaussians": "Two Gaussians",
    "spiral": "Spiral",
    "digits": "Handwritten digits",
    "csv": "Your own data",
}
VANISHING, EXPLODING = 1e-4, 30.0  # length of a layer's gradient

LABELS = {
    Status.IDLE: "Ready",
    Status.LOADING: "Loading",
    Status.TRAINING: "Training",
    Status.PAUSED: "Paused",
    Status.COMPLETE: "Complete",
    Status.ERROR: "Error",
}


def description(snapshot: Snapshot) -> str:
    """One line on what is going on."""
    if snapshot.replay:
        return f"Epoch {so_far(snapshot)} again"
    read = snapshot.source == FILE
    match snapshot.status:
        case Status.IDLE:
            return "Press Play." if read else "Choose settings, press Start."
        case Status.LOADING if snapshot.attempt:
            attempt = snapshot.attempt
            due = f" in {snapshot.attempt_left:.1f} s" if snapshot.attempt_left > 0 else " is under way"
            return f"Try {attempt.number} of {attempt.of}{due}"
        case Status.LOADING:
            return "Reading the file." if read else "Fetching the run."
        case Status.TRAINING:
            return notice(snapshot) or f"Epoch {so_far(snapshot)}"
        case Status.PAUSED:
            return f"Held at epoch {so_far(snapshot)}"
        case Status.COMPLETE if diverged(snapshot) or stopped(snapshot):
            cut = snapshot.ending is not None and snapshot.ending.status == CUT
            return f"{'The file ends' if cut else 'Stopped'} at epoch {so_far(snapshot)}"
        case Status.COMPLETE:
            return f"All {snapshot.epochs:,} epochs shown"
        case _ if snapshot.head:
            return f"Stopped at epoch {so_far(snapshot)}"
        case _:
            return "There is no run to show."


def diverged(snapshot: Snapshot) -> bool:
    """Whether the run that has been shown to its end is one whose numbers grew past all bounds."""
    return snapshot.status is Status.COMPLETE and snapshot.ending is not None and snapshot.ending.status == "diverged"


def stopped(snapshot: Snapshot) -> bool:
    """Whether the run that has been shown to its end just stopped: cancelled, or its file has no end."""
    return snapshot.status is Status.COMPLETE and snapshot.ending is not None and snapshot.ending.early


def so_far(snapshot: Snapshot) -> str:
    """The epoch that is shown, and of how many, where somebody knows."""
    of = f" of {snapshot.epochs:,}" if snapshot.epochs and snapshot.epochs >= snapshot.epoch else ""
    return f"{snapshot.epoch:,}{of}"


def why_stopped(snapshot: Snapshot) -> str:
    """What a run that was cancelled says of that itself; else nothing."""
    ending = snapshot.ending
    return ending.reason if ending and stopped(snapshot) and ending.status != CUT else ""


def kept(snapshot: Snapshot) -> str:
    """While somebody looks back, which epochs can be looked at, where not all can; else nothing."""
    return f"every {ordinal(snapshot.kept_every)} is kept" if snapshot.replay and snapshot.kept_every > 1 else ""


def ordinal(number: int) -> str:
    """2nd, 4th, 32nd: a power of two as the place in a row."""
    return f"{number:,}{'nd' if number % 10 == 2 and number % 100 != 12 else 'th'}"


def gradient(norm: float) -> str:
    """The length of a gradient in at most six characters: 0.38, 0.012, 4e-05, 1e+03."""
    return significant(norm) if 1e-3 <= norm < 100 or norm == 0 else f"{norm:.0e}"


def label(snapshot: Snapshot) -> str:
    """The state in a word; a run that diverged is not called complete."""
    if snapshot.replay:
        return "Looking back"
    if diverged(snapshot):
        return "Diverged"
    if stopped(snapshot):
        cut = snapshot.ending is not None and snapshot.ending.status == CUT
        return "Ended" if cut and snapshot.epochs is None else "Stopped early"
    if snapshot.source == FILE and snapshot.status is Status.TRAINING:
        return "Playing"
    return LABELS[snapshot.status]


def stamp(snapshot: Snapshot) -> str:
    """Where the numbers come from, in one word that no picture is without."""
    if snapshot.replay:
        return "REPLAY"
    return {FILE: "RECORDED", "trained": "TRAINED"}.get(snapshot.source, "SIMULATED")


def stamp_colour(theme: Theme, word: str) -> Colour:
    """The colour of a stamp."""
    return {"TRAINED": theme.ok, "SIMULATED": theme.warn}.get(word, theme.accent)


def trouble(norm: float) -> str:
    """Whether the gradient of a layer vanishes or explodes: in a word, or nothing."""
    return "vanish" if norm < VANISHING else "explode" if norm > EXPLODING else ""


def notice(snapshot: Snapshot) -> str:
    """A sentence on gradients that vanish or explode, with the number that triggered it; empty if all is well."""
    for layer, norm in enumerate(snapshot.state.gradient_norms if snapshot.state else (), start=1):
        if kind := trouble(float(norm)):
            return f"Gradients {kind} in layer {layer}: {float(norm):.1g}"
    return ""


def remaining(seconds: float) -> str:
    """ "~8s remaining", "~1m 1s remaining": whole seconds, rounded up; from an hour on, whole minutes."""
    whole = ceil(seconds - 1e-9)
    if whole >= 3600:
        return f"~{whole // 3600:,}h {whole % 3600 // 60}m remaining"
    return f"~{whole}s remaining" if whole < 60 else f"~{whole // 60}m {whole % 60}s remaining"


def significant(value: float, *, digits: int = 2) -> str:
    """`value` without its sign in so many significant digits: 0.012, 1.3; plain "0" only for zero itself."""
    value = abs(value)
    if value == 0:
        return "0"
    if not 1e-6 <= value < 1e6:
        return f"{value:.{digits - 1}e}"
    places = max(0, digits - 1 - floor(log10(value)))
    return f"{value:.{min(places, 6)}f}"
