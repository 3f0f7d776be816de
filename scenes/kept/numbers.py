"""The colours of kept runs: the numbers that they have had beside others (training/worlds), from session to session."""

from collections.abc import Mapping
from pathlib import Path

from .contents import contents
from .index import Index
from .label import label_path, read_label, relabel


def numbers_in(folder: Path) -> dict[str, int]:
    """Those that are written on runs, by their ids. Raises OSError."""
    return {run.id: run.number for run in Index(folder).runs() if run.number is not None}


def note_numbers(folder: Path, numbers: Mapping[str, int]) -> None:
    """Write on each run that is still kept the number that it has. Raises OSError."""
    there = contents(folder) if numbers else {}
    for run, number in numbers.items():
        if run in there and read_label(label_path(folder, run)).number != number:
            relabel(folder, run, number=number)
