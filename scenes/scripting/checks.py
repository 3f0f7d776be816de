"""What can be told of a line before anything is played: names, words, numbers. By verb; each raises VerbError."""

from collections.abc import Callable

from engine.scripting.script import Checks
from engine.scripting.words import VerbError, guess, is_number, known_key, number, ticks
from scenes.kit.choices import CHOICES, LAYER_ACTS, LISTS, RANGES, SETTINGS, exact, within_bounds
from scenes.kit.theme import MOTIONS, RAMPS, THEMES
from scenes.training.lifecycle import USER_EVENTS, Status
from scenes.training.moment_line import NotALine, read_line
from scenes.training.parameter_words import CALLED, FEATURES_CALLED
from scenes.training.parameters import FEATURES, OWN

STATUSES = tuple(status.value for status in Status)
PRESSED = (
    *USER_EVENTS,
    "step",
    "undo",
    "replay",
    "help",
    "theme",
    "log_axis",
    "smoothing",
    "settings",
    "new_seed",
    "copy",
    "compare",
    "close_neuron",
    "silence",
    "map_across",
    "map_up",
    "mix_ups",
    "walk",
    "walk_back",
    "walk_play",
    "walk_next",
    "walk_other",
    "walk_draw",
    "walk_learn",
    "close_walk",
    *(
        "rate",
        "batch",
        "further",
        "repeat",
        "play",
        "align",
        "difference",
        "seconds",
        "figures",
        "kept",
        "back",
        "run",
        "remove",
    ),  # of the comparison
    *("search", "row", "pin", "open_run", "lay_beside", "name_run", "remove_run", "newer", "older"),  # of kept runs
)
CONTROLS = (*PRESSED, *RANGES, *LISTS, *(name for name in CHOICES if name not in ("source", "theme")))
VALUES = {**CHOICES, "dataset": (*CHOICES["dataset"], OWN, *CALLED), "settings": SETTINGS}
CELLS = {**VALUES, "features": (*FEATURES, *FEATURES_CALLED), "layers": LAYER_ACTS}
OF_TIME = ("epochs", "epoch")


def duration(text: str, *, epochs: bool = False) -> None:
    """A time; with `epochs` also a number of them."""
    unit = next((unit for unit in OF_TIME if text.endswith(unit)), "") if epochs else ""
    if not (unit and text.removesuffix(unit).isdecimal()):
        ticks(text)


def until(first: str, *rest: str, within: str = "30s") -> None:
    """A status that there is, and a time."""
    ticks(within)
    if not rest and first.isidentifier():
        status(first)
    elif first == "status" and rest:
        status(rest[-1])


def expect(first: str, *rest: str) -> None:
    """A status that there is."""
    if first == "status" and rest:
        status(rest[-1])


def status(word: str) -> None:
    """One of those that a run can have."""
    if word not in STATUSES:
        raise VerbError(f"there is no status '{word}'{guess(word, STATUSES)}")


def control(name: str, value: str | None = None, **_: str) -> None:
    """A control that is probably meant, and a value that it can have."""
    if name not in CONTROLS:
        meant = guess(name, CONTROLS)
        if "did you mean" in meant and not is_number(name) and "." not in name:
            raise VerbError(f"there is no control '{name}'{meant}")
    elif value is not None and name in CELLS:
        among(name, value, CELLS[name])
    elif value is not None:
        has(name, value)


def place(where: str, value: str | None = None, *more: str, **_: str) -> None:
    """A value that a control can have, or two numbers; what else has a name, the screen alone knows."""
    if is_number(where):
        if value is None:
            raise VerbError(f"'{where}' needs a second number: X Y in pixels")
        number(value)
    elif value is not None and not more and where in CELLS:
        among(where, value, CELLS[where])
    elif value is not None and not more and where in RANGES:
        has(where, value)


def given(name: str, value: str) -> None:
    """A control that has values, and one of them."""
    if name not in VALUES and name not in RANGES and name not in LISTS:
        meant = guess(name, (*RANGES, *VALUES, *LISTS))
        if name in PRESSED or "did you mean" in meant:
            raise VerbError(f"there is no value to set for '{name}'{meant}")
        return
    has(name, value)


def has(name: str, value: str) -> None:
    """Whether the control `name` can have `value`."""
    if name in LISTS or name == "seed":
        within_bounds(name, value)
    elif name in RANGES:
        exact(name, value)
    elif name in VALUES:
        among(name, value, VALUES[name])


def among(name: str, value: str, known: tuple[str, ...]) -> None:
    """One of those that it has."""
    if value not in known:
        raise VerbError(f"'{value}' is no value for '{name}'{guess(value, known)}")


def key(name: str) -> None:
    """A key that there is."""
    plain = name.lower().rpartition("+")[2] or "+"
    if not known_key(plain):
        raise VerbError(f"there is no key '{plain}'")


def one_of(what: str, known: tuple[str, ...]) -> Callable[[str], None]:
    """A check of one word."""

    def check(word: str) -> None:
        if word not in known:
            raise VerbError(f"there is no {what} '{word}'{guess(word, known)}")

    return check


def line(*words: str) -> None:
    """A line of a moment."""
    try:
        read_line(" ".join(words))
    except NotALine as why:
        raise VerbError(str(why)) from None


CHECKS: Checks = {
    "open": line,
    "run": lambda text: duration(text, epochs=True),
    "wait": lambda text: duration(text, epochs=True),
    "until": until,
    "expect": expect,
    "press": control,
    "click": place,
    "point": place,
    "set": given,
    "dataset": lambda name: has("dataset", name),
    "key": key,
    "theme": one_of("theme", tuple(THEMES)),
    "ramp": one_of("ramp", tuple(RAMPS)),
    "motion": one_of("motion", tuple(MOTIONS)),
}
