"""What is on the screen as numbers and words: the basis of every check on a picture."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scenes.kit.drawing import Drawing
from scenes.kit.toast import room_of

from .layout import CHARTS
from .notice import place_of
from .words import diverged, stamp

if TYPE_CHECKING:
    from .scene import Dashboard


def describe(scene: "Dashboard") -> dict[str, Any]:
    """The dashboard at its last tick. Rectangles are [left, top, width, height] in pixels from the top left."""
    return {name: entry() for name, entry in entries(scene).items()}


def entries(scene: "Dashboard") -> dict[str, Callable[[], Any]]:
    """What makes each entry of the description. Those of the text layer are dear: they read all of its pixels."""
    shot, layout, camera = scene.snapshot, scene.layout, scene.camera
    return {
        "scene": lambda: "dashboard",
        "size": lambda: list(layout.size),
        "scale": lambda: layout.scale,
        "theme": lambda: scene.theme.name,
        "ramp": lambda: scene.appearance.ramp,
        "motion": lambda: scene.appearance.motion,
        "source": lambda: source(scene),
        "stamp": lambda: stamp(shot),
        "status": lambda: shot.status.value,
        "epoch": lambda: shot.epoch,
        "head": lambda: shot.head,
        "epochs": lambda: shot.epochs,
        "loss": lambda: shot.loss,
        "accuracy": lambda: shot.accuracy,
        "best_accuracy": lambda: shot.best_accuracy,
        "validation_loss": lambda: shot.validation_loss,
        "validation_accuracy": lambda: shot.validation_accuracy,
        "outcome": lambda: shot.ending and shot.ending.status,
        "reason": lambda: shot.ending and shot.ending.reason,
        "shape": lambda: list(scene.field.layers),
        "progress": lambda: shot.progress,
        "eta": lambda: shot.eta,
        "error": lambda: shot.error and shot.error.sentence,
        "error_hint": lambda: shot.error and shot.error.hint,
        "error_code": lambda: shot.error and shot.error.code,
        "attempt": lambda: (
            shot.attempt and {"number": shot.attempt.number, "of": shot.attempt.of, "wait": round(shot.attempt_left, 3)}
        ),
        "hover": lambda: scene.view.cursor,
        "speed": lambda: shot.interval,
        "parameters": lambda: {
            "learning_rate": shot.parameters.learning_rate,
            "batch_size": shot.parameters.batch_size,
            "epochs": shot.parameters.epochs,
            "source": shot.parameters.source,
            "dataset": shot.parameters.dataset,
        },
        "camera": lambda: {
            "yaw": round(camera.yaw, 6),
            "pitch": round(camera.pitch, 6),
            "distance": round(camera.distance, 6),
        },
        "counts": lambda: scene.field.counts,
        "panels": lambda: _panels(scene, with_error=shot.error is not None or diverged(shot)),
        "texts": lambda: scene.overlay.describe(),
        "text_layer": lambda: scene.overlay.digest(),
        "controls": lambda: scene.controls.describe(
            shot, layout, theme=scene.theme.name, log_axis=scene.view.log, smoothing=scene.view.smooth
        ),
    }


def source(scene: "Dashboard") -> str:
    """Where the numbers come from: of the run that is shown, else of the one that would be."""
    run = scene.snapshot.run
    if run is None:
        return scene.snapshot.parameters.source
    return "trained" if run.network else "simulated"


def _panels(scene: "Dashboard", *, with_error: bool) -> dict[str, list[int]]:
    """Every panel that texts can name; the buttons and the stamp are told even where they lie inside another one."""
    layout = scene.layout
    first, last, stamped = layout.slots["start"], layout.slots["stop"], layout.slots["source"]
    inside = {
        "actions": [first.x, first.y, last.right - first.x, first.h],
        "stamp": list(stamped.bounds),
        "chips": list(layout.panels["loss_chart"].bounds),
        "toast": list(room_of(layout).bounds),
        **{f"{name}.tooltip": list(layout.panels[name].bounds) for name in CHARTS},
        "logo": list(layout.panels["header"].bounds),
    }
    shown = {name: list(rect.bounds) for name, rect in layout.panels.items() if name != "error"}
    if with_error:
        drawing = Drawing(layout, scene.theme, scene.overlay, 0.0)
        shown["error"] = list(place_of(drawing, layout.panels["error"], scene.snapshot).bounds)
    return inside | shown
