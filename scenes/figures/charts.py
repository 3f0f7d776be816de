"""The loss or the accuracy of one run, or of several in their colours, over the epochs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from scenes.compare.companions import differences, forks
from scenes.kit.axis import Axis, axis, epoch_ticks, log_axis
from scenes.kit.curves import curve
from scenes.kit.places import Rect
from scenes.kit.run_colours import pattern, run_colour
from scenes.kit.theme import Theme, unit
from scenes.kit.words import say
from scenes.training.run import TrainingRun

from .page import BODY, SMALL, STRONG_FACE, Page, digits, font, style_of

FINEST = 2000  # columns of a plot: of more epochs the extremes of each are drawn
APART = 0.06  # share of the plot's height between the names of two lines at least
UNSEEN = (0, (4, 3))  # dashes of what is unseen, in widths of the line
LONGEST = 96  # characters of a line of the legend
Column = NDArray[np.float64]


@dataclass(frozen=True)
class Drawn:
    """A run in a figure: `name` is what a person calls it, `line` what would bring it back; both may be empty."""

    run: TrainingRun
    name: str = ""
    line: str = ""


def chart(runs: Sequence[Drawn], name: str, theme: Theme, *, log: bool = False) -> Page:
    """`name` is loss or accuracy; the loss may stand on a logarithmic axis."""
    several = len(runs) > 1
    columns = [_columns(each.run, name) for each in runs]
    drawn = [[unseen if len(unseen) else seen] if several else [seen, unseen] for seen, unseen in columns]
    page = Page(theme, legend=len(runs) if several else 0)
    last = max(each.run.epochs or each.run.available for each in runs)
    scale = _scale([values for both in drawn for values in both if len(values)], name, log=log)
    axes = page.plot(right=0.3 if several else 0.8)
    _ruled(axes, theme, scale, last, percent=name == "accuracy")
    if several:
        _beside(page, axes, runs, [values for (values,) in drawn], scale, last)
    else:
        _alone(axes, theme, drawn[0], theme.loss if name == "loss" else theme.accuracy, scale, last)
    page.head(say(f"compare.chart.{name}"), say("compare.unseen") if several else say(f"chart.{name}.plain"))
    return page


def _columns(run: TrainingRun, name: str) -> tuple[Column, Column]:
    return (run.loss, run.validation_loss) if name == "loss" else (run.accuracy, run.validation_accuracy)


def _scale(columns: Sequence[Column], name: str, *, log: bool) -> Axis:
    if name == "accuracy":
        return axis(100.0, most=4)
    high = max(float(values.max()) for values in columns)
    return log_axis(min(float(values.min()) for values in columns), high) if log else axis(max(high, 1e-3))


def _ruled(axes: Axes, theme: Theme, scale: Axis, last: int, *, percent: bool) -> None:
    """Round figures on both axes, and a faint line at each height."""
    axes.set_xlim(1, max(2, last))
    axes.set_ylim(0, 1)
    heights, ends = [float(scale.share(tick)) for tick in scale.ticks], epoch_ticks(last, most=7)
    axes.set_yticks(heights, [scale.label(tick) + ("%" if percent else "") for tick in scale.ticks])
    axes.set_xticks(ends, [f"{epoch:,}" for epoch in ends])
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(digits())
    for height in heights:
        style = (0, (1, 3)) if height else "solid"
        axes.axhline(height, color=unit(theme.muted), alpha=0.45, linewidth=0.6, linestyle=style, zorder=0)
    axes.set_xlabel(say("compare.setting.epochs"), fontproperties=font(SMALL), color=unit(theme.muted), labelpad=3)


def _stroke(axes: Axes, values: Column, scale: Axis, last: int, first: int, ink: Colour, **how: Any) -> None:
    """A line from epoch `first` on, by what there is of `values`."""
    heights = scale.share(values)
    epochs: Column = np.arange(1.0, len(values) + 1)
    if len(values) > FINEST:
        points = curve(heights, last, Rect(0, 0, FINEST, 1), 1.0)
        epochs, heights = 1 + points[:, 0] / FINEST * (last - 1), 1 - points[:, 1]
    there = epochs >= first
    if there.sum() == 1:  # one epoch is no line
        axes.plot(epochs[there], heights[there], "o", markersize=4, color=unit(ink), clip_on=False)
    axes.plot(epochs[there], heights[there], color=unit(ink), clip_on=False, solid_joinstyle="round", **how)


def _alone(axes: Axes, theme: Theme, both: Sequence[Column], ink: Colour, scale: Axis, last: int) -> None:
    """What is learned from, and what is unseen in dashes; each is named at its end."""
    there = [
        (values, key, inks, style)
        for values, key, inks, style in zip(
            both, ("chart.seen", "chart.unseen"), (ink, theme.text), ("solid", UNSEEN), strict=True
        )
        if len(values)
    ]
    ends = [float(scale.share(values[-1])) for values, *_ in there]
    heights = list(ends)
    if len(ends) == 2 and abs(ends[0] - ends[1]) < APART:
        middle, above = sum(ends) / 2, 1 if ends[0] >= ends[1] else -1
        heights = [middle + above * APART / 2, middle - above * APART / 2]
    for (values, key, inks, style), height in zip(there, heights, strict=True):
        _stroke(axes, values, scale, last, 1, inks, linewidth=1.8 if style == "solid" else 1.2, linestyle=style)
        if len(there) > 1:
            axes.annotate(
                say(key),
                (1.015, height),
                xycoords="axes fraction",
                va="center",
                color=unit(inks),
                fontproperties=font(BODY, STRONG_FACE),
                annotation_clip=False,
            )


def _beside(page: Page, axes: Axes, runs: Sequence[Drawn], columns: Sequence[Column], scale: Axis, last: int) -> None:
    """A line for each run in its colour, from where it parts from another one, and below what each of them is."""
    told = [each.run.parameters for each in runs]
    apart = differences(told)
    for number, (each, values, fork) in enumerate(zip(runs, columns, forks(told), strict=True)):
        ink, dashes = run_colour(page.theme, number), pattern(number)
        first = max(1, min(fork, len(values)))
        _stroke(axes, values, scale, last, first, ink, linewidth=1.8, linestyle=style_of(dashes))
        words = " · ".join([*([each.name] if each.name else []), *apart[number]]) or say("compare.same")
        page.key(number, words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…", ink, dashes)
