"""Measures the whole dashboard in training, off screen. Figures to compare, never assertions."""

import os
import platform
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np

from engine import pauses
from engine.clock import TICK, TICKS_PER_SECOND
from engine.graphics.driver_time import driver_time, pass_time
from engine.resources import ROOT
from scenes import stage
from scenes.training.lifecycle import Status
from scenes.training.playback import INTERVAL

from .yardstick import yardstick

FRAMES = 600
WARM_UP = 120  # frames before anything is counted
FIRST_EPOCHS = 5  # runs that are timed from Start to their first epoch
LONGEST = 15.0  # seconds that a run may take to come
FIRST_FRAMES = 3  # processes that are timed from start to first frame; the best one counts, as disks differ
MEMORY = 1024 * 1024  # bytes a megabyte


def measure(*, url: str, size: tuple[int, int], frames: int) -> dict[str, Any]:
    """Draw `frames` frames of a training dashboard; percentiles in milliseconds, memory in megabytes."""
    built = _training(url, size)
    try:
        wall, cpu, epochs = _timed(built, frames)
        measured = yardstick(size)
        python = _python_share(built)
        passes = _passes(built)
        first_epoch = _first_epoch(built)
        calls, driver = built.app.renderer.draw_calls, built.app.renderer.driver["renderer"]
    finally:
        built.close()
    return {
        "size": list(size),
        "frames": frames,
        "wall_ms": _percentiles(wall),
        "cpu_ms": _percentiles(cpu),
        "epoch_frames_ms": _percentiles([ms for ms, epoch in zip(wall, epochs, strict=True) if epoch]),
        "other_frames_ms": _percentiles([ms for ms, epoch in zip(wall, epochs, strict=True) if not epoch]),
        "python_ms": round(python, 3),
        "passes_ms": passes,
        "draw_calls": calls,
        "first_frame_s": _first_frame(size),
        "first_epoch_ms": round(first_epoch, 1),
        "rss_mb": round(_resident(), 1),
        "machine": {
            "renderer": driver,
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            **measured,
        },
    }


def start_up(size: tuple[int, int]) -> dict[str, Any]:
    """Seconds from the start of a process to its first frame, drawn off screen; the best of a few."""
    return {"size": list(size), "first_frame_s": _first_frame(size)}


def first_frame(size: tuple[int, int]) -> None:
    """For a child process: draw one frame and print the moment on the system's monotonic clock."""
    built = stage.build(
        stage.hidden_window(), url="http://127.0.0.1:9", size=size, theme="dark", scale=1.0, interval=INTERVAL
    )
    built.app.tick()
    built.app.draw()
    built.app.renderer.finish()
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
    built.close()


def _training(url: str, size: tuple[int, int]) -> stage.Stage:
    built = stage.build(stage.hidden_window(), url=url, size=size, theme="dark", scale=1.0, interval=INTERVAL, seed=7)
    built.controller.set_parameters(epochs=200)
    built.controller.start()
    limit = time.monotonic() + LONGEST
    while built.controller.now.status is not Status.TRAINING:
        built.app.tick()
        if built.controller.now.status is Status.ERROR or time.monotonic() > limit:
            raise RuntimeError("the training run for the measurement did not come")
        time.sleep(0.005)
    return built


def _timed(built: stage.Stage, frames: int) -> tuple[list[float], list[float], list[bool]]:
    """Milliseconds a frame: of wall time, and of all threads; and whether it showed another epoch."""
    wall: list[float] = []
    cpu: list[float] = []
    epochs: list[bool] = []
    pauses.avoid()
    for count in range(WARM_UP + frames):
        if built.controller.now.status is Status.COMPLETE:
            built.controller.start()
        shown = built.controller.now.epoch
        begun, used = time.perf_counter(), time.process_time()
        built.app.tick()
        built.app.draw()
        built.app.renderer.finish()
        if count >= WARM_UP:
            epochs.append(built.controller.now.epoch != shown)
            wall.append((time.perf_counter() - begun) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        if count % TICKS_PER_SECOND == 0:
            _progress(count / (WARM_UP + frames))
    _progress(None)
    return wall, cpu, epochs


def _python_share(built: stage.Stage) -> float:
    """Median milliseconds a frame that the main thread spends outside the driver's calls."""
    with driver_time() as driver:
        shares = []
        for _ in range(WARM_UP):
            before, own = driver(), time.thread_time()
            built.app.tick()
            built.app.draw()
            shares.append((time.thread_time() - own) * 1000 - (driver() - before))
    return float(np.median(shares))


def _passes(built: stage.Stage) -> dict[str, float]:
    """Median milliseconds of each pass."""
    with pass_time(built.app.renderer) as spent:
        for _ in range(WARM_UP // 2):
            built.app.tick()
            built.app.draw()
    return {name: round(float(np.median(taken)), 3) for name, taken in spent.items()}


def _first_epoch(built: stage.Stage) -> float:
    """Milliseconds from Start to the first epoch on the screen, at 60 ticks a second; the median of a few runs."""
    taken = []
    for _ in range(FIRST_EPOCHS):
        built.controller.stop()
        built.app.tick()
        begun = time.perf_counter()
        built.controller.start()
        while built.controller.now.epoch == 0 and time.perf_counter() - begun < LONGEST:
            time.sleep(TICK)
            built.app.tick()
            built.app.draw()
            built.app.renderer.finish()
        taken.append((time.perf_counter() - begun) * 1000)
    return float(np.median(taken))


def _percentiles(values: list[float]) -> dict[str, float]:
    return {f"p{share}": round(float(np.percentile(values or [0.0], share)), 3) for share in (50, 95, 99)}


def _first_frame(size: tuple[int, int]) -> float:
    def once() -> float:
        begun = time.clock_gettime(time.CLOCK_MONOTONIC)
        return float(_child("--first-frame", size)) - begun

    return round(min(once() for _ in range(FIRST_FRAMES)), 3)


def _child(option: str, size: tuple[int, int]) -> str:
    command = [sys.executable, "-P", "-m", "scenes", "bench", option, "--size", f"{size[0]}x{size[1]}"]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    surroundings = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.split()[-1]


def _resident() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage * 1024 / MEMORY if sys.platform != "darwin" else usage / MEMORY


def _progress(share: float | None) -> None:
    if sys.stderr.isatty():
        text = "" if share is None else f"measuring … {share:.0%}"
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
