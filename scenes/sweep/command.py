"""The verb `sweep`: trains, tells how far it is, prints what it has come to; what is to be laid beside each other."""

import sys
import time
from collections.abc import Mapping, Sequence

from scenes.kept.command import kept_path
from scenes.stage import BEGIN_WITH
from scenes.training.sources.whole_file import RecordedRun, whole_file
from scenes.training.spread import spread_of
from scenes.training.worlds import MOST

from .grid import Setting, grid
from .results import Result, as_json, median_run, table
from .training import trained

WIDE = 30  # characters of the bar


def sweep(told: Mapping[str, str], *, seeds: int, as_json_text: bool) -> tuple[list[RecordedRun], bool]:
    """Train what was asked for and print it; the median runs, the best first, and whether Ctrl+C ended it early.

    Raises ValueError for what cannot be, RunError for a run that cannot be trained.
    """
    runs = grid(BEGIN_WITH, told, seeds=seeds)
    done: dict[Setting, list[Result]] = {setting: [] for setting in runs}
    count, begun, interrupted = sum(map(len, runs.values())), time.monotonic(), False
    going = trained(runs)
    try:
        _bar(0, count, 0.0)
        for ready, (setting, result) in enumerate(going, start=1):
            done[setting].append(result)
            _bar(ready, count, time.monotonic() - begun)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        going.close()
        _end_of_bar()
    print(as_json(done) if as_json_text else table(done))
    ended = [results for results in done.values() if results]
    best = sorted(ended, key=lambda results: -median_run(results).rated)[:MOST]
    return [with_spread(results) for results in best if all(each.run for each in results)], interrupted


def with_spread(results: Sequence[Result]) -> RecordedRun:
    """The median run, which knows how far the others lie from it."""
    middle, runs = median_run(results).run, {each.run: whole_file(kept_path(each.run)) for each in results}
    if len(runs) > 1:
        told = [each.run for each in runs.values()]
        losses = [run.validation_loss if len(run.validation_loss) else run.loss for run in told]
        rights = [run.validation_accuracy if len(run.validation_accuracy) else run.accuracy for run in told]
        runs[middle].run.spread = spread_of(losses, rights)
    runs[middle].run.kept_as = middle
    return runs[middle]


def _bar(ready: int, count: int, seconds: float) -> None:
    """How far it is; where lines stay, each tenth of the way."""
    left = f", {_time(seconds / ready * (count - ready))} left" if ready else ""
    if sys.stderr.isatty():
        full = WIDE * ready // count
        print(f"\r\033[K[{'#' * full}{'.' * (WIDE - full)}] {ready} of {count} runs{left}", end="", file=sys.stderr)
        sys.stderr.flush()
    elif ready * 10 // count > (ready - 1) * 10 // count:
        print(f"{ready} of {count} runs{left}", file=sys.stderr, flush=True)


def _end_of_bar() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _time(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
