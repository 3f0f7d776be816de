"""Writes docs/performance.md: all that bench measures, with pictures of how it grows. Takes about ten minutes."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from textwrap import wrap
from typing import Any

from engine.files import put
from engine.window import display_present

from . import bench, growth_plot, peers
from .bench_words import GOALS, missed

SIZES = ((1280, 720), (1920, 1080))
RUNS = 5  # of the dashboard at each size
PATIENCE = 900.0  # seconds, of one measurement
WIDTH = 120  # characters of a line
PICTURES = "pictures"  # folder beside the page
PLOTS = (
    ("field", "A frame of the field", "neurons"),
    ("charts", "A frame of both charts, with another epoch", "epochs"),
)

Figures = dict[str, Any]


def write(page: Path) -> None:
    """Measure everything, each in a process of its own, and let `page` and the pictures beside it say it.

    Raises OSError, and RuntimeError where something cannot be measured.
    """
    runs = {at: [_measured(f"dashboard, run {run + 1} of {RUNS}", at, ()) for run in range(RUNS)] for at in SIZES}
    grown = {name: _measured(name, SIZES[0], ("--scene", name)) for name, *_ in (*PLOTS, ("ui",))}
    server = _measured("server", SIZES[0], ("--scene", "server"))
    shares = _measured("window", SIZES[0], ("--scene", "window")) if display_present() else None
    beside = _measured("other libraries", SIZES[0], ("--peers",))
    for name, title, counted in PLOTS:
        growth_plot.draw(page.parent / PICTURES / f"growth-{name}.png", title, counted, _lines(grown[name]["steps"]))
    told = [*_head(runs), *_dashboard(runs), *_growth(grown), *_peers(beside), *_window(shares), *_server(server)]
    put(page, ("\n".join(told).rstrip() + "\n").encode())


def _measured(what: str, size: tuple[int, int], more: Sequence[str]) -> Figures:
    at = f"{size[0]}x{size[1]}"
    print(f"measuring: {what}, {at}", file=sys.stderr, flush=True)
    try:
        found: Figures = json.loads(bench.child(["--json", "--size", at, *more], patience=PATIENCE))
    except subprocess.SubprocessError as why:
        told = " ".join(["bench", "--size", at, *more])
        raise RuntimeError(f"{what} cannot be measured here; `python3 viz.py {told}` says more") from why
    return found


def _lines(steps: Sequence[Figures]) -> growth_plot.Lines:
    def line(*names: str) -> list[tuple[float, float]]:
        return [(float(step.get("points") or step["neurons"]), float(_at(step, *names))) for step in steps]

    return {"wall, p95": line("wall_ms", "p95"), "wall, p50": line("wall_ms", "p50"), "Python": line("python_ms")}


def _at(figures: Figures, *names: str) -> Any:
    found: Any = figures
    for name in names:
        found = found[name]
    return found


def _head(runs: dict[tuple[int, int], list[Figures]]) -> Iterator[str]:
    first = runs[SIZES[0]][0]
    machine, rulers = first["machine"], [each["machine"] for each in runs[SIZES[0]]]
    yield "# Performance"
    yield ""
    yield from _paragraph(
        "Written by `python3 viz.py bench --document docs/performance.md`; measure your own machine with it. Figures",
        "of one machine are of use beside figures of the same machine: beside milliseconds stands the *yardstick*, a",
        "full-screen copy and 100,000 additions in Python, measured in the same run.",
    )
    copy, loop = (median(each[name] for each in rulers) for name in ("copy_ms", "loop_ms"))
    yield from _paragraph(
        f"Here: {machine['cores']} cores, {machine['renderer']}, no graphics card, Python {machine['python']}.",
        f"Yardstick: a copy {copy:.3f} ms, additions {loop:.2f} ms.",
    )


def _dashboard(runs: dict[tuple[int, int], list[Figures]]) -> Iterator[str]:
    yield "## The dashboard in training"
    yield ""
    yield from _paragraph(
        f"All of it, at the default speed, frames with a new epoch included; {RUNS} runs: the quietest,",
        "and the median.",
    )
    yield "| | " + " | ".join(f"{w}x{h}" for w, h in SIZES) + " |"
    yield "| --- " * (1 + len(SIZES)) + "|"
    rows = (
        ("wall, p50", "ms", ("wall_ms", "p50")),
        ("wall, p95", "ms", ("wall_ms", "p95")),
        ("wall, p99", "ms", ("wall_ms", "p99")),
        ("wall of an epoch's frames, p50", "ms", ("epoch_frames_ms", "p50")),
        ("CPU of all threads, p50", "ms", ("cpu_ms", "p50")),
        ("Python", "ms", ("python_ms",)),
        ("p95 in yardsticks (copies)", "", ()),
        ("calls to the driver", "", ("gl_calls",)),
        ("uploaded", "KB", ("uploaded_kb",)),
        ("start to first frame", "s", ("first_frame_s",)),
        ("Start to first epoch", "ms", ("first_epoch_ms",)),
        ("memory", "MB", ("rss_mb",)),
    )
    for label, unit, path in rows:
        cells = []
        for at in SIZES:
            values = [
                float(_at(run, *path)) if path else run["wall_ms"]["p95"] / run["machine"]["copy_ms"]
                for run in runs[at]
            ]
            cells.append(f"{_short(min(values))} / {_short(median(values))} {unit}".strip())
        yield f"| {label} | " + " | ".join(cells) + " |"
    yield ""
    quiet = min(runs[SIZES[0]], key=lambda run: run["wall_ms"]["p95"])
    short = "; ".join(missed(quiet))
    yield from _paragraph(
        f"Goals at {SIZES[0][0]}x{SIZES[0][1]} on two such cores: p95 {GOALS['wall']:g} ms, Python {GOALS['python']:g}",
        f"ms, first frame {GOALS['first']:g} s, memory {GOALS['memory']:g} MB.",
        f"Not met by the quietest run: {short}." if short else "The quietest run meets all of them.",
    )
    passes, stages = (
        ", ".join(f"{name} {_short(ms)}" for name, ms in sorted(quiet[kind].items(), key=lambda each: -each[1]))
        for kind in ("passes_ms", "stages_ms")
    )
    yield from _paragraph(f"Where it goes, each pass alone: {passes} ms. By stage: {stages} ms.")


def _growth(grown: dict[str, Figures]) -> Iterator[str]:
    yield "## What grows"
    yield ""
    yield from _paragraph(
        "Of a large network the neurons that are drawn stand for those about them, and the links that are drawn are",
        "the strongest; the picture says how many of how many. A chart draws the extremes of each column of pixels,",
        "and keeps them as epochs come: nothing looks at all of them again.",
    )
    for name, counted in (("field", ("neurons", "links", "particles")), ("charts", ("points",))):
        yield f"![How {'the field' if name == 'field' else 'a chart'} grows]({PICTURES}/growth-{name}.png)"
        yield ""
        yield "| " + " | ".join(counted) + " | wall p50 | p95 | CPU | Python | uploaded |"
        yield "| ---: " * (len(counted) + 5) + "|"
        for step in grown[name]["steps"]:
            yield "| " + " | ".join([*(f"{step[each]:,}" for each in counted), *_frame(step)]) + " |"
        yield ""
    (ui,) = grown["ui"]["steps"]
    wall, p95, cpu, python, _ = _frame(ui)
    yield from _paragraph(
        "The dashboard under a pointer that wanders over all of it, paused:",
        f"wall p50 {wall}, p95 {p95}, CPU {cpu}, Python {python}.",
    )


def _frame(step: Figures) -> list[str]:
    wall, cpu = step["wall_ms"], step["cpu_ms"]["p50"]
    times = (wall["p50"], wall["p95"], cpu, step["python_ms"])
    return [*(f"{_short(ms)} ms" for ms in times), f"{step['uploaded_kb']:.0f} KB"]


def _peers(beside: Figures) -> Iterator[str]:
    names = list(next(iter(beside["charts"].values())))
    yield "## Beside other libraries"
    yield ""
    told = ", ".join(f"{name} {version(name)}" for name in names if name != peers.OURS)
    yield from _paragraph(
        "`bench --peers`: the same work, in processes of their own, in turns; the median frame of the quietest of",
        f"{peers.ROUNDS} rounds. A chart is two plots with axes, a curve {peers.WIDE} pixels wide with smooth edges,",
        "and the area below it; in each frame another point is added. A field is balls, links and particles that turn;",
        "VisPy draws all of them, plain; this program what stands for them, with faces, light and glow. Each library",
        f"is set as its manual says for speed: {told}.",
    )
    for title, kind in (("epochs of a chart", "charts"), ("neurons of a field", "fields")):
        some = list(next(iter(beside[kind].values())))
        yield f"| {title} | " + " | ".join(some) + " |"
        yield "| ---: " * (1 + len(some)) + "|"
        for count, taken in beside[kind].items():
            yield f"| {int(count):,} | " + " | ".join(f"{_short(taken[name])} ms" for name in some) + " |"
        yield ""


def _window(shares: Figures | None) -> Iterator[str]:
    if shares is None:
        return
    told, seen = shares["core_percent"], shares["key_to_pixel"]
    yield "## A window"
    yield ""
    percent = ", ".join(f"{name} {share:g}" for name, share in told.items())
    yield from _paragraph(
        f"At 60 Hz, {shares['size'][0]}x{shares['size'][1]}, in percent of a core, presenting included, what the",
        f"display server does left out: {percent}. From a key to the picture that it changes: {seen['frames']} frames,",
        f"{seen['ms']:g} ms.",
    )


def _server(server: Figures) -> Iterator[str]:
    answers = server["answers_per_s"]
    yield "## The server"
    yield ""
    told = ", ".join(f"{rate:,} on {count}" for count, rate in answers.items())
    yield from _paragraph(
        f"Answers with 100 epochs a second, on kept connections: {told}. A stream of a trained run:",
        f"{server['epochs_per_s']:,} epochs a second, the first after {server['first_line_ms']:g} ms.",
    )


def _paragraph(*words: str) -> Iterator[str]:
    yield from wrap(" ".join(words), WIDTH, break_on_hyphens=False)
    yield ""


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
