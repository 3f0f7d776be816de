"""Rows K about an exhibit that nobody looks after: crash loops, clocks that jump, visitors who try everything."""

import random
import sys
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from engine.clock import MOST_TICKS, NANOSECONDS
from engine.input import Drop, Event, FocusLost, Key, Move, Press, Quit, Release, Scroll
from scenes.cli.settings import Settings
from scenes.exhibit.attract import Attract
from scenes.kiosk.counters import Counters
from scenes.kiosk.guard import Guard
from scenes.kiosk.log_file import LogFile
from scenes.kiosk.supervisor import QUIT, SAFE, Supervisor
from scenes.kiosk.watch import BACK_OFF, CRASHES, Watch
from scenes.training.lifecycle import Status

from .ground import SIZE, Frames, Ground, unseen
from .loop import FRAME, training
from .row import Row, elsewhere, need, on_posix
from .waiting import timed

PATIENCE = 15.0  # seconds without anybody, after which the demonstration has to be back
TRIED = 3000  # acts of a visitor
MINUTE = 60 * NANOSECONDS


class _Quick:
    """A clock on which a second passes each time it is asked."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def crash_loop(ground: Ground) -> str:
    """K3: crash loop."""
    on_posix("the supervisor's pipe")
    log = LogFile(ground.folder / "log", datetime.now)
    counters = Counters(ground.folder / "counters.json")
    program = f"import sys; sys.exit({QUIT} if {SAFE!r} in sys.argv else 3)"
    supervisor = Supervisor([sys.executable, "-c", program], counters=counters, say=log.say, now=_Quick())
    code, took = timed(supervisor.run)
    log.close()
    lines = (ground.folder / "log").read_text(encoding="utf-8").splitlines()
    need(code == QUIT, f"it ends with {code}")
    need(counters.counts == {"starts": CRASHES + 1, "crashes": CRASHES}, f"{counters.counts}")
    need("safe scene" in lines[-1] and any("code 3" in line for line in lines), f"the log says: {lines}")
    watch, rests = Watch(), []
    for number in range(len(BACK_OFF) + 2):
        watch.begin(float(number))
        rests.append(watch.crashed(number + 0.1))
    need(rests == sorted(rests) and rests[-1] == BACK_OFF[-1], f"rests of {rests}")
    need(took > 1.0, "a busy loop")  # each rest is slept in parts, however quick its clock is
    return f"{CRASHES} crashes, rests of {rests[0]:g} to {rests[-1]:g} s, then the safe scene; the log names the code"


def clock_jump(ground: Ground) -> str:
    """K9: clock jump, sleep."""
    with ground.backend() as server, ground.visualizer(server) as (built, pilot):
        training(built, pilot, interval=200)
        app, heads, ticks = unseen(built), [built.controller.now.head], [built.app.clock.count]
        etas: list[float] = []

        def each(frame: int) -> None:
            heads.append(built.controller.now.head)
            ticks.append(app.clock.count)
            etas.append(built.controller.now.eta or 0.0)

        app.run(Frames(elapses=[FRAME, FRAME, MINUTE, FRAME], each=each), frames=120)
        steps = max(b - a for a, b in pairwise(ticks))
        need(steps <= MOST_TICKS, f"{steps} steps after a minute's sleep")
        need(all(0 <= b - a <= 1 for a, b in pairwise(heads)), "epochs not in order")
        need(all(0 <= eta <= 10.0 for eta in etas), f"a time left of {max(etas):.0f} s")
    wall = [datetime(2026, 11, 30, 12, 0)]
    log = LogFile(ground.folder / "log", lambda: wall[0])
    for days in (1, -2, 366, -366):
        need(log.say("again"), "the log stops")
        wall[0] += timedelta(days=days)
    return f"{steps} steps after a minute's sleep, epochs in order, at most {max(etas):.1f} s left; the log goes on"


def visitors(ground: Ground) -> str:
    """K13: visitors."""
    chance = random.Random(7)
    script = ground.folder / "tour.script"
    script.write_text("run 1s\ntheme light\nrun 1s\n", encoding="utf-8")
    with ground.backend() as server, ground.visualizer(server) as (built, _):
        app = unseen(built)
        app.guard = Guard(lambda: None).hear
        happens: dict[int, list[Event]] = {30: [Press((300.0, 200.0))]}
        for frame in range(40, 40 + TRIED // 10):
            happens[frame] = [_tried(chance, ground.folder) for _ in range(10)]
        last = max(happens)
        away, said = list[bool](), list[str]()
        screen = Frames(elapses=[FRAME], happens={number: list(each) for number, each in happens.items()})
        attract = Attract(
            script,
            built,
            screen,
            chosen=Settings(theme="dark"),
            server=None,
            patience=PATIENCE,
            say=said.append,
            pointer=False,
        )
        app.pastime = attract
        screen.each = lambda frame: away.append(attract.away)
        files = sorted(ground.folder.iterdir())
        app.run(screen, frames=last + 2)
        need(app.scenes, "a visitor has found a way out")
        need(not away[-1], "somebody is there and it plays the demonstration")
        app.run(screen, frames=round(60 * (60 + PATIENCE)))
        back = away[last + 2 :].index(True) / 60 if True in away[last + 2 :] else None
        need(back is not None and back <= 60, "the demonstration does not come back")
        need(sorted(ground.folder.iterdir()) == files, "a visitor has left a file")
        need(built.controller.now.status is Status.IDLE, f"{built.controller.now.status.value} is left for the next")
        need(not said, f"it says: {said}")
        return f"{TRIED:,} acts and no way out; the demonstration is back after {back:.0f} s, patience {PATIENCE:g}"


def _tried(chance: random.Random, folder: Path) -> Event:
    at = (chance.uniform(0, SIZE[0] - 1), chance.uniform(0, SIZE[1] - 1))
    words = ("escape", "f1", "f4", "f11", "f12", "space", "tab", "left", "home", "return", "delete")
    names = (*"0123456789abcdefghijklmnopqrstuvwxyz[]+-", *words)
    events: tuple[Event, ...] = (
        Press(at),
        Release(at),
        Move(at, held=chance.random() < 0.5),
        Scroll(at, chance.uniform(-3, 3)),
        Key(chance.choice(names), ctrl=chance.random() < 0.3, shift=chance.random() < 0.2),
        Quit(),
        Drop(folder / "x.csv"),
        FocusLost(),
    )
    return chance.choice(events)


SHOWN = "needs an exhibit on a display: tests/comes_back.py, by hand"

ROWS = (
    elsewhere("K1", "crash", SHOWN),
    elsewhere("K2", "hang", SHOWN),
    Row("K3", "crash loop", "a program that crashes at its start", crash_loop, slow=True),
    elsewhere("K4", "backend crash", "ours is a thread of the exhibit, and cannot be killed alone"),
    Row("K9", "clock jump, sleep", "a minute in one frame, a wall clock that jumps by days", clock_jump),
    elsewhere("K11", "starvation", "limits of memory and files would hold for all other rows"),
    elsewhere("K12", "ten minutes at high speed", "takes longer than all other rows together: viz.py soak does it"),
    Row("K13", "visitors", f"{TRIED:,} keys, touches, drops and ends of the window, then nobody", visitors, slow=True),
    elsewhere("K14", "burn-in", "needs ten minutes of a real exhibit's pictures"),
)
