"""What a soak says follows from what it measured; and what it runs is the exhibit, with visitors who do something."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine import pauses
from engine.clock import TICK
from scenes import stage as stages
from scenes.diagnosis import soak as module
from scenes.diagnosis.soak import Pace, exhibited, simulated, soak
from scenes.diagnosis.soak_visitor import DATASETS, EPOCHS, POINTS, THEMES, script, visit
from scenes.diagnosis.soak_words import Look, Measured, Minute, figures, slope, verdicts, words
from scenes.training.lifecycle import Status
from scenes.world.world import World


def steady(**changes: Any) -> Measured:
    """Ten minutes in which nothing grows once two of them are over."""
    looks = [Look(n / 10, 200.0 if n >= 20 else 180.0 + n, 100, 10 + n % 3, 30 + n % 5) for n in range(101)]
    minutes = [Minute(float(n), 12.0, 0.5, 2.5) for n in range(1, 11)]
    made = Measured(10.0, runs=120, visitors=10, looks=looks, minutes=minutes)
    return replace(made, **changes)


def growing(**by: float) -> Measured:
    """The same, but each of these grows by so much a minute, all the time."""
    looks = [
        look._replace(
            **{name: getattr(look, name) + type(getattr(look, name))(rate * look.at) for name, rate in by.items()}
        )
        for look in steady().looks
    ]
    return steady(looks=looks)


def failed(measured: Measured) -> list[str]:
    return [verdict.words for verdict in verdicts(figures(measured)) if not verdict.holds]


@pytest.mark.parametrize(
    ("at", "values", "due"),
    [
        ([0, 1, 2, 3], [5.0, 7.0, 9.0, 11.0], 2.0),
        ([0, 1, 2, 3], [1.0, 0.0, 1.0, 0.0], -0.2),
        ([0, 10, 20], [3.0, 3.0, 3.0], 0.0),
        ([4], [3.0], 0.0),
        ([4, 4], [3.0, 9.0], 0.0),
        ([], [], 0.0),
    ],
)
def test_a_slope_is_that_of_least_squares(at: list[float], values: list[float], due: float) -> None:
    assert slope(at, values) == pytest.approx(due)


def test_where_nothing_grows_all_holds() -> None:
    told = figures(steady())
    assert told["memory_mb"] == {"start": 180.0, "warm": 200.0, "end": 200.0, "slope": 0.0}
    assert told["threads"] == {"first": 10, "last": 10} and told["handles"] == {"first": 30, "last": 30}
    assert told["frames"]["first"]["ratio"] == 24.0 and told["frames"]["growth"] == 1.0
    assert not failed(steady())


def test_the_first_fifth_is_not_judged_by() -> None:
    looks = [look._replace(memory=look.memory - 100, objects=1) if look.at < 2 else look for look in steady().looks]
    minutes = [minute._replace(p95=1.0) if minute.at <= 2 else minute for minute in steady().minutes]
    assert not failed(steady(looks=looks, minutes=minutes))


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ({"memory": 0.21}, ["memory grows by at most 0.2 MB a minute: +0.210"]),
        ({"memory": 0.19}, []),
        ({"memory": -3.0}, []),
        ({"objects": 1.0}, ["GL objects stay as many: 102 and 108"]),
        ({"threads": 0.5}, ["threads stay as many: 11 and 14"]),
        ({"handles": 1.0}, ["open handles stay as many: 32 and 38"]),
    ],
)
def test_what_grows_fails_by_itself(by: dict[str, float], why: list[str]) -> None:
    assert failed(growing(**by)) == why


def test_a_thread_that_is_gone_fails_as_one_that_came() -> None:
    looks = [look._replace(threads=9) if look.at > 5 else look for look in steady().looks]
    assert failed(steady(looks=looks)) == ["threads stay as many: 10 and 9"]


def test_what_comes_and_goes_is_nothing_that_stays() -> None:
    looks = [look._replace(objects=200) if n % 2 and look.at > 5 else look for n, look in enumerate(steady().looks)]
    assert not failed(steady(looks=looks))


def test_frames_are_judged_by_the_yardstick_beside_them() -> None:
    slower = [minute._replace(p95=24.0) if minute.at > 5 else minute for minute in steady().minutes]
    assert failed(steady(minutes=slower)) == ["95 of 100 frames take at the end what they took, within 5 %: 2.000"]
    busier = [minute._replace(copy=1.0) if minute.at > 5 else minute for minute in slower]
    assert not failed(steady(minutes=busier))


def test_in_simulated_time_frames_are_not_judged() -> None:
    told = figures(steady(simulated=True, minutes=[]))
    assert "frames" not in told and len(verdicts(told)) == 5
    assert words(told, as_json=False).startswith("10 simulated minutes: 120 runs, 10 visitors")


@pytest.mark.parametrize("changes", [{"runs": 0}, {"amiss": ["a run ended in an error: It is gone."]}])
def test_a_soak_in_which_nothing_ran_or_something_broke_fails(changes: dict[str, Any]) -> None:
    assert len(failed(steady(**changes))) == 1


def test_too_short_a_soak_says_so() -> None:
    with pytest.raises(ValueError, match="too short"):
        figures(steady(looks=[]))


def test_the_table_says_what_was_measured_and_what_fails() -> None:
    lines = words(figures(growing(objects=1.0, memory=0.5)), as_json=False).splitlines()
    assert lines[0] == "10 minutes: 120 runs, 10 visitors"
    assert "memory, MB                   180.0     201.0     205.0   +0.500 MB a minute" in lines
    assert "GL objects                               102       108   +6" in lines
    assert "threads                                   10        10   flat" in lines
    assert "frames, p95, ms                        12.00     12.00" in lines
    assert "  p95 in copies                        24.00     24.00   1.000 times" in lines
    assert [line for line in lines if line.startswith("FAILS: ")] == [
        "FAILS: memory grows by at most 0.2 MB a minute: +0.500",
        "FAILS: GL objects stay as many: 102 and 108",
    ]
    assert len([line for line in lines if line.startswith("holds: ")]) == 4


def test_the_json_has_the_same_figures_and_verdicts() -> None:
    told = figures(growing(handles=1.0))
    read = json.loads(words(told, as_json=True))
    assert read["handles"] == {"first": 32, "last": 38} and read["runs"] == 120
    assert [verdict["holds"] for verdict in read["verdicts"]] == [True, True, True, True, False, True]


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process stays as it is."""
    monkeypatch.setattr(pauses, "avoid", lambda: None)


class Clock:
    """Seconds that pass by so much a tick."""

    def __init__(self, step: float) -> None:
        self.seconds, self._step = 1000.0, step

    def now(self) -> float:
        return self.seconds

    def pass_on(self) -> None:
        self.seconds += self._step


def test_a_few_simulated_seconds_are_an_exhibit_with_runs_and_a_visitor(
    quiet: None, rehearsed: Any, tmp_path: Path
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pace = replace(simulated(stage, pilot.ticking, 20.0), every=1.0)
        measured = exhibited(stage, pace, tmp_path)
        assert stage.app.clock.count == pytest.approx(20 * 60, abs=1), "all time was the exhibit's own"
        assert stage.controller.chosen.epochs == EPOCHS and stage.controller.chosen.points == POINTS
        assert stage.controller.now.status is Status.IDLE, "whoever comes next finds nothing of it"
    assert measured.runs >= 2 and measured.visitors == 1 and measured.amiss == []
    assert [round(look.at * 60) for look in measured.looks] == list(range(21)) and measured.minutes == []
    assert all(look.memory > 10 and look.objects > 10 and look.threads and look.handles for look in measured.looks)


def test_by_another_clock_each_minute_has_its_frames_and_a_yardstick(
    quiet: None, rehearsed: Any, tmp_path: Path
) -> None:
    clock, frames = Clock(0.25), Clock(0.0)
    asked: list[tuple[int, int]] = []

    def ruler(size: tuple[int, int]) -> dict[str, float]:
        asked.append(size)
        return {"copy_ms": 0.5, "loop_ms": 2.0}

    with rehearsed(tmp_path, size=(640, 360)) as (stage, pilot):

        def ticked() -> None:
            pilot.ticking.time.advance(TICK)
            pilot.ticking.time.settle()
            clock.pass_on()

        pace = Pace(65.0, clock.now, ticked=ticked, clock=frames.now, ruler=ruler)
        measured = exhibited(stage, pace, tmp_path)
        assert stage.app.clock.count == 65 * 4
    assert len(measured.looks) == 66 and measured.visitors == 2 and measured.runs
    assert [(round(minute.at, 3), minute.p95, minute.copy) for minute in measured.minutes] == [(1.0, 0.0, 0.5)]
    assert asked == [module.DESIGN]


def test_a_run_that_ends_in_an_error_is_told_of_once(quiet: None, rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.pilot.screen.command("broken")
        measured = exhibited(stage, simulated(stage, pilot.ticking, 20.0), tmp_path)
    assert any(line.startswith("a run ended in an error") for line in measured.amiss)
    assert len(set(measured.amiss)) == len(measured.amiss) and measured.runs == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_ended_early_tells_what_it_has_seen(
    number: signal.Signals, quiet: None, rehearsed: Any, tmp_path: Path
) -> None:
    before = signal.getsignal(number)
    with rehearsed(tmp_path) as (stage, pilot):
        pace = simulated(stage, pilot.ticking, 60.0)
        ended = replace(pace, ticked=lambda: (pace.ticked(), pace.now() > 25.0 and signal.raise_signal(number)))
        measured = exhibited(stage, ended, tmp_path)
    told = figures(measured)
    assert told["early"] and 25 / 60 < told["minutes"] < 26 / 60
    assert words(told, as_json=False).startswith(f"{told['minutes']:g} simulated minutes, ended early: ")
    assert not measured.amiss and signal.getsignal(number) is before


def test_the_verb_prints_its_table_and_its_exit_code_is_the_verdict(
    quiet: None, lent: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stages, "hidden_window", lent)
    monkeypatch.setattr(module, "QUICK", 30.0)  # one look after the warm-up: nothing can have grown
    assert soak(hours=30 / 3600) == 0
    told = capsys.readouterr()
    assert told.out.startswith("0.5 simulated minutes") and "FAILS" not in told.out
    assert "of 0.5 minutes: " in told.err
    monkeypatch.setattr(module, "script", lambda: "run 100ms\nexpect status training\n")
    assert soak(hours=4 / 3600, as_json=True) == 1
    assert "cannot go on" in json.loads(capsys.readouterr().out)["amiss"][0]


@pytest.mark.parametrize("number", [0, 1])
def test_a_visitor_does_what_visitors_do(number: int, rehearsed: Any, tmp_path: Path) -> None:
    seen: dict[str, set[Any]] = {name: set() for name in ("theme", "data", "neuron", "silent", "walk", "top", "rate")}
    with rehearsed(tmp_path) as (stage, pilot):
        stage.controller.set_parameters(epochs=EPOCHS, points=POINTS)
        stage.controller.set_interval(1)
        world = stage.first.find(World)
        for acts in visit(stage, number):
            for event in acts:
                stage.app.handle(event)
            pilot.tick()
            now = stage.controller.now
            seen["theme"].add(stage.appearance.name)
            seen["data"].add(stage.controller.chosen.dataset)
            seen["neuron"].add(world.choice.place)
            seen["silent"].add(len(now.silent))
            seen["walk"].add(world.walk.open)
            seen["top"].add(stage.app.scenes.top is stage.first)
            seen["rate"].add(stage.controller.chosen.learning_rate)
    assert len(seen["theme"]) == 2 and DATASETS[number] in seen["data"]
    assert len(seen["neuron"]) > 2 and seen["silent"] == {0, 1} and seen["walk"] == {False, True}
    assert seen["top"] == {True, False}, "the help was opened"
    assert 0.1 in seen["rate"] and len(seen["rate"]) > 2


def test_the_script_has_all_data_in_all_themes() -> None:
    rows = [line.split() for line in script().splitlines()]
    themes = [row[-1] for row in rows if row[0] == "theme"]
    data = [row[-1] for row in rows if row[:2] == ["press", "dataset"]]
    assert {*zip(themes, data, strict=True)} == {(theme, name) for theme in THEMES for name in DATASETS}
