"""What runs a training knows nothing of where runs come from, or of what they are shown on."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STRANGERS = (
    "requests",
    "urllib3",
    "http",
    "socket",
    "pygame",
    "moderngl",
    "pygame_gui",
    "scenes.training.sources.http",
)


def test_the_controller_loads_neither_a_client_nor_a_display() -> None:
    code = "import sys, scenes.training.controller; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment, text=True, capture_output=True, check=True
    )
    assert not set(STRANGERS) & set(done.stdout.split())
