"""What shaders alone decide keeps the web app's numbers: glows, skeletons, frosted glass."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.graphics.picture import Glass, Picture
from engine.graphics.renderer import Renderer

Make = Callable[..., Renderer]
MakePicture = Callable[..., Picture]
MakeBox = Callable[..., list[float]]

LAYOUT = "bounds:4 first:4 second:4 line:4 style:4 pulse:4"
WHITE, CLEAR = (1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0)
GLOW, SHEEN, BEAT = 18, 19, 20  # columns of a shape


def frame(made: Renderer, picture: Picture) -> np.ndarray:
    """Red, float [height, width], 0 to 255."""
    made.draw(picture)
    return made.pixels()[:, :, 0].astype(float)


@pytest.mark.parametrize(("time", "glow"), [(0.0, 4.0), (0.25, 8.0), (0.5, 12.0), (1.0, 4.0)])
def test_a_glow_of_eight_breathes_from_four_to_twelve(
    renderer: Make, picture: MakePicture, box: MakeBox, time: float, glow: float
) -> None:
    made = renderer((128, 64))
    shape, black = made.pipeline("shape", layout=LAYOUT), made.pipeline("shape", layout=LAYOUT)
    black.write(np.array([box(0, 0, 128, 64, (0.0, 0.0, 0.0, 1.0))], dtype=np.float32))
    row = box(-64, 0, 64, 64, WHITE)
    row[GLOW], row[BEAT] = 8.0, 1.0  # one turn a second
    shape.write(np.array([row], dtype=np.float32))
    light = frame(made, picture(made, flat=[black, shape], time=time))[32, 66:74]  # from 2.5 pixels outside
    fall = np.polyfit(np.arange(8), np.log(light), 1)[0]
    assert -2.2 / fall == pytest.approx(glow, rel=0.06)


def test_a_sheen_sweeps_in_a_second_and_a_half(renderer: Make, picture: MakePicture, box: MakeBox) -> None:
    made = renderer((200, 32))
    shape = made.pipeline("shape", layout=LAYOUT)
    row = box(0, 0, 200, 32, (0.2, 0.2, 0.2, 1.0))
    row[SHEEN] = 0.5
    shape.write(np.array([row], dtype=np.float32))
    frames = [frame(made, picture(made, flat=[shape], time=time))[16] for time in (0.4, 0.6, 0.8, 1.9)]
    places = [int(each.argmax()) for each in frames]
    assert places[0] < places[1] < places[2]
    assert np.abs(frames[3] - frames[0]).max() <= 1
    assert np.ptp(frames[0]) > 30


def test_glass_blurs_by_about_twenty_pixels(renderer: Make, picture: MakePicture, box: MakeBox) -> None:
    made = renderer((640, 128))
    edge = made.pipeline("shape", layout=LAYOUT)
    glass = Glass(tint=CLEAR, border=CLEAR, shadow=CLEAR, lift=CLEAR, spread=8.0, bloom=0.0, bias=0.0)
    panels = np.array([[8, 8, 632, 120, 0, 8]], dtype=np.float32)
    widths = []
    for at in range(320, 352, 4):  # where an edge lies among the coarse texels makes a little difference
        edge.write(np.array([box(0, 0, at, 128, (0, 0, 0, 1)), box(at, 0, 640, 128, WHITE)], dtype=np.float32))
        slope = np.diff(frame(made, picture(made, world=[edge], glass=glass, panels=panels))[64, 100:540])
        places = np.arange(len(slope))
        middle = (slope * places).sum() / slope.sum()
        widths.append(float(np.sqrt((slope * (places - middle) ** 2).sum() / slope.sum())))
    assert min(widths) > 16 and max(widths) < 22 and np.mean(widths) == pytest.approx(19, abs=1.5)
