"""What bench says: figures for people, the goals that they miss, and how they stand beside those of another run."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GOALS = {"wall": 8.0, "python": 0.8, "first": 0.6, "memory": 175.0}  # ms, ms, s, MB; 1280x720, two cores, no GPU
OF_PYTHON = ("python_ms", "first_frame_s")  # what is measured by the loop; all other times by the copy
COUNTED = ("neurons", "links", "particles", "points", "runs")  # what steps are named by
PLAIN = ("rss_mb", "draw_calls", "gl_calls", "uploaded_kb", "allocated_kb")  # what no yardstick measures
LABELS = {
    "wall_ms": "wall ms a frame",
    "epoch_frames_ms": "  those of an epoch",
    "other_frames_ms": "  the others",
    "cpu_ms": "cpu ms a frame",
}


def told(figures: dict[str, Any], *, as_json: bool, other: dict[str, Any] | None = None) -> str:
    """The figures as JSON or for people; beside those of an`other` run, their ratios."""
    if as_json:
        ratios = {"ratios": {name: ratio for name, ratio, _ in compared(figures, other)}} if other else {}
        return json.dumps({**figures, **ratios}, indent=1)
    lines = list(_lines(figures))
    if other:
        lines += ["", "beside the other run: the ratio, and after division by that of the yardsticks"]
        lines += [f"{name:<24} {ratio:5.2f}   {fair:5.2f}" for name, ratio, fair in compared(figures, other)]
    return "\n".join(lines)


def loaded(path: Path) -> dict[str, Any]:
    """The figures of another run, as --json printed them. Raises ValueError."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as why:
        raise ValueError(f"{path} holds no figures of bench ({why}): keep those of bench --json there") from None
    if not isinstance(read, dict) or not {"size", "scene"} & read.keys():
        raise ValueError(f"{path} holds no figures of bench: keep those of bench --json there")
    return read


def compared(figures: dict[str, Any], other: dict[str, Any]) -> list[tuple[str, float, float]]:
    """For each figure that both have: its name, the ratio to the other run, and that over the ratio of yardsticks.

    Below 1 is better. Raises ValueError for pictures of another size.
    """
    if figures.get("size") != other.get("size"):
        sizes = " and ".join("x".join(map(str, each["size"])) for each in (other, figures))
        raise ValueError(f"pictures of {sizes} cannot be compared: give both the same --size")
    if figures.get("scene") != other.get("scene"):
        scenes = " and ".join(str(each.get("scene", "dashboard")) for each in (other, figures))
        raise ValueError(f"the scenes {scenes} cannot be compared: give both the same --scene")
    mine, theirs = dict(_flat(figures)), dict(_flat(other))
    rulers = {
        name: _ratio(mine.get(f"machine.{name}"), theirs.get(f"machine.{name}")) for name in ("copy_ms", "loop_ms")
    }
    found = []
    for name, value in mine.items():
        if name in theirs and theirs[name] and not name.startswith(("machine.", "frames")):
            figure = name.rpartition("step ")[2].partition(".")[2] if name.startswith("step ") else name
            ruler = rulers["loop_ms" if figure in OF_PYTHON else "copy_ms"]
            ruler = 1.0 if figure in PLAIN or "percent" in figure else ruler
            found.append((name, value / theirs[name], value / theirs[name] / ruler))
    return found


def _ratio(one: float | None, other: float | None) -> float:
    return one / other if one and other else 1.0


def _flat(figures: dict[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    """Every number with its path, such as wall_ms.p50."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif name == "steps":
            for number, step in enumerate(value):
                yield from _flat(step, f"{before}step {number + 1}.")
        elif isinstance(value, int | float):
            yield f"{before}{name}", float(value)


def _lines(figures: dict[str, Any]) -> Iterator[str]:
    if "core_percent" in figures:
        yield f"a window of {figures['size'][0]}x{figures['size'][1]} on {figures['renderer']}, percent of a core"
        yield from (f"{name:<24} {share:.1f}" for name, share in figures["core_percent"].items())
        seen = figures["key_to_pixel"]
        yield f"{'from a key to its pixels':<24} {seen['ms']:.0f} ms, {seen['frames']} frames"
        return
    if figures.get("scene") in OTHERS:
        yield from OTHERS[figures["scene"]](figures)
        return
    if "wall_ms" not in figures:
        yield f"{'start to first frame':<24} {figures['first_frame_s']:.2f} s"
        return
    machine = figures["machine"]
    yield f"{figures['size'][0]}x{figures['size'][1]}, {figures['frames']} frames on {machine['renderer']}"
    for name, label in LABELS.items():
        yield f"{label:<24} " + "  ".join(f"{key} {value:.2f}" for key, value in figures[name].items())
    yield f"{'python ms a frame':<24} {figures['python_ms']:.2f}"
    yield f"{'  by stage':<24} " + "  ".join(f"{name} {ms:.2f}" for name, ms in figures["stages_ms"].items())
    yield f"{'gl calls a frame':<24} {figures['gl_calls']:.0f}, {figures['draw_calls']} of them draw"
    yield f"{'uploaded a frame':<24} {figures['uploaded_kb']:.1f} KB; {figures['allocated_kb']:.0f} KB taken of Python"
    yield f"{'start to first frame':<24} {figures['first_frame_s']:.2f} s"
    yield f"{'Start to first epoch':<24} {figures['first_epoch_ms']:.0f} ms"
    yield f"{'memory':<24} {figures['rss_mb']:.0f} MB"
    yield from _rulers(machine)
    yield from (f"missed: {text}" for text in missed(figures))


def _steps(figures: dict[str, Any]) -> Iterator[str]:
    """What grows, a line each."""
    yield f"{figures['scene']}, {figures['size'][0]}x{figures['size'][1]}, {figures['frames']} frames each"
    yield "wall ms a frame, CPU ms, Python ms, of an epoch's frames; KB uploaded"
    for step in figures["steps"]:
        name = ", ".join(f"{step[what]:,} {what}" for what in COUNTED if what in step)
        name = step.get("what") or name or "a pointer over all of it"
        wall, epoch = step["wall_ms"], step["epoch_frames_ms"]["p50"]
        frame = f"p50 {wall['p50']:6.2f}  p95 {wall['p95']:6.2f}  cpu {step['cpu_ms']['p50']:6.2f}"
        yield f"{name:<54} {frame}  python {step['python_ms']:5.2f}  epoch {epoch:6.2f}  {step['uploaded_kb']:6.1f} KB"
    yield from _rulers(figures["machine"])


def _rulers(machine: dict[str, Any]) -> Iterator[str]:
    yield f"{'yardstick, screen copied':<24} {machine['copy_ms']:.3f} ms"
    yield f"{'  100,000 additions':<24} {machine['loop_ms']:.2f} ms"


def _server(figures: dict[str, Any]) -> Iterator[str]:
    for count, answers in figures["answers_per_s"].items():
        yield f"{f'answers on {count}':<24} {answers:,} a second, of 100 epochs each"
    yield f"{'a stream':<24} {figures['epochs_per_s']:,} epochs a second, the first after {figures['first_line_ms']} ms"


def _peers(figures: dict[str, Any]) -> Iterator[str]:
    """The same work in other libraries, a line each."""
    for title, kind, counted in (
        ("two charts, another point a frame", "charts", "points"),
        ("a field", "fields", "neurons"),
    ):
        yield f"{title}, {figures['size'][0]}x{figures['size'][1]}: ms a frame"
        for count, taken in figures[kind].items():
            told = "  ".join(f"{name} {ms:.2f}" for name, ms in taken.items())
            yield f"{int(count):>12,} {counted:<10} {told}"


OTHERS = {"field": _steps, "charts": _steps, "ui": _steps, "compare": _steps, "server": _server, "peers": _peers}


def missed(figures: dict[str, Any]) -> list[str]:
    """The goals for two cores without a GPU that these figures miss, with what is in the way."""
    dear = sorted(figures["passes_ms"].items(), key=lambda entry: -entry[1])[:3]
    named = ", ".join(f"{name} {cost:.1f} ms" for name, cost in dear)
    seen = {
        f"95 of 100 frames within {GOALS['wall']:g} ms (dearest: {named})": figures["wall_ms"]["p95"] > GOALS["wall"],
        f"Python within {GOALS['python']:g} ms of a frame": figures["python_ms"] > GOALS["python"],
        f"first frame within {GOALS['first']:g} s": figures["first_frame_s"] > GOALS["first"],
        f"memory within {GOALS['memory']:g} MB": figures["rss_mb"] > GOALS["memory"],
    }
    return [text for text, is_missed in seen.items() if is_missed]
