"""The settings of a run as people write them, in scripts, on the command line and in a line: text to values and back.

`layers=8,8 activation=relu learning_rate=0.03`: names and values are those of docs/protocol.md, in small letters.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .parameters import FEATURES, LARGEST_SEED, OWN, Parameters

NONE = "none"  # no hidden layer
USUAL = "usual"  # layers: those that suit the data
CALLED = {"xor": "exclusive-or", "gauss": "gaussians", "own": OWN}  # data, as their cells call them
FEATURES_CALLED = {"x2": "x²", "y2": "y²", "x^2": "x²", "y^2": "y²"} | {
    written: name
    for name in FEATURES
    if " " in name
    for written in (name.replace(" ", "_"), name.replace(" ", ""), name.replace(" ", "(") + ")")
}
WHOLE = frozenset({"batch_size", "epochs", "points", "seed"})
WORDS = frozenset({"activation", "loss", "source"})
NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)


def value_of(name: str, text: str) -> object:
    """What `text` means under `name`, one of CHOSEN; bounds are not asked. Raises ValueError that says what is due."""
    if name == "layers":
        return _layers(text)
    if name == "features":
        return tuple(FEATURES_CALLED.get(part.strip(), part.strip()) for part in text.split(","))
    if name == "rows":
        return _rows(text)
    if name == "dataset":
        return CALLED.get(text, text)
    if name in WORDS:
        return text
    if name in WHOLE:
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_SEED))):
            raise ValueError(f"{name} '{text}' is not a whole number")
        return int(text)
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{name} '{text}' is not a number")
    return float(text)


def text_of(name: str, value: object) -> str:
    """`value` as `value_of` reads it again."""
    if name == "layers":
        assert value is None or isinstance(value, tuple)
        return USUAL if value is None else ",".join(map(str, value)) or NONE
    if name == "features":
        assert isinstance(value, tuple)
        return ",".join(str(part).replace(" ", "_") for part in value)
    if name == "rows":
        assert isinstance(value, tuple)
        return ";".join(",".join(f"{number:.9g}" for number in row) for row in value) or NONE
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def changed(parameters: Parameters, words: Mapping[str, str]) -> Parameters:
    """`parameters` with what `words` says, by name. Raises ValueError, naming the field."""
    values: dict[str, Any] = {name: value_of(name, text) for name, text in words.items()}
    return replace(parameters, **values)


def _rows(text: str) -> tuple[tuple[float, ...], ...]:
    if text in ("", NONE):
        return ()
    rows = [row.split(",") for row in text.split(";")]
    if not all(NUMBER.fullmatch(part.strip()) for row in rows for part in row):
        raise ValueError(f"rows '{text}' are not numbers, as in 0.2,0.5,0.7,1;0.9,0.9,0.9,0, or none")
    return tuple(tuple(float(part) for part in row) for row in rows)


def _layers(text: str) -> tuple[int, ...] | None:
    if text == USUAL:
        return None
    if text in ("", NONE):
        return ()
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdecimal() and len(part) < 5 for part in parts):
        raise ValueError(f"layers '{text}' are not neurons per hidden layer, as in 8,8, or none")
    return tuple(map(int, parts))
