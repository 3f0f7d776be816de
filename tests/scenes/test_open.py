"""`open` as a process: a recorded run becomes a picture, and what cannot be shown is one sentence and an exit code."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from scenes.cli.manual import EPILOG

ROOT = Path(__file__).resolve().parents[2]


def opened(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "scenes", "open", *words]
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=cwd, env=given, text=True, capture_output=True, timeout=120, check=False)


def described(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    return told


def test_a_recorded_digits_run_is_drawn_at_its_last_epoch(trained_file: Callable[..., Path], tmp_path: Path) -> None:
    trained_file(tmp_path / "digits.ndjson", dataset="digits", epochs=200, learning_rate=0.05, batch_size=64)
    done = opened("digits.ndjson", "--headless", "--out", "pictures", "--theme", "light", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["pictures/run.png", "pictures/run.json"]
    told = described(tmp_path / "pictures")
    assert (told["epoch"], told["epochs"], told["status"], told["stamp"]) == (200, 200, "complete", "RECORDED")
    assert (told["source"], told["file"], told["shape"]) == ("file", "digits.ndjson", [64, 32, 16, 10])
    assert (told["theme"], told["parameters"]["batch_size"]) == ("light", 64)


def test_20000_epochs_of_figures_alone_are_drawn_the_same_each_time(
    figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    figures_file(tmp_path / "run.ndjson", 20_000)
    for out in ("one", "two"):
        done = opened("run.ndjson", "--headless", "--out", out, "--size", "390x844", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    told = described(tmp_path / "one")
    assert (told["epoch"], told["epochs"], told["outcome"]) == (20_000, 20_000, "complete")
    for name in ("run.png", "run.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_damaged_file_is_drawn_up_to_the_damage_and_fails_in_one_line(
    long_file: Callable[..., Path], tmp_path: Path
) -> None:
    long_file(tmp_path / "run.ndjson", 40, damaged=True)
    done = opened("run.ndjson", "--headless", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("viz: run.ndjson cannot be used from line 42 on.") and done.stderr.count("\n") == 1
    told = described(tmp_path / "pictures")
    assert (told["epoch"], told["status"]) == (40, "error")


@pytest.mark.parametrize(("name", "words"), [("none.ndjson", "There is no file none.ndjson."), (".", "is a folder.")])
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, words: str) -> None:
    done = opened(name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "pictures").exists()


def test_what_is_no_run_is_drawn_as_a_notice_and_fails(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    done = opened("photo.jpg", "--headless", cwd=tmp_path)
    assert done.returncode == 1 and "photo.jpg is not a recorded run." in done.stderr
    assert described(tmp_path / "pictures")["error"] == "photo.jpg is not a recorded run."


def test_without_a_display_it_says_so_and_draws(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    figures_file(tmp_path / "run.ndjson", 5)
    done = opened("run.ndjson", cwd=tmp_path, DISPLAY="", WAYLAND_DISPLAY="", SDL_VIDEODRIVER="")
    assert done.returncode == 0
    assert "There is no display" in done.stderr and done.stderr.count("\n") == 1
    assert described(tmp_path / "pictures")["epoch"] == 5


def test_a_folder_that_cannot_be_written_to_is_one_sentence(figures_file: Callable[..., Path], tmp_path: Path) -> None:
    figures_file(tmp_path / "run.ndjson", 5)
    done = opened("run.ndjson", "--headless", "--out", "run.ndjson/there", cwd=tmp_path)
    assert done.returncode != 0 and done.stderr.count("\n") == 1 and "run.png" in done.stderr


def test_the_run_in_the_manual_is_whole(tmp_path: Path) -> None:
    lines = re.findall(r'^  (\{"type".*\})$', EPILOG["open"], re.MULTILINE)
    (tmp_path / "mine").write_text("\n".join(lines) + "\n", "utf-8")
    done = opened("mine", "--headless", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    told = described(tmp_path / "pictures")
    assert (told["epoch"], told["title"], told["outcome"]) == (2, "My own run", "complete")


def test_what_the_manual_asks_the_backend_for_is_a_run(script_server: Any, tmp_path: Path) -> None:
    (recipe,) = re.findall(r"^  (curl .*?) > run\.ndjson$", EPILOG["open"], re.MULTILINE | re.DOTALL)
    words = shlex.split(recipe.replace("\\\n", " "))
    headers = dict(words[at + 1].split(": ") for at, word in enumerate(words) if word == "-H")
    with script_server() as server:
        answer = requests.post(f"{server.url}/api/train", words[words.index("-d") + 1], headers=headers, timeout=60)
    assert words[-1] == "http://127.0.0.1:3001/api/train" and answer.status_code == 200
    (tmp_path / "run.ndjson").write_bytes(answer.content)
    done = opened("run.ndjson", "--headless", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert described(tmp_path / "pictures")["outcome"] == "complete"


def test_the_run_in_the_protocol_is_whole(tmp_path: Path) -> None:
    (block,) = re.findall(r"```jsonl\n(.*?)```", (ROOT / "docs" / "protocol.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "theirs").write_text(block, "utf-8")
    done = opened("theirs", "--headless", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    told = described(tmp_path / "pictures")
    assert (told["epoch"], told["title"], told["outcome"]) == (2, "Somebody's transformer", "cancelled")
    assert (told["validation_loss"], told["parameters"]["learning_rate"]) == (1.95, 0.0003)
