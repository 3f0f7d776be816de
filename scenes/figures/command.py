"""Draws kept runs, or recorded ones, into one file."""

from collections.abc import Sequence
from pathlib import Path

from scenes.kit.theme import THEMES
from scenes.training.failure import RunError
from scenes.training.moment_line import MomentLine
from scenes.training.sources.whole_file import RecordedRun, whole_file

from .charts import Drawn, chart
from .page import Page
from .panels import answers_of, network_of

USUAL_THEME = "light"  # for paper


def draw(
    runs: Sequence[tuple[Path, str]],
    to: Path,
    *,
    chart: str | None = None,
    epoch: int | None = None,
    theme: str | None = None,
    log: bool = False,
) -> None:
    """Draw the runs in these files, each with the name that a person gave it, into `to`: a .svg, .pdf or .png.

    `chart` is loss, accuracy, answers or network, the last two after `epoch`. Raises RunError in words, OSError.
    """
    told = [(whole_file(path), name) for path, name in runs]
    epochs = [epoch or each.run.available for each, _ in told]
    lines = [line for (each, _), at in zip(told, epochs, strict=True) if (line := _line(each, at))]
    page = _page(told, chart or "loss", epochs[0], theme or USUAL_THEME, log=log)
    name = told[0][1] if len(told) == 1 else ""
    said = lines[0] if len(told) == 1 and lines else f"{len(told)} runs of {_common(lines)}" if lines else ""
    page.foot(f"{name}: {said}" if name and said else said)
    page.write(to, name or (chart or "loss"), lines)


def _common(lines: Sequence[str]) -> str:
    """The words that stand in each of them."""
    others = [set(line.split()) for line in lines]
    return " ".join(word for word in lines[0].split() if all(word in words for words in others))


def _page(told: Sequence[tuple[RecordedRun, str]], name: str, epoch: int, theme: str, *, log: bool) -> Page:
    run, look = told[0][0].run, THEMES[theme]
    run.shown = run.available  # whatever of it is kept may be looked at
    if name == "answers":
        return answers_of(run, epoch, look)
    if name == "network":
        return network_of(run, epoch, look)
    if log and name != "loss":
        raise RunError("Only the loss stands on a logarithmic axis.", hint="Leave --log out.", code="export")
    return chart([Drawn(each.run, name) for each, name in told], name, look, log=log)


def _line(told: RecordedRun, epoch: int) -> str:
    """What brings that moment back; empty where nobody here can."""
    return f"{MomentLine(told.asked, epoch)}" if told.asked and epoch <= told.asked.epochs else ""
