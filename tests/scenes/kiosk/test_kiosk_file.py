"""What an operator sets is read whole; each mistake is told with its line, and what is usual needs no word."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.resources import ASSETS
from scenes.kiosk.kiosk_file import DAYS, KEYS, KioskFile, KioskFileError, example, minutes_of, read


def told(tmp_path: Path, text: str) -> KioskFile:
    path = tmp_path / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(KioskFileError) as raised:
        told(tmp_path, text)
    return str(raised.value).replace(str(tmp_path / "kiosk.toml"), "").split("\n")


def test_the_example_has_every_key_as_usual_and_explains_each(tmp_path: Path) -> None:
    text = example()
    read_again = told(tmp_path, text)
    assert {key.called: read_again[key.called] for key in KEYS} == {key.called: key.usual for key in KEYS}
    for key in KEYS:
        (line,) = [line for line in text.splitlines() if line.startswith(f"{key.name} = ") and key.what in line]
        assert line.split("#")[1].strip() == key.what
    assert set(tomllib.loads(text)["hours"]) == set(DAYS)


def test_what_is_not_written_is_as_usual(tmp_path: Path) -> None:
    assert told(tmp_path, "")["patience"] == KioskFile()["patience"] == 60.0
    assert told(tmp_path, "patience = 30\n[screen]\ntheme = 'light'")["screen.theme"] == "light"
    with pytest.raises(StopIteration):
        KioskFile()["nothing"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("patience = 3", 1, "patience 3 is not within 5 to 3600"),
        ("\npatience = '60'", 2, 'patience "60" is no number'),
        ("pin = 4711", 1, "is no text: put it in quotes"),
        ("pin = '12'", 1, "is not 4 to 12 digits"),
        ("pin = '47 1'", 1, "is not 4 to 12 digits"),
        ("[screen]\ntheme = 'blue'", 2, "is none of dark, light, contrast"),
        ("[screen]\nthem = 'dark'", 2, "screen.them is nothing that can be set"),
        ("# a word\nscren = 1", 2, "scren is nothing that can be set"),
        ("[screen]\nscale = 0.5", 2, "is neither 0 nor within 0.75 to 3"),
        ("[screen]\npointer = 1", 2, "is not true or false"),
        ("[training]\nspeed = 20.5", 2, "is no whole number"),
        ("[training]\nspeed = true", 2, "is not true or false"),
        ("[hours]\nmonday = '9-17'", 2, 'is not "open", "closed"'),
        ("[hours]\nmonday = '18:00-09:00'", 2, 'is not "open", "closed"'),
        ("[limits]\nrestart_at = '25:00'", 2, "is no time of day"),
        ("screen = 5", 1, "screen is a section: write [screen]"),
        ("\n[office]\nport = 8765\nhost = '0.0.0.0'", 4, "needs a token"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    (told_of,) = mistakes(tmp_path, text)
    assert told_of.startswith(f": line {line}: ") and words in told_of


def test_all_mistakes_are_told_at_once_from_the_first_line_on(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "patience = 1\n[screen]\nmotion = 'no'\n[office]\nport = -1\n")
    assert [each.split(":")[1] for each in found] == [" line 1", " line 3", " line 5"]


def test_what_is_no_toml_and_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert "line 2" in mistakes(tmp_path, "patience = 60\npin = \n")[0]
    with pytest.raises(KioskFileError, match="--example prints one"):
        read(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KioskFileError, match="UTF-8"):
        read(tmp_path / "bad.toml")


def test_a_network_that_has_a_token_may_ask(tmp_path: Path) -> None:
    assert told(tmp_path, "[office]\nhost = '0.0.0.0'\ntoken = 'secret'")["office.host"] == "0.0.0.0"


def test_the_screen_is_lit_in_its_hours(tmp_path: Path) -> None:
    file = told(tmp_path, "[hours]\nmonday = '09:00-18:00'\ntuesday = 'closed'\nsunday = '10:30-24:00'")
    at = {"08:59": False, "09:00": True, "17:59": True, "18:00": False}
    assert {clock: file.lit(0, minutes_of(clock)) for clock in at} == at
    assert not file.lit(1, 600) and file.lit(2, 0) and file.lit(6, 23 * 60 + 59) and not file.lit(6, 629)


@given(st.text(max_size=60))
def test_whatever_stands_in_it_is_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        read(path)
    except KioskFileError as why:
        assert str(why).startswith(str(path))


def test_the_logo_is_looked_for_beside_the_file_and_has_to_be_a_picture(tmp_path: Path) -> None:
    told = tmp_path / "kiosk.toml"
    told.write_text('patience = 30.0\nlogo = "ours.png"\n', encoding="utf-8")
    with pytest.raises(KioskFileError, match=r'line 2: logo "ours.png" cannot be read: No such file'):
        read(told)
    (tmp_path / "ours.png").write_bytes(b"GIF89a")
    with pytest.raises(KioskFileError, match=r'line 2: logo "ours.png" is no PNG and no JPEG'):
        read(told)
    (tmp_path / "ours.png").write_bytes((ASSETS / "icon.png").read_bytes())
    assert read(told).logo == tmp_path / "ours.png"
    assert KioskFile().logo is None
