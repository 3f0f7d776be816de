"""Makes the report of a check: one HTML file that needs nothing else, the worst shot first."""

import base64
import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import numpy as np

from engine.comparison import LIMITS
from engine.resources import ASSETS

from .check import Sheet
from .golden import Shot
from .summary import accept_command
from .verdict import BY_HASH, BY_NONE, BY_TILES, Verdict

FOLDER = ASSETS / "report"
SCRIPTS = ("views.js", "report.js", "keys.js")
GATES = {
    BY_HASH: "Gate 1: the same driver on the same processor, so every byte must be the same.",
    BY_TILES: "Gate 2: drawn elsewhere, so the means of tiles must lie within their limits.",
    BY_NONE: "No gate: there is nothing to compare.",
}
HINTS = {
    False: "It replaces this golden alone.",
    True: "The golden was drawn elsewhere, where it is exact. Accept it there if you can: from here it is only alike.",
}


def page(sheets: Sequence[Sheet], words: Sequence[str]) -> str:
    """The file's text. `words` are the options of the check, for the command that accepts a shot."""
    data = json.dumps(content(sheets, words), ensure_ascii=False).replace("<", "\\u003c")
    parts = {
        "title": escape(_title(sheets)),
        "style": _file("report.css"),
        "data": data,
        "script": "".join(map(_file, SCRIPTS)),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda mark: parts[mark[1]], _file("report.html"))


def content(sheets: Sequence[Sheet], words: Sequence[str]) -> dict[str, Any]:
    """What the page shows, as JSON."""
    entries = [(sheet, verdict) for sheet in sheets for verdict in sheet.verdicts]
    entries.sort(key=lambda entry: (not entry[1].problems, not entry[1].tiles, -entry[1].ratio))
    return {
        "title": _title(sheets),
        "scripts": [sheet.script.name for sheet in sheets],
        "lines": [f"{sheet.script.name}: {line}" for sheet in sheets for line in sheet.lines],
        "shots": [_entry(sheet, verdict, words) for sheet, verdict in entries],
    }


def _title(sheets: Sequence[Sheet]) -> str:
    verdicts = [verdict for sheet in sheets for verdict in sheet.verdicts]
    failed = sum(bool(verdict.problems) for verdict in verdicts)
    shots = f"{len(verdicts)} shot{'' if len(verdicts) == 1 else 's'}"
    if not failed and any(sheet.lines for sheet in sheets):
        return f"{shots}, and what is wrong beside them"
    return f"{failed} of {shots} failed" if failed else f"{shots} as the goldens"


def _entry(sheet: Sheet, verdict: Verdict, words: Sequence[str]) -> dict[str, Any]:
    golden, seen = verdict.golden, verdict.seen
    elsewhere = bool(golden and seen and golden.drawn_by != seen.drawn_by)
    options = [*words, "--force"] if elsewhere else words
    same = bool(golden and seen and golden.files[".png"] == seen.files[".png"])
    return {
        "id": f"{sheet.script.stem}/{verdict.name}",
        "shot": verdict.name,
        "script": sheet.script.name,
        "problems": verdict.problems,
        "summary": _summary(verdict),
        "gate": GATES[verdict.gate],
        "tiles": list(_tiles(verdict)),
        "golden": _picture(golden),
        "seen": "" if same else _picture(seen),
        "same": same,
        "golden_by": golden.drawn_by if golden else {},
        "seen_by": seen.drawn_by if seen else {},
        "accepted": verdict.name in sheet.accepted,
        "command": accept_command(sheet, [verdict.name], options) if verdict.problems and seen else "",
        "hint": HINTS[elsewhere],
    }


def _summary(verdict: Verdict) -> str:
    if not verdict.problems:
        return verdict.passed_by
    if verdict.golden is None:
        return "no usable golden"
    if verdict.gate == BY_HASH and verdict.pixels > 0 and verdict.ratio <= 1:
        return f"{verdict.pixels} pixels"
    return verdict.worst or "another size"


def _tiles(verdict: Verdict) -> Iterator[dict[str, Any]]:
    for side, tiles in verdict.tiles.items():
        rows = tiles.round(2).tolist()
        yield {"side": side, "limit": LIMITS[side], "figure": round(float(np.max(tiles)), 2), "rows": rows}


def _picture(shot: Shot | None) -> str:
    return f"data:image/png;base64,{base64.b64encode(shot.files['.png']).decode()}" if shot else ""


def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
