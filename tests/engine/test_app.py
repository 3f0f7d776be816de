"""The loop hands events, ticks and pictures to the right places, and ends when it should."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from engine.app import App
from engine.clock import NANOSECONDS, TICK
from engine.input import Event, Key, Press, Quit, Resize
from engine.quality import Quality
from engine.scene import Scene, SceneStack


class Canvas:
    """A renderer that draws nothing."""

    def __init__(self) -> None:
        self.log: list[Any] = []
        self.effects = True
        self.changes = True  # whether a frame looks different than the one before

    def draw(self, *pictures: Any) -> None:
        self.log.append(("draw", len(pictures)))

    def redraw(self, *pictures: Any) -> bool:
        self.draw(*pictures)
        return self.changes

    def resize(self, size: tuple[int, int]) -> None:
        self.log.append(("resize", size))

    def finish(self) -> None:
        self.log.append(("finish", None))

    def present(self, size: tuple[int, int]) -> None:
        self.log.append(("present", size))


class Screen:
    """A window that tells given events and lets an even time pass between frames."""

    size = (320, 200)
    fullscreen = hidden = lost = False
    taken = 0.0

    def __init__(self, *frames: list[Event], elapsed: int = NANOSECONDS // 30) -> None:
        self.frames = list(frames)
        self.log: list[str] = []
        self.rested: list[float] = []
        self._elapsed = elapsed

    def events(self) -> Iterator[Event]:
        yield from self.frames.pop(0) if self.frames else []

    def elapsed(self) -> int:
        return self._elapsed

    def present(self) -> None:
        self.log.append("shown")

    def rest(self, seconds: float) -> None:
        self.log.append("rests")
        self.rested.append(seconds)

    def toggle_fullscreen(self) -> None:
        self.log.append("fullscreen")
        self.fullscreen = not self.fullscreen


class Noted(Scene):
    """Counts its ticks and frames and keeps its events."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.ticks: list[float] = []
        self.frames: list[tuple[float, float]] = []

    def handle(self, event: Event) -> bool:
        self.heard.append(event)
        return True

    def tick(self, dt: float) -> None:
        self.ticks.append(dt)

    def picture(self, *, now: float, blend: float) -> Any:
        self.frames.append((now, blend))


@pytest.fixture
def scene() -> Noted:
    """A scene that writes down what happens to it."""
    return Noted()


@pytest.fixture
def app(scene: Noted) -> App:
    """An app with that scene and a canvas that draws nothing."""
    canvas: Any = Canvas()
    return App(canvas, SceneStack(scene))


def run(app: App, screen: Any, **words: Any) -> None:
    """Let the loop run on a pretended window."""
    app.run(screen, **words)


def test_each_frame_ticks_draws_and_is_shown(app: App, scene: Noted) -> None:
    screen = Screen()
    run(app, screen, frames=3)
    assert scene.ticks == [TICK] * 5  # 1/30 s is a hair below two ticks in whole nanoseconds
    assert len(scene.frames) == 3
    assert screen.log == ["shown"] * 3


@pytest.mark.parametrize("end", [Quit(), Key("q", ctrl=True)], ids=["close", "ctrl+q"])
def test_the_loop_ends_when_the_program_is_asked_to_end(app: App, scene: Noted, end: Event) -> None:
    screen = Screen([], [end])
    run(app, screen)
    assert not app.scenes
    assert scene.heard == []
    assert screen.log == ["shown"] * 2


def test_q_alone_is_for_the_scene(app: App, scene: Noted) -> None:
    app.handle(Key("q"))
    assert scene.heard == [Key("q")]
    assert app.scenes


def test_the_keys_of_the_window_do_not_reach_the_scene(app: App, scene: Noted) -> None:
    captured: list[str] = []
    app.capture = lambda: captured.append("picture")
    screen = Screen([Key("f11"), Key("f"), Key("f12"), Key("f", ctrl=True), Press((1.0, 2.0))])
    run(app, screen, frames=1)
    assert screen.log == ["fullscreen", "fullscreen", "shown"]
    assert captured == ["picture"]
    assert scene.heard == [Key("f", ctrl=True), Press((1.0, 2.0))]


def test_a_resize_reaches_the_renderer_and_the_scene(app: App, scene: Noted) -> None:
    app.handle(Resize((100, 50)))
    canvas: Any = app.renderer
    assert canvas.log == [("resize", (100, 50))]
    assert scene.heard == [Resize((100, 50))]


def test_without_a_window_a_tick_is_a_sixtieth_of_a_second(app: App, scene: Noted) -> None:
    for _ in range(60):
        app.tick()
    app.draw()
    assert scene.ticks == [TICK] * 60
    assert scene.frames == [(1.0, 0.0)]


def test_escape_leaves_a_scene_that_it_closes_then_the_whole_screen_and_then_is_the_scenes() -> None:
    below, above = Noted(), Noted()
    above.closes = True
    escape = Key("escape")
    scenes = SceneStack(below, above)
    screen = Screen([Key("f11")], [escape], [escape], [escape])
    app = App(Canvas(), scenes)  # type: ignore[arg-type]
    app.run(screen, frames=2)  # type: ignore[arg-type]
    assert (above.heard, screen.fullscreen) == ([escape], True)
    scenes.pop()
    app.run(screen, frames=1)  # type: ignore[arg-type]
    assert (below.heard, screen.fullscreen) == ([], False)
    app.run(screen, frames=1)  # type: ignore[arg-type]
    assert below.heard == [escape]


def test_pauses_are_avoided_from_the_first_frame_on(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    screen = Screen()
    monkeypatch.setattr("engine.pauses.avoid", lambda: shown.append(len(screen.log)))
    run(app, screen, frames=3)
    assert shown == [1]


def test_a_frame_like_the_last_one_is_not_presented(app: App) -> None:
    screen, canvas = Screen(), cast(Canvas, app.renderer)
    run(app, screen, frames=2)
    canvas.changes = False
    before = len(canvas.log)
    run(app, screen, frames=3)
    assert screen.log == ["shown", "shown", "rests", "rests", "rests"]
    assert [what for what, _ in canvas.log[before:]] == ["draw"] * 3  # looked at, never presented


def test_what_a_window_has_lost_is_presented_again_however_little_has_changed(app: App) -> None:
    screen, canvas = Screen(), cast(Canvas, app.renderer)
    canvas.changes, screen.lost = False, True
    run(app, screen, frames=2)
    assert screen.log == ["shown", "shown"]


def test_a_hidden_window_draws_nothing_and_goes_on_ticking(app: App, scene: Noted) -> None:
    screen, canvas = Screen(elapsed=NANOSECONDS // 5 + 1), cast(Canvas, app.renderer)
    screen.hidden = True
    run(app, screen, frames=30)
    assert screen.log == ["rests"] * 30 and not canvas.log
    assert len(scene.ticks) == 360 and not app.clock.dropped
    assert set(screen.rested) == {12 * TICK}


def test_what_has_passed_while_a_window_was_hidden_is_no_hitch_when_it_is_seen_again(app: App) -> None:
    class Restored(Screen):
        def events(self) -> Iterator[Event]:
            self.hidden = False
            yield from ()

    screen = Restored(elapsed=NANOSECONDS // 5 + 1)
    screen.hidden = True
    run(app, screen, frames=1)
    assert app.clock.count == 12 and not app.clock.dropped
    run(app, screen, frames=1)
    assert app.clock.dropped == 7


def test_a_window_at_rest_is_seldom_looked_at_until_something_happens(app: App) -> None:
    press: list[Event] = [Press((1.0, 1.0))]
    screen, canvas = Screen(*[[]] * 400, press, elapsed=NANOSECONDS // 60 + 1), cast(Canvas, app.renderer)
    canvas.changes = False
    run(app, screen, frames=400)
    assert 60 < len(canvas.log) < 80  # each of the first thirty, and then every tenth
    looked = len(canvas.log)
    run(app, screen, frames=10)
    assert len(canvas.log) == looked + 10


def test_a_pastime_in_a_hidden_window_goes_on_unseen(app: App) -> None:
    screen, canvas = Screen(), cast(Canvas, app.renderer)

    class Tour:
        due = True

        def perform(self) -> None:
            screen.hidden = True
            for _ in range(3):
                assert app.frame() > 0
            app.end()

        def hear(self, event: Event) -> bool:
            return True

        def tick(self) -> None:
            pass

    app.pastime = Tour()
    run(app, screen)
    assert screen.log == ["rests"] * 3 and not canvas.log


def test_a_slow_window_leaves_out_what_glows_and_then_every_other_frame() -> None:
    renderer, screen = Canvas(), Screen(elapsed=NANOSECONDS // 60 + 1)
    scenes, quality = SceneStack(), Quality()
    scenes.push(Noted())
    app = App(cast(Any, renderer), scenes, quality=quality)
    run(app, screen, frames=100)
    assert renderer.effects and ("finish", None) not in renderer.log, "nothing waits for what nobody measures"
    quality.adapts, screen.taken = True, 0.020
    run(app, screen, frames=250)
    assert not renderer.effects and quality.level.every == 1
    run(app, screen, frames=142)
    assert quality.level.every == 2
    before = screen.log.count("shown")
    run(app, screen, frames=60)
    assert screen.log.count("shown") - before == 30
