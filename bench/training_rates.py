"""Prints accuracy after 50 epochs of the default run, per batch size and rate: `python -m bench.training_rates`."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from simulation_server.training.parameters import Parameters
from simulation_server.training.trainer import Epoch, Outcome, train

SEEDS = range(20)


def run(parameters: Parameters) -> tuple[list[Epoch], Outcome]:
    """Return all epochs of a run and its outcome."""
    epochs, run = [], train(parameters)
    while True:
        try:
            epochs.append(next(run))
        except StopIteration as end:
            return epochs, end.value


for batch in (16, 32):
    last: dict[float, list[float]] = {}
    for rate in (0.001, 0.01, 0.1, 0.3, 1.0):
        runs = [run(Parameters(seed=seed, learning_rate=rate, batch_size=batch)) for seed in SEEDS]
        last[rate] = sorted(epochs[-1].accuracy for epochs, _ in runs)
        first = sorted(epochs[0].accuracy for epochs, _ in runs)
        check = sorted(epochs[-1].validation_accuracy for epochs, _ in runs)
        diverged = sum(outcome.status == "diverged" for _, outcome in runs)
        print(
            f"{batch} rate {rate:5.3f}: training {last[rate][0]:.1f} / {last[rate][10]:.1f} / {last[rate][-1]:.1f}"
            f" (lowest, median, highest), validation {check[0]:.1f} / {check[10]:.1f} / {check[-1]:.1f},"
            f" after 1 epoch {first[10]:.1f}, diverged {diverged} of {len(runs)}",
            flush=True,
        )
