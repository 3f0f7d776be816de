"""All rows by name, in the order of the catalogue, and those that somebody has named."""

import re
from collections.abc import Sequence

from engine.scripting.words import guess

from . import backend, client, files, kiosk, loop, states
from .row import Row

GROUPS = {"L": "loop", "N": "client", "B": "backend", "K": "files and kiosk", "F": "state machine"}
ROWS: tuple[Row, ...] = tuple(
    sorted(
        (row for module in (loop, client, backend, files, kiosk, states) for row in module.ROWS),
        key=lambda row: (list(GROUPS).index(row.name[0]), int(row.name[1:])),
    )
)


def named(names: Sequence[str]) -> list[Row]:
    """The rows of those names, or of those letters, each once; all for none. Raises ValueError with a guess."""
    known = {row.name: row for row in ROWS}
    wanted: dict[str, Row] = {}
    for name in (each.upper() for each in names):
        rows = [row for row in ROWS if name in (row.name, row.name[0])]
        if not rows:
            near = guess(name, GROUPS if re.fullmatch(r"\D*", name) else [*GROUPS, *known])
            raise ValueError(f"there is no row '{name}'{near}")
        wanted |= {row.name: row for row in rows}
    return list(wanted.values()) if names else list(ROWS)
