"""Decides what a start still lacks, does it step by step while others wait, and says what the program starts with."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from . import opengl
from .commands import EXIT_NO_GL, Refusal, end_on_sigterm
from .venv import TURNS, Venv, installers

Step = tuple[str, Callable[[], object]]


def choose(root: Path, environment: Mapping[str, str], lock: str, *, wants_gl: bool) -> Venv:
    """VIZ_VENV, else .venv in the root, else (where that can be neither used nor written) one in the user's cache."""
    named = environment.get("VIZ_VENV")
    if named:
        return Venv(Path(named).expanduser().absolute(), root=root)
    beside = Venv(root / ".venv", root=root)
    if os.access(beside.folder if beside.folder.exists() else root, os.W_OK) or ready(beside, lock, wants_gl=wants_gl):
        return beside
    cache = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA") or Path.home() / ".cache"
    digest = hashlib.sha256(str(root).encode()).hexdigest()[:12]
    return Venv(Path(cache) / "ai-training-visualizer" / digest, root=root)


def ready(venv: Venv, lock: str, *, wants_gl: bool) -> bool:
    """Can a program that needs this lock, and perhaps OpenGL, start at once?"""
    return venv.has(lock) and (not wants_gl or bool(graphics(venv)))


def prepare(venv: Venv, lock: str, *, wants_gl: bool, must_have_gl: bool) -> None:
    """Do what is missing, if anything; raises Refusal when it cannot be had."""
    if ready(venv, lock, wants_gl=wants_gl):
        return
    end_on_sigterm()
    with only_one(venv.folder):
        try:
            perform(missing(venv, lock, wants_gl=wants_gl))
        except Refusal as refusal:
            if refusal.code != EXIT_NO_GL or must_have_gl:
                raise
            print("viz.py:", refusal, file=sys.stderr)


def missing(venv: Venv, lock: str, *, wants_gl: bool) -> list[Step]:
    """The steps between here and `ready`, each with its title."""
    steps: list[Step] = []
    if not venv.has(lock):
        installers("", "")  # refuses before anything is made
        if not venv.works():
            steps.append(("making a private Python environment", venv.make))
        steps.append((f"installing the packages of {lock}", lambda: venv.install(lock)))
    if wants_gl and not graphics(venv):
        steps.append(("getting OpenGL (Mesa, about 50 MB)", lambda: opengl.fetch(venv.gl, is_root=os.geteuid() == 0)))
    return steps


def graphics(venv: Venv) -> list[str]:
    """Files of a usable OpenGL: the system's as remembered, if they still exist, else as found now; empty if none.

    An unpacked one is never remembered, so that a driver which is installed later takes over.
    """
    remembered = venv.promises().get("graphics")
    if remembered and all(map(os.path.exists, remembered)):
        return remembered
    found = opengl.system_files()
    if found and venv.promises():
        with contextlib.suppress(OSError):  # remembering only saves time, and the folder may be read-only
            venv.promise(graphics=found)
    return found or opengl.unpacked_files(venv.gl)


def perform(steps: Sequence[Step]) -> None:
    """Do the steps in order, each with a line on standard error that says how long it took."""
    for number, (title, action) in enumerate(steps, 1):
        print(f"[{number}/{len(steps)}] {title} ... ", end="", file=sys.stderr, flush=True)
        began, outcome = time.monotonic(), "stopped"
        try:
            action()
            outcome = f"{time.monotonic() - began:.1f} s"
        except Exception:
            outcome = "failed"
            raise
        finally:
            print(outcome, file=sys.stderr, flush=True)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; two starts at once take turns. Without fcntl (Windows) there is no such promise."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / TURNS).open("a") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            os.set_inheritable(file.fileno(), True)  # see `run`
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("viz.py: another start is setting up; waiting for it", file=sys.stderr, flush=True)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def child_environment(given: Mapping[str, str], venv: Venv, *, wants_gl: bool) -> dict[str, str]:
    """What the program is started with: what the user set stays, what it needs is added.

    PYTHONPATH and PYTHONHOME are the exception: a foreign one (ROS sets it) would mix its packages into ours.
    """
    ours = {"PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    if given.get("VIZ_SOFTWARE") == "1":
        ours["LIBGL_ALWAYS_SOFTWARE"] = "1"
    child = {**ours, **given}
    files = graphics(venv) if wants_gl else []
    if files and files == opengl.unpacked_files(venv.gl):
        found = opengl.variables(venv.gl, library_path=given.get("LD_LIBRARY_PATH", ""))
        child = {**found, **child, "LD_LIBRARY_PATH": found["LD_LIBRARY_PATH"]}
    child.pop("PYTHONHOME", None)
    return {**child, "PYTHONPATH": str(venv.root)}
