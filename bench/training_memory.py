"""Prints what a 200-epoch run of the digits holds at its peak, server and client: `python -m bench.training_memory`."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import tracemalloc

from engine.worker import Cancellation
from scenes.training.epoch import Epoch
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.http import HttpSource
from simulation_server.backend import Backend

MEBIBYTE = 1024 * 1024
ASKED = Parameters(dataset="digits", epochs=200, learning_rate=0.05, source="trained")


def streamed(url: str) -> TrainingRun:
    """Train once and keep every epoch, as the dashboard does."""
    kept: list[TrainingRun] = []

    def take(told: object) -> None:
        if isinstance(told, TrainingRun):
            kept.append(told)
        elif isinstance(told, Epoch):
            kept[0].append(told)

    source = HttpSource(url, seed=7)
    try:
        source.run(ASKED, Cancellation(), take)
    finally:
        source.close()
    return kept[0]


with Backend(seed=7) as backend:
    streamed(backend.url)  # what loads once, and the data set's cache, are no part of a run
    tracemalloc.start()
    run = streamed(backend.url)
    held, peak = tracemalloc.get_traced_memory()
    print(f"{run.available} epochs: {peak / MEBIBYTE:.1f} MiB at the peak, {held / MEBIBYTE:.1f} MiB held afterwards")
