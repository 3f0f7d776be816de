"""The desktop's dialog is another program, which nobody waits for: here one that answers as we like."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from engine.file_dialog import FileDialog, commands


def answers(words: str, code: int = 0) -> tuple[str, ...]:
    """A program that says so and ends so."""
    return (sys.executable, "-c", f"import sys; sys.stdout.buffer.write({words!r}.encode()); sys.exit({code})")


def ended(dialog: FileDialog) -> Path | None:
    asked = dialog._asked
    assert isinstance(asked, Popen)
    asked.wait()
    return dialog.chosen()


@pytest.mark.parametrize(
    ("platform", "environ", "first"),
    [
        ("linux", {"DISPLAY": ":0"}, "zenity"),
        ("linux", {"WAYLAND_DISPLAY": "w", "XDG_CURRENT_DESKTOP": "KDE"}, "kdialog"),
        ("linux", {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}, "zenity"),
        ("darwin", {}, "osascript"),
        ("win32", {}, "powershell"),
        ("linux", {}, None),
    ],
)
def test_each_desktop_has_its_own_dialog(platform: str, environ: dict[str, str], first: str | None) -> None:
    found = commands(platform, environ)
    assert (found[0][0] if found else None) == first


@pytest.mark.parametrize(
    ("words", "code", "path"),
    [
        ("/tmp/my table.csv\n", 0, Path("/tmp/my table.csv")),
        ("/tmp/größe.csv", 0, Path("/tmp/größe.csv")),
        ("", 1, None),  # cancelled
        ("\n", 0, None),
        ("/tmp/half", 1, None),
    ],
)
def test_what_was_chosen_is_told_once(words: str, code: int, path: Path | None) -> None:
    dialog = FileDialog([answers(words, code)])
    assert dialog.chosen() is None
    assert dialog.ask()
    assert ended(dialog) == path
    assert dialog.chosen() is None


def test_a_program_that_is_missing_or_cannot_be_run_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)
    assert not FileDialog().ask()
    assert not FileDialog([("no-such-program",), (os.fspath(broken),)]).ask()
    dialog = FileDialog([("no-such-program",), (os.fspath(broken),), answers("/a")])
    assert dialog.ask() and ended(dialog) == Path("/a")


def test_one_dialog_at_a_time_and_none_once_the_window_is_gone() -> None:
    waits = (sys.executable, "-c", "import sys; sys.stdin.read(); import threading; threading.Event().wait()")
    dialog = FileDialog([waits])
    assert dialog.ask()
    first: Any = dialog._asked
    assert dialog.ask() and dialog._asked is first and dialog.chosen() is None
    dialog.close()
    assert first.returncode is not None and dialog.chosen() is None
    dialog.close()
