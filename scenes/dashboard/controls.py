"""The controls of a run: each handler is one wish; which are shown and enabled, the snapshot says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from engine.input import Point
from engine.scripting.words import VerbError, guess
from scenes.kit.appearance import Appearance
from scenes.kit.choices import CALLED, CHOICES, CURVE, RANGES, exact
from scenes.kit.control_set import ControlSet
from scenes.kit.part import Moment
from scenes.training.controller import TrainingController
from scenes.training.lifecycle import USER_EVENTS, Status
from scenes.training.parameters import (
    BATCH_SIZES,
    DATASETS,
    FILE,
    OWN,
    SIMULATED,
    TRAINED,
    Parameters,
    RunParameters,
)
from scenes.training.snapshot import Snapshot

from .control_slots import ACTION_NAMES

SLIDERS = ("learning_rate", "epochs", "speed")
ALWAYS = ("speed", "theme")  # open in the middle of a run, too


class RunControls(ControlSet):
    """Builds the controls once and keeps them in step with the snapshot. `switches` are buttons of other parts."""

    def __init__(
        self,
        size: tuple[int, int],
        controller: TrainingController,
        appearance: Appearance,
        switches: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__(size)
        self._controller, self._appearance = controller, appearance
        chosen = controller.chosen
        self.own = chosen.dataset == OWN  # whether a visitor brings rows
        self._add_sliders_and_grids()
        for name in (*ACTION_NAMES, "step", "stop", "undo", "replay"):
            self.button(name, getattr(controller, name))
        for name, act in {"theme": appearance.toggle_theme, **switches}.items():
            self.button(name, act)
        cells = [name for name in self.ui.controls if "." in name]
        self._locked = ("learning_rate", "epochs", *cells)  # while a run is under way
        self._told: object = None  # what of the run they show
        for name in ("learning_rate", "batch_size", "epochs"):
            self.values[name] = partial(self._asked, name)
        self.values["dataset"] = lambda: data_of(controller.now.controls)
        self.values |= {"speed": lambda: controller.now.interval, "theme": lambda: appearance.theme.name}

    def _add_sliders_and_grids(self) -> None:
        controller, chosen = self._controller, self._controller.chosen
        self._learning_rate = self.slider(
            "learning_rate",
            RANGES["learning_rate"],
            chosen.learning_rate,
            lambda value: controller.set_parameters(learning_rate=value),
        )
        for name in (*DATASETS, CURVE, *([OWN] if self.own else [])):
            self.button(f"dataset.{name}", partial(self._learn, name))
        for size in BATCH_SIZES:
            self.button(f"batch_size.{size}", partial(controller.set_parameters, batch_size=size))
        self._epochs = self.slider(
            "epochs",
            RANGES["epochs"],
            chosen.epochs,
            lambda value: controller.set_parameters(epochs=round(value)),
        )
        self._speed = self.slider(
            "speed",
            RANGES["speed"],
            controller.interval,
            lambda value: controller.set_interval(round(value)),
        )

    def primary(self, run: Snapshot) -> str:
        """The action that the large button stands for: the first legal one, Start while it waits."""
        return next((name for name in ACTION_NAMES if name in run.can), "start")

    def press_primary(self) -> None:
        """What the large button does; but where somebody looks back, the run plays on, and no new one begins."""
        run = self._controller.now
        name = "replay" if run.replay and "replay" in run.can else self.primary(run)
        getattr(self._controller, name)()

    def tick(self, moment: Moment, dt: float) -> None:
        """Show, enable and move the controls as the snapshot says, whenever it says something else."""
        run = moment.run
        told = run.controls, run.interval, run.can
        if told != self._told:
            self._told = told
            self._follow(run)
        super().tick(moment, dt)

    def _follow(self, run: Snapshot) -> None:
        told = ((self._learning_rate, run.controls.learning_rate), (self._epochs, run.controls.epochs))
        for slider, value in told:  # what a run says of itself may be unknown, or lie beyond the track
            slider.value = min(slider.range.high, max(slider.range.low, value or slider.range.low))
        self._speed.value = run.interval
        for name in self._locked:
            self.ui.show(name, visible=True, enabled="set_param" in run.can)
        shown = self.primary(run)
        for name in ACTION_NAMES:
            self.ui.show(name, visible=name == shown, enabled=name in run.can)
        self.ui.show("step", visible="step" in run.can, enabled="step" in run.can)
        self.ui.show("stop", visible="undo" not in run.can, enabled="stop" in run.can)
        self.ui.show("undo", visible="undo" in run.can, enabled="undo" in run.can)
        self.ui.show("replay", visible="replay" in run.can, enabled="replay" in run.can)

    @property
    def names(self) -> list[str]:
        """See ControlSet: the actions come first."""
        return list(dict.fromkeys([*USER_EVENTS, "step", *super().names]))

    def set(self, name: str, text: str, moment: Moment) -> None:
        """Give the control `name` exactly the value written as `text`, without a pointer.

        Raises VerbError where it has none, or is locked.
        """
        if name not in CHOICES and name not in SLIDERS:
            told = ": it is pressed, not set" if name in self.ui.controls else guess(name, (*SLIDERS, *CHOICES))
            raise VerbError(f"there is no value to set for '{name}'{told}")
        text = CALLED.get(text, text) if name == "dataset" else text
        values = (*CHOICES.get(name, ()), *([OWN] if name == "dataset" and self.own else []))
        if name in CHOICES and text not in values:
            raise VerbError(f"'{text}' is no value for '{name}'{guess(text, values)}")
        value = text if name in CHOICES else self._number(name, text)
        now = self._controller.snapshot()
        if name not in ALWAYS and "set_param" not in now.can:
            raise VerbError(f"the control '{name}' is locked while the status is '{now.status.value}'")
        self._apply(name, value)
        self.tick(replace(moment, run=self._controller.refresh()), 0.0)

    def _number(self, name: str, text: str) -> float:
        """The number, if the slider can show it: what is asked for is never rounded behind the script's back."""
        return exact(name, text)

    def at(self, name: str, value: str | None = None) -> Point | None:
        """See ControlSet: data by the words on their cells, too."""
        return super().at(name, CALLED.get(value or "", value) if name == "dataset" else value)

    def _apply(self, name: str, value: str | float) -> None:
        controller = self._controller
        if name == "theme":
            self._appearance.choose(theme=str(value))
        elif name == "dataset":
            self._learn(str(value))
        elif name == "speed":
            controller.set_interval(int(value))
        else:
            controller.set_parameters(**{name: value if name in ("learning_rate", "source") else int(value)})

    def _asked(self, name: str) -> object:
        return getattr(self._controller.now.controls, name)

    def _learn(self, name: str) -> bool:
        """Choose data, or none: what learns nothing is a simulated curve."""
        changes = {"source": SIMULATED} if name == CURVE else {"dataset": name, "source": TRAINED}
        return self._controller.set_parameters(**changes)


def data_of(told: Parameters | RunParameters) -> str | None:
    """What a run learns, as the cell of the data is called; CURVE for one that learns nothing."""
    return CURVE if told.source == SIMULATED else told.dataset


def caption(name: str, snapshot: Snapshot) -> str:
    """What a button says."""
    if snapshot.source == FILE and name not in ("stop", "undo"):
        again = {Status.COMPLETE: "Play Again", Status.LOADING: "Reading…"}.get(snapshot.status, "Play")
        return {"start": again, "pause": "Pause", "resume": "Resume", "retry": "Read Again"}[name]
    if name == "start":
        return {Status.COMPLETE: "Train Again", Status.LOADING: "Fetching Data…"}.get(snapshot.status, "Start Training")
    if name == "stop" and snapshot.status is Status.LOADING:
        return "Cancel"
    return {"pause": "Pause", "resume": "Resume", "retry": "Retry Training", "stop": "Stop", "undo": "Undo"}[name]
