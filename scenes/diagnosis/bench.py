"""Measures the whole dashboard in training, off screen. Figures to compare, never assertions."""

import os
import platform
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine import pauses
from engine.clock import TICK, TICKS_PER_SECOND
from engine.graphics.driver_time import driver_calls, driver_time, pass_time
from engine.resources import ROOT
from scenes import stage
from scenes.training.lifecycle import Status
from scenes.training.playback import INTERVAL

from .memory import resident
from .yardstick import yardstick

FRAMES = 600
SEED = 7
WARM_UP = 120  # frames before anything is counted
FIRST_EPOCHS = 5  # runs that are timed from Start to their first epoch
LONGEST = 15.0  # seconds that a run may take to come
FIRST_FRAMES = 3  # processes that are timed from start to first frame; the best one counts, as disks differ
ALLOCATING = 20  # frames in which it is watched what Python takes: that makes them slow

Act = Callable[[int], object]


def nothing(count: int) -> None:
    """What is done before a frame where nobody does anything."""


def measure(*, url: str, size: tuple[int, int], frames: int) -> dict[str, Any]:
    """Draw `frames` frames of a training dashboard; percentiles in milliseconds, memory in megabytes."""
    built = stage.build(
        stage.hidden_window(), url=url, size=size, theme="dark", scale=1.0, interval=INTERVAL, seed=SEED
    )
    built.controller.set_parameters(epochs=200)
    try:
        begin(built)
        figures = drawn(built, frames)
        figures |= {"first_epoch_ms": round(_first_epoch(built), 1)}
        driver, ruler = built.app.renderer.driver["renderer"], yardstick(size)
    finally:
        built.close()
    more = {"first_frame_s": _first_frame(size)}
    return {"size": list(size), "frames": frames, **figures, **more, "machine": machine(driver, ruler)}


def drawn(built: stage.Stage, frames: int, act: Act = nothing) -> dict[str, Any]:
    """What `frames` frames take, before each of which `act` is called with its number: milliseconds, kilobytes, MB."""
    wall, cpu, epochs = _timed(built, frames, act)
    memory = resident()  # before what watches the frames takes some of its own
    return {
        "rss_mb": round(memory, 1),
        "wall_ms": _percentiles(wall),
        "cpu_ms": _percentiles(cpu),
        "epoch_frames_ms": _percentiles([ms for ms, epoch in zip(wall, epochs, strict=True) if epoch]),
        "other_frames_ms": _percentiles([ms for ms, epoch in zip(wall, epochs, strict=True) if not epoch]),
        "python_ms": round(_python_share(built, act), 3),
        "stages_ms": _stages(built, act),
        "passes_ms": _passes(built, act),
        "draw_calls": built.app.renderer.draw_calls,
        **_sent(built, act),
    }


def machine(driver: str, ruler: dict[str, float]) -> dict[str, Any]:
    """Where it was measured, and how fast that was just then."""
    return {"renderer": driver, "cores": os.cpu_count(), "python": platform.python_version(), **ruler}


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


def begin(built: stage.Stage) -> None:
    """Start a run and wait for its first epochs. Raises RuntimeError if they do not come."""
    built.controller.start()
    wait(built, lambda: built.controller.now.status is Status.TRAINING)


def wait(built: stage.Stage, there: Callable[[], bool]) -> None:
    """Let ticks pass until something is there. Raises RuntimeError if it does not come."""
    limit = time.monotonic() + LONGEST
    while not there():
        built.app.tick()
        if built.controller.now.status is Status.ERROR or time.monotonic() > limit:
            raise RuntimeError("the training run for the measurement did not come")
        time.sleep(0.005)


def _timed(built: stage.Stage, frames: int, act: Act) -> tuple[list[float], list[float], list[bool]]:
    """Milliseconds a frame: of wall time, and of all threads; and whether it showed another epoch."""
    wall: list[float] = []
    cpu: list[float] = []
    epochs: list[bool] = []
    pauses.avoid()
    for count in range(WARM_UP + frames):
        if built.controller.now.status is Status.COMPLETE:
            built.controller.replay() if built.controller.now.beside else built.controller.start()
        shown = built.controller.now.epoch
        begun, used = time.perf_counter(), time.process_time()
        _frame(built, count, act)
        built.app.renderer.finish()
        if count >= WARM_UP:
            epochs.append(built.controller.now.epoch != shown)
            wall.append((time.perf_counter() - begun) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        if count % TICKS_PER_SECOND == 0:
            _progress(count / (WARM_UP + frames))
    _progress(None)
    return wall, cpu, epochs


def _frame(built: stage.Stage, count: int, act: Act) -> None:
    act(count)
    built.app.tick()
    built.app.draw()


def _python_share(built: stage.Stage, act: Act) -> float:
    """Median milliseconds a frame that the main thread spends outside the driver's calls."""
    with driver_time() as driver:
        shares = []
        for count in range(WARM_UP):
            before, own = driver(), time.thread_time()
            _frame(built, count, act)
            shares.append((time.thread_time() - own) * 1000 - (driver() - before))
    return float(np.median(shares))


def _stages(built: stage.Stage, act: Act) -> dict[str, float]:
    """Median milliseconds that each stage of a frame keeps the main thread: tick, picture, draw, finish."""
    app, taken = built.app, np.zeros((WARM_UP, 4))
    for count in range(WARM_UP):
        act(count)
        steps: list[float] = [time.perf_counter()]
        app.tick()
        steps.append(time.perf_counter())
        pictures = app.pictures()
        steps.append(time.perf_counter())
        app.renderer.draw(*pictures)
        steps.append(time.perf_counter())
        app.renderer.finish()
        taken[count] = np.diff([*steps, time.perf_counter()]) * 1000
    named = zip(("tick", "picture", "draw", "finish"), np.median(taken, axis=0), strict=True)
    return {name: round(float(ms), 3) for name, ms in named}


def _passes(built: stage.Stage, act: Act) -> dict[str, float]:
    """Median milliseconds of each pass."""
    with pass_time(built.app.renderer) as spent:
        for count in range(WARM_UP // 2):
            _frame(built, count, act)
    return {name: round(float(np.median(taken)), 3) for name, taken in spent.items()}


def _sent(built: stage.Stage, act: Act) -> dict[str, Any]:
    """What a frame asks of the driver and of Python's memory, the mean of some: calls, kilobytes uploaded and taken."""
    frames = WARM_UP // 2
    with driver_calls() as counted:
        for count in range(frames):
            _frame(built, count, act)
    tracemalloc.start()
    taken = []
    for count in range(ALLOCATING):
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        _frame(built, count, act)
        taken.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    calls, sent = counted["calls"] / frames, counted["bytes"] / frames / 1024
    return {
        "gl_calls": round(calls, 1),
        "uploaded_kb": round(sent, 1),
        "allocated_kb": round(float(np.median(taken)) / 1024, 1),
    }


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
        return float(child(["--first-frame", "--size", f"{size[0]}x{size[1]}"]).split()[-1]) - begun

    return round(min(once() for _ in range(FIRST_FRAMES)), 3)


def child(options: Sequence[str], *, patience: float = 120.0, **surroundings: str) -> str:
    """What bench with these options prints in a process of its own, within `patience` seconds.

    Raises subprocess.SubprocessError.
    """
    command = [sys.executable, "-P", "-m", "scenes", "bench", *options]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    known = {**os.environ, "PYTHONPATH": path, **surroundings}
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=True, timeout=patience)
    return done.stdout


def _progress(share: float | None) -> None:
    if sys.stderr.isatty():
        text = "" if share is None else f"measuring … {share:.0%}"
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
