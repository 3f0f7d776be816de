"""What a script expects of the description of the screen. Reads it, changes nothing, lets no time pass."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from .words import VerbError, guess, is_number, number

Compare = Callable[[Any, Any], bool]
Told = Mapping[str, Any]

SIGNS: dict[str, Compare] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}
STANDS = {  # how controls can stand: the word, what is looked at, and what it has to be
    "enabled": ("enabled", True),
    "disabled": ("enabled", False),
    "visible": ("visible", True),
    "hidden": ("visible", False),
    "focused": ("focused", True),
}
TEXT = "text"
TRUTH = {"yes": True, "true": True, "no": False, "false": False}
NOTHING = "none"
FEW = 12  # texts that a complaint may list
USE = "NAME [OPERATOR] VALUE, as in scale >= 1.5"
_TOGETHER = re.compile(r"([\w.-]+?)(<=|>=|==|!=|<|>)(.+)")


def unmet(words: Sequence[str], told: Told) -> str | None:
    """What is there instead of what `words` expect of the description `told`; None if it is as they say.

    Looks at the entries that are named, and at all of them only to say what was probably meant.
    Raises VerbError for words that mean nothing, with what was probably meant.
    """
    if words[0] in STANDS:
        return _unmet_stands(words[0], words[1:], told["controls"])
    if words[0] == TEXT:
        return _unmet_text(words[1:], told.get("texts", []))
    name, sign, wanted = _comparison(words)
    now = _found(name, told)
    if _holds(name, now, sign, wanted):
        return None
    return f"{name} is {_shown(now)}, not {'' if sign == '==' else f'{sign} '}{wanted}"


def compares(word: str) -> bool:
    """Whether one word alone is a comparison, as in scale>=1.5."""
    return _TOGETHER.fullmatch(word) is not None


def _comparison(words: Sequence[str]) -> tuple[str, str, str]:
    parts = list(words)
    if len(parts) == 1 and (together := _TOGETHER.fullmatch(parts[0])):
        parts = list(together.groups())
    if len(parts) == 2:
        parts.insert(1, "==")
    if len(parts) != 3:
        raise VerbError(f"'{' '.join(words)}' is not {USE}")
    if parts[1] not in SIGNS:
        raise VerbError(f"there is no operator '{parts[1]}': use one of {' '.join(SIGNS)}")
    return parts[0], parts[1], parts[2]


def _found(path: str, told: Told) -> Any:
    """What `path` names in the description; a control's name stands for its value."""
    above, *names = path.split(".")
    try:
        here = told[above]
    except KeyError:
        controls = told.get("controls", {})
        if above not in controls:
            raise VerbError(f"there is nothing called '{above}'{guess(above, [*told, *controls])}") from None
        here, names = controls[above], names or ["value"]
    for name in names:
        parts = _parts(here)
        if name not in parts:
            raise VerbError(f"'{above}' has no '{name}'{guess(name, parts) if parts else ': it has no parts'}")
        here, above = parts[name], f"{above}.{name}"
    if parts := _parts(here):
        raise VerbError(f"'{path}' has parts: {', '.join(f'{path}.{part}' for part in parts)}")
    return here


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {str(index): each for index, each in enumerate(value)}
    return value if isinstance(value, dict) else {}


def _holds(name: str, now: Any, sign: str, wanted: str) -> bool:
    compare = SIGNS[sign]
    if now is None or wanted == NOTHING:
        return sign in ("==", "!=") and compare(NOTHING if now is None else now, wanted)
    if isinstance(now, bool):
        if wanted not in TRUTH:
            raise VerbError(f"'{name}' is yes or no, never '{wanted}'")
        return compare(now, TRUTH[wanted])
    if isinstance(now, str):
        if sign not in ("==", "!="):
            raise VerbError(f"'{name}' is a word: it can be compared by == and != alone")
        return compare(now, wanted)
    digits = len(wanted.partition(".")[2])
    exact = sign in ("==", "!=") and is_number(wanted)
    return compare(round(now, digits) if exact else now, number(wanted))


def _shown(now: Any) -> str:
    if now is None:
        return NOTHING
    if isinstance(now, bool):
        return "yes" if now else "no"
    if isinstance(now, float):
        return f"{now:.6g}"
    return f"'{now}'" if isinstance(now, str) else str(now)


def _unmet_stands(word: str, names: Sequence[str], controls: Told) -> str | None:
    if not names:
        raise VerbError(f"{word} needs the names of controls; known are: {', '.join(controls)}")
    for name in names:
        if name not in controls:
            raise VerbError(f"there is no control '{name}'{guess(name, controls)}")
    what, wanted = STANDS[word]
    wrong = [name for name in names if bool(controls[name][what]) != wanted]
    return f"not {word}: {', '.join(wrong)}" if wrong else None


def _unmet_text(words: Sequence[str], texts: Sequence[Told]) -> str | None:
    sign, *rest = words if words and words[0] in ("==", "!=") else ["==", *words]
    if len(rest) != 1 or not rest[0]:
        raise VerbError('text needs words in quotes, as in text "Speed"')
    seen = [each["text"] for each in texts if each.get("pixels", 1)]
    there = [text for text in seen if rest[0] in text]
    if sign == "!=":
        return f"the screen says '{there[0]}'" if there else None
    return None if there else f"the screen does not say '{rest[0]}'{_nearest(rest[0], seen)}"


def _nearest(words: str, seen: list[str]) -> str:
    close = get_close_matches(words, seen, n=1)
    return guess(words, close or seen[:FEW])
