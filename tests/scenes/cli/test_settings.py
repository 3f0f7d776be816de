"""Which source wins, what is refused and how it is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.settings import save
from scenes.cli.arguments import parse
from scenes.cli.settings import Settings, pixels, remember, resolve

FIELDS = {  # command line, environment, file, and the value that each stands for
    "theme": ("light", "light", "light", "light"),
    "size": ("800x600", "800x600", "800x600", "800x600"),
    "scale": ("1.5", "1.5", 1.5, 1.5),
    "url": ("http://127.0.0.1:1", "http://127.0.0.1:1", "http://127.0.0.1:1", "http://127.0.0.1:1"),
}
OTHERS = {"theme": "dark", "size": "640x480", "scale": "2.0", "url": "http://127.0.0.1:2"}
VARIABLES = {"url": "VIZ_API_URL", "interval": "VIZ_SPEED"}


def variable(field: str) -> str:
    return VARIABLES.get(field, f"VIZ_{field.upper()}")


def resolved(*words: str, path: Path | None = None, **environment: str) -> Settings:
    """The settings in force; a word of complaint fails the test."""
    return resolve(parse(words, environment={}), environment, path, say=pytest.fail)


def stored(folder: Path, **values: Any) -> Path:
    path = folder / "settings.json"
    path.write_text(json.dumps(values))
    return path


def test_told_nothing_the_defaults_hold(tmp_path: Path) -> None:
    assert resolved() == Settings()
    assert resolved(path=tmp_path / "never-written.json") == Settings()
    assert Settings() == Settings(theme="dark", interval=200, url="", size="1280x720", scale=0.0, fullscreen=False)


@pytest.mark.parametrize("field", FIELDS)
def test_the_file_wins_over_the_default(tmp_path: Path, field: str) -> None:
    _, _, kept, value = FIELDS[field]
    assert getattr(resolved(path=stored(tmp_path, **{field: kept})), field) == value != getattr(Settings(), field)


@pytest.mark.parametrize("field", FIELDS)
def test_the_environment_wins_over_the_file(tmp_path: Path, field: str) -> None:
    _, told, _, value = FIELDS[field]
    kept = float(OTHERS[field]) if field == "scale" else OTHERS[field]
    assert getattr(resolved(path=stored(tmp_path, **{field: kept}), **{variable(field): told}), field) == value


@pytest.mark.parametrize("field", FIELDS)
def test_the_command_line_wins_over_the_environment(field: str) -> None:
    word, _, _, value = FIELDS[field]
    assert getattr(resolved(f"--{field}", word, **{variable(field): OTHERS[field]}), field) == value


def test_each_source_fills_what_the_ones_above_leave_open(tmp_path: Path) -> None:
    path = stored(tmp_path, theme="light", interval=100, scale=2.0)
    chosen = resolved("--size", "800x600", path=path, VIZ_SPEED="50")
    assert chosen == Settings(theme="light", interval=50, scale=2.0, size="800x600")


def test_a_size_may_be_numbers_or_text() -> None:
    arguments = parse(["--size", "800x600"], environment={})
    assert arguments.size == (800, 600)
    assert pixels(resolve(arguments, {}, None, say=pytest.fail).size) == (800, 600)
    arguments.size = "1024x768"
    assert pixels(resolve(arguments, {}, None, say=pytest.fail).size) == (1024, 768)


@pytest.mark.parametrize("verb", [["play", "demo.script"], ["bench"], ["run"], ["doctor"], ["serve"]])
def test_the_arguments_of_every_verb_can_be_resolved(verb: list[str]) -> None:
    assert resolved(*verb) == Settings()


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_full_screen_can_be_told_by_the_environment(text: str, value: bool) -> None:
    assert resolved(VIZ_FULLSCREEN=text).fullscreen is value
    assert resolved("--fullscreen", VIZ_FULLSCREEN=text).fullscreen is True


def test_empty_variables_and_those_of_others_count_as_absent() -> None:
    assert resolved(VIZ_SPEED="", VIZ_THEME="", SPEED="20", VIZ_UNKNOWN="x", VIZ_INTERVAL="20") == Settings()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        *[("VIZ_THEME", "pink", "theme 'pink'"), ("VIZ_SPEED", "0", "speed 0"), ("VIZ_SPEED", "501", "speed 501")],
        *[("VIZ_SPEED", "fast", "interval"), ("VIZ_SPEED", "1.5", "interval"), ("VIZ_SCALE", "big", "scale")],
        *[("VIZ_SCALE", value, "scale") for value in ("0.74", "0.1", "3.01", "nan", "inf", "-1")],
        *[
            ("VIZ_SIZE", value, f"size '{value}'")
            for value in ("1280", "63x720", "1280x", "x", "axb", "-1x720", "1x2x3", "99999x99999")
        ],
        ("VIZ_FULLSCREEN", "perhaps", "fullscreen"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(name: str, value: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        resolved(**{name: value})


@pytest.mark.parametrize(
    "values", [{"theme": "pink"}, {"interval": 0}, {"scale": 9.0}, {"size": "none"}, {"theme": "light", "scale": 9.0}]
)
def test_a_stored_value_that_does_not_fit_is_passed_over_with_a_word(tmp_path: Path, values: dict[str, Any]) -> None:
    said: list[str] = []
    path = stored(tmp_path, **values)
    assert resolve(parse([], environment={}), {}, path, say=said.append) == Settings()
    assert len(said) == 1 and "Defaults are used" in said[0]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"theme":7}', b"[" * 100_000, b" " * 10**5]
)
def test_a_broken_file_is_set_aside_with_a_word(tmp_path: Path, content: bytes) -> None:
    said: list[str] = []
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert resolve(parse([], environment={}), {"VIZ_SPEED": "50"}, path, say=said.append) == Settings(interval=50)
    assert len(said) == 1 and "defaults are used" in said[0]
    assert (path.exists(), (tmp_path / "settings.broken").read_bytes()) == (False, content)


def test_what_was_changed_by_hand_is_remembered_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    assert save(Settings(scale=1.5, url="http://127.0.0.1:1"), path)
    assert remember(path, theme="light", ramp="safe", motion="reduced", interval=50)
    assert resolved(path=path) == Settings(
        theme="light", ramp="safe", motion="reduced", interval=50, scale=1.5, url="http://127.0.0.1:1"
    )


def test_the_first_start_leaves_a_file_though_nothing_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert remember(path, theme="dark", ramp="seed", motion="full", interval=200)
    assert path.exists() and resolved(path=path) == Settings()


def test_what_a_newer_program_has_saved_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"url": "http://127.0.0.1:1", "later": [1, 2]}')
    assert remember(path, theme="light", ramp="safe", motion="reduced", interval=200)
    kept = json.loads(path.read_text())
    assert (kept["later"], kept["url"], kept["theme"]) == ([1, 2], "http://127.0.0.1:1", "light")


def test_a_file_that_cannot_be_read_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"url": "http://127.0.0.1:1"}')

    def refuse(_: Path) -> bytes:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        assert remember(path, theme="light", ramp="safe", motion="reduced", interval=200) is False
    assert json.loads(path.read_text()) == {"url": "http://127.0.0.1:1"}


def test_what_only_this_start_was_told_is_not_remembered(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert resolved("--size", "800x600", path=path).size == "800x600"
    assert remember(path, theme="light", ramp="safe", motion="reduced", interval=200)
    assert resolved(path=path) == Settings(theme="light", ramp="safe", motion="reduced")


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    place = tmp_path / "file" / "settings.json"
    assert remember(place, theme="light", ramp="seed", motion="full", interval=50) is False


def test_quality_is_told_by_the_command_line_or_the_environment() -> None:
    assert resolved(VIZ_QUALITY="full").quality == resolved("--quality", "full").quality == "full"
    assert resolved("--quality", "auto", VIZ_QUALITY="full").quality == "auto"
    with pytest.raises(ValueError, match="quality 'low' is not known: choose auto or full"):
        resolved(VIZ_QUALITY="low")
