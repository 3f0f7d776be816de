"""The command: its line, its signals, its exit codes, and nothing else on the screen."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from simulation_server.__main__ import main
from simulation_server.backend import Backend

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def serving(*arguments, **environment):
    """Run the command; yield the process and its address."""
    command = [sys.executable, "-m", "simulation_server", *arguments]
    inherited = {name: value for name, value in os.environ.items() if name != "PORT"}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=inherited | environment, **streams) as process:
        try:
            yield process, re.search(r"http://\S+", process.stdout.readline())[0]
        finally:
            process.kill()


def is_healthy(url):
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        f"{url}/api/health", timeout=300
    ) as response:
        return response.status == 200


def train(url):
    request = urllib.request.Request(f"{url}/api/train", method="POST")
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=300) as response:
        return response.read()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_the_server_without_a_word(number, code):
    with serving(PORT="0") as (process, url):
        assert train(url).startswith(b'{"success":true')
        process.send_signal(number)
        assert process.communicate(timeout=300) == ("", "")
        assert process.returncode == code


def test_a_signal_in_mid_request_ends_the_server_and_sends_no_half_answer():
    with serving("--port", "0", "--delay", "60000", "--verbose") as (process, url):
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=300) as client:
            client.sendall(b"POST /api/train HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert is_healthy(url)
            process.terminate()
            with contextlib.suppress(ConnectionResetError):  # as good as an end, for a client
                assert client.recv(1) == b""
        assert process.wait(timeout=300) == 0


def test_two_processes_with_one_seed_send_the_same_bytes():
    with serving("--port", "0", "--seed", "7") as (_, first), serving("--port", "0", "--seed", "7") as (_, second):
        assert first != second
        assert [train(first), train(first)] == [train(second), train(second)]


def test_a_taken_port_is_one_line_and_exit_code_1(capsys):
    with Backend() as backend:
        assert main(["--port", backend.url.rpartition(":")[2]]) == 1
    out, error = capsys.readouterr()
    assert out == "" and error.count("\n") == 1 and "is taken" in error


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "x"],
        ["--port", "65536"],
        ["--seed", "-1"],
        ["--seed", "9" * 5000],
        ["--delay", "fast"],
        ["--delay", "9-3"],
    ],
)
def test_a_wrong_argument_is_a_usage_error(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2 and "Traceback" not in capsys.readouterr().err


def test_a_wrong_port_in_the_environment_is_a_usage_error(monkeypatch):
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2


def test_the_help_names_every_option(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    text = capsys.readouterr().out
    assert caught.value.code == 0
    assert all(option in text for option in ("--host", "--port", "--seed", "--delay", "--verbose", "3001"))
