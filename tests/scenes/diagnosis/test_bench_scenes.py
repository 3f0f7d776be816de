"""What bench measures is there to be measured: each scene in a few frames, and what is said of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import pauses
from engine.png import SIGNATURE
from scenes import stage
from scenes.diagnosis import bench, bench_growth, bench_server, growth_plot, peers, performance
from scenes.diagnosis.bench_words import compared, told
from scenes.diagnosis.made_runs import MadeSource
from scenes.embedded import Embedded

SIZE, FRAMES = (640, 360), 4
MACHINE = {"renderer": "llvmpipe", "cores": 2, "python": "3.11", "copy_ms": 0.1, "loop_ms": 2.0}


@pytest.fixture(autouse=True)
def lent_window(lent: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """All draw in the tests' own window, and leave the process as it is."""
    monkeypatch.setattr(stage, "hidden_window", lent)
    monkeypatch.setattr(pauses, "avoid", lambda: None)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few frames of everything."""
    monkeypatch.setattr(bench, "WARM_UP", 4)
    monkeypatch.setattr(bench, "ALLOCATING", 2)


def step(**counted: int) -> dict[str, Any]:
    percentiles = {"p50": 4.0, "p95": 6.0, "p99": 7.0}
    return {
        **counted,
        "wall_ms": percentiles,
        "cpu_ms": percentiles,
        "epoch_frames_ms": percentiles,
        "other_frames_ms": percentiles,
        "python_ms": 0.8,
        "stages_ms": {"tick": 0.2, "draw": 2.0},
        "passes_ms": {"world": 2.0, "flat": 1.0},
        "draw_calls": 24,
        "gl_calls": 60.0,
        "uploaded_kb": 12.0,
        "allocated_kb": 40.0,
        "first_frame_s": 0.4,
        "first_epoch_ms": 30.0,
        "rss_mb": 200.0,
        "size": [1280, 720],
        "frames": 400,
        "machine": MACHINE,
    }


@pytest.mark.parametrize("points", [3, 40_000])
def test_charts_of_any_length_take_another_epoch_in_each_frame(short: None, points: int) -> None:
    figures = bench_growth.chart_step(points, SIZE, FRAMES)
    assert figures["points"] == points and figures["epoch_frames_ms"]["p50"] > 0
    assert figures["gl_calls"] > 5 and figures["uploaded_kb"] > 0 and figures["allocated_kb"] > 0


def test_a_field_says_how_much_there_is_of_it(short: None) -> None:
    figures = bench_growth.field_step((900, 20, 900, 2), 5_000, SIZE, FRAMES)
    assert (figures["neurons"], figures["links"], figures["particles"]) == (1822, 37_800, 5_000)
    assert figures["python_ms"] > 0 and set(figures["stages_ms"]) == {"tick", "picture", "draw", "finish"}
    assert "1,822 neurons, 37,800 links, 5,000 particles" in told(
        {"scene": "field", "size": SIZE, "frames": FRAMES, "steps": [figures], "machine": MACHINE}, as_json=False
    )


def test_the_dashboard_is_measured_under_a_pointer(short: None) -> None:
    figures = bench_growth.ui(SIZE, FRAMES)
    assert figures["steps"][0]["wall_ms"]["p50"] > 0 and figures["machine"]["copy_ms"] > 0
    slower = {**figures, "machine": {**figures["machine"], "copy_ms": 2 * figures["machine"]["copy_ms"]}}
    found = {name: (ratio, fair) for name, ratio, fair in compared(slower, figures)}
    assert found["step 1.wall_ms.p50"] == (1.0, 0.5), "as fast on a machine that is half as fast"


def test_runs_beside_each_other_are_real_ones(short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_growth, "BESIDE", (0, 1, 3))
    monkeypatch.setattr(bench_growth, "LONG", 5)
    with Embedded(7) as backend:
        figures = bench_growth.compare(SIZE, FRAMES, backend.url)
    words = told(figures, as_json=False)
    assert "the dashboard, one run" in words and "3 runs" in words
    assert [step.get("runs") for step in figures["steps"]] == [None, 1, 3]
    assert all(step["wall_ms"]["p50"] > 0 for step in figures["steps"])


def test_the_server_is_asked_on_one_connection_and_on_eight() -> None:
    figures = bench_server.measure(seconds=0.05)
    assert set(figures["answers_per_s"]) == {"1", "8"} and min(figures["answers_per_s"].values()) > 0
    assert figures["epochs_per_s"] > 0 and "answers on 8" in told(figures, as_json=False)


def test_other_libraries_draw_the_same_if_they_are_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, str, int]] = []

    def child(name: str, kind: str, step: int, size: tuple[int, int]) -> float:
        if name == "matplotlib":
            raise subprocess.CalledProcessError(1, "matplotlib")
        asked.append((name, kind, step))
        return float(len(asked))

    monkeypatch.setattr(peers, "_child", child)
    monkeypatch.setattr(peers, "find_spec", lambda package: package != "PyQt6")  # of pyqtgraph, one of two
    found = peers.compare(SIZE)
    assert {name for name, *_ in asked} == {peers.OURS, "vispy"}
    at_first = [name for name, kind, at in asked if (kind, at) == ("charts", 100)]
    assert at_first == ["vispy", *[peers.OURS, "vispy"] * peers.ROUNDS], "tried once, and then in turns"
    assert found["charts"][100] == {peers.OURS: 2.0, "vispy": 3.0}, "the quietest round counts"
    assert "matplotlib is installed, and cannot draw here" in capsys.readouterr().err


def test_a_run_that_nobody_trained_has_the_network_and_the_epochs_that_were_asked_for() -> None:
    from engine.worker import Cancellation
    from scenes.training.parameters import Parameters

    said: list[Any] = []
    MadeSource((3, 2), epochs=4).run(Parameters(), Cancellation(), said.append)
    run, *epochs = said
    for epoch in epochs:
        run.append(epoch)
    assert run.network.shape == (3, 2) and [epoch.number for epoch in epochs] == [1, 2, 3, 4]
    assert not (epochs[0].state.weights[0] == epochs[1].state.weights[0]).all()


def test_the_page_holds_what_was_measured_and_its_plots(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers = {
        "field": {"steps": [step(neurons=17, links=64, particles=80), step(neurons=1000, links=9000, particles=80)]},
        "charts": {"steps": [step(points=100), step(points=1_000_000)]},
        "ui": {"steps": [step()]},
        "server": {"answers_per_s": {"1": 4000, "8": 3000}, "epochs_per_s": 1800, "first_line_ms": 12.0},
    }
    beside = {"charts": {"100": {peers.OURS: 4.0}}, "fields": {"60": {peers.OURS: 5.0}}}

    def child(options: list[str], **_: Any) -> str:
        if "--peers" in options:
            return json.dumps(beside)
        return json.dumps(answers[options[-1]] if "--scene" in options else step())

    monkeypatch.setattr(bench, "child", child)
    monkeypatch.setattr(performance, "display_present", lambda: False)
    page = tmp_path / "performance.md"
    performance.write(page)
    text = page.read_text(encoding="utf-8")
    assert "| wall, p95 | 6 / 6 ms | 6 / 6 ms |" in text and "| 1,000 | 9,000 | 80 | 4 ms" in text
    assert "4,000 on 1, 3,000 on 8" in text and max(map(len, text.splitlines())) <= performance.WIDTH
    for name in ("field", "charts"):
        picture = tmp_path / "pictures" / f"growth-{name}.png"
        assert picture.read_bytes().startswith(SIGNATURE) and f"(pictures/{picture.name})" in text


def test_a_plot_of_growth_names_its_decades_and_its_lines(tmp_path: Path) -> None:
    lines = {"quick": [(10, 1.0), (100_000, 1.2)], "slow": [(10, 1.0), (100_000, 90.0)]}
    words = growth_plot.draw(tmp_path / "plot.png", "Growth", "neurons", lines)
    assert {"Growth", "neurons", "1 ms", "10 ms", "100 ms", "10", "100,000", "quick", "slow"} <= set(words)
