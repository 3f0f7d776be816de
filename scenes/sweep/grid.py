"""The runs of a sweep: each combination of the values that were asked for, with as many seeds. Trains nothing."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from scenes.training.parameter_words import changed
from scenes.training.parameters import Parameters

OF_LISTS = ("layers", "features", "rows")  # their values have commas of their own
PARTED = dict.fromkeys(OF_LISTS, "/")  # by what several values are told apart; else by commas
MOST_RUNS = 1000


class Setting(tuple[tuple[str, str], ...]):
    """One combination: names and texts of what is swept, in the order in which it was asked for."""

    def __str__(self) -> str:
        return " ".join(f"{name}={text}" for name, text in self) or "as usual"


def grid(base: Parameters, told: Mapping[str, str], *, seeds: int) -> dict[Setting, list[Parameters]]:
    """For each combination of the values in `told` the runs to be trained, one a seed. Raises ValueError in words.

    What has one value is no part of the combinations: all runs have it. Seeds count up from that of `base`, or 0.
    """
    values = {name: _values(name, text) for name, text in told.items()}
    swept = [name for name, texts in values.items() if len(texts) > 1]
    base = changed(base, {name: texts[0] for name, texts in values.items() if len(texts) == 1})
    first = base.seed or 0
    runs: dict[Setting, list[Parameters]] = {}
    for texts in product(*(values[name] for name in swept)):
        setting = Setting(zip(swept, texts, strict=True))
        asked = changed(base, dict(setting))
        runs[setting] = [replace(asked, seed=first + number) for number in range(seeds)]
    count = len(runs) * seeds
    if count > MOST_RUNS:
        raise ValueError(f"these are {count:,} runs; a sweep has at most {MOST_RUNS:,}")
    return runs


def _values(name: str, text: str) -> list[str]:
    values = [part.strip() for part in text.split(PARTED.get(name, ","))]
    if not all(values):
        raise ValueError(f"{name} '{text}' has an empty value: they are parted by '{PARTED.get(name, ',')}'")
    return list(dict.fromkeys(values))
