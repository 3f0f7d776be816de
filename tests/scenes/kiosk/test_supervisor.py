"""The supervisor: real processes that beat, crash, freeze and end, and what becomes of each."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scenes.kiosk import supervisor as module
from scenes.kiosk.counters import Counters
from scenes.kiosk.supervisor import AGAIN, CANNOT, QUIT, Supervisor
from scenes.kiosk.watch import CRASHES, FROZEN

BEAT = "import os, sys, time, signal\nbeat = lambda w: os.write(int(os.environ['VIZ_HEART']), (w + '\\n').encode())\n"
COUNT = (
    "from pathlib import Path\np = Path({path!r})\n"
    "n = int(p.read_text() or 0) if p.exists() else 0\np.write_text(str(n + 1))\n"
)


class Clock:
    """Seconds that pass as fast as the supervisor looks: `step` each time it is asked."""

    def __init__(self, step: float) -> None:
        self.now, self._step = 0.0, step

    def __call__(self) -> float:
        self.now += self._step
        return self.now


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Callable[..., tuple[int, dict[str, int], list[str]]]]:
    """Runs a program that a line of Python is, again and again; the code, the counters and what was said."""

    def run(text: str, *, step: float = 0.0, **more: Any) -> tuple[int, dict[str, int], list[str]]:
        said: list[str] = []
        counters = Counters(tmp_path / "counters.json", said.append)
        program = BEAT + COUNT.format(path=str(tmp_path / "starts")) + text
        clock = {"now": Clock(step)} if step else {}
        made = Supervisor([sys.executable, "-c", program], counters=counters, say=said.append, **clock, **more)
        return made.run(), counters.counts, said

    yield run


def test_one_that_staff_quits_is_the_end(supervised: Any) -> None:
    code, counts, said = supervised(f"beat('away idle'); sys.exit({QUIT})")
    assert (code, counts, said) == (QUIT, {"starts": 1}, [])


def test_settings_that_cannot_be_used_are_the_end(supervised: Any) -> None:
    assert supervised(f"sys.exit({CANNOT})")[0] == CANNOT


def test_one_that_asks_for_it_is_started_anew(supervised: Any) -> None:
    code, counts, _ = supervised(f"sys.exit({AGAIN} if n < 3 else {QUIT})")
    assert (code, counts["starts"]) == (QUIT, 4) and "crashes" not in counts


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(1)", "raise SystemError"])
def test_one_that_crashes_is_started_again(supervised: Any, monkeypatch: Any, end: str) -> None:
    monkeypatch.setattr("scenes.kiosk.watch.BACK_OFF", (0.0,))
    code, counts, said = supervised(f"if n < 3:\n    {end}\nsys.exit({QUIT})")
    assert (code, counts) == (QUIT, {"starts": 4, "crashes": 3}) and len(said) == 3


def test_one_that_freezes_is_killed_and_started_again(supervised: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("scenes.kiosk.watch.BACK_OFF", (0.0,))
    text = f"beat('here training')\nif n < 1:\n    os.kill(os.getpid(), signal.SIGSTOP)\nsys.exit({QUIT})"
    code, counts, said = supervised(text, step=FROZEN / 4)
    assert (code, counts) == (QUIT, {"starts": 2, "freezes": 1}) and "lives" in said[0]


def test_what_stood_still_with_the_supervisor_is_not_ended(supervised: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "LOOK", 0.02)
    awake, asked = tmp_path / "awake", count()

    def now() -> float:
        """An hour passes between two looks; the program ends a few looks later."""
        looks = next(asked)
        if looks == 24:
            awake.touch()
        return looks / 1000 + (3600 if looks > 16 else 0)

    wait = f"while not os.path.exists({str(awake)!r}):\n    time.sleep(0.01)\n"
    code, counts, said = supervised(f"beat('here training')\n{wait}sys.exit({QUIT})", now=now)
    assert (code, counts, said) == (QUIT, {"starts": 1}, [])


def test_after_five_crashes_the_safe_scene_is_asked_for(supervised: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("scenes.kiosk.watch.BACK_OFF", (0.0,))
    code, counts, said = supervised(f"sys.exit({QUIT} if '--safe' in sys.argv else 1)")
    assert (code, counts["crashes"]) == (QUIT, CRASHES) and "safe scene" in said[-1]


def test_too_much_memory_starts_it_anew_only_while_nobody_is_there(
    supervised: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    starts = tmp_path / "starts"
    monkeypatch.setattr(module, "resident", lambda process: 500 if starts.read_text() == "1" else 10)
    monkeypatch.setattr(module, "LIVED", 0.0)
    wait = "import threading\nthreading.Event().wait()"
    code, counts, said = supervised(
        f"beat('away idle')\nif n < 1:\n    {wait.replace(chr(10), chr(10) + '    ')}\nsys.exit({QUIT})", memory=400
    )
    assert (code, counts["renewals"]) == (QUIT, 1) and "500 MB" in said[0]
    made = Supervisor(["x"], counters=Counters(Path("/nonexistent/c")), say=lambda line: None, memory=400)
    made._watch.heard(0.0)
    monkeypatch.setattr(module, "resident", lambda process: 500)
    made._away = False
    assert made._wants_again() == ""


def test_at_its_time_of_night_it_is_started_anew_once(monkeypatch: Any) -> None:
    now = [datetime(2026, 11, 30, 4, 29)]
    made = Supervisor(["x"], counters=Counters(Path("/nonexistent/c")), say=print, restart_at=270, clock=lambda: now[0])
    made._watch.heard(0.0)
    child: Any = SimpleNamespace(pid=os.getpid())
    made._child = child
    assert not made._wants_again()
    now[0] = datetime(2026, 11, 30, 4, 30)
    assert made._wants_again() and not made._wants_again()
    now[0] = datetime(2026, 12, 1, 4, 30)
    assert made._wants_again()
    made._child = None


def test_sigterm_ends_both_in_order(tmp_path: Path, monkeypatch: Any) -> None:
    marks = tmp_path / "ended"
    text = BEAT + (
        f"signal.signal(signal.SIGTERM, lambda *_: (open({str(marks)!r}, 'w').close(), os._exit(0)))\n"
        "beat('away idle')\nimport threading\nthreading.Event().wait()"
    )
    made = Supervisor([sys.executable, "-c", text], counters=Counters(tmp_path / "c.json"), say=print)
    heard = threading.Event()
    listen = made._listen

    def listened() -> None:
        listen()
        if made._watch.beat is not None and not heard.is_set():
            heard.set()
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(made, "_listen", listened)
    assert made.run() == QUIT and marks.exists()


def test_systemd_hears_that_it_is_ready_that_it_lives_and_that_it_stops(
    supervised: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        supervised(f"beat('away idle'); assert 'NOTIFY_SOCKET' not in os.environ; sys.exit({QUIT})")
        listening.settimeout(5)
        told = [listening.recv(100).decode() for _ in range(3)]
    assert told == ["READY=1", "WATCHDOG=1", "STOPPING=1"]
