"""Proof that an exhibit comes back: killed and frozen again and again, in a real window; tried by hand.

    python3 tests/comes_back.py --runs 20
    python3 tests/comes_back.py --runs 20 --backend     the backend is another process, and that is killed

needs a display (Xvfb will do). Each run ends the exhibit's process by SIGKILL, then by SIGSTOP, and counts the seconds
until its picture is there again: a crash has 5, a freeze 15. Prints each, and exits with 1 if one took longer.
With --backend the exhibit trains on a backend beside it, which is killed in the middle of a run and started again; the
exhibit's loop has to go on in every half second of the following ten, and no error may be shown.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"SIGKILL": 5.0, "SIGSTOP": 15.0}  # seconds
PATIENCE = 60.0  # seconds that a first start may take, and after which a run has failed


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def shown(port: int) -> dict[str, object] | None:
    """What the exhibit says of itself once it has shown something; None while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=1) as answer:
            told: dict[str, object] = json.load(answer)
    except (OSError, ValueError):
        return None
    return told if int(str(told["ticks"])) > 0 else None


def wait_for(port: int, starts: int) -> float:
    """Seconds until the exhibit that was started as the `starts`-th shows its picture. Raises SystemExit."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        told = shown(port)
        if told and int(str(told["starts"])) >= starts:
            return time.monotonic() - begun
        time.sleep(0.05)
    raise SystemExit(f"the exhibit is not back after {PATIENCE:g} s")


def child_of(process: int) -> int:
    """The exhibit's own process, which the supervisor has started."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()[0])


def ticking(port: int, seconds: float) -> tuple[int, set[str]]:
    """The fewest ticks of the exhibit's loop in half a second, and the states that it was in, for so many seconds."""
    fewest, states, before, ends = 10**9, set[str](), None, time.monotonic() + seconds
    while time.monotonic() < ends:
        told = shown(port)
        count = int(str(told["ticks"])) if told else None
        if told:
            states.add(str(told["status"]))
        if count is not None and before is not None:
            fewest = min(fewest, count - before)
        before = count
        time.sleep(0.5)
    return fewest, states


def started(*words: str, home: str) -> subprocess.Popen[bytes]:
    """A process of ours that says nothing here."""
    command, quiet = [sys.executable, str(ROOT / "viz.py"), *words], subprocess.DEVNULL
    return subprocess.Popen(command, env={**os.environ, "HOME": home}, stdout=quiet, stderr=quiet)


def backend_killed(runs: int) -> int:
    """Kill the backend so often, a minute and more after the last time, while a run is played; the exit code."""
    held = 0
    with tempfile.TemporaryDirectory() as home:
        port, other = free_port(), free_port()
        settings, log = Path(home) / "kiosk.toml", Path(home) / "kiosk" / "exhibit.log"
        settings.write_text(
            f'folder = "{home}/kiosk"\n[training]\nurl = "http://127.0.0.1:{other}"\n[office]\nport = {port}\n',
            encoding="utf-8",
        )
        serve = ("serve", "--port", str(other))
        backend, exhibit = started(*serve, home=home), started("kiosk", str(settings), home=home)
        try:
            print(f"first picture after {wait_for(port, 1):.1f} s", flush=True)
            for run in range(runs):
                while (shown(port) or {}).get("status") != "training":
                    time.sleep(0.05)
                backend.kill()
                backend.wait()
                fewest, states = ticking(port, 10.0)
                held += fewest >= 10 and "error" not in states
                print(f"{run + 1:2} killed: at least {fewest} ticks in half a second, {sorted(states)}", flush=True)
                backend = started(*serve, home=home)
                ticking(port, 50.0)
            print(log.read_text(encoding="utf-8")[-1500:] if log.exists() else "the exhibit has noticed nothing")
        finally:
            exhibit.terminate()
            exhibit.wait(20)
            backend.kill()
    print(f"{held} of {runs} held")
    return 0 if held == runs else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--pause", type=float, default=21.0, help="seconds before each, since crashes in a row wait")
    parser.add_argument("--backend", action="store_true", help="kill the backend, not the exhibit")
    asked = parser.parse_args()
    if asked.backend:
        return backend_killed(asked.runs)
    runs = asked.runs
    late = 0
    with tempfile.TemporaryDirectory() as home:
        port = free_port()
        settings = Path(home) / "kiosk.toml"
        settings.write_text(f'folder = "{home}/kiosk"\n[office]\nport = {port}\n', encoding="utf-8")
        command = [sys.executable, str(ROOT / "viz.py"), "kiosk", str(settings)]
        supervisor = subprocess.Popen(command, env={**os.environ, "HOME": home}, stderr=subprocess.DEVNULL)
        try:
            print(f"first picture after {wait_for(port, 1):.1f} s", flush=True)
            starts = 1
            for run in range(runs):
                for name, limit in LIMITS.items():
                    time.sleep(asked.pause)
                    os.kill(child_of(supervisor.pid), getattr(signal, name))
                    starts += 1
                    took = wait_for(port, starts)
                    late += took > limit
                    print(
                        f"{run + 1:2} {name}: back after {took:.1f} s{'' if took <= limit else ', too late'}",
                        flush=True,
                    )
        finally:
            supervisor.terminate()
            code = supervisor.wait(20)
    print(f"{2 * runs - late} of {2 * runs} in time; SIGTERM ended it with {code}")
    return 1 if late or code else 0


if __name__ == "__main__":
    sys.exit(main())
