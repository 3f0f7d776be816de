"""What a visitor can choose, set exactly and by name, through the controller. Moves no pointer, lets no time pass."""

from typing import TYPE_CHECKING

from engine.flat.slider import Slider
from engine.scripting.words import VerbError, guess, number
from scenes.kit.theme import THEMES
from scenes.training.parameters import BATCH_SIZES, DATASETS, OWN, SOURCES

if TYPE_CHECKING:
    from .scene import Dashboard

GRIDS = {"dataset": DATASETS, "batch_size": tuple(map(str, BATCH_SIZES)), "source": SOURCES, "theme": tuple(THEMES)}
SLIDERS = ("learning_rate", "epochs", "speed")
ALWAYS = ("speed", "theme")  # open in the middle of a run, too


def choose(scene: "Dashboard", name: str, text: str) -> None:
    """Give the control `name` the value written as `text`. Raises VerbError where it has none, or is locked."""
    if name not in GRIDS and name not in SLIDERS:
        known = (*SLIDERS, *GRIDS)
        told = ": it is pressed, not set" if name in scene.controls.ui.controls else guess(name, known)
        raise VerbError(f"there is no value to set for '{name}'{told}")
    values = (*GRIDS.get(name, ()), *([OWN] if name == "dataset" and scene.controls.own else []))
    if name in GRIDS and text not in values:
        raise VerbError(f"'{text}' is no value for '{name}'{guess(text, values)}")
    value = text if name in GRIDS else _slider_value(scene, name, text)
    if name not in ALWAYS and "set_param" not in scene.controller.snapshot().can:
        raise VerbError(f"the control '{name}' is locked while the status is '{scene.controller.machine.state.value}'")
    _apply(scene, name, value)
    scene.snapshot = scene.controller.snapshot()
    scene.controls.tick(scene.snapshot, 0.0)


def _slider_value(scene: "Dashboard", name: str, text: str) -> float:
    """The number, if the slider can show it: what is asked for is never rounded behind the script's back."""
    slider, value = scene.controls.ui.controls[name], number(text)
    assert isinstance(slider, Slider)
    over = slider.range
    if over.exact(value) != value:
        raise VerbError(f"{name} {text} is not one of {over.low:g} to {over.high:g} in steps of {over.grain:g}")
    return value


def _apply(scene: "Dashboard", name: str, value: str | float) -> None:
    controller = scene.controller
    if name == "theme":
        scene.appearance.choose(theme=str(value))
    elif name == "speed":
        controller.set_interval(int(value))
    elif name == "dataset":
        controller.set_parameters(dataset=value, source="trained")  # as its button does
    else:
        controller.set_parameters(**{name: value if name in ("learning_rate", "source") else int(value)})
