"""Other programs, run: quietly while setting up, in the foreground for checks, or in this process's place."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen  # costs 10 ms, which a start that has nothing to set up should not pay

EXIT_FAILED, EXIT_NO_GL = 1, 3
HELD = "VIZ_SIGNALS_HELD"  # set for a program that begins with Ctrl+C and SIGTERM held back
SIGNALLED = 128  # plus the signal: how shells tell a death by signal
PATIENCE = 10.0  # seconds a stopped child has to end by itself
LINES_SHOWN, LETTERS_SHOWN = 12, 160  # of a failed command's output, and of each of its lines

NEXT_STEPS = (  # signs in the last lines, and what to do; the first that fits is told
    ("certificate", "A certificate is not trusted: name your certificate file in PIP_CERT and SSL_CERT_FILE"),
    ("match the hashes|hash mismatch", "A download is not the file that was locked: mistrust the network"),
    ("no space left", "The disk is full: free some room"),
    ("resol|connect|network|timed out|dns error|sending request", "No network? Connect it, or set HTTPS_PROXY"),
    ("", "Mend what the lines above name"),
)


class Refusal(Exception):
    """Why there can be no start, in words for the user, and the exit code that says so."""

    def __init__(self, message: str, code: int = EXIT_FAILED) -> None:
        super().__init__(message)
        self.code = code


def run(command: Sequence[str], *, cwd: Path | None = None) -> str:
    """Run a command quietly and return what it wrote; raises Refusal with its last lines when it fails.

    It gets a session of its own, so that Ctrl+C reaches only us and we end it together with its children; and the
    lock of `only_one`, so that a child which outlives us (kill -9) still keeps the next start waiting.
    """
    with _started(command, cwd) as process:
        try:
            output = process.communicate()[0].decode(errors="replace")
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        name = command[2] if command[1] == "-m" else Path(command[0]).name
        raise Refusal(explain(output, name))
    return output


def explain(output: str, name: str) -> str:
    """A failed command's last lines, and what to do about them."""
    lines = [line for line in output.splitlines() if line.strip()][-LINES_SHOWN:]
    told = "\n".join(lines).lower()
    advice = next(advice for signs, advice in NEXT_STEPS if any(sign in told for sign in signs.split("|")))
    shown = "".join(f"    {line[:LETTERS_SHOWN]}\n" for line in lines)
    return f"{name} failed. Its last lines:\n{shown}{advice}, then start again."


def become(command: list[str], environment: Mapping[str, str], *, held: bool = False) -> int:
    """Turn this process into the command; on Windows, which cannot, attend it and return its exit code.

    With `held`, Ctrl+C and SIGTERM that come while Python starts anew wait until the program can answer them: it has to
    let them through (scenes/__main__.py).
    """
    if os.name == "nt":
        return attend(command, environment)
    import signal

    sys.stdout.flush()
    sys.stderr.flush()
    if held:
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        environment = {**environment, HELD: "1"}
    try:
        os.execve(command[0], command, environment)
    finally:
        if held:  # there is no such program
            signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))


def attend(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command in the foreground to its end and return its exit code; Ctrl+C is its own to answer."""
    import signal
    from subprocess import Popen

    end_on_sigterm()
    with Popen(command, env=environment) as process:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            code = process.wait()
        except BaseException:
            process.terminate()
            raise
        finally:
            signal.signal(signal.SIGINT, before)
    return code if code >= 0 else SIGNALLED - code


def end_on_sigterm() -> None:
    """Make SIGTERM, and a terminal that closes, unwind like Ctrl+C does, so that children end and locks open."""
    import signal

    for name in ("SIGTERM", "SIGHUP"):  # Windows has only the first
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: sys.exit(SIGNALLED + number))


def _started(command: Sequence[str], cwd: Path | None) -> Popen[bytes]:
    """Start a command that cannot ask, speaks English to one pipe, and sees nothing that bends Python."""
    from subprocess import DEVNULL, PIPE, STDOUT, Popen

    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return Popen(
        command,
        cwd=cwd,
        env={**kept, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        start_new_session=True,
        close_fds=False,
    )


def _end(process: Popen[bytes]) -> None:
    """End a child with its children: asked first, forced after PATIENCE (a package system should not be cut off)."""
    import signal
    from subprocess import TimeoutExpired

    if os.name == "nt":
        process.kill()
        return
    for way in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, TimeoutExpired):
            os.killpg(process.pid, way)
            process.wait(PATIENCE)
