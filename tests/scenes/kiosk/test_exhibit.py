"""What visitors and staff can do with an exhibit: no way out, a corner that is held, a PIN, a screen that sleeps."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engine.input import Drop, FocusLost, Key, Move, Press, Quit, Release, Resize, Scroll
from engine.retry import Attempt
from engine.worker import Cancellation
from scenes.cli.settings import Settings
from scenes.embedded import Embedded
from scenes.exhibit.attract import Attract
from scenes.kiosk import exhibit as module
from scenes.kiosk.backup_source import AGAIN as AGAIN_LATER
from scenes.kiosk.backup_source import BackupSource
from scenes.kiosk.exhibit import Exhibit
from scenes.kiosk.guard import CORNER, HELD, Guard
from scenes.kiosk.kiosk_file import KioskFile
from scenes.kiosk.staff_scene import ALONE, StaffScene
from scenes.kiosk.supervisor import AGAIN, QUIT
from scenes.kiosk.visits import Visits
from scenes.stage import OPENINGS
from scenes.training.epoch import Ending, Epoch
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.http import HttpSource


@pytest.mark.parametrize(
    "event",
    [
        Quit(),
        Drop(Path("x.csv")),
        Key("escape"),
        Key("f11"),
        Key("f"),
        Key("f12"),
        *(Key(name, ctrl=True) for name in "qcvowf"),
        Key("f", shift=True),
    ],
)
def test_nothing_leads_out(event: Any) -> None:
    assert not Guard(lambda: None).hear(event)


@pytest.mark.parametrize("event", [Key("space"), Key("z", ctrl=True), Key("t"), Press((300.0, 300.0)), Key("f1")])
def test_what_visitors_may_do_they_can(event: Any) -> None:
    assert Guard(lambda: None).hear(event)


def held(*events: Any, seconds: float = HELD) -> int:
    opened: list[bool] = []
    guard = Guard(lambda: opened.append(True))
    for event in events:
        guard.hear(event)
    for _ in range(10):
        guard.tick(seconds / 10 + 1e-9)
    return len(opened)


def test_the_corner_opens_after_three_seconds_and_no_sooner() -> None:
    corner = Press((10.0, 10.0))
    assert held(corner) == 1
    assert held(corner, seconds=HELD * 0.9) == 0
    assert held(corner, Release((10.0, 10.0))) == 0
    assert held(corner, FocusLost()) == 0
    assert held(corner, Move((CORNER + 1.0, 10.0), held=True)) == 0
    assert held(corner, Move((20.0, 12.0), held=True)) == 1, "a finger trembles"
    assert held(Press((CORNER + 1.0, 10.0))) == 0


def test_while_the_screen_sleeps_nobody_hears_but_the_corner() -> None:
    opened: list[bool] = []
    guard = Guard(lambda: opened.append(True))
    guard.shut = True
    assert not guard.hear(Press((10.0, 10.0))) and not guard.hear(Key("space"))
    guard.tick(HELD)
    assert opened


class Attracting:
    """What an exhibit asks of the attract loop."""

    def __init__(self) -> None:
        self.away, self.idle, self.rests = False, 0.0, False


@pytest.fixture
def shown(request: Any, rehearsed: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[tuple[Any, Any, Any, Any]]:
    """A stage, its pilot, the exhibit on it, and the clock on the wall. It opens with the scene that is asked for."""
    wall = [datetime(2026, 11, 30, 12, 0)]  # a Monday

    class Wall(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return wall[0]

    monkeypatch.setattr(module, "datetime", Wall)
    told = KioskFile(values={"pin": "4711", "hours.monday": "09:00-18:00"})
    with rehearsed(tmp_path, opening=OPENINGS[getattr(request, "param", "dashboard")]) as (stage, pilot):
        attracting: Any = Attracting()
        yield stage, pilot, Exhibit(told, stage, attracting, tmp_path / "kiosk"), wall


def texts(stage: Any) -> list[str]:
    stage.app.draw()
    return [text["text"] for text in stage.app.scenes.top.entries()["texts"]()]


def places(stage: Any) -> dict[str, Any]:
    found: dict[str, Any] = stage.app.scenes.top._places()
    return found


def press(stage: Any, *names: str) -> None:
    for name in names:
        stage.app.handle(Press(tuple(map(float, places(stage)[name].middle))))


@pytest.mark.parametrize("gone", [False, True])
def test_a_window_that_is_closed_goes_on_unless_its_compositor_is_gone(
    shown: Any, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    stage, _, exhibit, _ = shown
    monkeypatch.setattr(module, "compositor_gone", lambda: gone)
    assert not stage.app.guard(Quit())
    assert stage.app.goes_on is not gone and exhibit.code == AGAIN


def test_staff_opens_with_the_pin_and_ends_or_starts_it_anew(shown: Any) -> None:
    stage, _, exhibit, _ = shown
    exhibit._staff()
    assert isinstance(stage.app.scenes.top, StaffScene)
    press(stage, "back")
    assert stage.app.scenes.top is stage.first
    exhibit._staff()
    press(stage, "1", "enter")
    assert "That is not it" in texts(stage)
    press(stage, "4", "7", "1", "1")
    assert "••••" in texts(stage)
    press(stage, "enter")
    assert {"status", "Start anew", "Quit", "Back"} <= set(texts(stage))
    press(stage, "back")
    assert stage.app.scenes.top is stage.first
    for name, code in (("quit", QUIT), ("again", AGAIN)):
        exhibit._staff()
        for digit in "4711":
            stage.app.handle(Key(digit))
        stage.app.handle(Key("return"))
        press(stage, name)
        assert exhibit.code == code and not stage.app.goes_on
        stage.app._ended = False
        exhibit._close_staff()


def test_guessing_makes_wait_and_an_abandoned_panel_closes(shown: Any) -> None:
    stage, _, exhibit, _ = shown
    exhibit._staff()
    for _ in range(3):
        press(stage, "0", "enter")
    assert any(text.startswith("Wait") for text in texts(stage))
    press(stage, "4", "7", "1", "1", "enter")
    assert not stage.app.scenes.top.open
    exhibit._close_staff()
    exhibit._staff()
    assert any(text.startswith("Wait") for text in texts(stage)), "to close it and come back does not help"
    for _ in range(round(ALONE) + 1):
        stage.app.scenes.top.tick(1.0)
    assert stage.app.scenes.top is stage.first


def test_without_a_pin_there_is_no_panel(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, _):
        Exhibit(KioskFile(), stage, None, tmp_path / "kiosk")._staff()
        assert stage.app.scenes.top is stage.first


def test_outside_its_hours_the_screen_is_black_and_comes_back(shown: Any) -> None:
    stage, pilot, exhibit, wall = shown
    exhibit._look(1.0)
    assert stage.app.scenes.top is stage.first
    wall[0] = datetime(2026, 11, 30, 18, 0)
    exhibit._look(1.0)
    assert not stage.app.guard(Press((300.0, 300.0))) and exhibit._attract.rests
    stage.app.draw()
    assert not stage.app.renderer.pixels().any() and exhibit.status()["asleep"]
    exhibit._staff()
    assert isinstance(stage.app.scenes.top, StaffScene) and stage.app.guard(Press((300.0, 300.0)))
    exhibit._close_staff()
    assert not stage.app.guard(Press((300.0, 300.0)))
    wall[0] = datetime(2026, 12, 1, 9, 0)
    exhibit._look(1.0)
    pilot.tick()
    stage.app.draw()
    assert stage.app.renderer.pixels().any() and stage.app.guard(Press((300.0, 300.0)))


def test_the_picture_has_to_move_where_it_should(shown: Any) -> None:
    stage, pilot, exhibit, _ = shown
    assert exhibit._moves()
    stage.appearance.choose(motion="reduced")
    assert not exhibit._moves()
    pilot.press("start")
    pilot.until("training", within="30s")
    assert exhibit._moves()
    pilot.press("pause")
    assert not exhibit._moves()


def test_the_office_gets_the_picture_that_the_loop_makes(shown: Any) -> None:
    stage, _, exhibit, _ = shown
    stage.app.draw()
    got: list[bytes | None] = []
    asking = threading.Thread(target=lambda: got.append(exhibit.picture()))
    asking.start()
    exhibit._wanted.wait(5)
    stage.app.shown()
    asking.join(5)
    assert got[0] is not None and got[0].startswith(b"\x89PNG")
    assert exhibit.status()["status"] == "idle"


class Counted:
    """Where visits are counted."""

    def __init__(self) -> None:
        self.stays: list[float] = []
        self.runs = 0

    def completed(self) -> None:
        self.runs += 1

    def visited(self, seconds: float, language: str) -> None:
        assert language == "tr", "that of the visitor, not of the demonstration that follows"
        self.stays.append(seconds)


def test_a_stay_ends_with_the_last_touch_and_a_demonstration_is_nobodys_run() -> None:
    counted = Counted()
    spoken = "en"
    visits = Visits(counted, lambda: spoken)
    for second in range(200):
        away = second < 20 or second >= 100
        spoken = "en" if away else "tr"
        idle = max(0.0, second - 60.0) if second >= 20 else 0.0
        status = Status.COMPLETE if second in (10, 50) else Status.TRAINING
        visits.look(1.0, away=away, idle=idle, status=status)
    assert counted.stays == [40.0] and counted.runs == 1


class Given:
    """A source that gives a run, or fails."""

    takes_parameters = True

    def __init__(self, name: str) -> None:
        self.name, self.fails, self.asked = name, "", 0

    def run(self, parameters: Parameters, cancellation: Any, report: Any) -> Ending:
        self.asked += 1
        report(Attempt(1, 4, 0.0))
        if self.fails:
            raise RunError("It does not answer.", hint="", code=self.fails)
        report(TrainingRun(parameters))
        return Ending("complete", self.name)

    def preview(self, parameters: Parameters) -> None:
        return None

    def refusal(self, parameters: Parameters) -> str:
        return ""

    def close(self) -> None:
        pass


def test_while_the_other_backend_does_not_answer_ours_takes_over_and_goes_back() -> None:
    first, second, now, said = Given("first"), Given("second"), [0.0], list[str]()
    source = BackupSource(first, second, say=said.append, now=lambda: now[0])
    heard: list[Any] = []
    nobody: Any = None

    def asked() -> str:
        heard.clear()
        report: Any = heard.append
        return source.run(Parameters(), nobody, report).reason

    assert asked() == "first" and [type(each) for each in heard] == [TrainingRun]
    first.fails = "unreachable"
    assert asked() == "second" and first.asked == 2 and len(said) == 1
    assert asked() == "second" and first.asked == 2, "it is left alone for a while"
    now[0] += AGAIN_LATER
    first.fails = ""
    assert asked() == "first" and "again" in said[-1]
    first.fails = "stopped"
    with pytest.raises(RunError):
        asked()


class Halved:
    """A source whose runs break off after so many epochs."""

    takes_parameters = True

    def __init__(self, real: Any, epochs: int) -> None:
        self._real, self._left = real, epochs

    def run(self, parameters: Parameters, cancellation: Any, report: Any) -> Ending:
        def some(value: Any) -> None:
            report(value)
            if isinstance(value, Epoch) and value.number == self._left:
                raise RunError("The connection broke.", hint="", code="broken-stream")

        ending: Ending = self._real.run(parameters, cancellation, some)
        return ending

    def close(self) -> None:
        pass


@pytest.mark.parametrize("broken", [1, 7, 19])
def test_a_run_that_breaks_off_is_gone_on_with_to_the_same_bits(broken: int) -> None:
    backend, said = Embedded(7), list[str]()
    wanted = Parameters(source="trained", dataset="circle", epochs=20, points=60, seed=11)
    with backend:
        ours = HttpSource(backend.url, embedded=True, header=backend.header)
        whole, gone_on = list[Any](), list[Any]()
        ours.run(wanted, Cancellation(), whole.append)
        source: Any = BackupSource(Halved(ours, broken), ours, say=said.append, now=lambda: 0.0)
        ending = source.run(replace(wanted, seed=None), Cancellation(), gone_on.append) if broken == 7 else None
        if broken == 7:
            assert ending.status == "complete" and [e.number for e in gone_on[1:]] == list(range(1, 21))
        gone_on.clear()
        source = BackupSource(Halved(ours, broken), ours, say=said.append, now=lambda: 0.0)
        source.run(wanted, Cancellation(), gone_on.append)
    whole = [each for each in whole if isinstance(each, Epoch)]
    epochs = [each for each in gone_on if isinstance(each, Epoch)]
    assert [type(each) for each in gone_on].count(TrainingRun) == 1 and len(epochs) == 20
    assert [(e.loss, e.validation_loss) for e in epochs] == [(e.loss, e.validation_loss) for e in whole]
    assert "takes over" in said[-1]


def test_a_run_that_nobody_can_give_again_is_not_continued_by_another(tmp_path: Path) -> None:
    backend = Embedded(7)
    wanted = Parameters(source="trained", dataset="circle", epochs=20, points=60, seed=11)

    class Other(Halved):
        def run(self, parameters: Parameters, cancellation: Any, report: Any) -> Ending:
            return super().run(replace(parameters, noise=0.3), cancellation, report)

    with backend:
        ours = HttpSource(backend.url, embedded=True, header=backend.header)
        source: Any = BackupSource(Other(ours, 5), ours, say=str, now=lambda: 0.0)
        heard: list[Any] = []
        with pytest.raises(RunError, match="broke"):
            source.run(wanted, Cancellation(), heard.append)
    assert [each.number for each in heard if isinstance(each, Epoch)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("shown", list(OPENINGS), indirect=True)
def test_whatever_visitors_do_nothing_ends_and_nothing_is_left_for_the_next_one(shown: Any, tmp_path: Path) -> None:
    stage, pilot, exhibit, _ = shown
    chosen = Settings(theme="dark", motion="reduced", interval=200)
    stage.appearance.choose(motion="reduced")
    attract = Attract(
        Path("demo.script"), stage, stage.window, chosen=chosen, server=None, patience=60.0, say=print, pointer=False
    )
    attract._begin_anew()
    pilot.run("2s")
    before, chance = stage.first.describe(), random.Random(7)
    width, height = stage.app.renderer.size
    words = ("space", "escape", "tab", "f1", "f11", "f12", "left", "home")
    names = [*"0123456789 abcdefghijklmnopqrstuvwxyz,.[]+-", *words]
    files = sorted(tmp_path.rglob("*"))
    for number in range(500 if stage.first.name == "compare" else 1500):
        at = (chance.uniform(0, width - 1), chance.uniform(0, height - 1))
        event: Any = chance.choice(
            [
                Press(at),
                Release(at),
                Move(at, held=chance.random() < 0.5),
                Scroll(at, chance.uniform(-3, 3)),
                Resize((chance.randint(300, 1600), chance.randint(300, 1200))),
                Key(chance.choice(names), ctrl=chance.random() < 0.3, shift=chance.random() < 0.2),
                Quit(),
                Drop(tmp_path / "x.csv"),
                FocusLost(),
            ]
        )
        stage.app._handle(stage.window, event)
        if number % 3 == 0:
            pilot.tick()
    assert stage.app.goes_on and not stage.window.fullscreen and sorted(tmp_path.rglob("*")) == files
    stage.app._handle(stage.window, Resize((width, height)))
    attract._begin_anew()
    pilot.run("2s")
    after = stage.first.describe()
    assert {name: after[name] for name in before} == before
    del exhibit


class Spoken:
    """What an exhibit asks of a speech program."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def tell(self, text: str, language: str) -> None:
        self.told.append(f"{language}: {text}")

    def hush(self) -> None:
        self.told.append("hush")


@pytest.mark.parametrize("shown", ["visit", "dashboard"], indirect=True)
def test_whoever_is_there_is_spoken_to_and_nobody_else(shown: Any) -> None:
    stage, _, exhibit, _ = shown
    spoken = Spoken()
    exhibit._speech, stage.context.hearing.sounds = spoken, True
    exhibit._look(1.0)
    stage.context.hearing.toggle()
    exhibit._look(1.0)
    stage.context.hearing.toggle()
    exhibit._attract.away = True
    exhibit._look(1.0)
    first = "hush" if stage.scene.name == "dashboard" else spoken.told[0]
    assert spoken.told == [first, "hush", "hush"]
    assert stage.scene.name == "dashboard" or first.startswith("en: What shall it learn?")
