"""One frame of the dashboard: all panels drawn in order, and the picture that the renderer is given."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.graphics.picture import Picture
from engine.motion import ease_out, wrapped
from scenes.kit.drawing import Drawing
from scenes.kit.places import Rect
from scenes.kit.theme import loss_colour, unit
from scenes.training.lifecycle import Status
from scenes.world import field as world

from . import buttons, chips, header, hyper_parameters, notice, skeleton
from .stats import bar_of

if TYPE_CHECKING:
    from .scene import Dashboard

ERROR_SLIDE = 0.3  # seconds
RADIUS = 16  # units


def draw_panels(scene: "Dashboard", drawing: Drawing, blend: float) -> None:
    """Everything that lies over the field, into the drawing."""
    snapshot, at = scene.snapshot, scene.layout.panels
    locked = "set_param" not in snapshot.can
    scene.kept.draw(drawing, _controls_key(scene), lambda: _draw_controls(scene, drawing, blend, locked=locked))
    header.draw_logo(drawing, at["header"], spin=scene.logo)
    scene.stats.draw_cards(drawing, snapshot)
    scene.stats.draw_progress(drawing, at["progress"], snapshot, blend)
    if snapshot.status is Status.LOADING:
        skeleton.network(drawing, at["network"])
        skeleton.data(drawing, at["data"])
        skeleton.progress(drawing, bar_of(scene.layout))
    scene.network.draw(drawing, at["network"], snapshot, scene.field, blend)
    scene.data.draw(drawing, at["data"], snapshot)
    for chart in scene.charts:
        if snapshot.status is Status.LOADING:
            skeleton.chart(drawing, at[chart.name])
        chart.draw(drawing, at[chart.name], snapshot, scene.view)
    header.draw_stamp(drawing, scene.controls, snapshot, locked=locked, blend=blend)
    header.draw_file(drawing, at["header"], snapshot)
    notice.draw_notice(drawing, at["error"], snapshot, ease_out(scene.error_age / ERROR_SLIDE))
    scene.toast.draw(drawing)
    scene.touch.draw(drawing)
    scene.page.draw(drawing)


def _draw_controls(scene: "Dashboard", drawing: Drawing, blend: float, *, locked: bool) -> None:
    snapshot, at, controls = scene.snapshot, scene.layout.panels, scene.controls
    header.draw_header(drawing, at["header"], controls, knob=scene.appearance.knob.value, blend=blend)
    hyper_parameters.draw_controls(drawing, at["controls"], controls, snapshot, locked=locked, blend=blend)
    buttons.draw_actions(drawing, "actions" if "actions" in at else "controls", controls, snapshot, blend=blend)
    chips.draw_chips(drawing, controls, scene.view, blend=blend)


def _controls_key(scene: "Dashboard") -> object:
    """All that the controls' look depends on; None while it moves."""
    snapshot, controls, knob = scene.snapshot, scene.controls, scene.appearance.knob
    if controls.moving or knob.value != knob.target:
        return None
    focus = (controls.ui.focused, controls.ui.by_key, controls.typed, controls.touched)
    return (
        snapshot.parameters,
        snapshot.interval,
        snapshot.status,
        scene.theme.key,
        scene.view.log,
        scene.view.smooth,
        focus,
    )


def picture(scene: "Dashboard", drawing: Drawing, blend: float, *, panels: Sequence[Rect] | None = None) -> Picture:
    """Field and panels as the renderer takes them; the dashboard's own panels, unless others are given."""
    view = scene.camera.view(blend)
    area = scene.layout.field
    bounds = (float(area.x), float(area.y), float(area.right), float(area.bottom))
    for part in scene.field.parts:
        world.float_up(part.neurons, scene.time)
    scene.pipelines.fill_world(scene.field, scene.theme, view, time=scene.time, blend=blend)
    scene.pipelines.fill_flat(drawing)
    mood = unit(loss_colour(scene.field.loss.at(blend), scene.theme))
    return Picture(
        ground=scene.theme.ground,
        world=scene.pipelines.world,
        panels=_shown(scene, blend) if panels is None else _rows(scene, [(rect, 0.0) for rect in panels]),
        glass=scene.theme.glass(scene.layout.scale),
        flat=scene.pipelines.flat,
        overlay=drawing.overlay,
        view=view,
        projection=scene.camera.projection(scene.size, bounds),
        open_area=bounds,
        time=wrapped(scene.time),
        scale=scene.layout.scale,
        light=scene.theme.light,
        mood=(*mood, scene.field.active.at(blend)),
    )


def _shown(scene: "Dashboard", blend: float) -> NDArray[np.float32]:
    panels = [(name, rect) for name, rect in scene.layout.panels.items() if name != "error"]
    return _rows(scene, [(rect, scene.hover.lift(name, blend)) for name, rect in panels])


def _rows(scene: "Dashboard", panels: Sequence[tuple[Rect, float]]) -> NDArray[np.float32]:
    radius = scene.layout.px(RADIUS)
    return np.array([(r.x, r.y, r.right, r.bottom, lift, radius) for r, lift in panels], dtype=np.float32)
