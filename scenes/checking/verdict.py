"""Compares one shot with its golden: what changed in words, then by which gate the picture fails.

Gate 1, SHA-256 of the raw rows, where the same driver draws on the same kind of processor; gate 2, the means of tiles,
elsewhere. What the processor alone makes, description and text layer, must be equal wherever its libraries are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from engine.comparison import LIMITS, digest, tile_map

from .changes import changes, plain
from .golden import Shot

DRIVER = ("renderer", "gl")  # the keys of a fingerprint that cannot change what the processor makes
FLOATING = ("toast",)  # what is told as a panel because of its words, but lies over the open field
MOST_LINES = 6  # of what changed in words
BY_HASH, BY_TILES, BY_NONE = "SHA-256", "tile means", "none"


@dataclass(frozen=True)
class Verdict:
    """What became of one shot. `problems` is empty if it is as its golden."""

    name: str
    seen: Shot | None
    golden: Shot | None
    problems: tuple[str, ...] = ()
    gate: str = BY_NONE
    tiles: Mapping[int, NDArray[np.float64]] = field(default_factory=dict, repr=False)

    @property
    def figures(self) -> dict[int, float]:
        """The largest difference of any tile, by the tile's side; levels of 255."""
        return {side: float(np.max(tiles)) for side, tiles in self.tiles.items()}

    @property
    def worst(self) -> str:
        """The figure nearest to its limit, or farthest beyond it: "0.31 of 2 levels"; empty if there is none."""
        side = max(self.figures, key=lambda side: self.figures[side] / LIMITS[side], default=0)
        return f"{self.figures[side]:.2f} of {LIMITS[side]:g} levels" if side else ""

    @property
    def passed_by(self) -> str:
        """What decided, if it passed: "the same bytes", or how far the tile means are apart."""
        return "the same bytes" if self.gate == BY_HASH else f"tile means {self.worst}"

    @property
    def pixels(self) -> int:
        """How many differ at all."""
        if not (self.tiles and self.golden and self.seen):
            return 0
        return int((self.golden.pixels != self.seen.pixels).any(axis=2).sum())

    @property
    def ratio(self) -> float:
        """How bad: the figures as shares of their limits, the larger one; infinite where they cannot be had."""
        return max((figure / LIMITS[side] for side, figure in self.figures.items()), default=inf)


def judge(golden: Shot, seen: Shot) -> Verdict:
    """Compare, changing nothing."""
    exact = processor(golden.drawn_by) == processor(seen.drawn_by)
    told = changes(golden.told, seen.told, exact=exact)
    words = [*told[:MOST_LINES], *([f"and {len(told) - MOST_LINES} changes more"] if told[MOST_LINES:] else [])]
    if golden.pixels.shape != seen.pixels.shape:
        return Verdict(seen.name, seen, golden, (_sizes(golden, seen), *words))
    tiles = {side: tile_map(golden.pixels, seen.pixels, side) for side in LIMITS}
    gate = BY_HASH if golden.drawn_by == seen.drawn_by else BY_TILES
    verdict = Verdict(seen.name, seen, golden, gate=gate, tiles=tiles)
    layers = _layers(verdict, exact=exact)
    return Verdict(seen.name, seen, golden, (*words, *layers), gate, tiles)


def processor(drawn_by: Mapping[str, str]) -> dict[str, str]:
    """The part of a fingerprint that concerns what no graphics driver touches."""
    return {key: value for key, value in drawn_by.items() if key not in DRIVER}


def told_figures(figures: Mapping[int, float]) -> str:
    """ "16 px 6.30 of 2, 32 px 1.10 of 1.25"."""
    return ", ".join(f"{side} px {figure:.2f} of {LIMITS[side]:g}" for side, figure in figures.items())


def _layers(verdict: Verdict, *, exact: bool) -> list[str]:
    """Which layer changed, the one of the processor or the one of OpenGL, and where."""
    golden, seen = verdict.golden, verdict.seen
    assert golden and seen
    text = exact and golden.told.get("text_layer") != seen.told.get("text_layer")
    lines = ["the text layer has changed"] if text else []
    if verdict.gate == BY_HASH:
        failed = digest(golden.pixels) != digest(seen.pixels)
        what = f"{verdict.pixels} pixels differ, though the same driver drew them"
    else:
        failed = any(figure > LIMITS[side] for side, figure in verdict.figures.items())
        what = "the tiles of the picture differ by more than another driver can"
    if failed:
        lines.append(f"{what}: {told_figures(verdict.figures)}, most in {_where(verdict)}")
        lines += _below_the_text(verdict, text=text, exact=exact)
    return lines


def _below_the_text(verdict: Verdict, *, text: bool, exact: bool) -> list[str]:
    if not text:
        return ["the text layer is the same: what OpenGL draws has changed"] if exact else []
    field = _in_field(verdict)
    open_tiles = verdict.tiles[min(LIMITS)][field]
    apart = float(np.max(open_tiles)) if open_tiles.size else 0.0
    return [
        f"outside the panels, too: {min(LIMITS)} px {apart:.2f}" if apart else "outside the panels, nothing has changed"
    ]


def _where(verdict: Verdict) -> str:
    """The panel with the worst tile, or the field. Of two in the same place the one told last: others lie in it."""
    side = min(LIMITS)
    tiles = verdict.tiles[side]
    row, column = np.unravel_index(int(np.argmax(tiles)), tiles.shape)
    x, y = (int(column) + 0.5) * side, (int(row) + 0.5) * side
    around = {name: rect for name, rect in reversed(_panels(verdict).items()) if _holds(rect, x, y)}
    name = plain(min(around, key=lambda name: around[name][2] * around[name][3], default="field"))
    return f"the {name}" if not around or name.endswith(("card", "chart")) else f"the {name} panel"


def _in_field(verdict: Verdict) -> NDArray[np.bool_]:
    """The tiles that touch no panel: bool [rows, columns]."""
    side = min(LIMITS)
    apart: NDArray[np.bool_] = np.ones(verdict.tiles[side].shape, dtype=bool)
    for x, y, width, height in _panels(verdict).values():
        apart[max(0, y // side) : -(-(y + height) // side), max(0, x // side) : -(-(x + width) // side)] = False
    return apart


def _panels(verdict: Verdict) -> dict[str, list[int]]:
    panels: dict[str, list[int]] = verdict.seen.told.get("panels", {}) if verdict.seen else {}
    return {name: rect for name, rect in panels.items() if name not in FLOATING}


def _holds(rect: list[int], x: float, y: float) -> bool:
    return rect[0] <= x < rect[0] + rect[2] and rect[1] <= y < rect[1] + rect[3]


def _sizes(golden: Shot, seen: Shot) -> str:
    sizes = [f"{shot.pixels.shape[1]}x{shot.pixels.shape[0]}" for shot in (golden, seen)]
    return f"the golden is {sizes[0]}, the shot {sizes[1]}: the sizes must be equal"
