"""Other programs: quiet while they work, quoted when they fail, gone when they are stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenes.bootstrap.commands import Refusal, attend, become, end_on_sigterm, explain, run


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_command_that_works_is_quiet_and_gives_its_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert run([sys.executable, "-c", "print('done')"]).strip() == "done"
    assert capfd.readouterr() == ("", "")


def test_a_command_works_where_it_is_told_to(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "import os; print(os.getcwd())"], cwd=tmp_path).strip() == str(tmp_path)


def test_foreign_packages_stay_out_of_the_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/opt/foreign")
    assert "/opt/foreign" not in run([sys.executable, "-c", "import sys; print(sys.path)"])


def test_a_command_that_fails_is_quoted_with_its_last_lines_only() -> None:
    with pytest.raises(Refusal) as refused:
        run([sys.executable, "-c", "[print('line', n, 'end') for n in range(50)]; raise SystemExit(1)"])
    assert refused.value.code == 1
    assert "line 49 end" in str(refused.value)
    assert "line 9 end" not in str(refused.value)


def test_a_module_that_fails_is_called_by_its_own_name() -> None:
    with pytest.raises(Refusal, match="no_such_module failed"):
        run([sys.executable, "-m", "no_such_module"])


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("Temporary failure in name resolution", "No network?"),
        ("error sending request for url", "No network?"),
        ("Read timed out.", "No network?"),
        ("Connection failed: certificate verify failed", "PIP_CERT"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "locked"),
        ("[Errno 28] No space left on device", "disk is full"),
        ("error: command 'cc' failed", "Mend what the lines above name"),
    ],
)
def test_a_failure_comes_with_its_next_step(line: str, advice: str) -> None:
    last = explain(f"{line}\n", "pip").splitlines()[-1]
    assert advice in last
    assert last.endswith("then start again.")


def test_what_is_stopped_takes_its_command_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def interrupt(process: subprocess.Popen[bytes]) -> None:
        started.append(process)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run([sys.executable, "-c", "import time; time.sleep(600)"])
    assert started[0].returncode == -signal.SIGTERM


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_being_told_to_end_unwinds(number: signal.Signals, code: int) -> None:
    end_on_sigterm()
    with pytest.raises(SystemExit) as ended:
        signal.raise_signal(number)
    assert ended.value.code == code


@pytest.mark.parametrize(
    ("code", "expected"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)]
)
def test_the_exit_code_of_a_check_is_passed_on(code: str, expected: int) -> None:
    assert attend([sys.executable, "-c", code], os.environ) == expected


def test_ctrl_c_is_left_to_the_check_and_ours_again_after_it() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job starts without it
    press = f"import os, signal; os.kill({os.getpid()}, signal.SIGINT)"
    assert attend([sys.executable, "-c", press], os.environ) == 0
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    signal.signal(signal.SIGINT, before)


def test_the_process_becomes_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[object] = []
    monkeypatch.setattr(os, "execve", lambda *words: became.extend(words))
    become(["/bin/python", "-m", "scenes"], {"A": "1"})
    assert became == ["/bin/python", ["/bin/python", "-m", "scenes"], {"A": "1"}]


def test_windows_attends_the_program_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenes.bootstrap.commands.os.name", "nt")
    monkeypatch.setattr("scenes.bootstrap.commands.attend", lambda command, _: len(command))
    assert become(["python", "-m", "scenes"], {}) == 3
