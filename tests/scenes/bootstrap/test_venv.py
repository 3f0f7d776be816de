"""A private environment's stamp keeps its promises, and a set-up that was cut short leaves none."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from scenes.bootstrap import venv as module
from scenes.bootstrap.commands import Refusal
from scenes.bootstrap.locks import CAPTURE_LOCK, DEVELOPMENT_LOCK, LOCKS, RUNTIME_LOCK, VIDEO_LOCK
from scenes.bootstrap.venv import PYTHON, Venv, clear, installers

ROOT = Path(__file__).resolve().parents[3]


class Installer:
    """Plays uv, venv and pip: remembers the commands, makes a Python, fails those it was told to fail."""

    def __init__(self, *failing: str) -> None:
        self.failing, self.commands = failing, list[str]()

    def __call__(self, command: list[str], *, cwd: Path | None = None) -> str:
        words = " ".join(command)
        self.commands.append(words)
        if any(sign in words for sign in self.failing):
            raise Refusal(f"{words} failed")
        if "venv" in command:
            python = Venv(Path(command[-1]), root=Path()).python
            python.parent.mkdir(exist_ok=True)
            python.touch(mode=0o755)
            (Path(command[-1]) / "pyvenv.cfg").touch()
        return PYTHON


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Venv, Installer]]:
    """Makes an environment and installs a lock into it; failures are named by words of the failing command."""
    monkeypatch.setattr(shutil, "which", {"uv": "/bin/uv", "pip3": "/bin/pip3"}.get)
    for lock in LOCKS:
        (tmp_path / lock).write_text(f"{lock}==1\n")

    def make(lock: str, *failing: str) -> tuple[Venv, Installer]:
        installer = Installer(*failing)
        venv = Venv(tmp_path / ".venv", root=tmp_path, runner=installer)
        venv.folder.mkdir(exist_ok=True)
        venv.make()
        venv.install(lock)
        return venv, installer

    return make


Made = Callable[..., tuple[Venv, Installer]]


def test_what_was_installed_is_there_at_the_next_start(made: Made, tmp_path: Path) -> None:
    made(RUNTIME_LOCK)
    again = Venv(tmp_path / ".venv", root=tmp_path)
    assert again.has(RUNTIME_LOCK)
    assert not again.has(DEVELOPMENT_LOCK)


def test_the_development_lock_serves_for_both(made: Made) -> None:
    venv, _ = made(DEVELOPMENT_LOCK)
    assert venv.has(DEVELOPMENT_LOCK)
    assert venv.has(RUNTIME_LOCK)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_serves_for_those_before_it_and_for_none_after(made: Made, lock: str) -> None:
    venv, _ = made(lock)
    assert [each for each in LOCKS if venv.has(each)] == list(LOCKS[: LOCKS.index(lock) + 1])


def test_what_cannot_be_added_leaves_what_is_there_usable(made: Made, tmp_path: Path) -> None:
    made(RUNTIME_LOCK)
    offline = Venv(tmp_path / ".venv", root=tmp_path, runner=Installer("install"))
    with pytest.raises(Refusal, match="pip"):
        offline.install(VIDEO_LOCK)
    assert offline.has(RUNTIME_LOCK) and offline.works()
    assert not offline.has(CAPTURE_LOCK)


@pytest.mark.parametrize(("smaller", "larger"), list(pairwise(LOCKS)))
def test_a_larger_lock_changes_nothing_of_a_smaller_one(smaller: str, larger: str) -> None:
    pins = [
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.M)) for lock in (smaller, larger)
    ]
    assert pins[0] < pins[1]


def test_one_changed_byte_in_the_lock_asks_for_a_new_set_up(made: Made, tmp_path: Path) -> None:
    venv, _ = made(RUNTIME_LOCK)
    (tmp_path / RUNTIME_LOCK).write_text("other\n")
    assert not venv.has(RUNTIME_LOCK)


def test_another_python_asks_for_a_new_set_up(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    venv, _ = made(RUNTIME_LOCK)
    monkeypatch.setattr(module, "PYTHON", "cpython-2.7")
    assert not venv.has(RUNTIME_LOCK)
    assert not venv.works()


def test_a_stamp_without_its_python_promises_nothing(made: Made) -> None:
    venv, _ = made(RUNTIME_LOCK)
    venv.python.unlink()
    assert not venv.has(RUNTIME_LOCK)
    assert not venv.works()


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"packages": "x"}', '{"packages": []}', "\x00"])
def test_a_damaged_stamp_promises_nothing(text: str, made: Made) -> None:
    venv, _ = made(RUNTIME_LOCK)
    (venv.folder / "viz-stamp.json").write_text(text)
    assert not venv.has(RUNTIME_LOCK)


def test_a_failed_installation_leaves_no_stamp_and_is_begun_anew(made: Made, tmp_path: Path) -> None:
    made(RUNTIME_LOCK)
    with pytest.raises(Refusal, match="pip"):
        made(RUNTIME_LOCK, "install")
    broken = Venv(tmp_path / ".venv", root=tmp_path, runner=Installer())
    assert not broken.has(RUNTIME_LOCK)
    assert not broken.works()
    mended, _ = made(RUNTIME_LOCK)
    assert mended.has(RUNTIME_LOCK)
    assert mended.works()


def test_every_package_is_checked_against_its_hash(made: Made) -> None:
    for command in installers("python", "lock"):
        assert "--require-hashes" in command
        assert command[-2:] == ["-r", "lock"]


def test_uv_is_asked_first_and_pip_not_at_all_if_it_does(made: Made) -> None:
    _, installer = made(RUNTIME_LOCK)
    assert [command.split()[0] for command in installer.commands] == ["/bin/uv", "/bin/uv"]


def test_pip_does_what_uv_cannot(made: Made) -> None:
    venv, installer = made(RUNTIME_LOCK, "/bin/uv")
    assert venv.has(RUNTIME_LOCK)
    assert "venv --without-pip" in installer.commands[1]
    assert f"--python {venv.python} install" in installer.commands[-1]


def test_without_pip_and_uv_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(Refusal, match="python3-pip"):
        installers("python", "lock")


def test_this_python_runs_pip_where_it_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    [command] = installers("python", "lock")
    assert command[:5] == [sys.executable, "-m", "pip", "--python", "python"]


def test_clearing_keeps_the_lock_and_the_unpacked_opengl(made: Made) -> None:
    venv, _ = made(RUNTIME_LOCK)
    (venv.folder / "viz.lock").touch()
    (venv.gl / "usr").mkdir(parents=True)
    clear(venv.folder)
    assert sorted(entry.name for entry in venv.folder.iterdir()) == ["gl", "viz.lock"]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(Refusal, match="VIZ_VENV"):
        clear(tmp_path)
    assert (tmp_path / "thesis.tex").exists()


def test_clearing_does_not_follow_links(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/letter").touch()
    folder = tmp_path / "venv"
    folder.mkdir()
    (folder / "pyvenv.cfg").touch()
    (folder / "lib64").symlink_to(tmp_path / "precious")
    clear(folder)
    assert (tmp_path / "precious/letter").exists()
