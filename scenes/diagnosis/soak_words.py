"""What a soak says: figures of what was measured, what they have to be, and a table for people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

WARM_UP = 0.2  # of the whole time, that nothing is judged by
FIFTH = 5  # what is compared is the first and the last fifth of what comes after
STEEPEST = 0.2  # MB a minute that memory may grow by
NEAR = 1.05  # times the yardstick's ratio at the start, that the one at the end may be
COUNTED = {"objects": "GL objects", "threads": "threads", "handles": "open handles"}


class Look(NamedTuple):
    """One look at the process."""

    at: float  # minutes since the start
    memory: float  # MB, resident
    objects: int  # that the OpenGL driver holds, of all kinds
    threads: int  # of the operating system
    handles: int  # open files, sockets and pipes


class Minute(NamedTuple):
    """The frames of a minute, and how fast the machine was just after it."""

    at: float  # minutes since the start, at its end
    p95: float  # milliseconds a frame
    copy: float  # yardstick: milliseconds of a full-screen copy
    loop: float  # yardstick: milliseconds of a Python loop


@dataclass
class Measured:
    """All that a soak has seen."""

    length: float  # minutes
    simulated: bool = False  # whether its minutes were the exhibit's own
    early: bool = False  # whether somebody ended it before its time
    runs: int = 0  # that came to their end
    visitors: int = 0
    looks: list[Look] = field(default_factory=list)
    minutes: list[Minute] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)  # what the exhibit said, and runs that ended in an error


class Verdict(NamedTuple):
    """One thing that has to hold, in words, and whether it does."""

    words: str
    holds: bool


def slope(at: Sequence[float], values: Sequence[float]) -> float:
    """By how much `values` grow while `at` grows by 1, by least squares; 0 where there are no two moments."""
    x, y = np.asarray(at, dtype=float), np.asarray(values, dtype=float)
    if len(x) < 2 or not (spread := float(((x - x.mean()) ** 2).sum())):
        return 0.0
    return float(((x - x.mean()) * (y - y.mean())).sum()) / spread


def figures(measured: Measured) -> dict[str, Any]:
    """Minutes, MB, MB a minute, milliseconds. Raises ValueError where nothing was measured.

    Of what is counted, `first` and `last` are the least of the first and of the last fifth after the warm-up: what
    comes and goes with a run or with a visitor is not in it, what stays behind is.
    """
    if not measured.looks:
        raise ValueError("the soak was too short: nothing was measured")
    warm = [look for look in measured.looks if look.at >= WARM_UP * measured.length] or measured.looks[-1:]
    memory = [look.memory for look in warm]
    first, last = _ends(warm)
    told = {
        "minutes": round(measured.length, 3),
        "simulated": measured.simulated,
        "early": measured.early,
        "runs": measured.runs,
        "visitors": measured.visitors,
        "memory_mb": {
            "start": round(measured.looks[0].memory, 1),
            "warm": round(memory[0], 1),
            "end": round(memory[-1], 1),
            "slope": round(slope([look.at for look in warm], memory), 4),
        },
        **{
            name: {
                "first": min(getattr(look, name) for look in first),
                "last": min(getattr(look, name) for look in last),
            }
            for name in COUNTED
        },
        "amiss": measured.amiss,
    }
    frames = [minute for minute in measured.minutes if minute.at > WARM_UP * measured.length]
    return told | ({"frames": _frames(frames)} if frames and not measured.simulated else {})


def verdicts(told: dict[str, Any]) -> list[Verdict]:
    """What has to hold of these figures."""
    grown = told["memory_mb"]["slope"]
    found = [
        Verdict(f"every run came to its end: {told['runs']} did", bool(told["runs"] and not told["amiss"])),
        Verdict(f"memory grows by at most {STEEPEST:g} MB a minute: {grown:+.3f}", grown <= STEEPEST),
    ]
    for name, label in COUNTED.items():
        first, last = told[name]["first"], told[name]["last"]
        found.append(Verdict(f"{label} stay as many: {first} and {last}", first == last))
    if "frames" in told:
        ratio = told["frames"]["growth"]
        found.append(
            Verdict(f"95 of 100 frames take at the end what they took, within 5 %: {ratio:.3f}", ratio <= NEAR)
        )
    return found


def words(told: dict[str, Any], *, as_json: bool) -> str:
    """The figures with their verdicts, as JSON or as a table."""
    found = verdicts(told)
    if as_json:
        return json.dumps({**told, "verdicts": [verdict._asdict() for verdict in found]}, indent=1)
    memory, kind = told["memory_mb"], "simulated minutes" if told["simulated"] else "minutes"
    early = ", ended early" if told["early"] else ""
    lines = [
        f"{told['minutes']:g} {kind}{early}: {told['runs']} runs, {told['visitors']} visitors",
        f"{'':<24}{'start':>10}{'warm':>10}{'end':>10}",
        f"{'memory, MB':<24}{memory['start']:>10.1f}{memory['warm']:>10.1f}{memory['end']:>10.1f}"
        f"   {memory['slope']:+.3f} MB a minute",
        f"{'after the warm-up':<24}{'':>10}{'first':>10}{'last':>10}",
    ]
    for name, label in COUNTED.items():
        first, last = told[name]["first"], told[name]["last"]
        lines.append(_row(label, f"{first}", f"{last}", "flat" if first == last else f"{last - first:+d}"))
    if "frames" in told:
        lines += _frame_rows(told["frames"])
    lines += [f"amiss: {line}" for line in told["amiss"]]
    lines += [f"{'holds' if verdict.holds else 'FAILS'}: {verdict.words}" for verdict in found]
    return "\n".join(lines)


def _ends(rows: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """The first and the last fifth; at least one row each."""
    count = max(1, len(rows) // FIFTH)
    return rows[:count], rows[-count:]


def _frames(minutes: Sequence[Minute]) -> dict[str, Any]:
    """Medians of the first and the last fifth: as they are, and as ratios to the copy of the same minute."""
    told: dict[str, Any] = {}
    for name, rows in zip(("first", "last"), _ends(minutes), strict=True):
        told[name] = {
            "p95_ms": round(float(np.median([row.p95 for row in rows])), 3),
            "copy_ms": round(float(np.median([row.copy for row in rows])), 4),
            "loop_ms": round(float(np.median([row.loop for row in rows])), 3),
            "ratio": round(float(np.median([row.p95 / row.copy for row in rows])), 3),
        }
    return told | {"growth": round(told["last"]["ratio"] / told["first"]["ratio"], 4)}


def _frame_rows(frames: dict[str, Any]) -> list[str]:
    labels = {
        "p95_ms": "frames, p95, ms",
        "copy_ms": "  screen copied, ms",
        "loop_ms": "  100,000 additions, ms",
        "ratio": "  p95 in copies",
    }
    first, last = frames["first"], frames["last"]
    rows = [_row(label, f"{first[name]:.2f}", f"{last[name]:.2f}", "") for name, label in labels.items()]
    return [*rows[:-1], f"{rows[-1]}   {frames['growth']:.3f} times"]


def _row(label: str, first: str, last: str, says: str) -> str:
    return f"{label:<24}{'':>10}{first:>10}{last:>10}   {says}".rstrip()
