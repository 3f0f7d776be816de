"""A private Python environment on disk, and the stamp that says which locked packages are in it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from .commands import Refusal, run
from .locks import LOCKS, RUNTIME_LOCK

PYTHON = f"{sys.implementation.name}-{sys.version_info[0]}.{sys.version_info[1]}"
TURNS = "viz.lock"  # held while setting up
OPENGL = "gl"  # folder of an OpenGL that is not the system's
UNFINISHED = "viz-unfinished"  # exists while packages are being installed, and after that went wrong
NO_INSTALLER = (
    "Neither pip nor uv was found: install one (Debian, Ubuntu: apt install python3-pip; "
    "Fedora: dnf install python3-pip; Arch: pacman -S python-pip), then start again."
)

Runner = Callable[..., str]


class Venv:
    """Where the parts of one environment lie, what its stamp promises, how it is made. Asks no network by itself."""

    def __init__(self, folder: Path, *, root: Path, runner: Runner = run) -> None:
        self.folder, self.root, self._run = folder, root, runner
        self.python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.gl, self._stamp, self._unfinished = folder / OPENGL, folder / "viz-stamp.json", folder / UNFINISHED

    def has(self, lock: str) -> bool:
        """Are the lock's packages here? A larger lock serves as well."""
        promised = self.promises().get("packages")
        larger = LOCKS[LOCKS.index(lock) :]
        current = promised is not None and any(promised == [self.key(each)] for each in larger)
        return current and os.access(self.python, os.X_OK)

    def works(self) -> bool:
        """Was it finished, does its Python run, and is that the version we are?"""
        if self._unfinished.exists() or not self.python.exists():
            return False
        question = "import sys; print(f'{sys.implementation.name}-{sys.version_info[0]}.{sys.version_info[1]}')"
        with contextlib.suppress(Refusal, OSError):
            return self._run([str(self.python), "-I", "-c", question]).strip() == PYTHON
        return False

    def make(self) -> None:
        """Empty the folder and put an environment without packages into it."""
        from shutil import which

        clear(self.folder)
        self._unfinished.touch()
        base = getattr(sys, "_base_executable", None) or sys.executable
        uv = which("uv")
        if uv:
            with contextlib.suppress(Refusal):  # its slower twin below tells what is wrong
                self._run([uv, "venv", "--allow-existing", "--python", base, str(self.folder)], cwd=self.root)
        if not self.python.exists():
            self._run([base, "-m", "venv", "--without-pip", str(self.folder)])

    def install(self, lock: str) -> None:
        """Install a lock's packages, each checked against its hash, and promise them only when all are there.

        Where a smaller lock's are here, those stay promised: adding to them changes none, and may fail for want of a
        network.
        """
        if not self.has(RUNTIME_LOCK):
            self._unfinished.touch()
            self._stamp.unlink(missing_ok=True)
        *others, last = installers(str(self.python), str(self.root / lock))
        for command in others:
            with contextlib.suppress(Refusal):
                self._run(command, cwd=self.root)
                break
        else:
            self._run(last, cwd=self.root)
        self.promise(packages=[self.key(lock)])
        self._unfinished.unlink(missing_ok=True)

    def key(self, lock: str) -> str:
        """What must be the same for the installed packages to be those of the lock file."""
        return hashlib.sha256((self.root / lock).read_bytes() + PYTHON.encode()).hexdigest()

    def promises(self) -> dict[str, list[str]]:
        """What the stamp says is here; nothing if there is no readable stamp."""
        try:
            read = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return read if isinstance(read, dict) else {}

    def promise(self, **promises: list[str]) -> None:
        """Add to the stamp, at once or not at all."""
        fresh = self._stamp.with_suffix(".new")
        fresh.write_text(json.dumps({**self.promises(), **promises}), encoding="utf-8")
        fresh.replace(self._stamp)


def installers(python: str, lock: str) -> list[list[str]]:
    """The commands that can install a lock into a Python, the fastest first; raises Refusal if there are none."""
    from importlib.util import find_spec
    from shutil import which

    commands, uv, pip = [], which("uv"), which("pip3") or which("pip")
    if uv:
        commands.append([uv, "pip", "install", "--python", python, "--require-hashes", "--compile-bytecode"])
    if pip or find_spec("pip"):
        start = [sys.executable, "-m", "pip"] if find_spec("pip") else [str(pip)]
        options = ["--require-hashes", "--compile", "--no-user", "--no-input", "--disable-pip-version-check"]
        commands.append([*start, "--python", python, "install", *options])
    if not commands:
        raise Refusal(NO_INSTALLER)
    return [[*command, "-r", lock] for command in commands]


def clear(folder: Path) -> None:
    """Empty an environment's folder but for what outlives a Python; refuses a folder that holds anything else."""
    from shutil import rmtree

    content = [entry for entry in folder.iterdir() if entry.name not in (TURNS, OPENGL)]
    if content and not {"pyvenv.cfg", UNFINISHED} & {entry.name for entry in content}:
        raise Refusal(f"{folder} holds other files, which are not touched: name an empty folder in VIZ_VENV.")
    for entry in sorted(content, key=lambda entry: entry.name == UNFINISHED):  # the mark goes last
        if entry.is_dir() and not entry.is_symlink():
            rmtree(entry)
        else:
            entry.unlink()
