"""Each pass draws its layer and no more."""

from collections.abc import Callable

import moderngl
import numpy as np
import pytest

from engine.graphics.passes import opaque
from engine.graphics.picture import Glass, Ground, Picture
from engine.graphics.renderer import Renderer

Make = Callable[..., Renderer]
MakePicture = Callable[..., Picture]
MakeBox = Callable[..., list[float]]

LAYOUT = "bounds:4 first:4 second:4 line:4 style:4 pulse:4"
WHITE, RED, BLUE = (1.0, 1.0, 1.0, 1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
BLACK, CLEAR = (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)
DARK = Ground(top=BLACK, bottom=BLACK, left_glow=BLACK, right_glow=BLACK)
BLOOM = Glass(tint=CLEAR, border=CLEAR, shadow=CLEAR, lift=CLEAR, spread=8.0, bloom=1.0, bias=0.0)


def frame(renderer: Renderer, picture: Picture) -> np.ndarray:
    """int [height, width, 3]."""
    renderer.draw(picture)
    return renderer.pixels().astype(int)


def test_the_ground_runs_from_its_top_to_its_bottom_colour(renderer: Make, picture: MakePicture) -> None:
    made = renderer((64, 128))
    pixels = frame(made, picture(made, ground=Ground(top=RED, bottom=BLUE, left_glow=BLACK, right_glow=BLACK)))
    assert pixels[0, 32, 0] > 150 > 20 > pixels[0, 32, 2]
    assert pixels[-1, 32, 2] > 150 > 20 > pixels[-1, 32, 0]


def test_the_ground_changes_with_its_colours(renderer: Make, picture: MakePicture) -> None:
    made = renderer()
    before = frame(made, picture(made, ground=DARK))
    after = frame(made, picture(made, ground=Ground(top=RED, bottom=RED, left_glow=BLACK, right_glow=BLACK)))
    assert before.max() <= 1 and after[32, 32, 0] > 200


@pytest.fixture
def lamp(box: MakeBox) -> Callable[[Renderer], object]:
    """A white square in the middle of 128 pixels, in the world."""

    def make(renderer: Renderer) -> object:
        pipeline = renderer.pipeline("shape", layout=LAYOUT)
        pipeline.write(np.array([box(48, 48, 80, 80, WHITE)], dtype=np.float32))
        return pipeline

    return make


def test_bloom_lights_what_is_around_bright_things_evenly(
    renderer: Make, picture: MakePicture, lamp: Callable[[Renderer], object]
) -> None:
    made = renderer((128, 128))
    world = [lamp(made)]
    plain, lit = (frame(made, picture(made, ground=DARK, world=world, **f)) for f in ({}, {"glass": BLOOM}))
    assert plain[64, 40].max() <= 1 < 10 < lit[64, 40].min()
    assert lit[64, 40, 0] > lit[64, 20, 0]
    assert lit == pytest.approx(lit[:, ::-1], abs=3) and lit == pytest.approx(lit[::-1], abs=3)


def test_bloom_stays_within_the_open_area(
    renderer: Make, picture: MakePicture, lamp: Callable[[Renderer], object]
) -> None:
    made = renderer((128, 128))
    pixels = frame(made, picture(made, ground=DARK, world=[lamp(made)], glass=BLOOM, open_area=(64, 0, 128, 128)))
    assert pixels[64, 40].max() <= 1 and pixels[64, 87].min() > 10


def test_bloom_goes_where_the_open_area_goes(
    renderer: Make, picture: MakePicture, lamp: Callable[[Renderer], object]
) -> None:
    made = renderer((128, 128))
    world = [lamp(made)]
    for area, (lit, dark) in (
        ((64, 0, 128, 128), (87, 40)),
        ((0, 0, 64, 128), (40, 87)),
        ((64, 0, 128, 128), (87, 40)),
    ):
        pixels = frame(made, picture(made, ground=DARK, world=world, glass=BLOOM, open_area=area))
        assert pixels[64, dark].max() <= 1 and pixels[64, lit].min() > 10


def test_drawing_is_opaque_within_the_block_alone(context: moderngl.Context) -> None:
    texture = context.texture((1, 1), 4)
    target = context.framebuffer(color_attachments=[texture])
    program = context.program(
        vertex_shader="#version 330\nvoid main() { gl_Position = vec4(0.0, 0.0, 0.0, 1.0); }",
        fragment_shader="#version 330\nout vec4 colour;\nvoid main() { colour = vec4(0.0, 0.2, 0.0, 0.0); }",
    )
    point = context.vertex_array(program, [])
    target.use()
    target.clear(0.2, 0.0, 0.0, 0.0)
    context.point_size = 8.0
    context.disable(moderngl.PROGRAM_POINT_SIZE)
    point.render(moderngl.POINTS, vertices=1)
    blended = target.read(components=3)
    with opaque(context):
        point.render(moderngl.POINTS, vertices=1)
    assert (blended, target.read(components=3)) == (bytes([51, 51, 0]), bytes([0, 51, 0]))
    for each in (point, program, target, texture):
        each.release()
