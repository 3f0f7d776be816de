"""The program as a process: what ends it in the middle has not passed, and what cannot be printed is no fault of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def started(*words: str, cwd: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-m", "scenes", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_what_is_ended_in_the_middle_has_not_passed(tmp_path: Path) -> None:
    (tmp_path / "long.script").write_text("size 200x120\nshot a\n" + "run 600s\n" * 99, "utf-8")
    process = started("play", "long.script", cwd=tmp_path)
    while not (tmp_path / "pictures" / "a.json").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    out, told = process.communicate(timeout=600)
    assert (process.returncode, out, told) == (143, "", "")


def test_a_list_that_nobody_reads_to_its_end_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "short.script").write_text("size 200x120\nshot a\n", "utf-8")
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = [sys.executable, "-P", "-m", "scenes", "play", "short.script"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, text=True, stdout=full, stderr=subprocess.PIPE, timeout=600
        )
    assert done.returncode == 1
    assert done.stderr == "viz: Not all that was to be printed could be (No space left on device).\n"
    assert (tmp_path / "pictures" / "a.png").exists()
