"""Measures what grows: the field with its neurons, links and particles, the charts with their epochs, off screen."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from math import pi, sin
from typing import Any

from engine.input import Move
from engine.scene import SceneStack
from scenes import stage
from scenes.dashboard.charts_alone import charts_alone
from scenes.dashboard.scene import dashboard
from scenes.kit.context import SceneContext
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Layout, Panel, Rect
from scenes.world.world import World

from . import bench
from .made_runs import MadeSource
from .yardstick import yardstick

FRAMES = 200  # of each step
FIELDS = (  # neurons a layer, and particles
    ((4, 6, 5, 2), 80),
    ((27, 2, 29, 2), 80),
    ((400, 20, 80, 2), 8_000),
    ((2_500, 10, 2_488, 2), 100_000),
    ((50_000, 10, 49_988, 2), 1_000_000),
)
POINTS = (100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)  # epochs of a chart
EVERY_FRAME = 16  # milliseconds an epoch: one a frame, at least
BESIDE = (0, 1, 2, 4, 8)  # runs that are compared; 0: one on the dashboard
LONG = 120  # epochs of each of them
USUAL = 200  # milliseconds an epoch
WANDERING = 300  # frames in which the pointer is everywhere once

Opening = Callable[[SceneContext, SceneStack], PartScene]


def field(size: tuple[int, int], frames: int) -> dict[str, Any]:
    """The field alone, in training, from 17 neurons to 100,000."""
    steps = [field_step(layers, particles, size, frames) for layers, particles in FIELDS]
    return _told("field", size, frames, steps)


def field_step(layers: tuple[int, ...], particles: int, size: tuple[int, int], frames: int) -> dict[str, Any]:
    """A field of these neurons a layer, and of so many particles."""
    source = MadeSource(layers, epochs=4 + (bench.WARM_UP + frames) * 17 // USUAL)
    links = sum(before * after for before, after in pairwise(layers))
    counted = {"neurons": sum(layers), "links": links, "particles": particles}
    return {**counted, **_measured(source, partial(_field_scene, particles=particles), size, frames, USUAL)}


def charts(size: tuple[int, int], frames: int) -> dict[str, Any]:
    """Both charts, with another epoch in each frame, from 100 epochs to 10,000,000."""
    steps = [chart_step(points, size, frames) for points in POINTS]
    return _told("charts", size, frames, steps)


def chart_step(points: int, size: tuple[int, int], frames: int) -> dict[str, Any]:
    """Both charts, to begin with of so many epochs."""
    source = MadeSource(recalled=points, epochs=2 * (bench.WARM_UP + frames) + 600)
    return {"points": points, **_measured(source, charts_alone, size, frames, EVERY_FRAME)}


def ui(size: tuple[int, int], frames: int) -> dict[str, Any]:
    """The dashboard, paused, while a pointer wanders over all of it and moves a slider."""
    built = _built(MadeSource(FIELDS[0][0]), dashboard, size, USUAL)
    width, height = size

    def wander(count: int) -> None:
        way = count / WANDERING * 2 * pi
        built.app.handle(Move((width * (0.5 + 0.49 * sin(3 * way)), height * (0.5 + 0.49 * sin(2 * way)))))

    try:
        bench.begin(built)
        built.controller.pause()
        steps = [_drawn(built, size, frames, wander)]
    finally:
        built.close()
    return _told("ui", size, frames, steps)


def compare(size: tuple[int, int], frames: int, url: str) -> dict[str, Any]:
    """Real runs that are played again: one on the dashboard, then up to eight beside each other, trained at `url`."""
    looks: dict[str, Any] = {"size": size, "theme": "dark", "scale": 1.0, "interval": USUAL, "seed": bench.SEED}
    built, steps = stage.build(stage.hidden_window(), url=url, **looks), []
    try:
        built.controller.set_parameters(epochs=LONG)
        for count in BESIDE:
            _have(built, count)
            built.show("compare" if count else "dashboard")
            built.controller.look(1)
            built.controller.replay()
            told = {"runs": count} if count else {"what": "the dashboard, one run"}
            steps.append({**told, **_drawn(built, size, frames)})
    finally:
        built.close()
    return _told("compare", size, frames, steps)


def _have(built: stage.Stage, count: int) -> None:
    """Train as many runs as are missing, each to its end, and show the last epoch."""
    controller = built.controller
    if controller.now.run is None:
        bench.begin(built)
    missing = count - 1 - len(controller.now.beside)
    bench.wait(built, lambda: controller.now.run is not None and controller.now.run.ended)
    if missing > 0 and not controller.repeat(missing):
        raise RuntimeError("the runs for the measurement did not come")
    bench.wait(built, lambda: len(controller.now.beside) >= count - 1 and not controller.now.branching)


def _measured(
    source: MadeSource, opening: Opening, size: tuple[int, int], frames: int, interval: int
) -> dict[str, Any]:
    built = _built(source, opening, size, interval)
    try:
        bench.begin(built)
        return _drawn(built, size, frames)
    finally:
        built.close()


def _drawn(built: stage.Stage, size: tuple[int, int], frames: int, act: bench.Act = bench.nothing) -> dict[str, Any]:
    driver = built.app.renderer.driver["renderer"]
    return {**bench.drawn(built, frames, act), "machine": bench.machine(driver, yardstick(size))}


def _told(scene: str, size: tuple[int, int], frames: int, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """All steps, and how fast the machine was in the last of them."""
    machine = [step.pop("machine") for step in steps][-1]
    return {"scene": scene, "size": list(size), "frames": frames, "steps": steps, "machine": machine}


def _built(source: MadeSource, opening: Opening, size: tuple[int, int], interval: int) -> stage.Stage:
    looks: dict[str, Any] = {"size": size, "theme": "dark", "scale": 1.0, "interval": interval}
    return stage.build(stage.hidden_window(), url="", source=source, opening=opening, **looks)


def _field_scene(context: SceneContext, _: SceneStack, *, particles: int) -> PartScene:
    world = World(context.renderer, context.fonts, particles=particles)
    return PartScene("field", context, _whole, [world], backdrop=world)


def _whole(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
    return Layout(size, scale, True, {}, {}, Rect(0, 0, *size), size[1])


SCENES = {"field": field, "charts": charts, "ui": ui}
