"""The controls of a run: each handler is one wish; which are shown and enabled, the snapshot says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from engine.flat.slider import Slider
from engine.scripting.words import VerbError, guess
from scenes.kit.appearance import Appearance
from scenes.kit.choices import CHOICES, LAYER_ACTS, LISTS, RANGES, SETTINGS, exact, within_bounds
from scenes.kit.control_set import ControlSet
from scenes.kit.part import Moment
from scenes.training.controller import TrainingController
from scenes.training.lifecycle import USER_EVENTS, Status
from scenes.training.parameter_words import CALLED, FEATURES_CALLED, WHOLE, value_of
from scenes.training.parameters import (
    CHOSEN,
    CURVE,
    FEATURES,
    FILE,
    MOST_LAYERS,
    OWN,
    SIMULATED,
    TRAINED,
    Parameters,
    RunParameters,
    matters,
)
from scenes.training.snapshot import Snapshot
from scenes.training.steering import STEERED

from .control_slots import ACTION_NAMES, GRIDS, TAB_OF

ALWAYS = ("speed", "theme", "settings")  # open in the middle of a run, too
OF_EVERY_RUN = ("dataset", "learning_rate", "batch_size", "epochs")  # a simulated one has them, too
NEW_LAYER = 4  # neurons of a hidden layer where there is none to be like
SPREAD, NEXT, MANY = 421, 137, 1000  # one seed leads to another that looks thrown, and to all 1,000 in turn


class RunControls(ControlSet):
    """Builds the controls once and keeps them in step with the snapshot. `switches` are buttons of other parts.

    Of the settings one tab is shown at a time. `layer` is the hidden layer that the number of neurons is about.
    """

    def __init__(
        self,
        size: tuple[int, int],
        controller: TrainingController,
        appearance: Appearance,
        switches: Mapping[str, Callable[[], object]],
        ask_for_table: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(size)
        self._controller, self._appearance, self._ask_for_table = controller, appearance, ask_for_table
        self.tab, self.layer = SETTINGS[0], 0
        self._add_settings()
        for name in (*ACTION_NAMES, "step", "stop", "undo", "replay"):
            self.button(name, getattr(controller, name))
        for name, act in {"theme": appearance.toggle_theme, **switches}.items():
            self.button(name, act)
        self._told: object = None  # what of the run they show
        for name in CHOSEN:
            self.values[name] = partial(self._asked, name)
        self.values["dataset"] = lambda: data_of(controller.now.controls)
        self.values["layers"] = lambda: controller.now.controls.hidden
        self.values["neurons"] = lambda: neurons(controller.now.controls, self.layer)
        self.values["settings"] = lambda: self.tab
        self.values |= {"speed": lambda: controller.now.interval, "theme": lambda: appearance.theme.name}

    def _add_settings(self) -> None:
        for tab in SETTINGS:
            self.button(f"settings.{tab}", partial(self.show_tab, tab))
        presses: dict[str, Callable[[str], object]] = {
            "dataset": self._learn,
            "layers": self._change_layers,
            "features": self._toggle_feature,
            "new_seed": lambda _: self._throw(),
        }
        for name in TAB_OF:
            if name in RANGES:
                self.slider(name, RANGES[name], RANGES[name].low, partial(self.choose, name))
            for cell in GRIDS.get(name, ()):
                value = cell.partition(".")[2]
                self.button(cell, partial(presses.get(name, partial(self.choose, name)), value))

    def show_tab(self, tab: str) -> None:
        """Show the settings of another tab, one of SETTINGS."""
        self.tab = tab
        self._follow(self._controller.now)

    def begin_anew(self) -> None:
        """See Part."""
        self.layer = 0
        self.show_tab(SETTINGS[0])
        super().begin_anew()

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
        if "steer" in run.can and any(self.ui.controls[name].held for name in STEERED if name in RANGES):
            self._controller.hold_steering()
        super().tick(moment, dt)

    def key(self, moment: Moment, *more: object) -> object:
        """See ControlSet: the tab, too."""
        return super().key(moment, self.tab, self.layer, *more)

    def _follow(self, run: Snapshot) -> None:
        hidden = run.controls.hidden or ()
        self.layer = max(0, min(self.layer, len(hidden) - 1))
        for name in RANGES:
            slider = self.ui.controls[name]
            assert isinstance(slider, Slider)  # what a run says of itself may be unknown, or lie beyond the track
            slider.value = min(slider.range.high, max(slider.range.low, self._number_of(name, run) or 0))
        for name, tab in TAB_OF.items():
            wish = "steer" if name in STEERED and "steer" in run.can else "set_param"
            open_now = name in ALWAYS or (wish in run.can and applies(name, run.controls))
            for part in (name, *GRIDS.get(name, ())):
                if part in self.ui.controls:
                    self.ui.show(part, visible=tab == self.tab, enabled=open_now and self._makes_sense(part, hidden))
        shown = self.primary(run)
        for name in ACTION_NAMES:
            self.ui.show(name, visible=name == shown, enabled=name in run.can)
        self.ui.show("step", visible="step" in run.can, enabled="step" in run.can)
        self.ui.show("stop", visible="undo" not in run.can, enabled="stop" in run.can)
        self.ui.show("undo", visible="undo" in run.can, enabled="undo" in run.can)
        for name in ("replay", "compare"):
            self.ui.show(name, visible="replay" in run.can, enabled="replay" in run.can)

    def _number_of(self, name: str, run: Snapshot) -> float | None:
        """What the slider `name` has to show."""
        if name == "speed":
            return run.interval
        return neurons(run.controls, self.layer) if name == "neurons" else getattr(run.controls, name)

    def _makes_sense(self, name: str, hidden: tuple[int, ...]) -> bool:
        """Whether a control of the layers has anything to do."""
        return {
            "neurons": bool(hidden),
            "layers.previous": self.layer > 0,
            "layers.next": self.layer < len(hidden) - 1,
            "layers.remove": bool(hidden),
            "layers.add": len(hidden) < MOST_LAYERS,
        }.get(name, True)

    @property
    def names(self) -> list[str]:
        """See ControlSet: the actions come first."""
        return list(dict.fromkeys([*USER_EVENTS, "step", *super().names]))

    def set(self, name: str, text: str, moment: Moment) -> None:
        """Give the control `name` exactly the value written as `text`, without a pointer.

        Raises VerbError where it has none, or is locked.
        """
        known = (*RANGES, *CHOICES, *LISTS, "settings")
        if name not in known:
            told = ": it is pressed, not set" if name in self.ui.controls else guess(name, known)
            raise VerbError(f"there is no value to set for '{name}'{told}")
        now = self._controller.snapshot()
        value = self._read(name, text)
        steered = name in STEERED and "steer" in now.can
        if name not in ALWAYS and not steered and "set_param" not in now.can:
            raise VerbError(f"the control '{name}' is locked while the status is '{now.status.value}'")
        self._apply(name, value)
        self.tick(replace(moment, run=self._controller.refresh()), 0.0)

    def _read(self, name: str, text: str) -> object:
        """What `text` means under `name`: never rounded, never guessed. Raises VerbError."""
        text = CALLED.get(text, text) if name == "dataset" else text
        values = (*CHOICES.get(name, ()), *([OWN] if name == "dataset" and self._controller.chosen.table else []))
        values = SETTINGS if name == "settings" else values
        if values and text not in values:
            raise VerbError(f"'{text}' is no value for '{name}'{guess(text, values)}")
        if name in LISTS or name == "seed":
            return within_bounds(name, text)
        return exact(name, text) if name in RANGES else text

    def cell(self, name: str, value: str | None) -> str:
        """See ControlSet: data and features by the words on their cells, too."""
        called = {"dataset": CALLED, "features": FEATURES_CALLED}.get(name, {})
        return super().cell(name, called.get(value or "", value))

    def _apply(self, name: str, value: object) -> None:
        if name == "theme":
            self._appearance.choose(theme=str(value))
        elif name == "settings":
            self.show_tab(str(value))
        elif name == "dataset":
            self._learn(str(value))
        else:
            self.choose(name, value)

    def _asked(self, name: str) -> object:
        return getattr(self._controller.now.controls, name)

    def choose(self, name: str, value: object) -> bool:
        """Choose for the next run what a slider, a cell, a key or a script says; the speed is the playback's.

        What can be turned while a run is trained changes that run instead, as long as it is.
        """
        controller, hidden = self._controller, list(self._controller.chosen.hidden)
        if name == "speed":
            return controller.set_interval(round(float(str(value))))
        if name == "neurons":
            if not hidden:
                return False
            hidden[self.layer] = round(float(str(value)))
            return controller.set_parameters(layers=tuple(hidden))
        if name in WHOLE and isinstance(value, float):
            value = round(value)
        changes = {name: value_of(name, value) if isinstance(value, str) else value}
        if name in STEERED and "steer" in controller.refresh().can:
            return controller.steer(**changes)
        return controller.set_parameters(**changes)

    def _learn(self, name: str) -> bool:
        """Choose data, or none: what learns nothing is a simulated curve. Own rows that are not there are asked for."""
        chosen = self._controller.chosen
        if name == OWN and (not chosen.table or chosen.dataset == OWN):
            self._ask_for_table()
            return False
        changes = {"source": SIMULATED} if name == CURVE else {"dataset": name, "source": TRAINED}
        return self._controller.set_parameters(**changes)

    def _change_layers(self, act: str) -> None:
        """Mean another hidden layer, take this one away, or put one of its size behind it."""
        hidden, here = list(self._controller.chosen.hidden), self.layer
        if act in LAYER_ACTS[:2]:
            self.layer = here + (1 if act == "next" else -1)
            self._follow(self._controller.now)
        elif act == "remove":
            del hidden[here]
            self._controller.set_parameters(layers=tuple(hidden))
        elif self._controller.set_parameters(
            layers=(*hidden[: here + 1], hidden[here] if hidden else NEW_LAYER, *hidden[here + 1 :])
        ):
            self.layer = here + 1 if hidden else 0

    def _toggle_feature(self, name: str) -> bool:
        """See one more of a point's features, or one less, in the order that they always have; the last one stays."""
        seen = self._controller.chosen.features
        kept = tuple(each for each in FEATURES if (each in seen) != (each == name))
        return bool(kept) and self._controller.set_parameters(features=kept)

    def _throw(self) -> bool:
        """Another seed, the same one after the same one: what is recorded can be played."""
        seed = self._controller.chosen.seed or 0
        return self._controller.set_parameters(seed=(seed * SPREAD + NEXT) % MANY)


def neurons(told: Parameters | RunParameters, layer: int) -> int | None:
    """How many the hidden layer has; None where there is none, or nobody knows."""
    hidden = told.hidden or ()
    return hidden[layer] if layer < len(hidden) else None


def applies(name: str, told: Parameters | RunParameters) -> bool:
    """Whether a setting makes any difference to such a run."""
    if told.source == SIMULATED:
        return name in OF_EVERY_RUN
    return matters(name, told.dataset)


def data_of(told: Parameters | RunParameters) -> str | None:
    """What a run learns, as the cell of the data is called; CURVE for one that learns nothing."""
    return CURVE if told.source == SIMULATED else told.dataset


def caption(name: str, snapshot: Snapshot) -> str:
    """The key of what a button says."""
    status, file = snapshot.status, snapshot.source == FILE
    if name == "start":
        waits, begins = ("reading", "play") if file else ("fetching", "start")
        again = {Status.COMPLETE: f"{begins}.again", Status.LOADING: waits}
        return f"button.{again.get(status, begins)}"
    if name == "retry" and file:
        return "button.read_again"
    return "button.cancel" if name == "stop" and status is Status.LOADING else f"button.{name}"
