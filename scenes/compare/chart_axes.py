"""What the curves of the comparison lie on: heights by value, and across by epochs or by seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.kit.axis import Axis, axis, epoch_ticks, log_axis
from scenes.kit.smoothing import smoothed, smoothed_over

from .companions import Companion

Column = NDArray[np.float64]
FEW = 4  # figures of an upright axis, and of the seconds


@dataclass(frozen=True, eq=False)
class Track:
    """One run on the chart: what was measured, what is drawn, and where across, as shares of the whole, 0 to 1."""

    measured: Column
    drawn: Column
    across: Column

    def epoch_at(self, share: float) -> int:
        """The epoch nearest to that share of the width."""
        return 1 + int(np.abs(self.across - share).argmin()) if len(self.across) else 1


@dataclass(frozen=True, eq=False)
class ChartAxes:
    """Both axes, and a track for each run; `marks` are the figures below: shares of the width, and what they are."""

    upright: Axis
    tracks: tuple[Track, ...]
    marks: tuple[tuple[float, str], ...]


def timed(told: Sequence[Companion]) -> bool:
    """Whether all of them tell how long each epoch took."""
    return bool(told) and all(len(each.run.seconds) for each in told)


def last_of(told: Sequence[Companion]) -> int:
    """The epoch at the right end."""
    return max((each.run.epochs or each.head for each in told), default=1) or 1


def chart_axes(
    told: Sequence[Companion],
    columns: Sequence[Column],
    *,
    ceiling: float | None,
    log: bool,
    smooth: bool,
    by_seconds: bool,
    most: int,
) -> ChartAxes:
    """For the `columns` of runs, of each as many values as have been played; `most` figures below at most."""
    across, marks = _by_seconds(told, columns) if by_seconds else _by_epochs(told, columns, most)
    tracks = tuple(_track(values, places, smooth=smooth) for values, places in zip(columns, across, strict=True))
    spreads = [each.run.spread.loss[1] for each in told if each.run.spread and not ceiling]
    highest = max((float(values.max()) for values in (*columns, *spreads) if len(values)), default=1.0)
    lowest = min((float(values.min()) for values in columns if len(values)), default=1.0)
    upright = log_axis(lowest, highest, most=FEW) if log else axis(ceiling or max(highest, 1e-3), most=FEW)
    return ChartAxes(upright, tracks, marks)


def _track(values: Column, across: Column, *, smooth: bool) -> Track:
    if not smooth:
        return Track(values, values, across)
    even = len(values) < 3 or np.ptp(np.diff(across)) < 1e-9
    return Track(values, smoothed(values) if even else smoothed_over(values, across), across)


def _by_epochs(
    told: Sequence[Companion], columns: Sequence[Column], most: int
) -> tuple[list[Column], tuple[tuple[float, str], ...]]:
    last = last_of(told)
    across = [np.arange(len(values)) / max(1, last - 1) for values in columns]
    return across, tuple(((tick - 1) / max(1, last - 1), f"{tick:,}") for tick in epoch_ticks(last, most=most))


def _by_seconds(
    told: Sequence[Companion], columns: Sequence[Column]
) -> tuple[list[Column], tuple[tuple[float, str], ...]]:
    """From the moment that training began; what an epoch has come to stands at its end."""
    seconds = [each.run.seconds[: len(values)] for each, values in zip(told, columns, strict=True)]
    scale = axis(max((float(each[-1]) for each in seconds if len(each)), default=1.0) or 1.0, most=FEW)
    marks = tuple((tick / scale.top, f"{scale.label(tick)} s") for tick in scale.ticks)
    return [each / scale.top for each in seconds], marks
