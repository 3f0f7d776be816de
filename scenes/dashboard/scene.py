"""The dashboard scene: composes the other files of this folder and nothing else."""

from typing import Any

from engine.camera import OrbitCamera
from engine.flat.controls import Ui
from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay
from engine.graphics.renderer import Renderer
from engine.input import Event, FocusLost, Key, Move, Resize
from engine.motion import Eased
from engine.scene import Scene, SceneStack
from scenes.kit.appearance import Appearance
from scenes.kit.drawing import Drawing
from scenes.kit.help_scene import HelpScene
from scenes.kit.hover import Hover
from scenes.kit.places import Layout
from scenes.kit.scale import fitting
from scenes.kit.scrolling import Page, takes
from scenes.kit.shape_cache import Kept
from scenes.kit.theme import Theme
from scenes.kit.toast import Toast
from scenes.kit.touch_ring import Touch
from scenes.training.controller import TrainingController
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot
from scenes.world import field as world
from scenes.world import field_rows
from scenes.world.camera_input import move
from scenes.world.pipelines import Pipelines

from . import frame
from .charts import Chart, View
from .controls import Controls
from .data import DataPanel
from .description import describe
from .keys import Bindings
from .layout import layout
from .network import FlatNetwork
from .stats import Stats
from .timeline import Timeline
from .words import diverged

TURNS = {Status.TRAINING: 1 / 30}  # turns a second of the camera; else CALM_TURNS
CALM_TURNS = 1 / 120
PACE = {Status.TRAINING: 1.0, Status.LOADING: 1.0, Status.PAUSED: 0.0}  # of everything that moves; else CALM_PACE
CALM_PACE = 0.4
LOGO = 360 / 3  # degrees a second while training


class Dashboard(Scene):
    """Shows one controller's run. All that it knows of it is the Snapshot of the last tick."""

    def __init__(
        self,
        controller: TrainingController,
        renderer: Renderer,
        fonts: Fonts,
        *,
        appearance: Appearance,
        scale: float = 1.0,
    ) -> None:
        self.controller = controller
        self.snapshot = controller.snapshot()
        self.appearance = appearance
        self.camera = OrbitCamera()
        self.field = world.network()
        self.stats = Stats()
        self.page = Page()
        self.fits = not scale  # with the window
        self.scale = scale or fitting(renderer.size)
        self.time = 0.0  # seconds of motion: stands still while paused, and never jumps
        self.size = renderer.size
        self._pace = Eased(CALM_PACE, rate=4.0)
        self.logo = 0.0
        self.error_age = 0.0
        self.network = FlatNetwork()
        self.data = DataPanel()
        self.view = View()
        self._timeline = Timeline(controller, self.view)
        self.charts = [
            Chart("loss_chart", "Loss", ceiling=None, suffix=""),
            Chart("accuracy_chart", "Accuracy", ceiling=100.0, suffix="%"),
        ]
        self.overlay = Overlay(fonts, renderer.size)
        self.controls = Controls(
            Ui(renderer.size),
            controller,
            {
                "theme": appearance.toggle_theme,
                "help": self.open_help,
                "log_axis": self.view.toggle_log,
                "smoothing": self.view.toggle_smooth,
            },
        )
        self.toast = Toast()
        self.touch = Touch()
        self.hover = Hover()
        self.kept = Kept()  # how the controls look
        self.stack: SceneStack | None = None  # that this scene lies on, for what is laid over it
        self.controls.ui.complain = self.toast.say
        self.bindings = Bindings(self)
        self.pipelines = Pipelines(renderer)
        self.pipelines.motes.write(field_rows.mote_rows(self.field))
        self._lay_out()
        self.controls.tick(self.snapshot, 0.0)

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self.appearance.theme

    def handle(self, event: Event) -> bool:
        """Controls first, then keys, then page and camera."""
        self.hover.handle(event)
        if isinstance(event, Resize):
            self.size = event.size
            self.scale = fitting(event.size) if self.fits else self.scale
            self.overlay.resize(event.size)
            self._lay_out()
        elif not takes(event, self.layout, self.controls.ui.focused) and self.controls.ui.handle(event):
            if isinstance(event, Key):
                self.reveal(self.controls.ui.focused or "")
            return True
        elif isinstance(event, Key):
            return self.bindings.press(event)
        elif self._timeline.handle(event, self.layout, self.snapshot):
            return True
        elif self.page.handle(event, self.layout):
            self._lay_out()
        else:
            move(self.camera, event, self.layout)
        return True

    def tick(self, dt: float) -> None:
        """One tick of everything."""
        self.snapshot = snapshot = self.controller.tick(dt)
        still = self.appearance.still
        self._pace.target = 0.0 if still else PACE.get(snapshot.status, CALM_PACE)
        self._pace.tick(dt)
        self.time += dt * self._pace.value
        self.camera.tick(dt, turns=self._turns(snapshot))
        self._shape_field(snapshot)
        world.tick(self.field, snapshot, dt, still=still)
        self.stats.tick(snapshot, dt, still=still)
        self.controls.tick(snapshot, dt)
        for chart in self.charts:
            chart.tick(snapshot, dt, still=still)
        self.appearance.knob.tick(dt)
        self.toast.tick(dt)
        self.touch.tick(dt)
        self.hover.tick(self.layout, dt)
        self.error_age = self.error_age + dt if snapshot.error or diverged(snapshot) else 0.0
        turns = not still and (snapshot.status is Status.TRAINING or self.logo > LOGO * dt)
        self.logo = (self.logo + LOGO * dt) % 360 if turns else 0.0  # it ends its turn, and rests upright

    def draw(self, canvas: Renderer, *, now: float, blend: float) -> None:
        """Put this moment on the canvas."""
        drawing = Drawing(self.layout, self.theme, self.overlay, now)
        frame.draw_panels(self, drawing, blend)
        canvas.draw(frame.picture(self, drawing, blend))

    def entered(self) -> None:
        """See Scene: what lay over this one has left the renderer with another layer of text."""
        self._lay_out()

    def open_help(self) -> None:
        """Lay the help over this scene."""
        if self.stack:
            self.stack.push(HelpScene(self, self.stack.pop))

    def set_scale(self, scale: float) -> None:
        """Pixels a unit from now on, whatever the window's size; 0 for what goes with the size."""
        self.scale, self.fits = scale or fitting(self.size), not scale
        self._lay_out()

    def begin_anew(self) -> None:
        """Nobody has touched anything: no run, no pointer, no focus, camera and page as at first."""
        for event in (FocusLost(), Move((-1.0, -1.0))):
            self.handle(event)
        self.controls.ui.unfocus()
        self.controller.stop()
        self.camera.home()
        self.view.log = self.view.smooth = False
        self.page.scroll = 0
        self.toast.clear()
        self.touch.clear()
        self._lay_out()

    def reveal(self, name: str) -> None:
        """Scroll so that a control or panel can be seen, if the page scrolls at all and it with the page."""
        page = self.layout
        seen = page.slots.get(name) or page.panels.get(name)
        if seen and not (page.strip and name in ("source", "error")) and self.page.reveal(seen.y, seen.bottom, page):
            self._lay_out()

    def describe(self) -> dict[str, Any]:
        """What can be seen, as numbers and words (docs: scripts)."""
        return describe(self)

    def _lay_out(self) -> None:
        own = self.controls.own
        scroll = self.page.clamp(layout(self.size, self.scale, own=own))
        self.layout: Layout = layout(self.size, self.scale, scroll, own=own)
        self.overlay.clear()
        self.controls.place(self.layout)

    def _shape_field(self, snapshot: Snapshot) -> None:
        """Have the field of the run's own network; the seed's shape while there is none."""
        network = snapshot.run.network if snapshot.run else None
        layers = network.shape if network else world.LAYERS
        if layers != self.field.layers:
            self.field = world.reshaped(self.field, layers)

    def _turns(self, snapshot: Snapshot) -> float:
        held = snapshot.status is Status.PAUSED or self.appearance.still
        return 0.0 if held else TURNS.get(snapshot.status, CALM_TURNS)
