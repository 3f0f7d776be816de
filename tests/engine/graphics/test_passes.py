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


@pytest.mark.parametrize("size", [(640, 416), (641, 403)])
def test_what_is_blurred_in_part_looks_like_what_is_blurred_whole(
    renderer: Make, picture: MakePicture, box: MakeBox, size: tuple[int, int]
) -> None:
    """Wherever the lit area lies, and back again; beyond what its light reaches there is the ground alone.

    The light fades out within the lit area, as that of the field does.
    """
    made = renderer(size)
    glass = Glass(tint=CLEAR, border=CLEAR, shadow=CLEAR, lift=CLEAR, spread=8.0, bloom=0.0, bias=0.0)
    panels = np.array([[0, 0, *size, 0, 0]], dtype=np.float32)
    for left, top in ((100, 60), (400, 60), (100, 250), (100, 60)):
        world = made.pipeline("shape", layout=LAYOUT)
        world.write(np.array([box(left, top, left + 80, top + 80, WHITE)], dtype=np.float32))
        scene = {"ground": DARK, "world": [world], "panels": panels, "glass": glass}
        whole, part = (
            frame(made, picture(made, **scene, lit_area=area))
            for area in (None, (left - 48.0, top - 48.0, left + 128.0, top + 128.0))
        )
        assert np.abs(whole - part).max() <= 1 and part[top + 40, left + 40].min() > 60
        far = np.ones(part.shape[:2], dtype=bool)
        far[max(0, top - 140) : top + 220, max(0, left - 140) : left + 220] = False
        assert part[far].max() <= 1


def test_a_part_that_is_nearly_all_or_nothing_is_all(renderer: Make) -> None:
    targets = renderer((640, 416))._targets
    assert targets.reached((10.0, 10.0, 630.0, 400.0)) is None
    assert targets.reached((900.0, 10.0, 950.0, 400.0)) is None
    region = targets.reached((200.0, 100.0, 300.0, 200.0))
    assert region is not None and len(region.levels) == len(targets.pyramid)
    assert region.levels[-1] == (5, 6, 6, 5), "in whole texels of 32 pixels, from the lower left corner"
    assert region.picture == (160, 192, 192, 160) and region.area(416) == (160.0, 64.0, 352.0, 224.0)


def test_a_region_and_what_is_around_it_are_all_of_the_picture(renderer: Make) -> None:
    size = (641, 403)
    targets = renderer(size)._targets
    for area in ((200.0, 100.0, 300.0, 200.0), (0.0, 0.0, 300.0, 200.0), (500.0, 300.0, 641.0, 403.0)):
        region = targets.reached(area)
        assert region is not None
        covered = np.zeros(size[::-1], dtype=int)
        for left, bottom, wide, high in (region.picture, *region.around(size)):
            covered[bottom : bottom + high, left : left + wide] += 1
        assert (covered == 1).all()


def test_what_stands_still_is_drawn_again_only_when_it_changes(renderer: Make, picture: MakePicture) -> None:
    """Panes of glass beyond what the world lights are copied; another pane, ground or lit area is seen at once."""
    made = renderer((640, 416))
    glass = Glass(tint=(1.0, 0.0, 0.0, 1.0), border=CLEAR, shadow=CLEAR, lift=CLEAR, spread=8.0, bloom=0.0, bias=0.0)
    panes = [[400.0, 20.0, 600.0, 120.0, 0.0, 8.0]]

    def drawn(*rows: list[float], ground: Ground = DARK, area: float = 100.0) -> np.ndarray:
        panels = np.array(rows, dtype=np.float32).reshape(-1, 6)
        lit = (area, 200.0, area + 100.0, 300.0)
        return frame(made, picture(made, ground=ground, panels=panels, glass=glass, lit_area=lit))

    first, calls = drawn(*panes), made.draw_calls
    assert first[70, 500].tolist() == [255, 0, 0] and first[70, 300].max() <= 1
    assert (drawn(*panes) == first).all() and made.draw_calls < calls
    assert drawn()[70, 500].max() <= 1
    moved = drawn([20.0, 20.0, 220.0, 120.0, 0.0, 8.0])
    assert moved[70, 100].tolist() == [255, 0, 0] and moved[70, 500].max() <= 1
    red = Ground(top=RED, bottom=RED, left_glow=BLACK, right_glow=BLACK)
    assert drawn(ground=red)[70, 300, 0] > 150
    assert (drawn(*panes, area=300.0) == first).all()
