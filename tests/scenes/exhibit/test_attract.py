"""While nobody is there a script plays in the window; whoever comes finds everything as it was at the start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.clock import NANOSECONDS
from engine.input import Event, Key, Move, Press, Quit, Release, Resize
from engine.scripting.script import ScriptError
from engine.worker import VirtualTime
from scenes.cli.settings import Settings
from scenes.exhibit.attract import WARNING, Attract
from scenes.kit.control_set import ControlSet
from scenes.kit.words import ENGLISH
from scenes.stage import Stage
from scenes.world.world import World
from simulation_server.backend import Backend

INVITATION, STILL_THERE = ENGLISH["exhibit.invitation"], ENGLISH["exhibit.still"]

PATIENCE = 20.0  # seconds
FRAMES = 60  # a second
TOUR = "run 500ms\ntheme light\nramp safe\nmotion reduced\nscale 2\n"
TOUR += "set epochs 20\nset speed 50\npress dataset digits\nrun 1500ms\n"
AT_FIRST = {"theme": "dark", "ramp": "seed", "motion": "full"}
TOUCH: list[Event] = [Press((100.0, 384.0))]


class Screen:
    """A window whose frames each take a sixtieth of a second; what happens in which frame is given."""

    size = (1280, 720)
    hidden = lost = False
    taken = 0.0

    def __init__(self, happens: dict[int, list[Event]], each: Callable[[int], object]) -> None:
        self.frame = 0
        self.pointer = True
        self.fullscreen = True
        self._happens, self._each = happens, each

    def events(self) -> Iterator[Event]:
        yield from self._happens.pop(self.frame, [])

    def elapsed(self) -> int:
        return NANOSECONDS // 60 + 1

    def present(self) -> None:
        self._each(self.frame)
        self.frame += 1

    def rest(self, seconds: float) -> None:
        self.present()

    def show_pointer(self, shown: bool) -> None:
        self.pointer = shown

    def toggle_fullscreen(self) -> None:
        self.fullscreen = not self.fullscreen

    def resize(self, size: tuple[int, int]) -> None:
        self.size = size


class Exhibit:
    """A visualizer that attracts visitors, what was said, and what it looked like frame by frame."""

    def __init__(self, stage: Stage, time: VirtualTime, server: Backend, folder: Path) -> None:
        self.stage, self._time, self.server = stage, time, server
        self.said: list[str] = []
        self.seen: list[dict[str, Any]] = []
        self.each: Callable[[], object] = lambda: None
        self.late = False  # whether the screen is filled only after the exhibit has begun, as on Wayland
        self.small = 0  # frames in which it did not fill the screen
        self._script = folder / "tour.script"

    def run(self, seconds: float, happens: dict[int, list[Event]], *, script: str = TOUR, full: bool = True) -> Screen:
        self._script.write_text(script, encoding="utf-8")
        screen: Any = Screen(happens, self._tick)
        screen.fullscreen = full and not self.late
        self.screen = screen
        chosen = Settings(size="1280x720", theme="dark", scale=1.0, fullscreen=full)
        self.stage.app.pastime = Attract(
            self._script,
            self.stage,
            screen,
            chosen=chosen,
            server=self.server,
            patience=PATIENCE,
            say=self.said.append,
        )
        self.stage.app.run(screen, frames=round(seconds * FRAMES))
        return screen

    def _tick(self, frame: int) -> None:
        """Answers come in the frame's time, not in that of this machine."""
        self._time.advance(1 / FRAMES)
        self._time.settle()
        self.small += not self.screen.fullscreen
        self.seen.append(self._look())
        self.each()

    def rounds(self) -> int:
        """How often the script's first line has been played."""
        themes = ["dark", *(seen["theme"] for seen in self.seen)]
        return sum(one == "dark" and other == "light" for one, other in pairwise(themes))

    def _look(self) -> dict[str, Any]:
        stage = self.stage
        return {
            "dataset": stage.controller.chosen.dataset,
            "status": stage.controller.now.status.value,
            "theme": stage.appearance.name,
            "toast": stage.context.toast.text,
            "scale": stage.context.scale.wished,
            "ramp": stage.appearance.ramp,
            "motion": stage.appearance.motion,
        }


@pytest.fixture
def exhibit(rehearsed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exhibit]:
    """Draws nothing: what is looked at is what happens."""
    with Backend(seed=7) as server, rehearsed(tmp_path, server=server) as (stage, pilot):
        monkeypatch.setattr(stage.app, "_redrawn", lambda window: True)
        monkeypatch.setattr(stage.app.renderer, "present", lambda size: None)
        yield Exhibit(stage, pilot.ticking.time, server, tmp_path)


def test_nobody_is_there_at_the_start_and_the_script_plays_again_and_again(exhibit: Exhibit) -> None:
    exhibit.run(7, {})
    assert exhibit.rounds() == 4, "two seconds a round"
    assert exhibit.seen[60]["toast"] == INVITATION
    assert exhibit.seen[60]["theme"] == "light" and exhibit.seen[60]["scale"] == 2.0
    assert exhibit.said == []


def test_a_first_frame_by_itself_does_not_keep_it_from_going_on(exhibit: Exhibit) -> None:
    screen: Any = exhibit.run(1 / FRAMES, {})
    assert screen.frame == 1
    exhibit.stage.app.run(screen, frames=60)
    assert exhibit.seen[-1]["toast"] == INVITATION


def test_a_script_takes_as_long_as_its_ticks(exhibit: Exhibit) -> None:
    exhibit.run(4, {}, script="run 1s\ntheme light\nrun 10s\n")
    first = next(k for k, seen in enumerate(exhibit.seen) if seen["theme"] == "light")
    assert 60 <= first <= 62


def test_the_first_touch_only_wakes_and_all_is_as_it_was(exhibit: Exhibit) -> None:
    start = exhibit.stage.first.find(ControlSet).at("start", None)
    assert start
    screen = exhibit.run(3, {60: [Press(start)], 63: [Release(start)], 90: [Press(start)], 93: [Release(start)]})
    assert exhibit.seen[59]["dataset"] == "digits"
    awake = exhibit.seen[62]
    assert awake == {"dataset": "spiral", "status": "idle", "toast": "", "scale": 1.0} | AT_FIRST
    assert {seen["status"] for seen in exhibit.seen[62:90]} == {"idle"}
    assert exhibit.stage.controller.now.status.value in ("loading", "training"), "the second touch is a press"
    assert screen.pointer


def test_the_camera_goes_round_until_somebody_comes_who_may_want_to_read(exhibit: Exhibit) -> None:
    world = exhibit.stage.first.find(World)
    assert world
    turned: list[bool] = []
    exhibit.each = lambda: turned.append(world.goes_round)
    exhibit.run(3, {60: TOUCH})
    assert all(turned[2:60]) and not any(turned[62:])


def test_after_a_while_without_touches_it_warns_and_begins_again(exhibit: Exhibit) -> None:
    exhibit.run(PATIENCE + 5, {60: TOUCH, 120: [Key("t")]})
    last = 120
    warned = last + round((PATIENCE - min(WARNING, PATIENCE / 2)) * FRAMES)
    assert exhibit.seen[warned - 60]["toast"] == ""
    assert exhibit.seen[warned + 60]["toast"] == STILL_THERE
    assert exhibit.seen[last + round(PATIENCE * FRAMES) - 60]["theme"] == "light", "the visitor's own"
    assert exhibit.seen[last + round(PATIENCE * FRAMES) + 60]["dataset"] == "digits"


def test_a_table_that_trembles_does_not_wake_it(exhibit: Exhibit) -> None:
    exhibit.run(3, {k: [Move((640.0, 360.0), (1.0, 0.0))] for k in range(0, 180, 20)})
    assert exhibit.seen[-1]["toast"] == INVITATION


def test_a_table_that_trembles_leads_no_slider_of_the_script_astray(exhibit: Exhibit) -> None:
    happens: dict[int, list[Event]] = {k: [Move((40.0, 360.0), (1.0, 0.0))] for k in (20, 40)}
    exhibit.run(2, happens, script="drag learning_rate path=0.1:60ticks up=no\nexpect learning_rate 0.1\nrun 10s\n")
    assert exhibit.said == []


def test_a_screen_that_is_filled_later_stays_filled(exhibit: Exhibit) -> None:
    exhibit.late = True

    def granted() -> None:
        exhibit.screen.fullscreen |= len(exhibit.seen) == 3

    exhibit.each = granted
    screen = exhibit.run(PATIENCE + 5, {60: TOUCH})
    assert screen.fullscreen and exhibit.small <= 3


def test_the_window_that_a_visitor_made_small_fills_the_screen_again(exhibit: Exhibit) -> None:
    screen = exhibit.run(PATIENCE + 5, {60: TOUCH, 120: [Key("f")]})
    assert screen.fullscreen and exhibit.small


def test_a_window_that_a_visitor_dragged_larger_has_its_size_again(exhibit: Exhibit) -> None:
    sizes: set[tuple[int, int]] = set()

    def visit() -> None:
        if exhibit.screen.frame == 120:
            exhibit.screen.size = (1600, 900)
        sizes.add(exhibit.screen.size)

    exhibit.each = visit
    screen = exhibit.run(PATIENCE + 5, {60: TOUCH, 121: [Resize((1600, 900))]}, full=False)
    assert screen.size == (1280, 720) and (1600, 900) in sizes


def test_a_script_that_ends_in_the_middle_of_a_run_begins_its_next_round_with_none(exhibit: Exhibit) -> None:
    script = "expect status idle\npress start\nuntil training within=5s\nrun 200ms\ntheme light\nrun 100ms\n"
    exhibit.run(9, {}, script=script)
    assert exhibit.said == [] and exhibit.rounds() > 1


def test_a_run_that_goes_on_is_not_cut_short(exhibit: Exhibit) -> None:
    start = exhibit.stage.first.find(ControlSet).at("start", None)
    assert start
    exhibit.stage.controller.set_interval(500)
    happens: dict[int, list[Event]] = {
        60: TOUCH,
        70: [Key("["), Key("[")],
        90: [Press(start)],
        93: [Release(start)],
    }
    exhibit.run(PATIENCE + 8, happens)
    trained = [seen["status"] for seen in exhibit.seen[100:]]
    assert "training" in trained
    assert exhibit.stage.controller.now.status.value in ("training", "complete")
    assert INVITATION not in [seen["toast"] for seen in exhibit.seen[100:]]


def test_an_open_help_does_not_keep_it_away(exhibit: Exhibit) -> None:
    exhibit.run(PATIENCE + 6, {60: TOUCH, 120: [Key("f1")]})
    assert exhibit.stage.app.scenes.top is exhibit.stage.first
    assert exhibit.seen[-1]["toast"] == INVITATION


def test_visitors_see_where_the_script_touches(exhibit: Exhibit) -> None:
    touch, start = exhibit.stage.context.touch, exhibit.stage.first.find(ControlSet).at("start", None)
    touched: list[Any] = []
    exhibit.each = lambda: touched.append(touch.at)
    exhibit.run(4, {}, script="run 1s\npoint start\nrun 1s\npress start\nrun 1s\ndrag field 60 0\nrun 5s\n")
    assert set(touched[:120]) == {None}, "a pointer that presses nothing is not shown"
    assert set(touched[125:160]) == {start}
    assert touched[179] is None
    assert len(set(touched[182:194])) > 8, "it follows a drag"


def test_the_window_keeps_its_size_and_nothing_is_written(exhibit: Exhibit, tmp_path: Path) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        exhibit.run(1, {}, script="size 300x200\nshot a\nfilm b/\nrun 10s\n")
    finally:
        os.chdir(before)
    assert exhibit.stage.first.page.size == (1280, 720)
    assert [path.name for path in tmp_path.iterdir()] == ["tour.script"]
    assert exhibit.said == []


def test_what_somebody_has_chosen_or_brought_is_nobody_elses_to_take_back(exhibit: Exhibit) -> None:
    exhibit.run(2, {60: TOUCH}, script="set noise 0.4\nset layers 3\npress settings network\nrun 10s\n")
    controller = exhibit.stage.controller
    assert controller.chosen.noise == 0.1 and controller.chosen.layers is None
    assert not controller.take_back() and not controller.do_again()
    assert exhibit.stage.first.entries()["controls"]()["settings"]["value"] == "run"


def test_what_the_script_does_to_the_backend_ends_with_it(exhibit: Exhibit) -> None:
    exhibit.run(2, {60: TOUCH}, script="server broken\nseed 3\nrun 10s\n")
    assert exhibit.server.fault.mode == "healthy"
    assert exhibit.stage.controller.chosen.seed == 7


def test_a_script_that_fails_on_the_way_is_told_of_once_and_tried_again_later(exhibit: Exhibit) -> None:
    exhibit.run(2 * PATIENCE + 3, {}, script="theme light\nrun 500ms\nexpect status training\n")
    assert len(exhibit.said) == 1 and "tour.script:3: expect" in exhibit.said[0]
    assert exhibit.rounds() == 3
    assert exhibit.seen[-1]["theme"] == "dark"


def test_a_script_without_any_time_still_shows_frames(exhibit: Exhibit) -> None:
    assert exhibit.run(1, {}, script="theme light\n").frame == 60


@pytest.mark.parametrize("ending", [Quit(), Key("q", ctrl=True)], ids=["closed", "Ctrl+Q"])
def test_it_can_be_ended_while_it_plays(exhibit: Exhibit, ending: Event) -> None:
    screen = exhibit.run(5, {30: [ending]})
    assert screen.frame <= 31
    assert not exhibit.stage.app.scenes


def test_a_signal_ends_it_at_any_moment(exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch) -> None:
    app = exhibit.stage.app
    real = exhibit.stage.first.tick

    def tick(dt: float) -> None:
        real(dt)
        if app.clock.count > 30:
            app.end()

    monkeypatch.setattr(exhibit.stage.first, "tick", tick)
    assert exhibit.run(5, {}).frame < 40


def test_the_window_may_change_its_size_meanwhile(exhibit: Exhibit) -> None:
    exhibit.run(1, {30: [Resize((800, 1200))]})
    assert exhibit.stage.first.page.size == (800, 1200)
    assert exhibit.seen[-1]["toast"] == INVITATION


def test_a_fault_of_a_scene_ends_the_round_and_not_the_program(
    exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[str] = []
    exhibit.stage.app.rescue = lambda why, frame: bool(faults.append(str(why)) or True)
    real, calls = exhibit.stage.first.tick, 0

    def tick(dt: float) -> None:
        nonlocal calls
        calls += 1
        if calls == 30:
            raise KeyError("on purpose")
        real(dt)

    monkeypatch.setattr(exhibit.stage.first, "tick", tick)
    screen = exhibit.run(PATIENCE + 3, {})
    assert faults == ["'on purpose'"]
    assert screen.frame == round((PATIENCE + 3) * FRAMES)
    assert exhibit.seen[40]["theme"] == "dark" and exhibit.seen[-60]["dataset"] == "digits"


@pytest.mark.parametrize(("script", "why"), [("fly\n", "unknown verb 'fly'"), ("run\n", "does not take these words")])
def test_a_script_that_can_never_be_played_is_refused_at_once(exhibit: Exhibit, script: str, why: str) -> None:
    with pytest.raises(ScriptError, match=why):
        exhibit.run(1, {}, script=script)
