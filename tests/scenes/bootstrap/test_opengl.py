"""OpenGL from packages: as root for the system, as anyone else for the program, by hand where there is no apt."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from scenes.bootstrap import opengl
from scenes.bootstrap.commands import EXIT_NO_GL, Refusal

PLAN = """\
Reading package lists...
Inst libc6 [2.36-9] (2.36-10 Debian:12 [amd64])
Inst libglvnd0 (1.6.0-1 Debian:12.11/stable [amd64])
Inst libegl1:amd64 (1.6.0-1 Debian:12.11/stable [amd64])
Conf libegl1 (1.6.0-1 Debian:12.11/stable [amd64])
"""


class Apt:
    """Plays apt-get and dpkg-deb: remembers the commands, fails as often as told, unpacks two libraries."""

    def __init__(self, *, failures: int = 0) -> None:
        self.failures, self.commands = failures, list[list[str]]()

    def __call__(self, command: list[str], *, cwd: Path | None = None) -> str:
        self.commands.append(command)
        if self.failures:
            self.failures -= 1
            raise Refusal("Unable to locate package")
        if "download" in command and cwd:
            (cwd / "libegl1.deb").touch()
        if command[0] == "dpkg-deb":
            libraries = Path(command[-1]) / "usr/lib/some-linux-gnu"
            libraries.mkdir(parents=True)
            for name in opengl.LIBRARIES:
                (libraries / name).touch()
        return PLAN

    def did(self, word: str) -> list[list[str]]:
        return [command for command in self.commands if word in command]


@pytest.fixture(autouse=True)
def bare_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opengl, "system_files", list)
    monkeypatch.setattr(shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)


def test_without_apt_it_names_the_packages_of_three_families(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Refusal, match=r"apt install libegl1.*dnf install mesa.*pacman -S mesa") as refused:
        opengl.fetch(tmp_path, is_root=True, runner=Apt())
    assert refused.value.code == EXIT_NO_GL


def test_root_installs_for_the_system_with_the_lists_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opengl, "system_files", lambda: ["/usr/lib/libGL.so.1"])
    apt = Apt()
    opengl.fetch(tmp_path / "gl", is_root=True, runner=apt)
    [command] = apt.commands
    assert command[:4] == ["apt-get", "install", "-y", "--no-install-recommends"]
    assert set(opengl.PACKAGES) <= set(command)


def test_root_renews_the_lists_if_that_does_not_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opengl, "system_files", lambda: ["/usr/lib/libGL.so.1"])
    apt = Apt(failures=1)
    opengl.fetch(tmp_path / "gl", is_root=True, runner=apt)
    assert [command[1] for command in apt.commands] == ["install", "update", "install"]


def test_a_failed_installation_ends_with_3_and_both_reasons(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"Unable to locate(.|\n)*OpenGL is missing") as refused:
        opengl.fetch(tmp_path / "gl", is_root=True, runner=Apt(failures=9))
    assert refused.value.code == EXIT_NO_GL


def test_lists_that_could_not_be_fetched_are_told_as_the_cause(tmp_path: Path) -> None:
    def unplugged(command: list[str], *, cwd: Path | None = None) -> str:
        if command[-1] == "update":
            return "W: Failed to fetch http://here/InRelease  Temporary failure resolving 'here'"
        raise Refusal("Unable to locate package")

    for is_root in (True, False):
        with pytest.raises(Refusal, match="No network"):
            opengl.fetch(tmp_path / "gl", is_root=is_root, runner=unplugged)


def test_an_installation_that_brings_no_library_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        opengl.fetch(tmp_path / "gl", is_root=True, runner=Apt())
    assert refused.value.code == EXIT_NO_GL


def test_anyone_else_gets_it_unpacked_and_only_simulates_the_installation(tmp_path: Path) -> None:
    apt = Apt()
    opengl.fetch(tmp_path / "gl", is_root=False, runner=apt)
    assert [Path(file).name for file in opengl.unpacked_files(tmp_path / "gl")] == list(opengl.LIBRARIES)
    assert not (tmp_path / "gl.new").exists()
    assert all("-s" in command for command in apt.did("install"))
    for command in apt.did("apt-get"):
        assert any(word.startswith("Dir::State::Lists=") and str(tmp_path) in word for word in command)
        assert any(word.startswith("Dir::Cache=") and str(tmp_path) in word for word in command)


def test_what_an_earlier_attempt_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "gl.new/root/half").mkdir(parents=True)
    (tmp_path / "gl/old").mkdir(parents=True)
    opengl.fetch(tmp_path / "gl", is_root=False, runner=Apt())
    assert not (tmp_path / "gl/half").exists()
    assert not (tmp_path / "gl/old").exists()


def test_a_failed_download_leaves_nothing_that_looks_whole(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        opengl.fetch(tmp_path / "gl", is_root=False, runner=Apt(failures=1))
    assert opengl.unpacked_files(tmp_path / "gl") == []


def test_a_second_c_library_is_never_unpacked() -> None:
    assert opengl.planned(PLAN) == ["libglvnd0", "libegl1:amd64"]


def test_unpacked_libraries_are_searched_before_the_users_folders(tmp_path: Path) -> None:
    opengl.fetch(tmp_path, is_root=False, runner=Apt())
    found = opengl.variables(tmp_path, library_path="/users/own")
    first, *_, last = found["LD_LIBRARY_PATH"].split(os.pathsep)
    assert (first, last) == (str(tmp_path / "usr/lib/some-linux-gnu"), "/users/own")
    assert found["LIBGL_DRIVERS_PATH"] == str(tmp_path / "usr/lib/some-linux-gnu/dri")
    assert not opengl.variables(tmp_path, library_path="")["LD_LIBRARY_PATH"].endswith(os.pathsep)
