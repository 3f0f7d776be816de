"""The same chart and field in other libraries, each in a process of its own: what we measure ourselves by.

A chart is two curves below each other, to which a point is added in each frame; a field is balls, links and motes that
turn. A frame ends when its picture lies finished in memory. Each library is set as its own manual says for speed.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np

from . import bench, bench_growth
from .bench_growth import FIELDS

OURS = "this program"
PACKAGES = {"matplotlib": ("matplotlib",), "pyqtgraph": ("pyqtgraph", "PyQt6"), "vispy": ("vispy",)}
POINTS = (100, 10_000, 1_000_000)
BALLS = (FIELDS[1], FIELDS[3])
ROUNDS, WARM_UP, FRAMES, LONGEST = 3, 5, 60, 20.0  # rounds that alternate; frames; seconds, in which there may be fewer
SEED, WIDE = 7, 2.5  # pixels, of a curve; its edges are smooth, and below it lies an area

Frame = Callable[[int], object]
Rgba = tuple[float, float, float, float]


def compare(size: tuple[int, int]) -> dict[str, Any]:
    """Milliseconds a frame, the median of the quietest of three rounds, of each library that is installed."""
    installed = [name for name, needed in PACKAGES.items() if all(map(find_spec, needed))]
    names = [OURS, *(name for name in installed if _draws(name, size))]
    charts = {points: _alternating(names, "charts", points, size) for points in POINTS}
    fields = {
        sum(shape): _alternating([n for n in names if n in (OURS, "vispy")], "field", k, size)
        for k, (shape, _) in enumerate(BALLS)
    }
    return {"scene": "peers", "size": list(size), "charts": charts, "fields": fields}


def measure(name: str, kind: str, step: int, size: tuple[int, int]) -> float:
    """For a child process: the median of its frames, milliseconds."""
    if name == OURS:
        return _ours(kind, step, size)
    made = _DRAWN[name, kind](step, size)
    taken, until = [], time.monotonic() + LONGEST
    for count in range(WARM_UP + FRAMES):
        begun = time.perf_counter()
        made(count)
        taken.append((time.perf_counter() - begun) * 1000)
        if time.monotonic() > until:
            break
    return float(np.median(taken[WARM_UP:] or taken))


def _draws(name: str, size: tuple[int, int]) -> bool:
    """Whether that library can draw here at all; if it cannot, that is said, and it is left out."""
    try:
        _child(name, "charts", POINTS[0], size)
    except subprocess.SubprocessError:
        print(f"{name} is installed, and cannot draw here: it is left out", file=sys.stderr)
        return False
    return True


def _alternating(names: list[str], kind: str, step: int, size: tuple[int, int]) -> dict[str, float]:
    found: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            found[name].append(_child(name, kind, step, size))
    return {name: round(min(taken), 2) for name, taken in found.items()}


def _child(name: str, kind: str, step: int, size: tuple[int, int]) -> float:
    options = ["--peer", json.dumps([name, kind, step]), "--size", f"{size[0]}x{size[1]}"]
    told = bench.child(options, patience=300.0, QT_QPA_PLATFORM="offscreen", EGL_PLATFORM="surfaceless")
    return float(told.split()[-1])


def _ours(kind: str, step: int, size: tuple[int, int]) -> float:
    if kind == "charts":
        told = bench_growth.chart_step(step, size, FRAMES)
    else:
        told = bench_growth.field_step(*BALLS[step], size, FRAMES)
    return float(told["wall_ms"]["p50"])


def _columns(points: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    count, random = points + WARM_UP + FRAMES, np.random.default_rng(SEED)
    loss = 0.2 + np.exp(-5 * np.arange(count) / count) + np.abs(random.normal(0, 0.05, count))
    return np.arange(count, dtype=np.float64), loss, 100 * (1 - loss / 2)


def _matplotlib_charts(points: int, size: tuple[int, int]) -> Frame:
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    matplotlib.rcParams.update({"path.simplify": True, "path.simplify_threshold": 1.0, "agg.path.chunksize": 10_000})
    x, *columns = _columns(points)
    figure = Figure(figsize=(size[0] / 100, size[1] / 100), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.subplots(2, 1)
    lines = [each.plot(x[:points], y[:points], linewidth=WIDE)[0] for each, y in zip(axes, columns, strict=True)]
    areas: list[Any] = [None, None]

    def frame(count: int) -> None:
        for row, (each, line, y) in enumerate(zip(axes, lines, columns, strict=True)):
            line.set_data(x[: points + count], y[: points + count])
            each.set_xlim(0, points + count)
            if areas[row]:
                areas[row].remove()
            areas[row] = each.fill_between(x[: points + count], y[: points + count], alpha=0.3)
        canvas.draw()

    return frame


def _pyqtgraph_charts(points: int, size: tuple[int, int]) -> Frame:
    import pyqtgraph

    application = pyqtgraph.mkQApp()
    pyqtgraph.setConfigOptions(antialias=True)
    x, *columns = _columns(points)
    window = pyqtgraph.GraphicsLayoutWidget()
    window.resize(*size)
    curves, pen = [], pyqtgraph.mkPen(width=WIDE)
    for row, y in enumerate(columns):
        plot = window.addPlot(row, 0)
        plot.setDownsampling(auto=True, mode="peak")
        plot.setClipToView(True)
        curves.append(plot.plot(x[:points], y[:points], pen=pen, fillLevel=0, brush=(80, 200, 160, 80)))

    def frame(count: int) -> None:
        for curve, y in zip(curves, columns, strict=True):
            curve.setData(x[: points + count], y[: points + count])
        application.processEvents()
        window.grab()

    return frame


def _vispy_charts(points: int, size: tuple[int, int]) -> Frame:
    canvas, scene, finish = _vispy(size)
    x, *columns = _columns(points)
    grid, charts = canvas.central_widget.add_grid(), []
    for row, y in enumerate(columns):
        upright, across = scene.AxisWidget(orientation="left"), scene.AxisWidget(orientation="bottom")
        grid.add_widget(upright, row=2 * row, col=0).width_max = 60
        grid.add_widget(across, row=2 * row + 1, col=1).height_max = 30
        view = grid.add_view(row=2 * row, col=1, camera="panzoom")
        view.height_min = size[1] // 2 - 60
        upright.link_view(view)
        across.link_view(view)
        line = scene.visuals.Line(np.column_stack([x, y]), width=WIDE, method="agg", antialias=True, parent=view.scene)
        area = scene.visuals.Mesh(mode="triangle_strip", color=(0.3, 0.8, 0.6, 0.3), parent=view.scene)
        view.camera.set_range(x=(0, len(x)), y=(0, float(y.max())))
        charts.append((line, area, y))

    def frame(count: int) -> None:
        seen = points + count
        for line, area, y in charts:
            line.set_data(np.column_stack([x[:seen], y[:seen]]))
            rails = np.zeros((2 * seen, 3), dtype=np.float32)
            rails[:, 0], rails[::2, 1] = np.repeat(x[:seen], 2), y[:seen]
            area.set_data(vertices=rails, color=(0.3, 0.8, 0.6, 0.3))
        finish()

    return frame


def _vispy_field(step: int, size: tuple[int, int]) -> Frame:
    (layers, particles), random = BALLS[step], np.random.default_rng(SEED)
    canvas, scene, finish = _vispy(size)
    view = canvas.central_widget.add_view(camera=_turntable(scene))
    places = random.uniform(-2, 2, (sum(layers), 3)).astype(np.float32)
    ends = []
    first = 0
    for before, after in pairwise(layers):
        here, there = np.meshgrid(np.arange(before), np.arange(after), indexing="ij")
        ends.append(np.column_stack([here.ravel() + first, there.ravel() + first + before]))
        first += before
    scene.visuals.Line(
        places[np.concatenate(ends)].reshape(-1, 3), connect="segments", color=(0.4, 0.9, 0.6, 0.3), parent=view.scene
    )
    motes = scene.visuals.Markers(parent=view.scene)
    motes.set_data(random.uniform(-4, 4, (particles, 3)).astype(np.float32), size=2, edge_width=0)
    balls = scene.visuals.Markers(parent=view.scene, spherical=True)
    balls.set_data(places, size=20, edge_width=0)

    def frame(count: int) -> None:
        view.camera.azimuth = 0.5 * count
        finish()

    return frame


def _turntable(scene: Any) -> Any:
    camera: Any = scene.cameras.TurntableCamera(distance=8, fov=45)
    return camera


def _vispy(size: tuple[int, int]) -> tuple[Any, Any, Callable[[], None]]:
    import vispy

    vispy.use("egl")
    from vispy import gloo, scene

    canvas = scene.SceneCanvas(size=size, show=False)
    target = gloo.FrameBuffer(gloo.Texture2D((size[1], size[0], 4)), gloo.RenderBuffer((size[1], size[0])))

    def finish() -> None:
        with target:
            gloo.set_viewport(0, 0, *size)
            canvas.on_draw(None)
        gloo.gl.glFinish()

    return canvas, scene, finish


_DRAWN: dict[tuple[str, str], Callable[[int, tuple[int, int]], Frame]] = {
    ("matplotlib", "charts"): _matplotlib_charts,
    ("pyqtgraph", "charts"): _pyqtgraph_charts,
    ("vispy", "charts"): _vispy_charts,
    ("vispy", "field"): _vispy_field,
}
