"""What a start lacks is had step by step, once, and a start that lacks nothing does nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from scenes.bootstrap import opengl, preparation
from scenes.bootstrap.commands import EXIT_NO_GL, Refusal
from scenes.bootstrap.locks import DEVELOPMENT_LOCK, LOCKS, RUNTIME_LOCK
from scenes.bootstrap.preparation import child_environment, choose, graphics, missing, perform, prepare, ready
from scenes.bootstrap.venv import Venv


@pytest.fixture(autouse=True)
def no_signal_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "end_on_sigterm", lambda: None)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one OpenGL file that the system has; unlink it, and the system has none."""
    file = tmp_path / "libGL.so.1.7.0"
    file.touch()
    monkeypatch.setattr(opengl, "system_files", lambda: [str(file)] if file.exists() else [])
    return file


@pytest.fixture
def venv(tmp_path: Path, system: Path) -> Venv:
    """An environment in which the runtime lock is installed."""
    for lock in LOCKS:
        (tmp_path / lock).write_text(lock)
    venv = Venv(tmp_path / ".venv", root=tmp_path)
    venv.python.parent.mkdir(parents=True)
    venv.python.touch(mode=0o755)
    venv.promise(packages=[venv.key(RUNTIME_LOCK)])
    return venv


def unpack(venv: Venv) -> Path:
    libraries = venv.gl / "usr/lib/some-linux-gnu"
    libraries.mkdir(parents=True)
    for name in opengl.LIBRARIES:
        (libraries / name).touch()
    return libraries


def titles(venv: Venv, lock: str, *, wants_gl: bool = True) -> list[str]:
    return [title.split()[0] for title, _ in missing(venv, lock, wants_gl=wants_gl)]


def never(*_: object, **__: object) -> Any:
    raise AssertionError("this was not to be asked")


def test_a_start_that_lacks_nothing_takes_no_lock(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "only_one", never)
    prepare(venv, RUNTIME_LOCK, wants_gl=True, must_have_gl=True)


def test_only_what_is_lacking_becomes_a_step(venv: Venv, system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert titles(venv, RUNTIME_LOCK) == []
    monkeypatch.setattr(Venv, "works", lambda _: True)
    assert titles(venv, DEVELOPMENT_LOCK) == ["installing"]
    system.unlink()
    monkeypatch.setattr(Venv, "works", lambda _: False)
    assert titles(venv, DEVELOPMENT_LOCK) == ["making", "installing", "getting"]
    assert titles(venv, RUNTIME_LOCK) == ["getting"]
    assert titles(venv, RUNTIME_LOCK, wants_gl=False) == []


def test_without_an_installer_nothing_is_begun(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> None:
        raise Refusal("no pip")

    monkeypatch.setattr(preparation, "installers", refuse)
    monkeypatch.setattr(Venv, "make", never)
    with pytest.raises(Refusal, match="no pip"):
        prepare(venv, DEVELOPMENT_LOCK, wants_gl=False, must_have_gl=False)


def test_opengl_that_was_found_once_is_not_searched_again(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    found = graphics(venv)
    monkeypatch.setattr(opengl, "system_files", never)
    assert graphics(venv) == found != []


def test_opengl_that_was_removed_is_noticed(venv: Venv, system: Path) -> None:
    assert ready(venv, RUNTIME_LOCK, wants_gl=True)
    system.unlink()
    assert not ready(venv, RUNTIME_LOCK, wants_gl=True)
    assert ready(venv, RUNTIME_LOCK, wants_gl=False)


def test_a_driver_that_is_installed_later_takes_over(venv: Venv, system: Path) -> None:
    system.unlink()
    unpacked = unpack(venv)
    assert graphics(venv)[0].startswith(str(unpacked))
    system.touch()
    assert graphics(venv) == [str(system)]


@pytest.mark.parametrize(("must_have_gl", "code"), [(True, EXIT_NO_GL), (False, 0)])
def test_only_who_must_have_opengl_fails_without_it(
    must_have_gl: bool, code: int, venv: Venv, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refusal("none to be had", EXIT_NO_GL)

    system.unlink()
    monkeypatch.setattr(opengl, "fetch", refuse)
    got = 0
    try:
        prepare(venv, RUNTIME_LOCK, wants_gl=True, must_have_gl=must_have_gl)
    except Refusal as refusal:
        got = refusal.code
    assert got == code


def test_each_step_is_one_line_with_its_place_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    perform([("making", lambda: None), ("installing", lambda: None)])
    first, second = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\[1/2\] making \.\.\. \d+\.\d s", first)
    assert re.fullmatch(r"\[2/2\] installing \.\.\. \d+\.\d s", second)


@pytest.mark.parametrize(("error", "outcome"), [(Refusal("x"), "failed"), (KeyboardInterrupt(), "stopped")])
def test_the_step_that_did_not_end_well_is_the_last(
    error: BaseException, outcome: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        perform([("making", fail), ("installing", never)])
    assert capsys.readouterr().err == f"[1/2] making ... {outcome}\n"


def test_the_folder_that_was_named_is_taken(tmp_path: Path) -> None:
    chosen = choose(tmp_path, {"VIZ_VENV": str(tmp_path / "mine")}, RUNTIME_LOCK, wants_gl=True)
    assert chosen.folder == tmp_path / "mine"


def test_a_folder_that_cannot_be_written_moves_the_set_up_to_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert choose(tmp_path, cache, RUNTIME_LOCK, wants_gl=True).folder == tmp_path / ".venv"
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    chosen = choose(tmp_path, cache, RUNTIME_LOCK, wants_gl=True)
    assert chosen.folder.parent == tmp_path / "cache/ai-training-visualizer"
    assert chosen.root == tmp_path


def test_what_another_user_set_up_completely_is_shared(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert choose(venv.root, {}, RUNTIME_LOCK, wants_gl=True).folder == venv.folder


def test_what_the_user_set_stays_as_it_is(venv: Venv) -> None:
    given = {"PYGAME_HIDE_SUPPORT_PROMPT": "", "LIBGL_ALWAYS_SOFTWARE": "0", "VIZ_SOFTWARE": "1", "LANG": "de"}
    child = child_environment(given, venv, wants_gl=True)
    assert child == {**given, "PYTHONPATH": str(venv.root)}


def test_drawing_with_the_processor_is_one_variable(venv: Venv) -> None:
    assert child_environment({"VIZ_SOFTWARE": "1"}, venv, wants_gl=True)["LIBGL_ALWAYS_SOFTWARE"] == "1"
    assert "LIBGL_ALWAYS_SOFTWARE" not in child_environment({"VIZ_SOFTWARE": "0"}, venv, wants_gl=True)


def test_foreign_python_settings_stay_outside(venv: Venv) -> None:
    child = child_environment({"PYTHONPATH": "/opt/foreign", "PYTHONHOME": "/opt"}, venv, wants_gl=False)
    assert child["PYTHONPATH"] == str(venv.root)
    assert "PYTHONHOME" not in child


def test_unpacked_opengl_is_put_before_the_users_folders_but_not_over_the_users_drivers(
    venv: Venv, system: Path
) -> None:
    system.unlink()
    libraries = unpack(venv)
    given = {"LD_LIBRARY_PATH": "/users/own", "LIBGL_DRIVERS_PATH": "/users/drivers"}
    child = child_environment(given, venv, wants_gl=True)
    assert child["LD_LIBRARY_PATH"].startswith(f"{libraries}{os.pathsep}")
    assert child["LD_LIBRARY_PATH"].endswith("/users/own")
    assert child["LIBGL_DRIVERS_PATH"] == "/users/drivers"
    assert child["__EGL_VENDOR_LIBRARY_DIRS"].startswith(str(venv.gl))
    assert child_environment(given, venv, wants_gl=False)["LD_LIBRARY_PATH"] == "/users/own"
