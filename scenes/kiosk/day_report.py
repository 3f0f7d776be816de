"""What happened on a day, in numbers that tell nothing about anybody: one small CSV file a day."""

import csv
import io
import math
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from engine.files import put, sweep

HEADER = (
    "day",
    "starts",
    "completions",
    "visits",
    "median_stay_seconds",
    "languages",
    "faults",
    "stays",
)
MOST_STAYS = 2000  # that are kept, the newest; a cell of a spreadsheet holds 32,767 characters
LONGEST_STAY = 86_400  # seconds
MOST_NAMES = 50  # languages, or kinds of faults, that are told apart on a day
LONGEST_NAME = 40  # characters
LARGEST = 256 * 1024  # bytes; a file above this is not ours
MOST_WAITING = 31  # days that could not be written yet
OTHER = "other"


@dataclass
class _Day:
    """What has been counted on `day`; stays in whole seconds."""

    day: date
    starts: int = 0
    completions: int = 0
    visits: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    stays: deque[int] = field(default_factory=lambda: deque(maxlen=MOST_STAYS))


class DayReport:
    """Counts for the day that `today` gives, and keeps each day in `folder`, as `2026-11-30.csv`.

    It goes on with what the day's file says; a damaged one is put aside (`.damaged`). When the day changes, the old
    one is saved and counting starts anew. Never raises because of the disk. For one thread.
    """

    def __init__(self, folder: Path, today: Callable[[], date]) -> None:
        self._folder, self._today = folder, today
        self._waiting: dict[date, _Day] = {}  # that are over, and could not be written yet
        self._day = self._read(today())

    def began(self) -> None:
        """A run was started."""
        self._now().starts += 1

    def completed(self) -> None:
        """A run came to its end."""
        self._now().completions += 1

    def visited(self, seconds: float, language: str) -> None:
        """Somebody was there for `seconds`, and left it in `language`, a code such as "de".

        What is below 0 or no number at all counts as a visit of 0 seconds.
        """
        day = self._now()
        day.visits += 1
        day.stays.append(round(min(seconds, LONGEST_STAY)) if math.isfinite(seconds) and seconds > 0 else 0)
        _count(day.languages, language)

    def fault(self, kind: str) -> None:
        """Something went wrong; `kind` is one of a few words such as "crash", never a message."""
        _count(self._now().faults, kind)

    def save(self) -> bool:
        """Write the day, and those before that could not be written. False if one could not be; try again later."""
        now = self._now()
        for each in list(self._waiting.values()):
            if self._write(each):
                del self._waiting[each.day]
        return self._write(now) and not self._waiting

    def _now(self) -> _Day:
        """The day that it is, after the one before has been put away."""
        today = self._today()
        if today != self._day.day:
            if not self._write(self._day):
                self._waiting[self._day.day] = self._day
                for oldest in list(self._waiting)[:-MOST_WAITING]:
                    del self._waiting[oldest]
            self._day = self._waiting.pop(today) if today in self._waiting else self._read(today)
        return self._day

    def _path(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}.csv"

    def _write(self, day: _Day) -> bool:
        try:
            put(self._path(day.day), _written(day).encode("utf-8"))
        except OSError:
            return False
        return True

    def _read(self, day: date) -> _Day:
        """What the file of `day` says; nothing has been counted where there is none, or none that can be read."""
        path = self._path(day)
        sweep(path)
        try:
            with path.open("rb") as file:
                return _understood(file.read(LARGEST + 1), day)
        except FileNotFoundError:
            pass
        except (ValueError, csv.Error, OSError):  # ValueError: also what is no UTF-8
            with suppress(OSError):
                os.replace(path, path.with_name(f"{path.name}.damaged"))
        return _Day(day)


def _count(names: Counter[str], name: str) -> None:
    """Count `name` as it may stand in a cell: no sign that a spreadsheet takes for a formula, none that separates."""
    plain = " ".join(re.sub(r"[^\w.-]+", " ", name)[: 10 * LONGEST_NAME].split()).lstrip("-. ")[:LONGEST_NAME].strip()
    plain = plain or OTHER
    names[plain if plain in names or len(names) < MOST_NAMES else OTHER] += 1


def _written(day: _Day) -> str:
    text = io.StringIO()
    stays = " ".join(str(stay) for stay in day.stays)
    names = (_joined(day.languages), _joined(day.faults))
    rows = csv.writer(text)
    rows.writerow(HEADER)
    rows.writerow(
        (day.day.isoformat(), day.starts, day.completions, day.visits, _median(day.stays), *names, stays),
    )
    return text.getvalue()


def _understood(data: bytes, day: date) -> _Day:
    """The day that a file tells. Raises ValueError or csv.Error where it is not one that was written here."""
    if len(data) > LARGEST:
        raise ValueError(f"larger than {LARGEST} bytes")
    header, row = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    if tuple(header) != HEADER or len(row) != len(HEADER):
        raise ValueError("other columns")
    told = dict(zip(HEADER, row, strict=True))
    if told["day"] != day.isoformat():
        raise ValueError("another day")
    return _Day(
        day,
        starts=_whole(told["starts"]),
        completions=_whole(told["completions"]),
        visits=_whole(told["visits"]),
        languages=_parted(told["languages"]),
        faults=_parted(told["faults"]),
        stays=deque((_whole(stay) for stay in told["stays"].split()), maxlen=MOST_STAYS),
    )


def _joined(names: Mapping[str, int]) -> str:
    return "; ".join(f"{name} {count}" for name, count in sorted(names.items()))


def _parted(cell: str) -> Counter[str]:
    names: Counter[str] = Counter()
    for each in cell.split("; ") if cell else ():
        name, _, count = each.rpartition(" ")
        if not name or name in names:
            raise ValueError("a name is missing, or there twice")
        names[name] = _whole(count)
    return names


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(f"'{text[:20]}' is no count")
    return int(text)


def _median(stays: deque[int]) -> int | str:
    """The stay in the middle in whole seconds, or nothing."""
    if not stays:
        return ""
    ordered, middle = sorted(stays), len(stays) // 2
    return ordered[middle] if len(stays) % 2 else (ordered[middle - 1] + ordered[middle] + 1) // 2
