"""Where everything stands for a visitor: a sentence above, the field and what is learned below it, large buttons."""

from collections.abc import Sequence

from scenes.kit.places import Box, Layout, Panel, Rect
from scenes.kit.scale import held
from scenes.kit.words import LANGUAGES

MARGIN, GAP = 20, 14  # units
PROMPT, CHOICES = 104, 128  # units high
LOOK = (0.36, 460)  # of the width, and units at most, that what is learned takes beside the field
FIELD = 0.42  # of the height that the field takes in an upright window
BACK = (104, 44)  # units: the button that leads back
MOST = 3  # large buttons
NARROW = 560  # units of width, below which edges are smaller, and so is the way back
PAD = 20  # units within a panel
BRAND, BRANDED = "brand", 900  # what stands beside the question, and units of width that there is room for it in
SIGN = (210, 56)  # units that it has
LANGUAGE, CODE = (92, 48), (54, 48)  # units: a button for a language, with its name or with its letters
NAMED = 520  # units of the field's width that the names have room in
MUTE, MUTED = "mute", 48  # what silences it, and how wide that is in units
BETWEEN = 8  # units between two of them


def slot_of(language: str) -> str:
    """Where the button of that language stands."""
    return f"language.{language}"


def arrange(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
    """The layout of a window of `size` pixels; it never scrolls."""
    del scroll, more
    scale = held(size, scale)
    width, height = size[0] / scale, size[1] / scale
    wide = width >= height
    margin = MARGIN if width >= NARROW else MARGIN / 2
    full, prompt, choices = width - 2 * margin, min(PROMPT, 0.2 * height), min(CHOICES, 0.2 * height)
    top, bottom = margin + prompt + GAP, height - margin - choices - GAP
    if wide:
        look = min(LOOK[0] * full, LOOK[1], bottom - top + 60)
        field: Box = (margin, top, full - look - GAP, bottom - top)
        shown: Box = (width - margin - look, top, look, bottom - top)
    else:
        high = FIELD * (bottom - top)
        field = (margin, top, full, high)
        shown = (margin, top + high + GAP, full, bottom - top - high - GAP)
    across, tall = LANGUAGE if field[2] >= NAMED else CODE
    field = (field[0], top + tall + BETWEEN, field[2], field[3] - tall - BETWEEN)
    panels: dict[str, Box] = {
        "prompt": (margin, margin, full, prompt),
        "look": shown,
        "choices": (margin, bottom + GAP, full, choices),
    }
    inside = PAD if width >= NARROW else 0
    each = (full - 2 * inside - (MOST - 1) * GAP) / MOST
    left, lower = margin + inside, bottom + GAP + PAD / 2
    slots: dict[str, Box] = {
        f"choice.{k + 1}": (left + k * (each + GAP), lower, each, choices - PAD) for k in range(MOST)
    }
    step = across + BETWEEN
    row = len(LANGUAGES) * step - BETWEEN
    slots |= {slot_of(code): (field[0] + k * step, top, across, tall) for k, code in enumerate(LANGUAGES)}
    slots["language"] = (field[0], top, row, tall)
    slots[MUTE] = (field[0] + field[2] - MUTED, top, MUTED, tall)
    slots["choice"] = (left, lower, full - 2 * inside, choices - PAD)  # all of them
    back = BACK[0] if width >= NARROW else 64
    slots["back"] = (width - margin - PAD / 2 - back, margin + (prompt - BACK[1]) / 2, back, BACK[1])

    if width >= BRANDED:
        right = width - margin - PAD - back
        slots[BRAND] = (right - SIGN[0] - GAP, margin + (prompt - SIGN[1]) / 2, *SIGN)

    def pixels(box: Box) -> Rect:
        x, y, right, under = (round(v * scale) for v in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
        return Rect(x, y, max(1, right - x), max(1, under - y))

    return Layout(
        size=size,
        scale=scale,
        wide=False,  # everything is for fingers
        panels={name: pixels(box) for name, box in panels.items()},
        slots={name: pixels(box) for name, box in slots.items()},
        field=pixels(field),
        height=size[1],
        floating=frozenset({"choices"}),
    )
