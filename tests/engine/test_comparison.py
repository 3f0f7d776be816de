"""A fingerprint holds each thing that the pixels may depend on: if one is another, the fingerprint is another."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

import pygame
import pygame.freetype
import pytest

from engine.comparison import fingerprint

DRIVER = {"renderer": "llvmpipe", "version": "4.5"}
CPU = "processor : 0\nvendor_id : {}\n"

Patch = pytest.MonkeyPatch


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A folder with a font and an icon; and a processor that is told by /proc/cpuinfo, wherever this runs."""
    (tmp_path / "plain.ttf").write_bytes(b"font")
    (tmp_path / "start.svg").write_bytes(b"icon")
    _cpu(monkeypatch, CPU.format("GenuineOther"))
    return tmp_path


def _cpu(monkeypatch: Patch, text: str | None) -> None:
    def read_text(path: Path, **_: object) -> str:
        assert path == Path("/proc/cpuinfo")
        if text is None:
            raise OSError
        return text

    monkeypatch.setattr(Path, "read_text", read_text)


CHANGES: dict[str, Callable[[Patch, Path], object]] = {
    "cpu": lambda patch, _: _cpu(patch, CPU.format("AuthenticAnother")),
    "pygame": lambda patch, _: patch.setattr(pygame.version, "ver", "2.9"),
    "sdl": lambda patch, _: patch.setattr(pygame, "get_sdl_version", lambda: (3, 0, 0)),
    "ttf": lambda patch, _: patch.setattr(pygame.font, "get_sdl_ttf_version", lambda: (3, 0, 0)),
    "freetype": lambda patch, _: patch.setattr(pygame.freetype, "get_version", lambda: (3, 0, 0)),
    "assets": lambda _, assets: (assets / "plain.ttf").write_bytes(b"another font"),
}


@pytest.mark.parametrize("key", CHANGES)
def test_what_is_another_here_makes_another_fingerprint(assets: Path, monkeypatch: Patch, key: str) -> None:
    before = fingerprint(DRIVER, assets)
    assert fingerprint(DRIVER, assets) == before
    CHANGES[key](monkeypatch, assets)
    after = fingerprint(DRIVER, assets)
    assert [name for name in before if before[name] != after[name]] == [key]


@pytest.mark.parametrize(("key", "told"), [("renderer", "renderer"), ("gl", "version")])
def test_another_driver_makes_another_fingerprint(assets: Path, key: str, told: str) -> None:
    before, after = fingerprint(DRIVER, assets), fingerprint({**DRIVER, told: "another"}, assets)
    assert [name for name in before if before[name] != after[name]] == [key]


@pytest.mark.parametrize(
    "change",
    [
        lambda assets: (assets / "start.svg").write_bytes(b"another"),
        lambda assets: (assets / "start.svg").rename(assets / "stop.svg"),
        lambda assets: (assets / "deep").mkdir() or (assets / "deep" / "more.ttf").touch(),
    ],
)
def test_every_font_and_icon_counts_with_its_name(assets: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint(DRIVER, assets)["assets"]
    (assets / "notes.txt").touch()
    assert fingerprint(DRIVER, assets)["assets"] == before
    change(assets)
    assert fingerprint(DRIVER, assets)["assets"] != before


def test_without_proc_the_processor_is_what_the_system_calls_it(assets: Path, monkeypatch: Patch) -> None:
    _cpu(monkeypatch, None)
    monkeypatch.setattr(platform, "processor", lambda: "")
    monkeypatch.setattr(platform, "machine", lambda: "riscv")
    assert fingerprint(DRIVER, assets)["cpu"] == "riscv"
