"""What a sweep has come to: for each setting the median of its seeds, and how far they lie apart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from .grid import Setting

HEAD = ("", "median unseen", "from least to most", "median loss", "diverged", "the median run")


@dataclass(frozen=True)
class Result:
    """One run that has ended: `unseen` in percent, None for a curve, and `run`, the id that it is kept by."""

    seed: int
    status: str
    unseen: float | None
    accuracy: float
    loss: float
    run: str

    @property
    def rated(self) -> float:
        """What runs are ranked by: what they do on what they have not seen, as far as that is known."""
        return self.accuracy if self.unseen is None else self.unseen


def median_run(results: Sequence[Result]) -> Result:
    """The run in the middle of its seeds; of two, the lower one."""
    ranked = sorted(results, key=lambda each: (each.rated, -each.loss, each.seed))
    return ranked[(len(ranked) - 1) // 2]


def table(done: Mapping[Setting, Sequence[Result]]) -> str:
    """A line for each setting that has a run, the best median marked."""
    told = {setting: results for setting, results in done.items() if results}
    if not told:
        return "No run has come to its end."
    best = max(median(each.rated for each in results) for results in told.values())
    rows = [HEAD, *(_row(setting, results, best) for setting, results in told.items())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _row(setting: Setting, results: Sequence[Result], best: float) -> tuple[str, ...]:
    rated = [each.rated for each in results]
    middle = median(rated)
    diverged = sum(each.status == "diverged" for each in results)
    return (
        str(setting),
        f"{middle:.1f} %{' best' if middle == best else ''}",
        f"{min(rated):.1f} to {max(rated):.1f} % of {len(rated)}",
        f"{median(each.loss for each in results):.3g}",
        str(diverged or ""),
        median_run(results).run,
    )


def as_json(done: Mapping[Setting, Sequence[Result]]) -> str:
    """The same for another program, with every run."""
    told = [
        {
            "setting": dict(setting),
            "median": median(each.rated for each in results),
            "least": min(each.rated for each in results),
            "most": max(each.rated for each in results),
            "median_run": median_run(results).run,
            "runs": [vars(each) for each in results],
        }
        for setting, results in done.items()
        if results
    ]
    return json.dumps(told, indent=2)
