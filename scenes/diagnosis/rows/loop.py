"""Rows L: time that jumps, input in floods, sizes that change, scenes and files that are broken."""

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from engine.clock import MOST_TICKS, NANOSECONDS, TICK, TICKS_PER_SECOND
from engine.graphics.picture import Picture
from engine.input import Event, FocusLost, Key, Move, Press, Quit, Resize
from engine.resources import ROOT
from engine.scene import Scene
from engine.worker import VirtualTime
from scenes.exhibit.failure_scene import FailureScene
from scenes.exhibit.rescue import TRIES, Rescue
from scenes.scripting.rehearsal import ScriptedTick
from scenes.scripting.screen import VisualizerPilot
from scenes.stage import Stage
from scenes.training.lifecycle import Status
from scenes.training.playback import MOST_EPOCHS
from scenes.world.field import BUSY, SPIN
from scenes.world.world import World

from .ground import SIZE, Frames, Ground, process, unseen
from .row import Row, elsewhere, need
from .waiting import timed

FRAME = NANOSECONDS // 60 + 1  # nanoseconds
FREEZE = 5 * NANOSECONDS
DAYS = 30 * 24 * 3600  # seconds of thirty days
FLOOD = 0.1  # seconds that a frame full of input may take
REPLAYED = 600  # ticks


def freeze(ground: Ground) -> str:
    """L1: freeze of 5 s."""
    ticks, heads, dropped = _frozen(ground, interval=200, elapses=[*[FRAME] * 30, FREEZE, FRAME])
    need(max(ticks) <= MOST_TICKS, f"{max(ticks)} steps in a frame")
    need(max(b - a for a, b in pairwise(heads)) <= 1, "an epoch was skipped")
    return f"{max(ticks)} steps in the frame after it, {dropped} dropped, all {heads[-1]} epochs one after the other"


def slow_frames(ground: Ground) -> str:
    """L2: every frame slow."""
    with ground.backend() as server, ground.visualizer(server) as (built, pilot):
        training(built, pilot, interval=50)
        app = unseen(built)
        heads: list[int] = []
        ticks = [app.clock.count]

        def each(frame: int) -> None:
            ticks.append(app.clock.count)
            heads.append(built.controller.now.head)

        screen = Frames(elapses=[NANOSECONDS // 5], happens={10: [Key("t")]}, each=each)
        app.run(screen, frames=11)
        need(built.appearance.name == "light", "a key is not answered within two frames")
        app.run(screen, frames=90)
        steps = max(b - a for a, b in pairwise(ticks))
        need(steps <= MOST_TICKS, f"{steps} steps in a frame")
        now = built.controller.now
        need(now.status is Status.COMPLETE and now.head == now.epochs, f"{now.status.value} at epoch {now.head}")
        return f"{steps} steps a frame, a key answered in its frame, all {now.head} epochs shown"


def fast_freeze(ground: Ground) -> str:
    """L3: freeze at top speed."""
    ticks, heads, _ = _frozen(ground, interval=1, elapses=[FRAME, FRAME, FREEZE, FRAME])
    steps = max(b - a for a, b in pairwise(heads))
    need(max(ticks) <= MOST_TICKS, f"{max(ticks)} steps in a frame")
    need(steps <= MOST_TICKS * MOST_EPOCHS and heads == sorted(heads), f"{steps} epochs in a frame")
    return f"{max(ticks)} steps and {steps} epochs in a frame at most, at 1 ms an epoch; epochs in order"


def odd_clock(ground: Ground) -> str:
    """L12: clock back, or still."""
    odd = [FRAME, -NANOSECONDS, 0, 3600 * NANOSECONDS, -1, FRAME]
    ticks, heads, _ = _frozen(ground, interval=50, elapses=[FRAME, *odd * 10, FRAME])
    need(min(ticks) >= 0 and max(ticks) <= MOST_TICKS, f"{min(ticks)} to {max(ticks)} steps in a frame")
    need(heads == sorted(heads), "epochs went back")
    return f"{min(ticks)} to {max(ticks)} steps a frame, no exception, epochs never fall"


def _frozen(ground: Ground, *, interval: int, elapses: list[int]) -> tuple[list[int], list[int], int]:
    """Steps and epochs, frame by frame, of a run while so much time passes; and how many ticks were dropped."""
    with ground.backend() as server, ground.visualizer(server) as (built, pilot):
        training(built, pilot, interval=interval)
        app = unseen(built)
        counts, heads = [app.clock.count], [built.controller.now.head]

        def each(frame: int) -> None:
            counts.append(app.clock.count)
            heads.append(built.controller.now.head)

        app.run(Frames(elapses=elapses, each=each), frames=400)
        return [b - a for a, b in pairwise(counts)], heads, app.clock.dropped


def resizes(ground: Ground) -> str:
    """L6: storm of sizes."""
    chance = random.Random(7)
    pictures, cameras = [], []
    with ground.backend() as server:
        for storm in (True, False):
            with ground.visualizer(server) as (built, pilot):
                for number in range(150):
                    if storm:
                        side = (1, 1) if number % 50 == 0 else (chance.randint(1, 900), chance.randint(1, 700))
                        built.app.handle(Resize(side))
                        if number % 10 == 0:
                            built.app.draw()
                    pilot.tick()
                if storm:
                    built.app.handle(Resize(SIZE))
                for _ in range(60):
                    pilot.tick()
                built.app.draw()
                cameras.append(_world(built).camera.place)
                pictures.append(built.app.renderer.pixels())
    need(cameras[0] == cameras[1], "the camera stands elsewhere")
    differs = int(np.abs(pictures[0].astype(int) - pictures[1].astype(int)).max())
    need(differs == 0, f"the last frame differs from a fresh one by {differs} levels")
    return "no exception, down to 1x1; the last frame is a fresh one's to the byte"


def focus_lost(ground: Ground) -> str:
    """L9: focus lost in a drag."""
    with ground.backend() as server, ground.visualizer(server, (1280, 720)) as (built, pilot):
        built.appearance.choose(motion="reduced")  # nothing but a hand turns the camera
        pilot.tick(60)
        at = built.first.place("field", None)
        assert at
        camera = _world(built).camera
        still = camera.place
        for event in (Press(at), Move((at[0] + 40, at[1]), (40.0, 0.0), held=True)):
            built.app.handle(event)
        pilot.tick(240)
        before = camera.place
        need(camera.held and abs(before[0] - still[0]) > 0.1, "the drag has not begun")
        built.app.handle(FocusLost())
        need(not camera.held, "the drag goes on")
        built.app.handle(Move((at[0] + 90, at[1]), (50.0, 0.0), held=True))
        pilot.tick(60)
        need(np.allclose(camera.place, before, atol=1e-3), "the camera goes on with a pointer that nobody holds")
        return "the drag has turned the camera, ends with the focus, and the camera stays where it is"


def scales(ground: Ground) -> str:
    """L10: another scale."""
    with ground.backend() as server, ground.visualizer(server, (1280, 720)) as (built, pilot):
        training(built, pilot, interval=500)
        seen = []
        for scale in (1.0, 2.0, 1.5):
            built.context.scale.wished = scale
            pilot.tick(2)
            told = built.first.describe()
            for name, due in (("pause", Status.PAUSED), ("resume", Status.TRAINING)):
                at = built.first.place(name, None)
                need(at, f"{name} cannot be found at {scale:g}")
                assert at
                pilot.pointer.down(at)
                pilot.tick()
                pilot.pointer.up()
                pilot.tick(2)
                state = built.controller.now.status
                need(state is due, f"a press on {name} at {scale:g} leads to {state.value}")
            seen.append(f"{told['scale']:g}")
        return f"on pages of {', '.join(seen)} a press where a button is drawn is that button's; the run goes on"


def input_flood(ground: Ground) -> str:
    """L11: input flood."""
    chance = random.Random(7)
    with ground.backend() as server, ground.visualizer(server) as (built, pilot):
        app = unseen(built)
        pilot.tick()
        flood: list[Event] = []
        for _ in range(10):
            flood += [Move((chance.uniform(0, SIZE[0]), chance.uniform(0, SIZE[1])), (1.0, 0.0)) for _ in range(1_000)]
            flood += [Key(chance.choice(("left", "right", "t", "o", "["))) for _ in range(100)]
        _, took = timed(lambda: app.run(Frames(happens={0: flood}), frames=1))
        need(took < FLOOD, f"the frame took {1000 * took:.0f} ms")
        app.run(Frames(happens={0: [Key("space"), Key("s")]}), frames=1)
        need(built.controller.snapshot().status is Status.IDLE, "Start and Stop were heard in another order")
        app.run(Frames(happens={0: [Quit()]}), frames=2)
        need(not built.app.scenes, "it cannot be quit")
    return f"a frame with 11,000 events took {1000 * took:.0f} ms; Start, Stop and the end in their order"


@dataclass
class _Timed:
    """A gate that lets given events through at given ticks, and keeps what can be seen each second."""

    built: Stage
    happens: dict[int, list[Event]]
    count: int = 0
    seen: list[str] = field(default_factory=list)

    def hear(self, event: Event) -> bool:
        """See Gate."""
        return False

    def due(self) -> Iterable[Event]:
        """See Gate."""
        return self.happens.get(self.count, [])

    def ticked(self) -> None:
        """See Gate."""
        self.count += 1
        if self.count % TICKS_PER_SECOND == 0 and self.count <= REPLAYED:
            told = self.built.first.describe()
            told = {name: value for name, value in told.items() if name not in ("texts", "text_layer")}
            self.seen.append(hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest())


@dataclass(frozen=True)
class _Model:
    """Ticks the run, and lets its waits pass with it."""

    built: Stage
    time: VirtualTime

    def tick(self, dt: float) -> None:
        """See Ticked."""
        self.time.advance(dt)
        self.built.context.tick(dt)
        self.time.settle()


def replay(ground: Ground) -> str:
    """L13: replay."""
    seen = []
    for seed in (None, 1, 2, 3):
        chance = random.Random(seed)
        with ground.backend() as server, ground.visualizer(server) as (built, pilot):
            ticking = pilot.ticking
            assert isinstance(ticking, ScriptedTick)
            app = unseen(built, model=_Model(built, ticking.time))
            happens = _visit(built)
            gate = app.gate = _Timed(built, happens)
            while gate.count < REPLAYED:
                elapsed = FRAME if seed is None else chance.randint(0, NANOSECONDS // 8)
                app.run(Frames(elapses=[elapsed]), frames=1)
            seen.append(gate.seen)
    need(len(seen[0]) == REPLAYED // TICKS_PER_SECOND, f"{len(seen[0])} looks")
    need(all(each == seen[0] for each in seen), "what can be seen depends on the times of the frames")
    need(len(set(seen[0])) > 5, "nothing has changed in the replay")
    return f"{len(seen[0])} looks at run, controls and camera, equal at 60 frames a second and at three random paces"


def _visit(built: Stage) -> dict[int, list[Event]]:
    """Ten seconds of a visit: a look around, a run, a pause, another theme."""
    x, y = map(float, built.first.page.field.middle)
    events: dict[int, list[Event]] = {30: [Press((x, y))], 60: [Move((x + 60, y), (60.0, 0.0), held=True)]}
    events |= {90: [FocusLost()], 120: [Key("3")], 150: [Key("space")], 300: [Key("t")], 330: [Key("space")]}
    return events | {360: [Key("space")], 420: [Key("left")], 480: [Key("]")], 540: [Key("s")]}


def month(ground: Ground) -> str:
    """L14: thirty days up."""
    jumps: list[list[int]] = []
    with ground.backend() as server, ground.visualizer(server) as (built, pilot):
        training(built, pilot, interval=500)
        pilot.tick(60)
        for days in (0, DAYS):
            frames, world, begun = [], _world(built), built.app.clock.count
            world.time = 2.0 + days
            for tick in range(6):
                world.field.turn[:] = np.array(SPIN) * BUSY * (world.time - TICK)
                world.field.turn_before[:] = world.field.turn
                built.app.clock.count = begun + days * TICKS_PER_SECOND + tick
                built.app.draw()
                frames.append(built.app.renderer.pixels().astype(int))
                world.time += TICK
            built.app.clock.count = begun
            jumps.append([int(np.abs(b - a).sum()) for a, b in pairwise(frames)])
    need(max(jumps[0]) > 0, "nothing moves")
    need(
        max(jumps[1]) <= 1.1 * max(jumps[0]),
        f"the frames change by {max(jumps[1])} levels in all, by {max(jumps[0])} at first",
    )
    return f"from frame to frame {max(jumps[1]):,} levels at most in all, after two seconds {max(jumps[0]):,}"


def broken_install(ground: Ground) -> str:
    """L15: broken shader, missing font."""
    copy = ground.folder / "installed"
    copy.mkdir()
    for name in ("engine", "scenes", "simulation_server", "shaders", "assets"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shader = sorted((copy / "shaders").glob("*.frag"))[0]
    good, told = shader.read_text(encoding="utf-8"), []
    font = sorted((copy / "assets" / "fonts").glob("*.ttf"))[0]
    script = copy / "one.script"
    script.write_text("run 1s\nshot one\n", encoding="utf-8")
    breaks: dict[str, Callable[[], object]] = {
        shader.name: lambda: shader.write_text(good.replace("void main", "void broken main"), encoding="utf-8"),
        font.name: font.unlink,
    }
    for name, spoil in breaks.items():
        spoil()
        run = process(
            *("-m", "scenes", "play", str(script), "--out", str(ground.folder / "out"), "--size", "640x400"),
            root=copy,
        )
        _, said = run.communicate(timeout=120)
        line = said.strip().splitlines()[-1] if said.strip() else ""
        need(run.returncode not in (0, None), f"with {name} spoiled it ends with {run.returncode}")
        need("Traceback" not in said and name in line, f"with {name} spoiled it says: {said[-200:]}")
        told.append(f"code {run.returncode}: {line.replace(str(copy), '…')[:110]}")
        shader.write_text(good, encoding="utf-8")
    return " / ".join(told)


class _Broken(Scene):
    """Raises where it is told to: so many times, or always."""

    covers = False

    def __init__(self, *, ticks: int = 0) -> None:
        self.ticks = ticks

    def tick(self, dt: float) -> None:
        """See Scene."""
        if self.ticks > 0:
            self.ticks -= 1
            raise ZeroDivisionError("on purpose")

    def picture(self, *, now: float, blend: float) -> Picture:
        """See Scene."""
        raise KeyError("gone")


def scene_raises(ground: Ground) -> str:
    """L16: exception in a scene."""
    said: list[str] = []
    with ground.backend() as server, ground.visualizer(server) as (built, _):
        app = unseen(built)
        app.rescue = Rescue(built, said.append)
        broken = _Broken(ticks=1)
        built.app.scenes.push(broken)
        app.run(Frames(), frames=3)
        built.app.scenes.remove(broken)
        app.run(Frames(), frames=3)
        told = built.first.describe()
        need(told["status"] == "error" and told["error"], f"a tick that raises once leads to {told['status']}")
        need(len(said) == 1, f"{len(said)} lines in the log")
        app.run(Frames(happens={0: [Key("r")]}), frames=2)
        need(built.controller.now.status is not Status.ERROR, "Retry does not work")
        app.draws = True
        always = _Broken()
        built.app.scenes.push(always)
        app.run(Frames(), frames=TRIES + 60)
        need(isinstance(built.app.scenes.top, FailureScene), "a picture that always fails has no plain one")
        need(len(said) == 2, f"{len(said)} lines in the log")
        need(built.app.scenes and built.first in list(built.app.scenes), "the window is gone")
    return "once: ERROR, and Retry works; always: a plain scene; one line in the log each"


def training(built: Stage, pilot: VisualizerPilot, *, interval: int) -> None:
    """Lead it into a run that has come whole."""
    built.controller.set_parameters(source="simulated", epochs=200 if interval == 1 else 50, dataset="spiral")
    built.controller.set_interval(interval)
    built.controller.start()
    for _ in range(600):
        pilot.tick()
        run = built.controller.now.run
        if run and run.ended:
            return
    need(False, f"no run: {built.controller.now.status.value}")


def _world(built: Stage) -> World:
    world = built.first.find(World)
    assert world
    return world


ROWS = (
    Row("L1", "freeze of 5 s", "a frame that says 5 s have passed", freeze),
    Row("L2", "every frame slow", "200 ms a frame", slow_frames),
    Row("L3", "freeze at top speed", "the same at 1 ms an epoch", fast_freeze),
    elsewhere("L4", "no vsync", "needs a window on a display"),
    elsewhere("L5", "minimised", "needs a real window whose share of a core is measured: viz.py bench --scene window"),
    Row("L6", "storm of sizes", "150 sizes down to 1x1, and back", resizes, slow=True),
    elsewhere("L7", "full screen and back", "needs a window on a display"),
    elsewhere("L8", "graphics context lost", "it would take the one window of this process from all other rows"),
    Row("L9", "focus lost in a drag", "the window loses its focus while the button is down", focus_lost),
    Row("L10", "another scale", "1, 2, 1.5 in a run", scales),
    Row("L11", "input flood", "10,000 moves and 1,000 keys in one frame, in ten bursts", input_flood, slow=True),
    Row("L12", "clock back, or still", "frames of -1 s, 0 and an hour", odd_clock),
    Row("L13", "replay", "the same input at the same ticks, other times of frames", replay, slow=True),
    Row("L14", "thirty days up", "a clock that begins at 2,592,000 s", month),
    Row("L15", "broken shader, missing font", "a copied install, spoiled", broken_install, slow=True),
    Row("L16", "exception in a scene", "a scene that raises once, and always", scene_raises),
    elsewhere("L17", "display server dies", "needs a display server of its own, which is killed"),
)
