"""The controls: each handler is one wish; which are shown and enabled, the snapshot says."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.flat.controls import Button, Ui
from engine.flat.ranges import Range
from engine.flat.slider import Slider
from engine.motion import Eased
from scenes.kit.places import Layout
from scenes.training.controller import TrainingController
from scenes.training.lifecycle import USER_EVENTS, Status
from scenes.training.parameters import BATCH_SIZES, DATASETS, EPOCHS, FILE, LEARNING_RATE_STEP, LEARNING_RATES, OWN
from scenes.training.playback import FINE_INTERVAL_STEP, INTERVAL_STEP, INTERVALS
from scenes.training.snapshot import Snapshot

from .control_slots import ACTION_NAMES

NAMES = (*USER_EVENTS, "step", "dataset", "learning_rate", "batch_size", "epochs", "speed", "source", "theme")
SLIDERS = ("learning_rate", "epochs", "speed")
SWITCHES = ("help", "log_axis", "smoothing")


@dataclass(frozen=True)
class Look:
    """How a control stands this frame, for drawing: shares run 0 to 1 and ease."""

    hover: float
    press: float


class Controls:
    """Builds the controls once and keeps them in step with the snapshot."""

    def __init__(self, ui: Ui, controller: TrainingController, switches: dict[str, Callable[[], object]]) -> None:
        self.ui = ui
        self._controller = controller
        self._looks: dict[str, tuple[Eased, Eased]] = {}
        self.moving = True  # whether any of them looks different than a tick ago
        chosen = controller.chosen
        self.own = chosen.dataset == OWN  # whether a visitor brings rows
        self._learning_rate = ui.slider(
            "learning_rate",
            Range(*LEARNING_RATES, LEARNING_RATE_STEP, log=True),
            chosen.learning_rate,
            lambda value: controller.set_parameters(learning_rate=value),
        )
        for name in (*DATASETS, *([OWN] if self.own else [])):
            ui.button(f"dataset.{name}", partial(controller.set_parameters, dataset=name, source="trained"))
        self._batches = {
            size: ui.button(f"batch_size.{size}", partial(controller.set_parameters, batch_size=size))
            for size in BATCH_SIZES
        }
        self._epochs = ui.slider(
            "epochs",
            Range(*EPOCHS, 1),
            chosen.epochs,
            lambda value: controller.set_parameters(epochs=round(value)),
        )
        self._speed = ui.slider(
            "speed",
            Range(*INTERVALS, INTERVAL_STEP, reverse=True, fine=FINE_INTERVAL_STEP),
            controller.interval,
            lambda value: controller.set_interval(round(value)),
        )
        for name in (*ACTION_NAMES, "step", "stop"):
            ui.button(name, getattr(controller, name))
        ui.button("source", self._toggle_source)
        for name, act in switches.items():
            ui.button(name, act)
        cells = [name for name in ui.controls if "." in name]
        self._locked = ("learning_rate", "epochs", "source", *cells)  # while a run is under way
        for name in ui.controls:
            self._looks[name] = (Eased(0.0, rate=18.0), Eased(0.0, rate=30.0))

    def place(self, layout: Layout) -> None:
        """Put the controls where the layout says."""
        slots = {name: rect.bounds for name, rect in layout.slots.items() if name in self.ui.controls}
        self.ui.place(layout.size, slots)

    def step(self, name: str, steps: int) -> None:
        """Move a slider by `steps` to the right, if it can be used now."""
        control = self.ui.controls[name]
        if isinstance(control, Slider):
            control.step(steps)

    def primary(self, snapshot: Snapshot) -> str:
        """The action that the large button stands for: the first legal one, Start while it waits."""
        return next((name for name in ACTION_NAMES if name in snapshot.can), "start")

    def tick(self, snapshot: Snapshot, dt: float) -> None:
        """Show, enable and move the controls as the snapshot says."""
        can = snapshot.can
        for slider, value in (
            (self._learning_rate, snapshot.parameters.learning_rate),
            (self._epochs, snapshot.parameters.epochs),
        ):  # what a run says of itself may be unknown, or lie beyond the track
            slider.value = min(slider.range.high, max(slider.range.low, value or slider.range.low))
        self._speed.value = snapshot.interval
        open_now = "set_param" in can
        for name in self._locked:
            self.ui.show(name, visible=True, enabled=open_now)
        shown = self.primary(snapshot)
        for name in ACTION_NAMES:
            self.ui.show(name, visible=name == shown, enabled=name in can)
        self.ui.show("step", visible="step" in can, enabled="step" in can)
        self.ui.show("stop", visible=True, enabled="stop" in can)
        self.ui.tick(dt)
        moving = False
        for name, (hover, press) in self._looks.items():
            control = self.ui.controls[name]
            over = control.is_enabled and (control.hovered or control.held)
            hover.target, press.target = float(over), float(control.held)
            hover.tick(dt)
            press.tick(dt)
            moving |= hover.moving or press.moving
        self.moving = moving

    @property
    def touched(self) -> dict[str, Look]:
        """What is under the pointer or held, and so looks different than at rest."""
        aims = {name: Look(hover.target, press.target) for name, (hover, press) in self._looks.items()}
        return {name: look for name, look in aims.items() if look != Look(0.0, 0.0)}

    @property
    def typed(self) -> dict[str, str]:
        """What has been typed on sliders and not yet taken."""
        sliders = (self._learning_rate, self._epochs, self._speed)
        return {name: each.typed for name, each in zip(SLIDERS, sliders, strict=True) if each.typed}

    def enabled(self, name: str) -> bool:
        """Whether `name` can be used now."""
        return bool(self.ui.controls[name].is_enabled)

    def look(self, name: str, blend: float) -> Look:
        """How far `name` is hovered and pressed."""
        hover, press = self._looks[name]
        return Look(hover.at(blend), press.at(blend))

    def describe(self, snapshot: Snapshot, layout: Layout, **switches: object) -> dict[str, Any]:
        """Each control by name: rect, value, enabled, focused, visible."""
        values: dict[str, Any] = {
            "learning_rate": snapshot.parameters.learning_rate,
            "batch_size": snapshot.parameters.batch_size,
            "epochs": snapshot.parameters.epochs,
            "dataset": snapshot.parameters.dataset,
            "source": snapshot.parameters.source,
            "speed": snapshot.interval,
            **switches,
        }
        told = {}
        for name in (*NAMES, *SWITCHES):
            parts = [part for part in self.ui.controls if part == name or part.startswith(f"{name}.")]
            control = self.ui.controls[parts[0]]
            told[name] = {
                "rect": list(layout.slots[name].bounds),
                "value": values.get(name),
                "enabled": bool(control.visible and control.is_enabled),
                "focused": self.ui.focused in parts,
                "visible": bool(control.visible),
            }
        return told

    def at(self, name: str, value: str | None = None) -> tuple[float, float] | None:
        """Where to point at a control, or at a value of it; None where it is not to be seen."""
        control = self.ui.controls.get(name if value is None else f"{name}.{value}")
        slider = self.ui.controls.get(name)
        if isinstance(slider, Slider) and value is not None:
            wanted = float(value)
            return slider.at(wanted) if slider.range.low <= wanted <= slider.range.high else None
        if isinstance(control, Slider):
            return control.at(control.value)
        if isinstance(control, Button) and control.visible:
            x, y = control.rect.center
            return float(x), float(y)
        return None

    def _toggle_source(self) -> None:
        other = {"trained": "simulated", "simulated": "trained"}[self._controller.chosen.source]
        self._controller.set_parameters(source=other)


def caption(name: str, snapshot: Snapshot) -> str:
    """What a button says."""
    if snapshot.source == FILE and name != "stop":
        again = {Status.COMPLETE: "Play Again", Status.LOADING: "Reading…"}.get(snapshot.status, "Play")
        return {"start": again, "pause": "Pause", "resume": "Resume", "retry": "Read Again"}[name]
    if name == "start":
        return {Status.COMPLETE: "Train Again", Status.LOADING: "Fetching Data…"}.get(snapshot.status, "Start Training")
    if name == "stop" and snapshot.status is Status.LOADING:
        return "Cancel"
    return {"pause": "Pause", "resume": "Resume", "retry": "Retry Training", "stop": "Stop"}[name]
