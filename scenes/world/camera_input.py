"""How pointer, wheel and fingers move the camera."""

from engine.camera import OrbitCamera
from engine.input import Event, FocusLost, Move, Pinch, Press, Release, Scroll
from scenes.kit.places import Layout


def move(camera: OrbitCamera, event: Event, layout: Layout) -> None:
    """Turn by dragging, zoom by wheel and pinch. Where the page scrolls, only the field itself turns it."""
    match event:
        case Press(at):
            camera.held = layout.field.holds(at) or layout.wide
        case Move(_, by, held) if held and camera.held:
            camera.drag(*by, float(layout.field.h))
        case Release() | FocusLost():
            camera.held = False
        case Scroll(_, steps):
            camera.scroll(steps)
        case Pinch(_, scale) if scale > 0:
            camera.zoom(1 / scale)
