"""Prints how long training takes on one core: `python -m bench.training_speed`, with nothing else running."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time

from simulation_server.training.parameters import Parameters
from simulation_server.training.trainer import prepare, train

RUNS = 7
ASKED = {
    "spiral 4-6-5-2, batch 32, 200 epochs": Parameters(epochs=200, learning_rate=0.1),
    "spiral 4-6-5-2, batch 16, 200 epochs": Parameters(epochs=200, learning_rate=0.1, batch_size=16),
    "digits 64-32-16-10, batch 32, 20 epochs": Parameters(dataset="digits", epochs=20, learning_rate=0.1),
    "digits 64-32-16-10, batch 16, 20 epochs": Parameters(
        dataset="digits", epochs=20, learning_rate=0.1, batch_size=16
    ),
}

for name, parameters in ASKED.items():
    seconds, first = [], []
    for _ in range(RUNS):
        started = time.perf_counter()
        epochs = train(parameters, prepare(parameters))
        next(epochs)
        first.append(time.perf_counter() - started)
        list(epochs)
        seconds.append(time.perf_counter() - started)
    quick, usual = min(seconds), sorted(seconds)[RUNS // 2]
    each = 1000.0 * quick / parameters.epochs
    print(f"{name}: {quick:.3f} s at best, {usual:.3f} s median; {each:.2f} ms each; first {1000 * min(first):.1f} ms")
