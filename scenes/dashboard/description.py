"""What is on the screen as numbers and words: the basis of every check on a picture."""

from typing import TYPE_CHECKING, Any

from scenes.kit.drawing import Drawing
from scenes.kit.toast import room_of
from scenes.training.parameters import FILE, RunParameters

from .layout import CHARTS
from .notice import place_of
from .words import diverged, stamp

if TYPE_CHECKING:
    from .scene import Dashboard


def describe(scene: "Dashboard") -> dict[str, Any]:
    """The dashboard at its last tick. Rectangles are [left, top, width, height] in pixels from the top left."""
    shot, layout, camera = scene.snapshot, scene.layout, scene.camera
    told = shot.error is not None or diverged(shot)
    return {
        "scene": "dashboard",
        "size": list(layout.size),
        "scale": layout.scale,
        "theme": scene.theme.name,
        "ramp": scene.appearance.ramp,
        "motion": scene.appearance.motion,
        "source": shot.source,
        **_file(scene),
        "stamp": stamp(shot),
        "status": shot.status.value,
        "epoch": shot.epoch,
        "head": shot.head,
        "epochs": shot.epochs,
        "loss": shot.loss,
        "accuracy": shot.accuracy,
        "best_accuracy": shot.best_accuracy,
        "validation_loss": shot.validation_loss,
        "validation_accuracy": shot.validation_accuracy,
        "outcome": shot.ending and shot.ending.status,
        "reason": shot.ending and shot.ending.reason,
        "shape": None if shot.source == FILE and shot.run and not shot.run.network else list(scene.field.layers),
        "progress": None if shot.epochs is None else shot.progress,
        "eta": shot.eta,
        "error": shot.error and shot.error.sentence,
        "error_hint": shot.error and shot.error.hint,
        "error_code": shot.error and shot.error.code,
        "attempt": shot.attempt
        and {"number": shot.attempt.number, "of": shot.attempt.of, "wait": round(shot.attempt_left, 3)},
        "hover": scene.view.cursor,
        "speed": shot.interval,
        "parameters": {
            "learning_rate": shot.parameters.learning_rate,
            "batch_size": shot.parameters.batch_size,
            "epochs": shot.parameters.epochs,
            "source": shot.parameters.source,
            "dataset": shot.parameters.dataset,
        },
        "camera": {
            "yaw": round(camera.yaw, 6),
            "pitch": round(camera.pitch, 6),
            "distance": round(camera.distance, 6),
        },
        "counts": scene.field.counts,
        "panels": _panels(scene, with_error=told),
        "texts": scene.overlay.describe(),
        "text_layer": scene.overlay.digest(),
        "controls": scene.controls.describe(
            shot, layout, theme=scene.theme.name, log_axis=scene.view.log, smoothing=scene.view.smooth
        ),
    }


def _file(scene: "Dashboard") -> dict[str, Any]:
    """What is told of a run that is read from a file, and of no other."""
    told = scene.snapshot.parameters
    return {"file": told.name, "title": told.title} if isinstance(told, RunParameters) else {}


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
        **{name: list(layout.panels["header"].bounds) for name in _file(scene) if name == "file"},
    }
    shown = {name: list(rect.bounds) for name, rect in layout.panels.items() if name != "error"}
    if with_error:
        drawing = Drawing(layout, scene.theme, scene.overlay, 0.0)
        shown["error"] = list(place_of(drawing, layout.panels["error"], scene.snapshot).bounds)
    return inside | shown
