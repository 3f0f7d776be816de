"""Puts the program together: renderer, worker, source, controller, scenes. Shared by window, script and bench."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.app import App
from engine.flat.fonts import Fonts
from engine.graphics.renderer import Renderer
from engine.resources import ASSETS, SHADERS
from engine.retry import Wait, wait_or_cancel
from engine.scene import SceneStack
from engine.signals import undisturbed
from engine.window import Window
from engine.worker import Worker

from .dashboard.scene import dashboard
from .kit.appearance import Appearance
from .kit.context import SceneContext
from .kit.part_scene import PartScene
from .kit.scale import Scale
from .kit.words import FIRST
from .training.controller import TrainingController
from .training.moment_line import NOTE, Camera, MomentLine, line_of
from .training.parameters import OWN, Parameters
from .training.sources.exchange import Transport
from .training.sources.file import FileSource
from .training.sources.http import HeaderOf, HttpSource
from .training.sources.keeping import Keep
from .training.sources.source import Source
from .world.world import World

TITLE = "AI Training Visualizer"
ICON = ASSETS / "icon.png"
BEGIN_WITH = Parameters(source="trained")
Opening = Callable[[SceneContext, SceneStack], PartScene]


def _compare(context: SceneContext, scenes: SceneStack) -> PartScene:
    """Loaded by whoever asks for it first: no first frame of another scene waits for it."""
    from .compare.scene import compare

    return compare(context, scenes)


def _runs(context: SceneContext, scenes: SceneStack) -> PartScene:
    """The same; made anew each time, since what is kept may be other runs by then."""
    from .runs.scene import runs

    return runs(context, scenes)


def _visit(context: SceneContext, scenes: SceneStack) -> PartScene:
    """The same."""
    from .visit.scene import visit

    return visit(context, scenes)


OPENINGS: Mapping[str, Opening] = {
    "dashboard": dashboard,
    "compare": _compare,
    "runs": _runs,
    "visit": _visit,
}  # what a scene of that name is made by
HIDDEN_SIZE = (64, 64)  # of the window behind pictures drawn off screen; the pictures have their own


@dataclass
class Stage:
    """All of one running visualizer. `close` gives it back in order."""

    app: App
    window: Window
    context: SceneContext  # what all scenes share
    first: PartScene  # the one that it opens with
    source: Source
    worker: Worker
    borrowed: bool = False  # whether the window is somebody else's to close

    @property
    def controller(self) -> TrainingController:
        """The one that drives the run."""
        return self.context.controller

    @property
    def appearance(self) -> Appearance:
        """Theme, ramp and motion."""
        return self.context.appearance

    @property
    def scene(self) -> PartScene:
        """The one that scripts and recordings speak of: the highest that is made of parts."""
        return next(scene for scene in reversed(list(self.app.scenes)) if isinstance(scene, PartScene))

    @property
    def named(self) -> dict[str, PartScene]:
        """The scenes that can be brought to the front, by name."""
        return {scene.name: scene for scene in self.app.scenes if isinstance(scene, PartScene)}

    def show(self, name: str) -> None:
        """Bring a scene to the front, whatever message lies on top. Raises KeyError if there is none of that name."""
        wanted = self.named.get(name) or OPENINGS[name](self.context, self.app.scenes)
        self._uncover()
        self.app.scenes.show(wanted)

    def note(self) -> bytes:
        """The line that brings this moment back, as pictures carry it; nothing where there is none."""
        world = self.scene.find(World)
        line = line_of(self.controller.now, world.camera.place, world.looked) if world else None
        return f"{NOTE}{line}".encode("latin-1") if line else b""

    def open(self, line: MomentLine) -> bool:
        """Bring back the moment of a line; whether that can be."""
        opened = self.controller.open(line.parameters, line.epoch, line.silent)
        if opened and (world := self.scene.find(World)):
            world.look_again(line.looked)
        if opened and line.camera:
            self.look_from(line.camera)
        return opened

    def look_from(self, camera: Camera) -> None:
        """Let every field be seen from there."""
        for scene in self.named.values():
            if world := scene.find(World):
                world.camera.look_from(*camera)

    def begin_anew(self, *, goes_round: bool = False) -> None:
        """Nobody has touched anything: no run, no message, every scene as at first, and the first one in front.

        Where nobody reads, the camera `goes_round`.
        """
        self.controller.begin_anew()
        self._uncover()
        if self.app.scenes:  # else the program is about to end
            self.app.scenes.show(self.first)
        for scene in self.named.values():
            scene.begin_anew()
            if world := scene.find(World):
                world.goes_round = goes_round
        self.context.toast.clear()
        self.context.touch.clear()
        self.refresh()

    def refresh(self) -> None:
        """Let whoever asks before the next tick hear of this very moment."""
        self.controller.refresh()
        for scene in self.named.values():
            scene.refresh()

    def _uncover(self) -> None:
        """Take off what lies on top and is no scene of parts: help, or what broke."""
        while self.app.scenes and not isinstance(self.app.scenes.top, PartScene):
            self.app.scenes.pop()

    def close(self) -> None:
        """End the request, then give back GL and, unless borrowed, the window."""
        self.app.scenes.clear()
        self.context.show = str  # else stage and context would hold each other
        self.worker.close()
        self.source.close()
        self.app.renderer.close()
        if not self.borrowed:
            self.window.close()


def hidden_window() -> Window:
    """A window that nobody sees, for drawing off screen. Raises WindowError."""
    return Window(HIDDEN_SIZE, title=TITLE, visible=False)


def _chosen(chosen: Parameters, csv: str, class_column: str, seed: int | None) -> Parameters:
    """What the next run has at first: a table and a seed that somebody brings go before all else."""
    chosen = replace(chosen, dataset=OWN, table=csv, class_column=class_column) if csv else chosen
    return chosen if seed is None else replace(chosen, seed=seed)


def build(
    window: Window,
    *,
    url: str,
    size: tuple[int, int],
    theme: str,
    scale: float,
    interval: int,
    seed: int | None = None,
    chosen: Parameters = BEGIN_WITH,
    embedded: bool = False,
    header: HeaderOf | None = None,
    csv: str = "",
    class_column: str = "",
    file: Path | None = None,
    worker: Worker | None = None,
    transport: Transport | None = None,
    wait: Wait = wait_or_cancel,
    jitter: Callable[[float], float] | None = None,
    ramp: str = "seed",
    motion: str = "full",
    projector: bool = False,
    language: str = FIRST,
    changed: Callable[[], None] = lambda: None,
    opening: Opening = dashboard,
    source: Source | None = None,
    keep: Keep | None = None,
    kept_in: Path | None = None,
) -> Stage:
    """A visualizer that draws `size` pixels, trains at `url` or shows the run in `file`, and opens with `opening`.

    `chosen` is what the next run has until somebody chooses something else; a `seed` and a `csv` go before it.
    `csv` is a visitor's own table, `class_column` the column of it that is learned, empty for the last one.
    `header` says what a run would begin with: what is chosen is then seen before anybody starts it. A `source` takes
    the place of the one that `url` and `file` would have made. With `keep`, runs that come from `url` are kept;
    they lie in `kept_in`. Raises GraphicsError or ShaderError.
    """
    with undisturbed():  # moderngl's own code in C does not survive an exception in what it calls
        renderer = Renderer(window.load, SHADERS, size)
        worker = worker or Worker()
        if file and source is None:
            source = FileSource(file, wait=wait)
        elif source is None:
            source = HttpSource(
                url, transport=transport, wait=wait, jitter=jitter, embedded=embedded, header=header, keep=keep
            )
        chosen = _chosen(chosen, csv, class_column, seed)
        controller = TrainingController(source, worker, interval=interval, chosen=chosen)
        fonts = Fonts(ASSETS / "fonts", ASSETS / "icons")
        appearance = Appearance(theme=theme, ramp=ramp, motion=motion, language=language, changed=changed)
        shown = Scale(scale, projector=projector)
        context = SceneContext(controller, renderer, fonts, appearance, shown, caption=window.caption, kept_in=kept_in)
        scenes = SceneStack()
        first = opening(context, scenes)
        scenes.push(first)
    app = App(renderer, scenes, model=context, quality=context.quality)
    built = Stage(app, window, context, first, source, worker)
    context.show = built.show
    return built
