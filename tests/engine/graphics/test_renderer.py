"""The frame as a whole: the right way up, the same each time, and nothing left behind."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.flat.overlay import Text
from engine.graphics.picture import Glass, Picture
from engine.graphics.renderer import Renderer
from engine.window import Window

Make = Callable[..., Renderer]
MakePicture = Callable[..., Picture]
MakeBox = Callable[..., list[float]]

LAYOUT = "bounds:4 first:4 second:4 line:4 style:4 pulse:4"
RED, GREEN, BLUE = (1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 0.0, 1.0), (0.0, 0.0, 1.0, 1.0)
CLEAR = (0.0, 0.0, 0.0, 0.0)


def boxes(renderer: Renderer, *rows: list[float]) -> object:
    """A pipeline of plain rectangles."""
    pipeline = renderer.pipeline("shape", layout=LAYOUT)
    pipeline.write(np.array(rows, dtype=np.float32))
    return pipeline


def frame(renderer: Renderer, picture: Picture) -> np.ndarray:
    """The pixels of one frame."""
    renderer.draw(picture)
    return renderer.pixels()


def test_pixels_are_rows_from_the_top_in_red_green_and_blue(renderer: Make, picture: MakePicture, box: MakeBox) -> None:
    made = renderer((100, 60))
    flat = boxes(made, box(10, 5, 30, 15, RED), box(70, 40, 90, 50, BLUE))
    pixels = frame(made, picture(made, flat=[flat]))
    assert pixels.shape == (60, 100, 3) and pixels.dtype == np.uint8 and pixels.flags.c_contiguous
    assert (pixels[6:14, 11:29] == (255, 0, 0)).all()
    assert (pixels[41:49, 71:89] == (0, 0, 255)).all()
    assert abs(int(pixels[30, 50, 0]) - 127) < 8 and np.ptp(pixels[30, 50]) <= 1  # the ground, not yet darker


def test_what_comes_later_lies_on_top(renderer: Make, picture: MakePicture, box: MakeBox) -> None:
    made = renderer()
    world = boxes(made, box(0, 0, 64, 64, RED))
    flat = boxes(made, box(16, 16, 48, 48, GREEN))
    overlay = picture(made).overlay
    overlay.put("all", (0, 0, 64, 64), [Text("HH", (20, 40), "Inter-Medium", 20, (0, 0, 255))])
    pixels = frame(made, picture(made, world=[world], flat=[flat], overlay=overlay))
    assert pixels[5, 5].tolist() == [255, 0, 0]
    assert pixels[18, 18].tolist() == [0, 255, 0]
    assert (pixels == (0, 0, 255)).all(axis=2).any()


def test_half_transparent_things_mix_with_what_lies_below(renderer: Make, picture: MakePicture, box: MakeBox) -> None:
    made = renderer()
    flat = boxes(made, box(0, 0, 64, 64, RED), box(0, 0, 64, 64, (0.0, 0.0, 1.0, 0.5)))
    assert frame(made, picture(made, flat=[flat]))[32, 32].tolist() in ([128, 0, 127], [127, 0, 128], [128, 0, 128])


def test_the_text_layer_stands_where_it_was_put_and_follows_changes(renderer: Make, picture: MakePicture) -> None:
    made = renderer((128, 64))
    shown = picture(made)
    empty = frame(made, shown)
    for text, place in (("HH", (10, 30)), ("HH", (80, 60)), ("", (0, 0))):
        shown.overlay.put("all", (0, 0, 128, 64), [Text(text, place, "Inter-Medium", 20, (255, 255, 255))])
        changed = (frame(made, shown) != empty).any(axis=2)
        alpha = np.frombuffer(shown.overlay.surface.get_buffer().raw, np.uint8).reshape(64, 128, 4)[..., 3]
        assert (changed == (alpha > 0)).mean() > 0.99
        assert changed.any() == bool(text)


def test_identical_frames_have_identical_bytes(renderer: Make, picture: MakePicture, box: MakeBox) -> None:
    made = renderer()
    flat = boxes(made, box(3.3, 4.7, 40.1, 50.9, RED))
    first, second, third = (frame(made, picture(made, flat=[flat], time=7.25)).tobytes() for _ in range(3))
    assert first == second == third


def test_two_renderers_one_after_the_other_draw_the_same(renderer: Make, picture: MakePicture, box: MakeBox) -> None:
    frames = []
    for _ in range(2):
        made = renderer((80, 64))
        frames.append(frame(made, full(made, picture, box)).tobytes())
        made.close()
    assert frames[0] == frames[1]


def test_the_number_of_draw_calls_does_not_grow_with_the_rows(
    renderer: Make, picture: MakePicture, box: MakeBox
) -> None:
    made = renderer()
    flat = made.pipeline("shape", layout=LAYOUT)
    counts = []
    for rows in (1, 10, 1000):
        flat.write(np.array([box(0, 0, 9, 9, RED)] * rows, dtype=np.float32))
        made.draw(full(made, picture, box, flat=[flat]))
        made.draw(full(made, picture, box, flat=[flat]))  # the ground is drawn once
        counts.append(made.draw_calls)
    assert all(a == b > 0 for a, b in pairwise(counts))


def test_the_ground_is_drawn_once_and_again_after_a_resize(renderer: Make, picture: MakePicture) -> None:
    made = renderer()
    calls = []
    for size in ((64, 64), (64, 64), (96, 64), (96, 64)):
        made.resize(size)
        made.draw(picture(made))
        calls.append(made.draw_calls)
    assert calls[0] == calls[2] == calls[1] + 1 == calls[3] + 1


@pytest.mark.parametrize("size", [(1, 1), (33, 65), (640, 10), (1000, 700)])
def test_after_a_resize_a_frame_is_that_of_a_renderer_of_that_size(
    renderer: Make, picture: MakePicture, box: MakeBox, size: tuple[int, int]
) -> None:
    changed = renderer((64, 64))
    frame(changed, full(changed, picture, box))
    changed.resize(size)
    resized = frame(changed, full(changed, picture, box))
    changed.close()
    fresh = renderer(size)
    assert resized.shape == (size[1], size[0], 3)
    assert resized.tobytes() == frame(fresh, full(fresh, picture, box)).tobytes()


def test_the_frame_is_shown_in_the_window_the_right_way_up(
    window: Window, renderer: Make, picture: MakePicture, box: MakeBox
) -> None:
    made = renderer(window.size)
    pixels = frame(made, full(made, picture, box))
    made.present(window.size)
    made.finish()
    shown = np.frombuffer(made.context.screen.read(components=3, alignment=1), np.uint8).reshape(64, 64, 3)[::-1]
    assert (shown == pixels).all()


def test_the_driver_is_named(renderer: Make) -> None:
    driver = renderer().driver
    assert set(driver) == {"vendor", "renderer", "version"}
    assert all(driver.values())


def test_a_frame_is_not_drawn_again_unless_something_in_it_has_changed(
    renderer: Make, picture: MakePicture, box: MakeBox
) -> None:
    made = renderer((96, 64))
    rows, other = ([box(8, 8, right, 40, RED)] for right in (40, 60))
    flat = boxes(made, *rows)
    scene = full(made, picture, box, flat=[flat], time=3.0)
    made.draw(scene)
    first = made.pixels()
    assert made.redraw(scene)  # what was drawn without a question is not compared
    assert not made.redraw(scene) and not made.redraw(scene)
    assert (made.pixels() == first).all()
    changes: list[Callable[[], object]] = [
        lambda: flat.write(np.array(other, dtype=np.float32)),
        lambda: setattr(scene, "mood", (0.5, 0.5, 0.5, 1.0)),
        lambda: setattr(scene, "glass", replace(scene.glass, spread=3.0)),
        lambda: setattr(scene, "panels", scene.panels + np.float32(1)),
        lambda: setattr(scene, "view", scene.view * np.float32(1.5)),
        lambda: scene.overlay.put("all", (0, 0, 96, 64), [Text("H", (60, 40), "Inter-Medium", 20, (0, 0, 255))]),
        lambda: setattr(scene, "time", 3.1),
        lambda: [each.resize((100, 64)) for each in (made, scene.overlay)],
    ]
    for change in changes:
        change()
        drawn = [made.redraw(scene) for _ in range(3)]  # after another time it is compared once more
        assert drawn[0] and not drawn[2]
    flat.write(np.array(other, dtype=np.float32))  # as they were
    assert not made.redraw(scene)


def full(made: Renderer, picture: MakePicture, box: MakeBox, **fields: object) -> Picture:
    """A picture in which every pass has something to do."""
    width, height = made.size
    world = boxes(made, box(width * 0.2, height * 0.2, width * 0.7, height * 0.8, (1.0, 0.9, 0.2, 1.0)))
    glass = Glass(
        tint=(0.1, 0.1, 0.2, 0.4),
        border=(1.0, 1.0, 1.0, 0.3),
        shadow=(0.0, 0.0, 0.0, 0.5),
        lift=(0.0, 0.0, 0.0, 0.9),
        spread=6,
        bloom=0.5,
        bias=0.3,
    )
    panel = np.array([[width * 0.5, height * 0.1, width * 0.9, height * 0.9, 0.0, 4.0]], dtype=np.float32)
    shown = picture(made, **{"world": [world], "glass": glass, "panels": panel, **fields})
    shown.overlay.put("all", (0, 0, width, height), [Text("Hi", (4, 30), "Inter-Medium", 20, (255, 255, 255))])
    return shown
