"""Kept runs as lines of words: one a run, in columns, for a person to read."""

from collections.abc import Sequence

from .index import UNREADABLE, Run

HEAD = ("id", "name", "data", "differs from the usual", "result", "length", "began")
WIDEST = {"name": 32, "differs from the usual": 48, "data": 24}  # characters of a column
PINNED = "* "  # before the name


def listed(runs: Sequence[Run]) -> str:
    """A table, or a sentence where there is none."""
    if not runs:
        return "No runs are kept yet: each one that is trained in the window is."
    rows = [HEAD, *(_cells(run) for run in runs)]
    rows = [tuple(_cut(cell, WIDEST.get(name, 200)) for name, cell in zip(HEAD, row, strict=True)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _cells(run: Run) -> tuple[str, ...]:
    differs = " ".join(f"{name}={text}" for name, text in run.special.items())
    data = run.dataset or run.title or "figures alone"
    name = (PINNED if run.pinned else "") + run.name
    return run.id, name, data, differs, result(run), _length(run), run.began[:16]


def result(run: Run) -> str:
    """How it ended and what it came to, such as `complete, 97.5 % unseen (best 98.0), loss 0.081`."""
    if run.status == UNREADABLE or run.loss is None or run.accuracy is None:
        return run.status
    words = [run.status]
    if run.unseen is None or run.best_unseen is None:
        words.append(f"{run.accuracy:.1f} %")
    else:
        words.append(f"{run.unseen:.1f} % unseen (best {run.best_unseen:.1f})")
    return ", ".join([*words, f"loss {run.loss:.3g}"])


def _length(run: Run) -> str:
    of = f" of {run.planned}" if run.planned and run.planned != run.epochs else ""
    seconds = "" if run.seconds is None else f", {run.seconds:.1f} s"
    return f"{run.epochs}{of} epoch{'' if run.epochs == 1 and not of else 's'}{seconds}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
