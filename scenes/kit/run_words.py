"""The words for the states and the numbers of a run. No pixels."""

from math import ceil, floor, log10

from engine.flat.fonts import Colour
from scenes.training.lifecycle import Status
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
        return f"Epoch {snapshot.epoch} of {snapshot.epochs} again"
    match snapshot.status:
        case Status.IDLE:
            return "Choose settings, press Start."
        case Status.LOADING if snapshot.attempt:
            attempt = snapshot.attempt
            due = f" in {snapshot.attempt_left:.1f} s" if snapshot.attempt_left > 0 else " is under way"
            return f"Try {attempt.number} of {attempt.of}{due}"
        case Status.LOADING:
            return "Fetching the run."
        case Status.TRAINING:
            return notice(snapshot) or f"Epoch {snapshot.epoch} of {snapshot.epochs}"
        case Status.PAUSED:
            return f"Held at epoch {snapshot.epoch} of {snapshot.epochs}"
        case Status.COMPLETE if diverged(snapshot):
            return f"Stopped at epoch {snapshot.epoch} of {snapshot.epochs}"
        case Status.COMPLETE:
            return f"All {snapshot.epochs} epochs shown"
        case _:
            return "There is no run to show."


def diverged(snapshot: Snapshot) -> bool:
    """Whether the run that has been shown to its end is one whose numbers grew past all bounds."""
    return snapshot.status is Status.COMPLETE and snapshot.ending is not None and snapshot.ending.status == "diverged"


def gradient(norm: float) -> str:
    """The length of a gradient in at most six characters: 0.38, 0.012, 4e-05, 1e+03."""
    return significant(norm) if 1e-3 <= norm < 100 or norm == 0 else f"{norm:.0e}"


def label(snapshot: Snapshot) -> str:
    """The state in a word; a run that diverged is not called complete."""
    if snapshot.replay:
        return "Looking back"
    if diverged(snapshot):
        return "Diverged"
    return LABELS[snapshot.status]


def stamp(snapshot: Snapshot) -> str:
    """Where the numbers come from, in one word that no picture is without."""
    if snapshot.replay:
        return "REPLAY"
    trained = snapshot.parameters.source == "trained" if snapshot.run is None else snapshot.run.network is not None
    return "TRAINED" if trained else "SIMULATED"


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
    """ "~8s remaining", "~1m 1s remaining": whole seconds, rounded up."""
    whole = ceil(seconds - 1e-9)
    return f"~{whole}s remaining" if whole < 60 else f"~{whole // 60}m {whole % 60}s remaining"


def significant(value: float, *, digits: int = 2) -> str:
    """`value` without its sign in so many significant digits: 0.012, 1.3; plain "0" only for zero itself."""
    value = abs(value)
    if value == 0:
        return "0"
    places = max(0, digits - 1 - floor(log10(value)))
    return f"{value:.{min(places, 6)}f}"
