"""Settings are whole or the defaults; no file, however broken, and no full disk ends the program."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine import settings


@dataclass(frozen=True)
class Chosen:
    """Something to keep."""

    theme: str = "dark"
    epochs: int = 50
    scale: float = 1.0
    vsync: bool = True


OLD = Chosen(theme="light", epochs=7)
BROKEN = {
    "half a file": b'{"theme": "li',
    "empty": b"",
    "huge": b" " * (settings.LARGEST + 1),
    "binary": bytes(range(256)),
    "not UTF-8": b'{"theme": "\xff\xfe"}',
    "a list": b"[]",
    "null": b"null",
    "wrong types": b'{"epochs": "many"}',
    "deeply nested": b"[" * 5000,
    "nothing but zeros": bytes(100),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where nothing lies yet, not even a folder."""
    return tmp_path / "config" / "settings.json"


def loaded(path: Path) -> tuple[Chosen, list[str]]:
    """The settings, and what was said."""
    said: list[str] = []
    return settings.load(Chosen, path, say=said.append), said


def test_what_was_saved_is_loaded_again(path: Path) -> None:
    assert settings.save(OLD, path)
    assert loaded(path) == (OLD, [])
    assert json.loads(path.read_text(encoding="utf-8"))["theme"] == "light"


def test_no_file_means_the_defaults_and_no_word(path: Path) -> None:
    assert loaded(path) == (Chosen(), [])


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_moved_aside_and_the_defaults_are_used(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    found, said = loaded(path)
    assert found == Chosen()
    assert len(said) == 1 and str(path) in said[0] and "settings.broken" in said[0]
    assert path.with_suffix(".broken").read_bytes() == content
    assert not path.exists()


def test_unknown_fields_are_passed_over_and_missing_ones_are_defaults(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"epochs": 3, "from_the_future": [1]}', encoding="utf-8")
    assert loaded(path) == (Chosen(epochs=3), [])


def test_a_folder_in_place_of_the_file_is_told_and_left_alone(path: Path) -> None:
    path.mkdir(parents=True)
    found, said = loaded(path)
    assert found == Chosen()
    assert len(said) == 1 and str(path) in said[0]
    assert path.is_dir()


@pytest.mark.parametrize("failing", ["replace", "fsync"])
def test_a_failure_while_saving_leaves_the_old_file_whole(
    path: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(OLD, path)

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, failing, fail)
        assert not settings.save(Chosen(theme="dark"), path)
    assert loaded(path) == (OLD, [])
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_the_new_file_is_on_the_disk_before_it_takes_the_old_ones_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (done.append("fsync"), fsync(file)))
    monkeypatch.setattr(os, "replace", lambda *names: (done.append("replace"), replace(*names)))
    assert settings.save(OLD, path)
    assert done == ["fsync", "replace"]


def test_a_folder_that_cannot_be_made_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert not settings.save(OLD, tmp_path / "file" / "settings.json")


def test_text_that_cannot_be_encoded_is_not_saved_and_spoils_nothing(path: Path) -> None:
    settings.save(OLD, path)
    assert not settings.save(Chosen(theme="\udcff"), path)
    assert loaded(path) == (OLD, [])


def test_given_values_win_and_absent_ones_do_not() -> None:
    assert settings.override(OLD, {"epochs": 9, "theme": None, "unknown": 1}) == Chosen(theme="light", epochs=9)


def test_words_are_read_as_the_fields_own_types() -> None:
    chosen = settings.override(Chosen(), {"epochs": "12", "scale": "1.5", "vsync": "false"})
    assert chosen == Chosen(epochs=12, scale=1.5, vsync=False)


@pytest.mark.parametrize(("name", "value"), [("epochs", "many"), ("scale", "x"), ("vsync", "perhaps"), ("epochs", 1.5)])
def test_a_value_that_does_not_fit_is_refused_by_the_fields_name(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=name):
        settings.override(Chosen(), {name: value})


def test_the_environment_gives_what_carries_the_prefix_and_is_not_empty() -> None:
    environment = {"VIZ_THEME": "light", "VIZ_EPOCHS": "", "PATH": "/bin", "XVIZ_SCALE": "2"}
    assert settings.from_environment("VIZ_", environment) == {"theme": "light"}


def test_settings_lie_in_a_folder_of_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    path = settings.default_path("some-program")
    assert path.name == "settings.json"
    assert "some-program" in path.parts
