"""Prints what recorded runs hold at their peak while they are played from files: `python -m bench.file_memory`."""

import base64
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import tracemalloc

import numpy as np

from engine.clock import TICK
from engine.worker import VirtualTime, Worker
from scenes.training import run as training_run
from scenes.training.controller import TrainingController
from scenes.training.kept_states import KEEPS, KeptStates
from scenes.training.lifecycle import Status
from scenes.training.sources.file import FileSource
from simulation_server.training.parameters import Parameters
from simulation_server.training.run_lines import run_lines
from simulation_server.training.trainer import prepare

MEBIBYTE = 1024 * 1024
SHAPE = (4, 8, 8, 2)


def digits(path: Path) -> None:
    """Write 200 epochs of the real trainer."""
    asked = Parameters(dataset="digits", epochs=200, learning_rate=0.05)
    path.write_bytes(b"".join(run_lines(asked, prepare(asked), clock=lambda: 0.0)))


def figures(path: Path, count: int = 20_000) -> None:
    """Write so many epochs of loss and accuracy alone."""
    lines = [{"type": "header", "version": 1}]
    lines += [{"type": "epoch", "epoch": n, "loss": 1 / n, "accuracy": 50} for n in range(1, count + 1)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def states(path: Path, count: int = 5000) -> None:
    """Write so many epochs of a 4-8-8-2 network."""
    header = {
        "type": "header",
        "version": 1,
        "shape": SHAPE,
        "dataset": "circle",
        "features": ["x", "y", "x²", "y²"],
        "classes": ["A", "B"],
        "offset": [0] * 4,
        "scale": [1] * 4,
        "parameters": {"activation": "tanh"},
        "samples": {"count": 0, "columns": 2, "values": "", "labels": "", "training": ""},
    }
    sizes = {"weights": 112, "biases": 18, "activations": 22, "gradientNorms": 3, "confusion": 4}
    state = {name: base64.b64encode(np.ones(size, "<f4").tobytes()).decode() for name, size in sizes.items()}
    told = {"type": "epoch", "loss": 1, "accuracy": 50, "validationLoss": 1, "validationAccuracy": 50, **state}
    lines = [header, *({**told, "epoch": n} for n in range(1, count + 1))]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def played(path: Path, keeps: int) -> str:
    """Play it as fast as can be in scripted time: what was held at the peak and at the end."""
    training_run.KeptStates = lambda _: KeptStates(keeps)  # type: ignore[assignment, misc]
    tracemalloc.start()
    worker = Worker()
    time = VirtualTime(worker)
    controller = TrainingController(FileSource(path, wait=time.wait), worker, interval=1)
    controller.start()
    while controller.snapshot().status is not Status.COMPLETE:
        time.advance(TICK)
        controller.tick(TICK)
        time.settle()
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    worker.close()
    now = controller.snapshot()
    kept = f"every {now.kept_every}" if now.state else "no states"
    size = path.stat().st_size / MEBIBYTE
    return (
        f"{now.epoch:6,} epochs, file of {size:4.1f} MiB, {kept:>8}: "
        f"{peak / MEBIBYTE:5.1f} MiB at the peak, {held / MEBIBYTE:5.1f} MiB held at the end"
    )


RUNS: tuple[tuple[str, Callable[[Path], None], int], ...] = (
    ("digits", digits, KEEPS),
    ("figures", figures, KEEPS),
    ("states", states, KEEPS),
    ("states, 1 MiB", states, MEBIBYTE),
)
with tempfile.TemporaryDirectory() as folder:
    for name, write, most in RUNS:
        file = Path(folder) / "run.ndjson"
        write(file)
        print(f"{name:14} {played(file, most)}")
