"""The words for the states and the numbers of a run. No pixels."""

from math import ceil, floor, log10

from engine.flat.fonts import Colour
from scenes.training.epoch import CUT
from scenes.training.lifecycle import Status
from scenes.training.parameters import FILE
from scenes.training.snapshot import Snapshot

from .theme import Theme
from .words import say, say_or

TRAINED, SIMULATED, RECORDED, REPLAY = "REAL TRAINING", "SIMULATED", "RECORDED", "REPLAY"  # how a run came about
WHAT_IF = "WHAT IF"  # of a network some neurons of which are silent
STAMPS = {TRAINED: "trained", SIMULATED: "simulated", RECORDED: "recorded", REPLAY: "replay", WHAT_IF: "what_if"}
FIGURE = 6  # characters of a loss on its card
VANISHING, EXPLODING = 1e-4, 30.0  # length of a layer's gradient


def diverged(snapshot: Snapshot) -> bool:
    """Whether the run that has been shown to its end is one whose numbers grew past all bounds."""
    return snapshot.status is Status.COMPLETE and snapshot.ending is not None and snapshot.ending.status == "diverged"


def stopped(snapshot: Snapshot) -> bool:
    """Whether the run that has been shown to its end just stopped: cancelled, or its file has no end."""
    return snapshot.status is Status.COMPLETE and snapshot.ending is not None and snapshot.ending.early


def so_far(snapshot: Snapshot) -> str:
    """The epoch that is shown, and of how many, where somebody knows."""
    known = snapshot.epochs and snapshot.epochs >= snapshot.epoch
    return say("so_far.of" if known else "so_far", epoch=snapshot.epoch, epochs=snapshot.epochs)


def why_stopped(snapshot: Snapshot) -> str:
    """What a run that was cancelled says of that itself; else nothing."""
    ending = snapshot.ending
    return ending.reason if ending and stopped(snapshot) and ending.status != CUT else ""


def kept(snapshot: Snapshot) -> str:
    """While somebody looks back, which epochs can be looked at, where not all can; else nothing."""
    told = snapshot.replay and snapshot.kept_every > 1
    return say("kept", ordinal=ordinal(snapshot.kept_every)) if told else ""


def short(value: float) -> str:
    """A number in about seven characters: three decimals, or two figures of what is too small or too large."""
    if value == 0 or 0.001 <= abs(value) < 1000:
        return f"{value:.3f}"
    return f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e")


def both(before: float, after: float, *, least: int = 3, most: int = 6) -> tuple[str, str]:
    """Two numbers with as many decimals as it takes to tell them apart, within those bounds."""
    apart = abs(after - before)
    decimals = least if apart == 0 else min(most, max(least, 1 - floor(log10(apart))))
    if max(abs(before), abs(after)) >= 1000:
        return short(before), short(after)
    return f"{before:.{decimals}f}", f"{after:.{decimals}f}"


def ordinal(number: int) -> str:
    """2nd, 4th, 32nd: a power of two as the place in a row."""
    return say("ordinal.2" if number % 10 == 2 and number % 100 != 12 else "ordinal", number=number)


def gradient(norm: float) -> str:
    """The length of a gradient in at most six characters: 0.38, 0.012, 4e-5, 1e3."""
    return significant(norm) if 1e-3 <= norm < 100 or norm == 0 else scientific(norm, digits=1)


def label(snapshot: Snapshot) -> str:
    """The state in a word; a run that diverged is not called complete."""
    if snapshot.replay:
        return say("label.again" if snapshot.status is Status.TRAINING else "label.replay")
    if diverged(snapshot):
        return say("label.diverged")
    if stopped(snapshot):
        cut = snapshot.ending is not None and snapshot.ending.status == CUT
        return say("label.ended" if cut and snapshot.epochs is None else "label.stopped")
    if snapshot.source == FILE and snapshot.status is Status.TRAINING:
        return say("label.playing")
    return say(f"label.{snapshot.status.value}")


def titled(learned: str, *, short: bool = False) -> str:
    """What some data are called; those that do not come along by their own name. `short`: as on a cell."""
    return say_or(f"set.{learned}", learned, short=short)


def stamp(snapshot: Snapshot) -> str:
    """How the run on the screen came about, one of STAMPS whatever is spoken; nothing without one."""
    if snapshot.run is None:
        return ""
    if snapshot.silent:
        return WHAT_IF
    return REPLAY if snapshot.replay else {FILE: RECORDED, "trained": TRAINED}.get(snapshot.source, SIMULATED)


def origin(snapshot: Snapshot) -> str:
    """Where the numbers of the run on the screen come from, in words; the name of a file; nothing without a run."""
    if snapshot.source == FILE:
        return snapshot.parameters.name
    if snapshot.run is None:
        return ""
    if snapshot.silent:
        return say("origin.what_if" if len(snapshot.silent) > 1 else "origin.what_if.one", count=len(snapshot.silent))
    if snapshot.replay:
        return say("origin.replay")
    return say(f"origin.{'trained' if snapshot.source == 'trained' else 'simulated'}")


def stamp_words(word: str) -> str:
    """What stands on a stamp."""
    return say(f"stamp.{STAMPS[word]}") if word else ""


def stamp_colour(theme: Theme, word: str) -> Colour:
    """The colour of a stamp."""
    return {TRAINED: theme.ok, SIMULATED: theme.warn, WHAT_IF: theme.warn}.get(word, theme.accent)


def trouble(norm: float) -> str:
    """Whether the gradient of a layer vanishes or explodes: in a word, or nothing."""
    return "vanish" if norm < VANISHING else "explode" if norm > EXPLODING else ""


def remaining(seconds: float) -> str:
    """ "~8s remaining", "~1m 1s remaining": whole seconds, rounded up; from an hour on, whole minutes."""
    whole = ceil(seconds - 1e-9)
    if whole >= 3600:
        return say("remaining.hours", hours=whole // 3600, minutes=whole % 3600 // 60)
    minutes, seconds = divmod(whole, 60)
    return say("remaining.minutes" if minutes else "remaining.seconds", minutes=minutes, seconds=seconds)


def significant(value: float, *, digits: int = 2) -> str:
    """`value` without its sign in so many significant digits: 0.012, 1.3; plain "0" only for zero itself."""
    value = abs(value)
    if value == 0:
        return "0"
    if not 1e-6 <= value < 1e6:
        return scientific(value, digits=digits)
    places = max(0, digits - 1 - floor(log10(value)))
    return f"{value:.{min(places, 6)}f}"


def scientific(value: float, *, digits: int) -> str:
    """So many significant digits and a power of ten, as short as it can be: 3.2e-6, 1e3."""
    number, power = f"{value:.{digits - 1}e}".split("e")
    return f"{number}e{int(power)}"


def loss_figure(value: float) -> str:
    """A loss, 0 or more, in six characters wherever it lies: 0.1204, 12.340, 3.2e-6; "0.0000" is zero itself."""
    if value == 0 or value >= 0.00005:
        for places in (4, 3, 2, 1, 0):
            if len(text := f"{value:.{places}f}") <= FIGURE:
                return text.ljust(FIGURE)
    fits = (text for digits in (4, 3, 2, 1) if len(text := scientific(value, digits=digits)) <= FIGURE)
    return next(fits).ljust(FIGURE)


def percent(value: float) -> str:
    """A share in percent to one place; "100.0%" is all of it and "0.0%" nothing, never what only comes near."""
    shown = f"{value:.1f}"
    if (shown, value < 100) == ("100.0", True):
        shown = "99.9"
    return "0.1%" if (shown, value > 0) == ("0.0", True) else f"{shown}%"
