"""What starting costs: a server loads the trainer when it is first asked to train, and uses one thread for it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LOADS = """
import json, sys, urllib.request
from simulation_server.backend import Backend
loaded = lambda: sorted(name for name in sys.modules if name.startswith("simulation_server.training."))
def ask(url, **fields):
    headers = {"Accept": "application/x-ndjson", "Content-Type": "application/json"}
    request = urllib.request.Request(url + "/api/train", json.dumps(fields).encode(), headers)
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=300).read()
with Backend() as backend:
    ask(backend.url, epochs=5)
    before = loaded()
    ask(backend.url, epochs=1, dataset="circle")
print(before, "simulation_server.training.trainer" in loaded())
"""
THREADS = """
import os, sys
os.environ.pop("OPENBLAS_NUM_THREADS", None)
import simulation_server.backend
print(os.environ.get("OPENBLAS_NUM_THREADS"))
import simulation_server.__main__
print(os.environ["OPENBLAS_NUM_THREADS"])
os.environ["OPENBLAS_NUM_THREADS"] = "3"
del sys.modules["simulation_server.__main__"]
import simulation_server.__main__
print(os.environ["OPENBLAS_NUM_THREADS"])
"""


def printed(code):
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def test_the_trainer_is_loaded_by_the_first_request_to_train_and_not_before():
    assert printed(LOADS) == ["[] True"]


def test_only_the_command_sets_the_number_of_threads_and_only_where_nobody_has():
    assert printed(THREADS) == ["None", "1", "3"]
