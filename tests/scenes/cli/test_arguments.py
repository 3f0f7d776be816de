"""The command line: which words mean what, and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.cli.arguments import VERBS, VERSION, parse

SIDES = st.integers(min_value=64, max_value=16384)


def test_no_words_open_the_visualizer_and_leave_every_choice_to_others() -> None:
    chosen = vars(parse([], environment={}))
    assert chosen.pop("verb") == "run"
    assert chosen.pop("out") == Path("pictures")
    assert set(chosen.values()) == {None}


def test_options_without_a_verb_belong_to_run() -> None:
    words = ["--size", "800x600", "--theme", "light", "--scale", "1.5", "--seed", "7", "--fullscreen", "--no-vsync"]
    assert vars(parse(words)) == vars(parse(["run", *words]))
    chosen = parse(words)
    assert (chosen.size, chosen.theme, chosen.scale, chosen.seed) == ((800, 600), "light", 1.5, 7)
    assert (chosen.fullscreen, chosen.vsync, chosen.headless) == (True, False, None)


@given(SIDES, SIDES)
def test_every_size_within_bounds_is_read_as_it_is_written(width: int, height: int) -> None:
    assert parse(["--size", f"{width}x{height}"]).size == (width, height)


@pytest.mark.parametrize(
    ("words", "example"),
    [
        (["--size", "63x100"], "1280x720"),
        (["--size", "100x16385"], "1280x720"),
        (["--size", "1280"], "1280x720"),
        (["--size", "0x100"], "1280x720"),
        (["--scale", "nan"], "1.5"),
        (["--scale", "0.74"], "1.5"),
        (["--scale", "3.1"], "1.5"),
        (["film", "a.script", "--scale", "12.1"], "1.5"),
        (["film", "a.script", "--out", "a.avi"], "demo.mp4"),
        (["--scale", "big"], "1.5"),
        (["--seed", "-1"], "7"),
        (["--seed", str(2**63)], "7"),
        (["--seed", "9" * 5000], "7"),
        (["--frames", "0"], "120"),
        (["--url", "ftp://here"], "http://127.0.0.1:3001"),
        (["--url", "http://"], "http://127.0.0.1:3001"),
        (["--url", "http://here:99999"], "http://127.0.0.1:3001"),
        (["serve", "--port", "65536"], "3001"),
        (["serve", "--port", "-1"], "3001"),
        (["bench", "--frames", "many"], "120"),
        (["open", "run.ndjson", "--speed", "501"], "20"),
        (["play", "a.script", "--size", "9x9"], "1280x720"),
    ],
)
def test_a_wrong_value_is_named_with_an_example(
    words: list[str], example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words, environment={})
    told = capsys.readouterr().err.splitlines()[-1]
    assert ended.value.code == 2
    assert repr(words[-1]) in told
    assert f"for example {example}" in told


@pytest.mark.parametrize(
    "words", [["rn"], ["--wide"], ["--theme", "blue"], ["play"], ["serve", "now"], ["--siz", "9x9"]]
)
def test_words_that_mean_nothing_are_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == 2


def test_a_backend_address_loses_its_last_slash() -> None:
    assert parse(["--url", "http://127.0.0.1:3001/"]).url == "http://127.0.0.1:3001"


@pytest.mark.parametrize(
    ("words", "environment", "port"),
    [
        ([], {}, 3001),
        ([], {"PORT": ""}, 3001),
        ([], {"PORT": "8080"}, 8080),
        (["--port", "0"], {"PORT": "8080"}, 0),
    ],
)
def test_the_port_is_the_given_one_else_that_of_the_environment(
    words: list[str], environment: dict[str, str], port: int
) -> None:
    assert parse(["serve", *words], environment=environment).port == port


def test_a_wrong_port_in_the_environment_is_refused_too() -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["serve"], environment={"PORT": "http"})
    assert ended.value.code == 2


def test_a_wrong_port_in_the_environment_troubles_no_other_verb() -> None:
    assert parse(["run"], environment={"PORT": "http"}).verb == "run"


@pytest.mark.parametrize(
    ("words", "script", "patience"),
    [
        ([], None, None),
        (["--attract"], Path("demo.script"), None),
        (["--attract", "tour.script", "--patience", "120"], Path("tour.script"), 120.0),
        (["--attract", "--fullscreen"], Path("demo.script"), None),
    ],
)
def test_an_exhibit_plays_a_script_or_the_demo(words: list[str], script: Path | None, patience: float | None) -> None:
    chosen = parse(words, environment={})
    assert (chosen.verb, chosen.attract, chosen.patience) == ("run", script, patience)


@pytest.mark.parametrize("patience", ["14", "86401", "-60", "1.5", "soon"])
def test_a_wrong_patience_is_refused(patience: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--attract", "--patience", patience], environment={})
    assert ended.value.code == 2
    assert "a whole number of seconds from 15 to 86400" in capsys.readouterr().err


def test_patience_without_an_exhibit_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--patience", "60"], environment={})
    assert ended.value.code == 2
    assert "--patience goes with --attract" in capsys.readouterr().err


def test_serving_stays_on_this_machine_unless_told_otherwise() -> None:
    assert parse(["serve"], environment={}).host == "127.0.0.1"
    assert parse(["serve", "--host", "0.0.0.0", "--delay"], environment={}).delay is True


def test_a_script_is_played_into_the_folder_that_was_named() -> None:
    chosen = parse(["play", "tour.script", "--out", "shots", "--scale", "2"])
    assert (chosen.script, chosen.out, chosen.scale) == (Path("tour.script"), Path("shots"), 2.0)


def test_a_film_takes_only_rates_that_fall_on_ticks(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(["film", "a.script", "--fps", "24"])
    assert "30, 60" in capsys.readouterr().err


def test_a_film_is_called_as_its_script_unless_told_otherwise() -> None:
    chosen = parse(["film", "scripts/tour.script", "--scale", "12"])
    assert (chosen.out, chosen.fps, chosen.scale) == (Path("tour.mp4"), None, 12.0)
    chosen = parse(["film", "tour.script", "--out", "frames/", "--fps", "30"])
    assert (chosen.out, chosen.fps) == (Path("frames"), 30)


def test_a_run_is_opened_in_a_window_like_any_other_or_drawn_into_a_folder() -> None:
    chosen = parse(["open", "run.ndjson"], environment={})
    assert (chosen.what, chosen.out) == (["run.ndjson"], Path("pictures"))
    assert (chosen.headless, chosen.interval) == (None, None)
    words = ["--size", "800x600", "--theme", "light", "--ramp", "safe", "--motion", "reduced", "--scale", "1.5"]
    words += ["--fullscreen", "--no-vsync", "--speed", "20", "--frames", "9", "--headless", "--out", "shots"]
    chosen = parse(["open", "run.ndjson", *words], environment={})
    assert (chosen.size, chosen.theme, chosen.ramp, chosen.motion) == ((800, 600), "light", "safe", "reduced")
    assert (chosen.fullscreen, chosen.vsync, chosen.interval, chosen.frames) == (True, False, 20, 9)
    assert (chosen.headless, chosen.out) == (True, Path("shots"))


@pytest.mark.parametrize(
    "words",
    [[], ["a", "--csv", "b"], ["a", "--seed", "7"], ["a", "--url", "http://a"], ["a", "--speed", "0"]],
)
def test_what_makes_no_sense_with_a_file_is_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["open", *words], environment={})
    assert ended.value.code == 2


@pytest.mark.parametrize("words", [["run"], ["play", "a.script"], ["check", "a.script"], ["film", "a.script"]])
def test_the_class_of_a_table_is_named_beside_it(words: list[str]) -> None:
    chosen = parse([*words, "--csv", "mine.csv", "--class", "kind of rose"], environment={})
    assert (chosen.csv, chosen.class_column) == (Path("mine.csv"), "kind of rose")
    assert parse([*words, "--csv", "mine.csv"], environment={}).class_column is None


@pytest.mark.parametrize("words", [["run"], ["play", "a.script"]])
def test_a_class_without_a_table_is_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([*words, "--class", "kind"], environment={})
    assert ended.value.code == 2 and "--class goes with --csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "minutes", "hours"), [([], 30.0, None), (["--minutes", "4"], 4.0, None), (["--hours", "70"], None, 70.0)]
)
def test_a_soak_takes_minutes_or_the_exhibits_own_hours(
    words: list[str], minutes: float | None, hours: float | None
) -> None:
    chosen = parse(["soak", *words], environment={})
    assert (chosen.minutes, chosen.hours, chosen.json) == (minutes, hours, False)


@pytest.mark.parametrize(
    "words", [["--minutes", "0"], ["--hours", "-1"], ["--minutes", "1.5"], ["--minutes", "4", "--hours", "70"]]
)
def test_a_soak_of_no_length_or_of_two_is_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["soak", *words], environment={})
    assert ended.value.code == 2


def test_every_word_after_test_is_for_pytest() -> None:
    assert parse(["test", "-k", "a or b", "--version"]).pytest == ["-k", "a or b", "--version"]
    assert parse(["test"]).pytest == []


def test_the_version_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.splitlines() == [f"AI Training Visualizer {VERSION}"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([verb, "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith(f"usage: viz.py {verb}")
    assert f"python3 viz.py {verb}" in told


def test_help_names_the_exit_codes_the_variables_and_the_keys(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    told = capsys.readouterr().out
    for word in ("exit codes", "130", "VIZ_API_URL", "VIZ_SOFTWARE", "PORT", "Space", "F11", *VERBS):
        assert word in told
