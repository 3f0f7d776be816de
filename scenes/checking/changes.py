"""What has changed between two descriptions of the screen, in words: one short line each, the most telling first."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from math import isclose
from typing import Any

SAME = 1e-6  # share by which numbers may differ between processors
MOVED = 3  # pixels that a text may stand elsewhere where another FreeType draws it
APART = ("counts", "panels", "texts", "controls", "text_layer")  # not compared value by value

Told = Mapping[str, Any]


def changes(golden: Told, seen: Told, *, exact: bool = True) -> list[str]:
    """The lines; none if both tell the same. Does not look at pixels.

    `exact` is for one processor with one set of libraries. Else numbers may differ by rounding, and texts by a few
    pixels of place and ink.
    """
    return [
        *_counts(golden.get("counts", {}), seen.get("counts", {})),
        *_values(_without(golden), _without(seen), exact=exact),
        *_texts(golden.get("texts", []), seen.get("texts", []), exact=exact),
        *_values(golden.get("controls", {}), seen.get("controls", {}), exact=exact),
        *_panels(golden.get("panels", {}), seen.get("panels", {})),
    ]


def plain(name: str) -> str:
    """A panel's name as people say it: card_best is the best card."""
    return f"{name.removeprefix('card_')} card" if name.startswith("card_") else name.replace("_", " ")


def _without(told: Told) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key not in APART}


def _values(golden: Told, seen: Told, *, exact: bool, path: str = "") -> Iterator[str]:
    for key in dict.fromkeys((*golden, *seen)):
        name = f"{path} {plain(str(key))}".strip()
        before, after = golden.get(key), seen.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _values(before, after, exact=exact, path=name)
        elif key not in golden or key not in seen:
            yield f"{name}: {_said(after)} is new" if key in seen else f"{name}: {_said(before)} is missing"
        elif not _alike(before, after, exact=exact):
            yield f"{name}: {_said(before)} -> {_said(after)}"


def _alike(before: object, after: object, *, exact: bool) -> bool:
    if exact or isinstance(before, bool) or not (isinstance(before, int | float) and isinstance(after, int | float)):
        return before == after and type(before) is type(after)
    try:
        return isclose(float(before), float(after), rel_tol=SAME)
    except OverflowError:  # a whole number beyond any other
        return before == after


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "nothing"
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return str(value)


def _counts(golden: Mapping[str, int], seen: Mapping[str, int]) -> Iterator[str]:
    for name in dict.fromkeys((*golden, *seen)):
        more = seen.get(name, 0) - golden.get(name, 0)
        if more:
            one = name.removesuffix("s") if abs(more) == 1 else name
            yield f"{abs(more)} {one} {'more' if more > 0 else 'missing'}"


def _texts(golden: list[dict[str, Any]], seen: list[dict[str, Any]], *, exact: bool) -> Iterator[str]:
    for panel in dict.fromkeys(text["panel"] for text in (*golden, *seen)):
        before, after = ([text for text in texts if text["panel"] == panel] for texts in (golden, seen))
        words = ([text["text"] for text in before], [text["text"] for text in after])
        for kind, i, j, k, m in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
            if kind != "equal":
                yield from _rewritten(plain(panel), words[0][i:j], words[1][k:m])
            else:
                pairs = zip(before[i:j], after[k:m], strict=True)
                yield from (line for one, other in pairs for line in _shifted(plain(panel), one, other, exact=exact))


def _rewritten(panel: str, before: list[str], after: list[str]) -> Iterator[str]:
    pairs = min(len(before), len(after))
    yield from (f"{panel}: {one} -> {other}" for one, other in zip(before[:pairs], after[:pairs], strict=True))
    yield from (f"{panel}: '{one}' is missing" for one in before[pairs:])
    yield from (f"{panel}: '{one}' is new" for one in after[pairs:])


def _shifted(panel: str, before: dict[str, Any], after: dict[str, Any], *, exact: bool) -> Iterator[str]:
    by = [b - a for a, b in zip(before["rect"], after["rect"], strict=True)]
    if max(map(abs, by)) > (0 if exact else MOVED):
        what = f"moved by {by[0]:+d}, {by[1]:+d} pixels" if any(by[:2]) else f"grew by {by[2]:+d} x {by[3]:+d} pixels"
        yield f"{panel}: '{before['text']}' {what}"
    elif exact and before["pixels"] != after["pixels"]:
        yield f"{panel}: '{before['text']}' shows {after['pixels']} pixels of ink, not {before['pixels']}"


def _panels(golden: Mapping[str, list[int]], seen: Mapping[str, list[int]]) -> Iterator[str]:
    for name in dict.fromkeys((*golden, *seen)):
        before, after = golden.get(name), seen.get(name)
        if before and after and before != after:
            yield f"the panel {plain(name)}: {_place(before)} -> {_place(after)}"
        elif not before or not after:
            yield f"the panel {plain(name)} is {'new' if after else 'missing'}"


def _place(rect: list[int]) -> str:
    return f"{rect[2]}x{rect[3]} at {rect[0]}, {rect[1]}"
